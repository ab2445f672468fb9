-- SPDX-License-Identifier: MIT
-- Facts by hand and by full export: every kind of fact has its sender's id, zones are known by state, and what a full
-- export leaves in doubt is kept.

alter table detainerd.interview add column reference text;
alter table detainerd.interview add constraint interview_reference_is_unique_in_its_booking unique (booking_id, reference);
comment on column detainerd.interview.reference is 'The sender''s id, unique in its booking.';

alter table detainerd.import_parked drop constraint parked_kind_is_known;
alter table detainerd.import_parked add constraint parked_kind_is_known check (kind in ('booking', 'basis', 'detainer', 'finding', 'interview'));
comment on column detainerd.import_parked.kind is 'basis, detainer, finding or interview: a fact without its booking; booking: a link whose other end is missing.';

create table detainerd.jurisdiction_zone (
	jurisdiction text constraint zone_is_of_a_known_jurisdiction references detainerd.jurisdiction (code),
	time_zone text constraint zone_is_an_iana_name references detainerd.time_zone (name),
	primary key (jurisdiction, time_zone)
);
comment on table detainerd.jurisdiction_zone is 'The zones that a state lies in. A state in several does not say in which a jail lies; one in none of them is mistyped.';
comment on column detainerd.jurisdiction_zone.jurisdiction is 'The state.';
comment on column detainerd.jurisdiction_zone.time_zone is 'A zone; others whose clocks agree with it today pass as well.';

create table detainerd.import_doubt (
	booking_id bigint primary key constraint doubt_is_of_a_recorded_booking references detainerd.booking (booking_id),
	code text not null constraint doubt_is_known check (code in ('missing_from_export', 'listed_after_end')),
	file text,
	since timestamptz not null default clock_timestamp()
);
comment on table detainerd.import_doubt is 'Where the last full export contradicts what is recorded. It changes no fact: absence is no release.';
comment on column detainerd.import_doubt.booking_id is 'Whose.';
comment on column detainerd.import_doubt.code is 'missing_from_export: in custody by the record, and not in the export; listed_after_end: custody has ended by the record, and the export has no end.';
comment on column detainerd.import_doubt.file is 'The export that showed it last.';
comment on column detainerd.import_doubt.since is 'Since which export.';
