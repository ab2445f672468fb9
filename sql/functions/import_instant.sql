-- SPDX-License-Identifier: MIT
-- Times and dates as files write them.  Patterns without groups, then split_part: groups cost a hundred times as much.

create or replace function detainerd.import_day(value text, out day date, out fault text)
language plpgsql immutable parallel safe as $$
declare
	part text[];	-- year, month, day
begin
	if value ~ '^\d{4}-\d\d?-\d\d?$' then
		part := string_to_array(value, '-');
	elsif value ~ '^\d\d?/\d\d?/\d{4}$' then	-- the American way, always month first
		part := string_to_array(value, '/');
		part := array[part[3], part[1], part[2]];
	else
		fault := 'no date: write YYYY-MM-DD or MM/DD/YYYY';
		return;
	end if;
	if part[1]::int = 0 or part[2]::int not between 1 and 12 or part[3]::int not between 1 and 31
	   or part[3]::int > 28 and part[3]::int > extract(day from make_date(part[1]::int, part[2]::int, 1) + interval '1 month' - interval '1 day') then
		fault := 'no day of the calendar (MM/DD/YYYY is month first)';
	else
		day := make_date(part[1]::int, part[2]::int, part[3]::int);
	end if;
end;
$$;
comment on function detainerd.import_day(text) is 'Reads ${value}: YYYY-MM-DD, or MM/DD/YYYY always month first. Else fault says why not.';

create or replace function detainerd.import_clock(value text, half text, out since_midnight interval, out fault text)
language plpgsql immutable parallel safe as $$
declare
	hour int := split_part(value, ':', 1);
	minute int := split_part(value, ':', 2);
	second text := split_part(value, ':', 3);
begin
	if half <> '' and hour not between 1 and 12 or half = '' and hour > 23 or minute > 59 or left(second, 2) > '59' then
		fault := 'no time of day';
	else
		hour := case when half = '' then hour else hour % 12 + case half when 'PM' then 12 else 0 end end;
		-- what lies beyond microseconds is cut off
		since_midnight := make_interval(hours => hour, mins => minute, secs => coalesce(nullif(left(second, 9), ''), '0')::double precision);
	end if;
end;
$$;
comment on function detainerd.import_clock(text, text) is
	'Reads the time of day ${value}, H:MM[:SS[.ffffff]], in ${half} (AM, PM, or empty: of 24 hours). The shape must be right already. Else fault says why not.';

create or replace function detainerd.import_offset(written text) returns interval
language sql immutable parallel safe
begin atomic
	select case when written = 'Z' then interval '0'
	            else make_interval(hours => left(written, 3)::int,
	                               mins => (left(written, 1) || coalesce(nullif(substr(replace(written, ':', ''), 4), ''), '0'))::int) end;
end;
comment on function detainerd.import_offset(text) is 'The offset from UTC that ${written} (Z, +HH, +HHMM, +HH:MM) means.';

create or replace function detainerd.import_instant(value text, time_zone text, occurrence text, out instant timestamptz, out fault text)
language plpgsql stable parallel safe as $$
declare
	written text := translate(upper(value), 'T,', ' .');
	days text := split_part(written, ' ', 1);
	clock text := ltrim(substr(written, length(days) + 1));
	half text := '';	-- AM or PM
	zone text := '';	-- an offset
	day record := detainerd.import_day(days);
	since_midnight interval := '0';
	wrong text;		-- with the time of day
	local timestamp;
begin
	if days like '%/%' and right(clock, 2) in ('AM', 'PM') then
		half := right(clock, 2);
		clock := rtrim(left(clock, -2));
	elsif days like '%-%' and clock ~ '(Z|[+-]\d\d(:?\d\d)?)$' then
		zone := ltrim(translate(clock, '0123456789:. ', ''));	-- its first character
		zone := substr(clock, position(zone in clock));
		clock := rtrim(left(clock, -length(zone)));
	end if;
	if clock ~ '^\d\d?:\d\d(:\d\d(\.\d+)?)?$' then
		select c.since_midnight, c.fault into since_midnight, wrong from detainerd.import_clock(clock, half) c;
	elsif clock || half || zone <> '' then
		wrong := 'no time: write YYYY-MM-DD HH:MM, with or without seconds and an offset, or MM/DD/YYYY HH:MM';
	end if;
	-- A slip such as -50 for -05 would put off an instant by two days.
	if zone ~ '[6-9]\d$' or zone <> '' and detainerd.import_offset(zone) not between '-12:00' and '14:00' then
		wrong := coalesce(wrong, 'no time: an offset from UTC is Z or lies between -12:00 and +14:00');
	end if;
	if coalesce(day.fault, wrong) is not null then
		fault := quote_literal(value) || ' is ' || coalesce(day.fault, wrong);
		return;
	end if;
	local := day.day + since_midnight;
	instant := case when zone = '' then detainerd.import_local(local, time_zone, occurrence)
	                else (local - detainerd.import_offset(zone)) at time zone 'UTC' end;
end;
$$;
comment on function detainerd.import_instant(text, text, text) is
	'Reads ${value}: YYYY-MM-DD HH:MM[:SS[.ffffff]] with a blank or T, an offset or Z as given, else in ${time_zone}; a bare date is local midnight; '
	'MM/DD/YYYY [HH:MM[:SS] [AM|PM]] always month first. ${occurrence}: see import_local(). Else fault says why not.';
