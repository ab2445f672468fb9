-- SPDX-License-Identifier: MIT
-- clock_ends() against vectors that three independent programs agree on, against its own rules, and the days it leaves out.

begin;
create temporary table vector (start_utc timestamptz, tz text, limit_hours int, exclude text, deadline_utc timestamptz);
\copy vector from 'tests/sql/cases/public_deadlines.csv' with (format csv, header)

-- A moment of every hour for the year round, and the zones whose calendars do odd things at midnight.
create temporary table moment as
	select instant, zone
	from generate_series(timestamptz '2026-01-01 00:30:00Z', '2027-01-08 00:00:00Z', '7 hours 11 minutes') instant,
		unnest('{America/New_York,America/Anchorage,Pacific/Honolulu,America/Santiago,Asia/Kolkata}'::text[]) zone;

select plan(4 * 300 + 40);

select is(count(*), 300::bigint, 'all 300 vectors are here') from vector;

-- ---- the vectors, each one a test, and all of them under other session time zones ---------------------------------

create function pg_temp.reached(vector) returns timestamptz language sql as $$
	select detainerd.clock_ends($1.start_utc, $1.tz,
		case $1.exclude when 'none' then 'flat' else 'excluding_weekends_and_holidays' end, $1.limit_hours)
$$;

select is(pg_temp.reached(vector), deadline_utc, format('%s in %s, %s h, %s', start_utc, tz, limit_hours, exclude))
from vector;

set local timezone to 'Asia/Kolkata';
select is(pg_temp.reached(vector), deadline_utc, format('from Kolkata: %s, %s h, %s', tz, limit_hours, exclude)) from vector;
set local timezone to 'America/Los_Angeles';
select is(pg_temp.reached(vector), deadline_utc, format('from Los Angeles: %s, %s h, %s', tz, limit_hours, exclude)) from vector;
set local timezone to 'Australia/Lord_Howe';
select is(pg_temp.reached(vector), deadline_utc, format('from Lord Howe: %s, %s h, %s', tz, limit_hours, exclude)) from vector;
set local timezone to 'UTC';

-- ---- properties ----------------------------------------------------------------------------------------------------

select is(count(*), 0::bigint, 'a later start never ends earlier') from (
	select detainerd.clock_ends(instant, zone, 'excluding_weekends_and_holidays', 48) <
		lag(detainerd.clock_ends(instant, zone, 'excluding_weekends_and_holidays', 48)) over (partition by zone order by instant)
		as backward
	from moment
) pair where backward;

select is(count(*), 0::bigint, 'a longer limit never ends earlier') from moment,
	lateral (select detainerd.clock_ends(instant, zone, 'excluding_weekends_and_holidays', h) <
		lag(detainerd.clock_ends(instant, zone, 'excluding_weekends_and_holidays', h)) over (order by h) as backward
		from unnest('{1,23,24,25,47,48,49,72,96,168}'::int[]) h) pair
where backward and extract(minute from instant)::int % 4 = 0;

select is(count(*), 0::bigint, 'the end is never inside an excluded day, except at its first instant') from moment,
	lateral (select detainerd.clock_ends(instant, zone, 'excluding_weekends_and_holidays', 48) as ends) reached,
	lateral (select (ends at time zone zone)::date as day) local
where detainerd.is_excluded(day) and ends <> detainerd.day_starts(day, zone);

select is(count(*), 0::bigint, 'the excluding clock never ends before the flat one') from moment
where detainerd.clock_ends(instant, zone, 'excluding_weekends_and_holidays', 48)
	< detainerd.clock_ends(instant, zone, 'flat', 48);

select is(count(*), 0::bigint, 'a start anywhere in one excluded spell ends at one and the same instant') from (
	select count(distinct detainerd.clock_ends(instant, zone, 'excluding_weekends_and_holidays', 48)) as ends
	from (select timestamptz '2026-07-03 04:00:00Z' + make_interval(hours => h) as instant, 'America/New_York' as zone
		from generate_series(0, 71) h) spell
) spell where ends <> 1;

select is(count(*), 0::bigint, 'flat is elapsed hours, over every change of clocks') from moment
where detainerd.clock_ends(instant, zone, 'flat', 48) <> instant + interval '48 hours';

select is(count(*), 0::bigint, 'midnight is at or before 25 hours on, and always a day''s first instant') from moment,
	lateral (select detainerd.clock_ends(instant, zone, 'until_local_midnight', null) as ends) reached
where ends <= instant or ends > instant + interval '25 hours'
	or ends <> detainerd.day_starts((ends at time zone zone)::date, zone);

select is(detainerd.clock_ends('2026-11-24 05:00:00Z', 'America/New_York', 'until_local_midnight', null),
	timestamptz '2026-11-25 05:00:00Z', 'a start at exactly midnight runs to the next one');
select is(detainerd.clock_ends('2026-11-25 04:59:59.999999Z', 'America/New_York', 'until_local_midnight', null),
	timestamptz '2026-11-25 05:00:00Z', 'a start a microsecond before midnight ends at it');
select is(detainerd.clock_ends('2026-11-24 14:05:00Z', 'America/New_York', 'none', 48),
	timestamptz '2026-11-24 14:05:00Z', 'none ends where it starts');
select is(detainerd.clock_ends('2026-11-24 14:05:00Z', 'America/New_York', 'flat', null),
	timestamptz '2026-11-26 14:05:00Z', 'blank hours are 48 (flat)');
select is(detainerd.clock_ends('2026-11-23 14:05:00Z', 'America/New_York', 'excluding_weekends_and_holidays', null),
	timestamptz '2026-11-25 14:05:00Z', 'blank hours are 48 (excluding)');
select is(detainerd.clock_ends(null, 'America/New_York', 'flat', 48), null, 'no start, no end');
select is(detainerd.clock_ends('2026-11-23 14:05:00.123456Z', 'America/New_York', 'excluding_weekends_and_holidays', 48),
	timestamptz '2026-11-25 14:05:00.123456Z', 'microseconds are kept');

-- ---- days -----------------------------------------------------------------------------------------------------------

select is(detainerd.day_starts('2026-03-08', 'America/New_York'), timestamptz '2026-03-08 05:00:00Z', 'clocks go forward at 2: midnight as ever');
select is(detainerd.day_starts('2019-09-08', 'America/Santiago'), timestamptz '2019-09-08 04:00:00Z', 'a skipped midnight: the transition');
select is(detainerd.day_starts('2019-04-07', 'America/Santiago'), timestamptz '2019-04-07 04:00:00Z',
	'clocks go back from 24:00 to 23:00: midnight comes once, after it');
select is(detainerd.day_starts('2020-11-01', 'America/Havana'), timestamptz '2020-11-01 04:00:00Z', 'a repeated midnight: the first');
select is(detainerd.day_starts('2011-12-31', 'Pacific/Apia'), timestamptz '2011-12-30 10:00:00Z', 'the day after one that did not exist');

-- ---- holidays -------------------------------------------------------------------------------------------------------

create function pg_temp.observed(year int) returns text language sql as $$
	select string_agg(to_char(day, 'MM-DD'), ' ' order by day) from detainerd.holiday
	where calendar = 'federal' and counts and extract(year from day) = year
$$;

select is(pg_temp.observed(1971), '01-01 02-15 05-31 07-05 09-06 10-11 10-25 11-25 12-24 12-31',
	'1971: ten, among them the New Year''s Day of 1972, a Saturday, observed on the old year''s last day');
select is(pg_temp.observed(1977), '02-21 05-30 07-04 09-05 10-10 10-24 11-24 12-26', '1977: Veterans Day on a Monday of October for the last time');
select is(pg_temp.observed(1978), '01-02 02-20 05-29 07-04 09-04 10-09 11-10 11-23 12-25', '1978: Veterans Day on 11 November again, a Saturday');
select is(pg_temp.observed(1985), '01-01 02-18 05-27 07-04 09-02 10-14 11-11 11-28 12-25', '1985: no Martin Luther King Day yet');
select is(pg_temp.observed(1986), '01-01 01-20 02-17 05-26 07-04 09-01 10-13 11-11 11-27 12-25', '1986: the first one, 20 January');
select is(pg_temp.observed(2020), '01-01 01-20 02-17 05-25 07-03 09-07 10-12 11-11 11-26 12-25', '2020: no Juneteenth yet');
select is(pg_temp.observed(2021), '01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31', '2021: Juneteenth, observed on Friday the 18th');
select is(pg_temp.observed(2026), '01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25', '2026');
select is(pg_temp.observed(2027), '01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31', '2027');
select is(pg_temp.observed(2100), '01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31', '2100: not a leap year, and New Year''s Day 2101 in it');

select is(count(*), 0::bigint, 'no holiday is observed on a Saturday or a Sunday') from detainerd.holiday
where calendar = 'federal' and extract(isodow from day) > 5;
select results_eq('select min(day), max(day) from detainerd.holiday where calendar = ''federal''',
	$$ values (date '1971-01-01', date '2100-12-31') $$, 'the calendar runs from 1971 to 2100');
select is(count(*), 15 * 9::bigint + 35 * 10 + 80 * 11 + 1, 'nine holidays a year to 1985, ten to 2020, eleven since, and the New Year''s Day of 2101')
from detainerd.holiday where calendar = 'federal';
select ok(not detainerd.is_excluded('2021-01-20') and not detainerd.is_excluded('2025-01-21'), '5 U.S.C. 6103(c): Inauguration Day is no holiday here');
select ok(bool_and(not counts and not detainerd.is_excluded(day)) and count(*) = 12, 'a closing by executive order lengthens no hold')
from detainerd.holiday where calendar = 'eo_closure';
select is(detainerd.clock_ends('2024-12-23 15:00:00Z', 'America/New_York', 'excluding_weekends_and_holidays', 48),
	timestamptz '2024-12-26 15:00:00Z', '24 December 2024, a closing day, is counted; Christmas is not');
update detainerd.holiday set counts = true where day = '2024-12-24' and calendar = 'eo_closure';
select is(detainerd.clock_ends('2024-12-23 15:00:00Z', 'America/New_York', 'excluding_weekends_and_holidays', 48),
	timestamptz '2024-12-27 15:00:00Z', 'until counsel switches it on');

-- worked examples, which a person can check on a wall calendar
select is(detainerd.clock_ends('2026-11-20 17:00 America/New_York', 'America/New_York', 'excluding_weekends_and_holidays', 48),
	timestamptz '2026-11-24 17:00 America/New_York', 'Friday 17:00 to Tuesday 17:00');
select is(detainerd.clock_ends('2026-07-02 17:00 America/New_York', 'America/New_York', 'excluding_weekends_and_holidays', 48),
	timestamptz '2026-07-07 17:00 America/New_York', 'over Independence Day, a Saturday: the Friday before counts neither');
select is(detainerd.clock_ends('2026-11-19 00:00 America/New_York', 'America/New_York', 'excluding_weekends_and_holidays', 48),
	timestamptz '2026-11-21 00:00 America/New_York', 'reached exactly at a day''s end: that midnight, not Monday''s');

select * from finish();
rollback;
