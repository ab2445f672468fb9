-- SPDX-License-Identifier: MIT

create or replace function detainerd.day_starts(day date, time_zone text) returns timestamptz
language sql immutable strict parallel safe
begin atomic
	-- PostgreSQL reads a skipped midnight as the transition and a repeated one as its second; we want the first.
	-- clocks_back is by how much local clocks were set back in the three hours before.
	select case when (midnight - clocks_back) at time zone time_zone = day::timestamp then midnight - clocks_back else midnight end
	  from (select midnight, interval '3 hours' - ((midnight at time zone time_zone)
	                - ((midnight - interval '3 hours') at time zone time_zone)) as clocks_back
	          from (select day::timestamp at time zone time_zone as midnight) m) s;
end;
comment on function detainerd.day_starts(date, text) is
	'First instant of ${day} in ${time_zone} (IANA name): local midnight; the transition where clocks skip it; the first where they repeat it.';
