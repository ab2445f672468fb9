-- SPDX-License-Identifier: MIT
-- Connecticut, Conn. Gen. Stat. § 54-192h (the TRUST Act), in its three versions.
--
-- A hold is allowed while any one alternative is met.  Custody is the state's own: police lock-ups, court cells, the
-- Department of Correction.  There are no county jails.

-- The section only stands in a rule's citation, for messages carry it; the subsection would tell what is known of a person.
insert into written_rule (version, jurisdiction, effective_from, mark, policy, clock, clock_mark, citation, source, note) values

	-- (c): "a maximum of 48 hours, excluding Saturdays, Sundays and federal holidays" (V)
	('CT-2014', 'US-CT', '2014-01-01', 'V', 'listed_any', 'excluding_weekends_and_holidays', 'V',
		'Conn. Gen. Stat. § 54-192h', 'Public Act 13-155', 'A permission, never a duty to hold.'),

	-- "up to 48 hours after they're set to be released" (S); whether the exclusion survived the rewriting was not seen
	-- (?), so the shorter reading stands, unverified; it is also what Form I-247A asks for
	('CT-2019', 'US-CT', '2019-10-01', 'V', 'listed_any', 'flat', 'S',
		'Conn. Gen. Stat. § 54-192h', 'Public Acts 19-20 and 19-23',
		'Grounds (ii) and (iii) and the clock were not read in the Acts themselves.'),

	-- nothing seen that changed the clock (?)
	('CT-2025', 'US-CT', '2025-10-01', 'S', 'listed_any', 'flat', '?',
		'Conn. Gen. Stat. § 54-192h', 'Public Act 25-29',
		'The thirteen further offences were not read: the list CT-2025 has a name and no entries. The first day is from a secondary source, and ground (i) may be relied on all the same: '
		'it is verified in the version before and in this one, so that the day does not matter.');

insert into written_alternative (version, alternative, subsection, mark) values

	-- CT-2014, (b)(1) to (7): all seven V (Office of Legislative Research, summary of Public Act 13-155)
	('CT-2014', 1, '(b)(1)', 'V'), ('CT-2014', 2, '(b)(2)', 'V'), ('CT-2014', 3, '(b)(3)', 'V'), ('CT-2014', 4, '(b)(4)', 'V'),
	('CT-2014', 5, '(b)(5)', 'V'), ('CT-2014', 6, '(b)(6)', 'V'), ('CT-2014', 7, '(b)(7)', 'V'),

	-- CT-2019, (b)(1)(A)(i): V (text of Public Act 19-23); (ii) and (iii): S.  Gangs, removal orders, state warrants,
	-- pending charges, other felonies and the officer's own judgement are grounds no more.
	('CT-2019', 1, '(b)(1)(A)(i)', 'V'), ('CT-2019', 2, '(b)(1)(A)(ii)', 'S'), ('CT-2019', 3, '(b)(1)(A)(iii)', 'S'),

	-- CT-2025: the same, and thirteen further offences (S).  Their section numbers were not seen, and a conviction said to
	-- be on the list asks for counsel.
	('CT-2025', 1, '(b)(1)(A)(i)', 'V'), ('CT-2025', 2, '(b)(1)(A)(ii)', 'S'), ('CT-2025', 3, '(b)(1)(A)(iii)', 'S'),
	('CT-2025', 4, '(b)(1)(A), as amended by Public Act 25-29', 'S');

insert into written_term (version, alternative, ground, felony_classes, list_id) values
	('CT-2014', 1, 'conv_felony_any', null, null),
	-- stands until the person becomes eligible for release, no longer: bond is posted or the charge is gone by then
	('CT-2014', 2, 'pending_charge_no_bond', null, null),
	('CT-2014', 3, 'arrest_warrant_state', null, null),
	('CT-2014', 4, 'gang_member', null, null),
	('CT-2014', 5, 'terror_match', null, null),
	('CT-2014', 6, 'final_removal_order', null, null),
	('CT-2014', 7, 'public_safety_risk', null, null),
	('CT-2019', 1, 'judicial_warrant', null, null),
	('CT-2019', 2, 'conv_felony_class', '{A,B}', null),
	('CT-2019', 3, 'terror_match', null, null),
	('CT-2025', 1, 'judicial_warrant', null, null),
	('CT-2025', 2, 'conv_felony_class', '{A,B}', null),
	('CT-2025', 3, 'terror_match', null, null),
	('CT-2025', 4, 'conv_listed', null, 'CT-2025');

-- Duties beside release.  Whom ICE may interview, (b)(1)(D), is no duty with an instant: it is left to counsel.
insert into written_duty (name, jurisdiction, duty, event, hours, every_months, effective_from, effective_until, mark, citation, source, note) values
	('CT-2014 notice', 'US-CT', 'ice_decision_notice', 'decided', null, null, '2014-01-01', '2019-10-01', 'V',
		'Conn. Gen. Stat. § 54-192h', 'Public Act 13-155 (c), official summary', '"Immediately"; where the person is held, with the most that it may be.'),
	('CT-2019 copy', 'US-CT', 'person_copy', 'detainer_received', null, null, '2019-10-01', null, 'S',
		'Conn. Gen. Stat. § 54-192h', '(e)(1), from summaries of later bills that restate it', null),
	('CT-2019 intent', 'US-CT', 'person_intent', 'detainer_received', null, null, '2019-10-01', null, 'S',
		'Conn. Gen. Stat. § 54-192h', '(e)(1), from summaries of later bills that restate it', null),
	('CT-2019 notice', 'US-CT', 'person_release_notice', 'ice_told', null, null, '2019-10-01', null, 'M',
		'Conn. Gen. Stat. § 54-192h', '(e)(1)', 'With the reason in writing.'),
	('CT-2019 notice to counsel', 'US-CT', 'counsel_release_notice', 'ice_told', null, null, '2019-10-01', null, 'M',
		'Conn. Gen. Stat. § 54-192h', '(e)(1)', 'To the attorney, or a good-faith effort to reach one person whom he named.'),
	('CT-2020 report', 'US-CT', 'report', 'period', null, 6, '2020-01-01', null, 'S',
		'Conn. Gen. Stat. § 54-192h', '(e)(3), from summaries of later bills; that such reports exist was read', 'The municipality''s legislative body to the Office of Policy and Management.');
