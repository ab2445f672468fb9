-- SPDX-License-Identifier: MIT
-- Oregon: the Sanctuary Promise Act.  A request without a judge's order must be declined, and put on record.
--
-- ORS 181A.820 has stood since 1987; its words of before 2021 were not read, and nothing is on file for that time.

insert into written_rule (version, jurisdiction, effective_from, mark, allows_from, policy, citation, source, note) values
	('OR-2021', 'US-OR', '2021-07-19', 'M', '2026-11-24', 'judicial_warrant_only', 'Or. Rev. Stat. §§ 181A.820 to 181A.829',
		'Oregon Laws 2021, ch. 550 (HB 3265); 181A.826 and 181A.829 as published',
		'The first day is from memory; on 2026-11-24, when the text was read as published, it was in force; that no later change was missed is for counsel to confirm. '
		'ORS 181A.820 has stood since 1987; its words of before 2021 were not read and are not on file.');
insert into written_alternative (version, alternative, subsection, mark) values ('OR-2021', 1, null, 'V');
insert into written_term (version, alternative, ground) values ('OR-2021', 1, 'judicial_warrant');

-- Duties beside release.
insert into written_duty (name, jurisdiction, duty, event, hours, every_months, effective_from, effective_until, mark, citation, source, note) values
	('OR-2021 record', 'US-OR', 'request_documented', 'detainer_received', null, null, '2021-07-19', null, 'V',
		'Or. Rev. Stat. § 181A.826', 'the section as published', 'Where no judge''s order came with it. First day from memory.'),
	('OR-2021 rights', 'US-OR', 'person_rights', 'booked', null, null, '2021-07-19', null, 'S',
		'Or. Rev. Stat. § 181A.823(3)', 'the Oregon Department of Justice''s toolkit', 'In the person''s preferred language, at commitment.');
