-- SPDX-License-Identifier: MIT

create or replace function detainerd.setting(name text) returns text
language sql stable parallel safe
begin atomic
	select s.value from detainerd.setting s where s.name = setting.name;
end;
comment on function detainerd.setting(text) is 'The value of a setting.';

create or replace function detainerd.setting_defaults() returns table (name text, value text)
language sql immutable parallel safe
begin atomic
	select * from (values ('ack_expires', '2 hours'), ('bulk_above', '10'), ('daily_at', '07:00'), ('digest_after', '10 seconds'), ('digest_lines', '400'),
	                      ('give_up_after', '24 hours'), ('promptly', '24 hours'), ('undelivered_after', '60 seconds')) d;
end;
comment on function detainerd.setting_defaults() is 'The value with which each setting is installed.';

create or replace function detainerd.settings() returns table (name text, value text, unit text, is_default boolean, takes_effect text)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	-- a number and a word is shown as both; other texts, such as 1:30 or 90 minutes 30 seconds, as they stand
	select s.name, coalesce(part.words[1], s.value),
	       coalesce(part.words[2], case s.name when 'bulk_above' then 'late facts a minute' when 'digest_lines' then 'lines' when 'daily_at' then 'o''clock' end),
	       coalesce(s.value = d.value, s.name = 'install'),
	       case when s.name = 'install' then 'never' else 'at once' end
	  from detainerd.setting s
	  left join detainerd.setting_defaults() d using (name)
	 cross join lateral (select regexp_match(s.value, '^\s*(\d+)\s+([a-z]+)\s*$')) part (words)
	 order by s.name
$$;
comment on function detainerd.settings() is
	'The settings that all daemons of this database share, as in force. unit: of value, where it has one. takes_effect: of a change; the name of the installation is in every alert''s id and is not to be changed.';
