-- SPDX-License-Identifier: MIT
-- North Carolina, G.S. 162-62(b1): detainer and administrative warrant, shown to a state judicial official before release,
-- who orders the hold.  The two versions differ in where the 48 hours begin.
--
-- That the papers "reasonably appear to be for this person" is the bar identity_mismatch, which stands everywhere.

insert into written_rule (version, jurisdiction, effective_from, mark, allows_from, policy, clock, clock_mark, start_event, citation, source, note) values

	-- 48 hours from receipt of detainer and warrant, perhaps while a sentence still runs (V).  First day from memory; it
	-- was in force on the day before the next version
	('NC-2024', 'US-NC', '2024-12-01', 'M', '2025-09-30', 'required_if_papers', 'flat', 'V', 'papers_received', 'N.C. Gen. Stat. § 162-62',
		'HB 10, S.L. 2024-55', 'Confirm the first day: with it the rule allows from there.'),

	-- 48 hours from when the person would otherwise go free, or until ICE comes or rescinds (V).  One source has October,
	-- the bill as filed December: nothing is relied on until the later
	('NC-2025', 'US-NC', '2025-10-01', 'S', '2025-12-01', 'required_if_papers', 'flat', 'V', 'otherwise_released', 'N.C. Gen. Stat. § 162-62',
		'HB 318 (2025), S.L. 2025-85', 'Confirm the first day.');

insert into written_alternative (version, alternative, subsection, mark) values ('NC-2024', 1, '(b1)', 'V'), ('NC-2025', 1, '(b1)', 'V');
insert into written_term (version, alternative, ground) values
	('NC-2024', 1, 'admin_warrant'), ('NC-2024', 1, 'state_judicial_order'),
	('NC-2025', 1, 'admin_warrant'), ('NC-2025', 1, 'state_judicial_order');

-- Duties beside release.
insert into written_duty (name, jurisdiction, duty, event, hours, every_months, effective_from, effective_until, mark, citation, source, note) values
	('NC-2024 report', 'US-NC', 'report', 'period', null, 12, '2024-12-01', null, 'V',
		'N.C. Gen. Stat. § 162-62', 'HB 10, S.L. 2024-55', 'First day from memory; the day on which it is due was not read.'),
	('NC-2025 notice', 'US-NC', 'ice_release_notice', 'would_be_released', 2, null, '2025-10-01', null, 'V',
		'N.C. Gen. Stat. § 162-62', 'HB 318 (2025), S.L. 2025-85', 'Within two hours of when the person would otherwise go free, with date and time of release. Of its first day one source has October, the bill as filed December.');
