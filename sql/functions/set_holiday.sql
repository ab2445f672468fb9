-- SPDX-License-Identifier: MIT

create or replace function detainerd.set_holiday(written text, name text, calendar text, counts boolean) returns table (day date, outcome text)
language plpgsql as $$
#variable_conflict use_column
declare
	read record := detainerd.import_day(written);
	there text[] := array(select h.name from detainerd.holiday h where h.day = read.day and h.calendar = set_holiday.calendar);
	called text := coalesce(set_holiday.name, case when cardinality(there) = 1 then there[1] end);
	was boolean := (select h.counts from detainerd.holiday h where h.day = read.day and h.name = called and h.calendar = set_holiday.calendar);
begin
	if read.fault is not null then
		raise exception 'cannot set a holiday: ''%'' is %', written, read.fault using errcode = 'invalid_parameter_value';
	elsif called is null then
		raise exception 'cannot set the holiday of %: % of calendar ''%''', read.day,
			case when there = '{}' then 'there is none' else array_to_string(there, ' and ') || ' are' end, set_holiday.calendar
			using errcode = 'no_data_found', hint = 'Name it with --name.';
	end if;
	if was is null then
		insert into detainerd.holiday (day, name, calendar, counts) values (read.day, called, set_holiday.calendar, coalesce(set_holiday.counts, true));
	elsif set_holiday.counts <> was then
		update detainerd.holiday h set counts = set_holiday.counts where h.day = read.day and h.name = called and h.calendar = set_holiday.calendar;
	end if;
	return query select read.day, case when was is null then 'recorded' when set_holiday.counts <> was then 'changed' else 'unchanged' end;
end;
$$;
comment on function detainerd.set_holiday(text, text, text, boolean) is
	'Records that the day ${written} is the holiday ${name} (null: the one that stands there) of ${calendar}, and whether an excluding clock leaves it out (${counts}; null: as it is, and a new one does). '
	'Every stay is judged again. Returns the day, and recorded, changed or unchanged.';
