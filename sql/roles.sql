-- SPDX-License-Identifier: MIT
-- Roles of a cluster, created once.  Nobody logs in as one; people and programs are granted them.

do $$
declare
	wanted record;
begin
	for wanted in select * from (values
		('detainerd_intake', 'detainerd: records staff and jail management systems; write facts'),
		('detainerd_reviewer', 'detainerd: supervisors and compliance; read and acknowledge'),
		('detainerd_counsel', 'detainerd: counsel; write rules and withdraw bars'),
		('detainerd_admin', 'detainerd: administrators; facilities, routes, reminders'),
		('detainerd_daemon', 'detainerd: the daemon; executes its functions and nothing else')) role (name, purpose)
	loop
		if not exists (select from pg_catalog.pg_roles where rolname = wanted.name) then
			execute format('create role %I nologin', wanted.name);
			execute format('comment on role %I is %L', wanted.name, wanted.purpose);
		end if;
	end loop;
end
$$;
