-- SPDX-License-Identifier: MIT
-- Texas: SB 4 of 2017.  A detainer must be honoured, unless the person proves citizenship or lawful status.

insert into written_rule (version, jurisdiction, effective_from, mark, allows_from, policy, clock, clock_mark, citation, source, note) values

	-- by its own words article 2.251 was in force until 1 January 2025 (V); its first day is from memory, so that the last
	-- day before is the one on which it is known to have been
	('TX-2017', 'US-TX', '2017-09-01', 'M', '2024-12-31', 'required', 'flat', 'V', 'Tex. Code Crim. Proc. art. 2.251',
		'SB 4 (2017); the text as published, effective until 2025-01-01',
		'Confirm the first day: with it the rule allows from there. As long as the form asks: 48 hours.'),

	('TX-2025', 'US-TX', '2025-01-01', 'V', null, 'required', 'flat', 'M', 'Tex. Code Crim. Proc., former art. 2.251 as recodified',
		'recodification of article 2.251',
		'The new article was not read; its number, 2A.060, is from memory.');

insert into written_alternative (version, alternative, subsection, mark) values ('TX-2017', 1, null, 'V'), ('TX-2025', 1, null, 'M');
insert into written_bar (version, ground) values ('TX-2017', 'proof_citizen_or_lawful'), ('TX-2025', 'proof_citizen_or_lawful');

-- Duties beside release.
insert into written_duty (name, jurisdiction, duty, event, hours, every_months, effective_from, effective_until, mark, citation, source, note) values
	('TX-2017 told', 'US-TX', 'person_told', 'would_be_released', null, null, '2017-09-01', '2025-01-01', 'V',
		'Tex. Code Crim. Proc. art. 2.251', 'SB 4 (2017); the text as published', 'First day from memory.'),
	('TX-2025 told', 'US-TX', 'person_told', 'would_be_released', null, null, '2025-01-01', null, 'M',
		'Tex. Code Crim. Proc., former art. 2.251 as recodified', 'recodification of article 2.251', 'The new article was not read.');
