-- SPDX-License-Identifier: MIT
-- Missouri: RSMo 67.307.

insert into written_rule (version, jurisdiction, effective_from, mark, adopt, policy, citation, source, note) values
	('MO-2009', 'US-MO', '2009-01-01', '?', false, 'anti_sanctuary', 'Mo. Rev. Stat. § 67.307',
		'from memory',
		'A draft: all of it from memory, the day not known; it forbids policies.');
