-- SPDX-License-Identifier: MIT
-- How the planner treats the functions that daemons and clerks' statements call: one plan, made once and kept, that walks from each
-- stay or delivery to its own rows.  So it is linear in these, whatever the tables' size and statistics; and no call spends longer
-- on compiling a plan than on running it.  Settings are part of a function and hold for whatever it calls.

do $$
declare
	planned regprocedure;
	setting text;
begin
	foreach planned in array array[
		'detainerd.judge(bigint[], timestamptz)', 'detainerd.rejudge(bigint[], timestamptz)', 'detainerd.raise_due(timestamptz, int)',
		'detainerd.claim(text, text[], int, interval)',
		'detainerd.settle(text, bigint[], int[], text[], int[], int[], text[], bigint[])', 'detainerd.acknowledge(text, text, text)']::regprocedure[]
	loop
		foreach setting in array array['jit = off', 'enable_seqscan = off', 'enable_hashjoin = off', 'enable_mergejoin = off', 'enable_memoize = off',
			'plan_cache_mode = force_generic_plan']
		loop
			execute format('alter function %s set %s', planned, setting);
		end loop;
	end loop;
	-- what explains one stay or alert, or measures, walks to its own rows too; what lists many may read as it likes
	foreach planned in array array(
		select p.oid::regprocedure from pg_catalog.pg_proc p
		 where p.pronamespace = 'detainerd'::regnamespace and p.prolang = (select l.oid from pg_catalog.pg_language l where l.lanname = 'sql')
		   and p.proretset and p.proname ~ '^(explain_|evidence|report_|measure$)')
	loop
		foreach setting in array array['jit = off', 'enable_seqscan = off', 'enable_hashjoin = off', 'enable_mergejoin = off', 'enable_memoize = off']
		loop
			continue when setting <> 'jit = off' and planned::text like '%report\_%';
			execute format('alter function %s set %s', planned, setting);
		end loop;
	end loop;
end
$$;
