-- SPDX-License-Identifier: MIT

create or replace function detainerd.import_refuse(kind text, target text, writable text[], changeable text[]) returns void
language plpgsql as $$
begin
	execute format(
		'with refused as (
			update pg_temp.import_row r set is_changed = false, is_refused = true
			  from pg_temp.import_row mine
			  left join detainerd.%I t on t.booking_id = mine.booking_id and t.reference = mine.reference
			 cross join lateral to_jsonb(t) stored
			 cross join lateral to_jsonb(jsonb_populate_record(t, mine.facts)) wanted
			 where r.kind = $1 and r.is_changed and mine.ctid = r.ctid
			   and case when r.is_new then r.facts - $2 <> ''{}'' else wanted - $3 <> stored - $3 end
			returning r.last_record, r.facts, case when r.is_new then $2 else $3 end as allowed, stored, wanted)
		 insert into pg_temp.import_fault (record, name, fault)
		 select r.last_record, k.name, current_user || '' may not '' || case when r.stored is null then ''write it'' else ''change what is recorded'' end
		   from refused r cross join lateral jsonb_object_keys(r.facts) k (name)
		  where r.last_record > 0 and k.name <> all (r.allowed) and r.wanted -> k.name is distinct from r.stored -> k.name',
		target) using kind, writable, changeable;
end;
$$;
comment on function detainerd.import_refuse(text, text, text[], text[]) is
	'Refuses the rows of ${kind} that would write columns of ${target} other than ${writable}, or change others than ${changeable}: '
	'a role that may record a fact may not always change it, so that intake does not turn one ground into another.';
