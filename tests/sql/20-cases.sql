-- SPDX-License-Identifier: MIT
-- The truth tables of cases/: one legal case a row, with its citation, judged from sessions in three time zones.

begin;
\ir include/cases.sql
\copy the_rule (jurisdiction, parent, agency_kind, effective_from, status, clock, hours, clock_verified, alternatives, bars, note) from 'tests/sql/cases/rules.csv' with (format csv, header, force_not_null (parent, status, alternatives, bars, note))

\copy in_file from 'tests/sql/cases/connecticut.csv' with (format csv, header)
select pg_temp.take('connecticut') \g /dev/null
\copy in_file from 'tests/sql/cases/papers.csv' with (format csv, header)
select pg_temp.take('papers') \g /dev/null
\copy in_file from 'tests/sql/cases/bars.csv' with (format csv, header)
select pg_temp.take('bars') \g /dev/null
\copy in_file from 'tests/sql/cases/bases.csv' with (format csv, header)
select pg_temp.take('bases') \g /dev/null
\copy in_file from 'tests/sql/cases/stays.csv' with (format csv, header)
select pg_temp.take('stays') \g /dev/null
\copy in_file from 'tests/sql/cases/closing.csv' with (format csv, header)
select pg_temp.take('closing') \g /dev/null
\copy in_file from 'tests/sql/cases/warrants.csv' with (format csv, header)
select pg_temp.take('warrants') \g /dev/null
\copy in_file from 'tests/sql/cases/levels.csv' with (format csv, header)
select pg_temp.take('levels') \g /dev/null

select pg_temp.enact() \g /dev/null
select pg_temp.record() \g /dev/null

select plan((select 3 * count(*)::int + 4 from the_case));

select cmp_ok(count(*), '>=', 299::bigint, 'the cases are here') from the_case;
select is(count(*), 0::bigint, 'every case names its citation and what must come out') from the_case
where citation = '' or coalesce(allowed, '') not in ('yes', 'no') or reason is null or starts is null or release is null;
select is(count(*), (select count(*) from the_case, regexp_split_to_table(concat_ws('; ', nullif(bases, ''), nullif(detainers, ''), nullif(findings, '')), '; *') fact),
	'every fact of every case was recorded') from said_fact;

set local timezone to 'UTC';
select is(pg_temp.judged(c), pg_temp.wanted(c), format('%s: %s [%s]', file, "case", citation)) from the_case c order by n;
set local timezone to 'Asia/Kolkata';
select is(pg_temp.judged(c), pg_temp.wanted(c), format('%s, from Kolkata: %s', file, "case")) from the_case c order by n;
set local timezone to 'America/Anchorage';
select is(pg_temp.judged(c), pg_temp.wanted(c), format('%s, from Anchorage: %s', file, "case")) from the_case c order by n;

select is_empty('select * from detainerd.hold_drift', 'what is stored is what is judged');

select * from finish();
rollback;
