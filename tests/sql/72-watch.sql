-- SPDX-License-Identifier: MIT
-- Who watches the watcher: each trouble is told once, and once more when it is mended.  Each look is twenty seconds or more after the one before.

begin;
\ir include/people.sql
\ir include/telling.sql
select plan(76);
insert into detainerd.watch_turn (watched_at, drift_after) values ('-infinity', 0);
update detainerd.facility set facts_max_age = null where code in ('TEST', 'BARE');
update detainerd.route set enabled = false;
insert into detainerd.route (receiver, kinds) values ('desk', null), ('chief', '{monitor_degraded,facts_stale}');
insert into detainerd.daemon (daemon, receivers, seen_at) values ('d1', '{desk,chief}', 'infinity');

-- What a look at an instant says of detainerd and its facts: kind and reason, or the reason that is mended.
create function pg_temp.look(as_of timestamptz) returns text language plpgsql as $$
begin
	perform pg_temp.raise(as_of);
	return coalesce((select string_agg(kind || ' ' || coalesce(reason, ''), ', ' order by kind, reason) from detainerd.alert
		where raised_at = as_of and stay_id is null and kind in ('monitor_degraded', 'facts_stale', 'resolved')), 'nothing');
end
$$;
create function pg_temp.secs(n int) returns timestamptz language sql as $$ select now() + make_interval(secs => n) $$;

select is(pg_temp.look(pg_temp.secs(0)), 'nothing', 'all is well');

-- ---- undelivered ---------------------------------------------------------------------------------------------------------

select pg_temp.person('waits', now() - interval '48 hours' + interval '20 seconds') \g /dev/null
select is(pg_temp.look(pg_temp.secs(20)), 'nothing', 'an alert is due at this moment');
select is(pg_temp.look(pg_temp.secs(79)), 'nothing', 'undelivered for 59 seconds: nothing yet');
select is(pg_temp.look(pg_temp.secs(100)), 'monitor_degraded undelivered: desk', 'for more than a minute: told');
select is(pg_temp.look(pg_temp.secs(120)), 'nothing', 'once');
select is(array_agg(receiver order by receiver), '{chief,desk}', 'to who asks for it, and through the receiver itself') from detainerd.delivery join detainerd.alert using (alert_id) where kind = 'monitor_degraded';
select is(since, pg_temp.secs(20), 'since when it was due') from detainerd.watch where condition = 'undelivered' and subject = 'desk';
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where receiver = 'chief' and state = 'due';
select is(pg_temp.look(pg_temp.secs(140)), 'nothing', 'it waits still');
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where receiver = 'desk' and state = 'due' and alert_id in (select alert_id from detainerd.alert where stay_id is not null);
select is(pg_temp.look(pg_temp.secs(150)), 'nothing', 'its own alert waits to be told through it');
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where state = 'due';
select is(pg_temp.look(pg_temp.secs(160)), 'resolved undelivered: desk', 'delivered: said once');
select is(pg_temp.look(pg_temp.secs(180)), 'nothing', 'and no more');
select is(array_agg(d.receiver || ' ' || e.event order by d.receiver), '{"chief resolved","desk resolved"}', 'to everybody who was told') from detainerd.alert a join detainerd.alert_event e on e.by_alert = a.alert_id
join detainerd.delivery d on d.alert_id = a.alert_id where a.kind = 'resolved' and a.stay_id is null;
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where state = 'due';

-- what was told of nobody is resolved to nobody; what is put off is not undelivered
select detainerd.acknowledge(alert_id, 'ice_here', null) from detainerd.alert where stay_id = pg_temp.id('waits') and kind = 'release_due' \g /dev/null
insert into detainerd.delivery (alert_id, route_id, receiver, due_at, first_due_at, reminder)
select a.alert_id, ro.route_id, 'third', now() + interval '2 hours', now() + interval '2 hours', true from detainerd.alert a, detainerd.route ro where a.stay_id = pg_temp.id('waits') and kind = 'release_due' and ro.receiver = 'desk' and ro.enabled;
select is(pg_temp.look(pg_temp.secs(400)), 'nothing', 'a reminder that somebody put off is not undelivered');

-- two receivers cannot be reached since the same moment; it is seen of one, then of the other
insert into detainerd.delivery (alert_id, route_id, receiver, state, attempts, due_at, first_due_at, leased_by, lease_until)
select a.alert_id, ro.route_id, r.receiver, 'leased', 1, pg_temp.secs(400), pg_temp.secs(400), 'd1', pg_temp.secs(r.secs)
from detainerd.alert a, detainerd.route ro, (values ('one', 500), ('two', 5000)) r (receiver, secs) where a.stay_id = pg_temp.id('waits') and a.kind = 'release_due' and ro.receiver = 'desk' and ro.enabled;
select is(pg_temp.look(pg_temp.secs(480)), 'monitor_degraded undelivered: one', 'one of them');
update detainerd.delivery set lease_until = pg_temp.secs(500) where receiver = 'two';
select is(pg_temp.look(pg_temp.secs(500)), 'monitor_degraded undelivered: two', 'and the other, of the same moment: neither hides the other');
update detainerd.delivery set state = 'delivered', delivered_at = now() where state in ('due', 'leased');
select is(pg_temp.look(pg_temp.secs(520)), 'resolved undelivered: one, resolved undelivered: two', 'both are mended');
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where state = 'due';

-- ---- a receiver fails -----------------------------------------------------------------------------------------------------------

create function pg_temp.tries(outcomes text[]) returns void language plpgsql as $$
declare
	outcome text;
begin
	foreach outcome in array outcomes loop
		update detainerd.delivery set state = 'leased', attempts = attempts + 1, leased_by = 'd1', lease_until = now() + interval '1 hour', first_due_at = now() + interval '1 year'
		where receiver = 'desk' and alert_id = (select alert_id from detainerd.alert where stay_id = pg_temp.id('waits') and kind = 'release_due');
		perform pg_temp.settle(outcome, case when outcome = 'accepted' then 0 else 1000 end);
	end loop;
end
$$;
select pg_temp.tries('{refused,timeout,unreachable,misconfigured}') \g /dev/null
select is(pg_temp.look(pg_temp.secs(540)), 'nothing', 'four failures running: nothing yet');
select pg_temp.tries('{refused}') \g /dev/null
select is(pg_temp.look(pg_temp.secs(560)), 'monitor_degraded receiver_failing: desk', 'five: told');
select pg_temp.tries('{refused,refused}') \g /dev/null
select is(pg_temp.look(pg_temp.secs(580)), 'nothing', 'once');
select pg_temp.tries('{accepted}') \g /dev/null
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where state = 'due';
select is(pg_temp.look(pg_temp.secs(600)), 'resolved receiver_failing: desk', 'one accepted: mended');
select pg_temp.tries('{refused,refused,refused,refused,accepted,refused,refused,refused,refused}') \g /dev/null
select is(pg_temp.look(pg_temp.secs(620)), 'nothing', 'running means without one accepted between');
select pg_temp.tries('{accepted}') \g /dev/null
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where state = 'due';
select pg_temp.tries('{refused,refused,refused,refused,refused}') \g /dev/null
update detainerd.route set enabled = false where receiver = 'desk';
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where state in ('due', 'leased');
select is(pg_temp.look(pg_temp.secs(630)), 'nothing', 'one that no route names and nothing waits for fails nobody');
update detainerd.route set enabled = true where receiver = 'desk' and facility_id is null;
select pg_temp.tries('{accepted}') \g /dev/null
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where state = 'due';

-- ---- no daemon has a receiver ---------------------------------------------------------------------------------------------------------

insert into detainerd.route (receiver, enabled) values ('siren', true), ('fax', true), ('drawer', false);
select is(pg_temp.look(pg_temp.secs(640)), 'monitor_degraded receiver_missing: fax, monitor_degraded receiver_missing: siren', 'a route to nowhere is told, each');
select is((select array_agg(receivers[1] order by receivers[1]) from detainerd.daemon_status where daemon is null), '{fax,siren}', 'and daemon_status shows it');
select is(pg_temp.look(pg_temp.secs(660)), 'nothing', 'once');
insert into detainerd.daemon (daemon, receivers, seen_at) values ('d2', '{siren}', pg_temp.secs(670));
update detainerd.route set enabled = false where receiver = 'fax';
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where state = 'due';
select is(pg_temp.look(pg_temp.secs(680)), 'resolved receiver_missing: fax, resolved receiver_missing: siren', 'a daemon has it, the other route is switched off: mended');
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where state = 'due';
select is(pg_temp.look(pg_temp.secs(720)), 'nothing', 'a daemon silent for fifty seconds is still there');
select is(pg_temp.look(pg_temp.secs(740)), 'monitor_degraded receiver_missing: siren', 'one silent for more than a minute is not');
update detainerd.route set enabled = false where receiver = 'siren';
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where state = 'due';
select pg_temp.look(pg_temp.secs(760)) \g /dev/null
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where state = 'due';

-- ---- where every route names a facility -----------------------------------------------------------------------------------------------

update detainerd.route set facility_id = (select facility_id from detainerd.facility where code = 'TEST') where enabled;
select is((select array_agg(receiver order by receiver) from detainerd.routes_for(null, 'monitor_degraded')), '{chief}', 'what is about no facility goes to who asks for it by name');
update detainerd.route set enabled = false where receiver = 'chief';
select is((select array_agg(receiver order by receiver) from detainerd.routes_for(null, 'monitor_degraded')), '{desk}', 'and where nobody does, to everybody: it never goes to nobody');
update detainerd.route set enabled = true where receiver = 'chief';
select is((select array_agg(receiver order by receiver) from detainerd.routes_for((select facility_id from detainerd.facility where code = 'BARE'), 'facts_stale')), null, 'what is about another facility does not go there');

-- ---- what is stored is not what is judged ------------------------------------------------------------------------------------------------

-- they are recomputed a few at a time, round after round: two looks see this one
create function pg_temp.looks(one timestamptz, two timestamptz) returns text language sql as $$
	select coalesce(string_agg(l, ', '), 'nothing') from unnest(array[pg_temp.look(one), pg_temp.look(two)]) l where l <> 'nothing'
$$;
update detainerd.hold set release_at = release_at + interval '1 hour' where stay_id = pg_temp.id('waits');
select is(pg_temp.looks(pg_temp.secs(780), pg_temp.secs(800)), 'monitor_degraded hold_drift: stay ' || pg_temp.id('waits'), 'a hold that differs from its judgement is told');
select is(pg_temp.looks(pg_temp.secs(820), pg_temp.secs(840)), 'nothing', 'once');
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where state = 'due';
update detainerd.hold set release_at = release_at - interval '1 hour' where stay_id = pg_temp.id('waits');
select is(pg_temp.looks(pg_temp.secs(860), pg_temp.secs(880)), 'resolved hold_drift: stay ' || pg_temp.id('waits'), 'and when it is put right');
update detainerd.hold set release_at = release_at + interval '1 hour' where stay_id = pg_temp.id('waits');
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where state = 'due';
select is(pg_temp.looks(pg_temp.secs(900), pg_temp.secs(920)), 'monitor_degraded hold_drift: stay ' || pg_temp.id('waits'), 'a second time too');
update detainerd.hold set release_at = release_at - interval '1 hour' where stay_id = pg_temp.id('waits');
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where state = 'due';
select pg_temp.looks(pg_temp.secs(940), pg_temp.secs(960)) \g /dev/null
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where state = 'due';

-- many at once, each judged at an instant of its own; not what time has overtaken, which is judged again
create function pg_temp.drift(as_of timestamptz) returns text language sql as $$
	select string_agg(subject, ', ') from detainerd.troubles(as_of, array(select stay_id from detainerd.hold)) where condition = 'hold_drift'
$$;
select pg_temp.person('waits too', now() + interval '30 days') \g /dev/null
select is(pg_temp.drift(pg_temp.secs(970)), null, 'of several none differs, also of those judged long before');
update detainerd.hold set allowed = not allowed, changes_at = pg_temp.secs(965) where stay_id = pg_temp.id('waits');
select is(pg_temp.drift(pg_temp.secs(970)), null, 'what is to be judged again is no trouble');
update detainerd.hold set changes_at = pg_temp.secs(975) where stay_id = pg_temp.id('waits');
select is(pg_temp.drift(pg_temp.secs(970)), 'stay ' || pg_temp.id('waits'), 'until then it is');
select detainerd.rejudge(array[pg_temp.id('waits')], pg_temp.secs(970)) \g /dev/null

-- ---- the feed of facts ---------------------------------------------------------------------------------------------------------------------

update detainerd.facility set facts_max_age = '60 minutes' where code = 'TEST';
select is(pg_temp.look(pg_temp.secs(3590)), 'nothing', 'no fact for an hour less ten seconds');
select is(pg_temp.look(pg_temp.secs(3680)), 'facts_stale facts_stale: TEST', 'for an hour: told');
select is(code, 'TEST', 'of that facility') from detainerd.alert join detainerd.facility using (facility_id) where kind = 'facts_stale';
select is(pg_temp.look(pg_temp.secs(3700)), 'nothing', 'once');
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where state = 'due';
update detainerd.facility set facts_max_age = '90 minutes' where code = 'TEST';
select is(pg_temp.look(pg_temp.secs(3760)), 'resolved facts_stale: TEST', 'mended');
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where state = 'due';
update detainerd.facility set facts_max_age = '60 minutes' where code = 'TEST';
update detainerd.feed set seen_at = now() - interval '2 hours';
select is(pg_temp.look(pg_temp.secs(0)), 'facts_stale facts_stale: TEST', 'again, two hours old');
select ok(detainerd.intake_heartbeat('TEST') between now() and clock_timestamp(), 'the intake says that it lives, though it has nothing to write');
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where state = 'due';
select is(pg_temp.look(pg_temp.secs(30)), 'resolved facts_stale: TEST', 'that mends it');
select is(count(*), 0::bigint, 'and leaves no marks behind') from detainerd.feed_mark;
update detainerd.feed set seen_at = now() - interval '2 hours';
update detainerd.booking set fingerprints_sent_at = now() where booking_id = pg_temp.id('waits');
select is(pg_temp.look(pg_temp.secs(90)), 'nothing', 'so does any fact that is written');
select throws_ok($$ select detainerd.intake_heartbeat('NOWHERE') $$, 'P0002', 'cannot note a heartbeat: there is no facility ''NOWHERE''', 'of an unknown facility: one clear line');
update detainerd.facility set facts_max_age = null where code = 'TEST';
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where state = 'due';

-- listed in a digest that still gathers when it is mended: nobody has heard of it, and nobody does
update detainerd.setting set value = '0' where name = 'bulk_above';
update detainerd.daemon set receivers = '{desk,chief}', digest_above = '{0,0}', seen_at = 'infinity' where daemon = 'd1';
update detainerd.facility set facts_max_age = '60 minutes' where code = 'TEST';
update detainerd.feed set seen_at = now() - interval '2 hours';
select is(pg_temp.look(pg_temp.secs(120)), 'facts_stale facts_stale: TEST', 'the feed stops');
select is(array_agg(distinct d.state), '{digested}', 'which a digest is to list') from detainerd.delivery d join detainerd.alert a using (alert_id) where a.kind = 'facts_stale' and a.raised_at = pg_temp.secs(120);
update detainerd.facility set facts_max_age = null where code = 'TEST';
select pg_temp.look(pg_temp.secs(150)) \g /dev/null
select is(array_agg(distinct d.state), '{cancelled}', 'mended before it was sent: it is not listed, and nothing of it is left waiting') from detainerd.delivery d join detainerd.alert a using (alert_id)
where a.kind = 'facts_stale' and a.raised_at = pg_temp.secs(120);
update detainerd.setting set value = '1000000' where name = 'bulk_above';
update detainerd.daemon set digest_above = null where daemon = 'd1';
update detainerd.delivery set state = 'delivered', attempts = 1, delivered_at = now() where state = 'due';

-- ---- every morning -------------------------------------------------------------------------------------------------------------------------

insert into detainerd.facility (code, name, jurisdiction, time_zone, facts_max_age) values ('WEST', 'West Jail', 'US-TEST-COUNTY', 'America/Los_Angeles', null);
insert into detainerd.booking (facility_id, booking_number, booked_at) select facility_id, 'no start', now() - interval '3 days' from detainerd.facility where code = 'WEST';
insert into detainerd.detainer (booking_id, form, received_at, served_at) select booking_id, 'I-247A', now() - interval '2 days', now() - interval '2 days' from detainerd.booking where booking_number = 'no start';
create function pg_temp.daily(as_of timestamptz) returns text language plpgsql as $$
begin
	perform pg_temp.raise(as_of);
	return coalesce((select string_agg(f.code || ' ' || to_char(a.due_at at time zone f.time_zone, 'HH24:MI'), ', ' order by f.code) from detainerd.alert a join detainerd.facility f using (facility_id)
		where a.raised_at = as_of and a.kind = 'daily_digest'), 'none');
end
$$;
select is(pg_temp.daily(pg_temp.new_york(:'winter', '06:59:40')), 'none', 'twenty seconds before seven: no daily digest');
select is(pg_temp.daily(pg_temp.new_york(:'winter', '07:00')), 'TEST 07:00', 'at seven, where it is seven');
select is(pg_temp.daily(pg_temp.new_york(:'winter', '07:01')), 'none', 'once');
select is(pg_temp.daily(pg_temp.new_york(:'winter', '10:00:20')), 'WEST 07:00', 'three hours later where it is seven then');
select is(pg_temp.daily(pg_temp.new_york(:'spring', '07:00')), 'TEST 07:00', 'on the day that loses an hour');
select is(pg_temp.daily(pg_temp.new_york(:'spring', '10:00')), 'WEST 07:00', 'there too');
select is(pg_temp.daily(pg_temp.new_york(:'autumn', '07:00')), 'TEST 07:00', 'on the day that has one twice');
select is(pg_temp.daily(pg_temp.new_york(:'autumn', '08:00')), 'none', 'once');
select is(pg_temp.daily(pg_temp.new_york(:'autumn'::date + 2, '20:00')), 'WEST 07:00', 'missed by more than twelve hours it waits for the next day');
update detainerd.facility set go_live_at = :'autumn'::date + 60 where code = 'WEST';
select is(pg_temp.daily(pg_temp.new_york(:'autumn'::date + 3, '10:30')), 'TEST 07:00', 'a facility that is not live has none');
select is((select array_agg(line) from detainerd.daily_lines((select facility_id from detainerd.facility where code = 'WEST'), now())), '{booking no start  START UNKNOWN}', 'it lists who is in custody with no start');
insert into detainerd.custody_basis (booking_id, kind, began_at) values ((select booking_id from detainerd.booking where booking_number = 'no start'), 'us_marshals', now() - interval '1 day');
select is((select array_agg(line) from detainerd.daily_lines((select facility_id from detainerd.facility where code = 'WEST'), now())), '{booking no start  OTHER AUTHORITY}', 'who is kept by another authority');
update detainerd.booking set release_eligible_at = now() - interval '1 day' where booking_number = 'no start';
update detainerd.custody_basis set kind = 'sentence', ended_at = null where booking_id = (select booking_id from detainerd.booking where booking_number = 'no start');
select is((select array_agg(line) from detainerd.daily_lines((select facility_id from detainerd.facility where code = 'WEST'), now())), '{booking no start  PAST RELEASE}', 'who was to go free while a sentence is open');
select is((select array_agg(line) from detainerd.daily_lines((select facility_id from detainerd.facility where code = 'TEST'), pg_temp.secs(86400 + 21))),
	array['booking waits  OVERDUE  ' || detainerd.local_text(pg_temp.release_of('waits'), 'America/New_York', 'YYYY-MM-DD HH24:MI TZ')], 'and who is overdue for more than a day');
update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_number in ('waits', 'waits too', 'no start');
select is(pg_temp.daily(pg_temp.new_york(:'autumn'::date + 4, '10:30')), 'none', 'nobody to list: none');

-- ---- law that is silent: counsel is asked once a day for a facility and rule ---------------------------------------------------------------

insert into detainerd.facility (code, name, jurisdiction, time_zone, facts_max_age) values ('BARE2', 'Another', 'US-BARE', 'America/New_York', null);
insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at)
select facility_id, code || ' ' || n, now() - interval '5 days', now() + interval '9 days' from detainerd.facility, generate_series(1, 4) n where code in ('BARE', 'BARE2');
insert into detainerd.detainer (booking_id, form, received_at, served_at, recorded_at)
select booking_id, 'I-247A', now() - interval '4 days', now() - interval '4 days', ((now() at time zone 'America/New_York')::date - right(booking_number, 1)::int / 3 + time '00:00:01') at time zone 'America/New_York'
	+ right(booking_number, 1)::int * interval '1 millisecond' from detainerd.booking where booking_number like 'BARE%';
select pg_temp.raise(clock_timestamp() + interval '1 day') \g /dev/null
select is(array_agg(f.code || ' ' || b.booking_number order by b.booking_number), '{"BARE BARE 1","BARE BARE 3","BARE2 BARE2 1","BARE2 BARE2 3"}', 'four arrive on two days at each of two jails: the first of each day')
from detainerd.alert a join detainerd.facility f using (facility_id) join detainerd.booking b using (booking_id) where a.kind = 'counsel_needed';

-- ---- a look that fails keeps back no release -------------------------------------------------------------------------------

select pg_temp.person('meanwhile', now() - interval '48 hours' + interval '3000010 seconds') \g /dev/null
select pg_get_functiondef('detainerd.gather_feed()'::regprocedure) as gather_feed \gset
create or replace function detainerd.gather_feed() returns void language sql as 'select 1 / 0';
set local client_min_messages = error;
select is(pg_temp.look(pg_temp.secs(3000020)), 'monitor_degraded not_watched: 22012', 'that a look failed is told');
select is((select count(*) from detainerd.alert where stay_id = pg_temp.id('meanwhile') and kind = 'release_due'), 1::bigint, 'beside the release that is due');
select is((select string_agg(distinct receiver, ' ' order by receiver) from detainerd.delivery join detainerd.alert using (alert_id) where reason = 'not_watched: 22012'), 'chief', 'to who asks for it');
select is(pg_temp.look(pg_temp.secs(3000040)), 'nothing', 'once');
update detainerd.daemon set seen_at = now() + interval '1 year';
:gather_feed;
select is(subject || ' ' || what, '22012 detainerd''s look after itself fails, with this error: what is listed here may be incomplete', 'it stands as a trouble') from detainerd.trouble where condition = 'not_watched';
select ok(pg_temp.look(pg_temp.secs(3000060)) like '%resolved not_watched: 22012%', 'until a look succeeds');
select is((select count(*) from detainerd.trouble where condition = 'not_watched'), 0::bigint, 'then it is gone');

-- ---- what the look costs -------------------------------------------------------------------------------------------------

set local track_functions = 'all';
-- as the planner is told in raise_due()
set local enable_seqscan = off;
set local enable_hashjoin = off;
set local enable_mergejoin = off;
set local enable_memoize = off;
set local enable_material = off;
select coalesce(sum(calls), 0) as before from pg_stat_xact_user_functions where schemaname = 'detainerd' and funcname = 'judge' \gset
select count(*) from detainerd.troubles(now(), array(select stay_id from detainerd.hold)) \g /dev/null
select is(sum(calls) - :before, 1::numeric, 'holds are recomputed in one call, not each time in one for all') from pg_stat_xact_user_functions where schemaname = 'detainerd' and funcname = 'judge';

select * from finish();
rollback;
