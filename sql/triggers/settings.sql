-- SPDX-License-Identifier: MIT
-- A setting that cannot be read would stop whatever reads it, release alerts too: it is refused when it is written.

create or replace function detainerd.setting_guarded() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
declare
	usual text := (select d.value from detainerd.setting_defaults() d where d.name = new.name);
	kind text := case when usual ~ '^\d+$' then 'number' when usual ~ ':' then 'time of day' when usual is not null then 'span of time' end;
	is_one boolean;
begin
	if tg_op = 'UPDATE' and old.name = 'install' and new is distinct from old then
		raise exception 'cannot change the setting install: it is in the id of every alert' using errcode = 'restrict_violation';
	end if;
	begin
		is_one := case kind when 'number' then new.value::int between 0 and 1000000
		                    when 'time of day' then new.value::time is not null
		                    when 'span of time' then new.value::interval between interval '0' and interval '1 year'
		                    else true end;
	exception when data_exception then
		is_one := false;
	end;
	if is_one is not true then
		raise exception 'cannot set %: ''%'' is no % that it can have', new.name, new.value, kind
			using errcode = 'invalid_parameter_value', hint = format('Write it as in: %s', usual);
	end if;
	return new;
end;
$$;
comment on function detainerd.setting_guarded() is 'Refuses a setting whose value cannot be read, and another name of the installation.';

create or replace trigger setting_guarded before insert or update on detainerd.setting for each row execute function detainerd.setting_guarded();
