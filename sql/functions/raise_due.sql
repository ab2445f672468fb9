-- SPDX-License-Identifier: MIT

create or replace function detainerd.severity(kind text) returns text
language sql immutable parallel safe
begin atomic
	select case when kind in ('release_due', 'overdue') then 'critical' when kind in ('resolved', 'superseded', 'test') then 'info' else 'warning' end;
end;
comment on function detainerd.severity(text) is 'critical, warning or info, by kind of alert.';

create or replace function detainerd.rejudge_stale(as_of timestamptz, max_holds int) returns int
language plpgsql volatile
set search_path = pg_catalog, pg_temp
as $$
declare
	asked bigint[];
	locked bigint[];
begin
	-- time has changed the reading; the law has; or a writer could not see the newest facts
	asked := array(
		(select h.booking_id from detainerd.hold h where h.changes_at <= as_of order by h.changes_at limit max_holds)
		union
		(select h.booking_id from detainerd.hold h where h.law_version < (select v.version from detainerd.law_version v) limit max_holds)
		union
		(select r.booking_id from detainerd.rejudge r limit max_holds));
	if asked = '{}' then
		return 0;
	end if;
	-- never wait for a clerk: a stay with a locked booking is judged by the clerk's own trigger, and here next time
	locked := array(select b.booking_id from detainerd.booking b
	                 where b.booking_id in (select m.booking_id from detainerd.members(asked) m)
	                 order by b.booking_id for no key update skip locked);
	asked := array(select m.asked from detainerd.members(asked) m group by m.asked having bool_and(m.booking_id = any (locked)));
	delete from detainerd.rejudge r where r.booking_id = any (asked);
	perform detainerd.rejudge(asked, as_of);
	return cardinality(asked);
end;
$$;
comment on function detainerd.rejudge_stale(timestamptz, int) is
	'Judges again, as of ${as_of}, up to ${max_holds} holds of each sort whose stored verdict time or law has overtaken. Skips stays that somebody is writing. Returns how many.';

create or replace function detainerd.raise_alerts(stays bigint[], hidden bigint[], as_of timestamptz) returns text[]
language plpgsql volatile
set search_path = pg_catalog, pg_temp
as $$
declare
	told text[];
	counsel bigint[];
begin
	-- Once for many, so one daemon a facility at a time; then a new statement, which sees what was raised before.  Who does not get
	-- the lock waits for nobody: it is due still, and comes at the next call.
	counsel := array(select f.facility_id
	                   from (select distinct h.facility_id from detainerd.hold h
	                          where h.stay_id = any (stays) and h.ended_at is null and h.reason = 'counsel_must_decide' offset 0) f
	                  where pg_try_advisory_xact_lock((x'6463'::bigint << 48) | f.facility_id));

	with due as materialized (
		select s.alert_id, h.booking_id, h.stay_id, h.facility_id, s.kind, s.reason, s.occurrence, s.due_at,
		       case when s.kind in ('claim_review', 'custody_unclear', 'counsel_needed') then h.release_at else s.instant end as release_at,
		       case when s.kind in ('due_soon', 'release_due', 'overdue') then h.due_allowed else h.allowed end as allowed,
		       case when detainerd.is_of_duty(s.kind) then null when s.kind in ('due_soon', 'release_due', 'overdue') then h.due_rule_id else h.rule_id end as rule_id,
		       case when detainerd.is_of_duty(s.kind) then (select y.citation from detainerd.duty y where y.duty_id = s.occurrence) end as asked_by,
		       case when s.kind = 'counsel_needed' then row_number() over (
				partition by s.kind, h.facility_id, h.rule_id, (s.due_at at time zone f.time_zone)::date order by s.due_at, h.stay_id)
		            else 1 end as nth,
		       h.learned_at
		  from detainerd.schedule(stays || hidden, as_of) s
		  join detainerd.hold h on h.stay_id = s.stay_id
		  join detainerd.facility f on f.facility_id = h.facility_id
		 where s.due_at <= as_of
		   -- of a hold that somebody else is writing only what an instant asks for
		   and (h.stay_id = any (stays) or s.kind in ('due_soon', 'release_due', 'overdue'))
		   and (s.kind <> 'counsel_needed' or h.facility_id = any (counsel))
	), raised as (
		insert into detainerd.alert (alert_id, booking_id, stay_id, facility_id, kind, reason, release_at, occurrence, due_at, raised_at,
		       allowed, rule_id, citation, severity, learned_at)
		select d.alert_id, d.booking_id, d.stay_id, d.facility_id, d.kind, d.reason, d.release_at, d.occurrence, d.due_at, as_of,
		       d.allowed, d.rule_id, coalesce(d.asked_by, (select r.citation from detainerd.rule r where r.rule_id = d.rule_id)), detainerd.severity(d.kind),
		       case when d.learned_at >= d.due_at then d.learned_at end
		  from due d
		 where d.nth = 1
		 order by d.due_at
		on conflict (alert_id) do nothing
		returning *
	), closed as materialized (
		-- the alerts that this one takes back, ends, or sets going again
		select r.alert_id as by_alert, r.kind, r.raised_at, old.alert_id, r.reason, old.event
		  from raised r
		  join detainerd.hold h on h.stay_id = r.stay_id
		 cross join lateral (
			select a.alert_id, r.kind as event from detainerd.open_alerts(h.members) a
			 where r.kind = 'resolved'
			    or r.kind = 'superseded' and a.release_at = r.release_at and detainerd.is_of_release(a.kind)
			       and (a.release_at is distinct from h.release_at or a.stay_id <> h.stay_id)
			union all
			select a.alert_id, 'reopened' from detainerd.closed_by_end(h.members) a
			 where r.kind = 'deadline_moved' and r.reason = 'custody_reopened'
			union all	-- the word of the end was wrong
			select a.alert_id, 'superseded' from detainerd.alert a
			 where a.stay_id = any (h.members) and a.kind = 'resolved' and not detainerd.is_closed(a.alert_id)
			   and r.kind = 'deadline_moved' and r.reason = 'custody_reopened') old
		union all	-- a duty that was done, or was not done after all
		select null, null, as_of, t.alert_id, t.reason, t.event from detainerd.duty_turns(stays, as_of) t
	), event as (
		insert into detainerd.alert_event (alert_id, event, at, by_whom, reason, by_alert)
		select c.alert_id, c.event, c.raised_at, session_user, c.reason, c.by_alert from closed c
		returning alert_id
	), cancelled as (
		update detainerd.delivery d set state = case when d.delivered_at is null then 'cancelled' else 'delivered' end
		 -- sorted, not read in the order of the key: of a table on record as empty the planner would read all for each
		 where d.delivery_id = any (array(
			select w.delivery_id from closed c join detainerd.delivery w on w.alert_id = c.alert_id
			 where c.event in ('superseded', 'resolved') and (w.state = 'due' or w.state = 'digested' and w.attempts = 0)
			 order by w.delivery_id + 0 for no key update of w))
		returning d.delivery_id
	), revived as (
		-- the person is not out after all: what was left to be said is said, but what comes again by itself
		update detainerd.delivery d set state = 'due', digest_id = null, due_at = c.raised_at, first_due_at = c.raised_at
		  from closed c join detainerd.alert a on a.alert_id = c.alert_id
		 where c.event = 'reopened' and d.alert_id = c.alert_id
		   and (a.kind in ('release_due', 'claim_review', 'counsel_needed')
		        or a.kind = 'custody_unclear' and exists (
				select from detainerd.booking b where b.booking_id = a.booking_id and b.custody_ended_at = a.due_at - interval '30 minutes'))
		   -- never told, or was to be told again
		   and (d.state = 'cancelled' or d.state = 'delivered' and d.due_at > d.delivered_at)
		returning d.delivery_id
	)
	select coalesce(array_agg(r.alert_id), '{}') into told from raised r;
	return told;
end;
$$;
comment on function detainerd.raise_alerts(bigint[], bigint[], timestamptz) is
	'Writes every alert due at ${as_of} for the holds of ${stays}, which the caller has locked, and what an instant asks for of the ${hidden} ones, '
	'and what becomes of others by it, in one statement. Returns the ids of the alerts raised.';

create or replace function detainerd.raise_due(as_of timestamptz, max_holds int)
returns table (raised int, more boolean, server_time timestamptz, next_at timestamptz)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
	taken bigint[];
	waiting bigint[];
	free bigint[];
	hidden bigint[] := '{}';
	told text[];
	again int;
	still int;
begin
	again := detainerd.rejudge_stale(as_of, max_holds);

	-- nothing is raised from a verdict that time or law has overtaken
	taken := array(select h.stay_id from detainerd.hold h
	                where h.next_due_at <= as_of and (h.changes_at > as_of or h.changes_at is null)
	                  and h.law_version = (select v.version from detainerd.law_version v)
	                order by h.next_due_at limit max_holds for no key update skip locked);
	if cardinality(taken) < max_holds or max_holds is null then
		-- What is due for more than a second and could not be taken is behind somebody's lock: it is raised all the same, first
		-- what nobody has been told of.  Or time has overtaken it and nobody locks it: that is judged again at the next call.
		waiting := array(select h.stay_id from detainerd.hold h
		                  where h.next_due_at <= as_of - interval '1 second' and h.stay_id <> all (taken)
		                  order by exists (select from detainerd.alert a
		                                    where a.stay_id = h.stay_id and a.kind = 'release_due' and a.release_at = h.release_at), h.next_due_at
		                  limit max_holds);
		free := array(select b.booking_id from detainerd.booking b
		               where b.booking_id in (select unnest(h.members) from detainerd.hold h where h.stay_id = any (waiting))
		               order by b.booking_id for no key update skip locked);
		hidden := array(select h.stay_id from detainerd.hold h
		                 where h.stay_id = any (waiting)
		                   and (not h.members <@ free
		                        or (h.changes_at > as_of or h.changes_at is null) and h.law_version = (select v.version from detainerd.law_version v)));
		-- whoever holds it has not seen what we raise now: judged again when the lock is gone, and taken back if it was wrong
		insert into detainerd.rejudge (booking_id)
			select h.booking_id from detainerd.hold h where h.stay_id = any (hidden) on conflict do nothing;
	end if;

	told := detainerd.raise_alerts(taken, hidden, as_of);
	-- people first: no alert that an instant asks for waits until detainerd has looked after itself
	told := told || detainerd.watch_over(as_of, told <> '{}' or exists (
		select from detainerd.hold h where h.next_due_at <= as_of + interval '1 second'));
	if told <> '{}' then
		perform detainerd.tell(told, as_of);
	end if;

	update detainerd.hold h
	   set moved_from = null,
	       -- what is due still, because it follows from what was just raised, comes at the next call
	       next_due_at = n.next_due_at
	  from detainerd.next_due(taken, as_of) n
	 where h.stay_id = n.stay_id;

	if told <> '{}' then
		notify detainerd;
	end if;
	-- where nothing came of this call, as when another daemon has counsel's lock, nothing would come of one at once
	still := (select count(*) from detainerd.hold h where h.stay_id = any (taken) and h.next_due_at <= as_of);
	return query
	select cardinality(told),
	       coalesce(again >= max_holds or cardinality(hidden) >= max_holds and told <> '{}', false)
	       or (told <> '{}' or still < cardinality(taken)) and (still > 0 or coalesce(cardinality(taken) >= max_holds, false)),
	       clock_timestamp(),
	       least((select min(h.next_due_at) from detainerd.hold h where h.next_due_at > as_of),
	             (select min(h.changes_at) from detainerd.hold h where h.changes_at > as_of),
	             (select as_of + interval '1 second' from detainerd.hold h
	               where h.next_due_at <= as_of and h.next_due_at > as_of - interval '1 second' limit 1),
	             (select min(coalesce(d.lease_until, d.due_at)) from detainerd.delivery d
	               where d.state in ('due', 'leased') and coalesce(d.lease_until, d.due_at) > as_of));
end;
$$;
comment on function detainerd.raise_due(timestamptz, int) is
	'Raises every alert due at ${as_of} for up to ${max_holds} holds, oldest first, and writes their deliveries; the only function that does. '
	'One row: how many; more: call again at once; the server''s clock; next_at: the next instant of a hold, a delivery or a lease (null: none).';
