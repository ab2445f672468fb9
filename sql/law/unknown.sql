-- SPDX-License-Identifier: MIT
-- A placeholder for the law of every state that has none on file.
--
-- Why a placeholder: it makes the gap a row that counsel can see and replace, rather than an absence.  It is a rule left
-- in draft, so it neither speaks nor silences nor caps: a detainer under it is read "counsel must decide", not allowed,
-- and the flat 48 hours that stand wherever no verified clock does.  Nothing was read of a law there.
--
-- Counsel does not edit a placeholder, and nobody can adopt one: a rule of its own is proposed, and adopted by a second person.

-- effective_from is the day from which 8 CFR 287.7(d) has stood in its present words; it matters to nothing while the
-- rule is a draft.
insert into detainerd.rule (jurisdiction, effective_from, status, clock_verified, citation, source, policy, mark, note)
select code, '1997-04-01', 'draft', false, 'no law on file',
	'placeholder for ' || code || ': no law of this jurisdiction was verified; counsel must enter and adopt it', 'unknown', '?',
	case code when 'US-WI' then 'A case on detainers is said to be pending before the state''s highest court: from memory.'
	          when 'US-HI' then 'Bills of 2025 and 2026 were heard of; none was seen to be law.' end
from detainerd.jurisdiction
where code ~ '^US-[A-Z][A-Z]$'
	and not exists (select from detainerd.rule where rule.jurisdiction = code);
