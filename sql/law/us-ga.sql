-- SPDX-License-Identifier: MIT
-- Georgia: HB 1105 of 2024.  Detainers are to be honoured; what was read is the status check within 48 hours of arrival
-- (42-4-14), which is another clock than that of a hold: a duty, below.

insert into written_rule (version, jurisdiction, effective_from, mark, policy, clock, clock_mark, citation, source, note) values
	('GA-2024', 'US-GA', '2024-07-01', 'M', 'required', 'flat', 'S', 'Ga. Code Ann. § 42-1-11.5',
		'HB 1105 (2024); O.C.G.A. 42-1-11.5, 42-4-14, 36-80-23',
		'The section on detainers is known from news and a later bill. No hold on status alone without written instructions from ICE; '
		'at most 48 hours unless a federal judge has signed (S). First day: July from memory, one source says May.');
insert into written_alternative (version, alternative, subsection, mark) values ('GA-2024', 1, null, 'S');

-- Duties beside release.
insert into written_duty (name, jurisdiction, duty, event, hours, every_months, effective_from, effective_until, mark, citation, source, note) values
	('GA-2024 status', 'US-GA', 'status_check', 'booked', 48, null, '2024-07-01', null, 'V',
		'Ga. Code Ann. § 42-4-14', 'HB 1105 (2024), text of the section', 'Within 48 hours of arrival. detainerd sees only people with a detainer; first day from memory, one source says May.'),
	('GA-2024 report', 'US-GA', 'report', 'period', null, 3, '2024-07-01', null, 'S',
		'Ga. Code Ann. § 42-4-14', 'HB 1105 (2024), as reported', null);
