-- SPDX-License-Identifier: MIT
-- What a message is told by claim(): codes, instants and sections; nothing that somebody wrote about a person.

begin;
\ir include/people.sql
\ir include/telling.sql
select plan(13);
update detainerd.route set enabled = false;
insert into detainerd.route (receiver) values ('desk');
insert into detainerd.daemon (daemon, receivers, seen_at) values ('d1', '{desk}', 'infinity');

select pg_temp.person('kept', now() - interval '50 hours'), pg_temp.person('free text', now() - interval '50 hours'), pg_temp.person('moved', now() - interval '50 hours'),
	pg_temp.person('unknown', now() - interval '50 hours'), pg_temp.person('later', now() - interval '40 hours'), pg_temp.person('gone', now() - interval '50 hours') \g /dev/null
select pg_temp.raise(clock_timestamp()) \g /dev/null
create temporary table first as select * from detainerd.claim('d1', '{desk}', 1000, '1 hour');
select settled > 0 as told from (select pg_temp.settle('accepted') as settled) s \gset
select ok(:'told', 'everybody has been told');
select isnt((select count(*) from first where kind = 'release_due'), 0::bigint, 'of releases');
select is(count(*), 0::bigint, 'none with another authority on file') from first where other_authority is not null;

-- what holds now, in codes: their words stand in the program
insert into detainerd.custody_basis (booking_id, kind, agency, began_at, evidence, reference) values
	(pg_temp.id('kept'), 'us_marshals', 'Marshals', now() - interval '60 hours', 'copy', '1'),
	(pg_temp.id('free text'), 'warrant of Maria Lopez', 'Other County', now() - interval '60 hours', 'copy', '1'),
	(pg_temp.id('free text'), 'sentence', 'Other County', now() - interval '60 hours', 'copy', '2');
update detainerd.booking set release_eligible_at = now() - interval '20 hours' where booking_id = pg_temp.id('moved');
update detainerd.booking set release_eligible_at = null where booking_id = pg_temp.id('unknown');
update detainerd.detainer set rescinded_at = now() - interval '2 hours' where booking_id = pg_temp.id('later');
update detainerd.booking set custody_ended_at = now() - interval '1 hour', custody_outcome = 'went home with Maria Lopez' where booking_id = pg_temp.id('gone');
select pg_temp.raise(clock_timestamp()) \g /dev/null
create temporary table then_said as select * from detainerd.claim('d1', '{desk}', 1000, '1 hour');
select is(stands, 'kept', 'kept by others') from then_said where kind = 'superseded' and booking_number = 'kept';
select is(other_authority, 'us marshals', 'by whom, by kind') from then_said where kind = 'superseded' and booking_number = 'kept';
select is(other_authority, 'other, sentence', 'what somebody wrote in place of a kind is not told') from then_said where kind = 'superseded' and booking_number = 'free text';
select ok(stands like 'ends 20__-__-__ __:__ E_T', 'an end that lies ahead') from then_said where kind = 'superseded' and booking_number = 'moved';
select is(stands, 'start_unknown', 'no end, for nobody said when the clock starts') from then_said where kind = 'superseded' and booking_number = 'unknown';
select ok(stands like 'ended 20__-__-__ __:__ E_T', 'an end that has passed') from then_said where kind = 'superseded' and booking_number = 'later';
select is((select count(*) from then_said where kind = 'custody_unclear' and booking_number = 'gone'), 1::bigint, 'gone nobody knows where');
select is(reason, null, 'and what somebody wrote of that is not told') from then_said where kind = 'custody_unclear' and booking_number = 'gone';
select is(count(*), 0::bigint, 'nowhere') from then_said t where t::text ~ 'Lopez';
update detainerd.booking set custody_outcome = 'hospital' where booking_id = pg_temp.id('gone');
select is((select reason from detainerd.alert where kind = 'custody_unclear' and booking_id = pg_temp.id('gone')), 'went home with Maria Lopez', 'who may read the facts, reads it in the log');

select * from finish();
rollback;
