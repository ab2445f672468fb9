-- SPDX-License-Identifier: MIT
-- One place whose counsel has adopted 48 hours flat on a valid detainer, and
-- fill(): how many people, from when eligible, how far apart.

insert into detainerd.jurisdiction (code, name) values ('BENCH', 'Bench');
insert into detainerd.rule (jurisdiction, effective_from, clock, hours, clock_verified, citation, adopted_by)
	values ('BENCH', '2000-01-01', 'flat', 48, true, 'Bench Rule 1', 'bench');
insert into detainerd.rule_alternative (rule_id, alternative, citation, verified)
	select rule_id, 1, citation, true from detainerd.rule where jurisdiction = 'BENCH';
update detainerd.rule set status = 'adopted' where jurisdiction = 'BENCH';
insert into detainerd.facility (code, jurisdiction, time_zone, go_live_at)
	values ('BENCH', 'BENCH', 'America/New_York', '2000-01-01');
insert into detainerd.route (receiver) values ('hook');

create schema bench;
create function bench.fill(prefix text, people int, eligible timestamptz, apart interval) returns void
language sql as $$
	with b as (
		insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at)
			select facility_id, prefix || n, eligible - interval '1 day' + n * apart, eligible + n * apart
			  from detainerd.facility, generate_series(0, people - 1) n
			 where code = 'BENCH'
			returning booking_id, booked_at)
	insert into detainerd.detainer (booking_id, form, received_at, reference)
		select booking_id, 'I-247', booked_at, 'd' from b;
$$;
