-- SPDX-License-Identifier: MIT

create or replace function detainerd.explain_grounds(booking_id bigint, as_of timestamptz)
returns table (jurisdiction text, rule_id bigint, alternative int, citation text, verified boolean, asks text, met boolean, because text)
language sql stable rows 10 as $$
	select l.jurisdiction, l.rule_id, a.alternative, detainerd.cite(l.citation, a.citation), a.verified,
	       coalesce(detainerd.explain_asked(t), 'nothing but a detainer in force'), coalesce(x.met, true), coalesce(x.because, 'it asks for no finding')
	  from detainerd.stays(array[explain_grounds.booking_id], as_of) s
	 cross join lateral (select greatest(s.reads_from, s.read_at) as at) moment
	 cross join lateral detainerd.law(s) l
	 cross join lateral unnest(l.alternatives) a
	  left join detainerd.rule_term t on t.rule_id = l.rule_id and t.alternative = a.alternative
	  left join lateral detainerd.explain_term(s, t, moment.at) x on t.rule_term_id is not null
	 where l.span @> moment.at
	 order by l.depth, a.alternative, t.rule_term_id
$$;
comment on function detainerd.explain_grounds(bigint, timestamptz) is
	'Every term that the law in force asks of the stay of ${booking_id}, read at the later of its start and ${as_of} (its last instant, if it has ended): '
	'met by which finding and evidence, or why not.';
