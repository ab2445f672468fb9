-- SPDX-License-Identifier: MIT
-- Washington: the Keep Washington Working Act.  No hold on a detainer; a court's warrant alone will do.

insert into written_rule (version, jurisdiction, effective_from, mark, policy, citation, source, note) values
	('WA-2019', 'US-WA', '2019-05-21', 'M', 'judicial_warrant_only', 'Wash. Rev. Code § 10.93.160',
		'Laws of 2019, ch. 440; definitions in RCW 43.17.420',
		'The definitions were read, the operative section is from memory, and so is its first day. The state''s Department of Corrections is carved out: '
		'a facility of that kind is not bound, which this row does not say.');
insert into written_alternative (version, alternative, subsection, mark) values ('WA-2019', 1, null, 'M');
insert into written_term (version, alternative, ground) values ('WA-2019', 1, 'judicial_warrant');

-- Duties beside release.
insert into written_duty (name, jurisdiction, duty, event, hours, every_months, effective_from, effective_until, mark, citation, source, note) values
	('WA-2019 consent', 'US-WA', 'interview_consent', 'interview', 0, null, '2019-05-21', null, 'M',
		'Wash. Rev. Code § 10.93.160', 'Laws of 2019, ch. 440', null);
