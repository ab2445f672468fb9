-- SPDX-License-Identifier: MIT

create or replace function detainerd.is_excluded(day date) returns boolean
language sql stable strict parallel safe
begin atomic
	select extract(isodow from day) > 5 or exists (select from detainerd.holiday h where h.day = is_excluded.day and h.counts);
end;
comment on function detainerd.is_excluded(date) is
	'True where ${day} is a Saturday, a Sunday or a counting holiday. 8 CFR 287.7(d): "excluding Saturdays, Sundays, and holidays"; 5 U.S.C. 6103.';
