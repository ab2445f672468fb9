-- SPDX-License-Identifier: MIT

create or replace function detainerd.clock_ends(starts_at timestamptz, time_zone text, clock text, hours int) returns timestamptz
language plpgsql stable parallel safe as $$
declare
	reached timestamptz := starts_at;
	remaining interval := make_interval(hours => coalesce(hours, 48));
	day date;
	day_ends timestamptz;
begin
	if clock = 'flat' then
		return starts_at + remaining;
	elsif clock = 'until_local_midnight' then
		day := (starts_at at time zone time_zone)::date + 1;
		if detainerd.day_starts(day, time_zone) <= starts_at then
			day := day + 1;		-- clocks went back over midnight: that day had begun already
		end if;
		return detainerd.day_starts(day, time_zone);
	elsif clock is distinct from 'excluding_weekends_and_holidays' then
		return starts_at;	-- none; and a clock nobody knows gives no time
	end if;

	if starts_at is null or not isfinite(starts_at) then
		return starts_at;
	end if;
	day := (starts_at at time zone time_zone)::date;
	loop
		while detainerd.is_excluded(day) loop
			day := day + 1;
			reached := greatest(reached, detainerd.day_starts(day, time_zone));
		end loop;
		day_ends := detainerd.day_starts(day + 1, time_zone);
		if reached + remaining <= day_ends then
			return reached + remaining;
		end if;
		-- a difference of a day or more is an interval in days, and a day is no number of hours
		remaining := remaining - make_interval(secs => extract(epoch from day_ends - reached)::double precision);
		reached := day_ends;
		day := day + 1;
	end loop;
end;
$$;
comment on function detainerd.clock_ends(timestamptz, text, text, int) is
	'Where a clock that starts at ${starts_at} in ${time_zone} runs out. ${clock}: flat (${hours} elapsed hours; blank: 48), '
	'excluding_weekends_and_holidays (${hours} elapsed hours outside excluded local days, 8 CFR 287.7(d)), until_local_midnight, none (at once). '
	'A start inside an excluded day begins at that day''s end; a limit reached exactly at a day''s end is that midnight. Null start: null.';
