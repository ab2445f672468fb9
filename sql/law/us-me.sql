-- SPDX-License-Identifier: MIT
-- Maine: 5 M.R.S. chapter 337-E.  No hold on a detainer; a judge's warrant alone will do.
--
-- Duties known and not computed: consent in writing before an interview; the person is told of his rights and whether the
-- agency will comply.

insert into written_rule (version, jurisdiction, effective_from, mark, allows_from, policy, citation, source, note) values

	-- ninety days after the legislature adjourned, "mid-July 2026": the day itself was not read.  Until the month is over
	-- nothing is relied on; before and after its first day nothing but a judge's warrant lets anybody be held anyway.
	('ME-2026', 'US-ME', '2026-07-15', '?', '2026-08-01', 'judicial_warrant_only', '5 M.R.S. ch. 337-E',
		'LD 1971, law on 2026-01-11',
		'A court order other than a warrant would do too; it is left out, for an immigration judge''s order must not pass for one. Confirm the first day.');
insert into written_alternative (version, alternative, subsection, mark) values ('ME-2026', 1, null, 'V');
insert into written_term (version, alternative, ground) values ('ME-2026', 1, 'judicial_warrant');
