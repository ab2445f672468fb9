-- SPDX-License-Identifier: MIT

create or replace function detainerd.everywhere_bars() returns text[]
language sql immutable parallel safe
begin atomic
	select array['us_citizen_claim', 'proof_citizen_or_lawful', 'identity_mismatch', 'juvenile'];
end;
comment on function detainerd.everywhere_bars() is 'The four bars that stand in every jurisdiction, rule or no rule: while one stands no level allows.';

create or replace function detainerd.known_grounds() returns text[]
language sql immutable parallel safe
begin atomic
	select '{judicial_warrant,admin_warrant,detainer_complete,federal_criminal_warrant,arrest_warrant_state,state_judicial_order,final_removal_order,court_order,conv_felony_any,conv_felony_class,conv_listed,charge_listed,charge_pc_found,pending_charge_no_bond,registrant,sentence_min,terror_match,gang_member,prior_removal_reentry,public_safety_risk,proof_citizen_or_lawful,identity_mismatch,us_citizen_claim,juvenile}'::text[];
end;
comment on function detainerd.known_grounds() is 'The grounds and bars that have a meaning. A finding may name another, and then meets no term.';

create or replace function detainerd.bars_standing(members bigint[], grounds text[]) returns setof detainerd.standing
language sql stable parallel safe rows 1 as $$
	-- spoken at one in the morning, a bar counts as soon as it is recorded, evidence or not
	select f.ground, range_agg(tstzrange(least(f.found_at, f.recorded_at), f.withdrawn_at))
	  from detainerd.finding f
	 where f.booking_id = any (members) and f.ground = any (grounds)
	   and (f.withdrawn_at > least(f.found_at, f.recorded_at) or f.withdrawn_at is null)
	 group by f.ground
	 order by f.ground
$$;
comment on function detainerd.bars_standing(bigint[], text[]) is 'When each of the bars ${grounds} stands against the person of bookings ${members}.';

create or replace function detainerd.meets(f detainerd.finding, t detainerd.rule_term, booked_on date) returns boolean
language sql immutable parallel safe
begin atomic
	select f.ground = t.ground
	   and (t.felony_classes is null or coalesce(f.felony_class = any (t.felony_classes), false))
	   and (t.list_id is null or coalesce(f.list_id = t.list_id, false))
	   and (t.max_age_years is null or coalesce(f.convicted_on >= booked_on - make_interval(years => t.max_age_years), false))
	   and (t.issuer is null or coalesce(f.issuer = t.issuer, false))
	   and not (f.ground in ('judicial_warrant', 'federal_criminal_warrant') and detainerd.names_immigration_paper(f.evidence));
end;
comment on function detainerd.meets(detainerd.finding, detainerd.rule_term, date) is
	'True where finding ${f} is what term ${t} asks for, evidence aside. ${booked_on}: local date on which the stay began, from which max_age_years looks back. Unknown is false.';

create or replace function detainerd.is_evidenced(f detainerd.finding) returns boolean
language sql immutable parallel safe
begin atomic
	select coalesce(f.evidence ~ '\S', false)
	   and (f.ground <> 'judicial_warrant'
	        or coalesce(f.issuer in ('federal_judge', 'state_judge') and f.case_number ~ '\S', false));
end;
comment on function detainerd.is_evidenced(detainerd.finding) is
	'True where finding ${f} has evidence. A judicial warrant counts only with a judge as issuer, the court''s case number and evidence.';

create or replace function detainerd.alternatives(s detainerd.stay, rule_id bigint) returns setof detainerd.alternative_met
language sql stable parallel safe rows 3 as $$
	select a.alternative, a.verified, a.citation,
	       coalesce(range_intersect_agg(term.met), '{(,)}'),		-- no term: a valid detainer is enough
	       coalesce(range_intersect_agg(term.if_evidenced), '{(,)}'),
	       coalesce(range_intersect_agg(term.if_kept), '{(,)}')
	  from detainerd.rule_alternative a
	  left join detainerd.rule_term t on t.rule_id = a.rule_id and t.alternative = a.alternative
	  left join lateral (
		select coalesce(range_agg(stands.span) filter (where stands.evidenced), '{}') * cut.span as met,
		       coalesce(range_agg(stands.span), '{}') * cut.span as if_evidenced,
		       coalesce(range_agg(stands.ever) filter (where stands.evidenced), '{}') * cut.span as if_kept
		  from (
			select case when f.withdrawn_at <= f.found_at then 'empty' else tstzrange(f.found_at, f.withdrawn_at) end,
			       tstzrange(f.found_at, null), detainerd.is_evidenced(f)
			  from detainerd.finding f
			 where f.booking_id = any (s.members) and f.found_at is not null and detainerd.meets(f, t, s.booked_on)
			union all
			select p.span, p.span, true
			  from detainerd.papers(s) p
			  join detainerd.detainer d on d.detainer_id = p.detainer_id
			 where t.ground = 'admin_warrant' and d.admin_warrant in ('I-200', 'I-205')) stands (span, ever, evidenced)
		 -- a charge on which bond is not posted ends, as a ground, where the person is eligible for release: CT-2014 (b)(2)
		 right join (select case when t.ground = 'pending_charge_no_bond' then tstzmultirange(tstzrange(null, s.starts_at))
		                         else '{(,)}' end) cut (span) on true
		 group by cut.span) term on t.rule_id is not null
	 where a.rule_id = alternatives.rule_id
	 group by a.alternative, a.verified, a.citation
	 order by a.alternative
$$;
comment on function detainerd.alternatives(detainerd.stay, bigint) is
	'Each alternative of rule ${rule_id} and when stay ${s} meets all its terms by standing findings with evidence.';

create or replace function detainerd.law(s detainerd.stay) returns setof detainerd.level
language sql stable parallel safe rows 3 as $$
	with recursive chain (depth, code, parent) as (
		select 0, j.code, j.parent from detainerd.jurisdiction j where j.code = s.jurisdiction
		union all
		select c.depth + 1, j.code, j.parent from chain c join detainerd.jurisdiction j on j.code = c.parent where c.depth < 9
	), version as (
		-- rules for every kind of agency and for this kind are one series: the newest wins, on one day the kind's own, then the later row
		select c.depth, r.jurisdiction, r.rule_id, r.citation, r.clock, r.hours, r.clock_verified, r.start_event,
		       detainerd.day_starts(r.allows_from, s.time_zone) as allows_since,
		       tstzrange(detainerd.day_starts(r.effective_from, s.time_zone),
		                 detainerd.day_starts(lead(r.effective_from) over series, s.time_zone)) as span
		  from chain c
		  join detainerd.rule r on r.jurisdiction = c.code and r.status = 'adopted'
		                       and (r.agency_kind = s.agency_kind or r.agency_kind is null)
		window series as (partition by r.jurisdiction order by r.effective_from, r.agency_kind nulls first, r.rule_id)
	)
	select v.depth, v.jurisdiction, v.rule_id, v.citation, v.span, v.clock, v.hours, v.clock_verified, v.start_event, bar.bars, alternative.list,
	       spoken.span * (bar.barred + ('{(,)}' - alternative.met)), relied.span * alternative.allows - bar.barred,
	       spoken.span * (bar.barred + ('{(,)}' - alternative.met_if_evidenced)), relied.span * alternative.allows_if_evidenced - bar.barred,
	       spoken.span * (bar.barred + ('{(,)}' - alternative.met_if_kept)), relied.span * alternative.allows_if_kept - bar.barred
	  from version v
	 cross join lateral (select case when isempty(v.span) then '{}' else tstzmultirange(v.span) end as span) spoken
	 -- a rule whose first day was not read may be relied on only from a day on which it was in force by what was read
	 cross join lateral (select spoken.span * tstzmultirange(tstzrange(v.allows_since, null)) as span) relied
	 cross join lateral (
		select array_agg(b) as bars, coalesce(range_agg(b.span), '{}') as barred
		  from detainerd.bars_standing(s.members, array(select rb.ground from detainerd.rule_bar rb where rb.rule_id = v.rule_id)) b) bar
	 cross join lateral (
		select array_agg(a order by a.alternative) as list,
		       coalesce(range_agg(a.met), '{}') as met,
		       coalesce(range_agg(a.met) filter (where a.verified), '{}') as allows,
		       coalesce(range_agg(a.if_evidenced), '{}') as met_if_evidenced,
		       coalesce(range_agg(a.if_evidenced) filter (where a.verified), '{}') as allows_if_evidenced,
		       coalesce(range_agg(a.if_kept), '{}') as met_if_kept,
		       coalesce(range_agg(a.if_kept) filter (where a.verified), '{}') as allows_if_kept
		  from detainerd.alternatives(s, v.rule_id) a) alternative
$$;
comment on function detainerd.law(detainerd.stay) is
	'Every adopted rule of every level above stay ${s}, with the spans in which it forbids (a bar is met, or no alternative is, verified or not) '
	'and allows (a verified alternative is met, and the rule''s allows_from is reached). Elsewhere in its span it is silent: only an unverified alternative is met.';
