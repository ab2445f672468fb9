-- SPDX-License-Identifier: MIT
-- Quiet: what comes in bulk, before a facility goes live, or faster than a receiver bears, comes as one digest a receiver; each alert that it lists counts as told.

begin;
\ir include/people.sql
\ir include/telling.sql
select plan(43);
update detainerd.setting set value = '10' where name = 'bulk_above';
update detainerd.route set enabled = false;
insert into detainerd.route (receiver, kinds, step_delay) values ('desk', null, '0'), ('pager', '{release_due,overdue}', '0'), ('chief', '{release_due}', '15 minutes');

-- Digests of a receiver, and the lines that its newest one has now.
create function pg_temp.digests(name text) returns setof detainerd.delivery language sql stable as $$
	select d.* from detainerd.delivery d join detainerd.alert a using (alert_id) where a.kind = 'digest' and d.receiver = name order by d.delivery_id
$$;
create function pg_temp.lines(name text) returns setof text language sql stable as $$
	select l.line from (select alert_id from pg_temp.digests(name) order by delivery_id desc limit 1) d cross join lateral detainerd.digest_lines(d.alert_id) l
$$;

-- ---- importing a year of history sends nothing ----------------------------------------------------------------------------

insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at, custody_ended_at, custody_outcome)
select facility_id, 'past ' || n, now() - make_interval(days => n + 9), now() - make_interval(days => n + 6), now() - make_interval(days => n), case n % 2 when 0 then 'released' else 'ice_custody' end
from detainerd.facility, generate_series(1, 365) n where code = 'TEST';
insert into detainerd.detainer (booking_id, form, received_at, served_at)
select booking_id, 'I-247A', booked_at + interval '1 hour', booked_at + interval '2 hours' from detainerd.booking where booking_number like 'past %';
select pg_temp.raise(clock_timestamp(), 100) \g /dev/null
select is((select count(*) from detainerd.hold), 365::bigint, 'a year of stays that have ended');
select is((select count(*) from detainerd.alert), 0::bigint, 'raises nothing');
select pg_temp.raise(clock_timestamp() + interval '2 days', 100) \g /dev/null
select is((select count(*) from detainerd.delivery), 0::bigint, 'and sends nothing, then or later');

-- ---- importing three hundred people in custody sends each route one message --------------------------------------------------

select clock_timestamp() as loaded \gset
insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at)
select facility_id, 'open ' || n, now() - interval '9 days', now() - make_interval(hours => 50 + n % 70) from detainerd.facility, generate_series(1, 300) n where code = 'TEST';
insert into detainerd.finding (booking_id, ground, evidence, found_at) select booking_id, 'conv_felony_any', 'certified copy', booked_at from detainerd.booking where booking_number like 'open %';
insert into detainerd.detainer (booking_id, form, received_at, served_at)
select booking_id, 'I-247A', booked_at + interval '1 hour', booked_at + interval '2 hours' from detainerd.booking where booking_number like 'open %';
-- call after call, a second apart, as a daemon takes them
select raised as first_call from detainerd.raise_due(clock_timestamp(), 100) \gset
select pg_temp.raise(clock_timestamp() + make_interval(secs => n), 100) from generate_series(1, 3) n \g /dev/null
-- what other files wrote and took back must not make the questions of this one slow
analyze detainerd.booking, detainerd.hold, detainerd.alert, detainerd.alert_event, detainerd.delivery;
select is(:first_call, 200, 'a hundred at a call, each with its release_due and its latest overdue');
select is((select count(*) from detainerd.alert where kind in ('release_due', 'overdue')), 600::bigint, 'every alert is on record');
select is((select array_agg(r.receiver || ' ' || (select count(*) from pg_temp.digests(r.receiver)) || ' ' ||
		(select count(*) from detainerd.delivery d join detainerd.alert a using (alert_id) where d.receiver = r.receiver and a.kind <> 'digest' and d.state <> 'digested') order by r.receiver)
	from unnest('{desk,pager,chief}'::text[]) r (receiver)), '{"chief 1 0","desk 1 0","pager 1 0"}', 'each route gets one message, and nothing besides');
select is((select count(*) from pg_temp.lines('desk')), 300::bigint, 'a line for every person');
select is_empty($$ select n from generate_series(1, 300) n where not exists (select from pg_temp.lines('desk') l where l ~ ('^booking open ' || n || '  TEST  RELEASE DUE  ')) $$, 'each of them, with the gravest that there is to say');
select results_eq('select count(*) from pg_temp.lines(''desk'') l join detainerd.alert a on l like ''%  '' || a.alert_id where a.kind = ''release_due''', 'values (300::bigint)', 'and with the id of its alert');
select is(due_at - created_at, interval '10 seconds', 'it gathers for ten seconds') from pg_temp.digests('desk');
select is(due_at - created_at, interval '15 minutes 10 seconds', 'a later step has its own, in its time') from pg_temp.digests('chief');
update detainerd.delivery set due_at = clock_timestamp() where delivery_id in (select delivery_id from pg_temp.digests('desk'));
create temporary table said as select * from detainerd.claim('d1', '{desk}', 1000, '30 seconds');
select is((select array_agg(kind || ' ' || severity || ' ' || cardinality(string_to_array(listed, E'\n'))) from said), '{digest critical 300}', 'claimed as one message, as grave as the gravest that it lists');
select is((select count(*) from detainerd.delivery where receiver = 'desk' and state = 'digested' and attempts = 1), 600::bigint, 'each alert that it lists counts as tried');
select pg_temp.settle('accepted') \g /dev/null
select is((select array_agg(distinct state) from detainerd.delivery d where receiver = 'desk'), '{delivered}', 'and, accepted, as told');
update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_id = pg_temp.id('open 7');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select alike(pg_temp.told('open 7', 'resolved'), 'desk %', 'so whoever was sent the digest hears of the end, and who was not does not');
select unalike(pg_temp.told('open 7', 'resolved'), '%pager%', 'not who was not');
select is(pg_temp.told('open 7', 'release_due|overdue', 'pager|chief'), 'chief cancelled, pager cancelled, pager cancelled', 'in their digests it is not listed any more');

-- a digest has a limit, and what is over goes into a second one: of lines, not of alerts
update detainerd.setting set value = '100' where name = 'digest_lines';
insert into detainerd.route (receiver, kinds) values ('small', null);
insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at)
select facility_id, 'more ' || n, now() - interval '9 days', now() - make_interval(hours => 50 + n % 70) from detainerd.facility, generate_series(1, 250) n where code = 'TEST';
insert into detainerd.detainer (booking_id, form, received_at, served_at)
select booking_id, 'I-247A', booked_at + interval '1 hour', booked_at + interval '2 hours' from detainerd.booking where booking_number like 'more %';
select pg_temp.raise(clock_timestamp() + interval '2 minutes') \g /dev/null
analyze detainerd.booking, detainerd.hold, detainerd.alert, detainerd.alert_event, detainerd.delivery;
select is((select array_agg((select count(*) from detainerd.digest_lines(d.alert_id)) order by d.delivery_id) from pg_temp.digests('small') d), '{100,100,50}', 'a hundred lines, a hundred, and the rest');
update detainerd.setting set value = '400' where name = 'digest_lines';
update detainerd.route set enabled = false where receiver = 'small';
select pg_temp.taken('', clock_timestamp() + interval '1 hour'), pg_temp.settle('accepted') \g /dev/null
update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_number ~ '^(open|more)' and custody_ended_at is null;
select pg_temp.raise(clock_timestamp() + interval '10 minutes') \g /dev/null
select pg_temp.taken('', clock_timestamp() + interval '2 hours'), pg_temp.settle('accepted') \g /dev/null

-- ---- before go-live ----------------------------------------------------------------------------------------------------------------

update detainerd.facility set go_live_at = now() - interval '1 hour' where code = 'TEST';
select pg_temp.person('before', now() - interval '49 hours 30 minutes') \g /dev/null
select pg_temp.person('after', now() - interval '48 hours 10 minutes') \g /dev/null
select pg_temp.raise(clock_timestamp() + interval '1 day') \g /dev/null
select matches(pg_temp.told('before', 'release_due', 'desk'), '^desk digested', 'an instant before go-live is listed');
select matches(pg_temp.told('after', 'release_due', 'desk'), '^desk due', 'one after it goes out on its own');
update detainerd.facility set go_live_at = null where code = 'TEST';
update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_number in ('before', 'after');
select pg_temp.raise(clock_timestamp() + interval '25 hours') \g /dev/null

-- ---- more than a receiver bears -------------------------------------------------------------------------------------------------------

insert into detainerd.daemon (daemon, receivers, digest_above, seen_at) values ('d1', '{desk,pager,chief}', '{null,3,0}', 'infinity'), ('d2', '{desk}', '{500}', 'infinity');
select count(pg_temp.person('planned ' || n, clock_timestamp() + interval '1 day')) from generate_series(1, 5) n \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select pg_temp.raise(clock_timestamp() + interval '3 days 1 minute') \g /dev/null
select is(pg_temp.told('planned 1', 'release_due'), 'chief digested +00:15:00, desk due +00:00:00, pager digested +00:00:00', 'five at one instant: a digest to who bears three, or none; one by one to who bears them');
select is((select count(*) from pg_temp.lines('pager')), 5::bigint, 'with all five');
select pg_temp.raise(clock_timestamp() + interval '3 days 31 minutes') \g /dev/null
select is(count(*) filter (where d.state = 'digested') || ' ' || count(*), '5 5', 'half an hour later again') from detainerd.delivery d join detainerd.alert a using (alert_id)
where a.kind = 'overdue' and d.receiver = 'pager' and a.raised_at > clock_timestamp() + interval '3 days';
select is(count(*), 2::bigint, 'in a digest of its own') from pg_temp.digests('pager') where due_at > clock_timestamp() + interval '3 days';

-- under way
update detainerd.delivery set due_at = clock_timestamp() where delivery_id in (select delivery_id from pg_temp.digests('pager') where state = 'due');
select is((select array_agg(cardinality(string_to_array(listed, E'\n'))) from detainerd.claim('d1', '{pager}', 10, '1 second') where kind = 'digest'), '{5,5}', 'both leave');
select pg_temp.settle('refused', 1000, 503) \g /dev/null

-- tried, refused; by the next time one is out, and of another a warrant is on file
update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_id = pg_temp.id('planned 2');
insert into detainerd.custody_basis (booking_id, kind, agency, began_at) values (pg_temp.id('planned 3'), 'us_marshals', 'US Marshals', clock_timestamp());
select pg_temp.raise(clock_timestamp() + interval '3 days 32 minutes') \g /dev/null
select is((select count(*) from pg_temp.lines('pager') l where l ~ 'planned 2|planned 3'), 0::bigint, 'a digest that is tried again says nothing that no longer stands');
select is(split_part(pg_temp.told('planned 2', 'resolved', 'pager'), ' ', 1) || ' ' || split_part(pg_temp.told('planned 3', 'superseded', 'pager'), ' ', 1), 'pager pager', 'and since it may have arrived, the end and the stand-down go there');

-- never given up
update detainerd.delivery set first_due_at = clock_timestamp() - interval '9 days', due_at = clock_timestamp() where delivery_id in (select delivery_id from pg_temp.digests('pager') where state = 'due');
create temporary table tries as select delivery_id from unnest(detainerd.take('d1', '{pager}', 100, '1 hour', clock_timestamp() + interval '1 second')) t (delivery_id)
	join detainerd.delivery using (delivery_id) join detainerd.alert using (alert_id) where kind = 'digest';
select isnt((select count(*) from tries), 0::bigint, 'a digest that nobody has accepted for days');
select pg_temp.settle('refused', 1000, 410) \g /dev/null
select is((select array_agg(distinct state) from detainerd.delivery join tries using (delivery_id)), '{due}', 'is tried on and on');
select is((select count(*) from detainerd.delivery d where d.state = 'delivered' and d.digest_id in (select alert_id from detainerd.delivery join tries using (delivery_id))), 0::bigint, 'and nothing that it lists counts as delivered');

-- ---- a digest of what is over before it leaves --------------------------------------------------------------------------------------------

update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_number like 'planned%';
select pg_temp.raise(clock_timestamp() + interval '4 days') \g /dev/null
select pg_temp.taken('', clock_timestamp() + interval '5 days'), pg_temp.settle('accepted') \g /dev/null
update detainerd.setting set value = '0' where name = 'bulk_above';
select count(pg_temp.person('gone ' || n, clock_timestamp() - interval '48 hours 5 minutes')) from generate_series(1, 3) n \g /dev/null
select pg_temp.raise(clock_timestamp() + interval '6 days') \g /dev/null
select is(count(*), 3::bigint, 'three are listed') from detainerd.delivery d join detainerd.alert a using (alert_id) join detainerd.booking using (booking_id)
where booking_number like 'gone %' and a.kind = 'release_due' and d.receiver = 'desk' and d.state = 'digested';
update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_number like 'gone %';
select pg_temp.raise(clock_timestamp() + interval '6 days 2 seconds') \g /dev/null
select is_empty($$ select from unnest(detainerd.take('d1', '{desk,pager,chief}', 100, '1 hour', clock_timestamp() + interval '7 days')) $$, 'all of them are out before it leaves: nothing leaves');
select is(state, 'cancelled', 'the digest is cancelled') from pg_temp.digests('desk') order by delivery_id desc limit 1;
select is(pg_temp.told('gone 1', 'resolved'), 'none', 'and nobody hears of their end');

-- ---- acknowledged before it leaves -------------------------------------------------------------------------------------------------------------

insert into detainerd.route (receiver, kinds) values ('reminded', '{overdue}');
select pg_temp.person('seen', clock_timestamp() - interval '48 hours 40 minutes') \g /dev/null
select pg_temp.person('unseen', clock_timestamp() - interval '48 hours 40 minutes') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is((select array_agg(split_part(l, '  ', 1) order by l) from pg_temp.lines('reminded') l), '{"booking seen","booking unseen"}', 'reminders in a digest');
select detainerd.acknowledge(alert_id, 'release_started', null) from detainerd.alert where stay_id = pg_temp.id('seen') and kind = 'release_due' \g /dev/null
select is((select array_agg(split_part(l, '  ', 1) order by l) from pg_temp.lines('reminded') l), '{"booking unseen"}', 'one that somebody acknowledges leaves it');
select is((select array_agg(split_part(l, '  ', 1) || ' ' || split_part(l, '  ', 3) order by l) from pg_temp.lines('desk') l), '{"booking seen RELEASE DUE","booking unseen RELEASE DUE"}', 'a release does not');
select detainerd.acknowledge(alert_id, 'release_started', null) from detainerd.alert where stay_id = pg_temp.id('unseen') and kind = 'release_due' \g /dev/null
select is_empty($$ select from unnest(detainerd.take('d1', '{reminded}', 100, '1 hour', clock_timestamp() + interval '1 minute')) $$, 'nothing is left of it, and nothing leaves');
select is((select count(*) from unnest(detainerd.take('d1', '{reminded}', 100, '1 hour', clock_timestamp() + interval '121 minutes'))), 2::bigint, 'they come one by one when the acknowledgement has run out');

-- ---- reminders that come too late ----------------------------------------------------------------------------------------------------------------

select pg_temp.person(E'nearly\n  there', clock_timestamp() - interval '47 hours 59 minutes 55 seconds') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is((select array_agg(split_part(l, '  ', 1) || ' ' || split_part(l, '  ', 3)) from pg_temp.lines('desk') l where l ~ 'nearly'), '{"booking nearly there DUE SOON"}', 'a reminder in a digest, on one line');
select pg_temp.release_of(E'nearly\n  there') as release \gset
select pg_temp.raise(:'release') \g /dev/null
select detainerd.take('d1', '{desk}', 100, '1 hour', :'release'::timestamptz + interval '10 seconds') \g /dev/null
select is((select array_agg(split_part(l, '  ', 1) || ' ' || split_part(l, '  ', 3)) from pg_temp.digests('desk') d cross join lateral detainerd.digest_lines(d.alert_id) l (due_at, l)
	where l ~ 'nearly' and d.state = 'leased'), '{"booking nearly there RELEASE DUE"}', 'is not said when the instant has come: the release is');
select pg_temp.settle('accepted') \g /dev/null

-- ---- what is not of people ---------------------------------------------------------------------------------------------------------------------

update detainerd.facility set go_live_at = 'infinity' where code = 'TEST';
insert into detainerd.alert (alert_id, facility_id, kind, reason, occurrence, due_at, raised_at, severity)
select 'stale', facility_id, 'facts_stale', 'facts_stale: TEST', 0, clock_timestamp(), clock_timestamp(), 'warning' from detainerd.facility where code = 'TEST';
insert into detainerd.alert (alert_id, facility_id, kind, reason, occurrence, due_at, raised_at, severity)
select 'daily', facility_id, 'daily_digest', null, 0, clock_timestamp(), clock_timestamp(), 'warning' from detainerd.facility where code = 'TEST';
select detainerd.tell('{stale,daily}', clock_timestamp() + interval '9 days') \g /dev/null
select is(array_agg(alert_id || ' ' || state order by alert_id), '{"daily due","stale digested"}', 'a daily digest is listed in no other') from detainerd.delivery where alert_id in ('stale', 'daily') and receiver = 'desk';
select is((select array_agg(l) from pg_temp.lines('desk') l), '{TEST  FACTS STALE  facts_stale: TEST  stale}', 'what is listed of detainerd itself says what');

select * from finish();
rollback;
