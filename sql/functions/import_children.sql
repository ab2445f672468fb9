-- SPDX-License-Identifier: MIT

create or replace function detainerd.import_children(kind text, file text) returns void
language plpgsql as $$
#variable_conflict use_column
declare
	target text := case kind when 'basis' then 'custody_basis' else kind end;
	-- the columns that this file has and this role may write, and may change
	writable text[] := array(
		select distinct k.name from pg_temp.import_row r cross join lateral jsonb_object_keys(r.facts) k (name)
		 where r.kind = import_children.kind and has_column_privilege('detainerd.' || target, k.name, 'insert'));
	changeable text[] := array(select w.name from unnest(writable) w (name) where has_column_privilege('detainerd.' || target, w.name, 'update'));
	defaults jsonb := jsonb_build_object('found_by', session_user, 'found_at', clock_timestamp()) - array(
		select c.name from unnest(array['found_by', 'found_at']) c (name) where c.name <> all (writable));
begin
	insert into detainerd.import_parked as p (kind, facility_id, booking_number, reference, facts, file)
	select r.kind, r.facility_id, r.booking_number, r.reference, r.facts, file
	  from pg_temp.import_row r
	 where r.kind = import_children.kind and r.booking_id is null
	    on conflict (kind, facility_id, booking_number, reference) do update set facts = p.facts || excluded.facts, file = excluded.file
	 where p.facts || excluded.facts <> p.facts;

	-- what is in its table already, and whether anything differs from it
	execute format(
		'update pg_temp.import_row r set is_new = t is null, is_changed = t is null or jsonb_populate_record(t, mine.facts) is distinct from t
		   from pg_temp.import_row mine
		   left join detainerd.%I t on t.booking_id = mine.booking_id and t.reference = mine.reference
		  where r.kind = $1 and r.booking_id is not null and mine.ctid = r.ctid', target) using kind;
	perform detainerd.import_refuse(kind, target, writable, changeable);
	update pg_temp.import_row r set facts = defaults || r.facts where r.kind = 'finding' and import_children.kind = 'finding' and r.is_new;

	execute format(
		'insert into detainerd.%1$I as t (booking_id, reference%2$s)
		 select r.booking_id, r.reference%3$s
		   from pg_temp.import_row r
		  cross join lateral jsonb_populate_record(null::detainerd.%1$I, r.facts) n
		  where r.kind = $1 and r.is_changed
		  order by r.booking_id, r.last_record
		     on conflict (booking_id, reference) do %4$s',
		target,
		(select string_agg(format(', %I', w.name), '') from unnest(writable) w (name)),
		(select string_agg(format(', n.%I', w.name), '') from unnest(writable) w (name)),
		coalesce('update set ' || (select string_agg(format('%1$I = coalesce(excluded.%1$I, t.%1$I)', c.name), ', ') from unnest(changeable) c (name)),
		         'nothing')) using kind;

	delete from detainerd.import_parked p using pg_temp.import_row r
	 where p.kind = import_children.kind and r.kind = p.kind and r.booking_id is not null and not r.is_refused
	   and p.facility_id = r.facility_id and p.booking_number = r.booking_number and p.reference = r.reference;
end;
$$;
comment on function detainerd.import_children(text, text) is
	'Stores the bases, detainers or findings (${kind}) in import_row, in one statement, where something differs; those without their booking are parked.';
