-- SPDX-License-Identifier: MIT
-- What the daemon calls.  All instants in epoch microseconds; local times as text, for the daemon converts no zone.

create or replace function detainerd.epoch_us(at timestamptz) returns bigint
language sql immutable parallel safe
begin atomic
	select (extract(epoch from at) * 1000000)::bigint;
end;
comment on function detainerd.epoch_us(timestamptz) is 'An instant as microseconds since 1970-01-01 00:00 UTC.';

create or replace function detainerd.local_text(at timestamptz, time_zone text, pattern text) returns text
language plpgsql stable parallel safe
set timezone = 'UTC'
as $$
begin
	perform set_config('timezone', time_zone, true);
	return to_char(at, pattern);
end;
$$;
comment on function detainerd.local_text(timestamptz, text, text) is 'An instant in words of ${time_zone}, by a pattern of to_char(); TZ is the zone''s abbreviation.';

create or replace function detainerd.schema_version() returns int
language sql stable security definer set search_path = pg_catalog, pg_temp
begin atomic
	select max(id) from detainerd.migration;
end;
comment on function detainerd.schema_version() is 'Number of the newest migration that this database has had.';

create or replace function detainerd.daemon_hello(daemon text, version text, receivers text[])
returns table (schema_version int, server_us bigint)
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into detainerd.daemon as d (daemon, version, receivers, started_at, seen_at)
	values (daemon_hello.daemon, daemon_hello.version, daemon_hello.receivers, clock_timestamp(), clock_timestamp())
	on conflict (daemon) do update set version = excluded.version, receivers = excluded.receivers,
	       started_at = excluded.started_at, seen_at = excluded.seen_at
	returning detainerd.schema_version(), detainerd.epoch_us(clock_timestamp())
$$;
comment on function detainerd.daemon_hello(text, text, text[]) is 'A daemon says who it is and which receivers it can reach; called at every connection.';

create or replace function detainerd.heartbeat(daemon text, state jsonb) returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	update detainerd.daemon d set seen_at = clock_timestamp(), state = heartbeat.state where d.daemon = heartbeat.daemon;
	select detainerd.epoch_us(clock_timestamp())
$$;
comment on function detainerd.heartbeat(text, jsonb) is 'A daemon lives, and says how it is. Returns the server''s clock.';

create or replace function detainerd.is_closed(alert_id text) returns boolean
language sql stable parallel safe
begin atomic
	select exists (select from detainerd.alert_event e where e.alert_id = is_closed.alert_id and e.event in ('superseded', 'resolved'));
end;
comment on function detainerd.is_closed(text) is 'True where an alert was superseded or resolved: what is not delivered of it yet is not delivered any more.';

create or replace function detainerd.claim(daemon text, receivers text[], max_deliveries int, lease interval)
returns table (delivery_id bigint, attempt int, receiver text, alert_id text, kind text, severity text, reason text, allowed boolean,
	facility text, facility_name text, booking_number text, citation text, counsel_contact text,
	release_us bigint, due_us bigint, raised_us bigint, lease_until_us bigint, server_us bigint,
	release_local text, release_clock text, due_local text, raised_local text, as_of_local text, other_authority text, occurrence int)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	as_of timestamptz := clock_timestamp();
begin
	return query
	with open as (
		select d.delivery_id
		  from detainerd.delivery d
		 where d.state in ('due', 'leased') and coalesce(d.lease_until, d.due_at) <= as_of and d.receiver = any (receivers)
		 order by coalesce(d.lease_until, d.due_at), d.delivery_id
		 limit max_deliveries
		   for no key update skip locked
	), leased as (
		update detainerd.delivery d
		   set state = case when detainerd.is_closed(d.alert_id) then 'cancelled' else 'leased' end,
		       attempts = d.attempts + case when detainerd.is_closed(d.alert_id) then 0 else 1 end,
		       leased_by = claim.daemon, lease_until = as_of + lease
		  from open o where o.delivery_id = d.delivery_id
		returning d.*
	)
	select l.delivery_id, l.attempts, l.receiver, a.alert_id, a.kind, a.severity,
	       -- which bar was recorded is for those who may read the facts, not for a message
	       case when a.kind = 'claim_review' then null else a.reason end, a.allowed,
	       f.code, f.name, b.booking_number, a.citation, f.counsel_contact,
	       detainerd.epoch_us(a.release_at), detainerd.epoch_us(a.due_at), detainerd.epoch_us(a.raised_at),
	       detainerd.epoch_us(l.lease_until), detainerd.epoch_us(as_of),
	       detainerd.local_text(a.release_at, f.time_zone, 'YYYY-MM-DD HH24:MI:SS TZ'), detainerd.local_text(a.release_at, f.time_zone, 'HH24:MI TZ'),
	       detainerd.local_text(a.due_at, f.time_zone, 'YYYY-MM-DD HH24:MI:SS TZ'), detainerd.local_text(a.raised_at, f.time_zone, 'YYYY-MM-DD HH24:MI:SS TZ'),
	       detainerd.local_text(as_of, f.time_zone, 'YYYY-MM-DD HH24:MI:SS TZ'),
	       (select string_agg(distinct replace(c.kind, '_', ' '), ', ')
	          from detainerd.hold h join detainerd.custody_basis c on c.booking_id = any (h.members)
	         where h.stay_id = a.stay_id and h.reason = 'held_on_other_authority'
	           and coalesce(c.began_at, '-infinity') <= as_of and coalesce(c.ended_at, 'infinity') > as_of),
	       a.occurrence
	  from leased l
	  join detainerd.alert a on a.alert_id = l.alert_id
	  join detainerd.facility f on f.facility_id = a.facility_id
	  join detainerd.booking b on b.booking_id = a.booking_id
	 where l.state = 'leased'
	 order by a.due_at, l.delivery_id;
end;
$$;
comment on function detainerd.claim(text, text[], int, interval) is
	'Leases up to ${max_deliveries} deliveries to ${receivers} for ${lease}, oldest first, and counts the attempt before it is made. '
	'A dead daemon''s lease runs out by the database''s clock, and another takes over.';

create or replace function detainerd.settle(daemon text, delivery_ids bigint[], attempts int[], outcomes text[], codes int[], elapsed_ms int[],
	answers text[], retry_in_ms bigint[])
returns table (settled int, server_us bigint)
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	with result as materialized (
		select * from unnest(delivery_ids, attempts, outcomes, codes, elapsed_ms, answers, retry_in_ms)
		           r (delivery_id, attempt, outcome, code, elapsed_ms, answer, retry_in_ms)
	), attempt as (
		insert into detainerd.delivery_attempt (delivery_id, attempt, daemon, settled_at, outcome, code, elapsed_ms, answer)
		select r.delivery_id, r.attempt, settle.daemon, clock_timestamp(), r.outcome, r.code, r.elapsed_ms, left(r.answer, 200)
		  from result r
		on conflict (delivery_id, attempt, daemon) do nothing	-- settled again: the first answer was lost on its way
		returning delivery_id
	), settled as (
		-- accepted counts whoever says it; a failure only from the holder of the lease
		update detainerd.delivery d
		   set state = case when r.outcome = 'accepted' then 'delivered' when detainerd.is_closed(d.alert_id) then 'cancelled' else 'due' end,
		       delivered_at = case when r.outcome = 'accepted' then clock_timestamp() end,
		       due_at = case when r.outcome = 'accepted' then d.due_at else clock_timestamp() + r.retry_in_ms * interval '1 millisecond' end,
		       leased_by = null, lease_until = null
		  from result r
		 where r.delivery_id = d.delivery_id
		   and (r.outcome = 'accepted' and d.state <> 'delivered'
		        or d.state = 'leased' and d.leased_by = settle.daemon and d.attempts = r.attempt)
		returning d.delivery_id
	)
	select (select count(*) from attempt)::int, detainerd.epoch_us(clock_timestamp()) from (select count(*) from settled) s
$$;
comment on function detainerd.settle(text, bigint[], int[], text[], int[], int[], text[], bigint[]) is
	'Records what came of attempts: accepted (which is not yet seen by a person), or refused, unreachable, timeout, misconfigured, '
	'due again after ${retry_in_ms}. All arrays run in step.';

create or replace function detainerd.acknowledge(alert_id text, reason text, note text) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	told detainerd.alert;
	silent_until timestamptz := clock_timestamp()
		+ case when acknowledge.reason = 'other_authority' then interval '30 minutes' else interval '2 hours' end;
begin
	if acknowledge.reason is null or acknowledge.reason not in ('release_started', 'other_authority', 'ice_here', 'counsel_called', 'wrong_record') then
		raise exception 'cannot acknowledge: unknown reason ''%''', acknowledge.reason
			using errcode = 'invalid_parameter_value',
			      hint = 'Use release_started, other_authority, ice_here, counsel_called or wrong_record.';
	end if;
	select a.* into told from detainerd.alert a where a.alert_id = acknowledge.alert_id;
	if told.alert_id is null then
		raise exception 'cannot acknowledge ''%'': no such alert', acknowledge.alert_id
			using errcode = 'no_data_found', hint = 'See the alert_id column of detainerd.alert_log.';
	end if;
	if exists (select from detainerd.hold h where h.stay_id = told.stay_id and h.ended_at is not null)
	   or not exists (select from detainerd.open_alerts(array[told.stay_id]) o where o.alert_id = told.alert_id) then
		raise exception 'cannot acknowledge ''%'': it is resolved or superseded', acknowledge.alert_id
			using errcode = 'object_not_in_prerequisite_state', hint = 'Nothing more goes out for it.';
	end if;
	insert into detainerd.alert_event (alert_id, event, at, by_whom, reason, note, expires_at)
	values (told.alert_id, 'acknowledged', clock_timestamp(), session_user, acknowledge.reason, acknowledge.note, silent_until);
	-- never wait for a clerk who is writing this stay: looking too early finds nothing due
	update detainerd.hold h set next_due_at = n.next_due_at
	  from detainerd.next_due(array(select h.stay_id from detainerd.hold h where h.stay_id = told.stay_id for no key update skip locked),
	                          clock_timestamp()) n
	 where h.stay_id = n.stay_id;
	notify detainerd;
	return format('%s acknowledged by %s: reminders are silent until %s; the clock goes on', told.alert_id, session_user, silent_until);
end;
$$;
comment on function detainerd.acknowledge(text, text, text) is
	'Somebody has it: silences due_soon and overdue for 2 hours (other_authority: 30 minutes), and nothing else. '
	'${reason}: release_started, other_authority, ice_here, counsel_called, wrong_record. Returns one line of what was recorded.';
