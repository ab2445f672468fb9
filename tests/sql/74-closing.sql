-- SPDX-License-Identifier: MIT
-- Closing words: resolved and stand-down, exactly once to each receiver that was told, to nobody else, and before anything new.

begin;
\ir include/people.sql
\ir include/telling.sql
select plan(43);
update detainerd.route set enabled = false;
insert into detainerd.route (receiver, kinds, step_delay) values ('desk', null, '0'), ('releases', '{release_due}', '0'), ('later', '{release_due}', '15 minutes');

-- ---- stand down ---------------------------------------------------------------------------------------------------------

select pg_temp.person('moved', clock_timestamp() - interval '47 hours 30 minutes') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select pg_temp.taken('moved', clock_timestamp()), pg_temp.settle('accepted') \g /dev/null
-- it has run out, and more: eligible an hour earlier than was thought
update detainerd.booking set release_eligible_at = release_eligible_at - interval '1 hour' where booking_id = pg_temp.id('moved');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.told('moved', 'superseded'), 'desk due +00:00:00', 'taken back before whoever was told of it');
select is(pg_temp.told('moved', 'release_due'), 'desk due +00:00:00, later due +00:15:00, releases due +00:00:00', 'and the new instant is told to everybody who asks');
select is(pg_temp.taken('moved', clock_timestamp()), 'release_due releases, superseded desk', 'the stand-down first; whoever was told nothing waits for nothing');
select is(pg_temp.taken('moved', clock_timestamp() + interval '1 minute'), 'none', 'while it is on its way nothing new follows');
select pg_temp.settle('accepted') \g /dev/null
select is(pg_temp.taken('moved', clock_timestamp()), 'overdue desk, release_due desk', 'then what is new');
select pg_temp.settle('accepted') \g /dev/null

-- nobody holds back a release for ever
select pg_temp.person('broken', clock_timestamp() - interval '47 hours 30 minutes') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select pg_temp.taken('broken', clock_timestamp()), pg_temp.settle('accepted') \g /dev/null
update detainerd.booking set release_eligible_at = release_eligible_at - interval '1 hour' where booking_id = pg_temp.id('broken');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.taken('broken', clock_timestamp(), 'desk'), 'superseded desk', 'a stand-down that a receiver refuses');
select pg_temp.settle('refused', 300000, 400) \g /dev/null
select is(pg_temp.taken('broken', clock_timestamp(), 'desk'), 'overdue desk, release_due desk', 'does not hold back the release');
select pg_temp.settle('accepted') \g /dev/null

-- what is on its way arrives before the word that closes it
select pg_temp.person('overtaken', clock_timestamp() - interval '47 hours 30 minutes') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.taken('overtaken', clock_timestamp(), 'desk'), 'due_soon desk', 'an alert on its way to a slow receiver');
update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_id = pg_temp.id('overtaken');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.taken('overtaken', clock_timestamp(), 'desk'), 'none', 'keeps back the word that the person is out');
select is(pg_temp.taken('overtaken', clock_timestamp() + interval '61 minutes', 'desk'), 'resolved desk', 'until it has arrived, or its lease is over');
select pg_temp.settle('accepted') \g /dev/null

-- the same in a digest
select pg_temp.person('in bulk', clock_timestamp() - interval '47 hours 30 minutes') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select pg_temp.taken('in bulk', clock_timestamp()), pg_temp.settle('accepted') \g /dev/null
update detainerd.booking set release_eligible_at = release_eligible_at - interval '30 minutes' where booking_id = pg_temp.id('in bulk');
update detainerd.setting set value = '0' where name = 'bulk_above';
select pg_temp.raise(clock_timestamp()) \g /dev/null
update detainerd.setting set value = '1000000' where name = 'bulk_above';
select is(pg_temp.told('in bulk', 'superseded', 'desk'), 'desk digested +00:00:00', 'a stand-down that a digest lists');
select pg_temp.raise(clock_timestamp() + interval '5 seconds') \g /dev/null
insert into detainerd.interview (booking_id, consent, started_at) values (pg_temp.id('in bulk'), 'declined', clock_timestamp());
select pg_temp.raise(pg_temp.release_of('in bulk') + interval '30 minutes') \g /dev/null
select is(pg_temp.told('in bulk', 'overdue', 'desk'), 'desk due +00:00:00', 'and something new');
select is(pg_temp.taken('in bulk', clock_timestamp() + interval '31 minutes', 'desk'), 'none', 'waits: the digest goes first');
select is(count(*), 1::bigint, 'it does') from detainerd.delivery d join detainerd.alert a using (alert_id) where a.kind = 'digest' and d.state = 'leased' and d.receiver = 'desk';
select pg_temp.settle('accepted') \g /dev/null
select is(pg_temp.taken('in bulk', clock_timestamp() + interval '31 minutes', 'desk'), 'overdue desk', 'then what is new');
select pg_temp.settle('accepted') \g /dev/null

-- ---- resolved ------------------------------------------------------------------------------------------------------------------

-- a bare state: counsel is asked, of an instant that is another by the time the person leaves
select pg_temp.person('two instants', clock_timestamp() + interval '3 days', at => 'BARE') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
update detainerd.booking set release_eligible_at = clock_timestamp() - interval '2 minutes' where booking_id = pg_temp.id('two instants');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(count(distinct release_at), 2::bigint, 'alerts of two instants stand') from detainerd.open_alerts(array[pg_temp.id('two instants')]);
select pg_temp.taken('two instants', clock_timestamp()), pg_temp.settle('accepted') \g /dev/null
update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_id = pg_temp.id('two instants');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.told('two instants', 'resolved'), 'desk due +00:00:00, releases due +00:00:00', 'out: one word of it to each who was told; not to who would have been told later');
select is(count(*) || ' ' || count(distinct e.alert_id), '2 2', 'each alert is resolved once') from detainerd.alert_event e join detainerd.alert a using (alert_id)
where a.stay_id = pg_temp.id('two instants') and e.event = 'resolved';
select is(pg_temp.told('two instants', 'release_due', 'later'), 'later cancelled', 'the step that had not come does not come');
select pg_temp.raise(clock_timestamp() + interval '1 day') \g /dev/null
select is(pg_temp.told('two instants', 'resolved', 'desk'), 'desk due +00:00:00', 'once');

-- under way when the person leaves
select pg_temp.person('under way', clock_timestamp() - interval '48 hours 1 minute') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select pg_temp.taken('under way', clock_timestamp(), 'desk') \g /dev/null
update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_id = pg_temp.id('under way');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.told('under way', 'release_due|resolved'), 'desk leased +00:00:00, desk due +00:00:00, later cancelled, releases cancelled', 'whoever may be told this moment hears of the end');
select pg_temp.settle('timeout', 1000) \g /dev/null
select is(pg_temp.told('under way', 'release_due', 'desk'), 'desk cancelled', 'and what timed out is not said again');

-- ---- the end is taken back ------------------------------------------------------------------------------------------------------

select pg_temp.person('comes back', clock_timestamp() - interval '48 hours 1 minute') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select pg_temp.taken('comes back', clock_timestamp(), 'releases'), pg_temp.settle('accepted') \g /dev/null
update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_id = pg_temp.id('comes back');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.told('comes back', 'release_due|resolved'), 'desk cancelled, later cancelled, releases delivered +00:00:00, releases due +00:00:00', 'one was told, the others will not be');
update detainerd.booking set custody_ended_at = null, custody_outcome = null where booking_id = pg_temp.id('comes back');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.told('comes back', 'resolved'), 'releases cancelled', 'a word of the end that has not gone out stays unsaid');
select is(split_part(pg_temp.told('comes back', 'release_due', 'desk'), ' +', 1), 'desk due', 'who was never told of the release is told now');
select is(split_part(pg_temp.told('comes back', 'release_due', 'later'), ' +', 1), 'later due', 'the escalation goes on');
select is(pg_temp.told('comes back', 'deadline_moved'), 'desk due +00:00:00, releases due +00:00:00', 'whoever was told hears that the person is not out after all, whatever else they asked for');
select is(pg_temp.taken('comes back', clock_timestamp()), 'deadline_moved desk, deadline_moved releases, release_due desk, release_due later', 'all of it goes out');
select pg_temp.settle('accepted') \g /dev/null
-- and out again
update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_id = pg_temp.id('comes back');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.told('comes back', 'resolved', 'desk'), 'desk due +00:00:00', 'out again: told again');
select pg_temp.taken('comes back', clock_timestamp()), pg_temp.settle('accepted') \g /dev/null
select is(pg_temp.told('comes back', 'resolved', 'desk'), 'desk delivered +00:00:00', 'and that is delivered');
select throws_ok(format('select detainerd.acknowledge(%L, %L, null)', alert_id, 'ice_here'), '55000', null, 'nothing is left to acknowledge') from detainerd.alert
where stay_id = pg_temp.id('comes back') and kind = 'release_due';

-- what nobody has heard yet is heard, of whatever kind: a claim of citizenship, and custody that is not clear
select pg_temp.person('claims, out, back', clock_timestamp() - interval '40 hours') \g /dev/null
insert into detainerd.finding (booking_id, ground, found_at) values (pg_temp.id('claims, out, back'), 'us_citizen_claim', clock_timestamp());
select pg_temp.raise(clock_timestamp()) \g /dev/null
update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_id = pg_temp.id('claims, out, back');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.told('claims, out, back', 'claim_review'), 'desk cancelled', 'a claim that nobody has heard of when the person is out');
update detainerd.booking set custody_ended_at = null, custody_outcome = null where booking_id = pg_temp.id('claims, out, back');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select matches(pg_temp.told('claims, out, back', 'claim_review'), '^desk due', 'not out after all: now it is told');
select matches(pg_temp.taken('claims, out, back', clock_timestamp()), 'claim_review desk', 'and goes out');
select pg_temp.settle('accepted') \g /dev/null

-- a claim is told again by a route that repeats, until it is withdrawn
update detainerd.route set repeat_every = '30 minutes' where receiver = 'desk';
select pg_temp.person('claims', clock_timestamp() - interval '40 hours') \g /dev/null
insert into detainerd.finding (booking_id, ground, found_at) values (pg_temp.id('claims'), 'us_citizen_claim', clock_timestamp());
select pg_temp.raise(clock_timestamp()), pg_temp.taken('claims', clock_timestamp()), pg_temp.settle('accepted') \g /dev/null
select matches(pg_temp.taken('claims', clock_timestamp() + interval '31 minutes', 'desk'), 'claim_review desk', 'a claim that stands is told again');
select pg_temp.settle('accepted') \g /dev/null
update detainerd.finding set withdrawn_at = clock_timestamp(), evidence = 'seen by counsel' where booking_id = pg_temp.id('claims') and ground = 'us_citizen_claim';
select doesnt_match(pg_temp.taken('claims', clock_timestamp() + interval '31 minutes', 'desk'), 'claim_review', 'one that was withdrawn is not');
select pg_temp.settle('accepted') \g /dev/null
update detainerd.route set repeat_every = null where receiver = 'desk';

-- what one daemon could not deliver, and another had: told is told, though a retry was to come
select pg_temp.person('told after all', clock_timestamp() - interval '48 hours 1 minute') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select pg_temp.taken('told after all', clock_timestamp(), 'releases') \g /dev/null
select delivery_id as told, attempts as tried from detainerd.delivery join detainerd.alert using (alert_id) where stay_id = pg_temp.id('told after all') and receiver = 'releases' \gset
select pg_temp.settle('timeout', 300000) \g /dev/null
select detainerd.settle('d2', array[:told]::bigint[], array[:tried], '{accepted}', '{200}', '{3}', '{so}', '{0}') \g /dev/null
update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_id = pg_temp.id('told after all');
select pg_temp.raise(clock_timestamp()) \g /dev/null
update detainerd.booking set custody_ended_at = null, custody_outcome = null where booking_id = pg_temp.id('told after all');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.taken('told after all', clock_timestamp(), 'releases'), 'deadline_moved releases', 'whoever was told after all is not told of the release anew');
select pg_temp.settle('accepted') \g /dev/null

-- ---- two bookings turn out to be one stay ---------------------------------------------------------------------------------------------

select pg_temp.person('first half', clock_timestamp() - interval '48 hours 2 minutes') \g /dev/null
select pg_temp.person('second half', clock_timestamp() - interval '48 hours 1 minute') \g /dev/null
select pg_temp.raise(clock_timestamp()), pg_temp.taken('first half', clock_timestamp()), pg_temp.settle('accepted') \g /dev/null
update detainerd.booking set continues_booking_id = pg_temp.id('first half') where booking_id = pg_temp.id('second half');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(count(*), 1::bigint, 'joined: the younger half''s alert is taken back, once to each') from detainerd.delivery d join detainerd.alert a using (alert_id)
where a.kind = 'superseded' and d.receiver = 'desk' and a.stay_id in (pg_temp.id('first half'), pg_temp.id('second half'));
select is(stands, 'ended ' || detainerd.local_text(pg_temp.release_of('second half'), 'America/New_York', 'YYYY-MM-DD HH24:MI TZ'), 'and the stand-down says what holds of the whole stay')
from detainerd.claim('d1', '{desk}', 1000, '1 hour') where kind = 'superseded' and booking_number ~ 'half';
select pg_temp.settle('accepted') \g /dev/null

-- ---- in all ----------------------------------------------------------------------------------------------------------------------------------

select is_empty($$ select c.alert_id, d.receiver from detainerd.alert c join detainerd.delivery d using (alert_id)
	where c.kind in ('resolved', 'superseded') and not exists (
		select from detainerd.alert_event e join detainerd.delivery t on t.alert_id = e.alert_id and t.receiver = d.receiver and t.attempts > 0 where e.by_alert = c.alert_id) $$,
	'no word of an end goes to anybody who was told of no beginning');
select is_empty($$ select e.alert_id, t.receiver from detainerd.alert_event e join detainerd.delivery t on t.alert_id = e.alert_id and t.attempts > 0 and t.delivered_at is not null
	where e.event in ('resolved', 'superseded') and t.delivered_at <= e.at and not exists (select from detainerd.delivery d where d.alert_id = e.by_alert and d.receiver = t.receiver) $$,
	'and nobody who was told goes without');
select is_empty($$ select e.alert_id from detainerd.alert_event e where e.event = 'superseded' group by 1 having count(*) > 1 $$, 'nothing is taken back twice');
select is_empty('select * from detainerd.hold_drift', 'what is stored is what is judged');
select * from finish();
rollback;
