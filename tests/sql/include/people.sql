-- SPDX-License-Identifier: MIT
-- People for the tests of alerts: a county whose counsel has adopted "any felony, flat 48 hours", and a state without law.
-- Included within a transaction.  Nobody watches over detainerd itself here: 72-watch.sql is about that.

delete from detainerd.watch_turn;
insert into detainerd.jurisdiction (code, parent, name) values ('US-TEST', null, 'Testland'), ('US-TEST-COUNTY', 'US-TEST', 'Test County'),
	('US-BARE', null, 'a state without law');
insert into detainerd.rule (jurisdiction, effective_from, status, clock, hours, clock_verified, citation, source)
values ('US-TEST', '2000-01-01', 'draft', 'flat', 48, true, 'Test Code 1', 'tests');
insert into detainerd.rule_alternative (rule_id, alternative, citation, verified)
select rule_id, 1, '(a)', true from detainerd.rule where source = 'tests';
insert into detainerd.rule_term (rule_id, alternative, ground)
select rule_id, 1, 'conv_felony_any' from detainerd.rule where source = 'tests';
update detainerd.rule set status = 'adopted' where source = 'tests';

insert into detainerd.facility (code, name, jurisdiction, time_zone) values
	('TEST', 'Test County Jail', 'US-TEST-COUNTY', 'America/New_York'), ('BARE', 'Bare Jail', 'US-BARE', 'America/New_York');
insert into detainerd.route (facility_id, kinds, receiver, enabled)
select facility_id, kinds, receiver, enabled
from detainerd.facility, (values (null::text[], 'desk', true), ('{counsel_needed,claim_review,deadline_moved}', 'compliance', true), (null, 'switched-off', false)) r (kinds, receiver, enabled)
where code in ('TEST', 'BARE');

create function pg_temp.id(number text) returns bigint language sql stable as $$
	select booking_id from detainerd.booking join detainerd.facility using (facility_id)
	where booking_number = number and code in ('TEST', 'BARE')
$$;

-- A person eligible at an instant, with a served I-247A and, unless told otherwise, a conviction that the law asks for.
create function pg_temp.person(number text, eligible timestamptz, ground text default 'conv_felony_any', form text default 'I-247A',
	served boolean default true, at text default 'TEST') returns bigint language plpgsql as $$
declare
	id bigint;
begin
	insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at)
	select facility_id, number, least(eligible, clock_timestamp()) - interval '100 hours', eligible from detainerd.facility where code = at
	returning booking_id into id;
	if ground is not null then
		insert into detainerd.finding (booking_id, ground, evidence, found_at)
		values (id, ground, 'certified copy', least(eligible, clock_timestamp()) - interval '99 hours');
	end if;
	insert into detainerd.detainer (booking_id, form, received_at, served_at)
	values (id, form, least(eligible, clock_timestamp()) - interval '98 hours',
		case when served then least(eligible, clock_timestamp()) - interval '97 hours' end);
	return id;
end
$$;

create function pg_temp.release_of(number text) returns timestamptz language sql stable as $$
	select release_at from detainerd.hold where booking_id = pg_temp.id(number)
$$;

-- Everything that is due at an instant, call after call until no more is.
create function pg_temp.raise(as_of timestamptz, max_holds int default 1000) returns int language plpgsql as $$
declare
	r record;
	total int := 0;
begin
	for n in 1..100 loop
		select * into strict r from detainerd.raise_due(as_of, max_holds);
		total := total + r.raised;
		exit when not r.more;
	end loop;
	if r.more then
		raise exception 'raise_due() says more for ever';
	end if;
	return total;
end
$$;

-- The alerts of a person, oldest first: kind, occurrence, what became of it.
create function pg_temp.alerts(number text, kinds text default '.') returns text language sql stable as $$
	select coalesce(string_agg(a.kind || ' ' || a.occurrence || coalesce((
			select ' (' || string_agg(distinct e.event, ', ' order by e.event) || ')' from detainerd.alert_event e where e.alert_id = a.alert_id), ''),
		', ' order by a.due_at, a.kind, a.release_at), 'none')
	from detainerd.alert a
	where a.stay_id = (select stay_id from detainerd.hold where booking_id = pg_temp.id(number)) and a.kind ~ kinds
$$;
