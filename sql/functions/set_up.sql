-- SPDX-License-Identifier: MIT
-- What an administrator answers when detainerd is set up, put into rows.  May be given again: what is there is kept.

create or replace function detainerd.set_up(answers jsonb) returns void
language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
	asked record;
	there detainerd.facility;
begin
	select * into asked from jsonb_to_record(set_up.answers)
		as a (role text, facility text, name text, jurisdiction text, time_zone text, receivers text[]);
	if not exists (select from detainerd.jurisdiction j where j.code = asked.jurisdiction) then
		raise exception 'cannot set up: there is no jurisdiction ''%''', asked.jurisdiction
			using errcode = 'no_data_found', hint = 'A state is written US-CT; a county must be a row of detainerd.jurisdiction first.';
	elsif not exists (select from detainerd.time_zone z where z.name = asked.time_zone) then
		raise exception 'cannot set up: there is no time zone ''%''', asked.time_zone
			using errcode = 'no_data_found', hint = 'Write an IANA name such as America/New_York.';
	end if;
	select * into there from detainerd.facility f where f.code = asked.facility;
	if (there.jurisdiction, there.time_zone) is distinct from (asked.jurisdiction, asked.time_zone) and there.code is not null then
		raise exception 'cannot set up: facility ''%'' is there already, in % and %', there.code, there.jurisdiction, there.time_zone
			using errcode = 'object_not_in_prerequisite_state', hint = 'Answer so, or correct the row of detainerd.facility.';
	end if;

	if exists (select from pg_roles r where r.rolname = asked.role and r.rolsuper) then
		raise exception 'cannot set up: role ''%'' is a superuser, and the daemon needs few rights', asked.role
			using errcode = 'object_not_in_prerequisite_state', hint = 'Leave user= out of the answer database, or name a role of the daemon''s own.';
	end if;
	if not exists (select from pg_roles r where r.rolname = asked.role) then
		execute format('create role %I login', asked.role);
	end if;
	if not pg_has_role(asked.role, 'detainerd_daemon', 'member') then
		execute format('grant detainerd_daemon to %I', asked.role);
	end if;
	insert into detainerd.facility (code, name, jurisdiction, time_zone)
		values (asked.facility, asked.name, asked.jurisdiction, asked.time_zone)
		on conflict (code) do nothing;
	-- everything, at once: what is to be told later, or not at all, the administrator says by further routes
	insert into detainerd.route (facility_id, receiver)
		select f.facility_id, r.receiver
		  from detainerd.facility f cross join unnest(asked.receivers) r (receiver)
		 where f.code = asked.facility
		   and not exists (select from detainerd.route ro
		                    where ro.receiver = r.receiver and (ro.facility_id = f.facility_id or ro.facility_id is null));
end;
$$;
comment on function detainerd.set_up(jsonb) is
	'Makes the role of the daemon, a facility, and a route to each receiver, as ${answers} name them; what is there already is kept. Refuses a facility that is there with another law or zone.';
