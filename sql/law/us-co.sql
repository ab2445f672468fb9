-- SPDX-License-Identifier: MIT
-- Colorado: no hold on a detainer; a judge's warrant alone will do.
--
-- SB 25-276 (May 2025, the day not seen, M) adds that a release may not be delayed for immigration enforcement either: it
-- changes nothing in the rows below, so it has none of its own.
-- Duty known and not computed: rights read and written down before an interview by telephone (M).

insert into written_rule (version, jurisdiction, effective_from, mark, policy, citation, source, note) values
	('CO-2019', 'US-CO', '2019-05-28', 'V', 'judicial_warrant_only', 'Colo. Rev. Stat. §§ 24-76.6-101 to 24-76.6-103',
		'HB 19-1124', 'SB 25-276 (May 2025, the day from memory) adds that a release may not be delayed for immigration enforcement: it changes nothing in these rows, and has no version of its own.');
insert into written_alternative (version, alternative, subsection, mark) values ('CO-2019', 1, null, 'V');
insert into written_term (version, alternative, ground) values ('CO-2019', 1, 'judicial_warrant');
