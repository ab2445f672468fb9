-- SPDX-License-Identifier: MIT

create or replace function detainerd.explain_custody(booking_id bigint, as_of timestamptz)
returns table (since timestamptz, until timestamptz, lasted interval, lawful boolean, because text)
language sql stable rows 5 as $$
	with stay as materialized (
		select s, paper.papers, level.levels, bar.bars, coalesce(h.authority, '{}') as authority, h.due_reason, h.release_at,
		       coalesce(h.lawful, tstzmultirange(tstzrange(null, s.starts_at)) + s.bases) as lawful,
		       tstzrange(coalesce(s.booked_at, least(s.starts_at, s.read_at)), s.ended_at) as "window"
		  from detainerd.stays(array[explain_custody.booking_id], as_of) s
		  left join detainerd.judge(array[explain_custody.booking_id], as_of) h on h.stay_id = s.stay_id
		 cross join lateral (select array_agg(p) as papers from detainerd.papers(s) p) paper
		 cross join lateral (select array_agg(l) as levels from detainerd.law(s) l) level
		 cross join lateral (select array_agg(b) as bars from detainerd.bars_standing(s.members, detainerd.everywhere_bars()) b) bar
	), cut as (
		select lower(t."window") as at from stay t
		union
		select (t.s).starts_at from stay t
		union
		select e.at from stay t cross join lateral detainerd.edges(t.s, t.papers, t.levels, t.bars, t.lawful, '-infinity') e (at)
		union
		select e.at from stay t
		  join detainerd.custody_basis c on c.booking_id = any ((t.s).members)
		 cross join lateral (values (c.began_at), (c.ended_at)) e (at)
	), piece as (
		select c.at as since, lead(c.at) over (order by c.at) as until
		  from stay t join cut c on t."window" @> c.at
	), told as (
		select p.since, coalesce(p.until, (t.s).ended_at) as until, t.lawful @> p.since as lawful,
		       case when ((t.s).starts_at > p.since or (t.s).starts_at is null) and basis.named is null then 'not yet eligible for release'
		            when (t.s).starts_at > p.since or (t.s).starts_at is null then 'not yet eligible for release: ' || basis.named
		            when basis.named is not null then 'kept by ' || basis.named
		            when t.authority @> p.since then 'held for ICE on ' || detainer.named || ', under ' || coalesce(read.citation, 'the law')
		            when read.reason = 'allowed' and p.since = t.release_at then detainerd.explain_reason(t.due_reason, null)
		            when read.reason = 'allowed' then 'the clock has run out'
		            else detainerd.explain_reason(read.reason, read.detail) end as because
		  from stay t
		 cross join piece p
		  left join lateral detainerd.reads(t.s, t.papers, t.levels, t.bars, p.since) read on true
		  left join lateral (select detainerd.explain_detainer(d) as named from detainerd.detainer d where d.detainer_id = read.detainer_id) detainer on true
		 cross join lateral (
			select string_agg(detainerd.explain_basis(c), ', ' order by c.basis_id) as named
			  from detainerd.custody_basis c
			 where c.booking_id = any ((t.s).members) and (c.began_at <= p.since or c.began_at is null) and (c.ended_at > p.since or c.ended_at is null)
			   and not detainerd.is_immigration_agency(c.agency) and not detainerd.names_immigration_paper(c.evidence)) basis
	), numbered as (
		-- neighbours that read the same are one span
		select t.*, count(*) filter (where t.is_other) over (order by t.since) as run
		  from (select t.*, (t.lawful, t.because) is distinct from (lag(t.lawful) over w, lag(t.because) over w) as is_other
		          from told t window w as (order by t.since)) t
	), merged as (
		select min(n.since) as since, case when count(n.until) = count(*) then max(n.until) end as until, n.lawful, n.because
		  from numbered n group by n.run, n.lawful, n.because
	)
	select m.since, m.until, case when m.since < as_of then least(m.until, as_of) - m.since end, m.lawful, m.because
	  from merged m
	 order by m.since
$$;
comment on function detainerd.explain_custody(bigint, timestamptz) is
	'Every span of custody of the stay of ${booking_id}, from booking to its end (to ever, while it has none): whether it is lawful, and what made it so or why not. '
	'lasted: up to ${as_of}; null for what lies ahead.';
