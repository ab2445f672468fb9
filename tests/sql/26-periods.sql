-- SPDX-License-Identifier: MIT
-- What is asked of a facility for each period: by local days, told once where it was missed, and closed by its record.

begin;
\ir include/people.sql
\ir include/telling.sql
select plan(43);
insert into detainerd.watch_turn (watched_at, drift_after) values ('-infinity', 0);
update detainerd.facility set facts_max_age = null;
update detainerd.route set enabled = false;
insert into detainerd.route (receiver, kinds) values ('desk', null);
insert into detainerd.daemon (daemon, receivers, seen_at) values ('d1', '{desk}', now());
insert into detainerd.duty (jurisdiction, duty, event, every_months, due_after, effective_from, mark, citation, source)
values ('US-TEST', 'report', 'period', 12, '2 months', '2022-06-01', 'V', 'Test Code 9', 'TEST-1 report: tests') returning duty_id as report \gset

-- What the year's report of a facility stands at, at an instant of New York.
create function pg_temp.state(first date, as_of text, at text default 'TEST') returns text language sql as $$
	select p.state || coalesce(' ' || to_char(p.due_at at time zone 'America/New_York', 'YYYY-MM-DD HH24:MI'), '')
	from detainerd.period_duties(at, as_of::timestamp at time zone 'America/New_York') p where p.period_from = first
$$;
-- What a look at an instant says of it.
create function pg_temp.look(as_of text) returns text language plpgsql as $$
declare
	at timestamptz := as_of::timestamp at time zone 'America/New_York';
begin
	perform pg_temp.raise(at);
	return coalesce((select string_agg(f.code || ' ' || a.reason, ', ' order by f.code, a.reason) from detainerd.alert a join detainerd.facility f using (facility_id)
		where a.raised_at = at and a.stay_id is null), 'nothing');
end
$$;
create function pg_temp.stands(first text) returns text language sql as $$
	select string_agg(case when detainerd.is_closed(a.alert_id) then 'closed' else 'open' end || coalesce(' ' || (select string_agg(e.event || ' ' || e.reason, ', ' order by e.alert_event_id) from detainerd.alert_event e where e.alert_id = a.alert_id), ''), '; ')
	from detainerd.alert a where a.kind = 'duty_missed' and a.reason like '%for ' || first || ' to %'
$$;

-- ---- which periods, and until when ---------------------------------------------------------------------------------------------

select is((select string_agg(p.period_from || ' ' || p.period_until || ' ' || p.state, ', ' order by p.period_from) from detainerd.period_duties('TEST', '2026-03-02 04:59:59.999999Z') p),
	'2022-01-01 2022-12-31 missed, 2023-01-01 2023-12-31 missed, 2024-01-01 2024-12-31 missed, 2025-01-01 2025-12-31 due, 2026-01-01 2026-12-31 ahead', 'each period since the law began, and the running one');
select is(pg_temp.state('2025-01-01', '2025-12-31 23:59:59.999999'), 'ahead 2026-03-02 00:00', 'a period runs to the end of its last day');
select is(pg_temp.state('2025-01-01', '2026-01-01 00:00'), 'due 2026-03-02 00:00', 'then it is due');
select is(pg_temp.state('2025-01-01', '2026-03-01 23:59:59.999999'), 'due 2026-03-02 00:00', 'the whole of the last day is in time');
select is(pg_temp.state('2025-01-01', '2026-03-02 00:00'), 'missed 2026-03-02 00:00', 'and no more');
set local timezone to 'Asia/Kolkata';
select is(pg_temp.state('2025-01-01', '2026-03-02 00:00'), 'missed 2026-03-02 00:00', 'whoever asks');
set local timezone to 'UTC';
select is(array_agg(p.period_from || ' ' || p.is_last order by p.period_from), '{"2022-01-01 false","2023-01-01 false","2024-01-01 true","2025-01-01 false","2026-01-01 false"}'::text[], 'the last that is due')
from detainerd.period_duties('TEST', '2026-03-01 12:00Z') p;
update detainerd.duty set due_after = null where duty_id = :report;
select is(array_agg(p.period_from || ' ' || p.state order by p.period_from) filter (where p.is_last), '{"2025-01-01 day_unknown"}'::text[], 'by when is not known: the last that has ended')
from detainerd.period_duties('TEST', '2026-03-01 12:00Z') p;
select is(pg_temp.look('2026-03-05 12:00'), 'nothing', 'and nothing was missed');
-- clocks go forward on March 8th and back on November 1st: the midnights of the place, not twenty-four hours
update detainerd.duty set every_months = 1, due_after = '7 days' where duty_id = :report;
select is(to_char(p.ended_at at time zone 'UTC', 'MM-DD HH24:MI') || ' ' || to_char(p.due_at at time zone 'UTC', 'MM-DD HH24:MI'), w.wanted, w.what) from detainerd.period_duties('TEST', '2026-12-24 12:00Z') p
join (values ('2026-02-01'::date, '03-01 05:00 03-09 04:00', 'an hour less in spring'), ('2026-10-01', '11-01 04:00 11-09 05:00', 'an hour more in autumn')) w (first, wanted, what) on w.first = p.period_from order by p.period_from;
update detainerd.duty set every_months = 12, due_after = '2 months' where duty_id = :report;

-- ---- what was missed is told --------------------------------------------------------------------------------------------------

update detainerd.facility set go_live_at = '2024-07-01 00:00-04' where code = 'TEST';
select is((select min(p.period_from) from detainerd.period_duties('TEST', '2026-03-05 12:00Z') p), '2024-01-01', 'nothing is asked of a time before the facility');
select is(pg_temp.look('2026-03-01 23:59:59'), 'TEST report: make the report on detainers, for 2024-01-01 to 2024-12-31', 'what was missed before anybody looked is told');
select is(pg_temp.look('2026-03-02 00:00:10'), 'TEST report: make the report on detainers, for 2025-01-01 to 2025-12-31', 'what is missed now is told');
select is(pg_temp.look('2026-03-02 00:01'), 'nothing', 'once');
select results_eq(format($$ select alert_id, booking_id, stay_id, kind, severity, citation, release_at, due_at, rule_id from detainerd.alert where raised_at = '2026-03-02 05:00:10Z' $$),
	format($$ select detainerd.alert_id(facility_id, 'duty_missed', '2026-03-02 05:00Z', %s), null::bigint, null::bigint, 'duty_missed', 'warning', 'Test Code 9', timestamptz '2026-03-02 05:00Z',
		timestamptz '2026-03-02 05:00Z', null::bigint from detainerd.facility where code = 'TEST' $$, :report), 'a warning of its own kind, of a facility and nobody''s booking');
select is((select string_agg(l.facility || ' ' || coalesce(l.booking_number, '-'), ', ') from detainerd.alert_log l where l.kind = 'duty_missed' and l.raised_at = '2026-03-02 05:00:10Z'), 'TEST -', 'in the log');
select is(count(*), 1::bigint, 'told to who asks for it') from detainerd.delivery join detainerd.alert using (alert_id) where kind = 'duty_missed' and raised_at = '2026-03-02 05:00:10Z' and receiver = 'desk';
select is((select string_agg(facility, ' ') from detainerd.trouble where condition = 'duty_missed'), null, 'detainerd itself is in no trouble');

-- ---- until its record closes it -------------------------------------------------------------------------------------------------

create function pg_temp.done(day text, fields text, as_of text) returns text language sql as $$
	select state from detainerd.record_period('TEST', 'report', null, day, fields::jsonb, as_of::timestamp at time zone 'America/New_York')
$$;
select is(pg_temp.done('2025-07-04', '{"done_at": "2026-04-02 09:00"}', '2026-04-01 10:00'), 'missed', 'what will be done is not done');
select is(pg_temp.look('2026-04-01 10:00'), 'nothing', 'and closes nothing');
select is(pg_temp.stands('2025-01-01'), 'open', 'the alert stands');
select is(pg_temp.look('2026-04-02 09:00'), 'nothing', 'done late, it needs no word');
select is(pg_temp.state('2025-01-01', '2026-04-02 09:00'), 'done_late 2026-03-02 00:00', 'it was late');
select is(pg_temp.stands('2025-01-01'), 'closed resolved done', 'and the alert is closed');
select is(count(*), 0::bigint, 'what was not said of it yet is not said any more') from detainerd.delivery join detainerd.alert using (alert_id) where kind = 'duty_missed' and reason like '%for 2025-%' and state = 'due';
select is(pg_temp.stands('2024-01-01'), 'open', 'the year before stays open');
select is(pg_temp.done('2025-07-04', '{"done_at": "2026-02-02 09:00"}', '2026-04-03 10:00'), 'done', 'it was done in time, only nobody said so');
select is(pg_temp.look('2026-04-03 10:00') || ', ' || pg_temp.stands('2025-01-01'), 'nothing, closed resolved done', 'and stays closed');
select is(pg_temp.done('2025-07-04', '{"done_at": null}', '2026-04-04 10:00'), 'missed', 'not done after all');
select is(pg_temp.look('2026-04-04 10:00') || ', ' || pg_temp.stands('2025-01-01'), 'nothing, open resolved done, reopened not_done', 'the alert stands again');
select is(pg_temp.look('2026-04-05 10:00') || ', ' || pg_temp.stands('2025-01-01'), 'nothing, open resolved done, reopened not_done', 'once');
update detainerd.duty set due_after = '6 months' where duty_id = :report;
select is(pg_temp.look('2026-04-06 10:00') || ', ' || pg_temp.stands('2025-01-01'), 'TEST report: make the report on detainers, for 2024-01-01 to 2024-12-31, closed resolved done, reopened not_done, resolved no_longer_due', 'the law was read better: it is not due yet, and that of the year before was at another instant');
select is(pg_temp.look('2026-07-02 00:00'), 'TEST report: make the report on detainers, for 2025-01-01 to 2025-12-31', 'but then it is');
select is((select string_agg(d.state || ' ' || (d.done_at is null), ', ') from detainerd.duties_owed('TEST', null, null, false, '2026-07-02 12:00Z') d where d.duty = 'report'), 'missed true, missed true', 'and listed, the older too');

-- ---- what raises nothing ---------------------------------------------------------------------------------------------------------

update detainerd.duty set mark = 'S' where duty_id = :report;
insert into detainerd.facility (code, jurisdiction, time_zone, agency_kind, facts_max_age) values ('TWIN', 'US-TEST', 'America/New_York', 'county_jail', null), ('COPS', 'US-TEST', 'America/New_York', 'police', null);
select is(pg_temp.look('2026-07-03 00:00'), 'nothing', 'what nobody read in the law raises nothing');
update detainerd.duty set mark = 'V', agency_kind = 'police' where duty_id = :report;
select is(pg_temp.look('2026-07-04 00:00'), 'COPS report: make the report on detainers, for 2025-01-01 to 2025-12-31', 'read, it binds whom it binds');
update detainerd.duty set agency_kind = null, effective_until = '2025-12-31' where duty_id = :report;
select is(pg_temp.look('2026-07-05 00:00'), 'COPS report: make the report on detainers, for 2024-01-01 to 2024-12-31, TWIN report: make the report on detainers, for 2024-01-01 to 2024-12-31', 'of a law that ended within a period, that period is asked for no more');
select is(pg_temp.stands('2025-01-01'), 'closed resolved done, reopened not_done, resolved no_longer_due; closed resolved no_longer_due; closed resolved no_longer_due', 'nor cried out');
with r as (insert into detainerd.rule (jurisdiction, effective_from, policy, citation, source) values ('US-TEST', '2030-01-01', 'never', 'Test Code 10', 'TEST-2: tests') returning rule_id)
insert into detainerd.duty (rule_id, jurisdiction, duty, event, every_months, due_after, effective_from, mark, citation, source)
select rule_id, 'US-TEST', 'forum', 'period', 12, '0 days', '2020-01-01', 'V', 'Test Code 10', 'TEST-2 forum: tests' from r;
select is(pg_temp.look('2026-07-06 00:00'), 'nothing', 'a draft asks for nothing');
update detainerd.rule set status = 'adopted' where source = 'TEST-2: tests';
select is(pg_temp.look('2026-07-07 00:00') ~ '^(\w+ forum: hold the public forum on ICE''s access, for 2025-01-01 to 2025-12-31(, |$)){3}$', true, 'adopted, it does');

-- ---- where one law follows another -----------------------------------------------------------------------------------------------

update detainerd.duty set duty = 'forum', due_after = '0 days', effective_until = '2026-01-01', agency_kind = 'jail' where duty_id = :report;
insert into detainerd.duty (jurisdiction, agency_kind, duty, event, every_months, due_after, effective_from, mark, citation, source)
values ('US-TEST', 'jail', 'report', 'period', 12, '0 days', '2026-01-01', 'V', 'Test Code 11', 'TEST-3 report: tests'),
       ('US-TEST', 'jail', 'report', 'period', 1, null, '0001-01-01', 'S', 'Test Code 12', 'TEST-4 report: tests');
insert into detainerd.facility (code, jurisdiction, time_zone, agency_kind, facts_max_age) values ('JAIL', 'US-TEST', 'America/New_York', 'jail', null);
select is((select string_agg(y.duty || ' ' || extract(year from p.period_from), ', ' order by p.period_from) from detainerd.period_duties('JAIL', '2026-07-07') p join detainerd.duty y using (duty_id)
            where p.period_from >= '2024-01-01' and y.mark = 'V' and y.every_months = 12 and y.agency_kind = 'jail'), 'forum 2024, forum 2025, report 2026', 'the last whole period of the old law is asked for, the next by the new one');
select is((select min(p.period_from) from detainerd.period_duties('JAIL', '2026-07-07') p join detainerd.duty y using (duty_id) where y.every_months = 1), '1990-01-01', 'a law of old asks for what somebody can still do');

select * from finish();
rollback;
