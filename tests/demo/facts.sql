-- SPDX-License-Identifier: MIT
-- Seven bookings as a jail management system writes them: plain inserts.  A hold
-- that is allowed began 48 hours before its instant; one that never was ends
-- where it starts, so that start is the instant.  All of it is fiction.

begin;
insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at)
	select facility_id, v.number, eligible - interval '3 days', eligible
	  from detainerd.facility f, lateral (values
		('D-101', timestamptz :'now' + interval  '5 seconds' - interval '48 hours'),
		('D-102', timestamptz :'now' + interval  '7 seconds' - interval '48 hours'),
		('D-103', timestamptz :'now' + interval  '9 seconds'),
		('D-104', timestamptz :'now' + interval '11 seconds' - interval '48 hours'),
		('D-105', timestamptz :'now' + interval '12 seconds'),
		('D-106', timestamptz :'now' + interval '13 seconds' - interval '48 hours'),
		('D-107', timestamptz :'now' + interval  '6 seconds')) v (number, eligible)
	 where f.code = 'DEMO-1';

-- D-104: another county's warrant, lodged during the hold.
insert into detainerd.custody_basis (booking_id, kind, agency, began_at, evidence, reference)
	select booking_id, 'other_agency', 'Neighbour County Sheriff', release_eligible_at + interval '20 hours', 'warrant 26-0417', 'W-1'
	  from detainerd.booking where booking_number = 'D-104';

-- All but D-103 have been convicted of a class A or B felony.
insert into detainerd.finding (booking_id, ground, felony_class, convicted_on, evidence, found_at, reference)
	select booking_id, 'conv_felony_class', 'B', '2026-03-02', 'judgment, docket DEMO-26-' || booking_id, booked_at, 'J-1'
	  from detainerd.booking where booking_number <> 'D-103';

-- D-102 was interviewed. An interview does not extend the hold.
insert into detainerd.interview (booking_id, requested_at, consent, started_at, ended_at, officer)
	select booking_id, booked_at + interval '1 day', 'given', release_eligible_at + interval '3 hours',
		release_eligible_at + interval '4 hours', 'officer 12'
	  from detainerd.booking where booking_number = 'D-102';

-- The detainers: I-247A takes effect when served on the person; I-247N asks for no hold.
insert into detainerd.detainer (booking_id, form, issued_on, received_at, served_at, reference)
	select booking_id, case booking_number when 'D-105' then 'I-247N' else 'I-247A' end,
		(booked_at + interval '1 day')::date, booked_at + interval '24 hours',
		case when booking_number in ('D-105', 'D-107') then null else booked_at + interval '25 hours' end, 'ICE-1'
	  from detainerd.booking;
commit;
