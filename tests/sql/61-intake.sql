-- SPDX-License-Identifier: MIT
-- The intake views: facts by facility code and booking number, each statement one import, all of it or nothing.

begin;
\ir include/people.sql
set local client_min_messages to warning;
select plan(30);

create function pg_temp.stored(number text) returns text language sql stable as $$
	select concat_ws(' ', to_char(booked_at at time zone 'UTC', 'MM-DD HH24:MI'), to_char(custody_ended_at at time zone 'UTC', 'MM-DD HH24:MI'), custody_outcome)
	  from detainerd.booking where booking_number = number
$$;
grant execute on all functions in schema pg_temp to public;

-- ---- rights ------------------------------------------------------------------------------------------------------------

select set_eq($$ select c.relname::text, r.rolname::text from pg_class c, pg_roles r where c.relnamespace = 'detainerd'::regnamespace and c.relname like 'intake\_%'
	and c.relkind = 'v' and r.rolname like 'detainerd\_%' and has_table_privilege(r.oid, c.oid, 'select') and has_table_privilege(r.oid, c.oid, 'insert')
	and has_table_privilege(r.oid, c.oid, 'update') and not r.rolcanlogin and not r.rolsuper $$,
	$$ select 'intake_' || kind, 'detainerd_intake'::text as role from unnest('{booking,basis,detainer,finding,interview,duty}'::text[]) kind $$, 'intake reads and writes the six views, and no other role does');
select is_empty($$ select c.relname, r.rolname from pg_class c, pg_roles r where c.relnamespace = 'detainerd'::regnamespace and c.relname like 'intake\_%' and c.relkind = 'v'
	and (r.rolname in ('detainerd_reviewer', 'detainerd_counsel', 'detainerd_admin', 'detainerd_daemon') and has_table_privilege(r.oid, c.oid, 'select, insert, update')
	     or r.rolname like 'detainerd\_%' and not r.rolsuper and has_table_privilege(r.oid, c.oid, 'delete')) $$, 'nobody else sees them, and nobody deletes by them');
select is_empty($$ select c.relname, k.name from detainerd.import_columns() k join pg_class c on c.relnamespace = 'detainerd'::regnamespace and c.relname = 'intake_' || k.kind
	where k.name not in ('found_by', 'continues_booking_id', 'merged_into_id')
	and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = k.name) $$, 'a view has the columns of its files, but our ids and who found it');

set local role detainerd_intake;

-- ---- an insert ---------------------------------------------------------------------------------------------------------

-- child before parent, with a link to what stands later in the set
select lives_ok($$ insert into detainerd.intake_detainer (facility, booking_number, reference, form, received_at, served_at)
	values ('TEST', 'V2', 'D1', 'I-247A', now() - interval '90 hours', now() - interval '89 hours') $$, 'a detainer before its booking');
select is_empty($$ select from detainerd.intake_detainer where booking_number = 'V2' $$, 'waits');
select lives_ok($$ insert into detainerd.intake_booking (facility, booking_number, booked_at, continues_booking_number)
	values ('TEST', 'V2', '2026-01-02 12:00Z', 'V1'), ('TEST', 'V1', '2026-01-01 12:00Z', null), ('BARE', 'V1b', '2026-01-01 12:00Z', null) $$, 'three bookings, one statement');
select is(form, 'I-247A', 'what waited has joined') from detainerd.intake_detainer where booking_number = 'V2';
select is(continues_booking_number || ' ' || continues_booking_facility, 'V1 TEST', 'a link is read as it was written') from detainerd.intake_booking where booking_number = 'V2';
select is(count(*), 1::bigint, 'and judged: one stay, one hold') from detainerd.hold where booking_id in (pg_temp.id('V1'), pg_temp.id('V2'));
select lives_ok($$ insert into detainerd.intake_booking (facility, booking_number, custody_outcome) values ('TEST', 'V1', 'hospital') $$, 'an insert of one that is there');
select is(pg_temp.stored('V1'), '01-01 12:00 hospital', 'corrects it, and a null erases nothing');

-- two views in one statement: neither loses its rows
with b as (insert into detainerd.intake_booking (facility, booking_number, booked_at) values ('TEST', 'V3', '2026-01-03 12:00Z')),
d as (insert into detainerd.intake_detainer (facility, booking_number, reference, form) values ('TEST', 'V3', 'D1', 'I-247A'))
insert into detainerd.intake_finding (facility, booking_number, reference, ground, evidence) values ('TEST', 'V3', 'F1', 'conv_felony_any', 'certified copy');
select is(d.form || ' ' || f.ground, 'I-247A conv_felony_any', 'three views in one statement')
from detainerd.intake_detainer d join detainerd.intake_finding f using (facility, booking_number) where booking_number = 'V3';
select is(found_by, session_user::text, 'who found it is who writes it') from detainerd.finding where booking_id = pg_temp.id('V3');
select lives_ok($$ insert into detainerd.intake_basis (facility, booking_number, reference, kind, began_at) values ('TEST', 'V3', 'B1', 'local_charge', '2026-01-03 12:00Z') $$, 'a basis');
select lives_ok($$ insert into detainerd.intake_interview (facility, booking_number, reference, consent) values ('TEST', 'V3', 'I1', 'given') $$, 'an interview');

-- ---- an update ---------------------------------------------------------------------------------------------------------

update detainerd.intake_booking set custody_ended_at = booked_at + interval '1 day', custody_outcome = 'released' where booking_number in ('V1b', 'V3');
select is(pg_temp.stored('V3') || ', ' || pg_temp.stored('V1b'), '01-03 12:00 01-04 12:00 released, 01-01 12:00 01-02 12:00 released', 'an update of several');
update detainerd.intake_booking set custody_ended_at = null, custody_outcome = null where booking_number = 'V3';
select is(pg_temp.stored('V3'), '01-03 12:00', 'a null takes a value back');
update detainerd.intake_booking set booked_at = '2026-01-02 13:00Z' where booking_number = 'V2';
select is(continues_booking_number, 'V1', 'a link that is not spoken of stays') from detainerd.intake_booking where booking_number = 'V2';
update detainerd.intake_booking set continues_booking_number = null where booking_number = 'V2';
select is(continues_booking_number, null, 'and is taken back') from detainerd.intake_booking where booking_number = 'V2';
insert into detainerd.interview (booking_id, consent) values (pg_temp.id('V1'), 'given');
update detainerd.intake_interview set consent = 'declined' where booking_number = 'V1';
select is(reference ~ '^#\d+$' and consent = 'declined', true, 'what came without a sender''s id has one, and is corrected by it') from detainerd.intake_interview where booking_number = 'V1';

-- ---- refusals: all of it or nothing --------------------------------------------------------------------------------------

select throws_ok($$ insert into detainerd.intake_booking (facility, booking_number, booked_at) values ('TEST', 'W1', now()), ('NOWHERE', 'W2', now()) $$,
	'22023', 'cannot record booking ''W2'': facility: there is no facility ''NOWHERE''', 'an unknown facility is named');
select is(pg_temp.id('W1'), null, 'and the good row beside it is not stored alone');
select throws_ok($$ insert into detainerd.intake_detainer (facility, booking_number, form) values ('TEST', 'V1', 'I-247A') $$,
	'22023', 'cannot record the detainer of booking ''V1'': reference: no reference is given', 'without the sender''s id a detainer could not be corrected');
select throws_ok($$ update detainerd.intake_booking set booking_number = 'V9' where booking_number = 'V1' $$, '22023', 'cannot rename a booking of booking ''V1''', 'a key is not changed');
select throws_ok($$ update detainerd.intake_finding set ground = 'conv_felony_class' where booking_number = 'V3' $$, '42501',
	'cannot record the finding of booking ''V3'': ground: ' || current_user || ' may not change what is recorded', 'intake does not turn one ground into another');
select throws_ok($$ delete from detainerd.intake_booking $$, '55000', null, 'nothing is deleted');
select is(pg_temp.stored('V1'), '01-01 12:00 hospital', 'nothing of it was written');
select lives_ok($$ insert into detainerd.intake_booking (facility, booking_number) values ('TEST', 'W3') $$, 'a refusal leaves nothing that the next statement would trip over');

reset role;
set local role detainerd_reviewer;
select throws_ok($$ insert into detainerd.intake_booking (facility, booking_number) values ('TEST', 'W4') $$, '42501', null, 'a reviewer writes none');
reset role;
select is_empty('select from detainerd.hold_drift', 'no hold drifts');
select finish();
rollback;
