-- SPDX-License-Identifier: MIT

create or replace function detainerd.import_instant(value text, time_zone text, occurrence text, out instant timestamptz, out fault text)
language plpgsql stable parallel safe as $$
declare
	-- year, month, day, hour, minute, second, fraction, offset, AM or PM
	part text[] := regexp_match(value, '^(\d{4})-(\d\d?)-(\d\d?)(?:(?:T| +)(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? *(Z|[+-]\d\d(?::?\d\d)?)?)?$', 'i');
	hour int;
	local timestamp;
begin
	if part is null then	-- the American way, always month first
		part := regexp_match(value, '^(\d\d?)/(\d\d?)/(\d{4})(?: +(\d\d?):(\d\d)(?::(\d\d)(?:[.](\d{1,9}))?)? *([AP]M)?)?$', 'i');
		part := array[part[3], part[1], part[2], part[4], part[5], part[6], part[7], null, part[8]];
	end if;
	hour := coalesce(part[4]::int, 0);
	if part[9] is not null then
		hour := case when hour between 1 and 12 then hour % 12 + case when part[9] ~* 'P' then 12 else 0 end else 99 end;
	end if;
	if part[1] is null then
		fault := format('%s is no time. Write YYYY-MM-DD HH:MM, with or without seconds and an offset, or MM/DD/YYYY HH:MM', quote_literal(value));
	elsif not detainerd.import_is_day(part[1]::int, part[2]::int, part[3]::int) then
		fault := format('%s is no day of the calendar. The American way is month first', quote_literal(value));
	elsif hour > 23 or part[5]::int > 59 or part[6]::int > 59 then
		fault := format('%s is no time of day', quote_literal(value));
	else
		local := make_timestamp(part[1]::int, part[2]::int, part[3]::int, hour, coalesce(part[5]::int, 0), coalesce(part[6]::int, 0))
		         + make_interval(secs => coalesce(left(rpad(part[7], 6, '0'), 6)::int, 0) / 1e6);
		if part[8] is null then
			instant := detainerd.import_local(local, time_zone, occurrence);
		else
			instant := (local - detainerd.import_offset(part[8])) at time zone 'UTC';
		end if;
	end if;
end;
$$;
comment on function detainerd.import_instant(text, text, text) is
	'Reads ${value}: YYYY-MM-DD HH:MM[:SS[.ffffff]] with a blank or T, an offset or Z as given, else in ${time_zone}; a bare date is local midnight; '
	'MM/DD/YYYY [HH:MM[:SS] [AM|PM]] always month first. ${occurrence}: see import_local(). Else fault says why not.';

create or replace function detainerd.import_is_day(year int, month int, day int) returns boolean
language sql immutable parallel safe
begin atomic
	select case when year = 0 or month not between 1 and 12 or day not between 1 and 31 then false
	            when day <= 28 then true
	            else day <= extract(day from make_date(year, month, 1) + interval '1 month' - interval '1 day') end;
end;
comment on function detainerd.import_is_day(int, int, int) is 'True where the calendar has such a day.';

create or replace function detainerd.import_offset(written text) returns interval
language sql immutable parallel safe
begin atomic
	select case when upper(written) = 'Z' then interval '0'
	            else make_interval(hours => left(written, 3)::int,
	                               mins => (left(written, 1) || coalesce(substr(replace(written, ':', ''), 4), ''))::int) end;
end;
comment on function detainerd.import_offset(text) is 'The offset from UTC that ${written} (Z, +HH, +HHMM, +HH:MM) means.';

create or replace function detainerd.import_date(value text, out day date, out fault text)
language plpgsql stable parallel safe as $$
declare
	part text[] := regexp_match(value, '^(\d{4})-(\d\d?)-(\d\d?)(?:[T ].*)?$', 'i');
begin
	if part is null then
		part := regexp_match(value, '^(\d\d?)/(\d\d?)/(\d{4})(?: .*)?$');
		part := array[part[3], part[1], part[2]];
	end if;
	if part[1] is null then
		fault := format('%s is no date. Write YYYY-MM-DD or MM/DD/YYYY', quote_literal(value));
	elsif not detainerd.import_is_day(part[1]::int, part[2]::int, part[3]::int) then
		fault := format('%s is no day of the calendar. The American way is month first', quote_literal(value));
	else
		day := make_date(part[1]::int, part[2]::int, part[3]::int);
	end if;
end;
$$;
comment on function detainerd.import_date(text) is
	'Reads ${value}: YYYY-MM-DD, or MM/DD/YYYY always month first; a time of day behind it is not looked at. Else fault says why not.';
