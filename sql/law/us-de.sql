-- SPDX-License-Identifier: MIT
-- Delaware: HB 182 of 2025 forbids agreements with ICE.  It says nothing of holds.

insert into written_rule (version, jurisdiction, effective_from, mark, adopt, policy, citation, source, note) values
	('DE-2025', 'US-DE', '2025-01-01', '?', false, 'no_state_law', 'HB 182 (2025)',
		'a bill''s summary',
		'A draft: it neither allows nor forbids a hold, and its first day was not seen.');
