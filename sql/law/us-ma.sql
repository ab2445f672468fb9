-- SPDX-License-Identifier: MIT
-- Massachusetts: no statute.  The Supreme Judicial Court holds that the state's law gives nobody authority to keep a
-- person solely on a civil detainer: such a hold is an arrest, and none is authorised.

insert into written_rule (version, jurisdiction, effective_from, mark, policy, clock, clock_mark, citation, source, note) values
	('MA-2017', 'US-MA', '2017-07-24', 'V', 'no_authority', 'none', 'V', 'Lunn v. Commonwealth, 477 Mass. 517',
		'decision, SJC-12276', 'A judge''s warrant that commands custody is authority of its own: enter it as a basis.');
