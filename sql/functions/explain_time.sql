-- SPDX-License-Identifier: MIT
-- How instants and durations are written for people and programs.

create or replace function detainerd.explain_time(at timestamptz, time_zone text, style text) returns text
language sql stable
begin atomic
	select case when at is null or not isfinite(at) then null
	            when style = 'utc' then to_char(at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC'
	            when style = 'rfc-utc' then to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || 'Z'
	            when style = 'rfc' then detainerd.local_text(at, time_zone, 'YYYY-MM-DD"T"HH24:MI:SS.USTZH:TZM')
	            else detainerd.local_text(at, time_zone, 'YYYY-MM-DD HH24:MI:SS TZ') end;
end;
comment on function detainerd.explain_time(timestamptz, text, text) is
	'An instant in words. ${style}: local (in ${time_zone}, with its abbreviation), utc, rfc (RFC 3339 with the zone''s offset), rfc-utc. Null and infinite: null.';

create or replace function detainerd.explain_duration(span interval) returns text
language sql immutable parallel safe
begin atomic
	select case when span is null then null
	            when span < interval '0' then '-' else '' end
	       || coalesce(nullif(concat_ws(' ', nullif(trunc(abs(seconds) / 3600), 0) || ' h',
	                                         nullif(trunc(mod(abs(seconds), 3600) / 60), 0) || ' min',
	                                         nullif(trim_scale(mod(abs(seconds), 60)), 0) || ' s'), ''), '0 min')
	  from (select extract(epoch from span) as seconds) s;
end;
comment on function detainerd.explain_duration(interval) is 'Elapsed time in words: 51 h 12 min 30 s, without the parts that are nought.';

create or replace function detainerd.explain_facts_as_of() returns timestamptz
language sql stable
begin atomic
	-- ids grow with the time of writing: the newest row tells
	select greatest((select b.recorded_at from detainerd.booking b order by b.booking_id desc limit 1),
	                (select c.recorded_at from detainerd.custody_basis c order by c.basis_id desc limit 1),
	                (select d.recorded_at from detainerd.detainer d order by d.detainer_id desc limit 1),
	                (select f.recorded_at from detainerd.finding f order by f.finding_id desc limit 1),
	                (select i.recorded_at from detainerd.interview i order by i.interview_id desc limit 1));
end;
comment on function detainerd.explain_facts_as_of() is 'When the newest fact was recorded: how fresh everything else can be. Null: there is none.';

create or replace function detainerd.explain_time_zone() returns text
language sql stable
begin atomic
	select case when count(distinct f.time_zone) = 1 then min(f.time_zone) else 'UTC' end from detainerd.facility f;
end;
comment on function detainerd.explain_time_zone() is 'The zone in which to show times that belong to no facility: the one that all facilities share, else UTC.';
