-- SPDX-License-Identifier: MIT
-- The alert log and what became of it.

create or replace view detainerd.alert_log with (security_invoker) as
	select a.alert_id, f.code as facility,
	       -- a look at each alert's own row: for a week of alerts the planner would read every booking
	       (select b.booking_number from detainerd.booking b where b.booking_id = a.booking_id) as booking_number, a.kind, a.reason, a.citation, a.due_at, a.raised_at,
	       ack.at as acknowledged_at, ack.by_whom as acknowledged_by,
	       (select case when e.event = 'resolved' then e.at end from detainerd.alert_event e
	         where e.alert_id = a.alert_id and e.event in ('resolved', 'reopened') order by e.alert_event_id desc limit 1) as resolved_at,
	       (select min(e.at) from detainerd.alert_event e where e.alert_id = a.alert_id and e.event = 'superseded') as superseded_at
	  from detainerd.alert a
	  left join detainerd.facility f on f.facility_id = a.facility_id
	  left join lateral (
		select e.at, e.by_whom from detainerd.alert_event e
		 where e.alert_id = a.alert_id and e.event = 'acknowledged' order by e.alert_event_id desc limit 1) ack on true;
comment on view detainerd.alert_log is 'Every alert ever raised, with who acknowledged it and when it was resolved or superseded.';

create or replace view detainerd.delivery_log with (security_invoker) as
	select d.delivery_id, d.alert_id, f.code as facility, a.kind, d.receiver, d.state, d.attempts, d.due_at, d.leased_by, d.lease_until, d.delivered_at,
	       last.outcome as last_outcome, last.code as last_code, last.answer as last_answer, last.settled_at as last_settled_at
	  from detainerd.delivery d
	  join detainerd.alert a on a.alert_id = d.alert_id
	  left join detainerd.facility f on f.facility_id = a.facility_id
	  left join lateral (
		select t.outcome, t.code, t.answer, t.settled_at from detainerd.delivery_attempt t
		 where t.delivery_id = d.delivery_id order by t.attempt desc, t.delivery_attempt_id desc limit 1) last on true;
comment on view detainerd.delivery_log is 'Every delivery of every alert, and its last attempt. delivered: a server accepted it; nobody has seen it yet.';

create or replace view detainerd.daemon_status with (security_invoker) as
	select d.daemon, d.version, d.receivers, d.started_at, d.seen_at, clock_timestamp() - d.seen_at as silent_for,
	       d.seen_at > clock_timestamp() - interval '15 seconds' as alive, d.state,
	       (select count(*) from detainerd.delivery p where p.state in ('due', 'leased') and detainerd.is_pending(p, clock_timestamp()) and p.receiver = any (d.receivers)) as deliveries_pending,
	       (select min(p.first_due_at) from detainerd.delivery p where p.state in ('due', 'leased') and detainerd.is_pending(p, clock_timestamp()) and p.receiver = any (d.receivers)) as oldest_pending
	  from detainerd.daemon d
	union all
	-- a route to nowhere
	select null, null, array[r.receiver], null, null, null, false, jsonb_build_object('status', 'no running daemon has receiver ' || r.receiver),
	       (select count(*) from detainerd.delivery p where p.state in ('due', 'leased') and detainerd.is_pending(p, clock_timestamp()) and p.receiver = r.receiver),
	       (select min(p.first_due_at) from detainerd.delivery p where p.state in ('due', 'leased') and detainerd.is_pending(p, clock_timestamp()) and p.receiver = r.receiver)
	  from (select distinct r.receiver from detainerd.route r where r.enabled) r
	 where not detainerd.is_served(r.receiver, clock_timestamp());
comment on view detainerd.daemon_status is 'Each daemon that ever said hello: when it was last heard, and what waits for its receivers; and, without a daemon, each receiver that an enabled route names and no running daemon has.';
