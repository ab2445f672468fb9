-- SPDX-License-Identifier: MIT

create or replace function detainerd.explain_law(booking_id bigint, as_of timestamptz)
returns table (depth int, jurisdiction text, rule_id bigint, citation text, says text, since timestamptz, until timestamptz, because text)
language sql stable rows 5 as $$
	with recursive stay as materialized (
		-- from the start of the clock to the last instant that is read or ahead
		select s, tstzrange(least(s.starts_at, s.read_at), greatest(s.starts_at, s.read_at, h.release_at), '[]') as "window"
		  from detainerd.stays(array[explain_law.booking_id], as_of) s
		  left join detainerd.judge(array[explain_law.booking_id], as_of) h on h.stay_id = s.stay_id
	), chain (depth, code, parent) as (
		select 0, j.code, j.parent from stay t join detainerd.jurisdiction j on j.code = (t.s).jurisdiction
		union all
		select c.depth + 1, j.code, j.parent from chain c join detainerd.jurisdiction j on j.code = c.parent where c.depth < 9
	), level as materialized (
		select l.*, case when isempty(l.span) then '{}' else tstzmultirange(l.span) end as spoken from stay t cross join lateral detainerd.law(t.s) l
	), said (depth, jurisdiction, rule_id, citation, says, span) as (
		select l.depth, l.jurisdiction, l.rule_id, l.citation, v.says, unnest(v.spans)
		  from level l
		 cross join lateral (values ('forbids', l.forbids), ('allows', l.allows - l.forbids), ('silent', l.spoken - l.forbids - l.allows)) v (says, spans)
		union all
		select c.depth, c.code, null, null, 'silent', unnest('{(,)}' - coalesce((select range_agg(l.span) from level l where l.depth = c.depth), '{}'))
		  from chain c
		union all
		select -1, 'everywhere', null, null, 'bars', unnest(b.span)
		  from stay t cross join lateral detainerd.bars_standing((t.s).members, detainerd.everywhere_bars()) b
	), clipped as (
		select d.*, d.span * t."window" as part, greatest(lower(d.span), lower(t."window")) as at, t.s
		  from said d cross join stay t where d.span && t."window"
	)
	select c.depth, c.jurisdiction, c.rule_id, c.citation, c.says, lower(c.span), upper(c.span),
	       case when c.says = 'bars' then 'recorded: ' || (select string_agg(detainerd.explain_ground(b.ground), ', ' order by b.ground) from detainerd.bars_standing((c.s).members, detainerd.everywhere_bars()) b where b.span @> c.at)
	            when c.rule_id is null then 'no rule is adopted for it' || case when exists (
				select from detainerd.rule r where r.jurisdiction = c.jurisdiction and r.status = 'draft' and r.policy is distinct from 'unknown') then ', a draft only' else '' end
	            when c.says = 'forbids' then coalesce('a bar is recorded: ' || bar.named, case when l.alternatives is null then 'it lets nobody be held on a detainer' else 'no alternative is met' end)
	            else (select string_agg(format('%s%s is met%s%s', coalesce(nullif(a.citation, ''), 'alternative ' || a.alternative),
	                                           case when not a.verified then ' (unverified)' else '' end,
	                                           case when a.verified and c.says = 'silent' then ', but the rule''s first day was not read, and nobody may be held by it before '
	                                                || (select r.allows_from from detainerd.rule r where r.rule_id = c.rule_id) else '' end, term.by), '; ' order by a.alternative)
	                    from unnest(l.alternatives) a
	                   cross join lateral (
				select coalesce(': ' || string_agg(x.because, '; ' order by t.rule_term_id), ': a detainer in force is enough') as by
				  from detainerd.rule_term t cross join lateral detainerd.explain_term(c.s, t, c.at) x
				 where t.rule_id = c.rule_id and t.alternative = a.alternative) term
	                   where a.met @> c.at and (a.verified or c.says = 'silent')) end
	  from clipped c
	  left join level l on l.rule_id = c.rule_id
	 cross join lateral (select string_agg(detainerd.explain_ground(b.ground), ', ') as named from unnest(l.bars) b where b.span @> c.at) bar
	 order by c.depth, c.at, c.says
$$;
comment on function detainerd.explain_law(bigint, timestamptz) is
	'What each level of the law says of the stay of ${booking_id}, nearest first, from where its clock starts: forbids, allows or silent, since when and until when, '
	'and because of which alternative and evidence, or which bar. depth -1: the bars that stand everywhere.';
