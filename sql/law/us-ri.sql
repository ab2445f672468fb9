-- SPDX-License-Identifier: MIT
-- Rhode Island: from memory, the state's Department of Corrections asks for a judge's warrant, by executive directive.

insert into written_rule (version, jurisdiction, effective_from, mark, adopt, policy, citation, source, note) values
	('RI-2014', 'US-RI', '2014-01-01', '?', false, 'judicial_warrant_only', 'executive directive of 2014',
		'from memory',
		'A draft: nothing but the year is known, and that from memory.');
