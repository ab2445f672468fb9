-- SPDX-License-Identifier: MIT

create or replace function detainerd.import_local(local timestamp, time_zone text, occurrence text) returns timestamptz
language plpgsql stable parallel safe as $$
declare
	day_before timestamptz := (local - interval '24 hours') at time zone 'UTC';
	day_after timestamptz := (local + interval '24 hours') at time zone 'UTC';
	offset_before interval := (day_before at time zone import_local.time_zone) - (day_before at time zone 'UTC');
	offset_after interval := (day_after at time zone import_local.time_zone) - (day_after at time zone 'UTC');
	by_before timestamptz := (local - offset_before) at time zone 'UTC';
	by_after timestamptz := (local - offset_after) at time zone 'UTC';
	is_before boolean;
	is_after boolean;
	middle timestamptz;
begin
	if offset_before = offset_after then
		return by_before;
	end if;
	is_before := by_before at time zone import_local.time_zone = local;
	is_after := by_after at time zone import_local.time_zone = local;
	if is_before and is_after then
		return case when occurrence = 'second' then greatest(by_before, by_after) else least(by_before, by_after) end;
	elsif is_before then
		return by_before;
	elsif is_after then
		return by_after;
	end if;
	-- skipped: the transition lies between the two, on a whole second
	by_after := date_trunc('second', by_after);
	by_before := date_trunc('second', by_before) + interval '1 second';
	while by_before - by_after > interval '1 second' loop
		middle := date_trunc('second', by_after + (by_before - by_after) / 2);
		if (middle at time zone import_local.time_zone) - (middle at time zone 'UTC') = offset_before then
			by_after := middle;
		else
			by_before := middle;
		end if;
	end loop;
	return by_before;
end;
$$;
comment on function detainerd.import_local(timestamp, text, text) is
	'The instant of the wall-clock time ${local} in ${time_zone}. ${occurrence}, first or second, chooses where clocks set back repeat it; '
	'a time that clocks set forward skip is the transition. Knows one transition in 48 hours.';
