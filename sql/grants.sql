-- SPDX-License-Identifier: MIT
-- Who may do what: everything is taken from everybody, then given, role by object.

revoke all on schema detainerd from public;
revoke all on all tables in schema detainerd from public, detainerd_intake, detainerd_reviewer, detainerd_counsel, detainerd_admin, detainerd_daemon;
revoke all on all sequences in schema detainerd from public, detainerd_intake, detainerd_reviewer, detainerd_counsel, detainerd_admin, detainerd_daemon;
revoke all on all functions in schema detainerd from public, detainerd_intake, detainerd_reviewer, detainerd_counsel, detainerd_admin, detainerd_daemon;
grant usage on schema detainerd to detainerd_intake, detainerd_reviewer, detainerd_counsel, detainerd_admin, detainerd_daemon;
grant execute on function detainerd.schema_version() to detainerd_intake, detainerd_reviewer, detainerd_counsel, detainerd_admin, detainerd_daemon;
grant execute on function detainerd.settings(), detainerd.doctor(timestamptz, boolean) to detainerd_reviewer, detainerd_counsel, detainerd_admin, detainerd_daemon;

-- intake writes facts and reads them; it does not say when something was recorded, and a trigger keeps it from withdrawing a bar
grant select on detainerd.facility, detainerd.jurisdiction, detainerd.time_zone, detainerd.form, detainerd.holiday,
	detainerd.booking, detainerd.custody_basis, detainerd.detainer, detainerd.finding, detainerd.interview, detainerd.hold to detainerd_intake;
grant insert (facility_id, booking_number, booked_at, fingerprints_sent_at, release_eligible_at, custody_ended_at, custody_outcome, outcome_detail,
	continues_booking_id, merged_into_id), update (booked_at, fingerprints_sent_at, release_eligible_at, custody_ended_at, custody_outcome,
	outcome_detail, continues_booking_id, merged_into_id) on detainerd.booking to detainerd_intake;
grant insert (booking_id, kind, agency, began_at, ended_at, evidence, reference), update (kind, agency, began_at, ended_at, evidence)
	on detainerd.custody_basis to detainerd_intake;
grant insert (booking_id, form, issued_on, received_at, served_at, rescinded_at, admin_warrant, comply, comply_by, comply_at, comply_reason, reference),
	update (form, issued_on, received_at, served_at, rescinded_at, admin_warrant, comply, comply_by, comply_at, comply_reason)
	on detainerd.detainer to detainerd_intake;
grant execute on function detainerd.everywhere_bars() to detainerd_intake;
grant insert (booking_id, ground, felony_class, list_id, convicted_on, issuer, case_number, evidence, found_at, reference),
	update (felony_class, list_id, convicted_on, issuer, case_number, evidence, withdrawn_at) on detainerd.finding to detainerd_intake;
grant insert (booking_id, requested_at, consent, started_at, ended_at, officer, reference), update (requested_at, consent, started_at, ended_at, officer)
	on detainerd.interview to detainerd_intake;
-- and what was done that the law asks for beside release, which whoever reviews may record as well
grant select on detainerd.duty_kind, detainerd.duty, detainerd.duty_done, detainerd.feed, detainerd.feed_mark to detainerd_intake;
grant insert (booking_id, duty, detainer_id, done_at, done_by, told, evidence, reference), update (duty, detainer_id, done_at, done_by, told, evidence)
	on detainerd.duty_done to detainerd_intake, detainerd_reviewer, detainerd_counsel;
grant select, insert (facility_id, duty_id, period_from, done_at, done_by, told, evidence), update (done_at, done_by, told, evidence)
	on detainerd.period_done to detainerd_intake, detainerd_reviewer, detainerd_counsel;

-- intake imports files: a booking gets its id before it is stored, so that another in the same file can name it
grant insert (booking_id) on detainerd.booking to detainerd_intake;
grant usage on sequence detainerd.booking_booking_id_seq to detainerd_intake;
grant select, insert, update, delete on detainerd.import_parked to detainerd_intake;
grant select, insert, update, delete on detainerd.import_doubt to detainerd_intake;
grant execute on function detainerd.import_full(text) to detainerd_intake;
-- or writes the views that stand for files
grant select, insert, update on detainerd.intake_booking, detainerd.intake_basis, detainerd.intake_detainer, detainerd.intake_finding, detainerd.intake_interview, detainerd.intake_duty
	to detainerd_intake;

-- and sees what came of what it wrote: the verdict and its doubts
grant select on detainerd.fact_warning, detainerd.rule, detainerd.rule_alternative, detainerd.rule_term, detainerd.rule_bar, detainerd.rule_in_force, detainerd.facility_law,
	detainerd.jurisdiction_zone to detainerd_intake;
grant execute on function detainerd.closes(text, text), detainerd.known_grounds(), detainerd.is_immigration_agency(text), detainerd.names_immigration_paper(text),
	detainerd.is_evidenced(detainerd.finding), detainerd.local_text(timestamptz, text, text), detainerd.explain_time(timestamptz, text, text),
	detainerd.explain_time_zone(), detainerd.explain_duration(interval), detainerd.explain_reason(text, text), detainerd.explain_ground(text) to detainerd_intake;
grant execute on function detainerd.day_starts(date, text), detainerd.members(bigint[]), detainerd.stays(bigint[], timestamptz), detainerd.promptly(), detainerd.stay_of(detainerd.hold),
	detainerd.duties(detainerd.stay, timestamptz), detainerd.explain_duties(bigint, timestamptz), detainerd.duty_doubts(bigint, timestamptz),
	detainerd.duties_owed(text, text, timestamptz, boolean, timestamptz), detainerd.period_duties(text, timestamptz), detainerd.period_says(detainerd.duty, date, date),
	detainerd.facility_levels(text), detainerd.duty_periods(detainerd.duty, text, timestamptz),
	detainerd.record_period(text, text, text, text, jsonb, timestamptz), detainerd.explain_facts_as_of(bigint)
	to detainerd_intake, detainerd_reviewer, detainerd_counsel, detainerd_admin;

-- by file or by hand, whoever writes facts writes them with its own rights: what it may not, is refused
grant execute on function detainerd.everywhere_bars(), detainerd.import_columns(), detainerd.import_local(timestamp, text, text),
	detainerd.import_instant(text, text, text), detainerd.import_day(text), detainerd.import_clock(text, text), detainerd.import_offset(text),
	detainerd.import_value(text, text, text), detainerd.import_merge(jsonb), detainerd.import_tables(), detainerd.import_begin(text, text[]),
	detainerd.import_read(text), detainerd.import_group(text), detainerd.import_link(jsonb, bigint, text), detainerd.import_key(text),
	detainerd.import_assignments(text, text[], text), detainerd.import_store(text, text, text[], text[]), detainerd.import_bookings(text),
	detainerd.import_refuse(text, text, text[], text[]), detainerd.import_papers(), detainerd.import_children(text, text), detainerd.zone_fault(text, text, timestamptz),
	detainerd.import_facilities(timestamptz), detainerd.import_finish(text, text),
	detainerd.fact_table(text), detainerd.fact_key(text), detainerd.find_facility(text, text), detainerd.find_booking(text, text, text),
	detainerd.find_reference(text, detainerd.booking, text, boolean), detainerd.fact_rows(text, bigint, bigint, text),
	detainerd.fact_text(text, text, text, text), detainerd.record_fields(text, jsonb, timestamptz),
	detainerd.record_faults(text), detainerd.record_checked(text, detainerd.booking, text), detainerd.record_fact(text, text, text, text, jsonb, boolean)
	to detainerd_intake, detainerd_reviewer, detainerd_counsel, detainerd_admin;
grant execute on function detainerd.name_fact(text, bigint) to detainerd_intake, detainerd_reviewer, detainerd_counsel;

-- reviewers and counsel read everything, acknowledge, and withdraw findings; counsel writes law
grant select on all tables in schema detainerd to detainerd_reviewer, detainerd_counsel, detainerd_admin;
revoke select on detainerd.setting, detainerd.rejudge from detainerd_reviewer, detainerd_counsel;
revoke select on detainerd.intake_booking, detainerd.intake_basis, detainerd.intake_detainer, detainerd.intake_finding, detainerd.intake_interview, detainerd.intake_duty
	from detainerd_reviewer, detainerd_counsel, detainerd_admin;
grant update (withdrawn_at, evidence) on detainerd.finding to detainerd_reviewer, detainerd_counsel;
grant execute on function detainerd.acknowledge(text, text, text), detainerd.alert_kinds(), detainerd.route_plan(text, text), detainerd.routes_for(bigint, text),
	detainerd.is_served(text, timestamptz), detainerd.is_needed(text), detainerd.goes_by_no_route(text),
	detainerd.is_silenced(text), detainerd.is_pending(detainerd.delivery, timestamptz), detainerd.explain_kind(text, text, text, timestamptz)
	to detainerd_reviewer, detainerd_counsel, detainerd_admin;
grant execute on function detainerd.retry_delivery(bigint), detainerd.test_receiver(text), detainerd.reminds(detainerd.delivery) to detainerd_admin;
grant execute on function detainerd.intake_heartbeat(text) to detainerd_intake;
grant insert, update on detainerd.jurisdiction, detainerd.rule, detainerd.rule_alternative, detainerd.rule_term, detainerd.rule_bar, detainerd.holiday, detainerd.duty
	to detainerd_counsel;
grant execute on function detainerd.set_holiday(text, text, text, boolean) to detainerd_counsel;
grant delete on detainerd.rule_alternative, detainerd.rule_term, detainerd.rule_bar, detainerd.rule to detainerd_counsel;
grant usage on all sequences in schema detainerd to detainerd_counsel;
grant insert, update on detainerd.facility, detainerd.route, detainerd.reminder, detainerd.setting to detainerd_admin;
grant delete on detainerd.route, detainerd.reminder to detainerd_admin;

-- what the views and explain call
grant execute on function detainerd.clock_ends(timestamptz, text, text, int), detainerd.day_starts(date, text), detainerd.is_excluded(date),
	detainerd.names_immigration_paper(text), detainerd.is_immigration_agency(text), detainerd.closes(text, text), detainerd.members(bigint[]),
	detainerd.stays(bigint[], timestamptz), detainerd.papers(detainerd.stay), detainerd.everywhere_bars(), detainerd.bars_standing(bigint[], text[]),
	detainerd.meets(detainerd.finding, detainerd.rule_term, date), detainerd.is_evidenced(detainerd.finding),
	detainerd.alternatives(detainerd.stay, bigint), detainerd.law(detainerd.stay),
	detainerd.cite(text, text), detainerd.reads(detainerd.stay, detainerd.paper[], detainerd.level[], detainerd.standing[], timestamptz),
	detainerd.edges(detainerd.stay, detainerd.paper[], detainerd.level[], detainerd.standing[], tstzmultirange, timestamptz),
	detainerd.promptly(), detainerd.duties(detainerd.stay, timestamptz), detainerd.explain_duties(bigint, timestamptz),
	detainerd.release_at(tstzmultirange, timestamptz), detainerd.clock_begins(detainerd.stay, text), detainerd.cap(detainerd.stay, detainerd.level[]), detainerd.judge(bigint[], timestamptz)
	to detainerd_reviewer, detainerd_counsel, detainerd_admin;
grant execute on function detainerd.law_versions(text), detainerd.law_known(text, boolean), detainerd.law_clock(text, int, text), detainerd.law_policy(text), detainerd.law_says(bigint),
	detainerd.days_text(interval), detainerd.law_duties(text, bigint, date), detainerd.law_show(text, date), detainerd.law_duties_filed(text, bigint, date), detainerd.law_export(text, date) to detainerd_reviewer, detainerd_counsel, detainerd_admin;
grant execute on function detainerd.known_grounds() to detainerd_reviewer, detainerd_counsel, detainerd_admin;
grant execute on function detainerd.law_preview(bigint, timestamptz) to detainerd_counsel, detainerd_admin;
grant execute on function detainerd.law_propose(jsonb), detainerd.law_draft(bigint, text), detainerd.law_adopt(bigint), detainerd.rule_fault(detainerd.rule) to detainerd_counsel;
grant execute on function detainerd.law_withdraw(bigint, text) to detainerd_counsel, detainerd_admin;
grant execute on function detainerd.local_text(timestamptz, text, text), detainerd.explain_time(timestamptz, text, text),
	detainerd.explain_duration(interval), detainerd.explain_facts_as_of(bigint), detainerd.explain_time_zone(),
	detainerd.explain_reason(text, text), detainerd.explain_basis(detainerd.custody_basis), detainerd.explain_detainer(detainerd.detainer),
	detainerd.explain_finding(detainerd.finding), detainerd.explain_ground(text), detainerd.explain_asked(detainerd.rule_term), detainerd.explain_unmet(detainerd.finding, detainerd.rule_term, date),
	detainerd.explain_term(detainerd.stay, detainerd.rule_term, timestamptz), detainerd.explain_timeline(bigint, timestamptz),
	detainerd.explain_custody(bigint, timestamptz), detainerd.explain_law(bigint, timestamptz), detainerd.explain_grounds(bigint, timestamptz),
	detainerd.explain_clock(bigint, timestamptz), detainerd.explain_stay(bigint, timestamptz),
	detainerd.is_of_release(text), detainerd.silent_until(bigint, timestamptz), detainerd.hushed_until(detainerd.alert),
	detainerd.explain_attempt(detainerd.delivery_attempt), detainerd.explain_alert(text, timestamptz), detainerd.explain_alert(text, timestamptz, boolean), detainerd.check_up(text, text, timestamptz),
	detainerd.unlawful(timestamptz, timestamptz, tstzmultirange), detainerd.report_over_detention(date, date, text),
	detainerd.evidence_lines(bigint, timestamptz), detainerd.evidence_law(bigint, timestamptz),
	detainerd.evidence_messages(bigint, timestamptz), detainerd.evidence(bigint, timestamptz), detainerd.report_overdue(date, date, text, timestamptz), detainerd.report_alerts(date, date, text, timestamptz),
	detainerd.import_local(timestamp, text, text), detainerd.import_instant(text, text, text), detainerd.import_day(text),
	detainerd.import_clock(text, text), detainerd.import_offset(text)
	to detainerd_reviewer, detainerd_counsel, detainerd_admin;

-- the daemon executes its functions and reads nothing
grant execute on function detainerd.raise_due(timestamptz, int), detainerd.daemon_hello(text, text, text[], int[]), detainerd.heartbeat(text, jsonb), detainerd.measure(timestamptz),
	detainerd.claim(text, text[], int, interval),
	detainerd.settle(text, bigint[], int[], text[], int[], int[], text[], bigint[]) to detainerd_daemon;
