-- SPDX-License-Identifier: MIT
-- Law that is proposed, previewed, adopted: whatever is exported can be proposed again, and comes out the same.

begin;
\ir include/cases.sql
select plan(72);

-- ---- round: every version on file, under another name, in a place of its own -----------------------------------------

create temporary table round as
select jsonb_build_object('format', 'detainerd-law/1', 'jurisdictions', jsonb_agg(jsonb_build_object('code', j.value ->> 'code', 'versions',
	(select jsonb_agg(jsonb_set(v.value - detainerd.law_follows(), '{version}', to_jsonb('again ' || (v.value ->> 'version')))
		|| case when v.value ->> 'mark' <> 'V' and not v.value ? 'allows_from' then jsonb_build_object('allows_from', v.value ->> 'effective_from') else '{}' end)
	   from jsonb_array_elements(j.value -> 'versions') v)))) as law
from jsonb_array_elements(detainerd.law_export() -> 'jurisdictions') j where j.value -> 'versions' <> '[]'
	and not exists (select from jsonb_array_elements(j.value -> 'versions') v where not v.value ? 'source');
select is_empty($$ select * from round, detainerd.law_faults(law) $$, 'what is on file has no fault as a proposal');
select count(*) as drafts from round, detainerd.law_propose(law) \gset
select is(:drafts::bigint, (select count(*) from detainerd.rule where source not like 'again %'), 'every version is stored again');
select is_empty($$
	with part as (
		select r.jurisdiction, regexp_replace(r.source, '^again ', '') as name, r.source like 'again %' as again,
		       to_jsonb(r) - '{rule_id,source,status,adopted_by,allows_from}'::text[] as rule,
		       (select jsonb_agg(to_jsonb(a) - 'rule_id' order by a.alternative) from detainerd.rule_alternative a where a.rule_id = r.rule_id) as ways,
		       (select jsonb_agg(to_jsonb(t) - '{rule_id,rule_term_id}'::text[] order by t.rule_term_id) from detainerd.rule_term t where t.rule_id = r.rule_id) as terms,
		       (select jsonb_agg(b.ground order by b.ground) from detainerd.rule_bar b where b.rule_id = r.rule_id) as bars
		  from detainerd.rule r)
	select a.jurisdiction, a.name, a.rule, b.rule from part a join part b using (jurisdiction, name)
	 where not a.again and b.again and (a.rule, a.ways, a.terms, a.bars) is distinct from (b.rule, b.ways, b.terms, b.bars) $$,
	'and all of each comes out as it went in');
select is_empty($$ select r.rule_id from detainerd.rule r where source like 'again %' and status <> 'draft' $$, 'as drafts');
select is(count(*), :drafts::bigint, 'each with who proposed it') from detainerd.rule_proposal where proposed_by = session_user;

-- ---- who adopts ------------------------------------------------------------------------------------------------------

select min(rule_id) as rule_id from detainerd.rule_proposal join detainerd.rule_alternative using (rule_id) \gset
select throws_ok(format('select detainerd.law_adopt(%s)', :rule_id), '42501', format('cannot adopt rule %s: you proposed it', :rule_id), 'not who proposed it');
select throws_ok(format($$ update detainerd.rule set status = 'adopted', adopted_by = 'another' where rule_id = %s $$, :rule_id), '42501', null, 'nor by plain SQL');
create role detainerd_second_test superuser;
set session authorization detainerd_second_test;
select lives_ok(format($$ update detainerd.rule set status = 'adopted', adopted_by = 'another' where rule_id = %s $$, :rule_id), 'a second person does');
reset session authorization;
select is(adopted_by, 'detainerd_second_test', 'in the name of the login, whatever it says') from detainerd.rule where rule_id = :rule_id;
with plain as (insert into detainerd.rule (jurisdiction, effective_from, citation, source) values ('US-OH', '2030-01-01', 'Code 1', 'by hand') returning rule_id)
select rule_id as plain from plain \gset
select lives_ok(format('select detainerd.law_adopt(%s)', :plain), 'a draft written by plain SQL has no proposer');
select is_empty($$ select c from unnest('{us_citizen_claim,proof_citizen_or_lawful,identity_mismatch,juvenile}'::text[]) c where c <> all (detainerd.known_grounds()) $$,
	'the bars that stand everywhere are grounds that have a meaning');

-- ---- what cannot be meant: a rule that says nothing of who may be held, adopted, would forbid every hold ----------------

select throws_like(format('select detainerd.law_adopt(%s)', rule_id), format('cannot adopt rule %s: nobody has read the law of %s%%', rule_id, jurisdiction), 'a placeholder is no law')
from detainerd.rule where source = 'placeholder for US-SC: no law of this jurisdiction was verified; counsel must enter and adopt it';
select throws_like(format($$ update detainerd.rule set status = 'adopted', adopted_by = 'another' where rule_id = %s $$, rule_id), 'cannot adopt rule %: nobody has read%', 'nor by plain SQL')
from detainerd.rule where source like 'placeholder for US-SC:%';
select throws_like(format('select detainerd.law_preview(%s, clock_timestamp())', rule_id), 'cannot adopt rule %: nobody has read%', 'and its preview says so, too')
from detainerd.rule where source like 'placeholder for US-SC:%';
select throws_like(format('select detainerd.law_adopt(%s)', rule_id), 'cannot adopt rule %: it says nothing of who may be held, and would forbid every hold in US-AL', 'nor is a law that binds policies a prohibition')
from detainerd.rule where source like 'AL-31-13:%';
create function pg_temp.written(policy text, citation text, source text) returns text language plpgsql as $$
declare
	id bigint;
begin
	insert into detainerd.rule (jurisdiction, effective_from, policy, citation, source) values ('US-OH', '2031-01-01', policy, citation, source) returning rule_id into id;
	perform detainerd.law_adopt(id);
	return 'adopted';
exception when sqlstate '22023' then
	return 'refused';
end;
$$;
select is(pg_temp.written(w.policy, w.citation, w.source), w.becomes, 'no alternatives: ' || w.what) from (values
	('never', 'Code 1', 'Act 1', 'adopted', 'a prohibition that is cited'), ('never', ' ', 'Act 1', 'refused', 'without its section'),
	('never', 'Code 1', null, 'refused', 'without a text'), ('required', 'Code 1', 'Act 1', 'refused', 'what asks for holds does not forbid them')) w (policy, citation, source, becomes, what);

-- ---- what was proposed is what is adopted --------------------------------------------------------------------------------

create function pg_temp.refused(statement text) returns text language plpgsql as $$
begin
	execute statement;
	return null;
exception when restrict_violation or insufficient_privilege then
	return sqlerrm;
end;
$$;
select rule_id as proposed from detainerd.rule where source = 'again CT-2025: Public Act 25-29' \gset
select is(pg_temp.refused(format(c.change, :proposed)), format(c.words, :proposed), 'a proposal is kept as it is: ' || c.words) from (values
	('update detainerd.rule set effective_from = ''2020-01-01'' where rule_id = %s', 'cannot change rule %s: postgres proposed it'),
	('update detainerd.rule set policy = ''never'', status = ''adopted'' where rule_id = %s', 'cannot change rule %s: postgres proposed it'),
	('update detainerd.rule_alternative set verified = true, mark = ''V'' where rule_id = %s', 'cannot change detainerd.rule_alternative: its rule is proposed'),
	('insert into detainerd.rule_alternative (rule_id, alternative, verified) values (%s, 99, true)', 'cannot change detainerd.rule_alternative: its rule is proposed'),
	('delete from detainerd.rule_term where rule_id = %s', 'cannot change detainerd.rule_term: its rule is proposed'),
	('insert into detainerd.rule_bar values (%s, ''juvenile'')', 'cannot change detainerd.rule_bar: its rule is proposed'),
	('insert into detainerd.duty (rule_id, jurisdiction, duty, event, effective_from, mark, citation, source) values (%s, ''US-CT'', ''person_copy'', ''booked'', ''2026-01-01'', ''V'', ''1'', ''1'')',
		'cannot change detainerd.duty: its rule is proposed'),
	('update detainerd.rule set status = ''withdrawn'' where rule_id = %s', 'cannot withdraw rule %s: nothing records who does'),
	('delete from detainerd.rule where rule_id = %s', 'cannot delete rule %s: it is kept for ever')) c (change, words);

-- ---- withdrawn -------------------------------------------------------------------------------------------------------------

create role detainerd_clerk_test in role detainerd_counsel;
set session authorization detainerd_clerk_test;
select is(pg_temp.refused(format('select detainerd.law_withdraw(%s, null)', :proposed)), format('cannot withdraw rule %s: postgres proposed it', :proposed), 'not by another counsel');
reset session authorization;
grant detainerd_admin to detainerd_clerk_test;
set session authorization detainerd_clerk_test;
select is((detainerd.law_withdraw(:proposed, 'a slip')).status, 'withdrawn', 'by an administrator');
reset session authorization;
select is(withdrawn_by || ': ' || note, 'detainerd_clerk_test: a slip', 'on record, with who did it and why') from detainerd.rule_withdrawal where rule_id = :proposed;
select is(pg_temp.refused(format('update detainerd.rule set status = ''adopted'' where rule_id = %s', :proposed)), format('cannot change rule %s: it is withdrawn', :proposed), 'for good');
select throws_ok(format('select detainerd.law_adopt(%s)', :proposed), '55000', format('cannot adopt rule %s: it was withdrawn by detainerd_clerk_test', :proposed), 'and never adopted');
select throws_ok(format('select detainerd.law_withdraw(%s, null)', :rule_id), '55000', null, 'what is adopted is not withdrawn');
select is(pg_temp.refused(format('delete from detainerd.rule where rule_id = %s', :proposed)), format('cannot delete rule %s: it is kept for ever', :proposed), 'nor removed');
select is_empty($$ select from detainerd.law_show('US-CT') l (line) where line like 'again CT-2025:%' $$, 'it is shown no longer');
select is(count(*), 0::bigint, 'nor exported') from jsonb_path_query(detainerd.law_export('US-CT'), '$.jurisdictions[*].versions[*] ? (@.version == "again CT-2025")');
select p.rule_id as proposed, p.version as version from round, detainerd.law_propose(law) p \gset
select is(:'version'::text, 'again CT-2025', 'its name is free again');
create role detainerd_author_test in role detainerd_counsel;
update detainerd.rule_proposal set proposed_by = 'detainerd_author_test' where rule_id = :proposed;
set session authorization detainerd_author_test;
select is((detainerd.law_withdraw(:proposed, null)).status, 'withdrawn', 'and who proposed one withdraws it');
reset session authorization;

-- ---- with its duties ---------------------------------------------------------------------------------------------------------

create function pg_temp.county(duties jsonb) returns jsonb language sql as $$
	select jsonb_build_object('format', 'detainerd-law/1', 'jurisdictions', jsonb_build_array(jsonb_build_object('code', 'US-CT-LAW', 'parent', 'US-CT', 'name', 'Law County',
		'versions', jsonb_build_array(jsonb_build_object('version', 'LAW-1', 'effective_from', '2024-01-01', 'mark', 'M', 'allows_from', '2025-01-01', 'citation', 'Code 1', 'source', 'Act 1',
			'alternatives', '[{"alternative": 1, "mark": "V", "terms": []}]'::jsonb, 'duties', duties)))))
$$;
select is((select string_agg(f, '; ') from detainerd.law_faults(pg_temp.county(d.duties::jsonb)) f), d.fault, 'a duty: ' || coalesce(d.fault, 'without a fault')) from (values
	('[{"duty": "person_copy", "event": "detainer_received", "hours": 24, "mark": "V"}, {"duty": "report", "event": "period", "every_months": 12, "mark": "S", "effective_until": "2030-12-31"}]', null),
	('[{"duty": "copy", "event": "booked", "mark": "V"}]', 'version LAW-1: there is no duty ''copy'''),
	('[{"duty": "person_copy", "event": "booked", "hour": 2, "mark": "V"}]', 'version LAW-1: a duty has no key ''hour'''),
	('[{"duty": "person_copy", "mark": "V"}]', 'version LAW-1: duty person_copy has no event'),
	('[{"duty": "person_copy", "event": "booked", "mark": "V", "effective_until": "soon"}]', 'version LAW-1: duty person_copy: ''soon'' is no day YYYY-MM-DD'),
	('[{"duty": "person_copy", "event": "booked", "mark": "S", "verified": true}]', 'version LAW-1: duty person_copy is marked S and cannot be called verified'),
	('[{"duty": "report", "event": "period", "every_months": 12, "due_after": "15 days", "mark": "V"}]', null),
	('[{"duty": "report", "event": "period", "every_months": 12, "due_after": "soon", "mark": "V"}]', 'version LAW-1: duty report: ''soon'' is no due_after such as ''2 months 15 days'''),
	('[{"duty": "report", "event": "period", "every_months": 12, "due_after": "", "mark": "V"}]', 'version LAW-1: duty report: '''' is no due_after such as ''2 months 15 days'''),
	('[{"duty": "person_copy", "event": "booked", "due_after": "2 months", "mark": "V"}]', 'version LAW-1: duty person_copy has a due_after and is of no period'),
	('[{"duty": "person_copy", "event": "booked"}]', 'version LAW-1: duty person_copy has no mark V, S, M or ?')) d (duties, fault);
select is((select string_agg(f, '; ') from detainerd.law_faults(p.law::jsonb) f), p.fault, 'not left out in silence: ' || p.fault) from (values
	('{"format": "detainerd-law/1", "jurisdictions": [{"code": "US-CT", "duties": [{"duty": "person_copy", "event": "booked", "mark": "V"}]}]}',
		'a duty of US-CT, ''person_copy'', is not on file so: write it into the version that brings it'),
	((select jsonb_set(detainerd.law_export('US-IL'), '{jurisdictions,0,duties,0,effective_until}', '"2030-12-31"')::text),
		'a duty of US-IL, ''report'', is not on file so: no proposal ends a duty; counsel does, by effective_until in detainerd.duty'),
	('{"format": "detainerd-law/1", "jurisdictions": [{"code": "US-CT", "version": []}]}', 'a jurisdiction has no key ''version'''),
	('{"format": "detainerd-law/1", "jurisdictions": [{"code": "US-NY-NYC", "parent": "US-CT"}]}', 'US-NY-NYC lies within US-NY, not within US-CT')) p (law, fault);
select rule_id as owing from detainerd.law_propose(pg_temp.county('[{"duty": "person_copy", "event": "detainer_received", "hours": 24, "mark": "V"},
	{"duty": "report", "event": "period", "every_months": 12, "due_after": "14 months 15 days", "mark": "S", "effective_until": "2030-12-31"}]')) \gset
set local intervalstyle to 'iso_8601';
create function pg_temp.duties(code text) returns jsonb language sql as $$
	select jsonb_path_query_array(detainerd.law_export(code), '$.jurisdictions[*].versions[*].duties[*]')
$$;
select is(pg_temp.duties('US-CT-LAW'), '[{"duty": "person_copy", "says": "give the person a copy of the detainer", "event": "detainer_received", "hours": 24, "mark": "V", "verified": true,
	"effective_from": "2024-01-01", "citation": "Code 1", "source": "LAW-1: Act 1"}, {"duty": "report", "says": "make the report on detainers", "event": "period", "every_months": 12,
	"due_after": "14 months 15 days", "mark": "S", "verified": false, "effective_from": "2024-01-01", "effective_until": "2030-12-31", "citation": "Code 1", "source": "LAW-1: Act 1"}]'::jsonb, 'duties come with their version');
select is((select count(*) from detainerd.law_propose(replace(replace(detainerd.law_export('US-CT-LAW')::text, 'US-CT-LAW', 'US-CT-LAW-2'), '"parent": "US-CT"', '"parent": "US-CT-LAW"')::jsonb)), 1::bigint,
	'and are proposed again');
select is(pg_temp.duties('US-CT-LAW-2'), pg_temp.duties('US-CT-LAW'), 'as they came out');

insert into detainerd.facility (code, jurisdiction, agency_kind, time_zone) values ('LAW', 'US-CT-LAW', 'county_jail', 'America/New_York');
insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at) select facility_id, 'L1', '2026-11-02 08:00-05', '2026-11-02 10:00-05' from detainerd.facility where code = 'LAW';
insert into detainerd.detainer (booking_id, form, received_at, admin_warrant) select booking_id, 'I-247A', '2026-11-02 09:00-05', 'I-200' from detainerd.booking where booking_number = 'L1';
create function pg_temp.owed() returns text language sql as $$
	select string_agg(e.duty || ' ' || e.state, ', ' order by e.duty) from detainerd.booking b, detainerd.explain_duties(b.booking_id, '2026-11-04 12:00-05') e
	 where b.booking_number = 'L1' and e.jurisdiction = 'US-CT-LAW'
$$;
create function pg_temp.periods() returns text language sql as $$
	select string_agg(concat_ws(' ', d.mark, p.period_from, p.state, p.due_at at time zone 'America/New_York'), ', ' order by p.period_from) from detainerd.period_duties('LAW', '2026-11-04 12:00-05') p
	  join detainerd.duty d using (duty_id) where d.jurisdiction = 'US-CT-LAW'
$$;
select is(concat(pg_temp.owed(), pg_temp.periods()), '', 'a draft asks for nothing');
select results_eq($$ select line::text from detainerd.law_show('US-CT-LAW') with ordinality l (line, n) where n > 8 $$,
	$$ select * from (values ('Beside release it would ask:'),
		('  when a detainer is received, within 24 hours: give the person a copy of the detainer (Code 1), from 2024-01-01  [verified]'),
		('  every year, by 14 months 15 days after the next one begins: make the report on detainers (Code 1), from 2024-01-01 to 2030-12-31  [counsel must confirm: known from a secondary source]')) v $$, 'and is shown');
set session authorization detainerd_second_test;
select detainerd.law_adopt(:owing) \g /dev/null
reset session authorization;
select is(pg_temp.owed(), 'person_copy missed', 'adopted, it asks');
select is(pg_temp.periods(), 'S 2024-01-01 missed 2026-03-17 00:00:00, S 2025-01-01 due 2027-03-17 00:00:00, S 2026-01-01 ahead 2028-03-17 00:00:00', 'for periods too');
select is(pg_temp.refused(format('update detainerd.duty set rule_id = null where rule_id = %s', :owing)), 'cannot change detainerd.duty: its rule is adopted', 'a duty leaves its version no more');
select lives_ok(format('update detainerd.duty set effective_until = ''2026-11-02'' where rule_id = %s and duty = ''person_copy''', :owing), 'and counsel may end it');

-- ---- of one day -----------------------------------------------------------------------------------------------------------------

select is((select string_agg(split_part(line, ':', 1), ', ') from detainerd.law_show('US-CT', d.day) line where line ~ '^(CT-\d+:|No version)'), d.version, 'in force on ' || d.day) from (values
	(date '2013-12-31', 'No version is in force on 2013-12-31'), ('2014-01-01', 'CT-2014'), ('2019-09-30', 'CT-2014'), ('2019-10-01', 'CT-2019'), ('2025-09-30', 'CT-2019'), ('2099-01-01', 'CT-2025')) d (day, version);
select is((select string_agg(v ->> 'version', ', ') from jsonb_path_query(detainerd.law_export('US-CT', '2019-09-30'), '$.jurisdictions[*].versions[*]') v), 'CT-2014', 'as JSON, too');

-- ---- previewed where it may be relied on, too ----------------------------------------------------------------------------------

insert into detainerd.facility (code, jurisdiction, agency_kind, time_zone) values ('OHIO', 'US-OH', 'county_jail', 'America/New_York');
insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at) select facility_id, 'O1', '2026-11-20 04:00-05', '2026-11-20 06:00-05' from detainerd.facility where code = 'OHIO';
insert into detainerd.detainer (booking_id, form, received_at, served_at, admin_warrant)
select booking_id, 'I-247A', '2026-11-20 05:00-05', '2026-11-20 05:00-05', 'I-200' from detainerd.booking where booking_number = 'O1';
select rule_id as later from detainerd.law_propose('{"format": "detainerd-law/1", "jurisdictions": [{"code": "US-OH", "versions": [{"version": "OH-1", "effective_from": "2026-11-19", "mark": "M",
	"allows_from": "2026-11-21", "citation": "Code 1", "source": "Act 1", "clock": {"kind": "flat", "hours": 48, "mark": "V"}, "alternatives": [{"alternative": 1, "mark": "V", "terms": []}]}]}]}') \gset
select results_eq(format($$ select read_at, allowed_now, allowed_then from detainerd.law_preview(%s, '2026-11-20 07:00-05') where booking_number = 'O1' $$, :later),
	$$ values (timestamptz '2026-11-21 12:00Z', false, true) $$, 'what may be relied on only from a later day is read as of that day, too');
select rule_id as ahead from detainerd.law_propose('{"format": "detainerd-law/1", "jurisdictions": [{"code": "US-OH", "versions": [{"version": "OH-2", "effective_from": "2026-11-21", "mark": "V",
	"citation": "Code 1", "source": "Act 1", "policy": "never", "alternatives": []}]}]}') \gset
select is((select array_agg(distinct read_at) from detainerd.law_preview(:ahead, '2026-11-20 07:00-05') where booking_number = 'O1'), array[timestamptz '2026-11-21 12:00Z'], 'and what begins later as of its first day');

select * from finish();
rollback;
