-- SPDX-License-Identifier: MIT
-- Roles of a cluster, created once.  Nobody logs in as one; people and programs are granted them.

do $$
declare
	wanted text;
begin
	foreach wanted in array array['detainerd_intake', 'detainerd_reviewer', 'detainerd_counsel', 'detainerd_admin', 'detainerd_daemon']
	loop
		if not exists (select from pg_catalog.pg_roles where rolname = wanted) then
			execute format('create role %I nologin', wanted);
		end if;
	end loop;
end
$$;

comment on role detainerd_intake is 'detainerd: records staff and jail management systems; write facts';
comment on role detainerd_reviewer is 'detainerd: supervisors and compliance; read and acknowledge';
comment on role detainerd_counsel is 'detainerd: counsel; write rules and withdraw bars';
comment on role detainerd_admin is 'detainerd: administrators; facilities, routes, reminders';
comment on role detainerd_daemon is 'detainerd: the daemon; executes its functions and nothing else';
