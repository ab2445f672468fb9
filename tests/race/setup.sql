-- SPDX-License-Identifier: MIT
-- What every race stands on: schema race, a county with a verified law, and short words for the specs.

set client_min_messages to warning;
begin;
insert into detainerd.jurisdiction (code, name) values ('US-RACE', 'Raceland') on conflict do nothing;
insert into detainerd.rule (jurisdiction, effective_from, status, clock, hours, clock_verified, citation, source)
select 'US-RACE', '2000-01-01', 'draft', 'flat', 48, true, 'Race Code 1', 'race' where not exists (select from detainerd.rule where source = 'race');
insert into detainerd.rule_alternative (rule_id, alternative, citation, verified)
select rule_id, 1, '(a)', true from detainerd.rule where source = 'race' and status = 'draft';
insert into detainerd.rule_term (rule_id, alternative, ground)
select rule_id, 1, 'conv_felony_any' from detainerd.rule where source = 'race' and status = 'draft';
update detainerd.rule set status = 'adopted' where source = 'race' and status = 'draft';
insert into detainerd.facility (code, name, jurisdiction, time_zone) values ('RACE', 'Race Jail', 'US-RACE', 'America/New_York') on conflict do nothing;
-- each alert on its own, and nobody watches over detainerd itself
update detainerd.setting set value = '1000000' where name = 'bulk_above';
delete from detainerd.watch_turn;
insert into detainerd.route (receiver) select 'desk' where not exists (select from detainerd.route where receiver = 'desk');

drop schema if exists race cascade;
create schema race;

create function race.id(number text) returns bigint language sql stable as $$
	select booking_id from detainerd.booking where booking_number = number
$$;

-- A booking, eligible so long ago.
create function race.book(number text, ago interval, place text default 'RACE') returns bigint language sql as $$
	insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at)
	select facility_id, number, clock_timestamp() - ago - interval '10 hours', clock_timestamp() - ago from detainerd.facility where code = place
	returning booking_id
$$;

create function race.detain(number text) returns bigint language sql as $$
	insert into detainerd.detainer (booking_id, form, received_at, served_at)
	select booking_id, 'I-247A', booked_at + interval '1 hour', booked_at + interval '2 hours' from detainerd.booking where booking_number = number
	returning detainer_id
$$;

create function race.convict(number text) returns bigint language sql as $$
	insert into detainerd.finding (booking_id, ground, evidence, found_at)
	select booking_id, 'conv_felony_any', 'certified copy', booked_at + interval '1 hour' from detainerd.booking where booking_number = number
	returning finding_id
$$;

create function race.verdict(number text) returns text language sql stable as $$
	select reason from detainerd.hold where race.id(number) = any (members)
$$;

-- How many alerts of a kind there are about a person, and how many of them stand.
create function race.alerts(number text, of_kind text) returns bigint language sql stable as $$
	select count(*) from detainerd.alert where stay_id = (select stay_id from detainerd.hold where race.id(number) = any (members)) and kind = of_kind
$$;
create function race.standing(number text, of_kind text) returns bigint language sql stable as $$
	select count(*) from detainerd.alert a where stay_id = (select stay_id from detainerd.hold where race.id(number) = any (members)) and kind = of_kind
		and not exists (select from detainerd.alert_event e where e.alert_id = a.alert_id and e.event in ('superseded', 'resolved'))
$$;

-- As a daemon calls it.
create function race.raise() returns text language sql as $$
	select raised || ' raised' from detainerd.raise_due(clock_timestamp(), 1000)
$$;
commit;
