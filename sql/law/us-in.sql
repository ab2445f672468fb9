-- SPDX-License-Identifier: MIT
-- Indiana: SEA 76 of 2026.  Detainers are to be honoured.  The bill was read, the Act and its first day were not.
--
-- Duties known and not computed: the judge who sets bail and the person are told.

insert into written_rule (version, jurisdiction, effective_from, mark, policy, clock, clock_mark, citation, source, note) values
	('IN-2026', 'US-IN', '2026-07-01', 'M', 'required', 'flat', 'S', 'Ind. Code ch. 5-2-18.2',
		'SEA 76 (2026), enrolled 2026-03-05', 'Read the Act and its first day.');
insert into written_alternative (version, alternative, subsection, mark) values ('IN-2026', 1, null, 'S');
