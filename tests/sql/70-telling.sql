-- SPDX-License-Identifier: MIT
-- Who is told, when, how often again, and what an acknowledgement silences.  take() is given its clock, so that hours pass.

begin;
\ir include/people.sql
\ir include/telling.sql
select plan(70);

-- ---- by which routes ----------------------------------------------------------------------------------------------------

delete from detainerd.route;
insert into detainerd.route (facility_id, kinds, receiver, step_delay, enabled)
select f.facility_id, r.kinds, r.receiver, r.step_delay, r.enabled
from (values
	('TEST', null::text[], 'desk', interval '0', true), ('TEST', '{release_due}', 'desk', '10 minutes', true),
	('TEST', '{overdue}', 'overdue only', '0', true), ('TEST', '{}', 'no kind', '0', true),
	('TEST', null, 'off', '0', false), ('BARE', null, 'elsewhere', '0', true), (null, '{release_due,due_soon}', 'county', '0', true)) r (code, kinds, receiver, step_delay, enabled)
left join detainerd.facility f using (code);
select pg_temp.person('routes', clock_timestamp() - interval '48 hours 1 minute') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.told('routes', 'release_due'), 'county due +00:00:00, desk due +00:00:00', 'by facility or for all, by kind or for every one, never by a route switched off; two routes to a receiver are one delivery, by the sooner');
select is(array_agg(receiver || ' ' || after || ' ' || alive order by receiver), '{"county 00:00:00 false","desk 00:00:00 false"}', 'route_plan() says the same')
from detainerd.route_plan('TEST', 'release_due');
insert into detainerd.daemon (daemon, receivers, seen_at) values ('d1', '{desk}', clock_timestamp());
select is(array_agg(receiver || ' ' || alive order by receiver), '{"county false","desk true"}', 'and who can be told just now') from detainerd.route_plan('TEST', 'release_due');
select is(array_agg(receiver), '{desk}', 'another kind, another plan') from detainerd.route_plan('TEST', 'resolved');
select throws_ok($$ select detainerd.route_plan('NOWHERE', 'release_due') $$, 'P0002', 'cannot plan: there is no facility ''NOWHERE''', 'of an unknown facility: one clear line');

-- ---- escalation -----------------------------------------------------------------------------------------------------------

update detainerd.route set enabled = false;
insert into detainerd.route (receiver, step_delay, repeat_every, kinds) values ('first', '0', null, '{release_due,due_soon,overdue}'),
	('second', '10 minutes', null, '{release_due}'), ('last', '20 minutes', '15 minutes', '{release_due}'), ('compliance', '10 minutes', null, '{deadline_moved,claim_review}');
select pg_temp.person('steps', clock_timestamp() - interval '48 hours 1 minute') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select raised_at as said from detainerd.alert where stay_id = pg_temp.id('steps') and kind = 'release_due' \gset
select is(pg_temp.told('steps', 'release_due'), 'first due +00:00:00, last due +00:20:00, second due +00:10:00', 'step by step');
select is(array_agg(receiver order by receiver), '{last,second}', 'a later step is one that an acknowledgement silences')
from detainerd.delivery join detainerd.alert using (alert_id) where stay_id = pg_temp.id('steps') and kind = 'release_due' and reminder;
select is(pg_temp.taken('steps', :'said'), 'release_due first', 'at once the first');
select is(pg_temp.taken('steps', :'said'::timestamptz + interval '9 minutes 59 seconds'), 'none', 'before its delay no second');
select pg_temp.settle('accepted') \g /dev/null
select is(pg_temp.taken('steps', :'said'::timestamptz + interval '10 minutes'), 'release_due second', 'accepted is not seen: then the second');
select pg_temp.settle('accepted') \g /dev/null
select is(pg_temp.taken('steps', :'said'::timestamptz + interval '20 minutes'), 'release_due last', 'then the last');
select pg_temp.settle('accepted') \g /dev/null
select is(pg_temp.told('steps', 'release_due', 'first|second'), 'first delivered +00:00:00, second delivered +00:10:00', 'whoever is not to be told again is done');
select ok(state = 'due' and d.due_at - clock_timestamp() between interval '14 minutes 50 seconds' and interval '15 minutes' and tellings = 1 and reminder, 'the last repeats')
from detainerd.delivery d join detainerd.alert using (alert_id) where stay_id = pg_temp.id('steps') and kind = 'release_due' and receiver = 'last';
select is(pg_temp.taken('steps', clock_timestamp() + interval '15 minutes'), 'release_due last', 'in its time');
select is(tellings, 1, 'as a message of its own') from detainerd.delivery where state = 'leased';
select pg_temp.settle('accepted') \g /dev/null
select is(tellings, 2, 'and again') from detainerd.delivery join detainerd.alert using (alert_id) where stay_id = pg_temp.id('steps') and kind = 'release_due' and receiver = 'last';

-- of several routes to one receiver the soonest tells, and the one that repeats soonest repeats
insert into detainerd.route (receiver, step_delay, repeat_every, kinds) values ('both', '0', null, null), ('both', '5 minutes', '1 hour', '{release_due}'), ('both', '5 minutes', '30 minutes', '{release_due}');
select pg_temp.person('both ways', clock_timestamp() - interval '48 hours 1 minute') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.taken('both ways', clock_timestamp(), 'both'), 'release_due both', 'two routes to one receiver: at once');
select pg_temp.settle('accepted') \g /dev/null
select ok(state = 'due' and d.due_at - clock_timestamp() between interval '29 minutes' and interval '30 minutes', 'and again as the most eager of them wants, as the plan says') from detainerd.delivery d join detainerd.alert using (alert_id)
where stay_id = pg_temp.id('both ways') and kind = 'release_due' and receiver = 'both' and (select repeat_every from detainerd.route_plan('TEST', 'release_due') where receiver = 'both') = interval '30 minutes';
update detainerd.route set enabled = false where receiver = 'both';

-- ---- acknowledged --------------------------------------------------------------------------------------------------------------

select detainerd.acknowledge(alert_id, 'release_started', 'I have it') as on_their_way from detainerd.alert where stay_id = pg_temp.id('steps') and kind = 'release_due' \gset
select is(:on_their_way, 0, 'acknowledged while nothing is under way');
select is(pg_temp.taken('steps', clock_timestamp() + interval '1 hour 59 minutes'), 'none', 'for two hours nobody is told again');
select is(pg_temp.taken('steps', clock_timestamp() + interval '2 hours 1 minute'), 'release_due last', 'then the escalation goes on');
select pg_temp.settle('refused', 60000) \g /dev/null
select detainerd.acknowledge(alert_id, 'counsel_called', null) from detainerd.alert where stay_id = pg_temp.id('steps') and kind = 'release_due' \g /dev/null
select is(array_agg(by_whom || ' ' || e.reason || ' ' || coalesce(note, '-') || ' ' || date_trunc('minute', expires_at - at) order by alert_event_id),
	array[session_user || ' release_started I have it 02:00:00', session_user || ' counsel_called - 02:00:00'], 'each is on record: who, why, in what words, until when')
from detainerd.alert_event e join detainerd.alert using (alert_id) where stay_id = pg_temp.id('steps') and event = 'acknowledged';
update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_id = pg_temp.id('steps');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select matches(pg_temp.told('steps', 'release_due', 'last'), '^last delivered', 'out: the repetition ends, and what was told stays told');
select is(pg_temp.told('steps', 'resolved'), 'first due +00:00:00, last due +00:00:00, second due +00:00:00', 'and everybody who was told hears of it, acknowledged or not');
select pg_temp.taken('steps', clock_timestamp()), pg_temp.settle('accepted') \g /dev/null

-- under way, and at every step
select pg_temp.person('under way', clock_timestamp() - interval '48 hours 1 minute') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.taken('under way', clock_timestamp() + interval '10 minutes'), 'release_due first, release_due second', 'two are under way, one of them an escalation');
select is(detainerd.acknowledge(alert_id, 'ice_here', null), 1, 'acknowledge() says how many reminders may still arrive: that one') from detainerd.alert where stay_id = pg_temp.id('under way') and kind = 'release_due';
select ok(state = 'leased' and attempts = 1, 'what is under way is left alone') from detainerd.delivery join detainerd.alert using (alert_id)
where stay_id = pg_temp.id('under way') and kind = 'release_due' and receiver = 'second';
select is(date_trunc('minute', d.due_at - clock_timestamp()), interval '1 hour 59 minutes', 'what was written and not yet taken is put off')
from detainerd.delivery d join detainerd.alert using (alert_id) where stay_id = pg_temp.id('under way') and kind = 'release_due' and receiver = 'last';
select is(d.due_at, first_due_at, 'and is not undelivered meanwhile')
from detainerd.delivery d join detainerd.alert using (alert_id) where stay_id = pg_temp.id('under way') and kind = 'release_due' and receiver = 'last';
select pg_temp.settle('refused', 1000) \g /dev/null
select is(pg_temp.taken('under way', clock_timestamp() + interval '5 seconds'), 'release_due first', 'release_due itself is tried until it is accepted; an escalation that failed is silenced too');
select pg_temp.settle('accepted') \g /dev/null
update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_id = pg_temp.id('under way');
select pg_temp.raise(clock_timestamp()), pg_temp.taken('under way', clock_timestamp()), pg_temp.settle('accepted') \g /dev/null

-- other authority lapses in half an hour
select pg_temp.person('faxing', clock_timestamp() - interval '48 hours 1 minute') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select detainerd.acknowledge(alert_id, 'other_authority', 'Washoe is faxing it') from detainerd.alert where stay_id = pg_temp.id('faxing') and kind = 'release_due' \g /dev/null
select is(pg_temp.taken('faxing', clock_timestamp() + interval '29 minutes'), 'release_due first', 'other authority: release_due goes out, the escalation does not');
select is(pg_temp.taken('faxing', clock_timestamp() + interval '31 minutes'), 'release_due last, release_due second', 'half an hour later, without a basis, it all goes on');
select pg_temp.settle('accepted') \g /dev/null
insert into detainerd.custody_basis (booking_id, kind, agency, began_at, reference) values (pg_temp.id('faxing'), 'other_agency', 'Washoe County', clock_timestamp() - interval '30 hours', 'W1');
select detainerd.acknowledge(alert_id, 'other_authority', 'here it is') from detainerd.alert where stay_id = pg_temp.id('faxing') and kind = 'release_due' \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.told('faxing', 'superseded|deadline_moved'), 'compliance due +00:10:00, first due +00:00:00, last due +00:00:00, second due +00:00:00',
	'the stand-down goes to everybody who was told, and compliance hears that the instant has moved');
select is(pg_temp.taken('faxing', clock_timestamp() + interval '10 minutes'), 'deadline_moved compliance, superseded first, superseded last, superseded second', 'an acknowledgement silences neither, at no step');
select pg_temp.settle('accepted') \g /dev/null

-- an acknowledgement is of what it says: of a release, or of something else
select pg_temp.person('claims', clock_timestamp() - interval '47 hours 10 minutes') \g /dev/null
insert into detainerd.finding (booking_id, ground, found_at) values (pg_temp.id('claims'), 'us_citizen_claim', clock_timestamp());
select pg_temp.raise(clock_timestamp()) \g /dev/null
select pg_temp.taken('claims', clock_timestamp() + interval '1 second'), pg_temp.settle('accepted') \g /dev/null
select release_at as release from detainerd.hold where stay_id = pg_temp.id('claims') \gset
select detainerd.acknowledge(alert_id, 'counsel_called', 'looking into it') from detainerd.alert where stay_id = pg_temp.id('claims') and kind = 'claim_review' \g /dev/null
select pg_temp.raise(:'release'::timestamptz + interval '40 minutes') \g /dev/null
select alike(pg_temp.alerts('claims'), '%overdue 0%', 'a claim that counsel looks into silences no overdue');
select is(pg_temp.taken('claims', clock_timestamp() + interval '1 hour 50 minutes', 'compliance'), 'none', 'its own escalation it does');

-- of detainerd's own alerts there is no stay
insert into detainerd.alert (alert_id, kind, reason, occurrence, due_at, raised_at, severity) values ('watch-1', 'monitor_degraded', 'undelivered: desk', 0, now(), now(), 'warning'),
	('watch-2', 'monitor_degraded', 'undelivered: pager', 0, now(), now(), 'warning');
insert into detainerd.delivery (alert_id, receiver, due_at, first_due_at, reminder) values ('watch-1', 'chief', now(), now(), true), ('watch-2', 'chief', now(), now(), true);
select detainerd.acknowledge('watch-1', 'ice_here', null) \g /dev/null
select is(array_agg(alert_id), '{watch-2}', 'an acknowledged alert without a stay is silent too, and no other with it')
from unnest(detainerd.take('d1', '{chief}', 10, '30 seconds', clock_timestamp())) t (delivery_id) join detainerd.delivery using (delivery_id);

-- whatever a person may acknowledge is told again by the route's wish, but what comes again by itself
insert into detainerd.route (receiver, repeat_every, kinds) values ('reviewer', '30 minutes', '{claim_review,overdue,deadline_moved}');
select pg_temp.person('claims again', clock_timestamp() - interval '47 hours 10 minutes') \g /dev/null
insert into detainerd.finding (booking_id, ground, found_at) values (pg_temp.id('claims again'), 'us_citizen_claim', clock_timestamp());
select pg_temp.raise(clock_timestamp()), pg_temp.taken('claims again', clock_timestamp() + interval '1 second', 'reviewer'), pg_temp.settle('accepted') \g /dev/null
select is(array_agg(k || ' ' || coalesce(p.repeat_every::text, 'once') order by k), '{"claim_review 00:30:00","deadline_moved once","overdue once"}', 'route_plan() says the same')
from unnest('{claim_review,overdue,deadline_moved}'::text[]) k cross join lateral detainerd.route_plan('TEST', k) p where p.receiver = 'reviewer';
select pg_temp.raise(clock_timestamp() + interval '30 minutes 30 seconds') \g /dev/null
select is(pg_temp.taken('claims again', clock_timestamp() + interval '31 minutes', 'reviewer'), 'claim_review reviewer, overdue reviewer', 'in its time');
select pg_temp.settle('accepted') \g /dev/null
select is(array_agg(kind || ' ' || state order by kind), '{"claim_review due","overdue delivered"}', 'a claim that nobody looks into, again and again; what comes again by itself, once')
from detainerd.delivery join detainerd.alert using (alert_id) where stay_id = pg_temp.id('claims again') and receiver = 'reviewer';
select detainerd.acknowledge(alert_id, 'counsel_called', null) from detainerd.alert where stay_id = pg_temp.id('claims again') and kind = 'claim_review' \g /dev/null
select is(pg_temp.taken('claims again', clock_timestamp() + interval '1 hour 59 minutes', 'reviewer'), 'none', 'until somebody looks into it');
update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_id = pg_temp.id('claims again');
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(state || ' ' || tellings, 'delivered 2', 'or the person is out') from detainerd.delivery join detainerd.alert using (alert_id)
where stay_id = pg_temp.id('claims again') and kind = 'claim_review' and receiver = 'reviewer';
update detainerd.route set enabled = false where receiver = 'reviewer';

-- a receiver that forgets is not told anew when it is refreshed: that goes on while the alert is open
insert into detainerd.route (receiver, kinds) values ('board', '{due_soon}');
select pg_temp.person('on the board', clock_timestamp() - interval '47 hours 30 minutes') \g /dev/null
select pg_temp.raise(clock_timestamp()), pg_temp.taken('on the board', clock_timestamp(), 'board'), pg_temp.settle('accepted', 45000) \g /dev/null
select detainerd.acknowledge(alert_id, 'ice_here', null) as on_their_way from detainerd.alert where stay_id = pg_temp.id('on the board') and kind = 'due_soon' \gset
select is(pg_temp.taken('on the board', clock_timestamp() + interval '46 seconds', 'board'), 'due_soon board', 'an acknowledged reminder stays on the board');
select pg_temp.settle('accepted', 45000) \g /dev/null
select is(detainerd.acknowledge(alert_id, 'ice_here', null), 0, 'and is not counted as one that may still arrive') from detainerd.alert where stay_id = pg_temp.id('on the board') and kind = 'due_soon';
select is(pg_temp.taken('on the board', clock_timestamp() + interval '46 seconds', 'board'), 'due_soon board', 'however often');
select is(detainerd.acknowledge(alert_id, 'ice_here', null), 0, 'not while it is under way either') from detainerd.alert where stay_id = pg_temp.id('on the board') and kind = 'due_soon';
select pg_temp.settle('timeout', 1000) \g /dev/null
select is(pg_temp.taken('on the board', clock_timestamp() + interval '46 seconds', 'board'), 'due_soon board', 'nor is one that failed given up');
select pg_temp.settle('accepted') \g /dev/null
update detainerd.route set enabled = false where receiver = 'board';

-- ---- what cannot be acknowledged: one clear line each ---------------------------------------------------------------------------

select throws_ok($$ select detainerd.acknowledge('no-such', 'ice_here', null) $$, 'P0002', 'cannot acknowledge ''no-such'': no such alert', 'an unknown alert');
select throws_ok($$ select detainerd.acknowledge(null, 'ice_here', null) $$, 'P0002', null, 'no alert');
select throws_ok(format('select detainerd.acknowledge(%L, %L, null)', alert_id, 'cofee'), '22023', 'cannot acknowledge: unknown reason ''cofee''', 'an unknown reason')
from detainerd.alert where stay_id = pg_temp.id('claims') and kind = 'due_soon' limit 1;
select throws_ok(format('select detainerd.acknowledge(%L, null, null)', alert_id), '22023', null, 'no reason')
from detainerd.alert where stay_id = pg_temp.id('claims') and kind = 'due_soon' limit 1;
select throws_ok(format('select detainerd.acknowledge(%L, %L, null)', alert_id, 'ice_here'), '55000', format('cannot acknowledge ''%s'': it is resolved or superseded', alert_id), 'one that is ' || what)
from (values ('steps', 'release_due', 'resolved'), ('steps', 'resolved', 'itself the word of the end'), ('faxing', 'release_due', 'superseded'), ('faxing', 'superseded', 'itself a stand-down')) v (number, kind, what)
join detainerd.alert a on a.stay_id = pg_temp.id(number) and a.kind = v.kind;

insert into detainerd.alert (alert_id, kind, occurrence, due_at, raised_at, severity) select k, k, 0, now(), now(), 'info' from unnest('{digest,daily_digest,test}'::text[]) k;
select throws_ok(format('select detainerd.acknowledge(%L, %L, null)', k, 'ice_here'), '55000', format('cannot acknowledge ''%s'': it lists alerts, or tells of nothing', k), 'a ' || k)
from unnest('{digest,daily_digest,test}'::text[]) k;

-- ---- reminders that time has overtaken ----------------------------------------------------------------------------------------------

select pg_temp.person('behind', clock_timestamp() - interval '47 hours 30 minutes') \g /dev/null
select pg_temp.release_of('behind') as release \gset
select pg_temp.raise(clock_timestamp()) \g /dev/null
select is(pg_temp.told('behind', 'due_soon'), 'first due +00:00:00', 'a reminder, and nobody can be reached');
select is(pg_temp.taken('behind', :'release'), 'none', 'at the instant it is not given any more');
select is(pg_temp.told('behind', 'due_soon'), 'first cancelled', 'it is cancelled');
select pg_temp.raise(:'release'::timestamptz + make_interval(mins => n * 30)) from generate_series(0, 4) n \g /dev/null
select is(pg_temp.told('behind', 'overdue'), 'first due +00:00:00, first due +00:00:00, first due +00:00:00, first due +00:00:00', 'a receiver could not be reached for hours');
select is(pg_temp.taken('behind', :'release'::timestamptz + interval '2 hours 1 minute', 'first'), 'overdue first, release_due first', 'then it is told the latest once');
select pg_temp.settle('accepted') \g /dev/null
select is(count(*) filter (where state = 'cancelled') || ' ' || count(*) filter (where state = 'delivered'), '3 1', 'what the latest says too is cancelled')
from detainerd.delivery join detainerd.alert using (alert_id) where stay_id = pg_temp.id('behind') and kind = 'overdue';

-- ---- after a day: when shifts change ----------------------------------------------------------------------------------------------------

select results_eq($$ select to_char(at at time zone 'America/New_York', 'MM-DD HH24:MI') from detainerd.shift_changes('2026-03-07 17:00Z', '2026-03-08 00:00Z', 'America/New_York', '{06:00,14:00,22:00}') order by at limit 7 $$,
	$$ values ('03-07 14:00'), ('03-07 22:00'), ('03-08 06:00'), ('03-08 14:00'), ('03-08 22:00'), ('03-09 06:00'), ('03-09 14:00') $$, 'the night that loses an hour');
select results_eq($$ select to_char(at at time zone 'America/New_York', 'MM-DD HH24:MI') from detainerd.shift_changes('2026-10-31 16:00Z', '2026-11-01 05:30Z', 'America/New_York', '{14:00,22:00,01:30}') order by at limit 4 $$,
	$$ values ('10-31 14:00'), ('10-31 22:00'), ('11-01 01:30'), ('11-01 14:00') $$, 'the night that has an hour twice: once');
select is(count(distinct at), 3::bigint, 'no times, no eight hours lost') from (select at from detainerd.shift_changes('2026-07-01 00:00Z', '2026-07-01 00:00Z', 'UTC', '{}') where at < '2026-07-02 00:00Z') s;

-- day, counted from the first one, and hour in New York
create function pg_temp.overdue_until(number text, until timestamptz, first date) returns text[] language plpgsql as $$
declare
	at timestamptz;
	found text[] := '{}';
begin
	loop
		select next_due_at into at from detainerd.hold where stay_id = pg_temp.id(number);
		exit when at is null or at > until;
		if pg_temp.raise(at - interval '1 microsecond') + pg_temp.raise(at) > 0 then
			found := found || ((at at time zone 'America/New_York')::date - first || to_char(at at time zone 'America/New_York', ' HH24:MI'));
		end if;
	end loop;
	return found;
end
$$;
select pg_temp.person('for days', pg_temp.new_york(:'spring'::date - 4, '18:00')) \g /dev/null
select pg_temp.raise(pg_temp.new_york(:'spring'::date - 1, '18:00')) \g /dev/null
select is(pg_temp.overdue_until('for days', pg_temp.new_york(:'spring'::date + 1, '23:00'), :'spring'),
	'{"-1 22:00","0 06:00","0 14:00","0 22:00","1 06:00","1 14:00","1 22:00"}', 'after a day of half hours, at changes of shift, through the night that loses an hour');
update detainerd.facility set shift_changes = '{19:00,07:00}' where code = 'TEST';
select pg_temp.raise(pg_temp.new_york(:'spring'::date + 1, '23:01')) \g /dev/null
select is(pg_temp.overdue_until('for days', pg_temp.new_york(:'spring'::date + 3, '23:00'), :'spring'), '{"2 07:00","2 19:00","3 07:00","3 19:00"}', 'shifts that change at other times, and less often, lose no reminder');
update detainerd.facility set shift_changes = null where code = 'TEST';
select pg_temp.raise(pg_temp.new_york(:'spring'::date + 3, '23:01')) \g /dev/null
select is(pg_temp.overdue_until('for days', pg_temp.new_york(:'spring'::date + 4, '23:00'), :'spring'), '{"4 07:00","4 14:00","4 22:00"}', 'nobody said when: every eight hours, from the next look on');
select is_empty($$ select occurrence from detainerd.alert where stay_id = pg_temp.id('for days') and kind = 'overdue' group by 1 having count(*) > 1 $$, 'each has its own number');

-- ---- numbers ------------------------------------------------------------------------------------------------------------------------------

select is_empty('select * from detainerd.hold_drift', 'what is stored is what is judged');
select * from finish();
rollback;
