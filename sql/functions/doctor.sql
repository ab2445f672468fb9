-- SPDX-License-Identifier: MIT
-- What is well and what is not, as far as the database knows: a row a check, each with what to do about it.

create or replace function detainerd.some_of(names text[]) returns text
language sql immutable parallel safe
begin atomic
	select array_to_string(names[:3], ', ') || case when cardinality(names) > 3 then format(' and %s more', cardinality(names) - 3) else '' end;
end;
comment on function detainerd.some_of(text[]) is 'The first names of a list, and how many more there are.';

create or replace function detainerd.definitions() returns table (kind text, object text, digest text)
language sql stable set search_path = pg_catalog, pg_temp
begin atomic
	select 'function', p.oid::regprocedure::text, md5(pg_get_functiondef(p.oid))
	  from pg_proc p
	 where p.pronamespace = 'detainerd'::regnamespace and p.prokind in ('f', 'p') and p.proname <> 'as_installed'
	union all
	select 'view', c.oid::regclass::text, md5(pg_get_viewdef(c.oid))
	  from pg_class c where c.relnamespace = 'detainerd'::regnamespace and c.relkind = 'v'
	union all
	select 'trigger', t.tgname || ' on ' || c.oid::regclass, md5(pg_get_triggerdef(t.oid) || t.tgenabled::text)
	  from pg_trigger t join pg_class c on c.oid = t.tgrelid
	 where c.relnamespace = 'detainerd'::regnamespace and not t.tgisinternal;
end;
comment on function detainerd.definitions() is 'Every function, view and trigger of the schema, with a digest of its definition; of a trigger, whether it is enabled too.';

-- nothing yet: definitions.sql puts in what is there when all is installed
create or replace function detainerd.as_installed() returns table (kind text, object text, digest text)
language sql immutable as $$ select ''::text, ''::text, ''::text where false $$;

create or replace function detainerd.doctor_code() returns table (check_name text, state text, what text, fix text)
language sql stable set search_path = pg_catalog, pg_temp
as $$
	with differs as (
		select coalesce(i.kind, d.kind) as kind,
		       case when d.object is null then 'missing: ' when i.object is null then 'not ours: ' else 'altered: ' end || coalesce(i.object, d.object) as what
		  from detainerd.as_installed() i full join detainerd.definitions() d using (kind, object)
		 where i.digest is distinct from d.digest
	), found as (
		select c.check_name, array_agg(f.what order by f.what) filter (where f.what is not null) as wrong
		  from (values ('triggers', '{trigger}'::text[]), ('functions', '{function,view}')) c (check_name, kinds)
		  left join (select * from differs
		             union all
		             select 'trigger', 'session_replication_role is set for a role or database: no trigger runs'
		               from pg_db_role_setting s where s.setconfig::text ~ 'session_replication_role=(replica|local)') f on f.kind = any (c.kinds)
		 group by c.check_name
	)
	select f.check_name, case when f.wrong is null then 'ok' else 'failure' end,
	       coalesce(detainerd.some_of(f.wrong), 'as installed'),
	       case when f.wrong is not null then 'Find out who changed it, then run: detainerctl migrate' end
	  from found f
$$;
comment on function detainerd.doctor_code() is 'Are triggers enabled, and triggers, functions and views as they were installed?';

create or replace function detainerd.doctor_rights(daemon boolean) returns table (check_name text, state text, what text, fix text)
language sql stable set search_path = pg_catalog, pg_temp
as $$
	with lacks as (
		select array_agg(f order by f) filter (where has_function_privilege(session_user, to_regprocedure(f), 'execute') is not true) as functions
		  from unnest(array['detainerd.daemon_hello(text, text, text[], int[])', 'detainerd.raise_due(timestamptz, int)', 'detainerd.claim(text, text[], int, interval)',
		                    'detainerd.settle(text, bigint[], int[], text[], int[], int[], text[], bigint[])', 'detainerd.heartbeat(text, jsonb)']) f
	)
	select 'rights', case when l.functions is not null then 'failure' when r.rolsuper then 'warning' else 'ok' end,
	       case when l.functions is not null then format('role %s may not execute %s', session_user, detainerd.some_of(l.functions))
	            when r.rolsuper then format('role %s is a superuser', session_user)
	            else format('role %s may do what the daemon does', session_user) end,
	       case when l.functions is not null then format('Run as its owner: grant detainerd_daemon to %I', session_user)
	            when r.rolsuper then 'Give the daemon a role of its own, a member of detainerd_daemon and of nothing else' end
	  from lacks l, pg_roles r
	 where r.rolname = session_user and doctor_rights.daemon
$$;
comment on function detainerd.doctor_rights(boolean) is 'May whoever asks do what the daemon does? No row where ${daemon} is false: a person need not.';

create or replace function detainerd.doctor_law() returns table (check_name text, state text, what text, fix text)
language sql stable set search_path = pg_catalog, pg_temp
as $$
	select 'law', case when b.verified then 'ok' else 'warning' end,
	       case when b.rules = 0 then format('no law is in force for %s: nothing is allowed there', b.jurisdiction) else b.law end
	       || ' (' || detainerd.some_of(array_agg(b.facility order by b.facility)) || ')',
	       case when b.rules = 0 then 'Let counsel enter and adopt the law of the place'
	            when not b.verified then 'Let counsel confirm what is not verified: until then it allows nothing' end
	  from detainerd.facility_law b
	 group by b.jurisdiction, b.rules, b.verified, b.law
	union all
	select 'law', 'failure', 'there is no facility: nobody is watched over', 'Run: detainerctl setup'
	 where not exists (select from detainerd.facility)
$$;
comment on function detainerd.doctor_law() is 'Which law binds each facility now, and how much of it is verified: a row for all that share it.';

create or replace function detainerd.doctor_telling(as_of timestamptz) returns table (check_name text, state text, what text, fix text)
language sql stable set search_path = pg_catalog, pg_temp
as $$
	select 'daemon', case when d.names is not null then 'ok' else 'failure' end,
	       coalesce(d.names || ' watches', 'no daemon was heard in the last 15 s: NOBODY IS TOLD OF ANYTHING'),
	       case when d.names is null then 'Run: systemctl start detainerd; why it does not run: journalctl -x -u detainerd' end
	  from (select detainerd.some_of(array_agg(s.daemon order by s.daemon)) as names
	          from detainerd.daemon s
	         where s.seen_at > as_of - interval '15 seconds' and not exists (select from detainerd.trouble t where t.condition = 'no_daemon')) d
	union all
	select 'routes', case when u.subjects is null then 'ok' else 'failure' end,
	       case when u.facilities is not null then 'no route tells anybody of a release that is due at ' || detainerd.some_of(u.facilities)
	            when u.subjects is not null then 'no route tells anybody when detainerd itself is in trouble' else 'every release that is due tells somebody' end,
	       case when u.subjects is not null then 'Run: detainerctl routes add --receiver NAME' end
	  from (select array_agg(t.subject) as subjects, array_agg(t.facility order by t.facility) filter (where t.facility is not null) as facilities
	          from detainerd.trouble t where t.condition = 'no_route') u
$$;
comment on function detainerd.doctor_telling(timestamptz) is 'Does a daemon live, and does every release tell somebody?';

create or replace function detainerd.doctor_troubles(as_of timestamptz) returns table (check_name text, state text, what text, fix text)
language sql stable set search_path = pg_catalog, pg_temp
as $$
	with looked as materialized (
		-- the holds that fall due first: to recompute all of them could take minutes
		select array(select h.stay_id from detainerd.hold h where h.ended_at is null order by h.next_due_at nulls last, h.stay_id limit 1000) as stays
	), trouble as materialized (
		-- whatever status and check name, and what only a daemon would find
		select t.condition, array_agg(t.subject order by t.since, t.subject) as subjects
		  from (select n.condition, n.subject, min(n.since) as since
		          from (select v.condition, v.subject, v.since from detainerd.trouble v
		                union all
		                select f.condition, f.subject, f.since from looked l cross join lateral detainerd.troubles(doctor_troubles.as_of, l.stays) f) n
		         group by n.condition, n.subject) t
		 group by t.condition
		union all
		select 'never', array_agg(f.code order by f.code) from detainerd.facility f
		 where detainerd.explain_facts_as_of(f.facility_id) is null having count(*) > 0
		union all
		select 'eligibility_unknown', array[count(*) || ' people (select * from detainerd.eligibility_unknown)'] from detainerd.eligibility_unknown e having count(*) > 0
	)
	select c.check_name, case when t.condition is null then 'ok' else c.state end,
	       case when t.condition is null then w.well else c.what || detainerd.some_of(t.subjects) end,
	       case when t.condition is not null then c.fix end
	  from (values
		(1, 'facts', 'facts_stale', 'warning', 'no facility''s facts are stale', 'facts stopped coming from ', 'Mend the feed; one with nothing to write calls detainerd.intake_heartbeat()'),
		(2, 'facts', 'never', 'warning', 'every facility has sent some', 'facts never came from ', 'Connect the feed, or run: detainerctl import'),
		(3, 'eligible times', 'eligibility_unknown', 'warning', 'known for everybody', 'nobody has said when they would otherwise go free, or that is past and a basis is open: ', 'Record release_eligible_at, or what else keeps them'),
		(4, 'holds', 'hold_drift', 'failure', null, 'stored verdicts differ from what follows from the facts: ', 'Tell the makers, with: select * from detainerd.hold_drift'),
		(5, 'instants', 'not_raised', 'failure', 'what came due is raised', 'what came due 15 seconds ago is not raised, NOBODY IS TOLD OF IT: ', 'See why: journalctl -x -u detainerd; a full disk, of the database too: df -h'),
		(6, 'deliveries', 'undelivered', 'failure', 'nothing waits for more than a minute', 'undelivered for a minute, by ', 'See: detainerctl deliveries --failed'),
		(7, 'attempts', 'receiver_failing', 'failure', 'no receiver fails', 'failed five times running: ', 'See: detainerctl receivers'),
		(8, 'receivers', 'receiver_missing', 'failure', 'a daemon has each that a route names', 'no running daemon has ', 'Name it in detainerd.conf and reload, or run: detainerctl routes disable'),
		(9, 'reload', 'reload_refused', 'warning', 'every daemon goes by its present configuration', 'a new configuration was refused: ', 'Run: detainerd --check-config; correct it, then: systemctl reload detainerd'),
		(10, 'looks', 'not_watched', 'failure', 'detainerd looks after itself', 'detainerd''s look after itself fails, with error ', 'See the database''s log: detainerd cannot look after itself'))
		c (number, check_name, condition, state, well, what, fix)
	 cross join looked l
	  left join trouble t using (condition)
	 cross join lateral (select coalesce(c.well, format('%s recomputed, none differs', cardinality(l.stays))) as well) w
	 where t.condition is not null or c.condition <> 'never'
	 order by c.number
$$;
comment on function detainerd.doctor_troubles(timestamptz) is
	'Stale facts, unknown eligible times, holds that differ from their recomputation (of the thousand that fall due first), what is undelivered, receivers that fail or that nobody has.';

create or replace function detainerd.doctor(as_of timestamptz, daemon boolean) returns table (check_name text, state text, what text, fix text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	select * from detainerd.doctor_rights(doctor.daemon)
	union all select * from detainerd.doctor_code()
	union all select * from detainerd.doctor_telling(doctor.as_of)
	union all select * from detainerd.doctor_law()
	union all select * from detainerd.doctor_troubles(doctor.as_of)
$$;
comment on function detainerd.doctor(timestamptz, boolean) is
	'Every check of the database at ${as_of}: state is ok, warning or failure. ${daemon}: whoever asks is to have the rights of the daemon.';
