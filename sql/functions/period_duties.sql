-- SPDX-License-Identifier: MIT
-- Duties of a period: of a facility, not of a booking.

create or replace function detainerd.days_text(due_after interval) returns text
language sql immutable strict parallel safe
begin atomic
	select coalesce(nullif(concat_ws(' ', nullif(extract(year from due_after) * 12 + extract(month from due_after), 0) || ' months',
	                                      nullif(extract(day from due_after), 0) || ' days'), ''), '0 days');
end;
comment on function detainerd.days_text(interval) is 'Months and days as law_export() writes them and law_propose() reads them, whatever the session''s interval style: 2 months 15 days.';

create or replace function detainerd.period_duties(facility text, as_of timestamptz)
returns table (facility_id bigint, duty_id bigint, period_from date, period_until date, ended_at timestamptz, due_at timestamptz, done_at timestamptz, state text, is_last boolean)
language sql stable rows 10 as $$
	with recursive chain (facility_id, code, parent) as (
		select f.facility_id, j.code, j.parent from detainerd.facility f join detainerd.jurisdiction j on j.code = f.jurisdiction
		 where f.code = period_duties.facility or period_duties.facility is null
		union
		select c.facility_id, j.code, j.parent from chain c join detainerd.jurisdiction j on j.code = c.parent
	), period as (
		select f.facility_id, d.duty_id, f.time_zone, d.due_after, begins.day::date as first, (begins.day + begins.length)::date as next,
		       begins.day + 2 * begins.length > as_of at time zone f.time_zone as is_last
		  from chain c
		  join detainerd.facility f on f.facility_id = c.facility_id
		  join detainerd.duty d on d.jurisdiction = c.code and d.event = 'period' and (d.agency_kind = f.agency_kind or d.agency_kind is null)
		 -- of local days, which no session's zone moves
		 cross join lateral (
			select b as day, make_interval(months => d.every_months) as length
			  from generate_series(date_trunc('year', greatest(d.effective_from, coalesce(f.go_live_at at time zone f.time_zone, '-infinity'))),
			                       as_of at time zone f.time_zone, make_interval(months => d.every_months)) b) begins
		 where (d.rule_id is null or exists (select from detainerd.rule r where r.rule_id = d.rule_id and r.status = 'adopted'))
		   and (begins.day + begins.length)::date > d.effective_from
		   and ((begins.day + begins.length)::date < d.effective_until or d.effective_until is null)
		   and (begins.day + begins.length > f.go_live_at at time zone f.time_zone or f.go_live_at is null)
	)
	select p.facility_id, p.duty_id, p.first, p.next - 1, ends.at, due.at, done.at,
	       case when done.at > due.at then 'done_late' when done.at is not null then 'done'
	            when due.at <= as_of then 'missed'
	            when ends.at > as_of then 'ahead'
	            when due.at is null then 'day_unknown' else 'due' end, p.is_last
	  from period p
	 cross join lateral (select detainerd.day_starts(p.next, p.time_zone) as at) ends
	 cross join lateral (select detainerd.day_starts((p.next + p.due_after)::date + 1, p.time_zone) as at) due
	  left join lateral (
		select n.done_at as at from detainerd.period_done n
		 where n.facility_id = p.facility_id and n.duty_id = p.duty_id and n.period_from = p.first and n.done_at <= as_of) done on true
$$;
comment on function detainerd.period_duties(text, timestamptz) is
	'Each duty of a period that the law asks of ${facility} (null: of every one), once a period that ended since the law or the facility began, and the running one: done, done_late, missed, due, '
	'ahead, or day_unknown, where the law on file names no day by which. is_last: no later one has ended.';

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
