-- SPDX-License-Identifier: MIT
-- Never refuse a fact: what is odd is stored, read the way that frees sooner, and shown in fact_warning.  Only what
-- cannot be stored is refused.

begin;
\ir include/people.sql
select plan(69 + 6 * 15);

create function pg_temp.warned(number text) returns text language sql stable as $$
	select coalesce(string_agg(distinct code, ', ' order by code), 'nothing') from detainerd.fact_warning where booking_number = number
$$;

-- ---- nothing odd, nothing said -------------------------------------------------------------------------------------

select pg_temp.person('plain', date_trunc('hour', clock_timestamp()) + interval '3 days') \g /dev/null
select is(pg_temp.warned('plain'), 'nothing', 'plain facts raise no warning');

-- ---- what is odd -----------------------------------------------------------------------------------------------------

-- One person a row, plain but for one fact: a change to it, and words that the warning's code and message must carry.
create temporary table oddity (number text primary key, change text, code text, words text);
insert into oddity values
	('outcome', $$ update detainerd.booking set custody_ended_at = clock_timestamp() - interval '1 minute', custody_outcome = 'relased' where booking_id = %s $$, 'unknown_outcome', '%relased%'),
	('no outcome', $$ update detainerd.booking set custody_ended_at = clock_timestamp() - interval '1 minute' where booking_id = %s $$, 'outcome_missing', '%'),
	('no detail', $$ update detainerd.booking set custody_ended_at = clock_timestamp() - interval '1 minute', custody_outcome = 'other_agency' where booking_id = %s $$, 'outcome_detail_missing', '%other_agency%'),
	('in place', $$ update detainerd.booking set custody_ended_at = clock_timestamp() - interval '1 minute', custody_outcome = 'ice_custody_in_place', outcome_detail = ' ' where booking_id = %s $$, 'outcome_detail_missing', '%ice_custody_in_place%'),
	('ended early', $$ update detainerd.booking set custody_ended_at = booked_at - interval '1 year', custody_outcome = 'released' where booking_id = %s $$, 'ended_before_booked', '%'),
	('ends later', $$ update detainerd.booking set custody_ended_at = clock_timestamp() + interval '1 day', custody_outcome = 'released' where booking_id = %s $$, 'ends_in_the_future', '%'),
	('eligible early', $$ update detainerd.booking set release_eligible_at = booked_at - interval '1 hour' where booking_id = %s $$, 'eligible_before_booked', '%'),
	('open charge', $$ update detainerd.booking set release_eligible_at = clock_timestamp() - interval '1 hour' where booking_id = %1$s; insert into detainerd.custody_basis (booking_id, kind, began_at) values (%1$s, 'local_charge', clock_timestamp() - interval '90 hours') $$, 'open_basis_past_release', '%charge%'),
	('basis backwards', $$ insert into detainerd.custody_basis (booking_id, kind, began_at, ended_at) values (%s, 'parole', clock_timestamp(), clock_timestamp() - interval '1 hour') $$, 'basis_ends_before_it_begins', '%'),
	('basis of ICE', $$ insert into detainerd.custody_basis (booking_id, kind, agency, began_at) values (%s, 'other_agency', 'ICE ERO', clock_timestamp()) $$, 'basis_is_immigration', '%'),
	('basis on I-205', $$ insert into detainerd.custody_basis (booking_id, kind, evidence, began_at) values (%s, 'judicial_warrant', 'Form I-205', clock_timestamp()) $$, 'basis_is_immigration', '%'),
	('basis kind', $$ insert into detainerd.custody_basis (booking_id, kind, began_at, ended_at) values (%s, 'sentance', clock_timestamp() - interval '2 hours', clock_timestamp() - interval '1 hour') $$, 'unknown_basis', '%sentance%'),
	('form', $$ insert into detainerd.detainer (booking_id, form, received_at) values (%s, 'I-247Z', clock_timestamp()) $$, 'unknown_form', '%I-247Z%'),
	('no form', $$ insert into detainerd.detainer (booking_id, received_at) values (%s, clock_timestamp()) $$, 'unknown_form', '%'),
	('form too old', $$ insert into detainerd.detainer (booking_id, form, issued_on, received_at) values (%s, 'I-247', current_date, clock_timestamp()) $$, 'form_out_of_dates', '%I-247%'),
	('form too new', $$ update detainerd.detainer set issued_on = '2016-01-04' where booking_id = %s $$, 'form_out_of_dates', '%I-247A%'),
	('earlier stay', $$ update detainerd.detainer set issued_on = current_date - 40 where booking_id = %s $$, 'issued_for_earlier_stay', '%'),
	('rescinded early', $$ update detainerd.detainer set rescinded_at = received_at - interval '1 hour' where booking_id = %s $$, 'rescinded_before_received', '%'),
	('attached', $$ update detainerd.detainer set admin_warrant = 'I-999' where booking_id = %s $$, 'unknown_warrant', '%I-999%'),
	('ground', $$ update detainerd.finding set ground = 'conv_felny_any' where booking_id = %s $$, 'unknown_ground', '%conv_felny_any%'),
	('list', $$ update detainerd.finding set list_id = 'CT-2052' where booking_id = %s $$, 'unknown_list', '%CT-2052%'),
	('no evidence', $$ update detainerd.finding set evidence = '  ' where booking_id = %s $$, 'evidence_missing', '%'),
	('never found', $$ update detainerd.finding set found_at = null where booking_id = %s $$, 'never_found', '%'),
	('withdrawn early', $$ update detainerd.finding set withdrawn_at = found_at - interval '1 hour' where booking_id = %s $$, 'withdrawn_before_found', '%'),
	('warrant of ICE', $$ insert into detainerd.finding (booking_id, ground, issuer, case_number, evidence) values (%s, 'judicial_warrant', 'federal_judge', '1:26-mj-1', 'I-205 attached') $$, 'warrant_is_immigration', '%'),
	('federal warrant of ICE', $$ insert into detainerd.finding (booking_id, ground, evidence) values (%s, 'federal_criminal_warrant', 'I-200 attached') $$, 'warrant_is_immigration', '%'),
	('warrant unnumbered', $$ insert into detainerd.finding (booking_id, ground, issuer, evidence) values (%s, 'judicial_warrant', 'federal_judge', 'Hon. A. Judge, D. Conn.') $$, 'warrant_incomplete', '%'),
	('stale bond', $$ update detainerd.booking set release_eligible_at = clock_timestamp() - interval '1 hour' where booking_id = %1$s; insert into detainerd.finding (booking_id, ground, evidence) values (%1$s, 'pending_charge_no_bond', 'docket') $$, 'stale_bond_finding', '%'),
	('A-number', $$ update detainerd.finding set evidence = 'see file A 201 345 678' where booking_id = %s $$, 'number_in_free_text', '%'),
	('consent', $$ insert into detainerd.interview (booking_id, consent, started_at) values (%s, 'perhaps', clock_timestamp()) $$, 'unknown_consent', '%perhaps%');

select pg_temp.person(number, date_trunc('hour', clock_timestamp()) + interval '3 days') from oddity \g /dev/null
select lives_ok(format(change, pg_temp.id(number)), format('%s: it is stored', number)) from oddity order by number;
select ok(exists (select from detainerd.fact_warning w where w.booking_number = number and w.code = oddity.code and w.message like words
		and w.facility = 'TEST' and w.booking_id = pg_temp.id(number)),
	format('%s: shown as %s (got %s)', number, code, pg_temp.warned(number)))
from oddity order by number;

-- ---- read the way that frees sooner -----------------------------------------------------------------------------------

select is(ended_at, null, 'a mistyped outcome closes nothing') from detainerd.hold where booking_id = pg_temp.id('outcome');
select is(starts_at, booked_at, 'eligible before booked starts when booked') from detainerd.hold where booking_id = pg_temp.id('eligible early');
select is(reason, 'allowed', 'a basis of ICE keeps nobody') from detainerd.hold where booking_id = pg_temp.id('basis of ICE');
select ok(exists (select from detainerd.eligibility_unknown where booking_number = 'open charge'), 'an open charge past release is listed for somebody to look at');

-- ---- refused, and how to mend it ------------------------------------------------------------------------------------------

select throws_ok($$ insert into detainerd.facility (code, jurisdiction, time_zone) values ('X', 'US-CT', 'Foo5') $$, null, null, 'a zone that is none is refused, though PostgreSQL would read it');
select throws_ok($$ insert into detainerd.facility (code, jurisdiction, time_zone) values ('X', 'US-XX', 'America/New_York') $$, null, null, 'an unknown jurisdiction is refused');
select throws_ok($$ insert into detainerd.detainer (booking_id, form) values (-1, 'I-247A') $$, null, null, 'a detainer of no booking is refused');
select throws_ok($$ insert into detainerd.finding (booking_id, ground) values (-1, 'terror_match') $$, null, null, 'a finding of no booking is refused');

-- ---- an absurd time poisons nobody ------------------------------------------------------------------------------------------

-- Every instant of every fact in turn is as absurd as a timestamptz can be.  Such a time may be stored or refused; what
-- must not be is that it is stored and then nobody's alert is raised any more.
create function pg_temp.poison(fact text, instant text, value text) returns text language plpgsql as $$
declare
	id bigint;
begin
	id := pg_temp.person(format('%s.%s', fact, instant), clock_timestamp() + interval '1 day');
	insert into detainerd.custody_basis (booking_id, kind, began_at, ended_at) values (id, 'sentence', clock_timestamp(), clock_timestamp() + interval '2 hours');
	insert into detainerd.finding (booking_id, ground, found_at) values (id, 'us_citizen_claim', clock_timestamp());
	insert into detainerd.interview (booking_id, consent) values (id, 'given');
	update detainerd.booking set custody_outcome = 'released' where booking_id = id;
	begin
		execute format('update detainerd.%I set %I = %L where booking_id = %s', fact, instant, value, id);
	exception when others then
		raise exception using errcode = 'UE001';	-- refused: nothing to see
	end;
	perform detainerd.raise_due(clock_timestamp(), 1000);
	perform detainerd.raise_due(clock_timestamp() + interval '9 days', 1000);
	perform from detainerd.fact_warning where booking_id = id;
	perform from detainerd.overdue_hold;
	perform from detainerd.over_detention;
	perform from detainerd.due_soon;
	if exists (select from detainerd.hold_drift) then
		raise exception 'hold_drift is not empty';
	end if;
	raise exception using errcode = 'UE001';	-- all is well: undo it, so that the next stands alone
exception
	when sqlstate 'UE001' then
		return null;
	when others then
		return sqlerrm;
end
$$;
select is(pg_temp.poison(table_name, column_name, value), null, format('%s.%s of %s', table_name, column_name, value))
from information_schema.columns, unnest('{infinity,-infinity,294276-12-31 23:59:59Z,4714-11-24 00:00:00Z BC,0001-01-01 00:00:00Z,9999-12-31 23:59:59Z}'::text[]) value
where table_schema = 'detainerd' and table_name in ('booking', 'custody_basis', 'detainer', 'finding', 'interview')
	and data_type = 'timestamp with time zone' and column_name <> 'recorded_at'
order by table_name, column_name, value;

select * from finish();
rollback;
