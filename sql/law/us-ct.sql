-- SPDX-License-Identifier: MIT
-- Connecticut, Conn. Gen. Stat. § 54-192h (the TRUST Act), in its three versions.
--
-- A hold is allowed while any one alternative is met.  A ground or a clock is verified only where the law's own text,
-- or the legislature's summary of it, was read (V).  One known from news, advocacy or debate alone (S), from memory (M)
-- or not at all (?) is on file, forbids nothing that it would allow, and allows nothing by itself: the answer is then
-- "counsel must decide".  A clock caps a hold whether verified or not.
--
-- A rule is written as a draft, given its parts and adopted by one update at the end of this file.  Adopted parts never
-- change: a correction is a further rule with a later effective_from.  Installing again adds nothing and changes
-- nothing, for every step below takes only what is not there, or what is still a draft.

-- The section only stands in rule.citation, for messages carry it; the subsection would tell what is known of a person.
insert into detainerd.rule (jurisdiction, effective_from, status, clock, hours, clock_verified, citation, source)
select 'US-CT', version.effective_from, 'draft', version.clock, 48, version.clock_verified,
	'Conn. Gen. Stat. § 54-192h', version.source
from (values

	-- (c): "a maximum of 48 hours, excluding Saturdays, Sundays and federal holidays" (V)
	(date '2014-01-01', 'excluding_weekends_and_holidays', true, 'CT-2014: Public Act 13-155'),

	-- "up to 48 hours after they're set to be released" (S); whether the exclusion survived the rewriting was not seen
	-- (?), so the shorter reading stands, unverified; it is also what Form I-247A asks for
	(date '2019-10-01', 'flat', false, 'CT-2019: Public Acts 19-20 and 19-23'),

	-- nothing seen that changed the clock (?)
	(date '2025-10-01', 'flat', false, 'CT-2025: Public Act 25-29')

) version (effective_from, clock, clock_verified, source)
where not exists (select from detainerd.rule where rule.jurisdiction = 'US-CT' and rule.source = version.source);

-- One alternative a ground, and its one term.
create temporary table connecticut (
	source text, alternative int, subsection text, verified boolean,
	ground text, felony_classes text[], list_id text
);

insert into connecticut values

	-- CT-2014, (b)(1) to (7): all seven V (Office of Legislative Research, summary of Public Act 13-155)
	('CT-2014: Public Act 13-155', 1, '(b)(1)', true, 'conv_felony_any', null, null),
	-- stands until the person becomes eligible for release, no longer: bond is posted or the charge is gone by then
	('CT-2014: Public Act 13-155', 2, '(b)(2)', true, 'pending_charge_no_bond', null, null),
	('CT-2014: Public Act 13-155', 3, '(b)(3)', true, 'arrest_warrant_state', null, null),
	('CT-2014: Public Act 13-155', 4, '(b)(4)', true, 'gang_member', null, null),
	('CT-2014: Public Act 13-155', 5, '(b)(5)', true, 'terror_match', null, null),
	('CT-2014: Public Act 13-155', 6, '(b)(6)', true, 'final_removal_order', null, null),
	('CT-2014: Public Act 13-155', 7, '(b)(7)', true, 'public_safety_risk', null, null),

	-- CT-2019, (b)(1)(A)(i): V (text of Public Act 19-23); (ii) and (iii): S.  Gangs, removal orders, state warrants,
	-- pending charges, other felonies and the officer's own judgement are grounds no more.
	('CT-2019: Public Acts 19-20 and 19-23', 1, '(b)(1)(A)(i)', true, 'judicial_warrant', null, null),
	('CT-2019: Public Acts 19-20 and 19-23', 2, '(b)(1)(A)(ii)', false, 'conv_felony_class', '{A,B}', null),
	('CT-2019: Public Acts 19-20 and 19-23', 3, '(b)(1)(A)(iii)', false, 'terror_match', null, null),

	-- CT-2025: the same, and thirteen further offences (S).  Their section numbers were not seen: the list has a name
	-- and no entries, and a conviction said to be on it asks for counsel.
	('CT-2025: Public Act 25-29', 1, '(b)(1)(A)(i)', true, 'judicial_warrant', null, null),
	('CT-2025: Public Act 25-29', 2, '(b)(1)(A)(ii)', false, 'conv_felony_class', '{A,B}', null),
	('CT-2025: Public Act 25-29', 3, '(b)(1)(A)(iii)', false, 'terror_match', null, null),
	('CT-2025: Public Act 25-29', 4, '(b)(1)(A), as amended by Public Act 25-29', false, 'conv_listed', null, 'CT-2025');

insert into detainerd.rule_alternative (rule_id, alternative, citation, verified)
select rule_id, alternative, subsection, verified
from connecticut join detainerd.rule using (source)
where jurisdiction = 'US-CT' and status = 'draft'
	and not exists (select from detainerd.rule_alternative part
		where part.rule_id = rule.rule_id and part.alternative = connecticut.alternative);

insert into detainerd.rule_term (rule_id, alternative, ground, felony_classes, list_id)
select rule_id, alternative, ground, felony_classes, list_id
from connecticut join detainerd.rule using (source)
where jurisdiction = 'US-CT' and status = 'draft'
	and not exists (select from detainerd.rule_term part
		where part.rule_id = rule.rule_id and part.alternative = connecticut.alternative
			and part.ground = connecticut.ground);

update detainerd.rule set status = 'adopted', adopted_by = 'detainerd, as installed'
where jurisdiction = 'US-CT' and status = 'draft' and source in (select source from connecticut);

drop table connecticut;
