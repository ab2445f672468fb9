-- SPDX-License-Identifier: MIT
-- Attempts are rows, and what became of each delivery follows from them: settle(), retry_delivery(), test_receiver().

begin;
\ir include/people.sql
\ir include/telling.sql
select plan(66);
update detainerd.route set enabled = false;
insert into detainerd.route (receiver) values ('desk');
insert into detainerd.daemon (daemon, receivers, seen_at) values ('d1', '{desk}', 'infinity');

-- A delivery of a fresh alert of a kind, already taken by d1 unless told otherwise; since how long it could not be delivered.
create function pg_temp.under_way(id text, of_kind text, since interval default '0', taken_by text default 'd1') returns bigint language sql volatile as $$
	insert into detainerd.alert (alert_id, booking_id, stay_id, facility_id, kind, release_at, occurrence, due_at, raised_at, severity)
	select id, pg_temp.id('p'), pg_temp.id('p'), facility_id, of_kind, now(), 0, now(), now(), 'critical' from detainerd.facility where code = 'TEST';
	insert into detainerd.delivery (alert_id, route_id, receiver, state, attempts, due_at, first_due_at, leased_by, lease_until)
	select id, route_id, 'desk', case when taken_by is null then 'due' else 'leased' end, (taken_by is not null)::int, now() - since, now() - since, taken_by,
		case when taken_by is not null then clock_timestamp() + interval '30 seconds' end
	from detainerd.route where receiver = 'desk' and enabled
	returning delivery_id
$$;
create function pg_temp.settle_one(id bigint, outcome text, code int default null, retry_in_ms bigint default 0, attempt int default null, daemon text default 'd1', answer text default 'no') returns int language sql volatile as $$
	select settled from detainerd.settle(daemon, array[id], array[coalesce(attempt, (select attempts from detainerd.delivery where delivery_id = id))], array[outcome], array[code], array[12], array[answer], array[retry_in_ms])
$$;
create function pg_temp.now_is(id bigint) returns text language sql stable as $$
	select state || ' ' || attempts || coalesce(' ' || leased_by, '') || case when delivered_at is not null then ' accepted' else '' end from detainerd.delivery where delivery_id = id
$$;
select pg_temp.person('p', now() + interval '9 days') \g /dev/null
-- how it is to be looked for is settled on the first day, when there is next to nothing
select count(*) from detainerd.claim('d1', '{desk}', 1, '1 second') \g /dev/null

-- ---- what is recorded -----------------------------------------------------------------------------------------------------

select pg_temp.under_way('r1', 'release_due') as d \gset
select is(pg_temp.settle_one(:d, 'refused', 503, 60000, answer => repeat('x', 300)), 1, 'an attempt');
select is(array_agg(concat_ws(' ', attempt, daemon, outcome, code, elapsed_ms, length(answer))), '{1 d1 refused 503 12 200}', 'is a row: which, by whom, what came of it, how long it took, the beginning of the answer') from detainerd.delivery_attempt where delivery_id = :d;
select is(pg_temp.now_is(:d), 'due 1', 'due again');
select ok(due_at between clock_timestamp() + interval '55 seconds' and clock_timestamp() + interval '60 seconds' and first_due_at = now(), 'when the daemon asked for, and undelivered since the beginning') from detainerd.delivery where delivery_id = :d;
select is(pg_temp.settle_one(:d, 'refused', 503, 60000), 0, 'settled again, for the answer was lost: it is one row still');
select is(count(*), 1::bigint, 'one') from detainerd.delivery_attempt where delivery_id = :d;
select is(pg_temp.now_is(:d), 'due 1', 'and nothing else');
select is((select count(*) from detainerd.settle('d1', '{}', '{}', '{}', '{}', '{}', '{}', '{}')), 1::bigint, 'nothing to settle is no fault');
select is(settled, 0, 'nor is a delivery that is not there') from detainerd.settle('d1', '{-1}', '{1}', '{accepted}', '{200}', '{1}', '{ok}', '{0}');

-- each outcome, and each kind that may be given up or may not
create temporary table outcome as
select v.*, pg_temp.under_way(v.kind || v.outcome || coalesce(v.code, 0) || v.since, v.kind, v.since::interval) as id
from (values
	('claim_review', 'accepted', 200, '0', 'delivered 1 accepted'), ('claim_review', 'refused', 500, '0', 'due 1'), ('claim_review', 'unreachable', null, '23 hours', 'due 1'),
	('claim_review', 'timeout', null, '25 hours', 'gave_up 1'), ('claim_review', 'misconfigured', null, '25 hours', 'gave_up 1'), ('claim_review', 'refused', 410, '0', 'gave_up 1'),
	('due_soon', 'refused', 410, '0', 'gave_up 1'), ('resolved', 'timeout', null, '25 hours', 'gave_up 1'), ('deadline_moved', 'unreachable', null, '25 hours', 'gave_up 1'),
	('monitor_degraded', 'refused', 429, '25 hours', 'gave_up 1'), ('release_due', 'refused', 410, '0', 'due 1'), ('release_due', 'timeout', null, '900 days', 'due 1'),
	('overdue', 'refused', 410, '25 hours', 'due 1'), ('superseded', 'unreachable', null, '25 hours', 'due 1'), ('digest', 'refused', 404, '25 hours', 'due 1'),
	('release_due', 'accepted', 200, '900 days', 'delivered 1 accepted')) v (kind, outcome, code, since, becomes);
select sum(pg_temp.settle_one(id, outcome, code, case when outcome = 'accepted' then 0 else 1000 end)) as settled from outcome \gset
select is(:settled, 16, 'sixteen attempts');
select is(pg_temp.now_is(id), becomes, concat_ws(' ', kind, outcome, code, 'undelivered for', since)) from outcome order by id;

-- ---- what no longer stands ------------------------------------------------------------------------------------------------------

select pg_temp.under_way('gone', 'release_due') as d \gset
insert into detainerd.alert_event (alert_id, event, at) values ('gone', 'resolved', now());
select pg_temp.settle_one(:d, 'timeout', null, 1000) \g /dev/null
select is(pg_temp.now_is(:d), 'cancelled 1', 'resolved while it was under way, and it failed: cancelled, which is not given up');
select pg_temp.settle_one(:d, 'accepted', 200, 0, 1, 'd2') \g /dev/null
select is(pg_temp.now_is(:d), 'delivered 1 accepted', 'had it been accepted after all, that is on record');

-- ---- a receiver that forgets -------------------------------------------------------------------------------------------------------

select pg_temp.under_way('forgets', 'release_due') as d \gset
select pg_temp.settle_one(:d, 'accepted', 200, 45000) \g /dev/null
select is(pg_temp.now_is(:d), 'due 1 accepted', 'accepted, and due again');
select ok(tellings = 0 and not reminder and due_at > clock_timestamp() + interval '40 seconds' and first_due_at = due_at, 'as the same message, not as a reminder, and undelivered since then only') from detainerd.delivery where delivery_id = :d;
update detainerd.delivery set state = 'leased', attempts = 2, leased_by = 'd1', lease_until = clock_timestamp() + interval '30 seconds' where delivery_id = :d;
insert into detainerd.alert_event (alert_id, event, at) values ('forgets', 'superseded', now());
select pg_temp.settle_one(:d, 'accepted', 200, 45000) \g /dev/null
select is(pg_temp.now_is(:d), 'delivered 2 accepted', 'until the alert is closed');
select pg_temp.under_way('older', 'overdue') as d \gset
insert into detainerd.alert (alert_id, booking_id, stay_id, facility_id, kind, release_at, occurrence, due_at, raised_at, severity)
select 'newer', booking_id, stay_id, facility_id, kind, release_at, 1, due_at, raised_at, severity from detainerd.alert where alert_id = 'older';
select pg_temp.settle_one(:d, 'accepted', 200, 45000) \g /dev/null
select is(pg_temp.now_is(:d), 'delivered 1 accepted', 'or there is a newer one of its kind');

-- ---- whose lease it is ------------------------------------------------------------------------------------------------------------------

select pg_temp.under_way('lost lease', 'release_due') as d \gset
update detainerd.delivery set attempts = 2, leased_by = 'd2' where delivery_id = :d;
select pg_temp.settle_one(:d, 'refused', 500, 1000, 1, 'd1') \g /dev/null
select is(pg_temp.now_is(:d), 'leased 2 d2', 'a failure of the daemon that lost the lease changes nothing');
select pg_temp.under_way('late', 'release_due') as d \gset
update detainerd.delivery set attempts = 2, leased_by = 'd2' where delivery_id = :d;
select pg_temp.settle_one(:d, 'accepted', 200, 0, 1, 'd1') \g /dev/null
select is(pg_temp.now_is(:d), 'delivered 2 accepted', 'an acceptance counts whoever brings it');
select pg_temp.settle_one(:d, 'refused', 500, 1000, 2, 'd2') \g /dev/null
select is(pg_temp.now_is(:d), 'delivered 2 accepted', 'and no failure takes it back');
select is(array_agg(attempt || ' ' || daemon || ' ' || outcome order by attempt), '{"1 d1 accepted","2 d2 refused"}', 'both attempts are on record') from detainerd.delivery_attempt where delivery_id = :d;

-- ---- tried again by hand ------------------------------------------------------------------------------------------------------------------

select id as d from outcome where kind = 'claim_review' and outcome = 'timeout' \gset
select isnt(detainerd.retry_delivery(:d), null, 'what was given up is tried again');
select is(pg_temp.now_is(:d), 'due 1', 'it is due');
select detainerd.take('d1', '{desk}', 1000, '30 seconds', clock_timestamp() + interval '1 second') \g /dev/null
select is(pg_temp.now_is(:d), 'leased 2 d1', 'as a second attempt');
select throws_ok(format('select detainerd.retry_delivery(%s)', :d), '55006', format('cannot retry delivery %s: daemon ''d1'' is trying just now', :d), 'while it is under way: one clear line');
select pg_temp.settle_one(:d, 'accepted', 200) \g /dev/null
select is(array_agg(attempt || ' ' || outcome order by attempt), '{"1 timeout","2 accepted"}', 'the first stays on record') from detainerd.delivery_attempt where delivery_id = :d;
select throws_ok('select detainerd.retry_delivery(-7)', 'P0002', 'cannot retry delivery -7: there is none of this number', 'no such delivery: one clear line');
select throws_ok(format('select detainerd.retry_delivery(%s)', delivery_id), '55000', format('cannot retry delivery %s: its alert is resolved or superseded', delivery_id), 'nothing that no longer stands')
from detainerd.delivery where alert_id = 'gone';
select pg_temp.settle('accepted') \g /dev/null

-- ---- a test ------------------------------------------------------------------------------------------------------------------------------------

select throws_ok($$ select detainerd.test_receiver('nowhere') $$, 'P0002', 'cannot test receiver ''nowhere'': no running daemon has it', 'a receiver that no daemon has: one clear line');
select detainerd.test_receiver('desk') as test \gset
select is((select array_agg(kind || ' ' || severity) from detainerd.claim('d1', '{desk}', 10, '30 seconds')), '{"test info"}', 'a test goes the way of every alert');
select pg_temp.settle('refused', 1000, 500) \g /dev/null
select is(state, 'gave_up', 'once') from detainerd.delivery where alert_id = :'test';
select is(last_outcome || ' ' || last_code, 'refused 500', 'and delivery_log shows what came of it') from detainerd.delivery_log where alert_id = :'test';

-- ---- in which order they are taken ----------------------------------------------------------------------------------------------------

update detainerd.delivery set state = 'cancelled' where state in ('due', 'leased');
insert into detainerd.route (receiver) values ('hanging'), ('good');
create function pg_temp.waits(ids text, receiver text, since interval) returns void language sql volatile as $$
	insert into detainerd.alert (alert_id, booking_id, stay_id, facility_id, kind, release_at, occurrence, due_at, raised_at, severity)
	select id, pg_temp.id('p'), pg_temp.id('p'), facility_id, 'release_due', now(), 0, now(), now(), 'critical'
	from detainerd.facility, regexp_split_to_table(ids, ' ') id where code = 'TEST';
	insert into detainerd.delivery (alert_id, route_id, receiver, due_at, first_due_at)
	select id, route_id, waits.receiver, now() - since, now() - since
	from detainerd.route ro, regexp_split_to_table(ids, ' ') id where ro.receiver = waits.receiver order by id
$$;
-- What is taken by a daemon that asks for so many, seconds from now; leased for a second.
create function pg_temp.takes(receivers text[], most int, seconds int) returns text language sql volatile as $$
	select coalesce(string_agg(d.alert_id, ' ' order by d.first_due_at, d.delivery_id), 'none')
	from unnest(detainerd.take('d1', receivers, most, '1 second', clock_timestamp() + seconds * interval '1 second')) t (delivery_id) join detainerd.delivery d using (delivery_id)
$$;
select pg_temp.waits((select string_agg('h' || n, ' ' order by n) from generate_series(1001, 3000) n), 'hanging', '1 hour') \g /dev/null
select pg_temp.waits('g1 g2 g3', 'good', '1 minute') \g /dev/null
select seq_tup_read + idx_tup_fetch as before from pg_stat_xact_user_tables where relid = 'detainerd.delivery'::regclass \gset
select is(array_agg(alert_id), '{g1,g2}', 'oldest first') from detainerd.claim('d1', '{good}', 2, '1 minute');
select cmp_ok(seq_tup_read + idx_tup_fetch - :before, '<', 100::bigint, 'however much waits for another receiver, which sits out, it is not looked at') from pg_stat_xact_user_tables where relid = 'detainerd.delivery'::regclass;
select is(pg_temp.takes('{good,hanging}', 2, 0), 'h1001 h1002', 'oldest first of all receivers asked for');

-- nor at what digests list, with statistics or, as in the first days, without
select pg_temp.waits('h0', 'hanging', '1 hour'), pg_temp.waits('g4', 'good', '1 minute') \g /dev/null
update detainerd.delivery set state = 'digested', digest_id = 'h0' where receiver = 'hanging' and alert_id > 'h2000';
select seq_tup_read + idx_tup_fetch as before from pg_stat_xact_user_tables where relid = 'detainerd.delivery'::regclass \gset
select is(array_agg(alert_id), '{g3,g4}', 'the next') from detainerd.claim('d1', '{good}', 2, '1 minute');
select cmp_ok(seq_tup_read + idx_tup_fetch - :before, '<', 100::bigint, 'whatever is listed elsewhere is not looked at') from pg_stat_xact_user_tables where relid = 'detainerd.delivery'::regclass;

-- what no longer stands, or is not to be said yet, keeps back nothing that is due after it, however many it is
insert into detainerd.alert_event (alert_id, event, at) select 'h' || n, 'resolved', now() from generate_series(1003, 1020) n;
select is(pg_temp.takes('{good,hanging}', 2, 0), 'h1021 h1022', 'the next that stand');

-- but no call works or locks without end: it would be undone, and begin with the same ones for ever
savepoint bounds;
update detainerd.delivery set state = 'due', digest_id = null, attempts = 0, lease_until = null, leased_by = null where receiver = 'hanging';
select ok(cardinality(detainerd.take('d1', '{hanging,good}', 100000, '1 second', clock_timestamp())) between 900 and 1024, 'however much is asked for, there is room for its locks');
update detainerd.delivery set state = 'due', attempts = 0, lease_until = null, leased_by = null where receiver = 'hanging';
update detainerd.delivery set state = 'digested', digest_id = case when alert_id < 'h1600' then 'h0' when alert_id < 'h2200' then 'h1001' else 'h1002' end
where receiver = 'hanging' and alert_id > 'h1002';
select is(pg_temp.takes('{hanging}', 10, 0), 'h1001', 'digests are taken up to so many lines');
select is(pg_temp.takes('{hanging}', 10, 0), 'h1002', 'but one, however many it lists');
select is(pg_temp.takes('{hanging}', 10, 0), 'h0', 'and the others after it');
rollback to bounds;
savepoint bounds;
update detainerd.delivery set state = 'due', digest_id = null, attempts = 0, lease_until = null, leased_by = null where receiver = 'hanging';
create or replace function detainerd.is_closed(alert_id text) returns boolean language plpgsql as $$ begin perform pg_sleep(0.3); return true; end $$;
select pg_temp.takes('{hanging}', 1, 0) \g /dev/null
select cmp_ok(count(*), '<', 3::bigint, 'what is gone is looked through for half a second, and the rest is left to the next call') from detainerd.delivery where receiver = 'hanging' and state = 'cancelled';
rollback to bounds;
update detainerd.delivery set state = 'cancelled' where receiver = 'hanging';

-- what was begun three times without an end may be what ends whoever tries it
update detainerd.delivery set state = 'cancelled' where receiver = 'good';
select pg_temp.waits('first', 'good', '5 minutes'), pg_temp.waits('poison', 'good', '4 minutes'), pg_temp.waits('last', 'good', '3 minutes') \g /dev/null
select is(pg_temp.takes('{good}', 10, 0), 'first poison last', 'all at once');
select is(pg_temp.takes('{good}', 10, 2), 'first poison last', 'again, when the lease has run out');
update detainerd.delivery set state = 'due', attempts = 0, lease_until = null, leased_by = null where alert_id in ('first', 'last');
select is(pg_temp.takes('{good}', 2, 4), 'first last', 'others have their turn meanwhile');
update detainerd.delivery set state = 'due', attempts = 0, lease_until = null, leased_by = null where alert_id in ('first', 'last');
select is(pg_temp.takes('{good,hanging}', 10, 4), 'first poison last', 'a third time');
update detainerd.delivery set state = 'due', attempts = 0, lease_until = null, leased_by = null, due_at = clock_timestamp() + interval '7 seconds' where alert_id = 'last';
update detainerd.delivery set state = 'due', attempts = 0, lease_until = null, leased_by = null where alert_id = 'first';
select is(pg_temp.takes('{good}', 10, 10), 'first', 'begun three times and never ended: what is due before it goes without it');
select is(pg_temp.takes('{good}', 10, 10), 'poison', 'it goes alone');
select is(pg_temp.takes('{good}', 10, 10), 'last', 'and then what is due after it');
select pg_temp.settle_one(delivery_id, 'timeout', null, 1) from detainerd.delivery where alert_id = 'poison' \g /dev/null
select is(pg_temp.takes('{good}', 10, 20), 'first poison last', 'that it could be recorded once clears it');

select * from finish();
rollback;
