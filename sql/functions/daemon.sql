-- SPDX-License-Identifier: MIT
-- How a daemon makes itself known.  All instants in epoch microseconds; local times as text, for the daemon converts no zone.

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

drop function if exists detainerd.daemon_hello(text, text, text[]);
create or replace function detainerd.daemon_hello(daemon text, version text, receivers text[], digest_above int[])
returns table (schema_version int, server_us bigint)
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	insert into detainerd.daemon as d (daemon, version, receivers, digest_above, started_at, seen_at)
	values (daemon_hello.daemon, daemon_hello.version, daemon_hello.receivers, daemon_hello.digest_above, clock_timestamp(), clock_timestamp())
	on conflict (daemon) do update set version = excluded.version, receivers = excluded.receivers, digest_above = excluded.digest_above,
	       started_at = excluded.started_at, seen_at = excluded.seen_at
	returning detainerd.schema_version(), detainerd.epoch_us(clock_timestamp())
$$;
comment on function detainerd.daemon_hello(text, text, text[], int[]) is
	'A daemon says who it is, which receivers it can reach, and above how many alerts a minute each wants a digest (null: never). Called at every connection.';

create or replace function detainerd.heartbeat(daemon text, state jsonb) returns bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp
as $$
	update detainerd.daemon d set seen_at = clock_timestamp(), state = heartbeat.state where d.daemon = heartbeat.daemon;
	select detainerd.epoch_us(clock_timestamp())
$$;
comment on function detainerd.heartbeat(text, jsonb) is 'A daemon lives, and says how it is. Returns the server''s clock.';

create or replace function detainerd.is_served(receiver text, as_of timestamptz) returns boolean
language sql stable parallel safe
begin atomic
	select exists (select from detainerd.daemon d where is_served.receiver = any (d.receivers) and d.seen_at > as_of - interval '60 seconds');
end;
comment on function detainerd.is_served(text, timestamptz) is 'True where a daemon heard within the last minute has this receiver.';

create or replace function detainerd.is_needed(receiver text) returns boolean
language sql stable parallel safe
begin atomic
	select exists (select from detainerd.route ro where ro.enabled and ro.receiver = is_needed.receiver)
	       or exists (select from detainerd.delivery d where d.state in ('due', 'leased') and d.receiver = is_needed.receiver);
end;
comment on function detainerd.is_needed(text) is 'True where an enabled route names this receiver, or something still waits for it: what it cannot do is then a trouble.';
