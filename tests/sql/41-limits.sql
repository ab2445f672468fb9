-- SPDX-License-Identifier: MIT
-- What nobody could compute with is refused where it is written: law, routes, reminders, settings.  Else one such row would
-- keep every alert from being raised, and every fact from being stored.

begin;
\ir include/people.sql
\ir include/telling.sql
insert into detainerd.watch_turn (watched_at, drift_after) values ('-infinity', 0);
insert into detainerd.daemon (daemon, receivers, seen_at) values ('d1', '{desk}', now());
select pg_temp.person('overdue', clock_timestamp() - interval '30 hours') \g /dev/null

create temporary table odd (n int generated always as identity, change text, refused boolean);
insert into odd (change, refused) values
	($$ update detainerd.duty set effective_from = '-infinity' $$, true),
	($$ update detainerd.duty set effective_until = 'infinity' $$, true),
	($$ update detainerd.duty set due_after = '400000 years', mark = 'V' where event = 'period' $$, true),
	($$ update detainerd.duty set due_after = '10 years', mark = 'V' where event = 'period' $$, false),
	($$ update detainerd.duty set hours = 2000000000, mark = 'V' where event <> 'period' $$, false),
	($$ insert into detainerd.rule (jurisdiction, effective_from) values ('US-TEST', '-infinity') $$, true),
	($$ insert into detainerd.rule (jurisdiction, effective_from) values ('US-TEST', 'infinity') $$, true),
	($$ insert into detainerd.rule (jurisdiction, effective_from, allows_from) values ('US-TEST', '2020-01-01', 'infinity') $$, true),
	($$ update detainerd.route set step_delay = '300000 years' $$, true),
	($$ update detainerd.route set repeat_every = '300000 years' $$, true),
	($$ update detainerd.route set step_delay = '1 year', repeat_every = '1 year' $$, false),
	($$ insert into detainerd.reminder values ('overdue', 999, '300000 years') $$, true),
	($$ insert into detainerd.reminder values ('due_soon', 999, '-300000 years') $$, true),
	($$ insert into detainerd.reminder values ('overdue', 999, '1 hour', '300000 years') $$, true),
	($$ insert into detainerd.reminder values ('overdue', 999, '1 hour', '1 microsecond') $$, true),
	($$ update detainerd.facility set facts_max_age = '300000 years' $$, true),
	($$ update detainerd.facility set facts_max_age = '-1 hour' $$, true),
	($$ update detainerd.facility set processing_minutes = 2000000000 $$, false),
	($$ update detainerd.facility set go_live_at = 'infinity' $$, false),
	($$ update detainerd.setting set value = 'mine' where name = 'install' $$, true);
insert into odd (change, refused)
select format(' update detainerd.setting set value = %L where name = %L ', v, d.name), true
  from detainerd.setting_defaults() d cross join unnest('{abc,"",-5 hours,25:00:00.x,2 housr,999999999999 years}'::text[]) v;

create function pg_temp.try(change text) returns text language plpgsql as $$
begin
	begin
		execute change;
		-- what is taken in stops nothing
		update detainerd.booking set release_eligible_at = release_eligible_at + interval '1 second' where booking_number = 'overdue';
		perform pg_temp.raise(clock_timestamp());
		raise exception 'harmless' using errcode = 'D0001';
	exception when check_violation or restrict_violation or invalid_parameter_value then
		return 'refused';
	when sqlstate 'D0001' then
		return 'harmless';
	when others then
		return sqlstate || ' ' || sqlerrm;
	end;
end;
$$;
select plan((count(*) + 4)::int) from odd;
select is(pg_temp.try(o.change), case when o.refused then 'refused' else 'harmless' end, btrim(o.change)) from odd o order by o.n;

-- ---- and what can be read is taken -------------------------------------------------------------------------------------
select lives_ok(format($$update detainerd.setting set value = %L where name = %L$$, v.value, v.name), format($$%s may be %s$$, v.name, v.value))
  from unnest('{promptly,daily_at,bulk_above}'::text[], '{1:30,24:00,0}'::text[]) v (name, value);
select throws_ok($$ update detainerd.setting set value = '2 housr' where name = 'ack_expires' $$, '22023', 'cannot set ack_expires: ''2 housr'' is no span of time that it can have', 'a slip is said in one line');

select * from finish();
rollback;
