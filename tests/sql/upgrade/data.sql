-- SPDX-License-Identifier: MIT
-- What a database of migration 6 holds: three people, told and not told, one of them overdue for days.

insert into detainerd.time_zone (name) values ('America/New_York');
insert into detainerd.jurisdiction (code, name) values ('US-OLD', 'Oldland');
insert into detainerd.facility (code, name, jurisdiction, time_zone) values ('OLD', 'Old Jail', 'US-OLD', 'America/New_York');
insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at, recorded_at)
select facility_id, v.number, now() - interval '9 days', now() - v.since, now() - interval '3 hours' from detainerd.facility, (values ('days', interval '5 days'), ('late', '2 hours')) v (number, since);
insert into detainerd.detainer (booking_id, form, received_at, served_at) select booking_id, 'I-247A', booked_at, booked_at from detainerd.booking;
insert into detainerd.hold (booking_id, stay_id, members, facility_id, starts_at, allowed, reason, authority, lawful, release_at, judged_at, law_version, created_at)
select booking_id, booking_id, array[booking_id], facility_id, release_eligible_at, false, 'counsel_must_decide', '{}', '{}', release_eligible_at, now() - interval '3 hours', 1, now() - interval '3 hours' from detainerd.booking;
insert into detainerd.route (receiver, step_delay, repeat_every) values ('desk', '-1 minute', '1 second'), ('chief', '10 minutes', '1 hour');
insert into detainerd.alert (alert_id, booking_id, stay_id, facility_id, kind, release_at, occurrence, due_at, raised_at, severity)
select concat_ws('-', 'old', booking_number, v.kind), booking_id, booking_id, facility_id, v.kind, release_eligible_at, v.occurrence, now() - interval '2 hours', now() - interval '2 hours', 'critical'
from detainerd.booking, (values ('release_due', 0), ('overdue', 60)) v (kind, occurrence);
insert into detainerd.delivery (alert_id, route_id, receiver, state, attempts, due_at)
select alert_id, route_id, receiver, case kind when 'release_due' then 'delivered' else 'due' end, (kind = 'release_due')::int, now() - interval '1 hour' from detainerd.alert, detainerd.route where receiver = 'desk';
create function detainerd.raise_alerts(stays bigint[], hidden bigint[], as_of timestamptz) returns int language sql as 'select 0';
create function detainerd.claim(daemon text, receivers text[], max_deliveries int, lease interval) returns table (delivery_id bigint) language sql as 'select 0::bigint';
create function detainerd.daemon_hello(daemon text, version text, receivers text[]) returns table (schema_version int, server_us bigint) language sql as 'select 6, 0::bigint';
create function detainerd.acknowledge(alert_id text, reason text, note text) returns void language sql as '';
