-- SPDX-License-Identifier: MIT

create or replace function detainerd.rejudge(booking_ids bigint[], as_of timestamptz) returns boolean
language plpgsql volatile
set search_path = pg_catalog, pg_temp
as $$
declare
	stay_bookings bigint[] := array(select distinct m.booking_id from detainerd.members(booking_ids) m);
	seen bigint[];
	judged bigint[];
	changed boolean;
begin
	-- First the lock, in id order; then a new statement, which sees what others committed while we waited.  Without it two
	-- transactions that add a detainer and a finding to one booking judge blind to each other and store a wrong verdict.
	-- Links that others committed meanwhile make the stay larger: it is locked whole before it is judged.
	loop
		perform from detainerd.booking b where b.booking_id = any (stay_bookings) order by b.booking_id for no key update;
		seen := array(select distinct m.booking_id from detainerd.members(stay_bookings) m);
		exit when seen <@ stay_bookings;
		stay_bookings := seen;
	end loop;
	judged := array(select d.booking_id from detainerd.detainer d where d.booking_id = any (stay_bookings)
	                union select h.booking_id from detainerd.hold h where h.booking_id = any (stay_bookings) or h.stay_id = any (stay_bookings));

	-- A snapshot taken before the lock does not see them: raise_due() judges these again.
	if current_setting('transaction_isolation') not in ('read committed', 'read uncommitted') then
		insert into detainerd.rejudge (booking_id) select unnest(stay_bookings) on conflict do nothing;
	end if;
	if judged = '{}' then
		return false;
	end if;

	with verdict as materialized (
		select j.*, v.moved_from,
		       h.stay_id is null or (h.booking_id, h.members, h.facility_id, h.starts_at, h.allowed, h.reason, h.detail, h.detainer_id, h.rule_id, h.alternative,
		          h.citation, h.authority, h.lawful, h.release_at, h.due_reason, h.due_allowed, h.due_rule_id, h.due_citation,
		          h.booked_at, h.ended_at, h.changes_at)
		       is distinct from (j.booking_id, j.members, j.facility_id, j.starts_at, j.allowed, j.reason, j.detail, j.detainer_id, j.rule_id, j.alternative,
		          j.citation, j.authority, j.lawful, j.release_at, j.due_reason, j.due_allowed, j.due_rule_id, j.due_citation,
		          j.booked_at, j.ended_at, j.changes_at) as differs,
		       coalesce(h.created_at, as_of) as created_at,
		       -- neither time nor the law had overtaken the old reading: what differs of the release was recorded just now
		       case when h.stay_id is null or h.law_version = j.law_version and (h.changes_at > as_of or h.changes_at is null)
		             and (h.release_at, h.due_reason, h.ended_at) is distinct from (j.release_at, j.due_reason, j.ended_at)
		            then as_of else h.learned_at end as learned_at
		  from detainerd.judge(judged, as_of) j
		  left join detainerd.hold h on h.stay_id = j.stay_id
		 -- an instant that moved later while the hold ran, or after it was told, is remembered until compliance hears of it;
		 -- not one that nobody but this transaction has seen
		 cross join lateral (
			select case when (j.release_at > coalesce(h.moved_from, h.release_at) or j.release_at is null and h.release_at is not null)
			             and (h.moved_from is not null or h.starts_at <= as_of and h.created_at < transaction_timestamp()
			                  or exists (select from detainerd.open_alerts(h.members) a where a.release_at = h.release_at))
			            then coalesce(h.moved_from, h.release_at) end as moved_from) v
	), gone as (
		delete from detainerd.hold h
		 where h.stay_id in (
			select h.stay_id from detainerd.hold h where h.booking_id = any (stay_bookings) or h.stay_id = any (stay_bookings)
			except select v.stay_id from verdict v)
		returning h.stay_id
	), stored as (
		insert into detainerd.hold as h (booking_id, stay_id, members, facility_id, starts_at, allowed, reason, detail, detainer_id, rule_id, alternative,
		       citation, authority, lawful, release_at, due_reason, due_allowed, due_rule_id, due_citation, booked_at, ended_at,
		       judged_at, changes_at, law_version, moved_from, created_at, learned_at)
		select v.booking_id, v.stay_id, v.members, v.facility_id, v.starts_at, v.allowed, v.reason, v.detail, v.detainer_id, v.rule_id, v.alternative,
		       v.citation, v.authority, v.lawful, v.release_at, v.due_reason, v.due_allowed, v.due_rule_id, v.due_citation, v.booked_at, v.ended_at,
		       v.judged_at, v.changes_at, v.law_version, v.moved_from, v.created_at, v.learned_at
		  from verdict v
		on conflict (stay_id) do update set
		       booking_id = excluded.booking_id, members = excluded.members, facility_id = excluded.facility_id, starts_at = excluded.starts_at, allowed = excluded.allowed,
		       reason = excluded.reason, detail = excluded.detail, detainer_id = excluded.detainer_id, rule_id = excluded.rule_id,
		       alternative = excluded.alternative, citation = excluded.citation, authority = excluded.authority, lawful = excluded.lawful,
		       release_at = excluded.release_at, due_reason = excluded.due_reason, due_allowed = excluded.due_allowed,
		       due_rule_id = excluded.due_rule_id, due_citation = excluded.due_citation, booked_at = excluded.booked_at,
		       ended_at = excluded.ended_at, judged_at = excluded.judged_at, changes_at = excluded.changes_at,
		       law_version = excluded.law_version, moved_from = excluded.moved_from,
		       learned_at = excluded.learned_at
		returning h.stay_id
	)
	select exists (select from verdict v where v.differs) or exists (select from gone) into changed;

	update detainerd.hold h set next_due_at = n.next_due_at
	  from detainerd.next_due(array(select h.stay_id from detainerd.hold h where h.stay_id = any (stay_bookings)), as_of) n
	 where n.stay_id = h.stay_id and h.next_due_at is distinct from n.next_due_at;
	return changed;
end;
$$;
comment on function detainerd.rejudge(bigint[], timestamptz) is
	'Locks the stays of ${booking_ids}, judges them as of ${as_of}, stores what judge() returns, and says whether a hold changed. '
	'Blocks on writers of the same stays.';
