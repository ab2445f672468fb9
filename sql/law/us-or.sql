-- SPDX-License-Identifier: MIT
-- Oregon: the Sanctuary Promise Act.  A request without a judge's order must be declined, and put on record.
--
-- ORS 181A.820 has stood since 1987; its words of before 2021 were not read, and nothing is on file for that time.
-- Duty known and not computed: notice of rights at commitment in the person's language, ORS 181A.823(3).

insert into written_rule (version, jurisdiction, effective_from, mark, allows_from, policy, citation, source, note) values
	('OR-2021', 'US-OR', '2021-07-19', 'M', '2026-11-24', 'judicial_warrant_only', 'Or. Rev. Stat. §§ 181A.820 to 181A.829',
		'Oregon Laws 2021, ch. 550 (HB 3265); 181A.826 and 181A.829 as published',
		'The first day is from memory; on the day on which the text was read it was in force.');
insert into written_alternative (version, alternative, subsection, mark) values ('OR-2021', 1, null, 'V');
insert into written_term (version, alternative, ground) values ('OR-2021', 1, 'judicial_warrant');
