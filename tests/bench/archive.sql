-- SPDX-License-Identifier: MIT
-- Five years of a county that books 40,000 people with a detainer a year: 200,000 stays that are over, 600,000 alerts, each to
-- two receivers, 2,000,000 attempts.  One stay in twelve was over too late.  Nothing here is raised or delivered: it is written as
-- if it had been, without triggers; verdicts too, and archive.py compares some of them with what judge() says.
-- psql -v first=N -v end=M: stays N to M-1.

set session_replication_role = replica;
create temporary table past as
	select n, eligible, eligible + interval '48 hours' as release_at,
	       eligible + case when n % 12 = 0 then interval '48 hours' + (1 + n % 97) * interval '1 hour' else (1 + n * 37 % 47) * interval '1 hour' end as out_at
	  from generate_series(:first, :end - 1) n
	 cross join lateral (select clock_timestamp() - interval '43824 hours' + n * interval '13 minutes' as eligible) e;
insert into detainerd.booking (booking_id, facility_id, booking_number, booked_at, release_eligible_at, custody_ended_at, custody_outcome, recorded_at)
	select 1000000 + n, facility_id, 'P' || n, eligible - interval '1 day', eligible, out_at, 'ice_custody', eligible from past, detainerd.facility where code = 'BENCH';
insert into detainerd.detainer (booking_id, form, received_at, reference, recorded_at)
	select 1000000 + n, 'I-247', eligible - interval '20 hours', 'd', eligible from past;
insert into detainerd.hold (booking_id, stay_id, members, facility_id, starts_at, allowed, reason, detainer_id, rule_id, alternative, citation, authority, lawful,
		release_at, due_reason, due_allowed, due_rule_id, due_citation, booked_at, ended_at, judged_at, law_version, created_at, learned_at)
	select 1000000 + n, 1000000 + n, array[1000000 + n], b.facility_id, eligible, true, 'allowed', d.detainer_id, r.rule_id, 1, r.citation,
	       tstzmultirange(tstzrange(eligible, release_at)), tstzmultirange(tstzrange(null, release_at)), release_at, 'ice_did_not_interview', true, r.rule_id, r.citation,
	       b.booked_at, out_at, now(), v.version, now(), now()
	  from past join detainerd.booking b on b.booking_id = 1000000 + n join detainerd.detainer d on d.booking_id = b.booking_id
	 cross join detainerd.law_version v
	  join detainerd.rule r on r.jurisdiction = 'BENCH';
insert into detainerd.alert (alert_id, booking_id, stay_id, facility_id, kind, reason, release_at, occurrence, due_at, raised_at, allowed, rule_id, citation, severity)
	select 'past-' || n || '-' || k.kind, 1000000 + n, 1000000 + n, h.facility_id, k.kind, case k.kind when 'resolved' then 'ice_custody' else h.due_reason end,
	       p.release_at, 0, k.at, k.at + interval '3 milliseconds', true, h.due_rule_id, h.due_citation, 'critical'
	  from past p join detainerd.hold h on h.stay_id = 1000000 + n
	 cross join lateral (values ('due_soon', p.release_at - interval '12 hours'), ('release_due', p.release_at), ('resolved', p.out_at)) k (kind, at);
insert into detainerd.alert_event (alert_id, event, at, by_whom, reason, expires_at)
	select 'past-' || n || '-release_due', e.event, e.at, 'sergeant', e.reason, e.at + interval '2 hours'
	  from past cross join lateral (values ('acknowledged', release_at + interval '5 minutes', 'release_started'), ('resolved', out_at, 'out')) e (event, at, reason);
with told as (
	insert into detainerd.delivery (alert_id, route_id, receiver, state, attempts, due_at, first_due_at, created_at, delivered_at, tellings)
		select a.alert_id, ro.route_id, r.receiver, 'delivered', r.attempts, a.due_at, a.due_at, a.raised_at, a.raised_at + interval '1 second', 1
		  from past join detainerd.alert a on a.stay_id = 1000000 + n
		 cross join (select min(route_id) as route_id from detainerd.route) ro
		 cross join lateral (values ('hook', 1 + (n % 3 < 2)::int), ('desk', 1 + (n % 3 < 2)::int)) r (receiver, attempts)
		returning delivery_id, attempts, due_at)
insert into detainerd.delivery_attempt (delivery_id, attempt, daemon, settled_at, outcome, code, elapsed_ms, answer)
	select delivery_id, t, 'bench', due_at + t * interval '1 second', case when t = attempts then 'accepted' else 'timeout' end, 200, 12, 'OK'
	  from told cross join lateral generate_series(1, attempts) t;
