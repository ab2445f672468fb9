-- SPDX-License-Identifier: MIT
-- Import: what came in a file before the booking it belongs to.

create table detainerd.import_parked (
	kind text not null constraint parked_kind_is_known check (kind in ('booking', 'basis', 'detainer', 'finding')),
	facility_id bigint not null constraint parked_is_at_a_known_facility references detainerd.facility (facility_id),
	booking_number text not null,
	reference text not null,
	facts jsonb not null,
	file text,
	parked_at timestamptz not null default clock_timestamp(),
	primary key (kind, facility_id, booking_number, reference)
);
comment on table detainerd.import_parked is
	'Imported facts whose booking has not come yet, and links of bookings whose other end has not: joined by the next import after it comes.';
comment on column detainerd.import_parked.kind is 'basis, detainer or finding: a fact without its booking; booking: a link whose other end is missing.';
comment on column detainerd.import_parked.facility_id is 'Where.';
comment on column detainerd.import_parked.booking_number is 'The booking they belong to.';
comment on column detainerd.import_parked.reference is 'The sender''s id of the fact; empty for a booking''s links.';
comment on column detainerd.import_parked.facts is 'Column names and values; instants with their offset.';
comment on column detainerd.import_parked.file is 'The file they came in last.';
comment on column detainerd.import_parked.parked_at is 'When they first came.';
