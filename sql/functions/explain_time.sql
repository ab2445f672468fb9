-- SPDX-License-Identifier: MIT
-- How instants and durations are written for people and programs.

create or replace function detainerd.explain_time(at timestamptz, time_zone text, style text) returns text
language sql stable
begin atomic
	select case when at is null or not isfinite(at) then null
	            when style = 'utc' then to_char(at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') || ' UTC'
	            when style = 'rfc-utc' then to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || 'Z'
	            else detainerd.local_text(at, coalesce(nullif(split_part(style, ' ', 2), ''), time_zone),
	                                      case when split_part(style, ' ', 1) = 'rfc' then 'YYYY-MM-DD"T"HH24:MI:SS.USTZH:TZM' else 'YYYY-MM-DD HH24:MI:SS TZ' end) end;
end;
comment on function detainerd.explain_time(timestamptz, text, text) is
	'An instant in words. ${style}: local (in ${time_zone}, with its abbreviation), utc, rfc (RFC 3339 with the zone''s offset), rfc-utc; local or rfc, a blank and a zone: in that one instead. Null and infinite: null.';

create or replace function detainerd.explain_duration(span interval) returns text
language sql immutable parallel safe
begin atomic
	select case when span is null then null
	            when span < interval '0' then '-' else '' end
	       || coalesce(nullif(concat_ws(' ', nullif(trunc(abs(seconds) / 3600), 0) || ' h',
	                                         nullif(trunc(mod(abs(seconds), 3600) / 60), 0) || ' min',
	                                         nullif(trim_scale(case when abs(seconds) < 60 then abs(seconds) else trunc(mod(abs(seconds), 60)) end), 0) || ' s'), ''), '0 min')
	  from (select extract(epoch from span) as seconds) s;
end;
comment on function detainerd.explain_duration(interval) is 'Elapsed time in words: 51 h 12 min 30 s, without the parts that are nought; from a minute on in whole seconds.';

drop function if exists detainerd.explain_facts_as_of();
create or replace function detainerd.explain_facts_as_of(facility_id bigint) returns timestamptz
language sql stable
begin atomic
	-- a feed that has nothing to write says so too: the marks of the last seconds first, then what was gathered
	select coalesce(greatest((select m.at from detainerd.feed_mark m where m.facility_id = explain_facts_as_of.facility_id order by m.feed_mark_id desc limit 1),
	                         (select fe.seen_at from detainerd.feed fe where fe.facility_id = explain_facts_as_of.facility_id)),
	                -- from before feeds were kept
	                (select max(b.recorded_at) from detainerd.booking b where b.facility_id = explain_facts_as_of.facility_id));
end;
comment on function detainerd.explain_facts_as_of(bigint) is
	'When facts of a facility were last written, or its intake was last heard: how fresh everything said of it can be. Null: never.';

create or replace function detainerd.explain_time_zone() returns text
language sql stable
begin atomic
	select case when count(distinct f.time_zone) = 1 then min(f.time_zone) else 'UTC' end from detainerd.facility f;
end;
comment on function detainerd.explain_time_zone() is 'The zone in which to show times that belong to no facility: the one that all facilities share, else UTC.';
