-- SPDX-License-Identifier: MIT
-- New Jersey: the Attorney General's Immigrant Trust Directive 2018-6.
--
-- What was read of its grounds is the list for telling ICE of a release; that the same list governs continued detention
-- was not, so no alternative is verified.  Whether a statute of 2026 took its place is not known (?).
--
-- Lists: NJ-violent-or-serious, NJ-indictable, both the Directive's own.

insert into written_rule (version, jurisdiction, effective_from, mark, policy, clock, clock_mark, citation, source, note) values

	-- "no later than 11:59 p.m. of the calendar day" of eligibility (M): the shortest clock of any state
	('NJ-2019', 'US-NJ', '2019-03-15', 'M', 'listed_any', 'until_local_midnight', 'M',
		'N.J. Attorney General Directive 2018-6', 'issued 2018-11-29, in force in March 2019 (S), the 15th (M)',
		'Confirm the midnight limit, that the grounds are those of continued detention, and whether anything of 2026 replaced it.');

insert into written_alternative (version, alternative, subsection, mark) values
	('NJ-2019', 1, null, 'S'), ('NJ-2019', 2, null, 'S'), ('NJ-2019', 3, null, 'S'), ('NJ-2019', 4, null, 'S'), ('NJ-2019', 5, null, 'S');

insert into written_term (version, alternative, ground, list_id, max_age_years) values
	('NJ-2019', 1, 'charge_listed', 'NJ-violent-or-serious', null),
	('NJ-2019', 2, 'conv_listed', 'NJ-violent-or-serious', null),
	('NJ-2019', 3, 'conv_listed', 'NJ-indictable', 5),
	('NJ-2019', 4, 'final_removal_order', null, null),
	('NJ-2019', 5, 'judicial_warrant', null, null);

-- Duties beside release.
insert into written_duty (name, jurisdiction, duty, event, hours, every_months, effective_from, effective_until, mark, citation, source, note) values
	('NJ-2019 forms', 'US-NJ', 'person_forms', 'detainer_received', null, null, '2019-03-15', null, 'V',
		'N.J. Attorney General Directive 2018-6', 'the forms, as shown to police chiefs', 'Where ICE asks to interview, to be told, or for continued detention. First day from memory; whether anything of 2026 replaced it is not known.'),
	('NJ-2019 report', 'US-NJ', 'report', 'period', null, 12, '2019-03-15', null, 'S',
		'N.J. Attorney General Directive 2018-6', 'the Attorney General''s release of 2019 data', 'To the Attorney General.');
