-- SPDX-License-Identifier: MIT
-- What the law asks beside release: a truth table of every duty that is shipped, what is raised about it, and what holds of
-- every duty and every set of facts.

begin;
set local plan_cache_mode to force_generic_plan;
\ir include/cases.sql

-- A row is one person, as in cases.sql, and besides
--   interviews  consent (given, declined, none), then the instants
--   done        a duty, then when
--   wanted      duty, state and by when, in the facility's time; ? after what is not verified
create temporary table duty_case (n int generated always as identity, "case" text, citation text, place text, bookings text, detainers text,
	interviews text, done text, as_of text, wanted text);
\copy duty_case ("case", citation, place, bookings, detainers, interviews, done, as_of, wanted) from 'tests/sql/cases/duties.csv' with (format csv, header)
insert into the_case (file, "case", citation, place, bookings, bases, detainers, findings, as_of)
select 'duties', "case", citation, place, bookings, '', detainers, '', as_of from duty_case order by n;
select pg_temp.record() \g /dev/null

create temporary table at_case as
select d.*, c.zone, b.booking_id, c.as_of::timestamp at time zone c.zone as at
from duty_case d join the_case c using (n) join detainerd.booking b on b.booking_number = format('case %sA', n);
insert into detainerd.interview (booking_id, consent, requested_at, started_at)
select booking_id, nullif(split_part(fact, ' ', 1), 'none'), at, pg_temp.moment(fact, 'started', zone)
from at_case, regexp_split_to_table(interviews, '; *') fact where interviews <> '';
insert into detainerd.duty_done (booking_id, duty, done_at)
select booking_id, split_part(fact, ' ', 1), pg_temp.moment(fact, 'at', zone)
from at_case, regexp_split_to_table(done, '; *') fact where done <> '';

create temporary table read_duty as
select c.n, c.zone, c.as_of, y.*, d.citation as cited, d.jurisdiction, d.mark, d.duty, d.effective_from, d.event
from at_case c cross join lateral detainerd.stays(array[c.booking_id], c.at) s cross join lateral detainerd.duties(s, c.at) y join detainerd.duty d using (duty_id);

select plan((select 2 * count(*)::int from duty_case) + 47);

create function pg_temp.duties_of(c at_case) returns text language sql stable as $$
	select coalesce(string_agg(format('%s%s %s %s', duty, case when verified then '' else '?' end, state, pg_temp.shown(due_at at time zone c.zone)), '; '
		order by due_at, duty, event_at), '')
	from detainerd.explain_duties(c.booking_id, c.at)
$$;
set local timezone to 'UTC';
select is(pg_temp.duties_of(c), coalesce(wanted, ''), format('%s [%s]', "case", citation)) from at_case c order by n;
set local timezone to 'Asia/Kolkata';
select is(pg_temp.duties_of(c), coalesce(wanted, ''), format('from Kolkata: %s', "case")) from at_case c order by n;
set local timezone to 'UTC';

-- ---- what the cases reach ------------------------------------------------------------------------------------------

create temporary table reach (what text, name text, cases bigint);
insert into reach
select what, d.source, (select count(*) from read_duty r where r.duty_id = d.duty_id and r.state = any (states))
from detainerd.duty d, (values ('missed', '{missed}'::text[]), ('done', '{done,done_late}')) w (what, states)
where d.event <> 'period' and (d.mark = 'V' or what = 'missed')
union all
select 'first day', d.source, (select count(*) from read_duty r where r.duty_id = d.duty_id and (r.event_at at time zone r.zone)::date = d.effective_from)
from detainerd.duty d where d.event <> 'period' and d.mark = 'V'
union all
select 'day before', d.source, (select count(*) from duty_case c where c."case" like split_part(d.source, ' ', 1) || ': %day before')
from detainerd.duty d where d.event <> 'period' and d.mark = 'V'
union all
select 'after its last day', d.source, (select count(*) from read_duty r where r.duty_id = d.duty_id and (r.event_at at time zone r.zone)::date = d.effective_until - 1)
from detainerd.duty d where d.effective_until is not null;
update reach set cases = 1 where what = 'missed' and name like 'IN-2026 told%' and exists (select from read_duty where state = 'ahead' and cited = 'Ind. Code ch. 5-2-18.2');
update reach set cases = 1 where what = 'missed' and name like 'TX-2025%' and exists (select from read_duty where mark = 'M' and duty = 'person_told');
select diag(format('duty, %s: %s of %s reached', what, count(*) filter (where cases > 0), count(*))) from reach group by what order by what;
select is(string_agg(name, ', ' order by name) filter (where cases = 0), null, format('duty, %s: every one is reached by a case', what))
from reach group by what order by what;
select is((select string_agg(distinct duty, ', ') from detainerd.duty where not exists (select from detainerd.duty_kind k where k.duty = duty.duty)), null, 'every duty has its words');
select is((select string_agg(source, ', ') from detainerd.duty where source !~ '^[A-Z]+-\d{4} [a-z ]+: \S'), null, 'every duty names itself and where it was read');
select is((select count(*)::int from read_duty where state not in ('done', 'done_late', 'lapsed', 'missed', 'due', 'ahead')), 0, 'no other state');

-- ---- what is raised ------------------------------------------------------------------------------------------------

delete from detainerd.watch_turn;
insert into detainerd.facility (code, jurisdiction, time_zone) values ('RALEIGH', 'US-NC', 'America/New_York'), ('KERN', 'US-CA', 'America/Los_Angeles'),
	('HARTFORD', 'US-CT', 'America/New_York');
insert into detainerd.route (receiver) values ('desk');
create temporary table clock as select date_trunc('second', clock_timestamp()) as now;
create function pg_temp.at(minutes int) returns timestamptz language sql stable as $$ select now + minutes * interval '1 minute' from clock $$;
create function pg_temp.person(number text, eligible int, at_facility text default 'RALEIGH') returns bigint language plpgsql as $$
declare
	id bigint;
begin
	insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at)
	select facility_id, number, pg_temp.at(-3000), pg_temp.at(eligible) from detainerd.facility where code = at_facility
	returning booking_id into id;
	insert into detainerd.detainer (booking_id, form, received_at, served_at) values (id, 'I-247A', pg_temp.at(-60), pg_temp.at(-60));
	return id;
end
$$;
create function pg_temp.id(number text) returns bigint language sql stable as $$ select booking_id from detainerd.booking where booking_number = number $$;
-- What is raised about duties at an instant, and what else is open of them.
create function pg_temp.raised(as_of timestamptz, number text) returns text language plpgsql as $$
declare
	r record;
begin
	for n in 1..20 loop
		select * into strict r from detainerd.raise_due(as_of, 1000);
		exit when not r.more;
	end loop;
	return coalesce((select string_agg(kind, ' ' order by kind) from detainerd.alert where raised_at = as_of and stay_id = pg_temp.id(number) and detainerd.is_of_duty(kind)), 'nothing');
end
$$;
-- Volatile, to see what was raised in the same statement.
create function pg_temp.stands(number text) returns text language sql volatile as $$
	select coalesce(string_agg(format('%s%s', kind, case when detainerd.is_closed(alert_id) then ' closed' else '' end), ', ' order by kind, raised_at), 'nothing')
	from detainerd.alert where stay_id = pg_temp.id(number) and detainerd.is_of_duty(kind)
$$;

select pg_temp.person('plain', 60), pg_temp.person('told', 60), pg_temp.person('ahead', 60), pg_temp.person('out', 60), pg_temp.person('moved', 60), pg_temp.person('wrong', 60) \g /dev/null
select is((select next_due_at <= pg_temp.at(60) from detainerd.hold where stay_id = pg_temp.id('plain')), true, 'the hold''s next instant is the start at the latest');
insert into detainerd.duty_done (booking_id, duty, done_at) values (pg_temp.id('ahead'), 'ice_release_notice', pg_temp.at(-10));
select is(pg_temp.raised(pg_temp.at(59), 'plain'), 'nothing', 'before the start nothing is due');
select is(pg_temp.raised(pg_temp.at(60), 'plain'), 'duty_due', 'at the start the two hours begin: a reminder of its own');
select is(pg_temp.stands('ahead'), 'nothing', 'not of whom ICE was told already');
select is((select format('%s %s %s %s', due_at = pg_temp.at(60), release_at = pg_temp.at(180), severity, citation) from detainerd.alert where kind = 'duty_due' and stay_id = pg_temp.id('plain')),
	't t warning N.C. Gen. Stat. § 162-62', 'it says from when, by when, and the section');
select is((select reason from detainerd.alert where kind = 'duty_due' and stay_id = pg_temp.id('plain')), 'ice_release_notice: tell ICE the date and time of release', 'and what is to be done');
insert into detainerd.duty_done (booking_id, duty, done_at) values (pg_temp.id('told'), 'ice_release_notice', pg_temp.at(-1));
select is((select next_due_at <= pg_temp.at(60) from detainerd.hold where stay_id = pg_temp.id('told')), true, 'what is recorded is looked at at once');
select is(pg_temp.raised(pg_temp.at(61), 'told') || ', ' || pg_temp.stands('told'), 'nothing, duty_due closed', 'and closes the reminder');
update detainerd.booking set custody_ended_at = pg_temp.at(-5), custody_outcome = 'released' where booking_id = pg_temp.id('out');
select is(pg_temp.raised(pg_temp.at(62), 'out') || ', ' || pg_temp.stands('out'), 'nothing, duty_due closed', 'out before the start: nothing was owed');
update detainerd.booking set release_eligible_at = pg_temp.at(100) where booking_id = pg_temp.id('moved');
select is(pg_temp.raised(pg_temp.at(99), 'moved') || ', ' || pg_temp.stands('moved'), 'nothing, duty_due closed', 'moved: the old instant''s reminder is closed');
select is(pg_temp.raised(pg_temp.at(100), 'moved') || ', ' || pg_temp.stands('moved'), 'duty_due, duty_due closed, duty_due', 'and the new one''s comes');
select is(pg_temp.raised(pg_temp.at(179), 'plain'), 'nothing', 'a minute before the end of the two hours: nothing');
select is(pg_temp.raised(pg_temp.at(180), 'plain') || ', ' || pg_temp.stands('plain'), 'duty_missed, duty_due closed, duty_missed', 'at their end: missed, and the reminder is closed');
select is(pg_temp.raised(pg_temp.at(180), 'plain') || ' ' || (select count(*) from detainerd.alert where stay_id = pg_temp.id('plain') and kind = 'duty_missed'), 'duty_missed 1', 'raising twice is one alert');
select is(pg_temp.stands('ahead') || ', ' || pg_temp.stands('told'), 'nothing, duty_due closed', 'who did it in time hears nothing');
select is((select array_agg(receiver) from detainerd.delivery join detainerd.alert using (alert_id) where kind = 'duty_missed' and stay_id = pg_temp.id('plain')), '{desk}', 'it is told');
insert into detainerd.duty_done (booking_id, duty, done_at, done_by) values (pg_temp.id('plain'), 'ice_release_notice', pg_temp.at(-1), 'the shift');
select is(pg_temp.raised(pg_temp.at(190), 'plain') || ', ' || pg_temp.stands('plain'), 'nothing, duty_due closed, duty_missed closed', 'recorded: closed');
update detainerd.duty_done set done_at = null where booking_id = pg_temp.id('plain');
select is(pg_temp.raised(pg_temp.at(191), 'plain') || ', ' || pg_temp.stands('plain'), 'nothing, duty_due closed, duty_missed', 'not done after all: it stands again');
select is((select string_agg(event, ' ' order by alert_event_id) from detainerd.alert_event join detainerd.alert using (alert_id) where stay_id = pg_temp.id('plain') and kind = 'duty_missed'), 'resolved reopened', 'with its history');
update detainerd.booking set custody_ended_at = pg_temp.at(1), custody_outcome = 'released' where booking_id = pg_temp.id('wrong');
update detainerd.booking set release_eligible_at = pg_temp.at(-2) where booking_id = pg_temp.id('wrong');
select is(pg_temp.raised(pg_temp.at(200), 'wrong') || ', ' || pg_temp.stands('wrong'), 'duty_missed, duty_due closed, duty_missed closed, duty_missed', 'out after the start, and ICE never told: missed, though the person is out');
select is(pg_temp.raised(pg_temp.at(201), 'wrong') || ', ' || pg_temp.stands('wrong'), 'nothing, duty_due closed, duty_missed closed, duty_missed', 'and the end of custody closes nothing of it');
select lives_ok(format('select detainerd.acknowledge(%L, ''wrong_record'', ''asked the shift'')', alert_id), 'it can be acknowledged') from detainerd.alert where kind = 'duty_missed' and stay_id = pg_temp.id('wrong') and not detainerd.is_closed(alert_id);
select is(string_agg(booking_number || ' ' || detainerd.is_asked(a, pg_temp.at(201)), ', ' order by booking_number), 'plain true, wrong false', 'and nobody who was told of it is told again, once the person is out')
from detainerd.alert a join detainerd.booking using (booking_id) where kind = 'duty_missed' and booking_number in ('plain', 'wrong') and not detainerd.is_closed(alert_id);

select pg_temp.person('kern', 3000, 'KERN'), pg_temp.person('hartford', 3000, 'HARTFORD') \g /dev/null
select is(pg_temp.raised(pg_temp.at(1380), 'kern') || ', ' || pg_temp.stands('kern'),
	'duty_missed, duty_missed', 'no hours in the law: no reminder, and after a day missed; the served copy is done');
select is((select split_part(reason, ':', 1) from detainerd.alert where stay_id = pg_temp.id('kern') and kind = 'duty_missed'), 'person_intent', 'namely the answer');
select is(pg_temp.stands('hartford'), 'nothing', 'what nobody read is shown and raises nothing');
update detainerd.duty set mark = 'V' where source like 'CT-2019 intent:%';
select is(pg_temp.raised(pg_temp.at(1390), 'hartford'), 'duty_missed', 'until counsel has read it');

-- ---- what holds of every duty and every set of facts ---------------------------------------------------------------

create temporary table verdict as select j.* from detainerd.hold h cross join lateral detainerd.judge(array[h.booking_id], h.judged_at) j;
insert into detainerd.duty (jurisdiction, duty, event, hours, effective_from, mark, citation, source)
select j.code, k.duty, e, h, '2000-01-01', m, 'Any Code 1', format('ANY-2000 %s: tests', row_number() over ())
from detainerd.jurisdiction j, detainerd.duty_kind k, unnest('{booked,detainer_received,decided,declined,would_be_released,interview,ice_told}'::text[]) e, unnest('{5}'::int[]) h, unnest('{V,?}'::text[]) m
where j.code in ('US-NC', 'US-CA', 'US-CT') and k.duty in ('person_copy', 'ice_release_notice');
select results_eq('select booking_id, allowed, reason, detail, lawful, release_at, changes_at from verdict order by 1',
	'select j.booking_id, j.allowed, j.reason, j.detail, j.lawful, j.release_at, j.changes_at from detainerd.hold h cross join lateral detainerd.judge(array[h.booking_id], h.judged_at) j order by 1',
	'no duty, done or not, changes a verdict or an instant of release');
create temporary table every as
select h.stay_id, h.created_at, h.ended_at, y.*, d.mark, d.hours, d.event, x.as_of
from detainerd.hold h, (select pg_temp.at(m) as as_of from unnest('{-3000,-61,0,75,4000}'::int[]) m) x, lateral detainerd.duties(detainerd.stay_of(h), x.as_of) y join detainerd.duty d using (duty_id);
select cmp_ok((select count(*) from every), '>', 1000::bigint, 'of many readings');
select is((select count(*)::int from every where state = 'missed' and (due_at > as_of or done_at is not null)), 0, 'missed: due, and not done');
select is((select count(*)::int from every where state = 'due' and (due_at <= as_of or event_at > as_of)), 0, 'due: begun, and not over');
select is((select count(*)::int from every where state in ('done', 'done_late') and (done_at > as_of or (state = 'done') <> (done_at <= due_at))), 0, 'done: by then, in time or late');
select is((select count(*)::int from every a join every b using (stay_id, duty_id, event_at, due_at) where a.as_of < b.as_of and a.state = 'missed' and b.state in ('due', 'ahead')), 0, 'time alone brings nothing missed back');
create temporary table wanted as select * from detainerd.duty_alerts(array(select stay_id from detainerd.hold), pg_temp.at(4000));
select is((select count(*)::int from wanted join detainerd.duty on duty_id = occurrence where mark <> 'V'), 0, 'what is not verified raises nothing, whatever the facts');
select is((select count(*)::int from every e where as_of = pg_temp.at(4000) and mark = 'V' and state = 'missed' and (ended_at is null or created_at < ended_at) and not exists (
	select from wanted w where w.stay_id = e.stay_id and w.kind = 'duty_missed' and w.occurrence = e.duty_id and w.instant = e.due_at)), 0, 'and whatever is verified and missed does');

select throws_ok('delete from detainerd.duty', '23001', null, 'a duty is kept for ever');
select throws_ok('delete from detainerd.duty_done', '23001', null, 'and so is what was done');
set local role detainerd_intake;
select lives_ok(format('insert into detainerd.duty_done (booking_id, duty, done_at) values (%s, ''person_copy'', now())', pg_temp.id('kern')), 'intake records what was done');
select throws_ok('insert into detainerd.duty (jurisdiction, duty, event, effective_from, mark, citation, source) values (''US-CA'', ''person_copy'', ''booked'', ''2026-01-01'', ''V'', '''', '''')',
	'42501', null, 'and enters no law');
reset role;
select * from finish();
rollback;
