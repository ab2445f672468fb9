-- SPDX-License-Identifier: MIT
-- Maryland: the Community Trust Act of 2026.  The Act's own text was not read: nothing below is verified.
--
-- The Act of 2021 (SB 88, Crim. Proc. 5-104) binds the police and not jails (S); nothing is on file for it.
--
-- Lists: MD-sex-offender-registry; MD-five-years-or-more, a sentence of at least five years.

insert into written_rule (version, jurisdiction, effective_from, mark, policy, clock, clock_mark, citation, source, note) values
	('MD-2026', 'US-MD', '2026-06-01', 'S', 'listed_any', 'flat', '?', 'Md. Community Trust Act (SB 791/HB 1575 of 2026)',
		'an advocacy brief',
		'Read the Act: its grounds, its clock, and whether the day on which it became law without signature is the day it takes effect. '
		'The Act of 2021 (SB 88, Crim. Proc. 5-104, from 2022-06-01 by memory) binds the police and not jails, and is not on file.');

insert into written_alternative (version, alternative, subsection, mark) values
	('MD-2026', 1, null, 'S'), ('MD-2026', 2, null, 'S'), ('MD-2026', 3, null, 'S'), ('MD-2026', 4, null, 'S');
insert into written_term (version, alternative, ground, list_id) values
	('MD-2026', 1, 'judicial_warrant', null),
	('MD-2026', 2, 'conv_felony_any', null),
	('MD-2026', 3, 'registrant', 'MD-sex-offender-registry'),
	('MD-2026', 4, 'sentence_min', 'MD-five-years-or-more');
