-- SPDX-License-Identifier: MIT

create or replace function detainerd.explain_term(s detainerd.stay, t detainerd.rule_term, at timestamptz) returns table (met boolean, because text)
language sql stable rows 1 as $$
	with answer (met, because) as (
		select detainerd.meets(f, t, s.booked_on) and detainerd.is_evidenced(f) and stands.stands and not cut.cut,
		       detainerd.explain_finding(f)
		       || coalesce(': ' || detainerd.explain_unmet(f, t, s.booked_on), '')
		       || case when detainerd.meets(f, t, s.booked_on) and not detainerd.is_evidenced(f) then ': counts only with its evidence' else '' end
		       || case when f.found_at is null then ': has no found_at and never stands'
		               when f.found_at > at then ': found only ' || detainerd.explain_time(f.found_at, s.time_zone, 'local')
		               when f.withdrawn_at <= at then ': withdrawn ' || detainerd.explain_time(f.withdrawn_at, s.time_zone, 'local')
		               when cut.cut then ': no ground once the person is eligible for release' else '' end
		  from detainerd.finding f
		 cross join lateral (select coalesce(f.found_at <= at and (f.withdrawn_at > at or f.withdrawn_at is null), false) as stands) stands
		 cross join lateral (select coalesce(t.ground = 'pending_charge_no_bond' and at >= s.starts_at, false) as cut) cut
		 where f.booking_id = any (s.members) and f.ground = t.ground
		union all
		select p.span @> at, d.admin_warrant || ' with ' || detainerd.explain_detainer(d) || case when p.span @> at then '' else ': not in force' end
		  from detainerd.papers(s) p
		  join detainerd.detainer d on d.detainer_id = p.detainer_id
		 where t.ground = 'admin_warrant' and d.admin_warrant in ('I-200', 'I-205')
	)
	select coalesce(bool_or(a.met), false),
	       coalesce(string_agg(a.because, '; ' order by a.because) filter (where a.met), string_agg(a.because, '; ' order by a.because), 'none is recorded')
	  from answer a
$$;
comment on function detainerd.explain_term(detainerd.stay, detainerd.rule_term, timestamptz) is
	'Whether stay ${s} meets term ${t} at ${at}, and by which finding; or which findings come near and why they do not count.';
