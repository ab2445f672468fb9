-- SPDX-License-Identifier: MIT
-- Arkansas: no conditions may be put on complying with a detainer, and no further warrant demanded.

insert into written_rule (version, jurisdiction, effective_from, mark, adopt, policy, citation, source, note) values
	('AR-2019', 'US-AR', '2019-01-01', '?', false, 'anti_sanctuary', 'Ark. Code § 14-1-103',
		'the section, and Act 654 of 2025',
		'A draft: it forbids policies, and neither allows nor forbids a hold. The first day was not seen.');
