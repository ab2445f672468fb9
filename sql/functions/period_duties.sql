-- SPDX-License-Identifier: MIT
-- Duties of a period: of a facility, not of a booking.

create or replace function detainerd.days_text(due_after interval) returns text
language sql immutable strict parallel safe
begin atomic
	select coalesce(nullif(concat_ws(' ', nullif(extract(year from due_after) * 12 + extract(month from due_after), 0) || ' months',
	                                      nullif(extract(day from due_after), 0) || ' days'), ''), '0 days');
end;
comment on function detainerd.days_text(interval) is 'Months and days as law_export() writes them and law_propose() reads them, whatever the session''s interval style: 2 months 15 days.';

create or replace function detainerd.duty_turn(alert_id text, stands boolean, why text) returns table (event text, reason text)
language sql stable rows 1 as $$
	select case when stands then 'reopened' else 'resolved' end, case when stands then 'not_done' else why end
	 where stands <> coalesce((select e.event = 'reopened' from detainerd.alert_event e
	                            where e.alert_id = duty_turn.alert_id and e.event in ('resolved', 'reopened') order by e.alert_event_id desc limit 1), true)
$$;
comment on function detainerd.duty_turn(text, boolean, text) is 'What becomes of an alert of a duty that ${stands}, or of which ${why} says why it does not. No row: it is so already.';

create or replace function detainerd.facility_levels(facility text) returns table (facility_id bigint, jurisdiction text)
language sql stable rows 100 as $$
	with recursive chain (facility_id, code, parent) as (
		select f.facility_id, j.code, j.parent from detainerd.facility f join detainerd.jurisdiction j on j.code = f.jurisdiction
		 where f.code = facility_levels.facility or facility_levels.facility is null
		union
		select c.facility_id, j.code, j.parent from chain c join detainerd.jurisdiction j on j.code = c.parent
	)
	select c.facility_id, c.code from chain c
$$;
comment on function detainerd.facility_levels(text) is 'Each jurisdiction whose law binds ${facility} (null: every one).';

create or replace function detainerd.duty_periods(d detainerd.duty, time_zone text, as_of timestamptz)
returns table (period_from date, period_until date, ended_at timestamptz, due_at timestamptz, is_last boolean)
language sql stable rows 10 as $$
	select p.first, p.next - 1, at.ended, at.due,
	       coalesce(coalesce(at.due, at.ended) = max(coalesce(at.due, at.ended)) filter (where coalesce(at.due, at.ended) <= as_of) over (), false)
	  from (
		-- of local days, which no session's zone moves; of what an older law asked before there were detainers nobody is told
		select b::date as first, (b + make_interval(months => d.every_months))::date as next
		  from generate_series(date_trunc('year', greatest(d.effective_from, date '1990-01-01')::timestamp), as_of at time zone time_zone, make_interval(months => d.every_months)) b) p
	 cross join lateral (
		select detainerd.day_starts(p.next, time_zone) as ended, detainerd.day_starts((p.next + d.due_after)::date + 1, time_zone) as due offset 0) at
	 where p.next > d.effective_from and (p.next <= d.effective_until or d.effective_until is null)
$$;
comment on function detainerd.duty_periods(detainerd.duty, text, timestamptz) is
	'Each period of duty ${d} that has begun in ${time_zone} at ${as_of}; due_at is null where the law on file does not state by when. '
	'is_last: of those due, or where by when is not known of those ended, the last.';

create or replace function detainerd.period_duties(facility text, as_of timestamptz)
returns table (facility_id bigint, duty_id bigint, period_from date, period_until date, ended_at timestamptz, due_at timestamptz, done_at timestamptz, state text, is_last boolean)
language sql stable rows 100 as $$
	with bound as materialized (
		select f.facility_id, f.time_zone, f.go_live_at, d.duty_id, d as duty
		  from detainerd.facility_levels(period_duties.facility) l
		  join detainerd.facility f on f.facility_id = l.facility_id
		  join detainerd.duty d on d.jurisdiction = l.jurisdiction and d.event = 'period' and (d.agency_kind = f.agency_kind or d.agency_kind is null)
		 where d.rule_id is null or exists (select from detainerd.rule r where r.rule_id = d.rule_id and r.status = 'adopted')
	), period as materialized (
		-- once for all facilities of a zone
		select z.duty_id, z.time_zone, p.*
		  from (select distinct on (b.duty_id, b.time_zone) b.* from bound b) z cross join lateral detainerd.duty_periods(z.duty, z.time_zone, as_of) p
	)
	select b.facility_id, b.duty_id, p.period_from, p.period_until, p.ended_at, p.due_at, n.done_at,
	       case when n.done_at > p.due_at then 'done_late' when n.done_at is not null then 'done'
	            when p.due_at <= as_of then 'missed'
	            when p.ended_at > as_of then 'ahead'
	            when p.due_at is null then 'day_unknown' else 'due' end, p.is_last
	  from bound b
	  join period p on p.duty_id = b.duty_id and p.time_zone = b.time_zone and (p.ended_at > b.go_live_at or b.go_live_at is null)
	  left join detainerd.period_done n on n.facility_id = b.facility_id and n.duty_id = b.duty_id and n.period_from = p.period_from and n.done_at <= as_of
$$;
comment on function detainerd.period_duties(text, timestamptz) is
	'Each duty of a period that the law asks of ${facility} (null: of every one), once a period that ended since the law and the facility began, and the running one: '
	'done, done_late, missed, due, ahead, or day_unknown, where the law on file does not state by when.';

create or replace function detainerd.period_says(d detainerd.duty, period_from date, period_until date) returns text
language sql stable parallel safe
begin atomic
	select format('%s, for %s to %s%s', k.says, period_from, period_until, case when (d).due_after is null then '; due instant: not stated by the law on file' else '' end)
	  from detainerd.duty_kind k where k.duty = (d).duty;
end;
comment on function detainerd.period_says(detainerd.duty, date, date) is 'What duty ${d} asks for the period from ${period_from} through ${period_until}.';

create or replace function detainerd.record_period(code text, duty text, jurisdiction text, day text, fields jsonb, as_of timestamptz)
returns table (facility text, done text, says text, period_from date, period_until date, due_at timestamptz, done_at timestamptz, state text, citation text)
language plpgsql as $$
#variable_conflict use_column
declare
	doing text := 'record what was done of a period';
	place detainerd.facility;
	read record := detainerd.import_day(record_period.day);
	given record;
	known detainerd.period_done;
begin
	select f.* into place from detainerd.facility f where f.facility_id = detainerd.find_facility(doing, record_period.code);
	given := detainerd.import_value(case when fields ->> 'done_at' = 'now' then to_char(as_of at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') else fields ->> 'done_at' end,
	                                'second', place.time_zone);
	if read.fault is not null then
		raise exception 'cannot %: ''%'' is %', doing, record_period.day, read.fault using errcode = 'invalid_parameter_value', hint = 'Write a day of the period as YYYY-MM-DD.';
	elsif fields ->> 'done_at' is not null and given.fault is not null then
		raise exception 'cannot %: %', doing, given.fault using errcode = 'invalid_parameter_value', hint = 'Nothing was written.';
	end if;
	known.duty_id := (select case when count(*) = 1 then min(p.duty_id) when count(*) > 1 then -1 end
	                    from detainerd.period_duties(place.code, as_of) p join detainerd.duty d on d.duty_id = p.duty_id
	                   where d.duty = record_period.duty and (d.jurisdiction = record_period.jurisdiction or record_period.jurisdiction is null)
	                     and read.day between p.period_from and p.period_until);
	if known.duty_id is null then
		raise exception 'cannot %: nothing on file asks % for ''%'' of a period with %', doing, place.code, record_period.duty, read.day
			using errcode = 'no_data_found', hint = 'detainerctl duties --all lists what is asked for.';
	elsif known.duty_id < 0 then
		raise exception 'cannot %: several laws ask % for ''%''', doing, place.code, record_period.duty using errcode = 'no_data_found', hint = 'Name one with --jurisdiction.';
	end if;
	insert into detainerd.period_done as n (facility_id, duty_id, period_from, done_at, done_by, told, evidence)
	select p.facility_id, p.duty_id, p.period_from, (given.canonical #>> '{}')::timestamptz, fields ->> 'done_by', fields ->> 'told', fields ->> 'evidence'
	  from detainerd.period_duties(place.code, as_of) p where p.duty_id = known.duty_id and read.day between p.period_from and p.period_until
	on conflict (facility_id, duty_id, period_from) do update set
	       -- what is not given stays; only a null takes the time back
	       done_at = case when fields ? 'done_at' then excluded.done_at else n.done_at end, done_by = coalesce(excluded.done_by, n.done_by),
	       told = coalesce(excluded.told, n.told), evidence = coalesce(excluded.evidence, n.evidence);
	return query
	select place.code, d.duty, detainerd.period_says(d, p.period_from, p.period_until), p.period_from, p.period_until, p.due_at, p.done_at, p.state, d.citation
	  from detainerd.period_duties(place.code, as_of) p join detainerd.duty d on d.duty_id = p.duty_id
	 where p.duty_id = known.duty_id and read.day between p.period_from and p.period_until;
end;
$$;
comment on function detainerd.record_period(text, text, text, text, jsonb, timestamptz) is
	'Records that facility ${code} (null: the only one) did ${duty} of the law of ${jurisdiction} (null: where one alone asks for it) for the period that holds ${day}: '
	'${fields} done_at, done_by, told, evidence; done_at null: not done after all. Returns what the period stands at.';

create or replace function detainerd.period_alerts(as_of timestamptz)
returns table (alert_id text, facility_id bigint, reason text, occurrence int, due_at timestamptz, citation text)
language sql stable rows 1 as $$
	select n.alert_id, p.facility_id, d.duty || ': ' || detainerd.period_says(d, p.period_from, p.period_until), d.duty_id::int, p.due_at, d.citation
	  from detainerd.period_duties(null, as_of) p
	  join detainerd.duty d on d.duty_id = p.duty_id
	 cross join lateral (select detainerd.alert_id(p.facility_id, 'duty_missed', p.due_at, d.duty_id::int) as alert_id offset 0) n
	 -- of those missed the last: what is older is listed, and cried out by nobody
	 where d.mark = 'V' and p.state = 'missed' and p.is_last
	   and (select true from detainerd.alert a where a.alert_id = n.alert_id) is null
	   -- as it is shipped nothing is read at all
	   and exists (select from detainerd.duty y where y.mark = 'V' and y.due_after is not null)
$$;
comment on function detainerd.period_alerts(timestamptz) is 'Duties of a period missed at ${as_of} of which nobody has been told: of each facility and duty that was read in the law itself, the last.';

create or replace function detainerd.period_turns(as_of timestamptz) returns table (alert_id text, event text, reason text)
language sql stable rows 1 as $$
	select now.alert_id, turn.event, turn.reason
	  from (
		-- alerts and periods are gathered and not joined: linear in them, however a daemon's statements are planned
		select max(u.alert_id) as alert_id, coalesce(bool_or(u.state = 'missed'), false) as stands,
		       case when bool_or(u.state in ('done', 'done_late')) then 'done' else 'no_longer_due' end as why
		  from (
			select a.alert_id, a.facility_id, a.occurrence::bigint as duty_id, a.release_at as due_at, null as state
			  from detainerd.alert a where a.kind = 'duty_missed' and a.stay_id is null
			union all
			select null, p.facility_id, p.duty_id, p.due_at, p.state from detainerd.period_duties(null, as_of) p
			 where p.due_at <= as_of and exists (select from detainerd.alert o where o.kind = 'duty_missed' and o.stay_id is null)) u
		 group by u.facility_id, u.duty_id, u.due_at
		having max(u.alert_id) is not null) now
	 cross join lateral detainerd.duty_turn(now.alert_id, now.stands, now.why) turn
$$;
comment on function detainerd.period_turns(timestamptz) is 'Alerts of duties of a period that no longer stand (resolved: done, or no_longer_due), or stand again (reopened).';
