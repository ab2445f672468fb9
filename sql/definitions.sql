-- SPDX-License-Identifier: MIT
-- What the code was when it was installed, for doctor() to compare: functions, views and triggers, each by a digest of its definition.
-- It is code too, made anew on every run, and so neither state nor a thing to migrate.

do $$
begin
	execute format('create or replace function detainerd.as_installed() returns table (kind text, object text, digest text)
		language sql immutable as %L',
		(select 'values ' || string_agg(format('(%L, %L, %L)', d.kind, d.object, d.digest), ', ' order by d.kind, d.object) from detainerd.definitions() d));
end
$$;
comment on function detainerd.as_installed() is 'What definitions() said when the schema was installed.';
