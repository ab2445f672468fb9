-- SPDX-License-Identifier: MIT
-- New Hampshire, RSA 30-B:1: county corrections may hold on a detainer, whatever the ground.
--
-- A permission, not a command; refusing is reported to the Attorney General (HB 511 and SB 62 forbid policies against it).

insert into written_rule (version, jurisdiction, agency_kind, effective_from, mark, policy, clock, clock_mark, citation, source, note) values

	-- 48 hours from the end of the state's charges, "excluding weekends and holidays" (V), but which holidays is not said
	-- (?): the federal calendar stands in, and flat 48 hours cap besides
	('NH-2026', 'US-NH', 'county_jail', '2026-01-01', 'V', 'permitted', 'excluding_weekends_and_holidays', '?', 'N.H. Rev. Stat. § 30-B:1',
		'HB 511 (2025)', 'Confirm which holidays are meant. Binds county corrections only: other agencies have nothing on file.');
insert into written_alternative (version, alternative, subsection, mark) values ('NH-2026', 1, null, 'V');

-- Duties beside release.
insert into written_duty (name, jurisdiction, duty, event, hours, every_months, effective_from, effective_until, mark, citation, source, note) values
	('NH-2026 refusal', 'US-NH', 'refusal_reported', 'declined', null, null, '2026-01-01', null, 'V',
		'N.H. Rev. Stat. § 30-B:1', 'HB 511 (2025)', null);
