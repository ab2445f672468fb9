-- SPDX-License-Identifier: MIT
-- What is written about law and about telling must be computable: one row that is not would keep every alert from being
-- raised.  Facts are never refused for being odd; these rows are.

alter table detainerd.rule add constraint rule_days_lie_in_years_1_to_9999 check (
	effective_from between '0001-01-01' and '9999-12-31' and allows_from between '0001-01-01' and '9999-12-31');
alter table detainerd.duty add constraint duty_days_lie_in_years_1_to_9999 check (
	effective_from between '0001-01-01' and '9999-12-31' and effective_until between '0001-01-01' and '10000-01-01');
alter table detainerd.duty add constraint duty_is_due_within_ten_years check (due_after <= '10 years');
alter table detainerd.route add constraint route_tells_within_a_year check (step_delay <= '1 year' and repeat_every <= '1 year');
alter table detainerd.reminder add constraint reminder_lies_within_a_year check (at_offset between '-1 year' and '1 year' and every between '1 second' and '1 year');
alter table detainerd.facility add constraint facility_facts_grow_old_within_a_year check (facts_max_age between '0' and '1 year');

-- 0012 said that a period is on file for a reader alone
comment on column detainerd.duty.event is
	'What it follows from: booked; detainer_received, each; decided (comply recorded) or declined, each; would_be_released, where the stay''s clock starts; '
	'interview, each that begins; ice_told, each time that ICE is told of a release; period, each that ends: of a facility, not of a stay.';

comment on table detainerd.jurisdiction is 'Whose law speaks. Jurisdictions nest: a county narrows what its state allows and lifts none of its bans.';
