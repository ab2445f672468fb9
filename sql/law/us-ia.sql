-- SPDX-License-Identifier: MIT
-- Iowa, Code chapter 27A: a written request with a signed I-200 or I-205 must be honoured.
--
-- Transfer to ICE in the last seven days of a sentence is another matter than a hold.

insert into written_rule (version, jurisdiction, effective_from, mark, allows_from, policy, clock, clock_mark, citation, source, note) values
	('IA-2018', 'US-IA', '2018-07-01', 'M', '2026-11-24', 'required_if_papers', 'flat', 'V', 'Iowa Code ch. 27A',
		'SF 481, 2018 Acts ch. 1089; the chapter as published',
		'The first day is from memory; on 2026-11-24, when the text was read as published, it was in force; that no later change was missed is for counsel to confirm. As long as the form asks: 48 hours.');
insert into written_alternative (version, alternative, subsection, mark) values ('IA-2018', 1, null, 'V');
insert into written_term (version, alternative, ground) values ('IA-2018', 1, 'detainer_complete'), ('IA-2018', 1, 'admin_warrant');
