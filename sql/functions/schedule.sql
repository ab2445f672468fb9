-- SPDX-License-Identifier: MIT
-- What is not there is asked for by a scalar subquery, which looks at each one's own rows.  "not exists" is a join, and of an alert
-- table that is on record as empty the planner would read all for each.

create or replace function detainerd.alert_id(stay_id bigint, kind text, instant timestamptz, occurrence int) returns text
language sql stable parallel safe
begin atomic
	select concat_ws('-', (select s.value from detainerd.setting s where s.name = 'install'), stay_id, kind,
	                 case when isfinite(instant) then (extract(epoch from instant) * 1000000)::bigint else 0 end, occurrence);
end;
comment on function detainerd.alert_id(bigint, text, timestamptz, int) is
	'<install>-<stay>-<kind>-<instant in epoch microseconds>-<occurrence>: what makes raising twice one alert.';

create or replace function detainerd.open_alerts(stays bigint[]) returns setof detainerd.alert
language sql stable parallel safe rows 4 as $$
	select a.*
	  from detainerd.alert a
	 where a.stay_id = any (stays) and a.kind not in ('superseded', 'resolved', 'deadline_moved', 'duty_due', 'duty_missed')
	   and (select true from detainerd.alert_event e where e.alert_id = a.alert_id and e.event = 'superseded' limit 1) is null
	   and coalesce((select e.event = 'reopened' from detainerd.alert_event e
	                  where e.alert_id = a.alert_id and e.event in ('resolved', 'reopened') order by e.alert_event_id desc limit 1), true)
$$;
comment on function detainerd.open_alerts(bigint[]) is 'Alerts of these stays that still stand: neither superseded nor resolved (or reopened since). Those of duties have an end of their own: duty_turns().';

create or replace function detainerd.closed_by_end(stays bigint[]) returns setof detainerd.alert
language sql stable parallel safe rows 4 as $$
	select a.*
	  from detainerd.alert a
	 where a.stay_id = any (stays) and not detainerd.is_of_duty(a.kind)
	   and (select e.event = 'resolved' from detainerd.alert_event e
	         where e.alert_id = a.alert_id and e.event in ('resolved', 'reopened') order by e.alert_event_id desc limit 1)
$$;
comment on function detainerd.closed_by_end(bigint[]) is 'Alerts of these stays that the end of custody resolved, and nothing has reopened.';

create or replace function detainerd.shift_changes(since timestamptz, as_of timestamptz, time_zone text, changes time[])
returns table (occurrence int, at timestamptz)
language sql stable parallel safe rows 6 as $$
	-- those about as_of, on the day before, the day itself and the two after it; numbered after the 48 half-hourly ones by the minute,
	-- for a number must grow whatever times a facility sets meanwhile
	select 48 + floor(extract(epoch from moment.at - since) / 60)::int, moment.at
	  from (select case when changes is null or changes = '{}' then array[time '06:00', time '14:00', time '22:00']
	                    else array(select c from unnest(changes) c order by c) end as changes) shift
	 cross join lateral (select generate_series(-1, 2) + (greatest(as_of, since) at time zone time_zone)::date as on_day) day
	 cross join lateral unnest(shift.changes) change (local_time)
	 cross join lateral (select (day.on_day + change.local_time) at time zone time_zone as at) moment
	 where moment.at >= since
$$;
comment on function detainerd.shift_changes(timestamptz, timestamptz, text, time[]) is
	'Changes of shift at or after ${since} and around ${as_of}, at local times ${changes}, numbered so that one always has the same number.';

create or replace function detainerd.reminders(stays bigint[], as_of timestamptz)
returns table (stay_id bigint, kind text, reason text, release_at timestamptz, occurrence int, due_at timestamptz)
language sql stable parallel safe rows 20 as $$
	with series as (
		-- reached: how many of the row's instants lie at or before as_of; silent: how many an acknowledgement silences
		select h.stay_id, h.due_reason, h.release_at, r.kind, r.occurrence, r.every, coalesce(r.times, case when r.every is null then 1 end) as times,
		       row_starts.at,
		       case when as_of < row_starts.at then 0
		            when r.every is null then 1
		            else floor(extract(epoch from as_of - row_starts.at) / extract(epoch from r.every)) + 1 end as reached,
		       case when silence.until is null or silence.until <= row_starts.at then 0
		            when r.every is null then 1
		            else ceil(extract(epoch from silence.until - row_starts.at) / extract(epoch from r.every)) end as silent
		  from detainerd.hold h
		  join detainerd.facility f on f.facility_id = h.facility_id
		 cross join lateral (select detainerd.silent_until(h.stay_id, h.release_at) as until offset 0) silence
		 cross join detainerd.reminder r
		 cross join lateral (
			select h.release_at + r.at_offset + make_interval(mins => case when r.after_processing
			       then least(greatest(coalesce(f.processing_minutes, 0), 0), 240) else 0 end) as at offset 0) row_starts
		 where h.stay_id = any (stays) and h.release_at is not null and h.ended_at is null
	), instant as (
		-- of each row the latest instant reached, and the next
		select s.stay_id, s.due_reason, s.release_at, s.kind, (s.occurrence + step.n)::int as occurrence, s.at + coalesce(s.every, interval '0') * step.n as due_at
		  from series s
		 cross join lateral (
			select least(s.reached, s.times) - 1 where s.reached > s.silent
			union all
			select greatest(s.reached, s.silent)) step (n)
		 where step.n >= s.silent and (step.n < s.times or s.times is null)
		union all
		-- after a day: where shifts change
		select h.stay_id, h.due_reason, h.release_at, 'overdue', change.occurrence, change.at
		  from detainerd.hold h
		  join detainerd.facility f on f.facility_id = h.facility_id
		 cross join lateral (select coalesce(detainerd.silent_until(h.stay_id, h.release_at), '-infinity') as until offset 0) silence
		 cross join lateral detainerd.shift_changes(h.release_at + interval '24 hours', as_of, f.time_zone, f.shift_changes) change
		 where h.stay_id = any (stays) and h.release_at is not null and h.ended_at is null
		   -- while the half-hourly ones still come, nobody asks for these
		   and greatest(as_of, silence.until) > h.release_at + interval '20 hours'
		   and change.at > silence.until
	), nearest as (
		-- of missed instants only the latest of its kind; of those ahead only the next
		select distinct on (i.stay_id, i.kind, i.due_at <= as_of) i.*
		  from instant i
		 where i.kind <> 'due_soon' or as_of < i.release_at and i.due_at < i.release_at	-- due_soon never comes at or after it
		 order by i.stay_id, i.kind, i.due_at <= as_of, abs(extract(epoch from i.due_at - as_of))
	)
	select n.stay_id, n.kind, n.due_reason, n.release_at, n.occurrence, n.due_at
	  from nearest n
	 where (select true from detainerd.alert a
	         where a.stay_id = n.stay_id and a.kind = n.kind and a.release_at = n.release_at
	           -- of those ahead any other than itself: the clock may have been set back since a later one was raised
	           and (a.occurrence = n.occurrence or a.occurrence > n.occurrence and n.due_at <= as_of)
	         limit 1) is null
$$;
comment on function detainerd.reminders(bigint[], timestamptz) is
	'due_soon and overdue instants of the holds of ${stays} that are not raised yet: of those passed at ${as_of} the latest of each kind, '
	'of those ahead the next. An acknowledgement silences them until it expires.';

create or replace function detainerd.schedule(stays bigint[], as_of timestamptz)
returns table (stay_id bigint, alert_id text, kind text, reason text, instant timestamptz, occurrence int, due_at timestamptz)
language plpgsql stable parallel safe rows 20
as $$
#variable_conflict use_column
begin
	return query
	with hold as materialized (
		select h.* from detainerd.hold h where h.stay_id = any (stays)
	), standing as (
		select h.stay_id, h.booking_id, h.ended_at, h.judged_at, h.release_at, h.reason, a.stay_id as of_stay, a.release_at as told_at, a.kind
		  from hold h cross join lateral detainerd.open_alerts(h.members) a
	), wanted (stay_id, kind, reason, instant, occurrence, due_at) as (
		select r.stay_id, r.kind, r.reason, r.release_at, r.occurrence, r.due_at from detainerd.reminders(stays, as_of) r

		union all	-- never skipped: also late, also where the person left after the instant and before anybody looked
		select h.stay_id, 'release_due', h.due_reason, h.release_at, said.times::int, h.release_at
		  from hold h
		 cross join lateral (
			select count(*) as times, count(*) filter (where not exists (
				select from detainerd.alert_event e where e.alert_id = a.alert_id and e.event = 'superseded')) as standing
			  from detainerd.alert a where a.stay_id = h.stay_id and a.kind = 'release_due' and a.release_at = h.release_at) said
		 where h.release_at is not null and said.standing = 0
		   and (h.ended_at is null or h.release_at < h.ended_at and h.created_at < h.ended_at)

		union all	-- what was said of another instant is taken back
		select distinct s.stay_id, 'superseded', case when s.reason = 'held_on_other_authority' then s.reason else 'release_moved' end, s.told_at,
		       (select count(*) from detainerd.alert a where a.stay_id = s.stay_id and a.kind = 'superseded' and a.release_at = s.told_at)::int,
		       s.judged_at
		  from standing s
		 where s.ended_at is null and s.kind in ('due_soon', 'release_due', 'overdue') and (s.told_at is distinct from s.release_at or s.of_stay <> s.stay_id)

		union all	-- compliance hears of an instant that moved later
		select h.stay_id, 'deadline_moved', case when h.reason = 'held_on_other_authority' then h.reason else 'release_moved' end, h.moved_from,
		       (select count(*) from detainerd.alert a where a.stay_id = h.stay_id and a.kind = 'deadline_moved' and a.release_at = h.moved_from)::int,
		       h.judged_at
		  from hold h where h.moved_from is not null and h.ended_at is null

		union all	-- the person is out
		select s.stay_id, 'resolved', b.custody_outcome, s.told_at,
		       (select count(*) from detainerd.alert a
		         where a.stay_id = s.stay_id and a.kind = 'resolved' and a.release_at is not distinct from s.told_at)::int, s.ended_at
		  from (select s.stay_id, s.booking_id, s.ended_at, max(s.told_at) as told_at from standing s
		         where s.ended_at is not null group by s.stay_id, s.booking_id, s.ended_at) s
		  join detainerd.booking b on b.booking_id = s.booking_id

		union all	-- or is not, after all
		select h.stay_id, 'deadline_moved', 'custody_reopened', h.release_at,
		       (select count(*) from detainerd.alert a
		         where a.stay_id = h.stay_id and a.kind = 'deadline_moved' and a.release_at is not distinct from h.release_at)::int, h.judged_at
		  from hold h
		 where h.ended_at is null and h.moved_from is null and exists (select from detainerd.closed_by_end(h.members))

		union all	-- a claim of citizenship, a wrong identity, a child: to a person at once, whatever the start
		select h.stay_id, 'claim_review', bar.ground, lower(bar.span),
		       -- a number that does not say which
		       said.last + (row_number() over (partition by h.stay_id, lower(bar.span) order by bar.ground))::int, lower(bar.span)
		  from hold h cross join lateral detainerd.bars_standing(h.members, detainerd.everywhere_bars()) bar
		 cross join lateral (
			select coalesce(max(a.occurrence), -1) as last from detainerd.alert a
			 where a.stay_id = h.stay_id and a.kind = 'claim_review' and a.due_at = lower(bar.span)) said
		 where h.ended_at is null and (bar.span @> as_of or lower(bar.span) > as_of)
		   and not exists (
			select from detainerd.alert a
			 where a.stay_id = h.stay_id and a.kind = 'claim_review' and a.due_at = lower(bar.span) and a.reason = bar.ground)

		union all	-- custody is said to have ended, by something that ends nothing
		select h.stay_id, 'custody_unclear', b.custody_outcome, b.custody_ended_at, 0, b.custody_ended_at + interval '30 minutes'
		  from hold h join detainerd.booking b on b.booking_id = h.booking_id
		 where h.ended_at is null and b.custody_ended_at is not null
		   and (b.custody_ended_at <= as_of or not detainerd.closes(b.custody_outcome, b.outcome_detail))

		union all	-- law that is silent: to counsel, once a day for a facility and rule
		select h.stay_id, 'counsel_needed', h.detail, arrival.at, 0, arrival.at
		  from hold h
		  join detainerd.facility f on f.facility_id = h.facility_id
		 cross join lateral (select d.recorded_at as at from detainerd.detainer d where d.detainer_id = h.detainer_id) arrival
		 where h.ended_at is null and h.reason = 'counsel_must_decide' and h.detail not like 'bar:%' and arrival.at is not null
		   and not exists (
			select from detainerd.alert a
			 where a.kind = 'counsel_needed' and a.facility_id = h.facility_id and a.rule_id is not distinct from h.rule_id
			   and a.due_at > arrival.at - interval '30 hours' and a.due_at < arrival.at + interval '30 hours'
			   and (a.due_at at time zone f.time_zone)::date = (arrival.at at time zone f.time_zone)::date)

		union all	-- what the law asks beside release
		select y.stay_id, y.kind, y.reason, y.instant, y.occurrence, y.due_at from detainerd.duty_alerts(stays, as_of) y
	), named as materialized (
		select detainerd.alert_id(w.stay_id, w.kind, coalesce(w.instant, '-infinity'), w.occurrence) as alert_id, w.* from wanted w
	)
	select n.stay_id, n.alert_id, n.kind, n.reason, n.instant, n.occurrence, n.due_at
	  from named n
	 where (select true from detainerd.alert a where a.alert_id = n.alert_id) is null;
end;
$$;
comment on function detainerd.schedule(bigint[], timestamptz) is
	'Every alert that the holds of ${stays} ask for and that is not raised yet: those due at or before ${as_of}, and the next of each kind after it. '
	'${instant} is the one that the alert''s id carries.';

create or replace function detainerd.next_due(stays bigint[], as_of timestamptz) returns table (stay_id bigint, next_due_at timestamptz)
language sql stable parallel safe rows 20 as $$
	select s.stay_id, min(s.due_at)
	  from (select unnest(stays), null union all select s.stay_id, s.due_at from detainerd.schedule(stays, as_of) s
	        union all select t.stay_id, as_of from detainerd.duty_turns(stays, as_of) t) s (stay_id, due_at)
	 group by s.stay_id
$$;
comment on function detainerd.next_due(bigint[], timestamptz) is 'When raise_due() must next look at each hold of ${stays}; null: nothing ahead.';
