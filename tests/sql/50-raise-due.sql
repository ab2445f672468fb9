-- SPDX-License-Identifier: MIT
-- raise_due(): none lost, none early, none twice, and what was said is taken back.  Its clock is its argument, so the
-- tests walk through days; where an acknowledgement's own clock matters, they stand close to now.

begin;
\ir include/people.sql
select plan(110);

-- ---- nothing to do --------------------------------------------------------------------------------------------------

select results_eq('select raised, more, next_at from detainerd.raise_due(clock_timestamp(), 100)',
	$$ values (0, false, null::timestamptz) $$, 'nothing scheduled: one row, nothing raised, no next instant');
select ok(abs(extract(epoch from server_time - clock_timestamp())) < 5, 'server_time is the server''s') from detainerd.raise_due('2001-01-01', 1);

-- ---- overtaken by time ----------------------------------------------------------------------------------------------------

-- People who are to leave before their instant; the daemons were down meanwhile, and there is room for two at a time
select count(pg_temp.person('left meanwhile ' || n, clock_timestamp() + interval '1 hour')) from generate_series(1, 7) n \g /dev/null
update detainerd.booking set custody_ended_at = clock_timestamp() + interval '20 hours', custody_outcome = 'ice_custody' where booking_number like 'left meanwhile %';
select pg_temp.raise(clock_timestamp() + interval '60 hours', 2) \g /dev/null
select is_empty($$ select booking_number, kind from detainerd.alert join detainerd.booking using (booking_id) where booking_number like 'left meanwhile %' $$,
	'nothing is raised from a verdict that time has overtaken, however many there are');

-- ---- law that is silent ---------------------------------------------------------------------------------------------

select count(pg_temp.person('bare ' || n, clock_timestamp() + interval '20 days', at => 'BARE')) from generate_series(1, 3) n \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(count(*), 1::bigint, 'law that is silent: counsel_needed once a day for a facility and rule') from detainerd.alert join detainerd.facility using (facility_id)
where kind = 'counsel_needed' and code = 'BARE';
select is(array_agg(receiver order by receiver), '{compliance,desk}', 'to who asked for it') from detainerd.delivery join detainerd.alert using (alert_id)
where kind = 'counsel_needed' and facility_id = (select facility_id from detainerd.facility where code = 'BARE');

-- ---- one person, from twelve hours before to a day after -------------------------------------------------------------

select pg_temp.person('walk', date_trunc('hour', now()) + interval '10 days') \g /dev/null
select pg_temp.release_of('walk') as release \gset
select is(:'release'::timestamptz, date_trunc('hour', now()) + interval '12 days', 'released 48 hours after the start');

select is(raised, 0, 'a microsecond before the first reminder nothing is raised') from detainerd.raise_due(:'release'::timestamptz - interval '12 hours 1 microsecond', 100);
select is(next_at, :'release'::timestamptz - interval '12 hours', 'and the next instant is that reminder') from detainerd.raise_due(:'release'::timestamptz - interval '3 days', 100);
select is(raised, 1, 'twelve hours before: one') from detainerd.raise_due(:'release'::timestamptz - interval '12 hours', 100);
select is(pg_temp.alerts('walk'), 'due_soon 0', 'it is due_soon');
select is(next_at, :'release'::timestamptz - interval '4 hours', 'the next is four hours before') from detainerd.raise_due(:'release'::timestamptz - interval '12 hours', 100);
select is(pg_temp.raise(:'release'::timestamptz - interval '12 hours'), 0, 'the same instant again: nothing');
select is(pg_temp.raise(:'release'::timestamptz - interval '4 hours'), 1, 'four hours before');
select is(pg_temp.raise(:'release'::timestamptz - interval '1 hour'), 1, 'one hour before');
select is(pg_temp.raise(:'release'::timestamptz - interval '1 microsecond'), 0, 'a microsecond before the instant: not early');
select is(pg_temp.alerts('walk'), 'due_soon 0, due_soon 1, due_soon 2', 'three reminders and no more');
select is(next_at, :'release'::timestamptz, 'the next is the instant') from detainerd.raise_due(:'release'::timestamptz - interval '1 microsecond', 100);
select is(pg_temp.raise(:'release'), 1, 'at the instant: one');
select is(pg_temp.alerts('walk', 'release_due'), 'release_due 0', 'it is release_due');
select is(pg_temp.raise(:'release'), 0, 'raised again, even so: one');
select is(pg_temp.raise(:'release'::timestamptz + interval '29 minutes 59 seconds'), 0, 'nothing until half an hour has gone');
select is(pg_temp.raise(:'release'::timestamptz + interval '30 minutes'), 1, 'then overdue');
select is(pg_temp.raise(:'release'::timestamptz + interval '60 minutes'), 1, 'and every half hour');
select is(pg_temp.raise(:'release'::timestamptz + interval '5 hours 3 minutes'), 1, 'after five hours of silence only the latest');
select is(pg_temp.alerts('walk', 'release_due|overdue'), 'release_due 0, overdue 0, overdue 1, overdue 9', 'occurrence is the index in the schedule');

-- the database's clock is set back by four hours: reminders go on from there, and none is said twice
select is(next_due_at, :'release'::timestamptz + interval '90 minutes', 'a clock set back does not end the reminders')
from detainerd.next_due(array[pg_temp.id('walk')], :'release'::timestamptz + interval '61 minutes');

select matches(alert_id, format('^%s-%s-%s-%s-%s$', (select value from detainerd.setting where name = 'install'),
	pg_temp.id('walk'), kind, (extract(epoch from :'release'::timestamptz) * 1000000)::bigint, occurrence),
	format('the id of %s %s says installation, stay, kind, instant in microseconds, occurrence', kind, occurrence))
from detainerd.alert where stay_id = pg_temp.id('walk');
select results_eq($$ select kind, severity, reason, allowed, citation from detainerd.alert where stay_id = pg_temp.id('walk') and kind = 'release_due' $$,
	$$ values ('release_due', 'critical', 'ice_did_not_interview', true, 'Test Code 1') $$,
	'the clock ran out, nobody had interviewed; the section and not the subsection is cited');
select is(due_at, :'release'::timestamptz, 'due at the instant') from detainerd.alert where stay_id = pg_temp.id('walk') and kind = 'release_due';
select results_eq($$ select receiver, state, attempts, count(*) from detainerd.delivery join detainerd.alert using (alert_id) where stay_id = pg_temp.id('walk') group by 1, 2, 3 $$,
	$$ select 'desk', 'due', 0, count(*) from detainerd.alert where stay_id = pg_temp.id('walk') $$,
	'each goes by the route for every kind, not by one for others nor by one switched off');

update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'relased' where booking_id = pg_temp.id('walk');
select isnt(pg_temp.raise(:'release'::timestamptz + interval '6 hours'), 0, 'a mistyped outcome closes nothing: the reminders go on');
select alike(pg_temp.alerts('walk'), '%overdue 11%', 'the eleventh too');

-- ---- out of custody ---------------------------------------------------------------------------------------------------

select pg_temp.person('leaves', clock_timestamp() - interval '48 hours 40 minutes') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.alerts('leaves'), 'release_due 0, overdue 0', 'recorded forty minutes late: one release_due, one overdue, no reminder of the past');
select cmp_ok(raised_at - due_at, '>=', interval '40 minutes', 'marked with how late it is') from detainerd.alert where stay_id = pg_temp.id('leaves') and kind = 'release_due';
-- a receiver has been told, so it has to hear the end
update detainerd.delivery set state = 'delivered', attempts = 1 where alert_id in (select alert_id from detainerd.alert where stay_id = pg_temp.id('leaves'));
update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_id = pg_temp.id('leaves');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.alerts('leaves'), 'release_due 0 (resolved), overdue 0 (resolved), resolved 0', 'out: everything is resolved, and one word of it');
select is(count(*), 1::bigint, 'it goes once to the receiver that was told') from detainerd.delivery join detainerd.alert using (alert_id)
where stay_id = pg_temp.id('leaves') and kind = 'resolved';
select is(count(*), 2::bigint, 'alert_log shows both resolved') from detainerd.alert_log where booking_number = 'leaves' and resolved_at is not null and kind <> 'resolved';
select is(pg_temp.raise(clock_timestamp() + interval '3 days'), 0, 'and nothing comes after it') from detainerd.hold where booking_id = pg_temp.id('leaves') and next_due_at is null;
update detainerd.booking set custody_ended_at = null, custody_outcome = null where booking_id = pg_temp.id('leaves');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select alike(pg_temp.alerts('leaves'), '%deadline_moved%', 'the end taken back is announced');
select isnt((select next_due_at from detainerd.hold where booking_id = pg_temp.id('leaves')), null, 'and the timer is armed again');
select pg_temp.raise(clock_timestamp() + interval '40 minutes') \g /dev/null
select alike(pg_temp.alerts('leaves', 'overdue'), '%overdue 1%', 'reminders go on');

select pg_temp.person('nobody told', clock_timestamp() - interval '48 hours 5 minutes') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_id = pg_temp.id('nobody told');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select results_eq($$ select kind, state from detainerd.alert left join detainerd.delivery using (alert_id) where stay_id = pg_temp.id('nobody told') order by 1 $$,
	$$ values ('release_due', 'cancelled'), ('resolved', null) $$, 'out before anybody was told: the message is cancelled, and no word of the end goes out');

-- ---- ended before it was recorded ------------------------------------------------------------------------------------------

insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at, custody_ended_at, custody_outcome)
select facility_id, 'history', now() - interval '30 days', now() - interval '25 days', now() - interval '20 days', 'released' from detainerd.facility where code = 'TEST';
insert into detainerd.detainer (booking_id, form, received_at, served_at)
values (pg_temp.id('history'), 'I-247A', now() - interval '29 days', now() - interval '29 days');
select is(pg_temp.raise(clock_timestamp()), 0, 'a stay that had ended before it was recorded raises nothing');
select pg_temp.raise(clock_timestamp() + interval '1 day') \g /dev/null
select is(count(*), 0::bigint, 'nor later') from detainerd.alert where stay_id = pg_temp.id('history');
select ok(late = interval '5 days', 'but it is on record as over-detention, all of it') from detainerd.over_detention where booking_number = 'history';

select pg_temp.person('left unseen', clock_timestamp() - interval '48 hours 10 minutes') \g /dev/null
update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_id = pg_temp.id('left unseen');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select alike(pg_temp.alerts('left unseen'), 'release_due 0 (resolved), resolved 0', 'recorded in time, and out before anybody looked: release_due is never skipped, and resolved at once');

-- ---- why --------------------------------------------------------------------------------------------------------------------

select pg_temp.person('no ground', now() - interval '1 minute', ground => null),
	pg_temp.person('not served', now() - interval '1 minute', served => false),
	pg_temp.person('notice only', now() - interval '1 minute', form => 'I-247N'),
	pg_temp.person('no law', now() - interval '1 minute', at => 'BARE'),
	pg_temp.person('interviewed', now() - interval '48 hours 1 minute'),
	pg_temp.person('would not talk', now() - interval '48 hours 1 minute'),
	pg_temp.person('interview too late', now() - interval '48 hours 1 minute'),
	pg_temp.person('rescinded', now() - interval '20 hours'),
	pg_temp.person('declined', now() - interval '20 hours'),
	pg_temp.person('withdrawn', now() - interval '20 hours'),
	pg_temp.person('citizen', now() - interval '20 hours') \g /dev/null
insert into detainerd.interview (booking_id, consent, started_at) values (pg_temp.id('interviewed'), 'given', now() - interval '30 hours');
insert into detainerd.interview (booking_id, consent, started_at) values (pg_temp.id('would not talk'), 'declined', now() - interval '30 hours');
insert into detainerd.interview (booking_id, consent, started_at) values (pg_temp.id('interview too late'), 'given', now() - interval '30 seconds');
update detainerd.detainer set rescinded_at = now() - interval '1 minute' where booking_id = pg_temp.id('rescinded');
update detainerd.detainer set comply = false, comply_at = now() - interval '1 minute' where booking_id = pg_temp.id('declined');
update detainerd.finding set withdrawn_at = now() - interval '1 minute' where booking_id = pg_temp.id('withdrawn');
insert into detainerd.finding (booking_id, ground, evidence, found_at) values (pg_temp.id('citizen'), 'us_citizen_claim', null, now() - interval '1 minute');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select results_eq($$ select booking_number, a.reason, a.allowed from detainerd.alert a join detainerd.booking using (booking_id)
	where kind = 'release_due' and due_at between now() - interval '2 minutes' and now() order by booking_number collate "C" $$,
	$$ values ('citizen', 'counsel_must_decide', false), ('declined', 'agency_declined', false), ('interview too late', 'ice_did_not_interview', true),
		('interviewed', 'ice_did_not_take_custody', true), ('no ground', 'hold_not_allowed', false), ('no law', 'counsel_must_decide', false),
		('not served', 'detainer_not_in_force', false), ('notice only', 'detainer_not_in_force', false), ('rescinded', 'detainer_rescinded', false),
		('withdrawn', 'hold_not_allowed', false), ('would not talk', 'ice_did_not_take_custody', true) $$,
	'each release_due says why lawful custody ended');

-- ---- silent while a basis keeps ----------------------------------------------------------------------------------------------

select pg_temp.person('kept', now() - interval '40 hours') \g /dev/null
insert into detainerd.custody_basis (booking_id, kind, agency, began_at, reference) values (pg_temp.id('kept'), 'other_agency', 'Washoe County', now() - interval '1 hour', 'W1');
select pg_temp.raise(now() + interval '30 days') \g /dev/null
select is(count(*), 0::bigint, 'another county''s warrant begun in time: no release alert for thirty days')
from detainerd.alert where stay_id = pg_temp.id('kept') and kind in ('release_due', 'overdue', 'due_soon');
update detainerd.custody_basis set ended_at = now() + interval '31 days' where booking_id = pg_temp.id('kept');
select is(pg_temp.release_of('kept'), now() + interval '31 days', 'when it is to end is the instant');
select pg_temp.raise(now() + interval '31 days') \g /dev/null
select is(pg_temp.alerts('kept', 'release_due'), 'release_due 0', 'and then he is to be released');

select pg_temp.person('kept from the start', now() - interval '60 hours') \g /dev/null
insert into detainerd.custody_basis (booking_id, kind, began_at) values (pg_temp.id('kept from the start'), 'sentence', now() - interval '90 hours');
select pg_temp.raise(now() + interval '40 days') \g /dev/null
select is(count(*), 0::bigint, 'an open sentence: none') from detainerd.alert where stay_id = pg_temp.id('kept from the start')
and kind in ('release_due', 'overdue', 'due_soon');

-- a basis that comes to light after the alert: what was said is taken back
select pg_temp.person('said too much', clock_timestamp() - interval '48 hours 10 minutes') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.alerts('said too much'), 'release_due 0', 'release_due is out');
update detainerd.delivery set state = 'delivered', attempts = 1 where alert_id in (select alert_id from detainerd.alert where stay_id = pg_temp.id('said too much'));
insert into detainerd.custody_basis (booking_id, kind, began_at) values (pg_temp.id('said too much'), 'us_marshals', clock_timestamp() - interval '30 hours');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select alike(pg_temp.alerts('said too much'), '%release_due 0 (superseded)%', 'it is superseded');
select is(count(*), 1::bigint, 'one word of that goes to the receiver that was told') from detainerd.delivery join detainerd.alert using (alert_id)
where stay_id = pg_temp.id('said too much') and kind = 'superseded' and receiver = 'desk';
select isnt(superseded_at, null, 'alert_log shows when') from detainerd.alert_log where booking_number = 'said too much' and kind = 'release_due';
select pg_temp.raise(clock_timestamp() + interval '9 days') \g /dev/null
select is(count(*), 1::bigint, 'and no second release_due comes while the Marshals keep him')
from detainerd.alert where stay_id = pg_temp.id('said too much') and kind = 'release_due';

-- ---- a moved instant ------------------------------------------------------------------------------------------------------------

select pg_temp.person('served late', clock_timestamp() - interval '10 hours', served => false) \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select pg_temp.release_of('served late') as first \gset
select alike(pg_temp.alerts('served late'), 'release_due 0, overdue %', 'not served: to be released at the start');
update detainerd.detainer set served_at = clock_timestamp() where booking_id = pg_temp.id('served late');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select pg_temp.release_of('served late') as second \gset
select is(:'second'::timestamptz, :'first'::timestamptz + interval '48 hours', 'served: the end of the first clock');
select alike(pg_temp.alerts('served late', 'release_due|overdue'), 'release_due 0 (superseded), overdue % (superseded)', 'what was said of the old instant is taken back');
select alike(pg_temp.alerts('served late'), '%deadline_moved%', 'compliance hears that it moved later');
select pg_temp.raise(:'second'::timestamptz) \g /dev/null
select results_eq($$ select release_at, count(*) from detainerd.alert where stay_id = pg_temp.id('served late') and kind = 'release_due'
	and not exists (select from detainerd.alert_event e where e.alert_id = alert.alert_id and event = 'superseded') group by 1 $$,
	format('values (%L::timestamptz, 1::bigint)', :'second'), 'past the new instant exactly one release_due stands, and it is of that one');

-- back and forth: rescinded, then the rescission taken back; every time exactly one stands
select pg_temp.person('to and fro', clock_timestamp() - interval '48 hours 5 minutes') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
update detainerd.detainer set rescinded_at = clock_timestamp() - interval '20 hours' where booking_id = pg_temp.id('to and fro');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(count(*), 1::bigint, 'moved earlier: one release_due stands') from detainerd.alert a where stay_id = pg_temp.id('to and fro') and kind = 'release_due'
and not exists (select from detainerd.alert_event e where e.alert_id = a.alert_id and event = 'superseded') and release_at = pg_temp.release_of('to and fro');
update detainerd.detainer set rescinded_at = null where booking_id = pg_temp.id('to and fro');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(count(*), 1::bigint, 'moved back to the first instant: one release_due stands again, and is of it') from detainerd.alert a where stay_id = pg_temp.id('to and fro') and kind = 'release_due'
and not exists (select from detainerd.alert_event e where e.alert_id = a.alert_id and event = 'superseded') and release_at = pg_temp.release_of('to and fro');

-- eligibility moved later after it has passed: it counts, and compliance hears of it
select pg_temp.person('moved on', clock_timestamp() - interval '49 hours') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
update detainerd.booking set release_eligible_at = clock_timestamp() - interval '40 hours' where booking_id = pg_temp.id('moved on');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select alike(pg_temp.alerts('moved on'), '%deadline_moved%', 'a start moved later after it had passed is told');
select alike(pg_temp.alerts('moved on', 'release_due'), 'release_due 0 (superseded)', 'what was said of the old one is taken back');
select is(array_agg(distinct receiver order by receiver), '{compliance,desk}', 'to compliance too') from detainerd.delivery join detainerd.alert using (alert_id)
where stay_id = pg_temp.id('moved on') and kind = 'deadline_moved';

-- two bookings turn out to be one stay: the younger hold's alerts are taken back, one release_due stands
select pg_temp.person('first half', clock_timestamp() - interval '48 hours 2 minutes') \g /dev/null
select pg_temp.person('second half', clock_timestamp() - interval '48 hours 1 minute') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
update detainerd.booking set continues_booking_id = pg_temp.id('first half') where booking_id = pg_temp.id('second half');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(count(*), 1::bigint, 'joined: of the two bookings one release_due stands') from detainerd.alert a
where kind = 'release_due' and stay_id in (pg_temp.id('first half'), pg_temp.id('second half'))
	and not exists (select from detainerd.alert_event e where e.alert_id = a.alert_id and event = 'superseded');
select is(stay_id, pg_temp.id('first half'), 'under the first one''s number') from detainerd.alert a
where kind = 'release_due' and stay_id in (pg_temp.id('first half'), pg_temp.id('second half'))
	and not exists (select from detainerd.alert_event e where e.alert_id = a.alert_id and event = 'superseded');

-- a booking that goes on from one with a detainer brings the instant with it
select pg_temp.person('lock-up', clock_timestamp() + interval '10 days') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at)
select facility_id, 'county', booked_at + interval '1 hour', clock_timestamp() - interval '49 hours' from detainerd.booking where booking_id = pg_temp.id('lock-up');
update detainerd.booking set continues_booking_id = pg_temp.id('lock-up') where booking_id = pg_temp.id('county');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.alerts('county'), 'release_due 0, overdue 1', 'linked to a later booking whose instant has passed: told at once');

-- ---- acknowledged -------------------------------------------------------------------------------------------------------------------

select pg_temp.person('acknowledged', clock_timestamp() - interval '47 hours 50 minutes') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.alerts('acknowledged'), 'due_soon 2', 'of three missed reminders the latest');
select lives_ok(format('select detainerd.acknowledge(%L, %L, %L)', alert_id, 'release_started', 'going'), 'acknowledge()')
from detainerd.alert where stay_id = pg_temp.id('acknowledged');
select pg_temp.raise(pg_temp.release_of('acknowledged')) \g /dev/null
select is(pg_temp.alerts('acknowledged', 'release_due'), 'release_due 0', 'an acknowledged reminder never silences release_due');
select pg_temp.raise(pg_temp.release_of('acknowledged') + interval '61 minutes') \g /dev/null
select is(count(*), 0::bigint, 'it silences overdue')
from detainerd.alert where stay_id = pg_temp.id('acknowledged') and kind = 'overdue';
select pg_temp.raise(clock_timestamp() + interval '2 hours 31 minutes') \g /dev/null
select is(count(*), 1::bigint, 'for two hours') from detainerd.alert where stay_id = pg_temp.id('acknowledged') and kind = 'overdue';
select is(acknowledged_by, session_user::text, 'alert_log shows who') from detainerd.alert_log where booking_number = 'acknowledged' and kind = 'due_soon';
select pg_temp.person('warrant on its way', clock_timestamp() - interval '48 hours 1 minute') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select detainerd.acknowledge(alert_id, 'other_authority', 'Washoe is faxing it') from detainerd.alert where stay_id = pg_temp.id('warrant on its way') and kind = 'release_due' \g /dev/null
select pg_temp.raise(pg_temp.release_of('warrant on its way') + interval '30 minutes') \g /dev/null
select is(pg_temp.alerts('warrant on its way', 'overdue'), 'none', 'other_authority silences overdue');
select pg_temp.raise(clock_timestamp() + interval '61 minutes') \g /dev/null
select is(pg_temp.alerts('warrant on its way', 'overdue'), 'overdue 1', 'and lapses in 30 minutes where no basis was recorded');
select throws_ok(format('select detainerd.acknowledge(%L, %L, null)', alert_id, 'cofee'), null, null, 'an unknown reason is refused')
from detainerd.alert where stay_id = pg_temp.id('warrant on its way') and kind = 'release_due';
select throws_ok($$ select detainerd.acknowledge('no such alert', 'ice_here', null) $$, null, null, 'an unknown alert is refused');

-- ---- many ---------------------------------------------------------------------------------------------------------------------------

select pg_temp.raise(clock_timestamp()) \g /dev/null
select count(pg_temp.person('many ' || n, clock_timestamp() - interval '48 hours 1 minute' + make_interval(secs => n))) from generate_series(7, 1, -1) n \g /dev/null
select is(more, true, 'of seven due with room for three: more') from detainerd.raise_due(clock_timestamp(), 3);
select is(count(*), 3::bigint, 'three are out') from detainerd.alert join detainerd.booking using (booking_id) where booking_number like 'many %' and kind = 'release_due';
select ok(bool_and(booking_number in ('many 1', 'many 2', 'many 3')), 'the oldest first') from detainerd.alert join detainerd.booking using (booking_id) where booking_number like 'many %';
select pg_temp.raise(clock_timestamp(), 3) \g /dev/null
select is(count(*), 7::bigint, 'call after call all of them, once') from detainerd.alert join detainerd.booking using (booking_id) where booking_number like 'many %';

-- ---- to compliance --------------------------------------------------------------------------------------------------------

select pg_temp.person('claims', clock_timestamp() + interval '20 days') \g /dev/null
insert into detainerd.finding (booking_id, ground, found_at) values (pg_temp.id('claims'), 'us_citizen_claim', clock_timestamp());
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.alerts('claims'), 'claim_review 0', 'a citizenship claim goes to compliance at once, weeks before the start');
select pg_temp.raise(clock_timestamp() + interval '1 day') \g /dev/null
select is(count(*), 1::bigint, 'once') from detainerd.alert where stay_id = pg_temp.id('claims') and kind = 'claim_review';
insert into detainerd.finding (booking_id, ground, found_at)
select pg_temp.id('claims'), 'juvenile', found_at from detainerd.finding where booking_id = pg_temp.id('claims') and ground = 'us_citizen_claim';
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.alerts('claims'), 'claim_review 0, claim_review 1', 'another claim at the same instant is told as well, by a number that does not say which it is');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(count(*), 2::bigint, 'once too') from detainerd.alert where stay_id = pg_temp.id('claims') and kind = 'claim_review';

select pg_temp.person('at court', clock_timestamp() + interval '20 days') \g /dev/null
update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'court' where booking_id = pg_temp.id('at court');
select pg_temp.raise(clock_timestamp() + interval '29 minutes') \g /dev/null
select is(count(*), 0::bigint, 'at court for 29 minutes: nothing') from detainerd.alert where stay_id = pg_temp.id('at court');
select pg_temp.raise(clock_timestamp() + interval '31 minutes') \g /dev/null
select is(pg_temp.alerts('at court'), 'custody_unclear 0', 'for half an hour without a booking that goes on from there: custody_unclear');
select pg_temp.person('at court and back', clock_timestamp() + interval '20 days') \g /dev/null
update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'court' where booking_id = pg_temp.id('at court and back');
insert into detainerd.booking (facility_id, booking_number, booked_at, continues_booking_id)
select facility_id, 'back', clock_timestamp(), booking_id from detainerd.booking where booking_number = 'at court and back';
select pg_temp.raise(clock_timestamp() + interval '31 minutes') \g /dev/null
select is(count(*), 0::bigint, 'linked to a booking that goes on: nothing') from detainerd.alert where stay_id = pg_temp.id('at court and back');

-- ---- before the facility went live; processing time -------------------------------------------------------------------------------------

update detainerd.facility set go_live_at = now() - interval '1 hour' where code = 'TEST';
select pg_temp.person('before go-live', now() - interval '53 hours') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select alike(pg_temp.alerts('before go-live'), 'release_due 0%', 'an instant before go-live is on record');
select is(array_agg(state), '{digested}', 'and goes out to nobody one by one') from detainerd.delivery join detainerd.alert using (alert_id) where stay_id = pg_temp.id('before go-live') and kind = 'release_due';
update detainerd.facility set go_live_at = null, processing_minutes = 45 where code = 'TEST';
select pg_temp.person('processed', clock_timestamp() - interval '48 hours 1 minute') \g /dev/null
select pg_temp.release_of('processed') as release \gset
select pg_temp.raise(:'release'::timestamptz + interval '74 minutes 59 seconds') \g /dev/null
select is(count(*), 0::bigint, 'processing minutes put overdue off')
from detainerd.alert where stay_id = pg_temp.id('processed') and kind = 'overdue';
select is(pg_temp.alerts('processed'), 'release_due 0', 'and nothing else');
select pg_temp.raise(:'release'::timestamptz + interval '75 minutes') \g /dev/null
select is(pg_temp.alerts('processed', 'overdue'), 'overdue 0', 'by so many minutes');
update detainerd.facility set processing_minutes = 100000 where code = 'TEST';
select pg_temp.person('processed for ever', clock_timestamp() - interval '48 hours 1 minute') \g /dev/null
select pg_temp.raise(pg_temp.release_of('processed for ever') + interval '270 minutes') \g /dev/null
select is(pg_temp.alerts('processed for ever', 'overdue'), 'overdue 0', 'at most 240 of them');
update detainerd.facility set processing_minutes = 0 where code = 'TEST';

-- ---- all of it together --------------------------------------------------------------------------------------------------------------------

select delivery_id as claimed, attempt from detainerd.claim('d1', '{desk}', 1, '30 seconds') \gset
select settled as first_time from detainerd.settle('d1', array[:claimed]::bigint[], array[:attempt], '{accepted}', '{200}', '{5}', '{ok}', '{0}') \gset
select is(count(*), 1::bigint, 'an answer that was lost on its way is told again')
from detainerd.settle('d1', array[:claimed]::bigint[], array[:attempt], '{accepted}', '{200}', '{5}', '{ok}', '{0}');
select is(count(*), 1::bigint, 'and one attempt is recorded once') from detainerd.delivery_attempt where delivery_id = :claimed;
select is_empty($$ select alert_id, receiver from detainerd.delivery group by 1, 2 having count(*) > 1 $$, 'no receiver gets an alert twice');
select is_empty($$ select stay_id, release_at from detainerd.alert a where kind = 'release_due'
	and not exists (select from detainerd.alert_event e where e.alert_id = a.alert_id and event in ('superseded'))
	group by 1, 2 having count(*) > 1 $$, 'no stay has two release_due of one instant that stand');
select is_empty($$ select from detainerd.alert where kind in ('due_soon', 'release_due', 'overdue') and raised_at < due_at $$, 'no alert was early');
select is_empty($$ select from detainerd.alert where kind = 'due_soon' and raised_at >= release_at $$, 'no due_soon came at or after the instant');
select is_empty($$ select from detainerd.alert where citation ~ '\(' $$, 'no alert carries a subsection');
select is_empty('select * from detainerd.hold_drift', 'what is stored is what is judged');

select * from finish();
rollback;
