-- SPDX-License-Identifier: MIT
-- A jurisdiction's law in words, as counsel would read it beside the statute.

create or replace function detainerd.law_known(mark text, verified boolean) returns text
language sql immutable parallel safe
begin atomic
	select case when verified then 'verified'
	            else 'counsel must confirm' || coalesce(': ' || case mark
	                 when 'S' then 'known from a secondary source' when 'M' then 'known from memory' when '?' then 'not known' end, '') end;
end;
comment on function detainerd.law_known(text, boolean) is 'How a part of the law is known, in words.';

create or replace function detainerd.law_policy(policy text) returns text
language sql immutable parallel safe
begin atomic
	select case policy
	            when 'never' then 'no hold'
	            when 'no_authority' then 'no authority to hold'
	            when 'judicial_warrant_only' then 'a judge''s warrant only'
	            when 'listed_any' then 'any one listed ground'
	            when 'dnf' then 'one set of grounds, all of it'
	            when 'permitted' then 'a hold is permitted'
	            when 'required_if_papers' then 'a hold is required where the papers are complete'
	            when 'required' then 'a hold is required'
	            when 'anti_sanctuary' then 'forbids policies against detainers'
	            when 'no_state_law' then 'no state law on holds'
	            when 'unknown' then 'nobody has read the law'
	            else replace(policy, '_', ' ') end;
end;
comment on function detainerd.law_policy(text) is 'A rule''s policy in words. For a reader: what a rule does follows from its alternatives, bars and clock.';

create or replace function detainerd.law_says(rule_id bigint) returns setof text
language sql stable rows 5 as $$
	with way as (
		select a.alternative, coalesce(nullif(a.citation, '') || ' ', '') || coalesce(string_agg(detainerd.explain_asked(t), ', and ' order by t.rule_term_id),
		       'a detainer in force is enough') || '  [' || detainerd.law_known(a.mark, a.verified) || ']' as words
		  from detainerd.rule_alternative a
		  left join detainerd.rule_term t on t.rule_id = a.rule_id and t.alternative = a.alternative
		 where a.rule_id = law_says.rule_id
		 group by a.alternative, a.citation, a.mark, a.verified
	)
	select line from (
		select 0, 0, case when exists (select from way) then 'A hold needs one of these:' else 'No ground lets anybody be held.' end
		union all
		select 1, w.alternative, format('  %s. %s', w.alternative, w.words) from way w
		union all
		select 2, 0, 'Never while this is recorded: ' || string_agg(format('%s (%s)', detainerd.explain_ground(b.ground), b.ground), ', ' order by b.ground)
		  from detainerd.rule_bar b where b.rule_id = law_says.rule_id having count(*) > 0) said (part, n, line)
	 order by part, n
$$;
comment on function detainerd.law_says(bigint) is 'What rule ${rule_id} asks for, a line an alternative, and what bars a hold under it.';

drop function if exists detainerd.law_duties(text);
create or replace function detainerd.law_duties(code text, of_rule bigint, on_day date) returns setof text
language sql stable rows 3 as $$
	select format('  %s: %s (%s), from %s%s  [%s]', case d.event
	              when 'booked' then 'on booking' when 'detainer_received' then 'when a detainer is received' when 'decided' then 'when it is decided whether to comply'
	              when 'declined' then 'when a detainer is declined' when 'would_be_released' then 'when the person would otherwise go free'
	              when 'interview' then 'before ICE interviews the person' when 'ice_told' then 'when ICE is told of a release'
	              else 'every ' || case d.every_months when 12 then 'year' when 6 then 'half year' when 3 then 'quarter' else d.every_months || ' months' end end
	              || case when d.hours > 0 then format(', within %s hours', d.hours) when d.hours is null and d.event <> 'period' then ', promptly' when d.event <> 'period' then ''
	                      else coalesce(', by ' || detainerd.days_text(d.due_after) || ' after the next one begins', ', due instant: not stated by the law on file') end,
	              k.says, d.citation, d.effective_from, coalesce(' to ' || d.effective_until - 1, ''), detainerd.law_known(d.mark, d.mark = 'V'))
	       || coalesce(' ' || d.note, '')
	  from detainerd.duty d join detainerd.duty_kind k on k.duty = d.duty
	  left join detainerd.rule r on r.rule_id = d.rule_id
	 where d.jurisdiction = law_duties.code
	   and case when of_rule is null then r.status is null or r.status = 'adopted' else d.rule_id = of_rule end
	   and (on_day is null or d.effective_from <= on_day and (d.effective_until > on_day or d.effective_until is null))
	 order by d.effective_from, d.duty_id
$$;
comment on function detainerd.law_duties(text, bigint, date) is
	'What the law of jurisdiction ${code} asks beside release, a line a duty; what draft ${of_rule} would ask, unless it is null; of ${on_day} alone, unless it is null.';

drop function if exists detainerd.law_show(text);
create or replace function detainerd.law_show(code text, on_day date default null) returns setof text
language sql stable rows 20 as $$
	with place as (
		select j.code, j.parent, j.name from detainerd.jurisdiction j where j.code = law_show.code
	), version as (
		select row_number() over (order by v.effective_from, v.agency_kind nulls first, v.rule_id) as n, v.*
		  from place p cross join lateral detainerd.law_versions(p.code) v
		 where v.status <> 'withdrawn'
		   and (on_day is null or v.status = 'adopted' and v.effective_from <= on_day and (v.until >= on_day or v.until is null))
	), line (n, part, line) as (
		select 0::bigint, 0::bigint, p.code || ', ' || coalesce(p.name, 'without a name') || coalesce('; within ' || p.parent || ', whose law binds too', '')
		  from place p
		union all
		select 0, 1, case when on_day is null then 'No law on file: counsel must decide.' else format('No version is in force on %s: counsel must decide.', on_day) end
		  from place p where not exists (select from version)
		union all
		select v.n, said.part, said.line
		  from version v
		 cross join lateral (
			select ordinality, text from unnest(array[
				'',
				format('%s: %s%s%s%s', v.version, v.citation, coalesce(' (' || detainerd.law_policy(v.policy) || ')', ''),
				       coalesce(', for agencies of kind ' || v.agency_kind, ''), case when v.status = 'draft' then ', a draft: it says nothing' else '' end),
				format('From %s%s%s', v.effective_from, case when v.until < v.effective_from then ', and superseded at once' else coalesce(' to ' || v.until, '') end,
				       case when v.mark <> 'V' then '  [' || detainerd.law_known(v.mark, false) || ']' else '' end)
				|| coalesce('; allows nothing before ' || v.allows_from, ''),
				'Source: ' || v.source,
				'Clock: ' || detainerd.law_clock(v.clock, v.hours, v.start_event)
				|| case when v.clock is not null then '  [' || detainerd.law_known(v.clock_mark, v.clock_verified) || ']' else '' end,
				'Note: ' || v.note]) with ordinality head (text, ordinality) where text is not null
			union all
			select 10 + s.ordinality, s.line from detainerd.law_says(v.rule_id) with ordinality s (line, ordinality)
			 where v.status = 'adopted' or exists (select from detainerd.rule_alternative a where a.rule_id = v.rule_id)
			union all
			select 100, 'Beside release it would ask:' where v.status = 'draft' and exists (select from detainerd.duty d where d.rule_id = v.rule_id)
			union all
			select 100 + d.ordinality, d.line from place p cross join lateral detainerd.law_duties(p.code, v.rule_id, null) with ordinality d (line, ordinality)
			 where v.status = 'draft') said (part, line)
		union all
		select 1000000, head.n, head.text from place p cross join lateral (values (0, ''), (1, 'Beside release the law asks:')) head (n, text)
		 where exists (select from detainerd.law_duties(p.code, null, on_day))
		union all
		select 1000001, d.ordinality, d.line from place p cross join lateral detainerd.law_duties(p.code, null, on_day) with ordinality d (line, ordinality)
	)
	select l.line from line l order by l.n, l.part
$$;
comment on function detainerd.law_show(text, date) is
	'Every version on file of the law of jurisdiction ${code}, or that of ${on_day} alone, in words, a line a row: what detainerctl law show prints. No row: no such jurisdiction.';
