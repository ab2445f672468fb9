-- SPDX-License-Identifier: MIT

create or replace function detainerd.law_duties_filed(code text, of_rule bigint, on_day date) returns table (duty_id bigint, effective_from date, duty jsonb)
language sql stable as $$
	select d.duty_id, d.effective_from, jsonb_strip_nulls(jsonb_build_object('duty', d.duty, 'says', k.says, 'event', d.event, 'hours', d.hours,
	       'every_months', d.every_months, 'due_after', detainerd.days_text(d.due_after), 'agency_kind', d.agency_kind, 'effective_from', d.effective_from, 'effective_until', d.effective_until - 1,
	       'verified', d.mark = 'V', 'mark', d.mark, 'citation', d.citation, 'source', d.source, 'note', d.note))
	  from detainerd.duty d join detainerd.duty_kind k on k.duty = d.duty
	 where d.jurisdiction = law_duties_filed.code and d.rule_id is not distinct from of_rule
	   and (on_day is null or d.effective_from <= on_day and (d.effective_until > on_day or d.effective_until is null))
$$;
comment on function detainerd.law_duties_filed(text, bigint, date) is
	'The duties of jurisdiction ${code} that came with rule ${of_rule} (null: those that stand by themselves) as law_export() writes them; of ${on_day} alone, unless it is null.';

drop function if exists detainerd.law_export(text);
create or replace function detainerd.law_export(code text default null, on_day date default null) returns jsonb
language sql stable as $$
	with term as (
		select t.rule_id, t.alternative, jsonb_agg(jsonb_strip_nulls(jsonb_build_object('ground', t.ground, 'felony_classes', t.felony_classes,
		       'list_id', t.list_id, 'max_age_years', t.max_age_years, 'issuer', t.issuer)) order by t.rule_term_id) as terms
		  from detainerd.rule_term t group by t.rule_id, t.alternative
	), way as (
		select a.rule_id, jsonb_agg(jsonb_strip_nulls(jsonb_build_object('alternative', a.alternative, 'citation', a.citation, 'verified', a.verified,
		       'mark', a.mark, 'terms', coalesce(t.terms, '[]'))) order by a.alternative) as alternatives
		  from detainerd.rule_alternative a left join term t using (rule_id, alternative) group by a.rule_id
	), version as (
		select j.code, jsonb_agg(jsonb_strip_nulls(jsonb_build_object('version', v.version, 'status', v.status, 'agency_kind', v.agency_kind,
		       'effective_from', v.effective_from, 'effective_until', v.until, 'mark', v.mark, 'allows_from', v.allows_from, 'policy', v.policy,
		       'citation', v.citation, 'source', v.source, 'note', v.note, 'adopted_by', v.adopted_by,
		       'clock', case when v.clock is not null then jsonb_build_object('kind', v.clock, 'hours', v.hours, 'start_event', v.start_event,
		                                                                      'verified', v.clock_verified, 'mark', v.clock_mark) end,
		       'alternatives', coalesce(w.alternatives, '[]'),
		       'bars', coalesce((select jsonb_agg(b.ground order by b.ground) from detainerd.rule_bar b where b.rule_id = v.rule_id), '[]'),
		       'duties', (select jsonb_agg(d.duty order by d.effective_from, d.duty_id) from detainerd.law_duties_filed(j.code, v.rule_id, on_day) d)))
		       order by v.effective_from, v.agency_kind nulls first, v.rule_id) as versions
		  from detainerd.jurisdiction j cross join lateral detainerd.law_versions(j.code) v left join way w using (rule_id)
		 where v.status <> 'withdrawn'
		   and (on_day is null or v.status = 'adopted' and v.effective_from <= on_day and (v.until >= on_day or v.until is null))
		 group by j.code
	)
	select jsonb_build_object('format', 'detainerd-law/1', 'bars_everywhere', to_jsonb(detainerd.everywhere_bars()),
	       'jurisdictions', coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('code', j.code, 'parent', j.parent, 'name', j.name,
	                                 'versions', coalesce(v.versions, '[]'),
	                                 'duties', (select jsonb_agg(d.duty order by d.effective_from, d.duty_id)
	                                              from detainerd.law_duties_filed(j.code, null, on_day) d))) order by j.code), '[]'),
	       'forms', (select jsonb_agg(jsonb_strip_nulls(to_jsonb(f)) order by f.form) from detainerd.form f))
	  from detainerd.jurisdiction j left join version v using (code)
	 where law_export.code is null or j.code = law_export.code
$$;
comment on function detainerd.law_export(text, date) is
	'The law on file as JSON, for others to check and correct: jurisdiction ${code} alone, or all of them, with the forms; of ${on_day}, what is in force then. '
	'Its schema is sql/law/export.schema.json; format detainerd-law/1 may gain keys, a change of meaning is another number.';
