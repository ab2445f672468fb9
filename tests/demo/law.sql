-- SPDX-License-Identifier: MIT
-- Counsel of a fictional county adopts a local rule, by plain SQL: a draft, its
-- parts, then one update.  A county narrows what its state allows and lifts none of its bans.

begin;
insert into detainerd.jurisdiction (code, parent, name)
	values ('US-CT-DEMO', 'US-CT', 'Demo County (fictional)');

insert into detainerd.rule (jurisdiction, effective_from, clock, hours, clock_verified, citation, adopted_by)
	values ('US-CT-DEMO', '2026-01-01', 'flat', 48, true, 'Demo County Code 7-12', 'County Counsel')
	returning rule_id \gset

-- One alternative: a conviction of a class A or B felony.
insert into detainerd.rule_alternative (rule_id, alternative, citation, verified)
	values (:rule_id, 1, '(a)', true);
insert into detainerd.rule_term (rule_id, alternative, ground, felony_classes)
	values (:rule_id, 1, 'conv_felony_class', '{A,B}');

update detainerd.rule set status = 'adopted' where rule_id = :rule_id;
commit;
