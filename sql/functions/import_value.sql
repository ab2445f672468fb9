-- SPDX-License-Identifier: MIT

create or replace function detainerd.import_value(value text, reads text, time_zone text, out canonical jsonb, out fault text)
language plpgsql stable parallel safe as $$
declare
	read record;	-- assigned, not selected: this runs for every value of a file
begin
	if reads in ('first', 'second') then
		read := detainerd.import_instant(value, time_zone, reads);
		canonical := to_jsonb(read.instant);
		fault := read.fault;
	elsif reads = 'date' then
		read := detainerd.import_day(split_part(translate(upper(value), 'T', ' '), ' ', 1));	-- a time of day behind it is not looked at
		canonical := to_jsonb(read.day);
		fault := quote_literal(value) || ' is ' || read.fault;
	elsif reads = 'boolean' then
		canonical := to_jsonb(case when lower(value) in ('true', 't', 'yes', 'y', '1') then true
		                           when lower(value) in ('false', 'f', 'no', 'n', '0') then false end);
		fault := case when canonical is null then format('%s is neither yes nor no', quote_literal(value)) end;
	elsif reads = 'booking' then
		canonical := to_jsonb((select b.booking_id from detainerd.booking b where b.booking_id::text = value));
		fault := case when canonical is null then format('there is no booking with booking_id %s', quote_literal(value)) end;
	elsif reads = 'facility' then
		canonical := to_jsonb((select f.code from detainerd.facility f where f.code = value));
		fault := case when canonical is null then format('there is no facility %s', quote_literal(value)) end;
	elsif reads = 'jurisdiction' then
		canonical := to_jsonb((select j.code from detainerd.jurisdiction j where j.code in (value, 'US-' || value) order by length(j.code) desc limit 1));
		fault := case when canonical is null then format('there is no jurisdiction %s; a county is recorded with its state as parent first', quote_literal(value)) end;
	elsif reads = 'zone' then
		canonical := to_jsonb((select z.name from detainerd.time_zone z where z.name = value));
		fault := case when canonical is null then format('%s is no time zone: write an IANA name such as America/New_York', quote_literal(value)) end;
	elsif reads = 'minutes' then
		canonical := case when value ~ '^\d{1,3}$' and value::int <= 240 then to_jsonb(value::int) end;
		fault := case when canonical is null then format('%s is no number of minutes from 0 to 240', quote_literal(value)) end;
	elsif reads = 'duration' then
		canonical := case when value ~ '^\d{1,6} ?(s|seconds?|m|min|minutes?|h|hours?|d|days?|w|weeks?)$' or value ~ '^\d{1,4}:[0-5]\d(:[0-5]\d)?$' then to_jsonb(value::interval) end;
		fault := case when canonical is null then format('%s is no duration: write 90m, 2h or 01:30', quote_literal(value)) end;
	end if;
end;
$$;
comment on function detainerd.import_value(text, text, text) is
	'Reads one value of a file as import_columns().reads says, local times in ${time_zone}: what is to be stored, instants with their offset; else fault says why not.';
