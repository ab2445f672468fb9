-- SPDX-License-Identifier: MIT
-- Who is told of an alert, one by one or in a digest.

create or replace function detainerd.routes_for(facility_id bigint, kind text) returns setof detainerd.route
language sql stable parallel safe rows 4 as $$
	select ro.*
	  from detainerd.route ro
	 where ro.enabled and (routes_for.kind = any (ro.kinds) or ro.kinds is null)
	   and (ro.facility_id = routes_for.facility_id or ro.facility_id is null
	        -- what is about no facility: whoever asks for it by name, and if nobody would hear of it, everybody
	        or routes_for.facility_id is null
	           and (ro.kinds is not null
	                or not exists (select from detainerd.route other
	                                where other.enabled and (routes_for.kind = any (other.kinds) or other.kinds is null and other.facility_id is null))))
$$;
comment on function detainerd.routes_for(bigint, text) is 'The routes that ask for alerts of ${kind} at ${facility_id}; null: about no facility.';

create or replace function detainerd.await_digests(receivers text[]) returns void
language plpgsql volatile
set search_path = pg_catalog, pg_temp
set lock_timeout = '2s'
as $$
begin
	perform pg_advisory_xact_lock((x'6467'::bigint << 48) | (hashtext(r.receiver) & x'7fffffff'::int))
	   from (select distinct unnest(receivers) order by 1) r (receiver);
exception when lock_not_available then
	null;	-- rather a second digest than an alert that waits for whoever is stuck
end;
$$;
comment on function detainerd.await_digests(text[]) is
	'Waits, not for long, for other daemons that may be beginning a digest of ${receivers}: until the end of the transaction they wait for us.';

create or replace function detainerd.tell(alert_ids text[], as_of timestamptz) returns void
language plpgsql volatile
set search_path = pg_catalog, pg_temp
as $$
declare
	minute constant interval := interval '60 seconds';
	bulk_above int := detainerd.setting('bulk_above')::int;
	most_lines int := detainerd.setting('digest_lines')::int;
	digest_at timestamptz := as_of + detainerd.setting('digest_after')::interval;
begin
	-- one daemon at a time, where a digest may begin: the next statement sees what was begun
	perform detainerd.await_digests(array(
		select ro.receiver
		  from detainerd.alert a
		  left join detainerd.facility f on f.facility_id = a.facility_id
		 cross join lateral detainerd.routes_for(a.facility_id, a.kind) ro
		 where a.alert_id = any (alert_ids)
		   and (a.learned_at is not null or a.due_at < f.go_live_at or exists (
			select from detainerd.daemon dm cross join lateral unnest(dm.receivers, dm.digest_above) bears (receiver, above)
			 where bears.receiver = ro.receiver and bears.above is not null and dm.seen_at > as_of - minute))));

	with told as materialized (
		-- an alert goes by every route that asks for it
		select a.alert_id, ro.receiver,
		       -- of several routes to one receiver the one that repeats soonest
		       (array_agg(ro.route_id order by ro.repeat_every, ro.route_id))[1] as route_id, min(ro.step_delay) as step, min(a.raised_at + ro.step_delay) as due_at,
		       a.kind in ('due_soon', 'overdue') or a.kind <> 'deadline_moved' and min(ro.step_delay) > interval '0' as reminder,
		       a.kind <> 'daily_digest' as may_be_listed,
		       a.due_at < f.go_live_at as before_go_live,
		       a.learned_at is not null as by_fact, coalesce(a.release_at, a.due_at) as line_at, detainerd.digest_subject(a) as subject
		  from detainerd.alert a
		  left join detainerd.facility f on f.facility_id = a.facility_id
		 cross join lateral detainerd.routes_for(a.facility_id, a.kind) ro
		 where a.alert_id = any (alert_ids) and a.kind not in ('resolved', 'superseded')
		 group by a.alert_id, ro.receiver, f.go_live_at
		union all
		-- a closing word goes to everybody who was told of what it closes; so does the word that somebody is not out after all
		select c.alert_id, d.receiver, min(d.route_id), interval '0', min(c.raised_at), false, true, false, c.learned_at is not null,
		       coalesce(c.release_at, c.due_at), detainerd.digest_subject(c)
		  from detainerd.alert c
		  join detainerd.alert_event e on e.by_alert = c.alert_id
		  join detainerd.delivery d on d.alert_id = e.alert_id and d.attempts > 0
		 where c.alert_id = any (alert_ids)
		 group by c.alert_id, d.receiver
	), load as materialized (
		-- how much this receiver is told within a minute, and what it bears
		select t.receiver, t.by_fact + recent.by_fact as by_fact, t.in_all + recent.in_all as in_all,
		       (select min(bears.above) from detainerd.daemon dm cross join lateral unnest(dm.receivers, dm.digest_above) bears (receiver, above)
		         where bears.receiver = t.receiver and dm.seen_at > as_of - minute) as digest_above
		  from (select t.receiver, count(*) as in_all, count(*) filter (where t.by_fact) as by_fact from told t group by t.receiver) t
		 cross join lateral (
			select count(*) as in_all, count(*) filter (where r.by_fact) as by_fact
			  from (select a.learned_at is not null as by_fact
			          from detainerd.delivery d join detainerd.alert a on a.alert_id = d.alert_id
			         where d.receiver = t.receiver and d.created_at > as_of - minute and d.created_at <= as_of
			         limit 1000) r) recent
	), sorted as materialized (
		select t.*, digest.yes as in_digest,
		       dense_rank() over (partition by t.receiver, t.step, digest.yes order by t.line_at, t.subject) as nth
		  from told t
		 cross join lateral (select * from load l where l.receiver = t.receiver offset 0) l
		 cross join lateral (
			select t.may_be_listed
			       and (coalesce(t.before_go_live, false) or t.by_fact and l.by_fact > bulk_above or coalesce(l.in_all > l.digest_above, false)) as yes) digest
	), gathering as materialized (
		-- the digest that still gathers for the receiver's step and has room, or new ones
		select want.receiver, want.step, want.route_id, digest_at + want.step as due_at, part.part, open.alert_id as open_id,
		       coalesce(open.alert_id, detainerd.alert_id(0, 'digest', as_of, nextval('detainerd.digest_number')::int)) as alert_id
		  from (select s.receiver, s.step, min(s.route_id) as route_id, max(s.nth) as listed from sorted s where s.in_digest group by s.receiver, s.step) want
		 cross join lateral generate_series(0, (want.listed - 1) / most_lines) part (part)
		  left join lateral (
			select d.alert_id from detainerd.delivery d join detainerd.alert a on a.alert_id = d.alert_id and a.kind = 'digest'
			 where d.receiver = want.receiver and d.state = 'due' and d.attempts = 0 and d.created_at > as_of - minute
			   and d.due_at > as_of + want.step and d.due_at <= digest_at + want.step + interval '1 second'	-- begun by a daemon that was asked a moment later
			   and (select count(distinct detainerd.digest_subject(la)) from detainerd.delivery l join detainerd.alert la on la.alert_id = l.alert_id
			         where l.digest_id = d.alert_id) + want.listed <= most_lines
			 limit 1
			   -- or else it is being sent just now, without what is written here
			   for no key update of d skip locked) open on true
	), digest as (
		insert into detainerd.alert (alert_id, kind, occurrence, due_at, raised_at, severity)
		select g.alert_id, 'digest', 0, as_of, as_of, 'warning' from gathering g where g.open_id is null
	), digest_delivery as (
		insert into detainerd.delivery (alert_id, route_id, receiver, due_at, first_due_at, created_at)
		select g.alert_id, g.route_id, g.receiver, g.due_at, g.due_at, as_of from gathering g where g.open_id is null
	)
	insert into detainerd.delivery (alert_id, route_id, receiver, state, due_at, first_due_at, reminder, digest_id, created_at)
	select s.alert_id, s.route_id, s.receiver, case when s.in_digest then 'digested' else 'due' end, s.due_at, s.due_at, s.reminder,
	       case when s.in_digest then g.alert_id end, as_of
	  from sorted s
	  left join lateral (select * from gathering g where g.receiver = s.receiver and g.step = s.step and g.part = (s.nth - 1) / most_lines offset 0) g on s.in_digest
	 order by s.due_at, s.alert_id
	on conflict (alert_id, receiver) do nothing;
end;
$$;
comment on function detainerd.tell(text[], timestamptz) is
	'Writes the deliveries of freshly raised alerts: by every route that asks for one, a closing word to whoever was told. '
	'Before a facility goes live, after a bulk load, and above what a receiver bears in a minute, they are listed in one digest a receiver.';
