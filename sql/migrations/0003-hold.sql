-- SPDX-License-Identifier: MIT
-- Holds: what follows from the facts and the law.  Derived by judge(), stored by triggers, never typed in.

create table detainerd.hold (
	booking_id bigint constraint hold_is_one_a_booking primary key deferrable initially immediate,
	stay_id bigint not null constraint hold_is_one_a_stay unique,
	members bigint[] not null,
	facility_id bigint not null,
	starts_at timestamptz,
	allowed boolean not null,
	reason text not null,
	detail text,
	detainer_id bigint,
	rule_id bigint,
	alternative int,
	citation text,
	authority tstzmultirange not null,
	lawful tstzmultirange not null,
	release_at timestamptz,
	due_reason text,
	due_allowed boolean,
	due_rule_id bigint,
	due_citation text,
	booked_at timestamptz,
	ended_at timestamptz,
	judged_at timestamptz not null,
	changes_at timestamptz,
	law_version bigint not null,
	next_due_at timestamptz,
	moved_from timestamptz,
	created_at timestamptz not null
);
create index hold_next_due on detainerd.hold (next_due_at) where next_due_at is not null;
create index hold_changes on detainerd.hold (changes_at) where changes_at is not null;
create index hold_law_version on detainerd.hold (law_version);
create index hold_release on detainerd.hold (release_at) where ended_at is null and release_at is not null;
create index hold_facility on detainerd.hold (facility_id);
comment on table detainerd.hold is 'What follows from the facts and the law for one stay that has a detainer of any form or state. Written by triggers and raise_due() only.';
comment on column detainerd.hold.booking_id is 'The stay''s latest booking.';
comment on column detainerd.hold.stay_id is 'The stay''s first recorded booking; never changes.';
comment on column detainerd.hold.members is 'Every booking of the stay.';
comment on column detainerd.hold.facility_id is 'The latest booking''s facility.';
comment on column detainerd.hold.starts_at is 'When the person would otherwise go free and the clock starts; null: not known, or another basis stands without end.';
comment on column detainerd.hold.allowed is 'Papers and law let the jail hold for ICE, read at the later of start and judged_at, the clock aside, nobody else keeping the person.';
comment on column detainerd.hold.reason is 'held_on_other_authority, detainer_rescinded, detainer_not_in_force, agency_declined, hold_not_allowed, counsel_must_decide, or allowed.';
comment on column detainerd.hold.detail is 'What about it: no_ground_met, evidence_missing, not_served, bar:<code>, ...';
comment on column detainerd.hold.detainer_id is 'The detainer that the reading rests on.';
comment on column detainerd.hold.rule_id is 'The rule cited: the nearest level that forbids, else the nearest that allows.';
comment on column detainerd.hold.alternative is 'The first verified alternative met of the rule that allows.';
comment on column detainerd.hold.citation is 'Section, and subsection where one allows.';
comment on column detainerd.hold.authority is 'Spans in which papers, law and clock let the jail hold for ICE.';
comment on column detainerd.hold.lawful is 'Spans of lawful custody: before the start, authority, every other basis.';
comment on column detainerd.hold.release_at is 'THE instant: where lawful custody ends. Null: nowhere yet.';
comment on column detainerd.hold.due_reason is 'Why lawful custody ends, read as of release_at.';
comment on column detainerd.hold.due_allowed is 'allowed, read as of release_at.';
comment on column detainerd.hold.due_rule_id is 'The rule cited, read as of release_at.';
comment on column detainerd.hold.due_citation is 'The section cited, read as of release_at.';
comment on column detainerd.hold.booked_at is 'The stay''s first booked_at.';
comment on column detainerd.hold.ended_at is 'When a closing fact ended the stay; null: still in custody.';
comment on column detainerd.hold.judged_at is 'As of when this row was judged.';
comment on column detainerd.hold.changes_at is 'The first later instant at which a column would differ if no fact changes.';
comment on column detainerd.hold.law_version is 'law_version.version that it was judged under.';
comment on column detainerd.hold.next_due_at is 'When raise_due() must next look at it: the timer queue.';
comment on column detainerd.hold.moved_from is 'A release instant that was in force and has moved later; compliance has not been told yet.';
comment on column detainerd.hold.created_at is 'When this stay was first judged.';

create table detainerd.rejudge (
	booking_id bigint primary key -- no foreign key: its check would wait for whoever holds the booking for update
);
comment on table detainerd.rejudge is 'Bookings written in a transaction that could not see the newest facts (repeatable read): raise_due() judges them again first.';
comment on column detainerd.rejudge.booking_id is 'Which booking.';
