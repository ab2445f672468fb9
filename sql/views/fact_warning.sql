-- SPDX-License-Identifier: MIT
-- Doubt about facts is shown, not refused.

create or replace view detainerd.fact_warning with (security_invoker) as
	with fact_check (booking_id, code, message) as (
		select b.booking_id, 'unknown_outcome', format('custody_outcome %s is not known: it closes nothing', quote_literal(b.custody_outcome))
		  from detainerd.booking b
		 where b.custody_outcome not in ('released', 'ice_custody', 'ice_custody_in_place', 'other_agency', 'died', 'escaped',
		                                 'transferred', 'hospital', 'court', 'furlough', 'recorded_in_error', 'merged')
		union all
		select b.booking_id, 'outcome_missing', 'custody_ended_at without custody_outcome closes nothing'
		  from detainerd.booking b where b.custody_ended_at is not null and b.custody_outcome is null
		union all
		select b.booking_id, 'outcome_detail_missing', format('%s closes nothing without outcome_detail', b.custody_outcome)
		  from detainerd.booking b
		 where b.custody_outcome in ('other_agency', 'ice_custody_in_place') and not detainerd.closes(b.custody_outcome, b.outcome_detail)
		union all
		select b.booking_id, 'ended_before_booked', 'custody_ended_at lies before booked_at: it closes nothing'
		  from detainerd.booking b where b.custody_ended_at < b.booked_at
		union all
		select b.booking_id, 'ends_in_the_future', 'custody_ended_at lies ahead: it closes nothing until then'
		  from detainerd.booking b where b.custody_ended_at > clock_timestamp()
		union all
		select b.booking_id, 'eligible_before_booked', 'release_eligible_at lies before booked_at: it is read as booked_at'
		  from detainerd.booking b where b.release_eligible_at < b.booked_at
		union all
		select b.booking_id, 'eligible_after_end', 'release_eligible_at lies after custody_ended_at'
		  from detainerd.booking b where b.release_eligible_at > b.custody_ended_at and detainerd.closes(b.custody_outcome, b.outcome_detail)
		union all
		select b.booking_id, 'booked_in_the_future', 'booked_at lies ahead' from detainerd.booking b where b.booked_at > clock_timestamp()
		union all
		select b.booking_id, 'booked_at_missing', 'booked_at is not known' from detainerd.booking b where b.booked_at is null
		union all
		select b.booking_id, 'earlier_end_reopened', 'custody ended here and goes on in a later booking of the stay: the time between counts as custody'
		  from detainerd.booking b
		 where detainerd.closes(b.custody_outcome, b.outcome_detail)
		   and exists (select from detainerd.booking later
		                where later.continues_booking_id = b.booking_id and later.booked_at > b.custody_ended_at)
		union all
		select b.booking_id, 'open_basis_past_release', format('release_eligible_at has passed while a %s is still open', replace(c.kind, '_', ' '))
		  from detainerd.booking b
		  join detainerd.custody_basis c on c.booking_id = b.booking_id and c.kind in ('local_charge', 'sentence') and c.ended_at is null
		 where b.release_eligible_at <= clock_timestamp()
		union all
		select b.booking_id, 'number_in_free_text', 'outcome_detail seems to hold an A-number: keep it out'
		  from detainerd.booking b where b.outcome_detail ~* '\mA[- ]?\d{3}[- ]?\d{3}[- ]?\d{2,3}\M'
		union all
		select c.booking_id, 'unknown_basis', format('basis %s: kind %s is not known; it keeps the person as written', c.basis_id, coalesce(quote_literal(c.kind), 'blank'))
		  from detainerd.custody_basis c
		 where coalesce(c.kind, '') not in ('local_charge', 'sentence', 'other_agency', 'us_marshals', 'parole', 'judicial_warrant', 'other')
		union all
		select c.booking_id, 'basis_ends_before_it_begins', format('basis %s ends before it begins: it keeps nobody', c.basis_id)
		  from detainerd.custody_basis c where c.ended_at <= c.began_at
		union all
		select c.booking_id, 'basis_is_immigration', format('basis %s is ICE''s own, or an immigration officer''s paper: it keeps nobody', c.basis_id)
		  from detainerd.custody_basis c
		 where detainerd.is_immigration_agency(c.agency) or detainerd.names_immigration_paper(c.evidence)
		union all
		select d.booking_id, 'unknown_form', format('detainer %s: form %s is not known: it is not in force', d.detainer_id, coalesce(quote_literal(d.form), 'blank'))
		  from detainerd.detainer d where not exists (select from detainerd.form f where f.form = d.form)
		union all
		select d.booking_id, 'form_out_of_dates', format('detainer %s: form %s was in use %s to %s', d.detainer_id, d.form, f.used_from, coalesce(f.used_until::text, 'now'))
		  from detainerd.detainer d join detainerd.form f on f.form = d.form
		 where d.issued_on < f.used_from or d.issued_on > f.used_until
		union all
		select d.booking_id, 'not_received', format('detainer %s has no received_at: it is not in force', d.detainer_id)
		  from detainerd.detainer d where d.received_at is null
		union all
		select d.booking_id, 'served_before_received', format('detainer %s was served before it was received', d.detainer_id)
		  from detainerd.detainer d where d.served_at < d.received_at
		union all
		select d.booking_id, 'rescinded_before_received', format('detainer %s was rescinded before it was received', d.detainer_id)
		  from detainerd.detainer d where d.rescinded_at < d.received_at
		union all
		select d.booking_id, 'issued_for_earlier_stay', format('detainer %s was issued more than a day before the stay began: not in force until reissued', d.detainer_id)
		  from detainerd.hold h join detainerd.facility f on f.facility_id = h.facility_id
		  join detainerd.detainer d on d.booking_id = any (h.members)
		 where d.issued_on < (h.booked_at at time zone f.time_zone)::date - 1
		union all
		select d.booking_id, 'unknown_warrant', format('detainer %s: admin_warrant %s is not known: it meets no term', d.detainer_id, quote_literal(d.admin_warrant))
		  from detainerd.detainer d where d.admin_warrant not in ('I-200', 'I-205')
		union all
		select n.booking_id, 'unknown_ground', format('finding %s: ground %s is not known: it meets no term', n.finding_id, coalesce(quote_literal(n.ground), 'blank'))
		  from detainerd.finding n
		 where (n.ground = any (detainerd.known_grounds())) is not true
		   and not exists (select from detainerd.rule_term t where t.ground = n.ground)
		   and not exists (select from detainerd.rule_bar rb where rb.ground = n.ground)
		union all
		select n.booking_id, 'unknown_list', format('finding %s: no rule on file names list %s: it meets no term that asks for a list', n.finding_id, quote_literal(n.list_id))
		  from detainerd.finding n
		 where n.list_id is not null and not exists (select from detainerd.rule_term t where t.list_id = n.list_id)
		union all
		select n.booking_id, 'never_found', format('finding %s has no found_at: it never stands', n.finding_id)
		  from detainerd.finding n where n.found_at is null and not n.ground = any (detainerd.everywhere_bars())
		union all
		select n.booking_id, 'evidence_missing', format('finding %s has no evidence: it allows nothing', n.finding_id)
		  from detainerd.finding n where not detainerd.is_evidenced(n) and not n.ground = any (detainerd.everywhere_bars())
		   and not (n.ground = 'judicial_warrant' and n.evidence ~ '\S')
		union all
		select n.booking_id, 'warrant_incomplete', format('finding %s: a judicial warrant counts only with a judge as issuer and the court''s case number', n.finding_id)
		  from detainerd.finding n where n.ground = 'judicial_warrant' and n.evidence ~ '\S' and not detainerd.is_evidenced(n)
		union all
		select n.booking_id, 'warrant_is_immigration', format('finding %s: an immigration officer''s paper is no judicial warrant', n.finding_id)
		  from detainerd.finding n where n.ground in ('judicial_warrant', 'federal_criminal_warrant') and detainerd.names_immigration_paper(n.evidence)
		union all
		select n.booking_id, 'bar_withdrawn_without_evidence', format('finding %s: %s was withdrawn and nothing shows why', n.finding_id, n.ground)
		  from detainerd.finding n
		 where n.ground = any (detainerd.everywhere_bars()) and n.withdrawn_at is not null and coalesce(n.evidence, '') !~ '\S'
		union all
		select n.booking_id, 'withdrawn_before_found', format('finding %s was withdrawn before it was found', n.finding_id)
		  from detainerd.finding n where n.withdrawn_at < n.found_at
		union all
		select n.booking_id, 'convicted_in_the_future', format('finding %s: convicted_on lies ahead', n.finding_id)
		  from detainerd.finding n where n.convicted_on > (clock_timestamp() at time zone 'UTC')::date + 1
		union all
		select n.booking_id, 'stale_bond_finding', format('finding %s: pending_charge_no_bond ends where the person is eligible for release', n.finding_id)
		  from detainerd.finding n join detainerd.hold h on n.booking_id = any (h.members)
		 where n.ground = 'pending_charge_no_bond' and n.withdrawn_at is null and h.starts_at <= clock_timestamp()
		union all
		select n.booking_id, 'number_in_free_text', format('finding %s: evidence seems to hold an A-number: keep it out', n.finding_id)
		  from detainerd.finding n where concat_ws(' ', n.evidence, n.case_number) ~* '\mA[- ]?\d{3}[- ]?\d{3}[- ]?\d{2,3}\M'
		union all
		select y.booking_id, 'unknown_duty', format('duty_done %s: duty %s is not known: it meets none', y.duty_done_id, coalesce(quote_literal(y.duty), 'blank'))
		  from detainerd.duty_done y where not exists (select from detainerd.duty_kind k where k.duty = y.duty)
		union all
		select i.booking_id, 'interview_ends_before_it_begins', format('interview %s ends before it begins', i.interview_id)
		  from detainerd.interview i where i.ended_at < i.started_at
		union all
		select i.booking_id, 'unknown_consent', format('interview %s: consent %s is not known', i.interview_id, quote_literal(i.consent))
		  from detainerd.interview i where i.consent not in ('given', 'declined')
		union all
		select o.booking_id, o.code, case o.code when 'missing_from_export' then 'the last full export does not list this booking: that is no release, and its clock goes on'
		                                         else 'the last full export lists this booking without an end, and custody has ended by the record' end
		  from detainerd.import_doubt o join detainerd.booking b on b.booking_id = o.booking_id
		 where (o.code = 'missing_from_export') = (b.custody_ended_at is null)
	)
	select c.booking_id, f.code as facility, b.booking_number, c.code, c.message
	  from fact_check c
	  join detainerd.booking b on b.booking_id = c.booking_id
	  join detainerd.facility f on f.facility_id = b.facility_id;
comment on view detainerd.fact_warning is 'Facts that were stored and are in doubt: what is odd, and how it is read meanwhile.';
