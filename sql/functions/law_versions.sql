-- SPDX-License-Identifier: MIT

create or replace function detainerd.law_versions(code text) returns table (rule_id bigint, version text, agency_kind text, effective_from date, until date,
	status text, policy text, mark text, allows_from date, clock text, hours int, clock_verified boolean, clock_mark text, start_event text,
	citation text, source text, note text, adopted_by text)
language sql stable rows 3 as $$
	select r.rule_id, case when r.source like '%:%' then split_part(r.source, ':', 1) else 'rule ' || r.rule_id end, r.agency_kind, r.effective_from,
	       case when r.status = 'adopted' then (
			select min(next.effective_from) - 1 from detainerd.rule next
			 where next.jurisdiction = r.jurisdiction and next.status = 'adopted' and (next.agency_kind is null or next.agency_kind = r.agency_kind)
			   and (next.effective_from > r.effective_from
			        or next.effective_from = r.effective_from and next.agency_kind is not distinct from r.agency_kind and next.rule_id > r.rule_id)) end,
	       r.status, r.policy, r.mark, r.allows_from, r.clock,
	       case when r.clock in ('flat', 'excluding_weekends_and_holidays') then coalesce(r.hours, 48) end,
	       r.clock_verified, r.clock_mark, r.start_event, r.citation,
	       case when r.source like '%:%' then ltrim(substr(r.source, strpos(r.source, ':') + 1)) else r.source end, r.note, r.adopted_by
	  from detainerd.rule r
	 where r.jurisdiction = law_versions.code
	 order by r.effective_from, r.agency_kind nulls first, r.rule_id
$$;
comment on function detainerd.law_versions(text) is
	'Every version on file of the law of jurisdiction ${code}, oldest first. until: the last day before a later version takes its place, the day before its first where that happens at once; null: none does.';
