-- SPDX-License-Identifier: MIT
-- Florida, chapter 908: a detainer must be honoured where its papers are complete.
--
-- Both papers are asked for: a detainer sufficient on its face (detainer_complete: filled in, and stating probable cause
-- or supported by an affidavit or order), and an I-200 or I-205.

insert into written_rule (version, jurisdiction, effective_from, mark, policy, clock, clock_mark, citation, source, note) values
	('FL-2019', 'US-FL', '2019-07-01', 'M', 'required_if_papers', 'flat', 'M', 'Fla. Stat. ch. 908',
		'SB 168, Laws of Florida ch. 2019-102; the chapter as published',
		'Of section 908.105 the details, and of the chapter the first day, are from memory: read them and adopt a verified version. Other sections of the chapter were read; no alternative counts as verified until that one is.');
insert into written_alternative (version, alternative, subsection, mark) values ('FL-2019', 1, null, 'M');
insert into written_term (version, alternative, ground) values ('FL-2019', 1, 'detainer_complete'), ('FL-2019', 1, 'admin_warrant');

-- Duties beside release.
insert into written_duty (name, jurisdiction, duty, event, hours, every_months, effective_from, effective_until, mark, citation, source, note) values
	('FL-2019 judge', 'US-FL', 'judge_told', 'detainer_received', null, null, '2019-07-01', null, 'M',
		'Fla. Stat. ch. 908', 'section 908.105', null),
	('FL-2025 report', 'US-FL', 'report', 'period', null, 3, '2026-11-24', null, 'V',
		'Fla. Stat. § 908.11', 'the section as amended in 2025', 'To the State Board of Immigration Enforcement, every quarter. Its first day was not read: the date is that of reading.');
