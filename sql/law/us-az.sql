-- SPDX-License-Identifier: MIT
-- Arizona: A.R.S. 11-1051 (SB 1070).

insert into written_rule (version, jurisdiction, effective_from, mark, adopt, policy, citation, source, note) values
	('AZ-2010', 'US-AZ', '2010-07-29', 'M', false, 'anti_sanctuary', 'Ariz. Rev. Stat. § 11-1051',
		'from memory',
		'A draft: all of it from memory; it forbids policies and has no clock for detainers.');
