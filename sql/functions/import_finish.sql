-- SPDX-License-Identifier: MIT

create or replace function detainerd.import_finish(kind text, file text) returns table (
	records bigint, imported bigint, unchanged bigint, superseded bigint, parked bigint, rejected bigint, joined bigint, links_waiting bigint)
language plpgsql as $$
#variable_conflict use_column
declare
	step text;
begin
	analyze pg_temp.import_record;
	perform detainerd.import_read(kind);
	analyze pg_temp.import_fact;
	-- bookings first: what waited for them goes on in the same transaction
	foreach step in array array['facility', 'booking', 'basis', 'detainer', 'finding', 'interview', 'duty'] loop
		-- who may not take up what waits, leaves it
		continue when step <> kind and not has_table_privilege('detainerd.import_parked', 'delete');
		perform detainerd.import_group(step);
		if not exists (select from pg_temp.import_row r where r.kind = step) then
			continue;
		elsif step = 'facility' then
			perform detainerd.import_facilities(clock_timestamp());
		elsif step = 'booking' then
			perform detainerd.import_bookings(file);
		else
			perform detainerd.import_papers();
			perform detainerd.import_children(step, file);
		end if;
	end loop;
	return query
	select (select count(*) from pg_temp.import_record),
	       count(*) filter (where r.records > 0 and not r.is_parked and r.is_changed),
	       count(*) filter (where r.records > 0 and not r.is_parked and not r.is_changed and not r.is_refused),
	       coalesce(sum(r.records - 1) filter (where r.records > 0), 0)::bigint,
	       count(*) filter (where r.records > 0 and r.is_parked),
	       (select count(distinct f.record) from pg_temp.import_fault f),
	       count(*) filter (where r.records = 0 and r.is_changed),
	       (select count(*) from detainerd.import_parked p where p.kind = 'booking')
	  from pg_temp.import_row r;
end;
$$;
comment on function detainerd.import_finish(text, text) is
	'Last step of an import of ${kind} from ${file}: judges every record in import_record and stores what is good, set by set. '
	'imported + unchanged + superseded + parked + rejected = records. joined: rows parked by earlier imports that went on now; '
	'links_waiting: bookings whose other end has not come. Why records were rejected stands in import_fault until the transaction ends.';
