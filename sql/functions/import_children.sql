-- SPDX-License-Identifier: MIT

create or replace function detainerd.import_papers() returns void
language plpgsql as $$
begin
	with named as (
		-- a null is a detainer taken back
		select r.ctid as place, found.detainer_id, r.facts -> 'detainer' = 'null' as is_none
		  from pg_temp.import_row r
		  left join lateral (
			select d.detainer_id from detainerd.detainer d
			 where d.booking_id in (select m.booking_id from detainerd.members(array[r.booking_id]) m)
			   and r.facts ->> 'detainer' in (d.reference, '#' || d.detainer_id)
			 order by d.booking_id = r.booking_id desc, d.booking_id desc limit 1) found on true
		 where r.kind = 'duty' and not r.is_parked and r.facts ? 'detainer'
	)
	update pg_temp.import_row r
	   set is_parked = n.detainer_id is null and not n.is_none,
	       facts = case when n.detainer_id is null and not n.is_none then r.facts else r.facts - 'detainer' || jsonb_build_object('detainer_id', n.detainer_id) end
	  from named n where r.ctid = n.place;
end;
$$;
comment on function detainerd.import_papers() is
	'Finds the detainers that rows of import_row of kind duty name, in the same booking or another of its stay. What names one that has not come is parked.';

create or replace function detainerd.import_children(kind text, file text) returns void
language plpgsql as $$
#variable_conflict use_column
declare
	target text := detainerd.fact_table(kind);
	-- the columns that this file has; those that this role may write, and may change
	named text[] := array(
		select distinct k.name from pg_temp.import_row r cross join lateral jsonb_object_keys(r.facts) k (name)
		 where r.kind = import_children.kind and not r.is_parked);
	writable text[] := array(select n.name from unnest(named) n (name) where has_column_privilege('detainerd.' || target, n.name, 'insert'));
	changeable text[] := array(select n.name from unnest(named) n (name) where has_column_privilege('detainerd.' || target, n.name, 'update'));
	defaults jsonb := jsonb_build_object('found_by', session_user, 'found_at', clock_timestamp()) - array(
		select c.name from unnest(array['found_by', 'found_at']) c (name) where c.name <> all (writable));
begin
	if exists (select from pg_temp.import_row r where r.kind = import_children.kind and r.is_parked) then
		insert into detainerd.import_parked as p (kind, facility_id, booking_number, reference, facts, file)
		select r.kind, r.facility_id, r.booking_number, r.reference, r.facts, file
		  from pg_temp.import_row r
		 where r.kind = import_children.kind and r.is_parked
		    on conflict (kind, facility_id, booking_number, reference) do update set facts = p.facts || excluded.facts, file = excluded.file
		 where p.facts || excluded.facts <> p.facts;
	end if;

	-- what is in its table already, and whether anything differs from it
	execute format(
		'update pg_temp.import_row r set is_new = t is null, is_changed = t is null or jsonb_populate_record(t, mine.facts) is distinct from t
		   from pg_temp.import_row mine
		   left join detainerd.%I t on t.booking_id = mine.booking_id and t.reference = mine.reference
		  where r.kind = $1 and not r.is_parked and mine.ctid = r.ctid', target) using kind;
	perform detainerd.import_refuse(kind, target, writable, changeable);
	update pg_temp.import_row r set facts = defaults || r.facts where r.kind = 'finding' and import_children.kind = 'finding' and r.is_new;

	perform detainerd.import_store(kind, target, writable, changeable);

	if has_table_privilege('detainerd.import_parked', 'delete') then
		delete from detainerd.import_parked p using pg_temp.import_row r
		 where p.kind = import_children.kind and r.kind = p.kind and not r.is_parked and not r.is_refused
		   and p.facility_id = r.facility_id and p.booking_number = r.booking_number and p.reference = r.reference;
	end if;
end;
$$;
comment on function detainerd.import_children(text, text) is
	'Stores the bases, detainers, findings, interviews or duties done (${kind}) in import_row where something differs; those without their booking are parked.';
