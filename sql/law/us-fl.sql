-- SPDX-License-Identifier: MIT
-- Florida, chapter 908: a detainer must be honoured where its papers are complete.
--
-- Both papers are asked for: a detainer sufficient on its face (detainer_complete: filled in, and stating probable cause
-- or supported by an affidavit or order), and an I-200 or I-205.
-- Duties known and not computed: the judge is told, the file records it, a report every quarter.

insert into written_rule (version, jurisdiction, effective_from, mark, policy, clock, clock_mark, citation, source, note) values
	('FL-2019', 'US-FL', '2019-07-01', 'M', 'required_if_papers', 'flat', 'M', 'Fla. Stat. ch. 908',
		'SB 168, Laws of Florida ch. 2019-102; the chapter as published',
		'Of section 908.105 the details, and of the chapter the first day, are from memory: read them and adopt a verified version.');
insert into written_alternative (version, alternative, subsection, mark) values ('FL-2019', 1, null, 'M');
insert into written_term (version, alternative, ground) values ('FL-2019', 1, 'detainer_complete'), ('FL-2019', 1, 'admin_warrant');
