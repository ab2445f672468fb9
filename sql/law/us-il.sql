-- SPDX-License-Identifier: MIT
-- Illinois: the TRUST Act.  No hold on a detainer or a civil immigration warrant; a judge's warrant alone will do.
--
-- The Way Forward Act (P.A. 102-234, August 2021, M) changed nothing here that was seen.

insert into written_rule (version, jurisdiction, effective_from, mark, policy, citation, source, note) values
	('IL-2017', 'US-IL', '2017-08-28', 'V', 'judicial_warrant_only', '5 ILCS 805',
		'P.A. 100-463; ilga.gov, Act 3818',
		'I-200, I-203, I-205, I-286 and entries of immigration violators in NCIC are civil warrants by definition, never a judge''s. The Way Forward Act (P.A. 102-234, August 2021 by memory) changed nothing here that was seen, and has no version of its own.');
insert into written_alternative (version, alternative, subsection, mark) values ('IL-2017', 1, null, 'V');
insert into written_term (version, alternative, ground) values ('IL-2017', 1, 'judicial_warrant');

-- Duties beside release.
insert into written_duty (name, jurisdiction, duty, event, hours, every_months, effective_from, effective_until, mark, citation, source, note) values
	('IL-2017 report', 'US-IL', 'report', 'period', null, 12, '2017-08-28', null, 'V',
		'5 ILCS 805/25', 'P.A. 100-463; ilga.gov, Act 3818', 'To the Attorney General: every detainer and civil warrant, or a certificate that there was none. The day on which it is due was not read.');
