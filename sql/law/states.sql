-- SPDX-License-Identifier: MIT
-- The fifty states and the District of Columbia, and a placeholder for the law of every one that has none on file.
--
-- Why a placeholder: it makes the gap a row that counsel can see and replace, rather than an absence.  It is a rule left
-- in draft, so it neither speaks nor silences nor caps: a detainer under it is read "counsel must decide", not allowed,
-- and the flat 48 hours that stand wherever no verified clock does.  Nothing that was heard about a state's law is
-- written here, for a draft invites adoption, and only what was read in the law itself may be adopted.
--
-- Counsel does not edit a placeholder but inserts a rule of its own, with alternatives, terms and bars, and adopts it.

with state (code, name) as (values
	('US-AL', 'Alabama'), ('US-AK', 'Alaska'), ('US-AZ', 'Arizona'), ('US-AR', 'Arkansas'),
	('US-CA', 'California'), ('US-CO', 'Colorado'), ('US-CT', 'Connecticut'), ('US-DE', 'Delaware'),
	('US-DC', 'District of Columbia'), ('US-FL', 'Florida'), ('US-GA', 'Georgia'), ('US-HI', 'Hawaii'),
	('US-ID', 'Idaho'), ('US-IL', 'Illinois'), ('US-IN', 'Indiana'), ('US-IA', 'Iowa'), ('US-KS', 'Kansas'),
	('US-KY', 'Kentucky'), ('US-LA', 'Louisiana'), ('US-ME', 'Maine'), ('US-MD', 'Maryland'),
	('US-MA', 'Massachusetts'), ('US-MI', 'Michigan'), ('US-MN', 'Minnesota'), ('US-MS', 'Mississippi'),
	('US-MO', 'Missouri'), ('US-MT', 'Montana'), ('US-NE', 'Nebraska'), ('US-NV', 'Nevada'),
	('US-NH', 'New Hampshire'), ('US-NJ', 'New Jersey'), ('US-NM', 'New Mexico'), ('US-NY', 'New York'),
	('US-NC', 'North Carolina'), ('US-ND', 'North Dakota'), ('US-OH', 'Ohio'), ('US-OK', 'Oklahoma'),
	('US-OR', 'Oregon'), ('US-PA', 'Pennsylvania'), ('US-RI', 'Rhode Island'), ('US-SC', 'South Carolina'),
	('US-SD', 'South Dakota'), ('US-TN', 'Tennessee'), ('US-TX', 'Texas'), ('US-UT', 'Utah'),
	('US-VT', 'Vermont'), ('US-VA', 'Virginia'), ('US-WA', 'Washington'), ('US-WV', 'West Virginia'),
	('US-WI', 'Wisconsin'), ('US-WY', 'Wyoming')
),

written as (
	insert into detainerd.jurisdiction (code, name)
	select code, name from state
	on conflict (code) do nothing
)

-- effective_from is the day from which 8 CFR 287.7(d) has stood in its present words; it matters to nothing while the
-- rule is a draft.
insert into detainerd.rule (jurisdiction, effective_from, status, clock_verified, citation, source)
select code, '1997-04-01', 'draft', false, 'no law on file',
	'placeholder for ' || code || ': no law of this jurisdiction was verified; counsel must enter and adopt it'
from state
where code <> 'US-CT'
	and not exists (select from detainerd.rule
		where rule.jurisdiction = state.code and rule.source like 'placeholder for %');
