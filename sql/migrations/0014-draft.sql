-- SPDX-License-Identifier: MIT
-- Drafts as somebody proposed them: they are adopted as they stand, or withdrawn, on record; and they bring their duties.

alter table detainerd.rule drop constraint rule_status_is_draft_or_adopted,
	add constraint rule_status_is_known check (status in ('draft', 'adopted', 'withdrawn'));
comment on column detainerd.rule.status is 'draft (says nothing), adopted, or withdrawn (a draft that says nothing for ever). One update adopts; nothing un-adopts.';

create table detainerd.rule_withdrawal (
	rule_id bigint primary key constraint withdrawal_is_of_a_rule references detainerd.rule (rule_id),
	withdrawn_by text not null default session_user,
	withdrawn_at timestamptz not null default clock_timestamp(),
	note text
);
comment on table detainerd.rule_withdrawal is 'Drafts that were withdrawn, by law_withdraw(). Nobody writes here by hand.';
comment on column detainerd.rule_withdrawal.rule_id is 'The draft.';
comment on column detainerd.rule_withdrawal.withdrawn_by is 'Who withdrew it: the login, whatever role it took on.';
comment on column detainerd.rule_withdrawal.withdrawn_at is 'When.';
comment on column detainerd.rule_withdrawal.note is 'Why, in their words.';

alter table detainerd.duty add column rule_id bigint constraint duty_comes_with_a_rule references detainerd.rule (rule_id);
create index duty_rule on detainerd.duty (rule_id) where rule_id is not null;
comment on column detainerd.duty.rule_id is 'The version that brought it, without whose adoption it asks for nothing; null: it stands by itself. Its days are its own either way.';
