-- SPDX-License-Identifier: MIT
-- Minnesota: the Attorney General's opinion that Minn. Stat. 629.30 and 629.34 give no authority to hold on a detainer.
--
-- Esparza v. Nobles County (2019, unpublished) had affirmed an injunction against one county; before the opinion nothing
-- is on file for the state.

insert into written_rule (version, jurisdiction, effective_from, mark, policy, clock, clock_mark, citation, source, note) values
	('MN-2025', 'US-MN', '2025-02-06', 'V', 'no_authority', 'none', 'V', 'Minn. Att''y Gen. Op. 3-a (Feb. 6, 2025)',
		'ag.state.mn.us, with Minn. Stat. 629.30 and 629.34',
		'An opinion, not a statute. By the county attorneys, basic ordering agreements with ICE do not cure it.');
