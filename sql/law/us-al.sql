-- SPDX-License-Identifier: MIT
-- Alabama: Ala. Code 31-13-1 and what follows.  A bill of 2025 on honouring detainers was not seen to be enacted.

insert into written_rule (version, jurisdiction, effective_from, mark, adopt, policy, citation, source, note) values
	('AL-31-13', 'US-AL', '1997-04-01', '?', false, 'anti_sanctuary', 'Ala. Code § 31-13-1',
		'a bill''s summary',
		'A draft: it forbids policies, and neither allows nor forbids a hold. The first day was not seen; the date here stands for none. A bill of 2025 on honouring detainers was not seen to be law.');
