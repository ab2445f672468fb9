-- SPDX-License-Identifier: MIT
-- What makes reports of years as fast as those of days.

-- of past stays the few with unlawful time; the condition is that of the view over_detention, word by word
create index hold_over_detention on detainerd.hold (ended_at, booked_at)
	where not (lawful @> case when booked_at < ended_at then tstzrange(booked_at, ended_at) else 'empty' end);

-- what was said of a booking, whichever stay it belonged to then
create index alert_booking on detainerd.alert (booking_id);

-- who is in custody, among all who ever were
create index hold_open on detainerd.hold (facility_id) where ended_at is null;
create index hold_start_unknown on detainerd.hold (facility_id) where ended_at is null and starts_at is null;
