-- SPDX-License-Identifier: MIT
-- The forms by which ICE asks a jail to hold somebody.  A row says what the paper asks for and from when it takes
-- effect; whether the jail may do it is the law's matter (us-ct.sql and its neighbours).
--
-- Marks in the comments: V read in the source named; M from memory, nobody has seen the wording.  M stands here only
-- where the reading of it frees sooner: the flat clock is shorter than the excluding one, and a form that must be
-- served has no force without service.
--
-- used_from and used_until only feed a warning, a form out of its dates is never void.  Where a source gives a month or
-- two, the widest dates stand.
--
-- Written again on every install: a row here is what the form says on its face, not a choice of the installation.

insert into detainerd.form (form, asks_for_hold, must_be_served, clock, hours, used_from, used_until, citation) values

	-- "shall maintain custody ... for a period not to exceed 48 hours, excluding Saturdays, Sundays, and holidays":
	-- 8 CFR 287.7(d), V; the form says "Federal holidays", V.
	('I-247', true, false, 'excluding_weekends_and_holidays', 48,
		'1997-04-01', '2012-12-20', 'Form I-247; 8 CFR 287.7(d)'),

	-- Revision of December 2012: the date V, that the exclusion stayed on the form M, the regulation's clock V.
	('I-247-2012', true, false, 'excluding_weekends_and_holidays', 48,
		'2012-12-21', '2015-07-31', 'Form I-247 (12/12); 8 CFR 287.7(d)'),

	-- "48 hours beyond the time otherwise released", without exclusion and only once served on the person: M.
	('I-247D', true, true, 'flat', 48,
		'2015-06-01', '2017-04-01', 'Form I-247D'),

	-- Transfer of a person outside the priorities: that it existed and was rescinded V, its terms M.
	('I-247X', true, true, 'flat', 48,
		'2015-06-01', '2017-04-01', 'Form I-247X'),

	-- "does not request or authorise detention": V.  It starts no clock.
	('I-247N', false, false, 'none', null,
		'2015-06-01', '2017-04-01', 'Form I-247N'),

	-- "not to exceed 48 hours beyond the time he/she would otherwise have been released", V; "must be served on the
	-- alien in order for the detainer to take effect", V.
	('I-247A', true, true, 'flat', 48,
		'2017-04-02', null, 'Form I-247A (3/17)')

on conflict (form) do update
	set (asks_for_hold, must_be_served, clock, hours, used_from, used_until, citation) =
		(excluded.asks_for_hold, excluded.must_be_served, excluded.clock, excluded.hours,
		 excluded.used_from, excluded.used_until, excluded.citation)
	where (form.asks_for_hold, form.must_be_served, form.clock, form.hours, form.used_from, form.used_until, form.citation)
		is distinct from
		(excluded.asks_for_hold, excluded.must_be_served, excluded.clock, excluded.hours,
		 excluded.used_from, excluded.used_until, excluded.citation);
