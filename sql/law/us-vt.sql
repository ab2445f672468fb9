-- SPDX-License-Identifier: MIT
-- Vermont: a policy of fair and impartial policing under 20 V.S.A. 2366; from memory, a judge's warrant is needed.

insert into written_rule (version, jurisdiction, effective_from, mark, adopt, policy, citation, source, note) values
	('VT-2017', 'US-VT', '2017-03-28', 'S', false, 'judicial_warrant_only', '20 V.S.A. § 2366',
		'Act 5 of 2017',
		'A draft: everything but the day is from memory.');
