-- SPDX-License-Identifier: MIT
-- How the planner treats our functions: every such setting stands here.  It is part of the function and holds for whatever that calls.

do $$
declare
	sort record;
	change text;
begin
	for sort in
		select t.names, t.settings, f.functions
		  from (values
			-- What daemons and clerks' statements call, and what lists duties of many stays: one plan, made once and kept, that walks from each stay or delivery to its own rows.
			-- So it is linear in these, whatever the tables' size and statistics; and no call spends longer on compiling a plan than on
			-- running it.
			('judge|rejudge|raise_due|claim|settle|acknowledge|duties_owed', false,
			 '{jit = off,enable_seqscan = off,enable_hashjoin = off,enable_mergejoin = off,enable_memoize = off,plan_cache_mode = force_generic_plan}'::text[]),
			-- the index delivery_turn is the order, and every join goes from what was found there: so many as are asked for are looked at,
			-- however many are due or listed.  Planned in a database that was empty, joins began at the other end.
			('take', false, '{jit = off,enable_sort = off,join_collapse_limit = 1}'),
			-- what explains one stay or alert, or measures, walks to its own rows too; those that a query takes in answer with one value
			('explain_\w+|evidence|measure', true, '{jit = off,enable_seqscan = off,enable_hashjoin = off,enable_mergejoin = off,enable_memoize = off}'),
			-- what lists many may read as it likes
			('report_\w+|doctor|check_up|law_faults', true, '{jit = off}')) t (names, with_rows, settings)
		 cross join lateral (
			select array_agg(p.oid::regprocedure) as functions from pg_catalog.pg_proc p
			 where p.pronamespace = 'detainerd'::regnamespace and p.proname ~ ('^(' || t.names || ')$') and (p.proretset or not t.with_rows)) f
	loop
		if (select count(distinct p.proname) from pg_catalog.pg_proc p where p.oid = any (sort.functions))
		   < cardinality(string_to_array(sort.names, '|')) then
			raise exception 'cannot set the planner: of % not every one is a function', sort.names;
		end if;
		for change in
			select format('alter function %s set %s', f, s) from unnest(sort.functions) f cross join unnest(sort.settings) s
		loop
			execute change;
		end loop;
	end loop;
end
$$;
