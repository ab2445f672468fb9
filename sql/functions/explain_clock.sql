-- SPDX-License-Identifier: MIT

drop function if exists detainerd.explain_clock(bigint, timestamptz);
create or replace function detainerd.explain_clock(booking_id bigint, as_of timestamptz)
returns table (clock_of text, clock text, hours int, verified boolean, day date, since timestamptz, until timestamptz, counted interval,
               total interval, note text, ends_at timestamptz, is_earliest boolean, says text)
language sql stable rows 10 as $$
	with stay as materialized (
		select s from detainerd.stays(array[explain_clock.booking_id], as_of) s where s.starts_at is not null
	), rule_clock as materialized (
		select l.jurisdiction || coalesce(': ' || l.citation, '') as clock_of, l.clock, l.hours, l.clock_verified as verified, l.depth as place,
		       detainerd.clock_begins(t.s, l.start_event) as begins_at, l.start_event
		  from stay t cross join lateral detainerd.law(t.s) l
		 where l.span @> (t.s).starts_at and l.clock is not null
	), clock (clock_of, clock, hours, verified, place, begins_at, start_event) as (
		select * from rule_clock
		union all
		select 'no rule in force has a verified clock', 'flat', 48, true, 50, (t.s).starts_at, 'otherwise_released'
		  from stay t
		 where not exists (select from rule_clock r where r.verified)
		union all
		select detainerd.explain_detainer(d) || coalesce(': ' || f.citation, ''), f.clock, f.hours, true, 100 + row_number() over (order by d.detainer_id)::int, (t.s).starts_at, 'otherwise_released'
		  from stay t
		 cross join lateral detainerd.papers(t.s) p
		  join detainerd.detainer d on d.detainer_id = p.detainer_id
		  join detainerd.form f on f.form = d.form
		 where f.asks_for_hold
	), ending as (
		select c.*, c.begins_at as starts_at, (t.s).time_zone as time_zone,
		       detainerd.clock_ends(c.begins_at, (t.s).time_zone, c.clock, c.hours) as ends_at
		  from stay t cross join clock c
	), daily as (
		select e.*, case when e.clock in ('flat', 'excluding_weekends_and_holidays') then coalesce(e.hours, 48) end as spent, d.day, greatest(day.starts, e.starts_at) as since, least(day.ends, e.ends_at) as until,
		       e.clock = 'excluding_weekends_and_holidays' and detainerd.is_excluded(d.day) as excluded, named.names, named.closed
		  from ending e
		 cross join lateral (
			select ((e.starts_at at time zone e.time_zone)::date + n) as day
			  from generate_series(0, (e.ends_at at time zone e.time_zone)::date - (e.starts_at at time zone e.time_zone)::date) n) d
		 cross join lateral (select detainerd.day_starts(d.day, e.time_zone) as starts, detainerd.day_starts(d.day + 1, e.time_zone) as ends) day
		 cross join lateral (
			select string_agg(h.name, ', ') filter (where h.counts) as names, string_agg(h.name, ', ') filter (where not h.counts) as closed
			  from detainerd.holiday h where h.day = d.day) named
		 where day.starts < e.ends_at or e.ends_at = e.starts_at
	)
	select d.clock_of, d.clock, d.spent, d.verified,
	       d.day, d.since, d.until, part.counted, sum(part.counted) over (partition by d.place order by d.day),
	       trim(to_char(d.day, 'Day')) || coalesce(', ' || case when d.clock = 'excluding_weekends_and_holidays' then d.names end, '')
	       || case when d.excluded then ': not counted' when d.clock = 'excluding_weekends_and_holidays' and d.closed is not null then ', ' || d.closed || ': counted' else '' end,
	       d.ends_at, d.ends_at = min(d.ends_at) over (), detainerd.law_clock(d.clock, d.spent, d.start_event)
	  from daily d
	 cross join lateral (
		select case when d.excluded then interval '0' else make_interval(secs => extract(epoch from d.until - d.since)::double precision) end as counted) part
	 order by d.place, d.day
$$;
comment on function detainerd.explain_clock(bigint, timestamptz) is
	'The arithmetic of every clock that caps the stay of ${booking_id}, a row a local day: how long of it counted, and the name of each day that did not. '
	'Clocks are those of the rules in force where the stay starts and of each detainer''s form; the earliest end counts. says: the clock in words. No row: no start is known.';
