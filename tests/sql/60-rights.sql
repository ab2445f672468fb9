-- SPDX-License-Identifier: MIT
-- Who may do what: everybody nothing, then role by role; history is appended and never changed.

begin;
\ir include/people.sql
set local client_min_messages to warning;
select plan(80);

select is(array_agg(proname::text order by proname::text), '{acknowledge,claim,duties_owed,judge,raise_due,rejudge,settle}', 'what daemons and clerks wait for, and the duties of many, is planned once, whatever the tables'' size')
from pg_proc where pronamespace = 'detainerd'::regnamespace and proconfig @> '{jit=off,enable_seqscan=off,plan_cache_mode=force_generic_plan}';

-- ---- nobody has anything that was not given ------------------------------------------------------------------------

create role detainerd_stranger_test;
select is_empty($$ select c.oid::regclass from pg_class c where relnamespace = 'detainerd'::regnamespace and relkind in ('r', 'v')
	and has_table_privilege('detainerd_stranger_test', c.oid, 'select, insert, update, delete, truncate, references, trigger') $$, 'a stranger reads and writes no table and no view');
select is_empty($$ select p.oid::regprocedure from pg_proc p where pronamespace = 'detainerd'::regnamespace and prorettype <> 'trigger'::regtype
	and has_function_privilege('detainerd_stranger_test', p.oid, 'execute') $$, 'nor executes a function');
select ok(not has_schema_privilege('detainerd_stranger_test', 'detainerd', 'usage'), 'nor sees the schema');
select is(count(*), 5::bigint, 'five roles') from pg_roles where rolname in ('detainerd_intake', 'detainerd_reviewer', 'detainerd_counsel', 'detainerd_admin', 'detainerd_daemon') and not rolcanlogin and not rolsuper;

select is_empty($$ select rolname, c.oid::regclass from pg_class c, pg_roles where relnamespace = 'detainerd'::regnamespace and relkind = 'r' and rolname like 'detainerd\_%'
	and has_table_privilege(rolname, c.oid, 'truncate, trigger, references') $$, 'no role truncates');
select is_empty($$ select rolname, t from unnest('{booking,custody_basis,detainer,finding,interview,alert,alert_event,delivery_attempt,hold,law_version,migration}'::text[]) t, pg_roles
	where rolname like 'detainerd\_%' and has_table_privilege(rolname, 'detainerd.' || t, 'delete') $$, 'no role deletes a fact, an alert or a hold');
select is_empty($$ select rolname, t from unnest('{alert,alert_event,delivery,delivery_attempt,hold,law_version,migration}'::text[]) t, pg_roles
	where rolname like 'detainerd\_%' and (has_table_privilege(rolname, 'detainerd.' || t, 'insert, update') or has_any_column_privilege(rolname, 'detainerd.' || t, 'insert, update')) $$,
	'no role writes an alert, a delivery or a hold by hand');
select is_empty($$ select rolname, t from unnest('{rule,rule_alternative,rule_term,rule_bar}'::text[]) t, pg_roles
	where rolname like 'detainerd\_%' and rolname <> 'detainerd_counsel' and has_any_column_privilege(rolname, 'detainerd.' || t, 'insert, update') $$, 'nobody but counsel writes law');
select is_empty($$ select rolname from pg_roles where rolname in ('detainerd_intake', 'detainerd_reviewer', 'detainerd_daemon', 'detainerd_counsel')
	and has_any_column_privilege(rolname, 'detainerd.route', 'insert, update') $$, 'nobody but an administrator writes a route');
select is_empty($$ select c.oid::regclass from pg_class c where relnamespace = 'detainerd'::regnamespace and relkind in ('r', 'v')
	and (has_table_privilege('detainerd_daemon', c.oid, 'select, insert, update, delete') or has_any_column_privilege('detainerd_daemon', c.oid, 'select, insert, update')) $$, 'the daemon reads and writes no table: it executes');
select is_empty($$ select p.oid::regprocedure from pg_proc p where pronamespace = 'detainerd'::regnamespace and has_function_privilege('detainerd_daemon', p.oid, 'execute')
	and proname not in ('schema_version', 'raise_due', 'daemon_hello', 'claim', 'settle', 'heartbeat', 'measure', 'doctor', 'settings') $$, 'its own functions and no other');

select is_empty($$ select p.oid::regprocedure from pg_proc p where pronamespace = 'detainerd'::regnamespace and prosecdef
	and not coalesce(array_to_string(proconfig, ',') ~ 'search_path=', false) $$, 'every function with its owner''s rights pins its search_path');
select is_empty($$ select c.oid::regclass from pg_class c where relnamespace = 'detainerd'::regnamespace and relkind = 'v'
	and not coalesce(array_to_string(reloptions, ',') ~ 'security_invoker=?(true|on)?', false) $$, 'every view runs with its reader''s rights');

-- ---- each role at its work ---------------------------------------------------------------------------------------------

select pg_temp.person('role', clock_timestamp() - interval '48 hours 1 minute') as id \gset
select count(pg_temp.raise(clock_timestamp())) \g /dev/null
select alert_id from detainerd.alert where stay_id = :id and kind = 'release_due' \gset
select facility_id from detainerd.facility where code = 'TEST' \gset
create function pg_temp.may(statement text) returns text language plpgsql as $$
begin
	execute statement;
	return 'yes';
exception when insufficient_privilege then
	return 'no';
end
$$;
grant execute on all functions in schema pg_temp to public;

set local role detainerd_intake;
select is(pg_temp.may(format('insert into detainerd.booking (facility_id, booking_number, booked_at) values (%s, %L, now())', :facility_id, 'by intake')), 'yes', 'intake books');
select is(pg_temp.may(format('update detainerd.booking set release_eligible_at = now() where booking_id = %s', :id)), 'yes', 'intake says when a person is eligible');
select is(pg_temp.may(format('insert into detainerd.detainer (booking_id, form, received_at, served_at) values (%s, %L, now(), now())', :id, 'I-247A')), 'yes', 'intake records a detainer');
select is(pg_temp.may(format('insert into detainerd.finding (booking_id, ground, evidence) values (%s, %L, %L)', :id, 'us_citizen_claim', 'said so')), 'yes', 'intake records a claim');
select is(pg_temp.may(format('insert into detainerd.custody_basis (booking_id, kind, began_at) values (%s, %L, now())', :id, 'parole')), 'yes', 'intake records a basis');
select is(pg_temp.may(format('insert into detainerd.interview (booking_id, consent) values (%s, %L)', :id, 'declined')), 'yes', 'intake records an interview');
select is(pg_temp.may(format('update detainerd.finding set withdrawn_at = now() where booking_id = %s and ground = %L', :id, 'us_citizen_claim')), 'no', 'intake withdraws no bar');
select is(pg_temp.may(format('update detainerd.booking set recorded_at = now() where booking_id = %s', :id)), 'no', 'intake does not say when it recorded');
select is(pg_temp.may('select from detainerd.alert'), 'no', 'intake reads no alert');
select is(pg_temp.may(format('select detainerd.acknowledge(%L, %L, null)', :'alert_id', 'ice_here')), 'no', 'intake acknowledges nothing');
select is(pg_temp.may('select from detainerd.raise_due(now(), 1)'), 'no', 'intake raises nothing');
select is(pg_temp.may('select detainerd.intake_heartbeat(''TEST'')'), 'yes', 'intake says that it lives');
select is(pg_temp.may('select detainerd.route_plan(''TEST'', ''release_due'')'), 'no', 'intake does not ask who is told');
reset role;

set local role detainerd_reviewer;
select is(pg_temp.may(format('select detainerd.acknowledge(%L, %L, %L)', :'alert_id', 'counsel_called', 'at 14:00')), 'yes', 'a reviewer acknowledges');
select is(pg_temp.may(format('insert into detainerd.finding (booking_id, ground) values (%s, %L)', :id, 'terror_match')), 'no', 'a reviewer finds nothing');
select is(pg_temp.may('select from detainerd.setting'), 'no', 'a reviewer does not read the installation');
select is(pg_temp.may('update detainerd.rule set status = status'), 'no', 'a reviewer changes no law');
select is(pg_temp.may(format('update detainerd.finding set withdrawn_at = now(), evidence = %L where booking_id = %s and ground = %L', 'passport seen', :id, 'us_citizen_claim')), 'yes', 'a reviewer withdraws a bar, with evidence');
select is(pg_temp.may(format('select * from detainerd.%I', v)), 'yes', format('a reviewer reads %s', v))
from unnest('{active_detainer,active_hold,due_soon,overdue_hold,over_detention,alert_log,delivery_log,held_on_other_authority,eligibility_unknown,fact_warning,rule_in_force,daemon_status,hold_drift}'::text[]) v;
select is(pg_temp.may('select detainerd.route_plan(''TEST'', ''release_due'')'), 'yes', 'a reviewer asks who would be told');
select is(pg_temp.may('select detainerd.test_receiver(''desk'')'), 'no', 'a reviewer sends no tests');
select is(pg_temp.may('select detainerd.retry_delivery(1)'), 'no', 'nor retries anything');
select is(pg_temp.may('select detainerd.intake_heartbeat(''TEST'')'), 'no', 'nor speaks for the intake');
reset role;

set local role detainerd_counsel;
select is(pg_temp.may(format('insert into detainerd.jurisdiction (code, parent, name) values (%L, %L, %L)', 'US-TEST-NEW', 'US-TEST', 'new')), 'yes', 'counsel enters a jurisdiction');
select is(pg_temp.may(format('insert into detainerd.rule (jurisdiction, effective_from, clock, hours, clock_verified, citation, source) values (%L, %L, %L, 48, true, %L, %L)', 'US-TEST-NEW', '2020-01-01', 'flat', 'New Code 1', 'by counsel')), 'yes', 'a rule');
select is(pg_temp.may('insert into detainerd.rule_alternative (rule_id, alternative, verified) select rule_id, 1, true from detainerd.rule where source = ''by counsel'''), 'yes', 'an alternative');
select is(pg_temp.may('insert into detainerd.rule_term (rule_id, alternative, ground) select rule_id, 1, ''terror_match'' from detainerd.rule where source = ''by counsel'''), 'yes', 'a term');
select is(pg_temp.may('insert into detainerd.rule_bar (rule_id, ground) select rule_id, ''juvenile'' from detainerd.rule where source = ''by counsel'''), 'yes', 'a bar');
select is(pg_temp.may('update detainerd.rule set status = ''adopted'' where source = ''by counsel'''), 'yes', 'and adopts it');
select is(pg_temp.may(format('update detainerd.booking set custody_ended_at = now() where booking_id = %s', :id)), 'no', 'counsel ends nobody''s custody');
reset role;
select is(adopted_by, session_user::text, 'who adopted it is on record') from detainerd.rule where source = 'by counsel';

set local role detainerd_daemon;
select is(pg_temp.may('select from detainerd.raise_due(now(), 1)'), 'yes', 'the daemon raises');
select is(pg_temp.may('select from detainerd.schema_version()'), 'yes', 'and asks for the schema');
select is(pg_temp.may('select from detainerd.booking'), 'no', 'it reads no booking');
select is(pg_temp.may(format('select detainerd.acknowledge(%L, %L, null)', :'alert_id', 'ice_here')), 'no', 'and acknowledges nothing');
select is(pg_temp.may('select detainerd.test_receiver(''desk'')'), 'no', 'nor asks for a test');
select is(pg_temp.may('select from detainerd.daemon_hello(''d'', ''1'', ''{desk}'', ''{10}'')'), 'yes', 'it says hello');
reset role;

insert into detainerd.delivery (alert_id, receiver, due_at, first_due_at) values (:'alert_id', 'rights', now(), now()) returning delivery_id \gset
set local role detainerd_admin;
select is(pg_temp.may('select detainerd.test_receiver(''desk'')'), 'yes', 'an administrator tests a receiver');
select is(pg_temp.may(format('select detainerd.retry_delivery(%s)', :delivery_id)), 'yes', 'retries a delivery');
select is(pg_temp.may('update detainerd.setting set value = ''1 hour'' where name = ''ack_expires'''), 'yes', 'says how long an acknowledgement holds');
select is(pg_temp.may('delete from detainerd.watch_turn'), 'no', 'does not stop detainerd from watching over itself');
select is(pg_temp.may('select from detainerd.claim(''d'', ''{desk}'', 1, ''1 second'')'), 'no', 'and claims nothing');
reset role;

-- ---- history is appended -------------------------------------------------------------------------------------------------

insert into detainerd.delivery_attempt (delivery_id, attempt, daemon, settled_at, outcome) select delivery_id, 1, 'test', now(), 'accepted' from detainerd.delivery limit 1;
select throws_ok(format('update detainerd.%I set %I = %I', t, c, c), null, null, format('%s: an update is refused, to its owner too', t))
from (values ('alert', 'reason'), ('alert_event', 'note'), ('delivery_attempt', 'outcome')) h (t, c);
select throws_ok(format('delete from detainerd.%I', t), null, null, format('%s: a delete is refused', t)) from unnest('{alert,alert_event,delivery_attempt}'::text[]) t;
select throws_ok(format('truncate detainerd.%I cascade', t), null, null, format('%s: a truncate is refused', t)) from unnest('{alert,alert_event,delivery_attempt}'::text[]) t;
select isnt_empty(format('select from detainerd.%I', t), format('%s had a row to refuse', t)) from unnest('{alert,alert_event,delivery_attempt}'::text[]) t;

select * from finish();
rollback;
