-- SPDX-License-Identifier: MIT
-- Who wrote a draft down: one person proposes law, another adopts it.

create table detainerd.rule_proposal (
	rule_id bigint primary key constraint proposal_is_of_a_rule references detainerd.rule (rule_id) on delete cascade,
	proposed_by text not null default session_user,
	proposed_at timestamptz not null default clock_timestamp()
);
comment on table detainerd.rule_proposal is 'Drafts that came by law_propose(): whoever proposed one does not adopt it. Nobody writes here by hand.';
comment on column detainerd.rule_proposal.rule_id is 'The draft.';
comment on column detainerd.rule_proposal.proposed_by is 'Who proposed it: the login, whatever role it took on.';
comment on column detainerd.rule_proposal.proposed_at is 'When.';
