-- SPDX-License-Identifier: MIT

create or replace function detainerd.is_asked(told detainerd.alert, as_of timestamptz) returns boolean
language sql stable parallel safe as $$
	select case (told).kind
	       when 'claim_review' then exists (
			select from detainerd.hold h cross join lateral detainerd.bars_standing(h.members, array[(told).reason]) bar
			 where h.stay_id = (told).stay_id and bar.span @> as_of)
	       when 'counsel_needed' then exists (
			select from detainerd.hold h where h.stay_id = (told).stay_id and h.reason = 'counsel_must_decide')
	       when 'custody_unclear' then exists (
			select from detainerd.hold h join detainerd.booking b on b.booking_id = h.booking_id
			 where h.stay_id = (told).stay_id and b.custody_ended_at = (told).due_at - interval '30 minutes')
	       -- it stands until it is done, but of who is out nobody needs to hear of it day and night
	       when 'duty_missed' then (told).stay_id is null or exists (
			select from detainerd.hold h where h.stay_id = (told).stay_id and h.ended_at is null)
	       else true end
$$;
comment on function detainerd.is_asked(detainerd.alert, timestamptz) is
	'True while what an alert asks a person to look into stands: a claim not withdrawn, law still silent, custody still unclear, a duty missed of who is here. Whoever has been told is told no more of what does not.';

create or replace function detainerd.take(daemon text, receivers text[], max_deliveries int, lease interval, as_of timestamptz) returns bigint[]
language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
	open bigint[];
	listed bigint[];
	taken bigint[];
	begun_at timestamptz := clock_timestamp();
begin
	-- Again where all that was open was gone: it keeps back nothing that is due after it.  A bound all the same: a call that takes too
	-- long is undone, and would begin with the same ones for ever.
	for round in 1..20 loop
		-- Each receiver's oldest, however much waits for others.  Of reminders the stay's lock too: an acknowledgement waits for us,
		-- or is being written, and then we pass over what it silences.
		open := array(
			select o.delivery_id
			  from unnest(receivers) r (receiver)
			 cross join lateral (
				select d.delivery_id, coalesce(d.lease_until, d.due_at) as turn_at
				  from detainerd.delivery d join detainerd.alert a on a.alert_id = d.alert_id
				 where d.state in ('due', 'leased') and d.receiver = r.receiver and coalesce(d.lease_until, d.due_at) <= as_of
				   -- what is taken back comes before anything new is said of the same stay
				   and (a.stay_id is null or a.kind = 'superseded' or not exists (
					select from detainerd.alert sa
					  join detainerd.delivery said on said.alert_id = sa.alert_id and said.receiver = d.receiver
					  join detainerd.delivery sd on sd.alert_id = coalesce(said.digest_id, said.alert_id) and sd.receiver = d.receiver
					 where sa.stay_id = a.stay_id and sa.kind = 'superseded' and sa.raised_at <= a.raised_at
					   and (sd.state = 'due' and sd.attempts = 0 or sd.state = 'leased' and sd.attempts = 1 and sd.lease_until > as_of)))
				   -- nor is a closing word said while what it closes is on its way: that would arrive last, and stand
				   and (a.kind not in ('superseded', 'resolved') or not exists (
					select from detainerd.alert_event e
					  join detainerd.delivery told on told.alert_id = e.alert_id and told.receiver = d.receiver
					  join detainerd.delivery sent on sent.alert_id = coalesce(told.digest_id, told.alert_id) and sent.receiver = d.receiver
					 where e.by_alert = a.alert_id and sent.state = 'leased' and sent.lease_until > as_of))
				   and (not detainerd.reminds(d) or pg_try_advisory_xact_lock_shared(detainerd.stay_lock(a.stay_id)))
				 order by coalesce(d.lease_until, d.due_at), d.delivery_id
				 limit least(max_deliveries, 2048 / nullif(cardinality(receivers), 0))	-- the server has room for some 6400 locks
				   for no key update of d skip locked) o
			 order by o.turn_at, o.delivery_id
			 limit max_deliveries);

		-- What was begun three times without an end may be what ends whoever tries it: it goes alone, after what is due before it.
		-- Nor are more lines of digests taken than one call can lock and read in its time.
		with turn as (
			select o.delivery_id, o.place, d.attempts >= 3 and d.attempts - coalesce(
					(select max(t.attempt) from detainerd.delivery_attempt t where t.delivery_id = d.delivery_id), 0) >= 3 as lost,
			       sum((select count(*) from detainerd.delivery l where l.digest_id = d.alert_id and l.state = 'digested')) over (order by o.place) as lines
			  from unnest(open) with ordinality o (delivery_id, place)
			  join detainerd.delivery d on d.delivery_id = o.delivery_id
		)
		select coalesce(array_agg(t.delivery_id order by t.place), '{}') into open
		  from turn t
		 where t.place = 1 or t.lines <= 1000 and t.place < coalesce((select min(l.place) from turn l where l.lost), t.place + 1);

		-- A digest is taken with all that it lists, or not yet: whoever holds one of those rows takes it back or acknowledges it.
		listed := array(
			select l.delivery_id
			  from unnest(open) o (delivery_id)
			  join detainerd.delivery d on d.delivery_id = o.delivery_id
			  join detainerd.delivery l on l.digest_id = d.alert_id and l.state = 'digested'
			   for no key update of l skip locked);
		open := array(
			select d.delivery_id
			  from unnest(open) o (delivery_id)
			  join detainerd.delivery d on d.delivery_id = o.delivery_id
			 where not exists (select from detainerd.delivery l where l.digest_id = d.alert_id and l.state = 'digested' and l.delivery_id <> all (listed)));
		listed := array(
			select l.delivery_id
			  from unnest(open) o (delivery_id)
			  join detainerd.delivery d on d.delivery_id = o.delivery_id
			  join detainerd.delivery l on l.digest_id = d.alert_id and l.state = 'digested' and l.reminder
			  join detainerd.alert a on a.alert_id = l.alert_id
			 where pg_try_advisory_xact_lock_shared(detainerd.stay_lock(a.stay_id)));

		-- New statements: they see every acknowledgement that committed before we had the lock.  What a digest lists leaves it where
		-- somebody has acknowledged it, or is about to; so does a due_soon that has come too late.
		update detainerd.delivery d
		   set state = 'due', digest_id = null, due_at = greatest(d.due_at, hushed.until), first_due_at = greatest(d.first_due_at, hushed.until)
		  from (select l.delivery_id, detainerd.hushed_until(a) as until, a.kind = 'due_soon' and a.release_at <= as_of as too_late
		          from unnest(open) o (delivery_id)
		          join detainerd.delivery d on d.delivery_id = o.delivery_id
		          join detainerd.delivery l on l.digest_id = d.alert_id and l.state = 'digested' and l.reminder
		          join detainerd.alert a on a.alert_id = l.alert_id) hushed
		 where d.delivery_id = hushed.delivery_id and (d.delivery_id <> all (listed) or hushed.until > as_of or hushed.too_late);

		with now as materialized (
			select d.delivery_id, detainerd.is_closed(d.alert_id) as closed,
			       a.kind = 'digest' and not exists (
					select from detainerd.delivery l where l.digest_id = d.alert_id and l.state = 'digested' and not detainerd.is_closed(l.alert_id))
			       or a.kind = 'due_soon' and a.release_at <= as_of
			       or d.delivered_at is not null and not detainerd.is_asked(a, as_of)
			       or a.kind = 'overdue' and exists (
					select from detainerd.alert na join detainerd.delivery nd on nd.alert_id = na.alert_id and nd.receiver = d.receiver
					 where na.stay_id = a.stay_id and na.kind = a.kind and na.release_at = a.release_at and na.occurrence > a.occurrence
					   and nd.state <> 'cancelled' and (nd.state <> 'due' or nd.due_at <= as_of)) as overtaken,
			       case when detainerd.reminds(d) then detainerd.hushed_until(a) end as silent_until
			  from unnest(open) o (delivery_id)
			  join detainerd.delivery d on d.delivery_id = o.delivery_id
			  join detainerd.alert a on a.alert_id = d.alert_id
		), gone as (
			update detainerd.delivery d
			   set state = case when not n.closed and not n.overtaken then 'due' when d.delivered_at is null then 'cancelled' else 'delivered' end,
			       leased_by = null, lease_until = null,
			       due_at = greatest(d.due_at, n.silent_until), first_due_at = greatest(d.first_due_at, n.silent_until)
			  from now n
			 where d.delivery_id = n.delivery_id and (n.closed or n.overtaken or n.silent_until > as_of)
		), leased as (
			update detainerd.delivery d
			   set state = 'leased', attempts = d.attempts + 1, leased_by = take.daemon, lease_until = as_of + lease
			  from now n
			 where d.delivery_id = n.delivery_id and not n.closed and not n.overtaken and (n.silent_until > as_of) is not true
			returning d.delivery_id, d.alert_id
		), listed as (
			update detainerd.delivery d set attempts = d.attempts + 1
			  from leased l where d.digest_id = l.alert_id and d.state = 'digested'
		)
		select coalesce(array_agg(l.delivery_id), '{}') into taken from leased l;
		exit when taken <> '{}' or open = '{}' or clock_timestamp() > begun_at + interval '500 milliseconds';
	end loop;
	if taken = '{}' and open <> '{}' then
		notify detainerd;	-- there is more to look through: whoever hears it asks again at once
	end if;
	return taken;
end;
$$;
comment on function detainerd.take(text, text[], int, interval, timestamptz) is
	'Leases up to ${max_deliveries} deliveries to ${receivers}, oldest first, and counts the attempt before it is made. No reminder is taken after an '
	'acknowledgement has committed; what no longer stands, or what time has overtaken, is cancelled. What was begun three times and never settled is '
	'given alone. Returns which.';

drop function if exists detainerd.claim(text, text[], int, interval);
create or replace function detainerd.claim(daemon text, receivers text[], max_deliveries int, lease interval)
returns table (delivery_id bigint, attempt int, receiver text, alert_id text, kind text, severity text, reason text, allowed boolean,
	facility text, facility_name text, booking_number text, citation text, counsel_contact text,
	release_us bigint, due_us bigint, learned_us bigint, raised_us bigint, lease_until_us bigint, server_us bigint,
	release_local text, release_clock text, due_local text, learned_clock text, raised_local text, as_of_local text, as_of_clock text,
	other_authority text, warrant_on_file boolean, stands text, listed text, closes text, stay_id bigint, occurrence int, telling int)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	as_of timestamptz := clock_timestamp();
	taken bigint[];
begin
	taken := detainerd.take(claim.daemon, receivers, max_deliveries, lease, as_of);
	return query
	select d.delivery_id, d.attempts, d.receiver, a.alert_id, a.kind,
	       case when a.kind = 'digest' and exists (
			select from detainerd.delivery l join detainerd.alert la on la.alert_id = l.alert_id
			 where l.digest_id = a.alert_id and la.severity = 'critical') then 'critical' else a.severity end,
	       -- which bar was recorded, what was found, and what somebody wrote where a code belongs, is for those who may read the facts, not for a message
	       case when a.kind = 'claim_review' or a.kind = 'counsel_needed' and a.reason not in ('law_unverified', 'no_law')
	              or a.kind = 'custody_unclear' and a.reason not in ('transferred', 'hospital', 'court', 'furlough', 'recorded_in_error', 'merged')
	            then null else a.reason end, a.allowed,
	       f.code, f.name, b.booking_number, a.citation, f.counsel_contact,
	       detainerd.epoch_us(a.release_at), detainerd.epoch_us(a.due_at), detainerd.epoch_us(here.learned_at), detainerd.epoch_us(a.raised_at),
	       detainerd.epoch_us(d.lease_until), detainerd.epoch_us(as_of),
	       here.release_at, here.release_clock, here.due_at, here.learned_clock, here.raised_at, here.now, here.now_clock,
	       other.kinds, warrant.on_file,
	       case when a.kind in ('superseded', 'deadline_moved') then
			case when h.ended_at is not null then 'out'
			     when h.reason = 'held_on_other_authority' then 'kept'
			     when h.stay_id is not null and h.release_at is null then 'start_unknown'
			     else case when h.release_at <= as_of then 'ended ' else 'ends ' end || detainerd.local_text(h.release_at, f.time_zone, 'YYYY-MM-DD HH24:MI TZ') end end,
	       case when a.kind in ('digest', 'daily_digest') then listed.lines end,
	       (select string_agg(c.alert_id || ' ' || c.kind || ' ' || c.severity, E'\n' order by c.alert_id)
	          from detainerd.alert_event e join detainerd.alert c on c.alert_id = e.alert_id
	         where e.by_alert = a.alert_id and e.event = a.kind),
	       a.stay_id, a.occurrence, d.tellings
	  from unnest(taken) t (delivery_id)
	  join detainerd.delivery d on d.delivery_id = t.delivery_id
	  join detainerd.alert a on a.alert_id = d.alert_id
	  left join detainerd.facility f on f.facility_id = a.facility_id
	  left join detainerd.booking b on b.booking_id = a.booking_id
	  -- of a stay that has joined another the whole one's
	  left join detainerd.hold h on h.stay_id = coalesce(
		(select own.stay_id from detainerd.hold own where own.stay_id = a.stay_id),
		(select own.stay_id from detainerd.members(array[a.booking_id]) m join detainerd.hold own on own.stay_id = m.booking_id limit 1))
	 -- worth a word only where the fact came late
	 cross join lateral (select case when a.learned_at >= a.due_at + interval '1 minute' then a.learned_at end as learned_at) learned
	 cross join lateral (
		select detainerd.local_text(a.release_at, f.time_zone, 'YYYY-MM-DD HH24:MI:SS TZ') as release_at,
		       detainerd.local_text(a.release_at, f.time_zone, 'HH24:MI TZ') as release_clock,
		       detainerd.local_text(a.due_at, f.time_zone, 'YYYY-MM-DD HH24:MI:SS TZ') as due_at,
		       learned.learned_at, detainerd.local_text(learned.learned_at, f.time_zone, 'YYYY-MM-DD HH24:MI TZ') as learned_clock,
		       detainerd.local_text(a.raised_at, f.time_zone, 'YYYY-MM-DD HH24:MI:SS TZ') as raised_at,
		       detainerd.local_text(as_of, f.time_zone, 'YYYY-MM-DD HH24:MI:SS TZ') as now,
		       detainerd.local_text(as_of, f.time_zone, 'HH24:MI TZ') as now_clock) here
	 cross join lateral (
		select string_agg(distinct case when c.kind in ('local_charge', 'sentence', 'other_agency', 'us_marshals', 'parole', 'judicial_warrant')
		                                then replace(c.kind, '_', ' ') else 'other' end, ', ') as kinds
		  from detainerd.custody_basis c
		 where h.reason = 'held_on_other_authority' and c.booking_id = any (h.members)
		   and coalesce(c.began_at, '-infinity') <= as_of and coalesce(c.ended_at, 'infinity') > as_of
		   and not detainerd.is_immigration_agency(c.agency) and not detainerd.names_immigration_paper(c.evidence)) other
	 cross join lateral (
		select exists (select from detainerd.finding n
		                where n.booking_id = any (h.members) and n.ground = 'judicial_warrant' and detainerd.is_evidenced(n)
		                  and not detainerd.names_immigration_paper(n.evidence)
		                  and n.found_at <= as_of and (n.withdrawn_at > as_of or n.withdrawn_at is null))
		       and not exists (select from detainerd.custody_basis c where c.booking_id = any (h.members) and c.kind = 'judicial_warrant') as on_file) warrant
	 cross join lateral (
		select string_agg(l.line, E'\n' order by l.due_at, l.line) as lines
		  from (select * from detainerd.digest_lines(a.alert_id) where a.kind = 'digest'
		        union all select * from detainerd.daily_lines(a.facility_id, as_of) where a.kind = 'daily_digest') l) listed
	 order by coalesce(a.due_at, a.raised_at), d.delivery_id;
end;
$$;
comment on function detainerd.claim(text, text[], int, interval) is
	'Leases deliveries (take()) and returns what their messages say. All instants in epoch microseconds, local times as text. '
	'A dead daemon''s lease runs out by the database''s clock, and another takes over.';
