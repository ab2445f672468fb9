-- SPDX-License-Identifier: MIT
-- Indiana: SEA 76 of 2026.  Detainers are to be honoured.  The bill was read, the Act and its first day were not.

insert into written_rule (version, jurisdiction, effective_from, mark, policy, clock, clock_mark, citation, source, note) values
	('IN-2026', 'US-IN', '2026-07-01', 'M', 'required', 'flat', 'S', 'Ind. Code ch. 5-2-18.2',
		'SEA 76 (2026), enrolled 2026-03-05', 'Read the Act and its first day.');
insert into written_alternative (version, alternative, subsection, mark) values ('IN-2026', 1, null, 'S');

-- Duties beside release.
insert into written_duty (name, jurisdiction, duty, event, hours, every_months, effective_from, effective_until, mark, citation, source, note) values
	('IN-2026 judge', 'US-IN', 'judge_told', 'detainer_received', null, null, '2026-07-01', null, 'S',
		'Ind. Code ch. 5-2-18.2', 'SEA 76 (2026), as a bill', null),
	('IN-2026 told', 'US-IN', 'person_told', 'would_be_released', null, null, '2026-07-01', null, 'S',
		'Ind. Code ch. 5-2-18.2', 'SEA 76 (2026), as a bill', null);
