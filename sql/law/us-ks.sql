-- SPDX-License-Identifier: MIT
-- Kansas: HB 2717 of 2022.

insert into written_rule (version, jurisdiction, effective_from, mark, adopt, policy, citation, source, note) values
	('KS-2022', 'US-KS', '2022-07-01', 'M', false, 'anti_sanctuary', 'HB 2717 (2022)',
		'from memory',
		'A draft: all of it from memory, the day not known; it forbids policies.');
