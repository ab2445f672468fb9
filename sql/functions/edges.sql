-- SPDX-License-Identifier: MIT

create or replace function detainerd.edges(s detainerd.stay, papers detainerd.paper[], levels detainerd.level[], bars detainerd.standing[],
                                           lawful tstzmultirange, as_of timestamptz) returns setof timestamptz
language sql stable parallel safe rows 4 as $$
	select distinct edge.at
	  from (
		select unnest(array[lower(r), upper(r)]) from unnest(s.bases) r
		union all select unnest(array[lower(r), upper(r)]) from unnest(lawful) r
		union all select unnest(array[p.received_at, p.effective_at, p.rescinded_at, p.declined_at]) from unnest(papers) p
		union all select unnest(array[lower(r), upper(r)]) from unnest(bars) b cross join lateral unnest(b.span) r
		union all select unnest(array[lower(l.span), upper(l.span)]) from unnest(levels) l
		union all select unnest(array[lower(r), upper(r)]) from unnest(levels) l cross join lateral unnest(l.allows) r
		union all select unnest(array[lower(r), upper(r)]) from unnest(levels) l cross join lateral unnest(l.bars) b cross join lateral unnest(b.span) r
		union all select unnest(array[lower(r), upper(r)])
		            from unnest(levels) l cross join lateral unnest(l.alternatives) a
		           cross join lateral (select unnest(a.met) union all select unnest(a.if_evidenced) union all select unnest(a.if_kept)) e (r)
	  ) edge (at)
	 where edge.at > as_of and isfinite(edge.at)
$$;
comment on function detainerd.edges(detainerd.stay, detainerd.paper[], detainerd.level[], detainerd.standing[], tstzmultirange, timestamptz) is
	'Every instant after ${as_of} at which a span of stay ${s} begins or ends: where its reading may change.';
