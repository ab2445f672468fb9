-- SPDX-License-Identifier: MIT
-- Mississippi: SB 2710 of 2017 forbids policies against cooperation.

insert into written_rule (version, jurisdiction, effective_from, mark, adopt, policy, citation, source, note) values
	('MS-2017', 'US-MS', '2017-03-27', '?', false, 'anti_sanctuary', 'SB 2710 (2017)',
		'signed on that day (V)',
		'A draft: the day is that of signing, of the first in force nothing was read; it forbids policies, and neither allows nor forbids a hold.');
