-- SPDX-License-Identifier: MIT
-- New York: no statute.  The Appellate Division holds that the state's officers have no power to make civil immigration
-- arrests, that I-200 and I-205 make no difference, and that calling it federal custody does not help.
--
-- A bill of 2026 (agreements with ICE, detention contracts) passed the Assembly on 2026-05-21 (S); its first day and its
-- words were not seen, and nothing is on file for it.

insert into written_rule (version, jurisdiction, effective_from, mark, policy, citation, source, note) values
	('NY-2018', 'US-NY', '2018-11-14', 'V', 'no_authority', 'People ex rel. Wells v. DeMarco, 168 A.D.3d 31',
		'decision of the Second Department',
		'A decision of one department; others may come to differ. A judge''s warrant is left untouched by it. '
		'A bill of 2026 passed the Assembly on 2026-05-21; whether and from when it is law was not seen, and it is not on file.');
insert into written_alternative (version, alternative, subsection, mark) values ('NY-2018', 1, null, 'V');
insert into written_term (version, alternative, ground) values ('NY-2018', 1, 'judicial_warrant');
