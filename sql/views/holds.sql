-- SPDX-License-Identifier: MIT
-- Holds and the facts behind them, as people ask for them.  Every view runs with its reader's rights.

create or replace view detainerd.active_detainer with (security_invoker) as
	select d.detainer_id, f.code as facility, b.booking_number, d.form, d.issued_on, d.received_at, d.served_at, d.admin_warrant, d.comply
	  from detainerd.detainer d
	  join detainerd.booking b on b.booking_id = d.booking_id
	  join detainerd.facility f on f.facility_id = b.facility_id
	  join detainerd.hold h on d.booking_id = any (h.members)
	 where h.ended_at is null and (d.rescinded_at is null or d.rescinded_at > clock_timestamp());
comment on view detainerd.active_detainer is 'Detainers against people in custody, not rescinded.';

create or replace view detainerd.active_hold with (security_invoker) as
	select f.code as facility, b.booking_number, h.starts_at, h.release_at, h.allowed, h.reason, h.detail, h.citation, h.next_due_at
	  from detainerd.hold h
	  join detainerd.booking b on b.booking_id = h.booking_id
	  join detainerd.facility f on f.facility_id = h.facility_id
	 where h.ended_at is null;
comment on view detainerd.active_hold is 'One row for each person in custody against whom there is a detainer of any form or state.';

create or replace view detainerd.due_soon with (security_invoker) as
	select f.code as facility, b.booking_number, h.starts_at, h.release_at, h.release_at - clock_timestamp() as remaining, h.allowed,
	       h.due_reason as reason, h.due_citation as citation
	  from detainerd.hold h
	  join detainerd.booking b on b.booking_id = h.booking_id
	  join detainerd.facility f on f.facility_id = h.facility_id
	 where h.ended_at is null and h.release_at > clock_timestamp() and h.release_at <= clock_timestamp() + interval '12 hours';
comment on view detainerd.due_soon is 'People in custody whose lawful custody ends within twelve hours.';

create or replace view detainerd.overdue_hold with (security_invoker) as
	select f.code as facility, b.booking_number, h.starts_at, h.release_at, clock_timestamp() - h.release_at as overdue,
	       h.due_allowed as allowed, h.due_reason as reason, h.due_citation as citation,
	       (select max(e.at) from detainerd.alert a join detainerd.alert_event e on e.alert_id = a.alert_id and e.event = 'acknowledged'
	         where a.stay_id = h.stay_id and a.release_at = h.release_at) as acknowledged_at
	  from detainerd.hold h
	  join detainerd.booking b on b.booking_id = h.booking_id
	  join detainerd.facility f on f.facility_id = h.facility_id
	 where h.ended_at is null and h.release_at <= clock_timestamp();
comment on view detainerd.overdue_hold is 'People in custody past the instant at which lawful custody ended.';

create or replace view detainerd.over_detention with (security_invoker) as
	select f.code as facility, b.booking_number, h.starts_at, h.release_at, h.ended_at as custody_ended_at, late.total as late, late.spans,
	       h.due_allowed as allowed, h.due_reason as reason, h.due_citation as citation
	  from detainerd.hold h
	  join detainerd.booking b on b.booking_id = h.booking_id
	  join detainerd.facility f on f.facility_id = h.facility_id
	 cross join lateral (
		select sum(upper(span) - lower(span)) as total, range_agg(span) as spans
		  from unnest(detainerd.unlawful(h.booked_at, h.ended_at, h.lawful)) span) late
	 -- the index hold_over_detention finds the few: its condition is the first
	 where not (h.lawful @> case when h.booked_at < h.ended_at then tstzrange(h.booked_at, h.ended_at) else 'empty' end)
	   and h.ended_at is not null and late.total > interval '0';
comment on view detainerd.over_detention is 'Ended stays with unlawful time: how much in all, and each span of it. Roy v. County of Los Angeles paid by the length.';

create or replace view detainerd.held_on_other_authority with (security_invoker) as
	select f.code as facility, b.booking_number, c.kind, c.agency, c.began_at, c.ended_at, c.reference
	  from detainerd.hold h
	  join detainerd.custody_basis c on c.booking_id = any (h.members)
	  join detainerd.booking b on b.booking_id = h.booking_id
	  join detainerd.facility f on f.facility_id = h.facility_id
	 where h.ended_at is null and h.reason = 'held_on_other_authority'
	   and (c.began_at <= clock_timestamp() or c.began_at is null) and (c.ended_at > clock_timestamp() or c.ended_at is null)
	   and not detainerd.is_immigration_agency(c.agency) and not detainerd.names_immigration_paper(c.evidence);
comment on view detainerd.held_on_other_authority is 'People with a detainer whom another basis keeps, and that basis: while it stands no release alert goes out.';

create or replace view detainerd.eligibility_unknown with (security_invoker) as
	select f.code as facility, b.booking_number, h.booked_at, 'no_start' as code
	  from detainerd.hold h
	  join detainerd.booking b on b.booking_id = h.booking_id
	  join detainerd.facility f on f.facility_id = h.facility_id
	 where h.ended_at is null and h.starts_at is null and h.reason <> 'held_on_other_authority'
	union all
	select f.code, b.booking_number, h.booked_at, 'open_basis_past_release'
	  from detainerd.hold h
	  join detainerd.booking b on b.booking_id = h.booking_id
	  join detainerd.facility f on f.facility_id = h.facility_id
	 where h.ended_at is null
	   and exists (select from detainerd.booking m where m.booking_id = any (h.members) and m.release_eligible_at <= clock_timestamp())
	   and exists (select from detainerd.custody_basis c
	                where c.booking_id = any (h.members) and c.kind in ('local_charge', 'sentence') and c.ended_at is null);
comment on view detainerd.eligibility_unknown is
	'People in custody with a detainer for whom nobody has said when they would otherwise go free and no basis stands; or who were to go free while a local charge or sentence is still open.';

create or replace view detainerd.hold_drift with (security_invoker) as
	select coalesce(h.booking_id, j.booking_id) as booking_id, to_jsonb(h) as stored, to_jsonb(j) as judged
	  from (select h.judged_at, array_agg(h.booking_id) as booking_ids from detainerd.hold h group by h.judged_at) moment
	 cross join lateral detainerd.judge(moment.booking_ids, moment.judged_at) j
	  full join detainerd.hold h on h.stay_id = j.stay_id
	 -- all but when it was judged, by which law, and what is no verdict
	 where to_jsonb(h) - '{judged_at,law_version,next_due_at,moved_from,created_at,learned_at}'::text[]
	       is distinct from to_jsonb(j) - '{judged_at,law_version}'::text[];
comment on view detainerd.hold_drift is 'Holds that differ from what judge() says as of when they were judged. Always empty; a row is a defect.';

create or replace view detainerd.rule_in_force with (security_invoker) as
	select f.code as facility, l.depth, l.jurisdiction, l.rule_id, l.effective_from, l.citation, l.clock, l.hours, l.clock_verified,
	       (select count(*) from detainerd.rule_alternative a where a.rule_id = l.rule_id) as alternatives,
	       (select count(*) from detainerd.rule_alternative a where a.rule_id = l.rule_id and a.verified) as verified_alternatives
	  from detainerd.facility f
	 cross join lateral (
		with recursive chain (depth, code, parent) as (
			select 0, j.code, j.parent from detainerd.jurisdiction j where j.code = f.jurisdiction
			union all
			select c.depth + 1, j.code, j.parent from chain c join detainerd.jurisdiction j on j.code = c.parent where c.depth < 9
		)
		select distinct on (c.depth) c.depth, r.*
		  from chain c
		  join detainerd.rule r on r.jurisdiction = c.code and r.status = 'adopted' and (r.agency_kind = f.agency_kind or r.agency_kind is null)
		 where detainerd.day_starts(r.effective_from, f.time_zone) <= clock_timestamp()
		 order by c.depth, r.effective_from desc, r.agency_kind nulls last, r.rule_id desc) l;
comment on view detainerd.rule_in_force is 'The rules that bind each facility now, nearest first, and how much of them is verified.';
