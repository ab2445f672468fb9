-- SPDX-License-Identifier: MIT
-- Montana: after Ramon v. Short, 2020 MT 69, which found no power to arrest on a detainer, the Act of 2021 forbids policies
-- against lawful requests.  It gives no power itself.

insert into written_rule (version, jurisdiction, effective_from, mark, adopt, policy, citation, source, note) values
	('MT-2021', 'US-MT', '2021-01-01', '?', false, 'anti_sanctuary', 'Mont. Code Ann. §§ 2-1-601 to 2-1-605',
		'HB 200 (2021); 2-1-602(1)(a) and (b) as published',
		'A draft: it forbids policies, and neither allows nor forbids a hold. The first day was not seen.');
