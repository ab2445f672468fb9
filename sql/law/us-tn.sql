-- SPDX-License-Identifier: MIT
-- Tennessee: from 2026 every sheriff is to join a 287(g) programme (Pub. Ch. 1015), and such agencies must honour
-- detainers, 48 hours beyond release, flat (T.C.A. 7-68-105; HB 2018 of 2026).

insert into written_rule (version, jurisdiction, effective_from, mark, adopt, policy, citation, source, note) values
	('TN-2026', 'US-TN', '2026-01-01', '?', false, 'required', 'Tenn. Code Ann. § 7-68-105',
		'HB 2018 and SB 2223 (2026), as bills',
		'A draft: the first days were not seen, and the command binds agencies with a 287(g) agreement only, which a facility does not yet record.');
