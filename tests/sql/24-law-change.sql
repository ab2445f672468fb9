-- SPDX-License-Identifier: MIT
-- Law that is proposed, previewed, adopted: whatever is exported can be proposed again, and comes out the same.

begin;
\ir include/cases.sql
select plan(11);

-- ---- round: every version on file, under another name, in a place of its own -----------------------------------------

create temporary table round as
select jsonb_build_object('format', 'detainerd-law/1', 'jurisdictions', jsonb_agg(jsonb_build_object('code', j.value ->> 'code', 'versions',
	(select jsonb_agg(jsonb_set(v.value, '{version}', to_jsonb('again ' || (v.value ->> 'version')))
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

select rule_id from detainerd.rule_proposal order by 1 limit 1 \gset
select throws_ok(format('select detainerd.law_adopt(%s)', :rule_id), '42501', format('cannot adopt rule %s: you proposed it', :rule_id), 'not who proposed it');
select throws_ok(format($$ update detainerd.rule set status = 'adopted', adopted_by = 'another' where rule_id = %s $$, :rule_id), '42501', null, 'nor by plain SQL');
create role detainerd_second_test superuser;
set session authorization detainerd_second_test;
select lives_ok(format($$ update detainerd.rule set status = 'adopted', adopted_by = 'another' where rule_id = %s $$, :rule_id), 'a second person does');
reset session authorization;
select is(adopted_by, 'detainerd_second_test', 'in the name of the login, whatever it says') from detainerd.rule where rule_id = :rule_id;
with plain as (insert into detainerd.rule (jurisdiction, effective_from, citation) values ('US-OH', '2030-01-01', 'by hand') returning rule_id)
select rule_id as plain from plain \gset
select lives_ok(format('select detainerd.law_adopt(%s)', :plain), 'a draft written by plain SQL has no proposer');
select is_empty($$ select c from unnest('{us_citizen_claim,proof_citizen_or_lawful,identity_mismatch,juvenile}'::text[]) c where c <> all (detainerd.known_grounds()) $$,
	'the bars that stand everywhere are grounds that have a meaning');

select * from finish();
rollback;
