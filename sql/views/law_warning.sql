-- SPDX-License-Identifier: MIT
-- Where the law on file is thin, facility by facility: for counsel, and for whoever installs.

create or replace view detainerd.law_warning with (security_invoker) as
	with level as (
		select r.facility, r.depth, r.jurisdiction, r.rule_id, r.citation, r.alternatives, r.verified_alternatives, r.clock, r.clock_verified,
		       rule.mark, rule.allows_from
		  from detainerd.rule_in_force r join detainerd.rule on rule.rule_id = r.rule_id
	)
	select f.code as facility, f.jurisdiction, 'no_law' as code, 'no rule is adopted at any level: every hold needs counsel' as message
	  from detainerd.facility f where not exists (select from level l where l.facility = f.code)
	union all
	select l.facility, l.jurisdiction, 'alternative_unverified', format('%s: %s of %s alternatives are unverified: where only those are met, counsel must decide',
	       l.citation, l.alternatives - l.verified_alternatives, l.alternatives)
	  from level l where l.verified_alternatives < l.alternatives
	union all
	select l.facility, l.jurisdiction, 'clock_unverified', format('%s: its clock is unverified: flat 48 hours cap too', l.citation)
	  from level l where l.clock is not null and not l.clock_verified
	union all
	select l.facility, l.jurisdiction, 'first_day_unverified', format('%s: its first day was not read', l.citation)
	  from level l where l.mark <> 'V'
	union all
	select f.code, r.jurisdiction, 'draft_waits', format('%s: a version on file is a draft: it says nothing until counsel adopts it', r.citation)
	  from detainerd.facility f
	  join detainerd.rule r on r.status = 'draft' and r.source not like 'placeholder for %'
	                       and r.jurisdiction in (f.jurisdiction, (select j.parent from detainerd.jurisdiction j where j.code = f.jurisdiction));
comment on view detainerd.law_warning is
	'What of the law in force at each facility nobody has verified. Nothing that is unverified lets anybody be held; this says where counsel should look first.';

create or replace view detainerd.facility_law with (security_invoker) as
	select f.code as facility, f.jurisdiction, count(r.rule_id) as rules, bool_and(r.clock_verified and r.verified_alternatives = r.alternatives) as verified,
	       string_agg(format('%s from %s: %s of %s alternatives verified, clock %s', r.jurisdiction, r.effective_from, r.verified_alternatives, r.alternatives,
	                         case when r.clock_verified then 'verified' else 'not' end), '; ' order by r.depth) as law
	  from detainerd.facility f left join detainerd.rule_in_force r on r.facility = f.code
	 group by f.code, f.jurisdiction;
comment on view detainerd.facility_law is 'The law that binds each facility now, a row a facility: how many rules, and whether all of them is verified (null: no rule, nothing is allowed there).';
