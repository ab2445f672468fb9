-- SPDX-License-Identifier: MIT

create or replace function detainerd.alert_id(stay_id bigint, kind text, instant timestamptz, occurrence int) returns text
language sql stable parallel safe
begin atomic
	select concat_ws('-', (select s.value from detainerd.setting s where s.name = 'install'), stay_id, kind,
	                 (extract(epoch from instant) * 1000000)::bigint, occurrence);
end;
comment on function detainerd.alert_id(bigint, text, timestamptz, int) is
	'<install>-<stay>-<kind>-<instant in epoch microseconds>-<occurrence>: what makes raising twice one alert.';

create or replace function detainerd.open_alerts(stays bigint[]) returns setof detainerd.alert
language sql stable parallel safe rows 4 as $$
	select a.*
	  from detainerd.alert a
	 where a.stay_id = any (stays) and a.kind not in ('superseded', 'resolved', 'deadline_moved')
	   and not exists (select from detainerd.alert_event e where e.alert_id = a.alert_id and e.event = 'superseded')
	   and coalesce((select e.event = 'reopened' from detainerd.alert_event e
	                  where e.alert_id = a.alert_id and e.event in ('resolved', 'reopened') order by e.alert_event_id desc limit 1), true)
$$;
comment on function detainerd.open_alerts(bigint[]) is 'Alerts of these stays that still stand: neither superseded nor resolved (or reopened since).';

create or replace function detainerd.closed_by_end(stays bigint[]) returns setof detainerd.alert
language sql stable parallel safe rows 4 as $$
	select a.*
	  from detainerd.alert a
	 where a.stay_id = any (stays)
	   and (select e.event = 'resolved' from detainerd.alert_event e
	         where e.alert_id = a.alert_id and e.event in ('resolved', 'reopened') order by e.alert_event_id desc limit 1)
$$;
comment on function detainerd.closed_by_end(bigint[]) is 'Alerts of these stays that the end of custody resolved, and nothing has reopened.';

create or replace function detainerd.reminders(h detainerd.hold, as_of timestamptz) returns table (kind text, occurrence int, due_at timestamptz)
language sql stable parallel safe rows 3 as $$
	with silence as (
		select max(e.expires_at) as until
		  from detainerd.alert a
		  join detainerd.alert_event e on e.alert_id = a.alert_id and e.event = 'acknowledged'
		 where a.stay_id = h.stay_id and a.release_at = h.release_at
	), series as (
		-- reached: how many of the row's instants lie at or before as_of; silent: how many an acknowledgement silences
		select r.kind, r.occurrence, r.every, coalesce(r.times, case when r.every is null then 1 end) as times, row_starts.at,
		       case when as_of < row_starts.at then 0
		            when r.every is null then 1
		            else floor(extract(epoch from as_of - row_starts.at) / extract(epoch from r.every)) + 1 end as reached,
		       case when silence.until is null or silence.until <= row_starts.at then 0
		            when r.every is null then 1
		            else ceil(extract(epoch from silence.until - row_starts.at) / extract(epoch from r.every)) end as silent
		  from detainerd.reminder r
		 cross join silence
		  join detainerd.facility f on f.facility_id = h.facility_id
		 cross join lateral (
			select h.release_at + r.at_offset + make_interval(mins => case when r.after_processing
			       then least(greatest(coalesce(f.processing_minutes, 0), 0), 240) else 0 end) as at) row_starts
		 where h.release_at is not null and h.ended_at is null
	), instant as (
		-- of each row the latest instant reached, and the next
		select s.kind, (s.occurrence + step.n)::int as occurrence, s.at + coalesce(s.every, interval '0') * step.n as due_at
		  from series s
		 cross join lateral (
			select least(s.reached, s.times) - 1 where s.reached > s.silent
			union all
			select greatest(s.reached, s.silent)) step (n)
		 where step.n >= s.silent and (step.n < s.times or s.times is null)
	), nearest as (
		-- of missed instants only the latest of its kind; of those ahead only the next
		select distinct on (i.kind, i.due_at <= as_of) i.*
		  from instant i
		 where i.kind <> 'due_soon' or as_of < h.release_at and i.due_at < h.release_at	-- due_soon never comes at or after it
		 order by i.kind, i.due_at <= as_of, abs(extract(epoch from i.due_at - as_of))
	)
	select n.kind, n.occurrence, n.due_at
	  from nearest n
	 where not exists (select from detainerd.alert a
	                    where a.stay_id = h.stay_id and a.kind = n.kind and a.release_at = h.release_at and a.occurrence >= n.occurrence)
$$;
comment on function detainerd.reminders(detainerd.hold, timestamptz) is
	'due_soon and overdue instants of hold ${h} that are not raised yet: of those passed at ${as_of} the latest of each kind, of those ahead the next. '
	'An acknowledgement silences them until it expires.';

create or replace function detainerd.schedule(h detainerd.hold, as_of timestamptz)
returns table (kind text, reason text, instant timestamptz, occurrence int, due_at timestamptz)
language sql stable parallel safe rows 4
set search_path = pg_catalog, pg_temp	-- also keeps it from being inlined, which PostgreSQL 15 answers with "variable not found in subplan target list"
as $$
	select r.kind, h.due_reason, h.release_at, r.occurrence, r.due_at
	  from detainerd.reminders(h, as_of) r

	union all	-- never skipped: also late, also where the person left after the instant and before anybody looked
	select 'release_due', h.due_reason, h.release_at, superseded.times::int, h.release_at
	  from (select count(*) as times, count(*) filter (where not exists (
			select from detainerd.alert_event e where e.alert_id = a.alert_id and e.event = 'superseded')) as standing
		  from detainerd.alert a where a.stay_id = h.stay_id and a.kind = 'release_due' and a.release_at = h.release_at) superseded
	 where h.release_at is not null and superseded.standing = 0
	   and (h.ended_at is null or h.release_at < h.ended_at and h.created_at < h.ended_at)

	union all	-- what was said of another instant is taken back
	select 'superseded', case when h.reason = 'held_on_other_authority' then h.reason else 'release_moved' end, old.release_at,
	       (select count(*) from detainerd.alert s where s.stay_id = h.stay_id and s.kind = 'superseded' and s.release_at = old.release_at)::int,
	       h.judged_at
	  from (select distinct a.release_at from detainerd.open_alerts(h.members) a
	         where a.kind in ('due_soon', 'release_due', 'overdue') and (a.release_at is distinct from h.release_at or a.stay_id <> h.stay_id)) old
	 where h.ended_at is null

	union all	-- compliance hears of an instant that moved later
	select 'deadline_moved', case when h.reason = 'held_on_other_authority' then h.reason else 'release_moved' end, h.moved_from,
	       (select count(*) from detainerd.alert m where m.stay_id = h.stay_id and m.kind = 'deadline_moved' and m.release_at = h.moved_from)::int,
	       h.judged_at
	 where h.moved_from is not null and h.ended_at is null

	union all	-- the person is out
	select 'resolved', b.custody_outcome, h.release_at,
	       (select count(*) from detainerd.alert r
	         where r.stay_id = h.stay_id and r.kind = 'resolved' and r.release_at is not distinct from h.release_at)::int, h.ended_at
	  from detainerd.booking b
	 where b.booking_id = h.booking_id and h.ended_at is not null and exists (select from detainerd.open_alerts(h.members))

	union all	-- or is not, after all
	select 'deadline_moved', 'custody_reopened', h.release_at,
	       (select count(*) from detainerd.alert m
	         where m.stay_id = h.stay_id and m.kind = 'deadline_moved' and m.release_at is not distinct from h.release_at)::int, h.judged_at
	 where h.ended_at is null and h.moved_from is null and exists (select from detainerd.closed_by_end(h.members))

	union all	-- a claim of citizenship, a wrong identity, a child: to a person at once, whatever the start
	select 'claim_review', bar.ground, lower(bar.span), array_position(detainerd.everywhere_bars(), bar.ground) - 1, lower(bar.span)
	  from detainerd.bars_standing(h.members, detainerd.everywhere_bars()) bar
	 where h.ended_at is null and (bar.span @> as_of or lower(bar.span) > as_of)

	union all	-- custody is said to have ended, by something that ends nothing
	select 'custody_unclear', b.custody_outcome, b.custody_ended_at, 0, b.custody_ended_at + interval '30 minutes'
	  from detainerd.booking b
	 where b.booking_id = h.booking_id and h.ended_at is null and b.custody_ended_at is not null
	   and (b.custody_ended_at <= as_of or not detainerd.closes(b.custody_outcome, b.outcome_detail))

	union all	-- law that is silent: to counsel, once a day for a facility and rule
	select 'counsel_needed', h.detail, arrival.at, 0, arrival.at
	  from (select max(d.recorded_at) as at from detainerd.detainer d where d.detainer_id = h.detainer_id) arrival
	  join detainerd.facility f on f.facility_id = h.facility_id
	 where h.ended_at is null and h.reason = 'counsel_must_decide' and arrival.at is not null
	   and not exists (
		select from detainerd.alert a
		 where a.kind = 'counsel_needed' and a.facility_id = h.facility_id and a.rule_id is not distinct from h.rule_id
		   and (a.due_at at time zone f.time_zone)::date = (arrival.at at time zone f.time_zone)::date
		   and a.due_at > arrival.at - interval '30 hours' and a.due_at < arrival.at + interval '30 hours')
$$;
comment on function detainerd.schedule(detainerd.hold, timestamptz) is
	'Every alert that hold ${h} asks for and that is not raised yet: those due at or before ${as_of}, and the next of each kind after it. '
	'${instant} is the one that the alert''s id carries.';

create or replace function detainerd.next_due(h detainerd.hold, as_of timestamptz) returns timestamptz
language sql stable parallel safe
begin atomic
	select min(s.due_at) from detainerd.schedule(h, as_of) s
	 where not exists (select from detainerd.alert a where a.alert_id = detainerd.alert_id(h.stay_id, s.kind, s.instant, s.occurrence));
end;
comment on function detainerd.next_due(detainerd.hold, timestamptz) is 'When raise_due() must next look at hold ${h}; null: nothing ahead.';
