-- SPDX-License-Identifier: MIT
-- Pennsylvania: no state law on holds is known.  Galarza v. Szalczyk, 745 F.3d 634, binds: a detainer is a request, and
-- the county that holds on it answers for that.  Philadelphia has a rule of its own, from memory.
--
-- List: PHL-violent-felony, of the first or second degree.

insert into detainerd.jurisdiction (code, parent, name) values ('US-PA-PHL', 'US-PA', 'Philadelphia')
on conflict (code) do nothing;

insert into written_rule (version, jurisdiction, effective_from, mark, adopt, policy, citation, source, note) values
	('PA-none', 'US-PA', '1997-04-01', '?', false, 'no_state_law', 'no law on file',
		'from memory', 'A draft: no state law on holds is known; the date stands for none.'),
	('PHL-2016', 'US-PA-PHL', '2016-01-04', 'M', false, 'dnf', 'Philadelphia executive order of 2016',
		'executive orders of April 2014 and of 2016, from memory', 'A draft: all of it from memory; the order of April 2014 before it is not on file.');
insert into written_alternative (version, alternative, subsection, mark) values ('PHL-2016', 1, null, 'M');
insert into written_term (version, alternative, ground, list_id) values
	('PHL-2016', 1, 'judicial_warrant', null),
	('PHL-2016', 1, 'conv_listed', 'PHL-violent-felony');
