-- SPDX-License-Identifier: MIT

-- A local time may be doubtful: repeated in autumn, skipped in spring, or all a jail knows.  Doubt is read the way that
-- frees sooner: what ends custody's authority happens at the first occurrence, what upholds it at the second.
--   first      an instant; of a repeated hour its first occurrence
--   second     an instant; of a repeated hour its second occurrence
--   found      a finding's start: a bar's first occurrence, any other ground's second
--   withdrawn  a finding's end: a bar's second occurrence, any other ground's first
-- What is owed was done no sooner than the second.
-- A facility has no doubtful times: when it went live is told to nobody's harm.
-- A time that spring skips is the transition, whichever column it stands in.
create or replace function detainerd.import_columns() returns table (kind text, name text, reads text)
language sql immutable parallel safe rows 75
begin atomic
	values
		('facility', 'code', 'key'),
		('facility', 'name', 'text'),
		('facility', 'jurisdiction', 'jurisdiction'),
		('facility', 'agency_kind', 'text'),
		('facility', 'time_zone', 'zone'),
		('facility', 'go_live_at', 'first'),
		('facility', 'processing_minutes', 'minutes'),
		('facility', 'facts_max_age', 'duration'),
		('facility', 'counsel_contact', 'text'),
		('booking', 'facility', 'key'),
		('booking', 'booking_number', 'key'),
		('booking', 'booked_at', 'first'),
		('booking', 'fingerprints_sent_at', 'first'),
		('booking', 'release_eligible_at', 'first'),
		('booking', 'custody_ended_at', 'second'),
		('booking', 'custody_outcome', 'text'),
		('booking', 'outcome_detail', 'text'),
		('booking', 'continues_booking_id', 'booking'),
		('booking', 'continues_booking_number', 'text'),
		('booking', 'continues_booking_facility', 'facility'),
		('booking', 'merged_into_id', 'booking'),
		('booking', 'merged_into_number', 'text'),
		('booking', 'merged_into_facility', 'facility'),
		('basis', 'facility', 'key'),
		('basis', 'booking_number', 'key'),
		('basis', 'reference', 'key'),
		('basis', 'kind', 'text'),
		('basis', 'agency', 'text'),
		('basis', 'began_at', 'second'),
		('basis', 'ended_at', 'first'),
		('basis', 'evidence', 'text'),
		('detainer', 'facility', 'key'),
		('detainer', 'booking_number', 'key'),
		('detainer', 'reference', 'key'),
		('detainer', 'form', 'text'),
		('detainer', 'issued_on', 'date'),
		('detainer', 'received_at', 'second'),
		('detainer', 'served_at', 'second'),
		('detainer', 'rescinded_at', 'first'),
		('detainer', 'admin_warrant', 'text'),
		('detainer', 'comply', 'boolean'),
		('detainer', 'comply_by', 'text'),
		('detainer', 'comply_at', 'first'),
		('detainer', 'comply_reason', 'text'),
		('finding', 'facility', 'key'),
		('finding', 'booking_number', 'key'),
		('finding', 'reference', 'key'),
		('finding', 'ground', 'text'),
		('finding', 'felony_class', 'text'),
		('finding', 'list_id', 'text'),
		('finding', 'convicted_on', 'date'),
		('finding', 'issuer', 'text'),
		('finding', 'case_number', 'text'),
		('finding', 'evidence', 'text'),
		('finding', 'found_by', 'text'),
		('finding', 'found_at', 'found'),
		('finding', 'withdrawn_at', 'withdrawn'),
		('interview', 'facility', 'key'),
		('interview', 'booking_number', 'key'),
		('interview', 'reference', 'key'),
		('interview', 'requested_at', 'first'),
		('interview', 'consent', 'text'),
		('interview', 'started_at', 'first'),
		('interview', 'ended_at', 'second'),
		('interview', 'officer', 'text'),
		('duty', 'facility', 'key'),
		('duty', 'booking_number', 'key'),
		('duty', 'reference', 'key'),
		('duty', 'duty', 'text'),
		('duty', 'detainer', 'text'),
		('duty', 'done_at', 'second'),
		('duty', 'done_by', 'text'),
		('duty', 'told', 'text'),
		('duty', 'evidence', 'text');
end;
comment on function detainerd.import_columns() is 'The columns that a file of each kind may have, and how their values are read.';
