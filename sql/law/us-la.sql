-- SPDX-License-Identifier: MIT
-- Louisiana, R.S. 33:81 to 33:85: a detainer must be honoured where its papers are complete, as in Florida.

insert into written_rule (version, jurisdiction, effective_from, mark, policy, clock, clock_mark, citation, source, note) values
	('LA-2024', 'US-LA', '2024-05-28', 'V', 'required_if_papers', 'flat', 'V', 'La. Rev. Stat. §§ 33:81 to 33:85',
		'Act 314 of 2024 (SB 208)',
		'As long as the form asks: 48 hours. Whether the detainer is sufficient on its face is a finding, with its evidence. The parish must have a housing agreement with ICE, which is no matter of one hold and is not checked.');
insert into written_alternative (version, alternative, subsection, mark) values ('LA-2024', 1, null, 'V');
insert into written_term (version, alternative, ground) values ('LA-2024', 1, 'detainer_complete'), ('LA-2024', 1, 'admin_warrant');

-- Duties beside release.
insert into written_duty (name, jurisdiction, duty, event, hours, every_months, effective_from, effective_until, mark, citation, source, note) values
	('LA-2024 judge', 'US-LA', 'judge_told', 'detainer_received', null, null, '2024-05-28', null, 'V',
		'La. Rev. Stat. § 33:84', 'Act 314 of 2024 (SB 208)', 'The judge who sets bail; the case file records it.');
