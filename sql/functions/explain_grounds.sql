-- SPDX-License-Identifier: MIT

create or replace function detainerd.explain_grounds(booking_id bigint, as_of timestamptz)
returns table (jurisdiction text, rule_id bigint, alternative int, citation text, verified boolean, asks text, met boolean, because text)
language sql stable rows 10 as $$
	select l.jurisdiction, l.rule_id, a.alternative, concat_ws(' ', l.citation, a.citation), a.verified,
	       coalesce(detainerd.explain_asked(t), 'a detainer in force'), case when t.rule_term_id is null then p.in_force else x.met end,
	       case when t.rule_term_id is null then p.because else x.because end
	  from detainerd.stays(array[explain_grounds.booking_id], as_of) s
	 cross join lateral (select greatest(s.reads_from, s.read_at) as at) moment
	 cross join lateral detainerd.law(s) l
	 cross join lateral unnest(l.alternatives) a
	  left join detainerd.rule_term t on t.rule_id = l.rule_id and t.alternative = a.alternative
	  left join lateral detainerd.explain_term(s, t, moment.at) x on t.rule_term_id is not null
	 cross join lateral (
		select coalesce(bool_or(p.span @> moment.at), false) as in_force, case when bool_or(p.span @> moment.at) then 'one is' else 'none is' end as because
		  from detainerd.papers(s) p) p
	 where l.span @> moment.at
	 order by l.depth, a.alternative, t.rule_term_id
$$;
comment on function detainerd.explain_grounds(bigint, timestamptz) is
	'Every term that the law in force asks of the stay of ${booking_id}, read at the later of its start and ${as_of} (its last instant, if it has ended): '
	'met by which finding and evidence, or why not.';
