-- SPDX-License-Identifier: MIT
-- One alert from its instant to whoever has it, for people and for whoever must prove it later.

create or replace function detainerd.explain_attempt(t detainerd.delivery_attempt) returns text
language sql immutable parallel safe
begin atomic
	select format('attempt %s by daemon %s: %s', t.attempt, t.daemon, t.outcome) || coalesce(', ' || t.code, '')
	       || coalesce(', ' || t.elapsed_ms || ' ms', '') || coalesce(', "' || nullif(t.answer, '') || '"', '');
end;
comment on function detainerd.explain_attempt(detainerd.delivery_attempt) is 'What came of an attempt, in words.';

create or replace function detainerd.explain_alert(alert_id text, as_of timestamptz, folded boolean) returns table (at timestamptz, event text, what text, ahead boolean)
language sql stable as $$
	with a as materialized (select * from detainerd.alert a where a.alert_id = explain_alert.alert_id),
	closed as materialized (
		select min(e.at) as at from a join detainerd.alert_event e on e.alert_id = a.alert_id and e.event in ('resolved', 'superseded')
	), d as materialized (select d.* from a join detainerd.delivery d on d.alert_id = a.alert_id),
	ack as materialized (
		-- whoever acknowledges one alert of a release instant silences the reminders of all of them
		select e.*, e.alert_id = a.alert_id as own
		  from a join detainerd.alert o on o.alert_id = a.alert_id
		       or o.stay_id = a.stay_id and o.release_at = a.release_at and detainerd.is_of_release(o.kind) and detainerd.is_of_release(a.kind)
		  join detainerd.alert_event e on e.alert_id = o.alert_id and e.event = 'acknowledged'
	), try as (
		select d.receiver || ', ' as whose, t from d join detainerd.delivery_attempt t on t.delivery_id = d.delivery_id
		union all
		select d.receiver || ', in digest ' || d.digest_id || ', ', t
		  from d join detainerd.delivery g on g.alert_id = d.digest_id and g.receiver = d.receiver
		  join detainerd.delivery_attempt t on t.delivery_id = g.delivery_id
	), island as (
		-- neighbours of which the same came
		select y.whose, y.t, concat_ws(', ', (y.t).outcome, (y.t).code, '"' || nullif((y.t).answer, '') || '"') as came,
		       row_number() over (partition by (y.t).delivery_id order by (y.t).attempt, (y.t).delivery_attempt_id)
		       - row_number() over (partition by (y.t).delivery_id, (y.t).outcome, (y.t).code, (y.t).answer order by (y.t).attempt, (y.t).delivery_attempt_id) as number
		  from try y
	), run as (
		select i.*, folded and count(*) over whole > 3 as is_long, row_number() over (whole order by (i.t).attempt, (i.t).delivery_attempt_id) as nth
		  from island i window whole as (partition by (i.t).delivery_id, i.whose, i.came, i.number)
	), happened (at, rank, event, what) as (
		select a.due_at, 0, 'due', 'the instant that it is about' from a
		union all
		select a.learned_at, 1, 'learned', 'what it follows from was recorded, ' || detainerd.explain_duration(a.learned_at - a.due_at) || ' after it happened'
		  from a where a.learned_at is not null
		union all
		select a.raised_at, 2, 'raised', 'raised' || case when a.raised_at > greatest(a.due_at, a.learned_at) + interval '1 second'
			then ', ' || detainerd.explain_duration(date_trunc('second', a.raised_at - greatest(a.due_at, a.learned_at))) || ' late' else '' end
		  from a
		union all
		select e.at, 3, 'closes', 'closes alert ' || e.alert_id || ' as ' || e.event
		  from a join detainerd.alert_event e on e.by_alert = a.alert_id and e.event in ('resolved', 'superseded')
		union all
		select d.created_at, 4, 'to_be_told', d.receiver || ' is ' || case when d.digest_id is not null then 'told of it in digest ' || d.digest_id
			when d.route_id is null then 'sent a test' else 'to be told' || case when d.reminder then ' while nobody has acknowledged' else '' end || ' (route ' || d.route_id || ')' end
		  from d
		union all
		select (r.t).settled_at, 5, 'attempt', r.whose || detainerd.explain_attempt(r.t) from run r where not r.is_long or r.nth = 1
		union all
		select max((r.t).settled_at), 5, 'attempt', format('%sattempts %s to %s, each: %s', r.whose, min((r.t).attempt), max((r.t).attempt), r.came)
		  from run r where r.is_long and r.nth > 1 group by (r.t).delivery_id, r.whose, r.came, r.number
		union all
		select e.at, 6, case when e.own then 'acknowledged' else 'silenced' end,
		       case when e.own then '' else 'alert ' || e.alert_id || ' of the same instant was ' end || 'acknowledged by ' || e.by_whom
		       || coalesce(', ' || e.reason, '') || coalesce(': "' || nullif(e.note, '') || '"', '')
		       || coalesce('; reminders are silent for ' || detainerd.explain_duration(date_trunc('second', e.expires_at - e.at)), '')
		  from ack e
		union all
		select max(e.expires_at), 7, 'silence_ends', 'the last acknowledgement runs out'
		  from ack e cross join closed c where c.at is null or e.expires_at < c.at having max(e.expires_at) is not null
		union all
		select e.at, 8, e.event, e.event || coalesce(' by alert ' || e.by_alert, '') || coalesce(', ' || e.reason, '')
		  from a join detainerd.alert_event e on e.alert_id = a.alert_id and e.event <> 'acknowledged'
		union all
		select case d.state when 'due' then d.due_at else d.lease_until end, 9, 'next',
		       d.receiver || case when d.state = 'due' and d.attempts = 0 then ' is to be told' when d.state = 'due' then ' is told again'
		                          else ': daemon ' || d.leased_by || ' is trying, until its lease ends' end
		       || case when detainerd.is_served(d.receiver, as_of) then '' else '; NO RUNNING DAEMON HAS THIS RECEIVER' end
		  from d where d.state in ('due', 'leased')
	)
	select h.at, h.event, h.what, h.at > as_of from happened h order by h.at, h.rank, h.what
$$;
comment on function detainerd.explain_alert(text, timestamptz, boolean) is
	'explain_alert(text, timestamptz); where ${folded}, of more than three attempts running of which the same came the first, and then all others in one row.';

create or replace function detainerd.explain_alert(alert_id text, as_of timestamptz) returns table (at timestamptz, event text, what text, ahead boolean)
language sql stable as $$
	select * from detainerd.explain_alert(alert_id, as_of, false)
$$;
comment on function detainerd.explain_alert(text, timestamptz) is
	'What happened to an alert, in order: its instant, when it was learned and raised, whom it was sent to with every attempt, who acknowledged it, what closed it; and what is to come.';

create or replace function detainerd.explain_kind(facility text, kind text, style text, as_of timestamptz) returns setof text
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	with f as (
		select f.* from detainerd.facility f where f.code = explain_kind.facility
	), row as (
		select r.occurrence, r.at_offset + make_interval(mins => case when r.after_processing then least(greatest(coalesce(f.processing_minutes, 0), 0), 240) else 0 end) as at_offset, r.every
		  from f cross join detainerd.reminder r where r.kind = explain_kind.kind
	), said (n, words) as (
		select 1, detainerd.goes_by_no_route(explain_kind.kind)
		union all
		select 2, case explain_kind.kind
			when 'due_soon' then (
				select 'it comes ' || string_agg(detainerd.explain_duration(-r.at_offset), ', ' order by r.occurrence) || ' before lawful custody ends, unless acknowledged' from row r)
			when 'release_due' then 'it comes when lawful custody ends, and no acknowledgement silences it'
			when 'overdue' then (
				select 'it comes ' || detainerd.explain_duration(r.at_offset) || ' after lawful custody has ended, then every ' || detainerd.explain_duration(r.every)
				       || ' and after a day where shifts change (' || shifts.at || '), until somebody acknowledges or the person is out'
				  from row r order by r.occurrence limit 1)
			when 'daily_digest' then 'it comes at ' || detainerd.setting('daily_at') || ' where there is something to list' end
		  from f
		 cross join lateral (
			select string_agg(distinct to_char(c.at at time zone f.time_zone, 'HH24:MI'), ', ') as at
			  from detainerd.shift_changes(as_of - interval '1 day', as_of, f.time_zone, f.shift_changes) c) shifts
		union all
		select 3, 'what is due before ' || detainerd.explain_time(f.go_live_at, f.time_zone, style) || ', when this facility goes live, is listed in a digest'
		  from f where f.go_live_at > as_of and explain_kind.kind not in ('monitor_degraded', 'daily_digest') and detainerd.goes_by_no_route(explain_kind.kind) is null
	)
	select s.words from said s where s.words is not null order by s.n
$$;
comment on function detainerd.explain_kind(text, text, text, timestamptz) is
	'When an alert of ${kind} at ${facility} comes, and how where that is not by routes that ask for it: sentences, without a full stop; times as explain_time() has ${style}.';
