-- SPDX-License-Identifier: MIT
-- District of Columbia, D.C. Code 24-211.07: since 2019 no hold without a judge's warrant.

insert into written_rule (version, jurisdiction, effective_from, mark, adopt, policy, clock, clock_mark, citation, source, note) values

	-- a list of dangerous crimes and a limit of 24 hours, both from memory, of which the day in 2012 is not known
	('DC-2012', 'US-DC', '2012-01-01', '?', false, 'listed_any', null, null, 'D.C. Code § 24-211.07',
		'the Act of 2012',
		'A draft: the list of crimes, the 24 hours and the first day were not read.'),

	-- the emergency act of that day, made permanent in 2020 or 2021 (M)
	('DC-2019', 'US-DC', '2019-10-08', 'V', true, 'judicial_warrant_only', null, null, 'D.C. Code § 24-211.07',
		'the emergency act of 2019 and the Sanctuary Values Amendment Act of 2020',
		'No interview without counsel and no notice of releases are not computed: they have no instant. Made permanent in 2020 or 2021 (from memory), in the same words as far as seen.');
insert into written_alternative (version, alternative, subsection, mark) values ('DC-2019', 1, null, 'V');
insert into written_term (version, alternative, ground) values ('DC-2019', 1, 'judicial_warrant');
