-- SPDX-License-Identifier: MIT
-- New Mexico: the Immigrant Safety Act forbids agreements and detention for ICE.  It was not seen to speak of holds.

insert into written_rule (version, jurisdiction, effective_from, mark, adopt, policy, citation, source, note) values
	('NM-2026', 'US-NM', '2026-05-01', '?', false, 'no_state_law', 'HB 9 (2026)',
		'signed 2026-02-05; news of that day',
		'A draft: it was not seen to allow or forbid a hold; in force in May 2026, the day not seen.');
