-- SPDX-License-Identifier: MIT
-- Law that counsel can weigh: how each part is known, what kind of law it is, from when it may be relied on, and what
-- starts its clock.

alter table detainerd.rule
	add column policy text constraint rule_policy_is_known check (policy in ('never', 'no_authority', 'judicial_warrant_only',
		'listed_any', 'dnf', 'permitted', 'required_if_papers', 'required', 'anti_sanctuary', 'no_state_law', 'unknown')),
	add column mark text constraint rule_mark_is_known check (mark in ('V', 'S', 'M', '?')),
	add column clock_mark text constraint rule_clock_mark_is_known check (clock_mark in ('V', 'S', 'M', '?')),
	add column allows_from date,
	add column start_event text not null default 'otherwise_released'
		constraint rule_start_event_is_known check (start_event in ('otherwise_released', 'papers_received')),
	add column note text,
	add constraint rule_clock_is_verified_where_read check (clock_mark is null or clock_verified = (clock_mark = 'V'));
comment on column detainerd.rule.policy is 'Which kind of law this is, for a reader: what it does follows from its alternatives, bars and clock alone.';
comment on column detainerd.rule.mark is 'How its first day is known. V: read in the source; S: in a secondary source; M: from memory; ?: not known.';
comment on column detainerd.rule.clock_mark is 'How its clock is known, as mark.';
comment on column detainerd.rule.allows_from is
	'A rule whose first day was not read allows nothing before this one, on which it was in force by what was read; it forbids and caps from its first day. Null: effective_from.';
comment on column detainerd.rule.start_event is
	'Where its clock begins: otherwise_released, where lawful custody on every other ground ends; papers_received, at the first detainer with its administrative warrant, if that is earlier.';
comment on column detainerd.rule.note is 'What counsel must know of this row: what was not read, why it is a draft, what it leaves out.';

alter table detainerd.rule_alternative
	add column mark text constraint alternative_mark_is_known check (mark in ('V', 'S', 'M', '?')),
	add constraint alternative_is_verified_where_read check (mark is null or verified = (mark = 'V'));
comment on column detainerd.rule_alternative.mark is 'How it is known, as rule.mark. Verified is V and nothing else.';

-- Connecticut's rows were adopted before there were marks.  A mark changes nothing that they do, so it may still be added.
-- Placeholders say of themselves that nothing is known.
alter table detainerd.rule disable trigger user;
update detainerd.rule set policy = 'listed_any', mark = case source when 'CT-2025: Public Act 25-29' then 'S' else 'V' end,
	clock_mark = case when clock_verified then 'V' when source = 'CT-2025: Public Act 25-29' then '?' else 'S' end
where jurisdiction = 'US-CT' and source in ('CT-2014: Public Act 13-155', 'CT-2019: Public Acts 19-20 and 19-23', 'CT-2025: Public Act 25-29');
update detainerd.rule set policy = 'unknown', mark = '?' where status = 'draft' and source like 'placeholder for %';
alter table detainerd.rule enable trigger user;
alter table detainerd.rule_alternative disable trigger user;
update detainerd.rule_alternative a set mark = case when a.verified then 'V' else 'S' end
from detainerd.rule r where r.rule_id = a.rule_id and r.jurisdiction = 'US-CT' and r.mark is not null;
alter table detainerd.rule_alternative enable trigger user;
