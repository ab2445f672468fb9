-- SPDX-License-Identifier: MIT
-- Virginia: 53.1-220.2 lets a jail transfer a person up to five days before release.  That is no hold past release.

insert into written_rule (version, jurisdiction, effective_from, mark, adopt, policy, citation, source, note) values
	('VA-2026', 'US-VA', '2026-07-01', 'M', false, 'no_state_law', 'Va. Code § 53.1-220.2',
		'the section as published; SB 783, Acts 2026 ch. 1028, to 2028-06-30',
		'A draft: the day is SB 783''s, from memory. The section neither allows nor forbids a hold past release; SB 783 sets conditions on 287(g) agreements.');
