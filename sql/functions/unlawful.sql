-- SPDX-License-Identifier: MIT

create or replace function detainerd.unlawful(booked_at timestamptz, until timestamptz, lawful tstzmultirange) returns tstzmultirange
language sql immutable parallel safe
begin atomic
	select tstzmultirange(case when booked_at < until then tstzrange(booked_at, until) else 'empty' end) - lawful;
end;
comment on function detainerd.unlawful(timestamptz, timestamptz, tstzmultirange) is 'Spans of custody, from ${booked_at} to ${until}, that nothing made lawful.';
