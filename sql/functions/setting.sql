-- SPDX-License-Identifier: MIT

create or replace function detainerd.setting(name text) returns text
language sql stable parallel safe
begin atomic
	select s.value from detainerd.setting s where s.name = setting.name;
end;
comment on function detainerd.setting(text) is 'The value of a setting.';
