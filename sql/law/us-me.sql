-- SPDX-License-Identifier: MIT
-- Maine: 5 M.R.S. chapter 337-E.  No hold on a detainer; a judge's warrant alone will do.

insert into written_rule (version, jurisdiction, effective_from, mark, allows_from, policy, citation, source, note) values

	-- ninety days after the legislature adjourned, "mid-July 2026": the day itself was not read.  Until the month is over
	-- nothing is relied on; before and after its first day nothing but a judge's warrant lets anybody be held anyway.
	('ME-2026', 'US-ME', '2026-07-15', '?', '2026-08-01', 'judicial_warrant_only', '5 M.R.S. ch. 337-E',
		'LD 1971, law on 2026-01-11',
		'A court order other than a warrant would do too; it is left out, for an immigration judge''s order must not pass for one. Confirm the first day: the source has mid-July, and the 15th stands for it only to forbid.');
insert into written_alternative (version, alternative, subsection, mark) values ('ME-2026', 1, null, 'V');
insert into written_term (version, alternative, ground) values ('ME-2026', 1, 'judicial_warrant');

-- Duties beside release.
insert into written_duty (name, jurisdiction, duty, event, hours, every_months, effective_from, effective_until, mark, citation, source, note) values
	('ME-2026 consent', 'US-ME', 'interview_consent', 'interview', 0, null, '2026-07-15', null, 'V',
		'5 M.R.S. ch. 337-E', 'LD 1971', 'First day as of the rule.'),
	('ME-2026 intent', 'US-ME', 'person_intent', 'detainer_received', null, null, '2026-07-15', null, 'V',
		'5 M.R.S. ch. 337-E', 'LD 1971', 'And of his rights. First day as of the rule.');
