-- SPDX-License-Identifier: MIT
-- Codes in words, for whoever reads an explanation.

create or replace function detainerd.explain_ground(ground text) returns text
language sql immutable parallel safe
begin atomic
	select case ground
	            when 'judicial_warrant' then 'a judge''s warrant'
	            when 'admin_warrant' then 'an immigration officer''s warrant, I-200 or I-205'
	            when 'detainer_complete' then 'a detainer complete on its face'
	            when 'federal_criminal_warrant' then 'a federal warrant for a crime'
	            when 'arrest_warrant_state' then 'an arrest warrant of the state'
	            when 'state_judicial_order' then 'an order to hold of a state judicial official'
	            when 'final_removal_order' then 'a final order of removal'
	            when 'court_order' then 'another order of a court'
	            when 'conv_felony_any' then 'convicted of a felony'
	            when 'conv_felony_class' then 'convicted of a felony'
	            when 'conv_listed' then 'convicted of an offence'
	            when 'charge_listed' then 'charged with an offence'
	            when 'charge_pc_found' then 'charged, a magistrate finding probable cause, with an offence'
	            when 'pending_charge_no_bond' then 'a charge is pending and no bond posted'
	            when 'registrant' then 'registered as an offender'
	            when 'sentence_min' then 'serving a sentence'
	            when 'terror_match' then 'a possible match in a terrorist screening database'
	            when 'gang_member' then 'a known member of a gang'
	            when 'prior_removal_reentry' then 'removed before, and came back'
	            when 'public_safety_risk' then 'an officer''s written finding of a risk to the public'
	            when 'us_citizen_claim' then 'a claim of U.S. citizenship'
	            when 'proof_citizen_or_lawful' then 'proof of citizenship or lawful status'
	            when 'identity_mismatch' then 'papers that are another person''s'
	            when 'juvenile' then 'a juvenile'
	            else ground end;
end;
comment on function detainerd.explain_ground(text) is 'What a ground or a bar is, in words.';

create or replace function detainerd.explain_reason(reason text, detail text) returns text
language sql immutable parallel safe
begin atomic
	select case reason
	            when 'held_on_other_authority' then 'kept by another authority'
	            when 'detainer_rescinded' then 'ICE withdrew the detainer'
	            when 'detainer_not_in_force' then 'the detainer is not in force'
	            when 'agency_declined' then 'the agency does not honour the detainer'
	            when 'hold_not_allowed' then 'the law forbids a hold'
	            when 'counsel_must_decide' then 'nothing that is verified allows a hold: counsel must decide'
	            when 'allowed' then 'detainer and law allow a hold'
	            when 'ice_did_not_interview' then 'the clock ran out and ICE had not interviewed'
	            when 'ice_did_not_take_custody' then 'the clock ran out and ICE had not taken custody'
	            else coalesce(reason, 'there is no detainer') end
	       || coalesce(' (' || case
	            when detail = 'no_ground_met' then 'no ground is met'
	            when detail = 'evidence_missing' then 'a ground lacks evidence'
	            when detail = 'ground_withdrawn' then 'a ground was withdrawn'
	            when detail = 'law_changed' then 'the law changed'
	            when detail = 'law_unverified' then 'only unverified law speaks'
	            when detail = 'no_law' then 'no rule is adopted'
	            when detail = 'not_served' then 'not served on the person'
	            when detail = 'not_received' then 'not received'
	            when detail = 'notify_only_form' then 'its form asks for no hold'
	            when detail = 'issued_for_earlier_stay' then 'issued for an earlier stay'
	            when detail = 'unknown_form' then 'its form is not known'
	            when detail like 'bar:%' then 'a bar stands: ' || detainerd.explain_ground(substr(detail, 5))
	            else detail end || ')', '');
end;
comment on function detainerd.explain_reason(text, text) is 'A hold''s reason and detail in words.';

create or replace function detainerd.explain_basis(c detainerd.custody_basis) returns text
language sql immutable parallel safe
begin atomic
	select coalesce(replace(c.kind, '_', ' '), 'a basis of no known kind') || coalesce(' of ' || c.agency, '') || coalesce(' (' || c.reference || ')', '');
end;
comment on function detainerd.explain_basis(detainerd.custody_basis) is 'What a basis is, in words.';

create or replace function detainerd.explain_detainer(d detainerd.detainer) returns text
language sql immutable parallel safe
begin atomic
	select 'detainer ' || coalesce(d.reference, '#' || d.detainer_id) || coalesce(' (form ' || d.form || ')', ' (no form given)');
end;
comment on function detainerd.explain_detainer(detainerd.detainer) is 'Which detainer, in words.';

create or replace function detainerd.explain_finding(f detainerd.finding) returns text
language sql immutable parallel safe
begin atomic
	select 'finding ' || coalesce(f.reference, '#' || f.finding_id) || ', ' || coalesce(f.ground, 'no ground given')
	       || coalesce(', class ' || f.felony_class, '') || coalesce(', list ' || f.list_id, '') || coalesce(', convicted on ' || f.convicted_on, '')
	       || coalesce(', by a ' || replace(f.issuer, '_', ' '), '') || coalesce(', case ' || f.case_number, '')
	       || case when f.evidence ~ '\S' then ', evidence: ' || f.evidence else ', without evidence' end || coalesce(', found by ' || f.found_by, '');
end;
comment on function detainerd.explain_finding(detainerd.finding) is 'What a finding says and rests on, in words. Personal: for whoever may read findings.';

create or replace function detainerd.explain_unmet(f detainerd.finding, t detainerd.rule_term, booked_on date) returns text
language sql immutable parallel safe
begin atomic
	select case when detainerd.meets(f, t, booked_on) then null else concat_ws('; ',
	       case when t.felony_classes is not null and (f.felony_class = any (t.felony_classes)) is not true then 'not of class ' || array_to_string(t.felony_classes, ' or ') end,
	       case when f.list_id is distinct from t.list_id and t.list_id is not null then 'not said to be on list ' || t.list_id end,
	       case when t.issuer is not null and f.issuer is distinct from t.issuer then 'not by a ' || replace(t.issuer, '_', ' ') end,
	       case when t.max_age_years is null then null
	            when f.convicted_on is null then 'no day of conviction is given'
	            when f.convicted_on < booked_on - make_interval(years => t.max_age_years)
	            then 'convicted before ' || (booked_on - make_interval(years => t.max_age_years))::date || ', the first day that counts' end,
	       case when f.ground in ('judicial_warrant', 'federal_criminal_warrant') and detainerd.names_immigration_paper(f.evidence)
	            then 'its evidence names an immigration paper or officer' end) end;
end;
comment on function detainerd.explain_unmet(detainerd.finding, detainerd.rule_term, date) is
	'Why finding ${f}, of the ground that term ${t} names, is not what it asks for, in words; as meets(). Null: it is.';

create or replace function detainerd.explain_asked(t detainerd.rule_term) returns text
language sql immutable parallel safe
begin atomic
	select detainerd.explain_ground(t.ground) || coalesce(' of class ' || array_to_string(t.felony_classes, ' or '), '') || coalesce(' on list ' || t.list_id, '')
	       || coalesce(', at most ' || t.max_age_years || ' years before the booking', '') || coalesce(', by a ' || replace(t.issuer, '_', ' '), '')
	       || ' (' || t.ground || ')';
end;
comment on function detainerd.explain_asked(detainerd.rule_term) is 'What a term asks for, in words.';

create or replace function detainerd.law_clock(clock text, hours int, start_event text) returns text
language sql immutable parallel safe
begin atomic
	select case clock
	            when 'flat' then hours || ' hours'
	            when 'excluding_weekends_and_holidays' then hours || ' hours, Saturdays, Sundays and federal holidays not counted'
	            when 'until_local_midnight' then 'to the end of the local day'
	            when 'none' then 'no time at all'
	            else 'none on file: 48 hours cap' end
	       || case when clock is null then '' when start_event = 'papers_received'
	               then ', from receipt of detainer and administrative warrant, or from when the person would otherwise go free if that is earlier'
	               else ', from when the person would otherwise go free' end;
end;
comment on function detainerd.law_clock(text, int, text) is 'A rule''s clock in words.';
