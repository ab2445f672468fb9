-- SPDX-License-Identifier: MIT
-- Georgia: HB 1105 of 2024.  Detainers are to be honoured; what was read is the status check within 48 hours of arrival
-- (42-4-14), which is another clock than that of a hold, and not computed.
--
-- Duties known and not computed: what ICE wrote is kept in the file, a report every quarter.

insert into written_rule (version, jurisdiction, effective_from, mark, policy, clock, clock_mark, citation, source, note) values
	('GA-2024', 'US-GA', '2024-07-01', 'M', 'required', 'flat', 'S', 'Ga. Code Ann. § 42-1-11.5',
		'HB 1105 (2024); O.C.G.A. 42-1-11.5, 42-4-14, 36-80-23',
		'The section on detainers is known from news and a later bill. No hold on status alone without written instructions from ICE; '
		'at most 48 hours unless a federal judge has signed (S). First day: July from memory, one source says May.');
insert into written_alternative (version, alternative, subsection, mark) values ('GA-2024', 1, null, 'S');
