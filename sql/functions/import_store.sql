-- SPDX-License-Identifier: MIT

create or replace function detainerd.import_key(kind text) returns text
language sql immutable parallel safe
begin atomic
	select case kind when 'facility' then 't.code = r.reference'
	                 when 'booking' then 't.booking_id = r.booking_id'
	                 else 't.booking_id = r.booking_id and t.reference = r.reference' end;
end;
comment on function detainerd.import_key(text) is 'The condition, as SQL, that a row t of the table of ${kind} is the one that row r of import_row is about.';

create or replace function detainerd.import_assignments(kind text, columns text[], source text) returns text
language plpgsql stable as $$
begin
	return (
		select string_agg(
			-- only a hand takes a value back, so a file pays nothing for it
			case when exists (select from pg_temp.import_row r where r.kind = import_assignments.kind and r.facts -> c.name = 'null')
			     then format('%1$I = case when exists (select from pg_temp.import_row r where r.kind = %3$L and r.facts -> %1$L = ''null'' and %4$s) then null else coalesce(%2$s.%1$I, t.%1$I) end',
			                 c.name, source, kind, detainerd.import_key(kind))
			     else format('%1$I = coalesce(%2$s.%1$I, t.%1$I)', c.name, source) end, ', ')
		  from unnest(columns) c (name));
end;
$$;
comment on function detainerd.import_assignments(text, text[], text) is
	'What an update of the table of ${kind}, called t, sets of ${columns} from ${source}, as SQL: a blank erases nothing, a null in import_row does. Null: nothing.';

create or replace function detainerd.import_store(kind text, target text, writable text[], changeable text[]) returns void
language plpgsql as $$
declare
	key text := case kind when 'facility' then 'code' else 'booking_id, reference' end;
begin
	if exists (select from pg_temp.import_row r where r.kind = import_store.kind and r.is_changed and r.is_new) then
		execute format(
			'insert into detainerd.%1$I as t (%2$s%3$s)
			 select %4$s%5$s
			   from pg_temp.import_row r
			  cross join lateral jsonb_populate_record(null::detainerd.%1$I, r.facts) n
			  where r.kind = $1 and r.is_changed and r.is_new
			  order by r.booking_id, r.last_record
			     on conflict (%2$s) do %6$s',
			target, key,
			(select string_agg(format(', %I', w.name), '') from unnest(writable) w (name)),
			case kind when 'facility' then 'r.reference' else 'r.booking_id, r.reference' end,
			(select string_agg(format(', n.%I', w.name), '') from unnest(writable) w (name)),
			-- somebody else may have been quicker
			coalesce('update set ' || detainerd.import_assignments(kind, array(select unnest(writable) intersect select unnest(changeable)), 'excluded'), 'nothing'))
			using kind;
	end if;
	if exists (select from pg_temp.import_row r where r.kind = import_store.kind and r.is_changed and not r.is_new) then
		execute format(
			'update detainerd.%1$I t set %2$s
			   from pg_temp.import_row r
			  cross join lateral jsonb_populate_record(null::detainerd.%1$I, r.facts) n
			  where r.kind = $1 and r.is_changed and not r.is_new and %3$s',
			target, detainerd.import_assignments(kind, changeable, 'n'), detainerd.import_key(kind)) using kind;
	end if;
end;
$$;
comment on function detainerd.import_store(text, text, text[], text[]) is
	'Stores what differs in import_row of ${kind} in table ${target}: what is new by one statement, of ${writable} columns; what is changed by another, of ${changeable}. '
	'Who may only change, such as a reviewer who withdraws a finding, needs no right to insert.';
