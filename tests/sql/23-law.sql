-- SPDX-License-Identifier: MIT
-- The law as people read it: in words, as JSON, and where a stay is explained.

begin;
\ir include/cases.sql
select plan(49);

create function pg_temp.shown(code text) returns text language sql stable as $$
	select string_agg(line, E'\n') from detainerd.law_show(code) line
$$;

select is(pg_temp.shown('US-XX'), null, 'no such jurisdiction: no row');
select is_empty($$ select r.rule_id from detainerd.rule r where strpos(pg_temp.shown(r.jurisdiction), r.citation) = 0 $$, 'every version is shown with its citation');
select is_empty($$ select r.rule_id from detainerd.rule r where r.note is not null and strpos(pg_temp.shown(r.jurisdiction), r.note) = 0 $$, 'and with what counsel must know of it');
select is_empty($$ select j.code from detainerd.jurisdiction j where not exists (select from detainerd.law_show(j.code)) $$, 'no jurisdiction is without an answer');
select matches(pg_temp.shown('US-CT'), E'From 2019-10-01 to 2025-09-30\n', 'a version ends where a later one takes its place');
select matches(pg_temp.shown('US-CT'), E'\\(b\\)\\(1\\)\\(A\\)\\(i\\) a judge''s warrant \\(judicial_warrant\\)  \\[verified\\]\n', 'what was read is verified');
select matches(pg_temp.shown('US-CT'), E'\\(iii\\) a possible match in a terrorist screening database \\(terror_match\\)  \\[counsel must confirm: known from a secondary source\\]', 'what was not, counsel must confirm');
select matches(pg_temp.shown('US-MA'), 'No ground lets anybody be held\.', 'a law that forbids every hold says so');
select matches(pg_temp.shown('US-OH'), 'a draft: it says nothing', 'a placeholder says that it says nothing');
select matches(pg_temp.shown('US-TX'), 'Never while this is recorded: proof of citizenship or lawful status \(proof_citizen_or_lawful\)', 'a bar is shown');
select matches(pg_temp.shown('US-NC'), 'Clock: 48 hours, from receipt of detainer and administrative warrant', 'a clock that begins elsewhere says where');
select matches(pg_temp.shown('US-NC'), 'Beside release the law asks:.*when the person would otherwise go free, within 2 hours: tell ICE the date and time of release \(N\.C\. Gen\. Stat\. § 162-62\), from 2025-10-01  \[verified\]',
	'what the law asks beside release is shown');

select is_empty($$ select g from unnest(detainerd.known_grounds()) g where detainerd.explain_ground(g) = g $$, 'every ground has its words');
select is_empty($$ select policy from detainerd.rule where detainerd.law_policy(policy) = replace(policy, '_', ' ') $$, 'and every policy');
select results_eq($$ select detainerd.explain_duration(span) from unnest('{0,0.2 s,60 s,60.5 s,90.7 s,1 h 0.2 s,-1 h -0.2 s,51:12:30,1 h 5 s}'::interval[]) with ordinality d(span, n) order by n $$,
	$$ select unnest('{0 min,0.2 s,1 min,1 min,1 min 30 s,1 h,-1 h,51 h 12 min 30 s,1 h 5 s}'::text[]) $$,
	'a duration has no part that is nought, and one that lasts nothing is said all the same');

-- ---- as JSON ---------------------------------------------------------------------------------------------------------

create temporary table exported as
select j.value ->> 'code' as code, v.value as version
from jsonb_array_elements(detainerd.law_export() -> 'jurisdictions') j left join lateral jsonb_array_elements(j.value -> 'versions') v on true;

select is(count(distinct code), (select count(*) from detainerd.jurisdiction), 'every jurisdiction is exported') from exported;
select is(count(version), (select count(*) from detainerd.rule), 'and every version') from exported;
select results_eq($$ select code, version ->> 'citation', (a ->> 'alternative')::int, (a ->> 'verified')::boolean, t ->> 'ground', t ->> 'list_id', (t ->> 'max_age_years')::int
	from exported, jsonb_array_elements(version -> 'alternatives') a left join lateral jsonb_array_elements(a -> 'terms') t on true order by 1, version ->> 'version', 3, 5, 6 $$,
	$$ select jurisdiction, r.citation, a.alternative, a.verified, t.ground, t.list_id, t.max_age_years
	from detainerd.rule r join detainerd.rule_alternative a using (rule_id) left join detainerd.rule_term t using (rule_id, alternative)
	order by 1, split_part(r.source, ':', 1), 3, 5, 6 $$, 'with every alternative and term as they are on file');
select is((select count(*) from jsonb_array_elements(detainerd.law_export() -> 'jurisdictions') j, jsonb_array_elements(j -> 'duties')), (select count(*) from detainerd.duty), 'and every duty');
select is(detainerd.law_export('US-NY') -> 'jurisdictions' -> 0 ->> 'code', 'US-NY', 'one alone');
select is(jsonb_array_length(detainerd.law_export('US-NY') -> 'jurisdictions'), 1, 'and nothing else');
select is(detainerd.law_export() ->> 'format', 'detainerd-law/1', 'under the number of its format');

-- The schema that is shipped beside the rows names every key there is, and asks for none that may be missing.
\set schema `cat sql/law/export.schema.json`
create temporary table object (kind text, value jsonb);
insert into object
with export (e) as (select detainerd.law_export()), place as (select value from export, jsonb_array_elements(e -> 'jurisdictions')),
	version as (select v.value from place, jsonb_array_elements(place.value -> 'versions') v),
	alternative as (select a.value from version, jsonb_array_elements(version.value -> 'alternatives') a)
select 'jurisdiction', value from place
union all select 'version', value from version
union all select 'clock', value -> 'clock' from version where value ? 'clock'
union all select 'alternative', value from alternative
union all select 'term', t.value from alternative, jsonb_array_elements(alternative.value -> 'terms') t
union all select 'duty', d.value from place, jsonb_array_elements(place.value -> 'duties') d
union all select 'form', value from export, jsonb_array_elements(e -> 'forms');
select is(array_agg(distinct key) filter (where not :'schema'::jsonb -> '$defs' -> kind -> 'properties' ? key), null, format('%s: the schema names every key', kind))
from object, jsonb_object_keys(value) k (key) group by kind order by kind;
select is_empty(format($$ select kind, asked from object, jsonb_array_elements_text(%L::jsonb -> '$defs' -> kind -> 'required') r (asked) where not object.value ? asked $$, :'schema'),
	'and asks for none that is missing');
select is((:'schema'::jsonb -> 'properties' -> 'format' ->> 'const'), detainerd.law_export() ->> 'format', 'under the same format');

-- ---- where it is thin ------------------------------------------------------------------------------------------------

insert into detainerd.facility (code, jurisdiction, time_zone) values ('OH-1', 'US-OH', 'America/New_York'), ('IL-1', 'US-IL', 'America/Chicago'),
	('CT-1', 'US-CT', 'America/New_York'), ('GA-1', 'US-GA', 'America/New_York'), ('NYC-1', 'US-NY-NYC', 'America/New_York'), ('TN-1', 'US-TN', 'America/Chicago');
create function pg_temp.thin(place text) returns text language sql stable as $$
	select coalesce(string_agg(code, ', ' order by code), 'nothing') from detainerd.law_warning where facility = place
$$;
select is(pg_temp.thin('OH-1'), 'no_law', 'a state with nothing on file');
select is(pg_temp.thin('TN-1'), 'draft_waits, no_law', 'a state with a draft');
select is(pg_temp.thin('IL-1'), 'nothing', 'a state whose law was read');
select is(pg_temp.thin('CT-1'), 'alternative_unverified, clock_unverified, first_day_unverified', 'Connecticut, in part');
select is(pg_temp.thin('GA-1'), 'alternative_unverified, clock_unverified, first_day_unverified', 'Georgia, nothing of which was');
select is(pg_temp.thin('NYC-1'), 'nothing', 'a city and its state');

-- ---- where a stay is explained -----------------------------------------------------------------------------------------

\copy in_file from 'tests/sql/cases/us-nc.csv' with (format csv, header)
select pg_temp.take('us-nc') \g /dev/null
select pg_temp.record() \g /dev/null
create temporary table explained as
select c.*, b.booking_id, c.as_of::timestamp at time zone c.zone as moment
from the_case c join detainerd.booking b on b.booking_number = format('case %sA', c.n);

select results_eq($$ select distinct clock_of, ends_at, is_earliest from explained cross join lateral detainerd.explain_clock(booking_id, moment)
	where "case" like 'NC-2024: received a day and three quarters before%' order by ends_at $$,
	$$ values ('US-NC: N.C. Gen. Stat. § 162-62', timestamptz '2025-09-30 18:00-04', true),
		((select distinct clock_of from explained cross join lateral detainerd.explain_clock(booking_id, moment)
			where "case" like 'NC-2024: received a day and three quarters before%' and clock_of like 'detainer%'), '2025-10-02 10:00-04', false) $$,
	'a clock that begins with the papers is counted from there, the form''s own from the start');
select is(c.ends_at, e.moment - interval '2 hours' + interval '48 hours', 'where no paper came with a warrant it begins at the start')
from explained e cross join lateral detainerd.explain_clock(e.booking_id, e.moment) c
where e."case" like 'NC-2024: a detainer without a warrant%' and c.clock_of like 'US-NC%' order by c.day limit 1;
select matches(because, '^\(b1\) is met, but the rule''s first day was not read, and nobody may be held by it before 2025-09-30: I-200', 'a rule that may not be relied on yet says why it is silent')
from explained cross join lateral detainerd.explain_law(booking_id, moment) l
where "case" = 'NC-2024: its first day is from memory' and l.says = 'silent' and l.rule_id is not null limit 1;

select is(string_agg(distinct says, ' | ' order by says), '48 hours, from receipt of detainer and administrative warrant, or from when the person would otherwise go free if that is earlier | '
	|| '48 hours, from when the person would otherwise go free', 'a clock is told in words')
from explained cross join lateral detainerd.explain_clock(booking_id, moment) where "case" like 'NC-2024: received a day and three quarters before%';

-- A finding that comes near says what it lacks; one that is what is asked for lacks nothing.
create function pg_temp.unmet(f detainerd.finding, t detainerd.rule_term) returns text language sql as $$ select detainerd.explain_unmet(f, t, '2026-11-18') $$;
select is_empty($$ select f, t from detainerd.finding f join detainerd.rule_term t using (ground)
	where detainerd.meets(f, t, '2026-11-18') <> (pg_temp.unmet(f, t) is null) or pg_temp.unmet(f, t) = '' $$, 'what is not met says why, and nothing else does');
select is(pg_temp.unmet(f, t), says, says)
from (values (date '2021-11-17', 'convicted before 2021-11-18, the first day that counts'), ('2021-11-18', null), (null, 'no day of conviction is given')) v (convicted_on, says)
cross join lateral (select (jsonb_populate_record(null::detainerd.finding, jsonb_build_object('ground', 'conv_listed', 'list_id', 'L', 'convicted_on', v.convicted_on))).*) f
cross join lateral (select (jsonb_populate_record(null::detainerd.rule_term, '{"ground": "conv_listed", "list_id": "L", "max_age_years": 5}')).*) t;

-- An absurd time of receipt frees sooner and breaks nothing.
insert into detainerd.detainer (booking_id, form, received_at, served_at, admin_warrant, reference)
select booking_id, 'I-247A', moment, moment, 'I-205', 'absurd' from explained where "case" like 'NC-2024: received a day and three quarters before%';
create function pg_temp.received(value timestamptz) returns text language sql volatile as $$
	update detainerd.detainer set received_at = value where reference = 'absurd';
	select (h.release_at at time zone e.zone)::text
	from explained e cross join lateral detainerd.judge(array[e.booking_id], e.moment) h where e."case" like 'NC-2024: received a day and three quarters before%'
$$;
select is(pg_temp.received(value), released, format('received %s: held until %s', value, released))
from (values (timestamptz '0001-01-01 00:00:00Z', '2025-09-30 10:00:00'), ('2025-09-28 17:00-04', '2025-09-30 17:00:00'),
	('9999-12-31 23:59:59Z', '2025-09-30 18:00:00')) v (value, released);

set local role detainerd_counsel;
select lives_ok($$ select detainerd.law_show('US-CT'), detainerd.law_export() $$, 'counsel may read it');
reset role;
select * from finish();
rollback;
