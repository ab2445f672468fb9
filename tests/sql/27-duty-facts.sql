-- SPDX-License-Identifier: MIT
-- Duties and facts that come late, twice, of two bookings that were one stay, or of somebody who is out; and how what is owed is listed.

begin;
\ir include/people.sql
\ir include/telling.sql
select plan(44);
update detainerd.route set enabled = false;
insert into detainerd.route (receiver, kinds) values ('desk', null);
insert into detainerd.duty (jurisdiction, duty, event, hours, effective_from, mark, citation, source) values
	('US-TEST', 'ice_release_notice', 'would_be_released', 2, '2000-01-01', 'V', 'Test Code 2', 'TEST-2000 notice: tests'),
	('US-TEST', 'person_intent', 'detainer_received', null, '2000-01-01', 'V', 'Test Code 3', 'TEST-2000 intent: tests'),
	('US-TEST', 'judge_told', 'detainer_received', 24, '2000-01-01', 'S', 'Test Code 4', 'TEST-2000 judge: tests');
create temporary table clock as select date_trunc('second', clock_timestamp()) as now;
create function pg_temp.at(minutes int) returns timestamptz language sql stable as $$ select now + minutes * interval '1 minute' from clock $$;
-- Booked, with a detainer of an hour later; would go free so many minutes from now.
create function pg_temp.held(number text, booked int, eligible int) returns bigint language plpgsql as $$
declare
	id bigint;
begin
	insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at)
	select facility_id, number, pg_temp.at(booked), pg_temp.at(eligible) from detainerd.facility where code = 'TEST' returning booking_id into id;
	insert into detainerd.detainer (booking_id, form, received_at, served_at, reference) values (id, 'I-247A', pg_temp.at(booked + 60), pg_temp.at(booked + 60), 'D');
	return id;
end
$$;
-- What the duties of somebody stand at, and what stands of their alerts, at an instant, when everything due is raised.
create function pg_temp.owes(number text, minutes int, which text default 'ice_release_notice') returns text language plpgsql as $$
begin
	perform pg_temp.raise(pg_temp.at(minutes));
	return (select string_agg(e.state, ' ' order by e.due_at) from detainerd.explain_duties(pg_temp.id(number), pg_temp.at(minutes)) e where e.duty = which)
		|| coalesce(': ' || (select string_agg(a.kind || case when detainerd.is_closed(a.alert_id) then ' closed' else '' end, ', ' order by a.raised_at, a.kind, detainerd.is_closed(a.alert_id)) from detainerd.alert a
			where a.stay_id in (select unnest(h.members) from detainerd.hold h where pg_temp.id(number) = any (h.members)) and a.kind ~ 'duty' and a.reason like which || ':%'), '');
end
$$;
create function pg_temp.done(number text, duty text, minutes int, reference text default 'N') returns void language sql as $$
	insert into detainerd.duty_done (booking_id, duty, done_at, reference) values (pg_temp.id(number), duty, pg_temp.at(minutes), reference)
	on conflict (booking_id, reference) do update set done_at = excluded.done_at, duty = excluded.duty
$$;

-- ---- late facts --------------------------------------------------------------------------------------------------------------

select pg_temp.held('late', -5000, -300) \g /dev/null
select is(pg_temp.owes('late', 0), 'missed: duty_missed', 'would have gone free before anybody recorded it: missed at once, and no reminder of hours that are over');
select is(learned_at is not null and due_at = pg_temp.at(-180), true, 'by the fact, which came late') from detainerd.alert where stay_id = pg_temp.id('late') and kind = 'duty_missed' and reason like 'ice%';
select pg_temp.done('late', 'ice_release_notice', -5) \g /dev/null
select is(pg_temp.owes('late', 1), 'done_late: duty_missed closed', 'done after it was missed: the alert is settled');
select pg_temp.done('late', 'ice_release_notice', -200) \g /dev/null
select is(pg_temp.owes('late', 2), 'done: duty_missed closed', 'recorded better: it was in time');
select is(count(*), 1::bigint, 'and nothing more is said of it') from detainerd.alert_event join detainerd.alert using (alert_id) where stay_id = pg_temp.id('late') and kind = 'duty_missed' and alert.reason like 'ice%';
select pg_temp.done('late', 'ice_release_notice', 500) \g /dev/null
select is(pg_temp.owes('late', 3), 'missed: duty_missed', 'its time lies ahead: not done yet');
select is(pg_temp.owes('late', 500), 'done_late: duty_missed closed', 'until it is reached');
update detainerd.booking set release_eligible_at = pg_temp.at(-900) where booking_id = pg_temp.id('late');
select is(pg_temp.owes('late', 501), 'done_late: duty_missed closed', 'the start backdated: another instant, and it was done');
select pg_temp.done('late', 'ice_release_notice', 10000) \g /dev/null
select is(pg_temp.owes('late', 502), 'missed: duty_missed closed, duty_missed', 'or not: missed at that instant, and that of the old one stays closed');
update detainerd.booking set release_eligible_at = pg_temp.at(5000) where booking_id = pg_temp.id('late');
select is(pg_temp.owes('late', 503), 'ahead: duty_missed closed, duty_missed closed', 'would go free only later, after all: nothing was missed');
select is(release_at, pg_temp.at(5000), 'no duty moves a release') from detainerd.hold where stay_id = pg_temp.id('late');

select pg_temp.held('rescinded', -100, 200) \g /dev/null
update detainerd.detainer set rescinded_at = pg_temp.at(150) where booking_id = pg_temp.id('rescinded');
select is(pg_temp.owes('rescinded', 400), null, 'no paper any more when the person would go free: nobody to be told');

-- ---- out ----------------------------------------------------------------------------------------------------------------------

select pg_temp.held(n, -5000, 600) from unnest('{out,taken,back}'::text[]) n \g /dev/null
select is(pg_temp.owes('out', 600), 'due: duty_due', 'the hours begin');
update detainerd.booking set custody_ended_at = pg_temp.at(601), custody_outcome = 'released' where booking_number in ('out', 'back');
update detainerd.booking set custody_ended_at = pg_temp.at(601), custody_outcome = 'ice_custody' where booking_number = 'taken';
select is(pg_temp.owes('taken', 620), 'lapsed: duty_due closed', 'ICE took the person before it was due: nobody to be told');
select is(pg_temp.owes('out', 620), 'due: duty_due', 'released before it was due: ICE is to be told all the same');
select is(pg_temp.owes('out', 720), 'missed: duty_due closed, duty_missed', 'and was not');
select is(pg_temp.owes('back', 720), 'missed: duty_due closed, duty_missed', 'nor of another');
update detainerd.booking set custody_ended_at = null, custody_outcome = null where booking_id = pg_temp.id('back');
select is(pg_temp.owes('back', 721), 'missed: duty_due closed, duty_missed', 'the end taken back changes nothing of that');
select pg_temp.held('early', -900, 5000) \g /dev/null
update detainerd.booking set custody_ended_at = pg_temp.at(-700), custody_outcome = 'released' where booking_id = pg_temp.id('early');
select is(pg_temp.owes('early', 900, 'person_intent'), 'lapsed', 'out before the answer was due: nobody to be answered');
select is(pg_temp.owes('early', 901), 'lapsed', 'and no hours begin for who is out');

-- ---- two bookings that were one stay -----------------------------------------------------------------------------------------

select pg_temp.held('one', -6000, -300), pg_temp.held('two', -5000, -400) \g /dev/null
select is(pg_temp.owes('one', 1000) || '; ' || pg_temp.owes('two', 1000), 'missed: duty_missed; missed: duty_missed', 'two people, as it seems: both missed');
update detainerd.booking set continues_booking_id = pg_temp.id('one') where booking_id = pg_temp.id('two');
select is(pg_temp.owes('two', 1001), 'missed: duty_missed closed, duty_missed closed, duty_missed', 'one stay: of its own start, and nothing of the two');
select is(array_agg(a.release_at), array[pg_temp.at(-280)], 'that of the stay''s own start') from detainerd.alert a
where a.booking_id in (pg_temp.id('one'), pg_temp.id('two')) and a.kind = 'duty_missed' and a.reason like 'ice%' and not detainerd.is_closed(a.alert_id);
select pg_temp.done('two', 'ice_release_notice', -290) \g /dev/null
select is(pg_temp.owes('one', 1002), 'done: duty_missed closed, duty_missed closed, duty_missed closed', 'done of either booking is done');
select is((select count(*) from detainerd.alert_event e join detainerd.alert a using (alert_id) where a.booking_id in (pg_temp.id('one'), pg_temp.id('two')) and a.kind = 'duty_missed' and a.reason like 'ice%'), 3::bigint, 'each closed once');
update detainerd.booking set continues_booking_id = null where booking_id = pg_temp.id('two');
select is(pg_temp.owes('two', 1003), 'done: duty_missed closed', 'parted again: what was done of this one stays its own');
select is(pg_temp.owes('one', 1003), 'missed: duty_missed, duty_missed closed', 'and the alert of the other stands again');

-- ---- what is odd ---------------------------------------------------------------------------------------------------------------

create function pg_temp.doubts(number text, minutes int) returns text language sql as $$
	select string_agg(code || ': ' || message, '; ' order by code, message) from detainerd.duty_doubts(pg_temp.id(number), pg_temp.at(minutes))
$$;
select pg_temp.held('odd', -100, 5000) \g /dev/null
select is(pg_temp.doubts('odd', 0), null, 'nothing is recorded, and nothing is odd');
select pg_temp.done('odd', 'person_intent', -10, 'R1') \g /dev/null
select is(pg_temp.doubts('odd', 0), null, 'nor of what is owed and done');
select pg_temp.done('odd', 'person_told', -10, 'R2'), pg_temp.done('odd', 'person_intent', 60, 'R3'), pg_temp.done('odd', 'person_intent', null, 'R4'), pg_temp.done('odd', 'no_such', -10, 'R5') \g /dev/null
select is(pg_temp.doubts('odd', 0), 'duty_done_ahead: R3, person_intent: its time lies ahead; until then it counts as not done; '
	'duty_not_owed: R2, person_told: nothing in the law on file asks for it here; duty_without_time: R4, person_intent: without a time it counts as not done', 'each doubt once, by its reference');
select is(pg_temp.doubts('odd', 60), 'duty_not_owed: R2, person_told: nothing in the law on file asks for it here; duty_without_time: R4, person_intent: without a time it counts as not done', 'reached, it is done');
select is(string_agg(code, ' '), 'unknown_duty', 'what nobody knows is a warning of its own') from detainerd.fact_warning where booking_id = pg_temp.id('odd') and code like '%duty%';
update detainerd.duty_done set reference = null where reference = 'R2' and booking_id = pg_temp.id('odd');
select matches(pg_temp.doubts('odd', 60), '^duty_not_owed: #\d+, person_told: ', 'without a reference by its number');

-- ---- the list ------------------------------------------------------------------------------------------------------------------

create function pg_temp.list(number text, since int, with_closed boolean, minutes int, place text default null) returns text language sql as $$
	select string_agg(concat_ws(' ', o.booking, o.duty, o.state, case when not o.verified then '?' end), ', ' order by o.booking, o.due_at, o.duty)
	from detainerd.duties_owed(place, number, pg_temp.at(since), with_closed, pg_temp.at(minutes)) o where o.booking = any ('{odd,out,taken,early}') or o.booking is null
$$;
select is(pg_temp.list(null, -100000, false, 1800), 'early judge_told missed ?, odd judge_told missed ?, out judge_told missed ?, out person_intent missed, out ice_release_notice missed, '
	'taken judge_told missed ?, taken person_intent missed', 'what is due or was missed, verified or not, of who is out too');
select is(pg_temp.list('early', null, true, 1800), 'early judge_told missed ?, early person_intent lapsed, early ice_release_notice lapsed', 'of one booking, all of it');
select is(pg_temp.list('early', null, false, 1800), 'early judge_told missed ?', 'or what is owed');
select is(pg_temp.list(null, 601, false, 1800), 'odd judge_told missed ?, out judge_told missed ?, out person_intent missed, out ice_release_notice missed, taken judge_told missed ?, taken person_intent missed',
	'of stays that ended since');
select is(pg_temp.list(null, 602, false, 1800), 'odd judge_told missed ?', 'and no others');
select is(pg_temp.list(null, null, false, 1800), 'odd judge_told missed ?', 'without a since, of who is held');
select is(pg_temp.list(null, -100000, false, 1800, 'BARE'), null, 'at another facility nothing');
select is(pg_temp.list(null, -100000, false, 1800, 'TEST'), pg_temp.list(null, -100000, false, 1800), 'at this one all');
select is(pg_temp.list('odd', null, false, 0), 'odd judge_told due ?', 'due, before it is missed');
select throws_ok('select * from detainerd.duties_owed(null, ''nobody'', null, false, now())', 'P0002', 'cannot list the duties: there is no booking ''nobody''', 'a booking that is none is said');
update detainerd.duty set effective_until = (pg_temp.at(-2000))::date where source like 'TEST-2000 judge:%';
select is(pg_temp.list('odd', null, true, 1800), 'odd person_intent done, odd ice_release_notice ahead', 'what the law asks for no more is not owed');
select * from finish();
rollback;
