-- SPDX-License-Identifier: MIT
-- New York City within New York: one rule for the police, one for every other agency of the City.
--
-- The City narrows what the State allows and lifts none of its bans: since 2018-11-14 the police's holds without a judge's
-- warrant are forbidden by the State.  Local Laws 62 of 2011 and 22 of 2013 were not read; before 2014-12-14 the City is
-- silent here.
--
-- List: NYC-violent-or-serious, the crimes that the Code itself lists.

insert into detainerd.jurisdiction (code, parent, name) values ('US-NY-NYC', 'US-NY', 'New York City')
on conflict (code) do nothing;

insert into written_rule (version, jurisdiction, agency_kind, effective_from, mark, policy, clock, clock_mark, citation, source, note) values

	-- Department of Correction, 9-131; Probation, 9-205, likewise.  No kind of agency is named, so that none is left out.
	('NYC-2014', 'US-NY-NYC', null, '2014-12-14', 'V', 'dnf', null, null,
		'N.Y.C. Admin. Code § 9-131', 'Local Laws 58 and 59 of 2014',
		'Time in prison does not count toward the five years, which needs a history of custody: leaving it out, the look-back here is shorter than the law''s. '
		'Local Laws 62 of 2011 and 22 of 2013 were not read and are not on file.'),

	-- 48 hours, "excluding weekends and holidays" (V), but which holidays is not said (?)
	('NYC-2014-police', 'US-NY-NYC', 'police', '2014-12-14', 'V', 'dnf', 'excluding_weekends_and_holidays', '?',
		'N.Y.C. Admin. Code § 14-154', 'Local Laws 58 and 59 of 2014',
		'As 9-131 for the look-back. The police might hold for ICE to fetch a warrant, alternatives 3 and 4; since Wells v. DeMarco the State forbids that.');

insert into written_alternative (version, alternative, subsection, mark) values
	('NYC-2014', 1, null, 'V'), ('NYC-2014', 2, null, 'V'),
	('NYC-2014-police', 1, null, 'V'), ('NYC-2014-police', 2, null, 'V'), ('NYC-2014-police', 3, null, 'V'), ('NYC-2014-police', 4, null, 'V');

-- a federal judge's warrant, and a violent or serious conviction within five years of the arrest or a terrorist match
insert into written_term (version, alternative, ground, list_id, max_age_years, issuer) values
	('NYC-2014', 1, 'judicial_warrant', null, null, 'federal_judge'),
	('NYC-2014', 1, 'conv_listed', 'NYC-violent-or-serious', 5, null),
	('NYC-2014', 2, 'judicial_warrant', null, null, 'federal_judge'),
	('NYC-2014', 2, 'terror_match', null, null, null),
	('NYC-2014-police', 1, 'judicial_warrant', null, null, 'federal_judge'),
	('NYC-2014-police', 1, 'conv_listed', 'NYC-violent-or-serious', 5, null),
	('NYC-2014-police', 2, 'judicial_warrant', null, null, 'federal_judge'),
	('NYC-2014-police', 2, 'terror_match', null, null, null),
	-- the police without a warrant: such a conviction ever, by somebody removed before who came back; or a match alone
	('NYC-2014-police', 3, 'conv_listed', 'NYC-violent-or-serious', null, null),
	('NYC-2014-police', 3, 'prior_removal_reentry', null, null, null),
	('NYC-2014-police', 4, 'terror_match', null, null, null);

-- Duties beside release.
insert into written_duty (name, jurisdiction, duty, event, hours, every_months, effective_from, effective_until, mark, citation, source, note) values
	('NYC-2014 counts', 'US-NY-NYC', 'report', 'period', null, 12, '2014-12-14', null, 'V',
		'N.Y.C. Admin. Code §§ 9-131, 14-154', 'Local Laws 58 and 59 of 2014', 'Yearly counts.');
