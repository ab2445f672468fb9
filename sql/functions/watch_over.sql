-- SPDX-License-Identifier: MIT
-- Who watches the watcher: what is wrong with detainerd itself, or with the feed of facts, is an alert like any other.

create or replace function detainerd.intake_heartbeat(facility text) returns timestamptz
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	heard_at timestamptz := clock_timestamp();
begin
	insert into detainerd.feed_mark (facility_id, at)
		select f.facility_id, heard_at from detainerd.facility f where f.code = intake_heartbeat.facility;
	if not found then
		raise exception 'cannot note a heartbeat: there is no facility ''%''', intake_heartbeat.facility
			using errcode = 'no_data_found', hint = 'See: detainerctl facility';
	end if;
	return heard_at;
end;
$$;
comment on function detainerd.intake_heartbeat(text) is 'The feed of facts of a facility lives, though it has nothing to write. Returns when that was noted.';

create or replace function detainerd.gather_feed() returns void
language sql volatile set search_path = pg_catalog, pg_temp
as $$
	with mark as (
		delete from detainerd.feed_mark m
		 where m.feed_mark_id in (select n.feed_mark_id from detainerd.feed_mark n order by n.feed_mark_id limit 10000 for update skip locked)
		returning m.facility_id, m.at
	)
	insert into detainerd.feed as f (facility_id, seen_at)
	select m.facility_id, max(m.at) from mark m group by m.facility_id order by m.facility_id
	on conflict (facility_id) do update set seen_at = greatest(f.seen_at, excluded.seen_at)
$$;
comment on function detainerd.gather_feed() is 'Gathers the marks of writers into one row a facility, without waiting for a writer.';

create or replace function detainerd.troubles(as_of timestamptz, stays bigint[])
returns table (condition text, subject text, facility_id bigint, since timestamptz)
language sql stable as $$
	select 'undelivered', d.receiver, null::bigint, min(d.first_due_at)
	  from detainerd.delivery d
	 where d.state in ('due', 'leased') and d.route_id is not null
	   -- what has been tried is tried again within five minutes
	   and coalesce(d.lease_until, d.due_at) < as_of + interval '6 minutes' and d.first_due_at < as_of - detainerd.setting('undelivered_after')::interval
	   and (d.attempts > 0 or d.due_at < as_of - detainerd.setting('undelivered_after')::interval)
	 group by d.receiver
	union all
	select 'receiver_failing', r.receiver, null, r.failing_since from detainerd.receiver_health r where r.failures >= 5 and detainerd.is_needed(r.receiver)
	union all
	select 'receiver_missing', ro.receiver, null, as_of
	  from detainerd.route ro
	 where ro.enabled and not detainerd.is_served(ro.receiver, as_of)
	 group by ro.receiver
	union all
	-- all in one call, as of one instant: until changes_at a verdict reads the same whenever it is read
	(with looked as materialized (
		select h.*, greatest(as_of, max(h.judged_at) over ()) as read_at from detainerd.hold h where h.stay_id = any (stays)
	), judged as materialized (
		select j.*
		  from (select array_agg(l.booking_id) as booking_ids, max(l.read_at) as read_at from looked l) l
		 cross join lateral detainerd.judge(l.booking_ids, l.read_at) j
	)
	select 'hold_drift', 'stay ' || h.stay_id, h.facility_id, h.judged_at
	  from looked h
	  left join judged j on j.stay_id = h.stay_id
	 -- not what is known to be judged again
	 where (h.changes_at > h.read_at or h.changes_at is null)
	   and h.law_version = (select v.version from detainerd.law_version v)
	   and not exists (select from detainerd.rejudge r where r.booking_id = any (h.members))
	   and (h.starts_at, h.allowed, h.reason, h.lawful, h.release_at, h.due_reason) is distinct from
	       (j.starts_at, j.allowed, j.reason, j.lawful, j.release_at, j.due_reason)
	 order by h.stay_id limit 1)
	union all
	select 'facts_stale', f.code, f.facility_id, fe.seen_at + f.facts_max_age
	  from detainerd.feed fe join detainerd.facility f on f.facility_id = fe.facility_id
	 where fe.seen_at + f.facts_max_age < as_of
$$;
comment on function detainerd.troubles(timestamptz, bigint[]) is
	'What is wrong with detainerd or its facts at ${as_of}, a row a trouble. The holds of ${stays} are recomputed; of those that differ the first is a trouble.';

create or replace function detainerd.name_number(name text) returns int
language sql immutable parallel safe
begin atomic
	select hashtext(name) & x'7fffffff'::int;
end;
comment on function detainerd.name_number(text) is 'A number for the id of an alert that is about something with a name: the same at every look.';

create or replace function detainerd.watch_over(as_of timestamptz, busy boolean) returns text[]
language plpgsql volatile
set search_path = pg_catalog, pg_temp
as $$
declare
	turn detainerd.watch_turn;
	stays bigint[];
	raised text[];
begin
	select * into turn from detainerd.watch_turn w
	 where w.watched_at not between as_of - case when busy then interval '1 minute' else interval '10 seconds' end and as_of for no key update skip locked;
	if turn.singleton is null then
		return '{}';
	end if;
	-- a few stored holds at a time are recomputed, round after round; one that differs is looked at until it does not
	stays := coalesce((select array[substr(w.subject, 6)::bigint] from detainerd.watch w where w.condition = 'hold_drift' limit 1),
	                  array(select h.stay_id from detainerd.hold h where h.stay_id > turn.drift_after order by h.stay_id limit 20));
	update detainerd.watch_turn set watched_at = as_of, drift_after = coalesce((select max(s) from unnest(stays) s), 0);

	begin
		perform detainerd.gather_feed();
		with now as materialized (
			select * from detainerd.troubles(as_of, stays)
		), kept as (
			update detainerd.watch w set seen_at = as_of from now n where n.condition = w.condition and n.subject = w.subject returning w.alert_id
		), mended as (
			delete from detainerd.watch w
			 where not exists (select from now n where n.condition = w.condition and n.subject = w.subject)
			returning w.*
		), fresh as (
			insert into detainerd.alert (alert_id, facility_id, kind, reason, occurrence, due_at, raised_at, severity)
			select detainerd.alert_id(coalesce(n.facility_id, 0), case n.condition when 'facts_stale' then n.condition else 'monitor_degraded' end, as_of,
			                          detainerd.name_number(n.condition || ': ' || n.subject)),
			       n.facility_id, case n.condition when 'facts_stale' then n.condition else 'monitor_degraded' end,
			       n.condition || ': ' || n.subject, 0, n.since, as_of, 'warning'
			  from now n
			 where not exists (select from detainerd.watch w where w.condition = n.condition and w.subject = n.subject)
			on conflict (alert_id) do nothing
			returning *
		), noted as (
			insert into detainerd.watch (condition, subject, facility_id, since, seen_at, alert_id)
			select n.condition, n.subject, n.facility_id, n.since, as_of, f.alert_id
			  from now n left join fresh f on f.reason = n.condition || ': ' || n.subject
			 where not exists (select from detainerd.watch w where w.condition = n.condition and w.subject = n.subject)
			on conflict (condition, subject) do nothing
		), over as (
			insert into detainerd.alert (alert_id, facility_id, kind, reason, occurrence, due_at, raised_at, severity)
			select detainerd.alert_id(coalesce(m.facility_id, 0), 'resolved', as_of, detainerd.name_number(m.condition || ': ' || m.subject)),
			       m.facility_id, 'resolved', m.condition || ': ' || m.subject, 0, as_of, as_of, 'info'
			  from mended m where m.alert_id is not null
			on conflict (alert_id) do nothing
			returning *
		), missed as (
			-- what the law asks of a facility for each period, and nobody did
			insert into detainerd.alert (alert_id, facility_id, kind, reason, release_at, occurrence, due_at, raised_at, citation, severity)
			select p.alert_id, p.facility_id, 'duty_missed', p.reason, p.due_at, p.occurrence, p.due_at, as_of, p.citation, detainerd.severity('duty_missed')
			  from detainerd.period_alerts(as_of) p
			on conflict (alert_id) do nothing
			returning *
		), ended (alert_id, event, reason, by_alert) as materialized (
			select m.alert_id, 'resolved', 'mended', o.alert_id from mended m join over o on o.reason = m.condition || ': ' || m.subject
			union all
			select t.alert_id, t.event, t.reason, null from detainerd.period_turns(as_of) t
		), closed as (
			insert into detainerd.alert_event (alert_id, event, at, by_whom, reason, by_alert)
			select e.alert_id, e.event, as_of, session_user, e.reason, e.by_alert from ended e
			returning alert_id
		), cancelled as (
			update detainerd.delivery d set state = case when d.delivered_at is null then 'cancelled' else 'delivered' end
			  from ended e where d.alert_id = e.alert_id and e.event = 'resolved' and (d.state = 'due' or d.state = 'digested' and d.attempts = 0)
		), daily as (
			-- once a day, at the facility's own hour, to whoever asked: what nobody should forget
			insert into detainerd.alert (alert_id, facility_id, kind, reason, occurrence, due_at, raised_at, severity)
			select detainerd.alert_id(f.facility_id, 'daily_digest', hour.at, 0), f.facility_id, 'daily_digest', null, 0, hour.at, as_of, 'warning'
			  from detainerd.facility f
			 cross join lateral (
				select ((as_of at time zone f.time_zone)::date + detainerd.setting('daily_at')::time) at time zone f.time_zone as at offset 0) hour
			 where hour.at between as_of - interval '12 hours' and as_of and (f.go_live_at <= hour.at or f.go_live_at is null)
			   and exists (select from detainerd.hold h where h.facility_id = f.facility_id and h.ended_at is null)
			   and not exists (select from detainerd.alert a where a.alert_id = detainerd.alert_id(f.facility_id, 'daily_digest', hour.at, 0))
			   and exists (select from detainerd.daily_lines(f.facility_id, as_of))
			on conflict (alert_id) do nothing
			returning *
		)
		select coalesce(array_agg(told.alert_id), '{}') into raised
		  from (select f.alert_id from fresh f union all select o.alert_id from over o union all select m.alert_id from missed m union all select d.alert_id from daily d) told;
	exception when query_canceled or others then
		-- what detainerd cannot say of itself keeps back nothing that an instant asks for; the next look that succeeds mends this
		raise warning 'detainerd cannot look after itself: %', sqlerrm;
		with fresh as (
			insert into detainerd.alert (alert_id, kind, reason, occurrence, due_at, raised_at, severity)
			select detainerd.alert_id(0, 'monitor_degraded', as_of, detainerd.name_number('not_watched')), 'monitor_degraded', 'not_watched: ' || sqlstate, 0, as_of, as_of, 'warning'
			 where not exists (select from detainerd.watch w where w.condition = 'not_watched')
			returning *
		), noted as (
			insert into detainerd.watch (condition, subject, since, seen_at, alert_id)
			select 'not_watched', sqlstate, as_of, as_of, f.alert_id from fresh f
		)
		select coalesce(array_agg(f.alert_id), '{}') into raised from fresh f;
	end;
	return raised;
end;
$$;
comment on function detainerd.watch_over(timestamptz, boolean) is
	'At most every ten seconds, where ${busy} with instants every minute: raises monitor_degraded and facts_stale for what has gone wrong, resolved for what is mended, duty_missed for what a facility '
	'owes for a period, and the daily digests. '
	'Returns the ids of the alerts raised. Where that fails, not_watched is told instead, with the SQLSTATE.';
