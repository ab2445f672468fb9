-- SPDX-License-Identifier: MIT
-- California: the TRUST Act of 2014, a list of grounds, and the Values Act of 2018, which ended holds.
--
-- Lists, named in a finding's list_id; each is what the statute refers to, and a finding says that the offence stands on it:
--   CA-serious-or-violent      Penal Code 1192.7(c) and 667.5(c)
--   CA-state-prison            any other felony punishable by imprisonment in state prison
--   CA-listed-felony           the offences that 7282.5(a)(3) itself lists, convicted as a felony
--   CA-listed-misdemeanor      the same, convicted as a misdemeanour that could have been charged as a felony
--   CA-sex-or-arson-registry   on the California sex or arson registry now
--   US-aggravated-felony       8 U.S.C. 1101(a)(43)(A) to (P)

insert into written_rule (version, jurisdiction, effective_from, mark, policy, clock, clock_mark, citation, source, note) values

	('CA-2014', 'US-CA', '2014-01-01', 'V', 'listed_any', 'excluding_weekends_and_holidays', 'M',
		'Cal. Gov. Code § 7282.5', 'AB 4 (TRUST Act), Gov. Code 7282 to 7282.5; grounds and dates read in law firms'' full accounts',
		'A permission, and only where no other law and no local policy forbids: write local policy as a local rule. The clock is 8 CFR 287.7(d)''s, from memory. '
		'Five years are counted back from the booking to the conviction.'),

	('CA-2018', 'US-CA', '2018-01-01', 'V', 'never', 'none', 'M',
		'Cal. Gov. Code § 7284.6', 'SB 54 (Values Act)',
		'The bar to holds, (a)(1)(B), is from memory; the rules on transfer were read. 7282.5 now governs notice and transfer only, which are not holds.');

insert into written_alternative (version, alternative, subsection, mark) values
	('CA-2014', 1, '(a)(1)', 'V'),
	('CA-2014', 2, '(a)(2)', 'V'),
	('CA-2014', 3, '(a)(3)', 'V'),
	('CA-2014', 4, '(a)(3)', 'V'),
	('CA-2014', 5, '(a)(4)', 'V'),
	('CA-2014', 6, '(a)(5)', 'V'),
	('CA-2014', 7, '(a)(5)', 'V'),
	('CA-2014', 8, '(a)(6)', 'V'),
	('CA-2014', 9, '(a)(6)', 'V');

insert into written_term (version, alternative, ground, list_id, max_age_years) values
	('CA-2014', 1, 'conv_listed', 'CA-serious-or-violent', null),
	('CA-2014', 2, 'conv_listed', 'CA-state-prison', null),
	('CA-2014', 3, 'conv_listed', 'CA-listed-felony', null),
	('CA-2014', 4, 'conv_listed', 'CA-listed-misdemeanor', 5),
	('CA-2014', 5, 'registrant', 'CA-sex-or-arson-registry', null),
	-- a magistrate has found probable cause on a charge of the first two kinds
	('CA-2014', 6, 'charge_pc_found', 'CA-serious-or-violent', null),
	('CA-2014', 7, 'charge_pc_found', 'CA-state-prison', null),
	('CA-2014', 8, 'conv_listed', 'US-aggravated-felony', null),
	('CA-2014', 9, 'federal_criminal_warrant', null, null);

-- The TRUTH Act, from 2017: duties whatever the law on holds.
insert into written_duty (name, jurisdiction, duty, event, hours, every_months, effective_from, effective_until, mark, citation, source, note) values
	('CA-2017 consent', 'US-CA', 'interview_consent', 'interview', 0, null, '2017-01-01', null, 'V',
		'Cal. Gov. Code § 7283.1', 'AB 2792 (TRUTH Act), text of the section', 'The form says the purpose, that it is voluntary, and that a lawyer may be there; in English, Spanish, Chinese, Tagalog, Vietnamese, Korean and the county''s other languages.'),
	('CA-2017 copy', 'US-CA', 'person_copy', 'detainer_received', null, null, '2017-01-01', null, 'V',
		'Cal. Gov. Code § 7283.1', 'AB 2792 (TRUTH Act), text of the section', null),
	('CA-2017 intent', 'US-CA', 'person_intent', 'detainer_received', null, null, '2017-01-01', null, 'V',
		'Cal. Gov. Code § 7283.1', 'AB 2792 (TRUTH Act), text of the section', null),
	('CA-2017 notice', 'US-CA', 'person_release_notice', 'ice_told', null, null, '2017-01-01', null, 'V',
		'Cal. Gov. Code § 7283.1', 'AB 2792 (TRUTH Act), text of the section', '"Promptly", in writing.'),
	('CA-2017 notice to counsel', 'US-CA', 'counsel_release_notice', 'ice_told', null, null, '2017-01-01', null, 'V',
		'Cal. Gov. Code § 7283.1', 'AB 2792 (TRUTH Act), text of the section', 'To the attorney or to one person whom he named.'),
	('CA-2017 forum', 'US-CA', 'forum', 'period', null, 12, '2017-01-01', null, 'V',
		'Cal. Gov. Code § 7283.1', 'AB 2792 (TRUTH Act), text of the section', 'Where ICE had access in the year before.');
