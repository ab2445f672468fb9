-- SPDX-License-Identifier: MIT
-- Washington: the Keep Washington Working Act.  No hold on a detainer; a court's warrant alone will do.
--
-- Duty known and not computed: consent in writing before an interview (M).

insert into written_rule (version, jurisdiction, effective_from, mark, policy, citation, source, note) values
	('WA-2019', 'US-WA', '2019-05-21', 'M', 'judicial_warrant_only', 'Wash. Rev. Code § 10.93.160',
		'Laws of 2019, ch. 440; definitions in RCW 43.17.420',
		'The definitions were read, the operative section is from memory, and so is its first day. The state''s Department of Corrections is carved out: '
		'a facility of that kind is not bound, which this row does not say.');
insert into written_alternative (version, alternative, subsection, mark) values ('WA-2019', 1, null, 'M');
insert into written_term (version, alternative, ground) values ('WA-2019', 1, 'judicial_warrant');
