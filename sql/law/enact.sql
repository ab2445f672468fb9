-- SPDX-License-Identifier: MIT
-- What the files of the jurisdictions have written becomes rules: drafts first, then their parts, then one update adopts.
--
-- A version is known again by its name, the words of rule.source before the colon.  Adopted parts never change: a
-- correction is a further version with a later effective_from.  Installing again adds nothing and changes nothing, for
-- every step takes only what is not there, or what is still a draft.
--
-- Where anybody else has adopted a rule in a jurisdiction, its own counsel speaks for it: what is shipped stays a draft
-- there, for them to read and adopt.

insert into detainerd.rule (jurisdiction, agency_kind, effective_from, status, clock, hours, clock_verified, citation, source,
	policy, mark, clock_mark, allows_from, start_event, note)
select jurisdiction, agency_kind, effective_from, 'draft', clock,
	case when clock in ('flat', 'excluding_weekends_and_holidays') then 48 end,
	coalesce(clock_mark = 'V', false), citation, version || ': ' || source, policy, mark, clock_mark, allows_from, start_event, note
from written_rule written
where not exists (select from detainerd.rule
	where rule.jurisdiction = written.jurisdiction and split_part(rule.source, ':', 1) = written.version)
order by jurisdiction, effective_from, version;

create temporary table enacted as
select rule.rule_id, version, adopt
from written_rule join detainerd.rule
	on rule.jurisdiction = written_rule.jurisdiction and split_part(rule.source, ':', 1) = version
where rule.status = 'draft';

insert into detainerd.rule_alternative (rule_id, alternative, citation, verified, mark)
select rule_id, alternative, subsection, mark = 'V', mark
from written_alternative join enacted using (version)
on conflict do nothing;

insert into detainerd.rule_term (rule_id, alternative, ground, felony_classes, list_id, max_age_years, issuer)
select rule_id, alternative, ground, felony_classes, list_id, max_age_years, issuer
from written_term join enacted using (version)
where not exists (select from detainerd.rule_term part
	where part.rule_id = enacted.rule_id and part.alternative = written_term.alternative and part.ground = written_term.ground)
order by n;

insert into detainerd.rule_bar (rule_id, ground)
select rule_id, ground
from written_bar join enacted using (version)
on conflict do nothing;

update detainerd.rule set status = 'adopted', adopted_by = 'detainerd, as installed'
where rule_id in (select rule_id from enacted where adopt)
	and not exists (select from detainerd.rule own
		where own.jurisdiction = rule.jurisdiction and own.status = 'adopted' and own.adopted_by <> 'detainerd, as installed');

-- A placeholder has done its work where something is on file.
delete from detainerd.rule
where source like 'placeholder for %' and status = 'draft'
	and jurisdiction in (select jurisdiction from written_rule)
	and not exists (select from detainerd.rule_alternative part where part.rule_id = rule.rule_id)
	and not exists (select from detainerd.rule_bar part where part.rule_id = rule.rule_id);

-- A duty is known again by its name too; counsel may end one or confirm it, and no later installation undoes that.
insert into detainerd.duty (jurisdiction, duty, event, hours, every_months, due_after, effective_from, effective_until, mark, citation, source, note)
select jurisdiction, duty, event, hours, every_months, due_after, effective_from, effective_until, mark, citation, name || ': ' || source, note
from written_duty written
where not exists (select from detainerd.duty
	where duty.jurisdiction = written.jurisdiction and split_part(duty.source, ':', 1) = written.name)
order by jurisdiction, effective_from, name;

drop table enacted, written_duty, written_bar, written_term, written_alternative, written_rule;
