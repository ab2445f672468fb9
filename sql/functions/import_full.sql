-- SPDX-License-Identifier: MIT

create or replace function detainerd.import_full(file text) returns table (facility text, booking_number text, code text)
language plpgsql as $$
#variable_conflict use_column
begin
	create temporary table import_doubted on commit drop as
	with listed as (
		-- a record that was rejected is listed all the same
		select f.facility_id, b.booking_id, bool_and(r.fields ->> 'custody_ended_at' is null) as has_no_end
		  from pg_temp.import_record r
		  join detainerd.facility f on f.code = r.fields ->> 'facility'
		  left join detainerd.booking b on b.facility_id = f.facility_id and b.booking_number = r.fields ->> 'booking_number'
		 group by f.facility_id, b.booking_id
	)
	select b.facility_id, b.booking_id, case when b.custody_ended_at is null then 'missing_from_export' else 'listed_after_end' end as code,
	       case when b.custody_ended_at is not null then l.has_no_end
	            -- of a stay its latest booking is listed
	            else l.booking_id is null and b.merged_into_id is null
	                 and not exists (select from detainerd.booking later where later.continues_booking_id = b.booking_id) end as is_doubt
	  from detainerd.booking b
	  left join listed l on l.booking_id = b.booking_id
	 -- of a facility without a record the file says nothing
	 where b.facility_id in (select li.facility_id from listed li) and (b.custody_ended_at is null or l.booking_id is not null);

	delete from detainerd.import_doubt o using pg_temp.import_doubted d
	 where o.booking_id = d.booking_id and not (d.is_doubt and d.code = o.code);
	delete from detainerd.import_doubt o using detainerd.booking b
	 where b.booking_id = o.booking_id and o.code = 'missing_from_export' and b.custody_ended_at is not null;
	insert into detainerd.import_doubt as o (booking_id, code, file)
	select d.booking_id, d.code, import_full.file from pg_temp.import_doubted d where d.is_doubt order by d.booking_id
	    on conflict (booking_id) do update set file = excluded.file;

	-- an export that has nothing new lives all the same
	perform detainerd.intake_heartbeat(f.code) from detainerd.facility f where f.facility_id in (select d.facility_id from pg_temp.import_doubted d);
	return query
	select f.code, b.booking_number, d.code
	  from pg_temp.import_doubted d
	  join detainerd.booking b on b.booking_id = d.booking_id
	  join detainerd.facility f on f.facility_id = b.facility_id
	 where d.is_doubt
	 order by f.code, b.booking_number;
end;
$$;
comment on function detainerd.import_full(text) is
	'After import_finish() of a ${file} that holds every booking now in custody of each facility in it: returns, and keeps in import_doubt, the bookings that it contradicts. '
	'It changes no fact: a missing booking is no release, and a timer goes on until an end is recorded. Counts as a heartbeat of the facilities in it.';
