-- SPDX-License-Identifier: MIT
-- What is wrong with detainerd or its facts: what a daemon has seen (watch), and what can be seen when none runs.

create or replace view detainerd.trouble with (security_invoker) as
	with seen (condition, subject, facility, since, what, alert_id) as (
		select 'no_daemon', 'detainerd', null, max(d.seen_at), 'no daemon is running: NOBODY IS TOLD OF ANYTHING', null
		  from detainerd.daemon_status d where d.daemon is not null having bool_or(d.alive) is not true
		union all
		select 'reload_refused', d.daemon, null, null, substring(d.state ->> 'status' from 'reload refused: .*'), null
		  from detainerd.daemon_status d where d.alive and d.state ->> 'status' like '%reload refused: %'
		union all
		select 'receiver_missing', r.receiver, null, null, 'no running daemon has it; deliveries waiting: ' || d.deliveries_pending, null
		  from detainerd.daemon_status d cross join lateral unnest(d.receivers) r (receiver) where d.daemon is null
		union all
		select 'receiver_failing', h.receiver, null, h.failing_since, h.failures || ' attempts failed running', null
		  from detainerd.receiver_health h where h.failures >= 5 and detainerd.is_needed(h.receiver)
		union all
		select 'undelivered', d.receiver, null, min(d.first_due_at), 'deliveries undelivered: ' || count(*), null
		  from detainerd.delivery d where d.state in ('due', 'leased') and d.first_due_at < (select clock_timestamp()) - interval '60 seconds' group by d.receiver
		union all
		-- whatever keeps a daemon that lives from raising: a disk without space, a lock, a right that was taken;
		-- the clock is read once, so that the index finds them
		select 'not_raised', 'detainerd', null, min(h.next_due_at), 'what came due is not raised: NOBODY IS TOLD OF IT; holds: ' || count(*), null
		  from detainerd.hold h where h.next_due_at < (select clock_timestamp()) - interval '15 seconds' having count(*) > 0
		union all
		select 'no_route', f.code, f.code, null, 'no route tells anybody there of a release that is due', null
		  from detainerd.facility f where not exists (select from detainerd.routes_for(f.facility_id, 'release_due'))
		union all
		select 'no_route', 'detainerd', null, null, 'no route tells anybody when detainerd itself is in trouble', null
		 where not exists (select from detainerd.routes_for(null, 'monitor_degraded'))
		union all
		select w.condition, w.subject, f.code, w.since,
		       case w.condition when 'hold_drift' then 'a stored verdict differs from what follows from the facts'
		                        when 'not_watched' then 'detainerd''s look after itself fails, with this error: what is listed here may be incomplete'
		                        when 'facts_stale' then 'no fact was written and no heartbeat came for longer than facts_max_age' end, w.alert_id
		  from detainerd.watch w left join detainerd.facility f on f.facility_id = w.facility_id
	)
	select s.condition,
	       -- by whether a release may go untold
	       case when s.condition in ('receiver_failing', 'reload_refused', 'facts_stale') then 'warning' else 'critical' end as severity,
	       s.subject, max(s.facility) as facility, min(s.since) as since, coalesce(max(s.what), replace(s.condition, '_', ' ')) as what, max(s.alert_id) as alert_id
	  from seen s
	 group by s.condition, s.subject;
comment on view detainerd.trouble is
	'What is wrong with detainerd or its facts just now, a row a trouble; facility: where it is about one. severity critical: a release may go untold.';
