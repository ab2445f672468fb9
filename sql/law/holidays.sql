-- SPDX-License-Identifier: MIT
-- The days, beside Saturdays and Sundays, that an excluding clock leaves out: the legal public holidays of
-- 5 U.S.C. 6103(a), each on the day on which it is observed, 1971 to 2100.
--
--   6103(b)(1)    a holiday on a Saturday is observed the Friday before, also across the turn of the year
--   E.O. 11582    a holiday on a Sunday is observed the Monday after
--   not in it     Inauguration Day, 6103(c): it binds Washington-area staff only
--
-- The dates are arithmetic and certain; which holidays stood in which year is written beside each rule.  A row that
-- stands is never touched again: whether a closing day counts (below) is for counsel, and stays as counsel left it.

with

-- one row a year; the year after the last one too, for its New Year's Day may be observed on 31 December
years as (
	select year, make_date(year, 1, 1) as january, make_date(year, 2, 1) as february, make_date(year, 5, 31) as end_of_may,
		make_date(year, 9, 1) as september, make_date(year, 10, 1) as october, make_date(year, 11, 1) as november
	from generate_series(1971, 2101) year
),

-- the nth weekday of a month: its first day, moved to that weekday (isodow: Monday 1, Thursday 4), and n - 1 weeks on
legal (day, name) as (
	select make_date(year, 1, 1), 'New Year''s Day' from years
	union all
	-- Pub. L. 98-144, first observed in 1986: third Monday of January
	select january + (8 - extract(isodow from january)::int) % 7 + 14, 'Birthday of Martin Luther King, Jr.'
	from years where year >= 1986
	union all
	-- Pub. L. 90-363, from 1971: third Monday of February
	select february + (8 - extract(isodow from february)::int) % 7 + 14, 'Washington''s Birthday' from years
	union all
	-- Pub. L. 90-363, from 1971: last Monday of May
	select end_of_may - (extract(isodow from end_of_may)::int - 1), 'Memorial Day' from years
	union all
	-- Pub. L. 117-17, signed 17 June 2021 and in force at once: first observed on Friday 18 June 2021
	select make_date(year, 6, 19), 'Juneteenth National Independence Day' from years where year >= 2021
	union all
	select make_date(year, 7, 4), 'Independence Day' from years
	union all
	select september + (8 - extract(isodow from september)::int) % 7, 'Labor Day' from years
	union all
	-- Pub. L. 90-363, from 1971: second Monday of October
	select october + (8 - extract(isodow from october)::int) % 7 + 7, 'Columbus Day' from years
	union all
	-- Pub. L. 90-363: fourth Monday of October from 1971; Pub. L. 94-97: 11 November again from 1978
	select case when year <= 1977 then october + (8 - extract(isodow from october)::int) % 7 + 21
		else make_date(year, 11, 11) end, 'Veterans Day'
	from years
	union all
	-- fourth Thursday of November
	select november + (11 - extract(isodow from november)::int) % 7 + 21, 'Thanksgiving Day' from years
	union all
	select make_date(year, 12, 25), 'Christmas Day' from years
),

observed as (
	select day + case extract(isodow from day)::int when 6 then -1 when 7 then 1 else 0 end as day, name from legal
)

insert into detainerd.holiday (day, name, calendar, counts)
select day, name, 'federal', true
from observed
where day between '1971-01-01' and '2100-12-31'
on conflict (day, name, calendar) do nothing;

-- Days on which executive departments were closed by order.  Each order says that the day falls within the scope of
-- 5 U.S.C. 6103(b) "insofar as [it relates] to the pay and leave of employees".  No authority was found that makes such
-- a day a holiday of 8 CFR 287.7(d), so none lengthens a hold: counts is false until counsel says otherwise.
-- V: the order was read, or an official page of it; M: from memory.  12/2025: days V, number not seen.

insert into detainerd.holiday (day, name, calendar, counts) values
	('2007-12-24', 'Executive Order 13453', 'eo_closure', false),	-- V
	('2009-12-24', 'Executive Order 13523 (half day)', 'eo_closure', false),	-- V
	('2012-12-24', 'Executive Order 13633', 'eo_closure', false),	-- V
	('2014-12-26', 'Executive Order 13682', 'eo_closure', false),	-- V
	('2018-12-05', 'Executive Order 13852 (mourning)', 'eo_closure', false),	-- M
	('2018-12-24', 'Executive Order 13854', 'eo_closure', false),	-- V
	('2019-12-24', 'Executive Order 13900', 'eo_closure', false),	-- V
	('2020-12-24', 'Executive Order 13965', 'eo_closure', false),	-- M
	('2024-12-24', 'Executive Order 14129', 'eo_closure', false),	-- M
	('2025-01-09', 'Executive Order 14133 (mourning)', 'eo_closure', false),	-- M
	('2025-12-24', 'Executive Order of December 2025', 'eo_closure', false),	-- V
	('2025-12-26', 'Executive Order of December 2025', 'eo_closure', false)	-- V
on conflict (day, name, calendar) do nothing;
