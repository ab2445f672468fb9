-- SPDX-License-Identifier: MIT

create or replace function detainerd.cite(section text, subsection text) returns text
language sql immutable parallel safe
begin atomic
	select case when starts_with(subsection, section) then subsection
	            when subsection like '(%' then section || subsection
	            else nullif(concat_ws(' ', section, nullif(subsection, '')), '') end;
end;
comment on function detainerd.cite(text, text) is
	'A section and its subsection as lawyers write them, "54-192h(b)(1)"; a subsection that names its section already stands alone.';

create or replace function detainerd.reads(s detainerd.stay, papers detainerd.paper[], levels detainerd.level[],
                                           bars detainerd.standing[], at timestamptz) returns setof detainerd.reading
language sql stable parallel safe rows 1 as $$
	with level as materialized (
		select l.*, l.forbids @> at as forbids_now, l.allows @> at as allows_now from unnest(levels) l
	), bar as materialized (
		select b.ground, b.nearest from (
			select b.ground, l.depth as nearest from level l cross join lateral unnest(l.bars) b where l.span @> at and b.span @> at
			union all
			select b.ground, 10 from unnest(bars) b where b.span @> at) b
	), law as materialized (
		select bool_or(l.forbids_now) as forbids,
		       not bool_or(l.forbids_now) and bool_or(l.allows_now) and not exists (select from bar where nearest = 10) as allows,
		       not bool_or(l.forbids_if_evidenced @> at) and bool_or(l.allows_if_evidenced @> at) as allows_if_evidenced,
		       not bool_or(l.forbids_if_kept @> at) and bool_or(l.allows_if_kept @> at) as allows_if_kept,
		       -- the version before allowed it until this one came, after the start
		       bool_or(l.span @> at and not l.allows_now and lower(l.span) > s.starts_at) filter (where exists (
				select from level before
				 where before.jurisdiction = l.jurisdiction and upper(before.span) = lower(l.span)
				   and upper(before.allows) = lower(l.span))) as changed,
		       bool_or(l.span @> at) as spoken
		  from level l
	), cited as (
		select l.rule_id, l.citation as section, case when l.allows_now and not l.forbids_now then a.alternative end as alternative,
		       case when l.allows_now and not l.forbids_now then a.citation end as subsection
		  from level l
		  left join lateral (
			select a.alternative, a.citation from unnest(l.alternatives) a
			 where a.verified and a.met @> at order by a.alternative limit 1) a on true
		 where l.forbids_now or l.allows_now
		 order by l.forbids_now desc, l.depth limit 1
	), paper as (
		select p.detainer_id, p.span @> at as in_force,
		       case when p.span @> at then 4
		            when p.void in ('unknown_form', 'notify_only_form') then 2	-- what never asked for a hold was never taken back
		            when p.rescinded_at <= at then 1
		            when p.void is not null or p.effective_at > at then 2
		            else 3 end as rank,
		       coalesce(p.void, case when p.received_at > at then 'not_received' when p.effective_at > at then 'not_served' end) as detail
		  from unnest(papers) p
		 order by p.span @> at desc, rank, p.ends_by desc, p.detainer_id limit 1
	)
	select verdict.reason = 'allowed', verdict.reason,
	       case when verdict.reason in ('hold_not_allowed', 'counsel_must_decide')
	            then coalesce('bar:' || (select b.ground from bar b order by b.nearest, b.ground limit 1),
	                          case when law.allows_if_evidenced then 'evidence_missing'
	                               when law.allows_if_kept then 'ground_withdrawn'
	                               when law.changed then 'law_changed'
	                               when law.forbids then 'no_ground_met'
	                               when law.spoken then 'law_unverified'
	                               else 'no_law' end)
	            when verdict.reason = 'detainer_not_in_force' then paper.detail end,
	       paper.detainer_id, cited.rule_id, cited.alternative, cited.section, detainerd.cite(cited.section, cited.subsection)
	  from law
	  left join paper on true
	  left join cited on true
	 cross join lateral (
		select case when s.bases @> at then 'held_on_other_authority'
		            when not paper.in_force then (array['detainer_rescinded', 'detainer_not_in_force', 'agency_declined'])[paper.rank]
		            when law.forbids then 'hold_not_allowed'
		            when law.allows then 'allowed'
		            else 'counsel_must_decide' end as reason) verdict
$$;
comment on function detainerd.reads(detainerd.stay, detainerd.paper[], detainerd.level[], detainerd.standing[], timestamptz) is
	'What papers and law say of stay ${s} at one instant, the clock aside: the first reason that fits. Cited is the nearest level that forbids, '
	'else the nearest that allows and its first verified alternative met.';
