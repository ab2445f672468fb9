-- SPDX-License-Identifier: MIT
-- The verdict stands when the INSERT returns, whatever the order of the facts; nothing recorded goes away.

begin;
\ir include/people.sql
select plan(56);

-- ---- readable in the same transaction ------------------------------------------------------------------------------

insert into detainerd.booking (facility_id, booking_number, booked_at)
select facility_id, 'verdict', '2026-03-02 09:00-05' from detainerd.facility where code = 'TEST';
select is_empty($$ select from detainerd.hold where booking_id = pg_temp.id('verdict') $$, 'without a detainer there is no hold');
insert into detainerd.detainer (booking_id, form, received_at, reference) values (pg_temp.id('verdict'), 'I-247A', '2026-03-02 10:00-05', 'd');
select results_eq($$ select reason, detail, allowed, starts_at, release_at from detainerd.hold where booking_id = pg_temp.id('verdict') $$,
	$$ values ('detainer_not_in_force', 'not_served', false, null::timestamptz, null::timestamptz) $$, 'a detainer: the next statement reads its hold');
update detainerd.detainer set served_at = '2026-03-02 11:00-05' where booking_id = pg_temp.id('verdict');
select results_eq($$ select reason, detail from detainerd.hold where booking_id = pg_temp.id('verdict') $$, $$ values ('hold_not_allowed', 'no_ground_met') $$, 'served');
insert into detainerd.finding (booking_id, ground, evidence, found_at) values (pg_temp.id('verdict'), 'conv_felony_any', 'certified copy', '2026-03-02 12:00-05');
select results_eq($$ select reason, detail, allowed from detainerd.hold where booking_id = pg_temp.id('verdict') $$, $$ values ('allowed', null::text, true) $$, 'a ground with evidence');
update detainerd.booking set release_eligible_at = '2026-03-05 09:00-05' where booking_id = pg_temp.id('verdict');
select results_eq($$ select starts_at, release_at from detainerd.hold where booking_id = pg_temp.id('verdict') $$,
	$$ values ('2026-03-05 09:00-05'::timestamptz, '2026-03-07 09:00-05'::timestamptz) $$, 'eligible: start and release');
insert into detainerd.custody_basis (booking_id, kind, began_at, reference) values (pg_temp.id('verdict'), 'sentence', '2026-03-05 08:00-05', 's');
select results_eq($$ select reason, release_at from detainerd.hold where booking_id = pg_temp.id('verdict') $$, $$ values ('held_on_other_authority', null::timestamptz) $$, 'a sentence');
update detainerd.custody_basis set kind = 'local_charge', ended_at = '2026-03-06 09:00-05' where booking_id = pg_temp.id('verdict');
select results_eq($$ select starts_at, release_at from detainerd.hold where booking_id = pg_temp.id('verdict') $$,
	$$ values ('2026-03-06 09:00-05'::timestamptz, '2026-03-08 10:00-04'::timestamptz) $$, 'that ended: 48 elapsed hours, over the change of clocks');
update detainerd.booking set custody_ended_at = '2026-03-07 09:00-05', custody_outcome = 'ice_custody' where booking_id = pg_temp.id('verdict');
select isnt(ended_at, null, 'a closing fact') from detainerd.hold where booking_id = pg_temp.id('verdict');
update detainerd.booking set custody_ended_at = null, custody_outcome = null where booking_id = pg_temp.id('verdict');
select is(ended_at, null, 'taken back') from detainerd.hold where booking_id = pg_temp.id('verdict');

-- ---- a stay is one hold ----------------------------------------------------------------------------------------------

insert into detainerd.booking (facility_id, booking_number, booked_at)
select facility_id, 'annex', '2026-03-07 10:00-05' from detainerd.facility where code = 'BARE';
insert into detainerd.detainer (booking_id, form, received_at) values (pg_temp.id('annex'), 'I-247', '2026-03-07 11:00-05');
select is(count(*), 2::bigint, 'two bookings, two holds') from detainerd.hold where booking_id in (pg_temp.id('verdict'), pg_temp.id('annex'));
update detainerd.booking set continues_booking_id = pg_temp.id('verdict') where booking_id = pg_temp.id('annex');
select results_eq($$ select booking_id, stay_id from detainerd.hold where stay_id in (pg_temp.id('verdict'), pg_temp.id('annex')) $$,
	$$ values (pg_temp.id('annex'), pg_temp.id('verdict')) $$, 'linked: one, of the latest booking, under the first one''s number');
select is(release_at, starts_at, 'and under the law of the latest: the state without any') from detainerd.hold where booking_id = pg_temp.id('annex');
update detainerd.booking set continues_booking_id = null where booking_id = pg_temp.id('annex');
select is(count(*), 2::bigint, 'unlinked: two again') from detainerd.hold where booking_id in (pg_temp.id('verdict'), pg_temp.id('annex'));
update detainerd.booking set continues_booking_id = pg_temp.id('annex') where booking_id = pg_temp.id('verdict');
update detainerd.booking set continues_booking_id = pg_temp.id('verdict') where booking_id = pg_temp.id('annex');
select is(count(*), 1::bigint, 'a ring of links ends') from detainerd.hold where stay_id in (pg_temp.id('verdict'), pg_temp.id('annex'));
update detainerd.booking set continues_booking_id = booking_id, merged_into_id = booking_id where booking_id = pg_temp.id('annex');
select is(count(*), 1::bigint, 'so does a booking that goes on from itself') from detainerd.hold where stay_id in (pg_temp.id('verdict'), pg_temp.id('annex'));
update detainerd.booking set continues_booking_id = null, merged_into_id = null where booking_id in (pg_temp.id('annex'), pg_temp.id('verdict'));

-- ---- any order, one by one or in bulk ---------------------------------------------------------------------------------

-- Six statements about one person, in every one of the 720 orders that keeps the booking first; facts are updated into
-- place where they come too early, as a feed does.
create temporary table step (n int primary key, statement text);
insert into step values
	(1, $$ insert into detainerd.detainer (booking_id, form, issued_on, received_at, served_at, reference) values (%1$s, 'I-247A', '2026-02-02', '2026-02-02 10:00-05', '2026-02-06 10:00-05', 'd') $$),
	(2, $$ insert into detainerd.finding (booking_id, ground, evidence, found_at, withdrawn_at, reference) values (%1$s, 'conv_felony_any', 'certified copy', '2026-02-02 12:00-05', '2026-02-06 20:00-05', 'f') $$),
	(3, $$ insert into detainerd.custody_basis (booking_id, kind, began_at, ended_at, reference) values (%1$s, 'local_charge', '2026-02-02 09:00-05', '2026-02-05 12:00-05', 'b') $$),
	(4, $$ update detainerd.booking set release_eligible_at = '2026-02-05 09:00-05' where booking_id = %1$s $$),
	(5, $$ update detainerd.booking set custody_ended_at = '2026-02-07 09:00-05', custody_outcome = 'released' where booking_id = %2$s $$),
	(6, $$ update detainerd.booking set continues_booking_id = %1$s where booking_id = %2$s $$);

create temporary table ordering as
with recursive o (steps) as (
	select array[n] from step
	union all
	select steps || n from o, step where n <> all (steps)
)
select row_number() over (order by steps) as n, steps from o where cardinality(steps) = 6;

select is(count(*), 720::bigint, '720 orders') from ordering;

insert into detainerd.booking (facility_id, booking_number, booked_at)
select facility_id, format('order %s%s', n, half.letter), half.booked_at
from ordering, (values ('a', timestamptz '2026-02-02 09:00-05'), ('b', '2026-02-05 15:00-05')) half (letter, booked_at), detainerd.facility where code = 'TEST'
order by n, letter;

do $$
declare
	o record;
	s int;
begin
	for o in select steps, pg_temp.id(format('order %sa', n)) as first, pg_temp.id(format('order %sb', n)) as second from ordering loop
		foreach s in array o.steps loop
			execute format((select statement from step where n = s), o.first, o.second);
		end loop;
	end loop;
end
$$;

create function pg_temp.verdict(h detainerd.hold) returns text language sql stable as $$
	select concat_ws(' | ', h.starts_at, h.allowed, h.reason, h.detail, h.authority, h.lawful, h.release_at, h.due_reason, h.ended_at, h.changes_at)
$$;
select is(count(*), 720::bigint, 'each has its hold') from detainerd.hold join detainerd.booking using (booking_id) where booking_number like 'order %b';
select is(count(distinct pg_temp.verdict(hold)), 1::bigint, 'and all are the same') from detainerd.hold join detainerd.booking using (booking_id) where booking_number like 'order %';

-- the same facts in bulk: a hundred people, one statement a table, children before the links
insert into detainerd.booking (facility_id, booking_number, booked_at)
select facility_id, format('bulk %s%s', n, half.letter), half.booked_at
from generate_series(1, 100) n, (values ('a', timestamptz '2026-02-02 09:00-05'), ('b', '2026-02-05 15:00-05')) half (letter, booked_at), detainerd.facility where code = 'TEST';
insert into detainerd.finding (booking_id, ground, evidence, found_at, withdrawn_at, reference)
select booking_id, 'conv_felony_any', 'certified copy', '2026-02-02 12:00-05', '2026-02-06 20:00-05', 'f' from detainerd.booking where booking_number like 'bulk %a';
insert into detainerd.detainer (booking_id, form, issued_on, received_at, served_at, reference)
select booking_id, 'I-247A', '2026-02-02', '2026-02-02 10:00-05', '2026-02-06 10:00-05', 'd' from detainerd.booking where booking_number like 'bulk %a';
insert into detainerd.custody_basis (booking_id, kind, began_at, ended_at, reference)
select booking_id, 'local_charge', '2026-02-02 09:00-05', '2026-02-05 12:00-05', 'b' from detainerd.booking where booking_number like 'bulk %a';
update detainerd.booking b set release_eligible_at = case when b.booking_number like '%a' then timestamptz '2026-02-05 09:00-05' end,
	custody_ended_at = case when b.booking_number like '%b' then timestamptz '2026-02-07 09:00-05' end,
	custody_outcome = case when b.booking_number like '%b' then 'released' end,
	continues_booking_id = case when b.booking_number like '%b' then (select a.booking_id from detainerd.booking a where a.booking_number = rtrim(b.booking_number, 'b') || 'a') end
where booking_number like 'bulk %';
select is(count(*), 100::bigint, 'in bulk: each has its hold') from detainerd.hold join detainerd.booking using (booking_id) where booking_number like 'bulk %b';
select is(count(distinct pg_temp.verdict(hold)), 1::bigint, 'the same as one by one') from detainerd.hold join detainerd.booking using (booking_id) where booking_number ~ '^(bulk|order) ';
select is(max(late), interval '35 hours', 'and over_detention counts the 22 hours before service and the 13 after the ground was withdrawn')
from detainerd.over_detention where booking_number ~ '^(bulk|order) ';

-- writing the same again changes nothing
create temporary table before as select booking_id, pg_temp.verdict(hold) as verdict from detainerd.hold;
update detainerd.detainer set form = form, served_at = served_at;
update detainerd.booking set release_eligible_at = release_eligible_at;
select is_empty('select from before full join detainerd.hold using (booking_id) where verdict is distinct from pg_temp.verdict(hold)', 'writing the same facts again changes no hold');
select is_empty('select * from detainerd.hold_drift', 'what is stored is what is judged');

-- the check can fail: a verdict typed in shows
update detainerd.hold set release_at = release_at + interval '1 hour' where booking_id = pg_temp.id('bulk 1b');
select is(count(*), 1::bigint, 'a verdict that somebody typed in shows in hold_drift') from detainerd.hold_drift;
update detainerd.hold set release_at = release_at - interval '1 hour' where booking_id = pg_temp.id('bulk 1b');

-- ---- the law ----------------------------------------------------------------------------------------------------------------

select lives_ok(format('update detainerd.booking set booked_at = booked_at where booking_id = %s', pg_temp.id('verdict')), 'a booking is written again');
select reason as held from detainerd.hold where booking_id = pg_temp.id('annex') \gset
insert into detainerd.rule (jurisdiction, effective_from, status, clock, hours, clock_verified, citation, source)
values ('US-BARE', '2020-01-01', 'draft', 'excluding_weekends_and_holidays', 48, true, 'Bare Code 7', 'tests, bare');
insert into detainerd.rule_alternative (rule_id, alternative, citation, verified) select rule_id, 1, '(b)', true from detainerd.rule where source = 'tests, bare';
select is(:'held'::text, 'counsel_must_decide', 'no law: counsel must decide');
select results_eq($$ select reason, detail from detainerd.hold where booking_id = pg_temp.id('annex') $$, $$ values ('counsel_must_decide', 'no_law') $$, 'a draft changes nothing');
select version as version from detainerd.law_version \gset
update detainerd.rule set status = 'adopted' where source = 'tests, bare';
select results_eq($$ select reason, detail, citation from detainerd.hold where booking_id = pg_temp.id('annex') $$, $$ select 'allowed', null::text, h.citation from detainerd.hold h where h.booking_id = pg_temp.id('annex') and h.citation like 'Bare Code 7%(b)' $$,
	'adopted: every stay it touches is judged in the same statement');
select cmp_ok(version, '>', :version::bigint, 'and law_version has moved on') from detainerd.law_version;
select is(law_version, (select version from detainerd.law_version), 'with the hold') from detainerd.hold where booking_id = pg_temp.id('annex');
select isnt(adopted_by, null, 'who adopted it is on record') from detainerd.rule where source = 'tests, bare';

select throws_ok($$ update detainerd.rule set hours = 96 where source = 'tests, bare' $$, null, null, 'an adopted rule never changes');
select throws_ok($$ update detainerd.rule set status = 'draft' where source = 'tests, bare' $$, null, null, 'nor goes back to draft');
select throws_ok($$ delete from detainerd.rule where source = 'tests, bare' $$, null, null, 'nor goes away');
select throws_ok($$ update detainerd.rule_alternative set verified = true where rule_id = (select rule_id from detainerd.rule where source = 'tests, bare') $$, null, null, 'nor do its alternatives change');
select throws_ok($$ insert into detainerd.rule_term (rule_id, alternative, ground) select rule_id, 1, 'terror_match' from detainerd.rule where source = 'tests, bare' $$, null, null, 'nor are terms added');
select throws_ok($$ insert into detainerd.rule_bar (rule_id, ground) select rule_id, 'terror_match' from detainerd.rule where source = 'tests, bare' $$, null, null, 'nor bars');
select throws_ok($$ delete from detainerd.rule_term where rule_id = (select rule_id from detainerd.rule where source = 'tests') $$, null, null, 'nor terms removed');

insert into detainerd.rule (jurisdiction, effective_from, status, citation, source) values ('US-BARE', '2024-01-01', 'draft', 'Bare Code 8', 'tests, later');
update detainerd.rule set status = 'adopted' where source = 'tests, later';
select is(reason, 'hold_not_allowed', 'a later rule supersedes it, backwards to its own first day') from detainerd.hold where booking_id = pg_temp.id('annex');

select results_eq($$ select jurisdiction, effective_from, clock, hours, clock_verified from detainerd.rule where jurisdiction = 'US-CT' and status = 'adopted' order by 2 $$,
	$$ values ('US-CT', date '2014-01-01', 'excluding_weekends_and_holidays', 48, true), ('US-CT', '2019-10-01', 'flat', 48, false), ('US-CT', '2025-10-01', 'flat', 48, false) $$,
	'Connecticut in three versions, only the first clock verified');
select results_eq($$ select effective_from, count(*), count(*) filter (where verified) from detainerd.rule join detainerd.rule_alternative using (rule_id)
	where jurisdiction = 'US-CT' group by 1 order by 1 $$, $$ values (date '2014-01-01', 7::bigint, 7::bigint), ('2019-10-01', 3, 1), ('2025-10-01', 4, 1) $$,
	'seven grounds, three, four; verified seven, one, one');
select is(count(*), 51::bigint, 'fifty states and the District of Columbia') from detainerd.jurisdiction where code ~ '^US-..$';
select is_empty($$ select code from detainerd.jurisdiction where code ~ '^US-..$' and not exists (select from detainerd.rule where jurisdiction = code) $$,
	'each with a row that says what is known of its law');
select is_empty($$ select jurisdiction from detainerd.rule where source like 'placeholder for %' and exists (select from detainerd.rule other
	where other.jurisdiction = rule.jurisdiction and other.rule_id <> rule.rule_id) $$, 'a placeholder only where nothing else is');
select is(count(*), 6::bigint, 'six forms') from detainerd.form;

-- ---- installed again ----------------------------------------------------------------------------------------------------------

create function pg_temp.law() returns text language sql stable as $$
	select md5(concat((select string_agg(form::text, ',' order by form.form) from detainerd.form), (select string_agg(rule::text, ',' order by rule_id) from detainerd.rule),
		(select string_agg(a::text, ',' order by rule_id, alternative) from detainerd.rule_alternative a), (select string_agg(t::text, ',' order by t::text) from detainerd.rule_term t),
		(select string_agg(h::text, ',' order by day, name) from detainerd.holiday h), (select version::text from detainerd.law_version), (select count(*) from detainerd.jurisdiction)))
$$;
update detainerd.holiday set counts = true where day = '2024-12-24';
select pg_temp.law() as law \gset
set local client_min_messages to warning;
\o /dev/null
\ir ../../sql/law/contents.sql
\o
select is(pg_temp.law(), :'law'::text, 'the law installed again changes nothing adopted, nothing that counsel switched, and bumps no version');

-- ---- kept for ever --------------------------------------------------------------------------------------------------------------

select throws_ok(format('delete from detainerd.%I', fact), null, null, format('%s: delete is refused', fact)) from unnest('{booking,custody_basis,detainer,finding,interview}'::text[]) fact;
select throws_ok(format('truncate detainerd.%I cascade', fact), null, null, format('%s: truncate is refused', fact)) from unnest('{booking,custody_basis,detainer,finding,interview}'::text[]) fact;

select * from finish();
rollback;
