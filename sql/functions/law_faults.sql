-- SPDX-License-Identifier: MIT
-- What is wrong with law that somebody proposes.  A key that is misspelt must not be left out in silence: an alternative
-- without its term would let more people be held.

create or replace function detainerd.law_new(law jsonb) returns table (code text, parent text, name text, version text, written jsonb)
language sql stable as $$
	select j.value ->> 'code', j.value ->> 'parent', j.value ->> 'name', v.value ->> 'version', v.value
	  from jsonb_path_query(law, '$.jurisdictions[*]') j (value)
	 cross join lateral jsonb_path_query(j.value, '$.versions[*]') v (value)
	 where not exists (select from detainerd.law_versions(j.value ->> 'code') filed where filed.version = v.value ->> 'version' and filed.status <> 'withdrawn')
$$;
comment on function detainerd.law_new(jsonb) is 'The versions in ${law}, which has the form of law_export(), whose names are not on file in their jurisdiction, or were withdrawn.';

create or replace function detainerd.law_faults_of_shape(law jsonb) returns setof text
language sql stable as $$
	with part (what, value, lists, texts, numbers) as (
		select 'it', law, '{jurisdictions}'::text[], '{}'::text[], '{}'::text[] where jsonb_typeof(law) = 'object'
		union all
		select 'a jurisdiction', j, '{versions,duties}', '{code,parent,name}', '{}' from jsonb_path_query(law, '$.jurisdictions[*]') j
		union all
		select 'a version', v, '{alternatives,bars,duties}', '{version,status,agency_kind,effective_from,mark,allows_from,policy,citation,source,note}', '{}'
		  from jsonb_path_query(law, '$.jurisdictions[*].versions[*]') v
		union all
		select 'a clock', c, '{}', '{kind,start_event,mark}', '{hours}' from jsonb_path_query(law, '$.jurisdictions[*].versions[*].clock') c
		union all
		select 'an alternative', a, '{terms}', '{citation,mark}', '{alternative}' from jsonb_path_query(law, '$.jurisdictions[*].versions[*].alternatives[*]') a
		union all
		select 'a term', t, '{felony_classes}', '{ground,list_id,issuer}', '{max_age_years}' from jsonb_path_query(law, '$.jurisdictions[*].versions[*].alternatives[*].terms[*]') t
		union all
		select 'a duty', d, '{}', '{duty,event,agency_kind,effective_from,effective_until,mark,citation,source,note}', '{hours,every_months}'
		  from jsonb_path_query(law, '$.jurisdictions[*].versions[*].duties[*]') d
	)
	select p.what || ' is no object' from part p where jsonb_typeof(p.value) <> 'object'
	union all
	select format('%s has %s, which is no %s', p.what, k.key, k.kind)
	  from part p
	 cross join lateral (
		select unnest(p.lists), 'array', 'list' union all
		select unnest(p.texts), 'string', 'text' union all
		select unnest(p.numbers), 'number', 'whole number') k (key, type, kind)
	 where p.value ? k.key and (jsonb_typeof(p.value -> k.key) <> k.type or k.type = 'number' and p.value ->> k.key !~ '^\d{1,6}$')
	union all
	select 'it has no jurisdictions' where jsonb_typeof(law) = 'object' and not law ? 'jurisdictions'
$$;
comment on function detainerd.law_faults_of_shape(jsonb) is 'Where a list, text or number of ${law} is none: what cannot be read any further.';

create or replace function detainerd.law_faults_of_keys(law jsonb) returns setof text
language sql stable as $$
	with part (version, what, keys, known) as (
		select n.version, 'a version', n.written, '{version,status,agency_kind,effective_from,effective_until,mark,allows_from,policy,citation,source,note,adopted_by,clock,alternatives,bars,duties}'::text[]
		  from detainerd.law_new(law) n
		union all
		select n.version, 'a clock', n.written -> 'clock', '{kind,hours,start_event,verified,mark}'
		  from detainerd.law_new(law) n
		union all
		select n.version, 'an alternative', a.value, '{alternative,citation,verified,mark,terms}'
		  from detainerd.law_new(law) n cross join lateral jsonb_path_query(n.written, '$.alternatives[*]') a (value)
		union all
		select n.version, 'a duty', d.value, '{duty,says,event,hours,every_months,due_after,agency_kind,effective_from,effective_until,verified,mark,citation,source,note}'
		  from detainerd.law_new(law) n cross join lateral jsonb_path_query(n.written, '$.duties[*]') d (value)
		union all
		select n.version, 'a term', t.value, '{ground,felony_classes,list_id,max_age_years,issuer}'
		  from detainerd.law_new(law) n cross join lateral jsonb_path_query(n.written, '$.alternatives[*].terms[*]') t (value)
	)
	select format('version %s: %s has no key %s', coalesce(p.version, '(unnamed)'), p.what, quote_literal(k.key))
	  from part p
	 cross join lateral jsonb_object_keys(case when jsonb_typeof(p.keys) = 'object' then p.keys else '{}' end) k (key)
	 where k.key <> all (p.known)
	union all
	select format('version %s: %s is no object', coalesce(p.version, '(unnamed)'), p.what)
	  from part p where jsonb_typeof(p.keys) <> 'object'
$$;
comment on function detainerd.law_faults_of_keys(jsonb) is 'Keys in the new versions of ${law} that the format does not have.';

create or replace function detainerd.law_follows() returns text[]
language sql immutable parallel safe
begin atomic
	select '{status,adopted_by,effective_until}'::text[];
end;
comment on function detainerd.law_follows() is 'What an export says of a version that follows from its adoption and from what was adopted after it.';

create or replace function detainerd.law_agency_kinds() returns setof text
language sql stable as $$
	select f.agency_kind from detainerd.facility f where f.agency_kind is not null
	union
	select r.agency_kind from detainerd.rule r where r.agency_kind is not null
$$;
comment on function detainerd.law_agency_kinds() is 'The kinds of agency that there are: a misspelt one would bind nobody.';

create or replace function detainerd.law_miscalled(part jsonb) returns setof text
language sql immutable parallel safe rows 1 as $$
	select case when part ->> 'mark' = 'V' then 'is verified: mark it S, M or ? if it was not read' else 'cannot be called verified' end
	 where part ->> 'verified' <> (part ->> 'mark' = 'V')::text
$$;
comment on function detainerd.law_miscalled(jsonb) is 'What is wrong where ${part} of a version calls itself verified, or not, against its mark. No row: nothing.';

-- An export has them for a reader; they are the same everywhere, and a change of them would be left out in silence.
create or replace function detainerd.law_faults_beside(law jsonb) returns setof text
language sql stable as $$
	select format('it has no key %s', quote_literal(k.key))
	  from jsonb_object_keys(case when jsonb_typeof(law) = 'object' then law else '{}' end) k (key)
	 where k.key not in ('format', 'bars_everywhere', 'jurisdictions', 'forms')
	union all
	select 'bars_everywhere stand in every jurisdiction, and no proposal changes them: leave them as exported'
	 where law -> 'bars_everywhere' <> to_jsonb(detainerd.everywhere_bars())
	union all
	select format('no proposal changes forms, and %s is not as exported: they are what the paper says on its face', coalesce(filed.value ->> 'form', given.value ->> 'form', 'one'))
	  from (select f.value from jsonb_array_elements(detainerd.law_export('') -> 'forms') f (value) where law ? 'forms') filed
	  full join (select f.value from jsonb_path_query(law, '$.forms[*]') f (value)) given on given.value = filed.value
	 where given.value is null or filed.value is null
$$;
comment on function detainerd.law_faults_beside(jsonb) is 'What ${law} says besides its jurisdictions that is not so: it would be left out.';

create or replace function detainerd.law_faults_of_parts(law jsonb) returns setof text
language sql stable as $$
	with way as (
		select n.version, a.value as way
		  from detainerd.law_new(law) n cross join lateral jsonb_path_query(n.written, '$.alternatives[*]') a (value)
	), ground as (
		select w.version, t.value ->> 'ground' as ground from way w cross join lateral jsonb_path_query(w.way, '$.terms[*]') t (value)
		union all
		select n.version, b.value #>> '{}' from detainerd.law_new(law) n cross join lateral jsonb_path_query(n.written, '$.bars[*]') b (value)
	)
	select format('version %s: an alternative without a number', w.version) from way w where jsonb_typeof(w.way -> 'alternative') is distinct from 'number'
	union all
	select format('version %s: alternative %s has no mark V, S, M or ?', w.version, w.way ->> 'alternative')
	  from way w where coalesce(w.way ->> 'mark', '') not in ('V', 'S', 'M', '?')
	union all
	select format('version %s: alternative %s has no list of terms; write [] where a detainer in force is enough', w.version, w.way ->> 'alternative')
	  from way w where jsonb_typeof(w.way -> 'terms') is distinct from 'array'
	union all
	select format('version %s: alternative %s is marked %s and %s', w.version, w.way ->> 'alternative', w.way ->> 'mark', c.wrong)
	  from way w cross join lateral detainerd.law_miscalled(w.way) c (wrong)
	union all
	select format('version %s: no judge is called %s; write federal_judge or state_judge, or leave issuer out', w.version, quote_literal(t.value ->> 'issuer'))
	  from way w cross join lateral jsonb_path_query(w.way, '$.terms[*]') t (value)
	 where t.value ->> 'ground' = 'judicial_warrant' and t.value ->> 'issuer' not in ('federal_judge', 'state_judge')
	union all
	select format('version %s: there is no ground %s', g.version, coalesce(quote_literal(g.ground), '(blank)'))
	  from ground g where (g.ground = any (detainerd.known_grounds())) is not true
$$;
comment on function detainerd.law_faults_of_parts(jsonb) is 'What is wrong with alternatives, terms and bars of the new versions of ${law}.';

create or replace function detainerd.law_faults_of_duties(law jsonb) returns setof text
language sql stable as $$
	with owed as (
		select n.version, d.value as duty from detainerd.law_new(law) n cross join lateral jsonb_path_query(n.written, '$.duties[*]') d (value)
	)
	select format('version %s: there is no duty %s', o.version, coalesce(quote_literal(o.duty ->> 'duty'), '(blank)'))
	  from owed o where not exists (select from detainerd.duty_kind k where k.duty = o.duty ->> 'duty')
	union all
	select format('version %s: duty %s has no mark V, S, M or ?', o.version, o.duty ->> 'duty')
	  from owed o where coalesce(o.duty ->> 'mark', '') not in ('V', 'S', 'M', '?')
	union all
	select format('version %s: duty %s is marked %s and %s', o.version, o.duty ->> 'duty', o.duty ->> 'mark', c.wrong)
	  from owed o cross join lateral detainerd.law_miscalled(o.duty) c (wrong)
	union all
	select format('version %s: what duty %s says is not proposed: it is %s everywhere', o.version, o.duty ->> 'duty', quote_literal(k.says))
	  from owed o join detainerd.duty_kind k on k.duty = o.duty ->> 'duty' where o.duty ->> 'says' <> k.says
	union all
	select format('version %s: duty %s: no facility and no rule is of agency kind %s', o.version, o.duty ->> 'duty', quote_literal(o.duty ->> 'agency_kind'))
	  from owed o where o.duty ->> 'agency_kind' not in (select * from detainerd.law_agency_kinds())
	union all
	select format('version %s: duty %s has no event', o.version, o.duty ->> 'duty') from owed o where not o.duty ? 'event'
	union all
	select format('version %s: duty %s: %s is no day YYYY-MM-DD', o.version, o.duty ->> 'duty', quote_literal(o.duty ->> k.key))
	  from owed o cross join unnest('{effective_from,effective_until}'::text[]) k (key)
	 where o.duty ->> k.key !~ '^\d{4}-\d\d-\d\d$'
	union all
	select format('version %s: duty %s: %s is no due_after such as ''2 months 15 days''', o.version, o.duty ->> 'duty', quote_literal(o.duty ->> 'due_after'))
	  from owed o where o.duty ->> 'due_after' !~ '^(\d{1,3} months?)?( ?\d{1,3} days?)?$' or o.duty ->> 'due_after' = ''
	union all
	select format('version %s: duty %s has a due_after and is of no period', o.version, o.duty ->> 'duty')
	  from owed o where o.duty ? 'due_after' and o.duty ->> 'event' <> 'period'
	union all
	-- those of a place stand by themselves: what is written there would be left out in silence
	select format('a duty of %s, %s, is not on file so: ', j.value ->> 'code', coalesce(quote_literal(d.value ->> 'duty'), '(blank)'))
	       || case when exists (select from detainerd.law_duties_filed(j.value ->> 'code', null, null) filed
	                             where filed.duty - 'effective_until' = d.value - 'effective_until')
	               then 'no proposal ends a duty; counsel does, by effective_until in detainerd.duty'
	               else 'write it into the version that brings it' end
	  from jsonb_path_query(law, '$.jurisdictions[*]') j (value)
	 cross join lateral jsonb_path_query(j.value, '$.duties[*]') d (value)
	 where not exists (select from detainerd.law_duties_filed(j.value ->> 'code', null, null) filed where filed.duty = d.value)
$$;
comment on function detainerd.law_faults_of_duties(jsonb) is 'What is wrong with the duties that ${law} writes.';

create or replace function detainerd.law_faults(law jsonb) returns setof text
language sql stable as $$
	with filed as materialized (
		select j.value ->> 'code' as code, v.value
		  from jsonb_path_query(detainerd.law_export(), '$.jurisdictions[*]') j (value)
		 cross join lateral jsonb_path_query(j.value, '$.versions[*]') v (value)
	)
	select 'it is not of the format detainerd-law/1' where law ->> 'format' is distinct from 'detainerd-law/1'
	union all
	select format('there is no jurisdiction %s, and it names no parent that there is', coalesce(quote_literal(j.value ->> 'code'), '(blank)'))
	  from jsonb_path_query(law, '$.jurisdictions[*]') j (value)
	 where not exists (select from detainerd.jurisdiction o where o.code in (j.value ->> 'code', j.value ->> 'parent'))
	union all
	select format('a jurisdiction has no key %s', quote_literal(k.key))
	  from jsonb_path_query(law, '$.jurisdictions[*]') j (value) cross join lateral jsonb_object_keys(j.value) k (key)
	 where k.key not in ('code', 'parent', 'name', 'versions', 'duties')
	union all
	select format('%s lies within %s, not within %s', o.code, coalesce(o.parent, 'nothing else'), j.value ->> 'parent')
	  from jsonb_path_query(law, '$.jurisdictions[*]') j (value) join detainerd.jurisdiction o on o.code = j.value ->> 'code'
	 where j.value ->> 'parent' is distinct from o.parent and j.value ? 'parent'
	union all
	select format('version %s is on file and says something else: give what is changed a name of its own', v.value ->> 'version')
	  from jsonb_path_query(law, '$.jurisdictions[*]') j (value)
	 cross join lateral jsonb_path_query(j.value, '$.versions[*]') v (value)
	  join filed on filed.code = j.value ->> 'code' and filed.value ->> 'version' = v.value ->> 'version'
	 where filed.value - detainerd.law_follows() <> v.value - detainerd.law_follows()
	union all
	select format('version %s is on file with %s %s: that follows from what is adopted, and is not proposed', v.value ->> 'version', k.key, coalesce(filed.value ->> k.key, '(none)'))
	  from jsonb_path_query(law, '$.jurisdictions[*]') j (value)
	 cross join lateral jsonb_path_query(j.value, '$.versions[*]') v (value)
	  join filed on filed.code = j.value ->> 'code' and filed.value ->> 'version' = v.value ->> 'version'
	 cross join unnest(detainerd.law_follows()) k (key)
	 where v.value ? k.key and v.value -> k.key is distinct from filed.value -> k.key and v.value ->> k.key <> 'draft'	-- adopted since it was exported
	union all
	select format('version %s: %s follows from what is adopted, and is not proposed: leave it out', n.version, k.key)
	  from detainerd.law_new(law) n cross join unnest(detainerd.law_follows()) k (key)
	 where n.written ? k.key and n.written ->> k.key is distinct from 'draft'
	union all
	select format('%s is called %s, and no proposal renames it', o.code, quote_literal(o.name))
	  from jsonb_path_query(law, '$.jurisdictions[*]') j (value) join detainerd.jurisdiction o on o.code = j.value ->> 'code'
	 where j.value ? 'name' and j.value ->> 'name' is distinct from o.name
	union all
	select detainerd.law_faults_beside(law)
	union all
	select format('version %s has no %s', coalesce(n.version, '(unnamed)'), k.key)
	  from detainerd.law_new(law) n
	 cross join unnest('{version,effective_from,mark,citation,source,alternatives}'::text[]) k (key)
	 where coalesce(n.written ->> k.key, '') !~ '\S'
	union all
	-- it would forbid every hold, and nobody would have said so
	select format('version %s: it has neither alternatives nor a policy: write never or no_authority where the law forbids every hold', n.version)
	  from detainerd.law_new(law) n where n.written -> 'alternatives' = '[]' and coalesce(n.written ->> 'policy', '') !~ '\S'
	union all
	select format('version %s: a name has neither colon nor twin', n.version)
	  from detainerd.law_new(law) n group by n.code, n.version having n.version ~ ':' or count(*) > 1
	union all
	select format('version %s: %s is no day YYYY-MM-DD', n.version, quote_literal(n.written ->> k.key))
	  from detainerd.law_new(law) n cross join unnest('{effective_from,allows_from}'::text[]) k (key)
	 where n.written ->> k.key !~ '^\d{4}-\d\d-\d\d$'
	union all
	select format('version %s: its clock has no mark V, S, M or ?', n.version)
	  from detainerd.law_new(law) n where n.written ? 'clock' and coalesce(n.written #>> '{clock,mark}', '') not in ('V', 'S', 'M', '?')
	union all
	select format('version %s: its clock has no kind', n.version)
	  from detainerd.law_new(law) n where jsonb_typeof(n.written -> 'clock') = 'object' and coalesce(n.written #>> '{clock,kind}', '') = ''
	union all
	-- misspelt, it would bind nobody, and narrow nothing
	select format('version %s: no facility and no rule is of agency kind %s', n.version, quote_literal(n.written ->> 'agency_kind'))
	  from detainerd.law_new(law) n
	 where n.written ->> 'agency_kind' not in (select * from detainerd.law_agency_kinds())
	union all
	select format('version %s: its clock is marked %s and %s', n.version, n.written #>> '{clock,mark}', c.wrong)
	  from detainerd.law_new(law) n cross join lateral detainerd.law_miscalled(n.written -> 'clock') c (wrong)
	union all
	select format('version %s: a clock of kind %s has no hours', n.version, n.written #>> '{clock,kind}')
	  from detainerd.law_new(law) n where n.written #>> '{clock,kind}' in ('until_local_midnight', 'none') and n.written #>> '{clock,hours}' is not null
	union all
	select format('version %s: its first day was not read, so it needs an allows_from', n.version)
	  from detainerd.law_new(law) n
	 where n.written ->> 'mark' <> 'V' and not n.written ? 'allows_from' and jsonb_path_exists(n.written, '$.alternatives[*] ? (@.mark == "V")')
	union all
	select detainerd.law_faults_of_keys(law)
	union all
	select detainerd.law_faults_of_parts(law)
	union all
	select detainerd.law_faults_of_duties(law)
$$;
comment on function detainerd.law_faults(jsonb) is 'Everything that is wrong with ${law} as a proposal, a line each. No row: it can be stored.';
