-- SPDX-License-Identifier: MIT

create or replace function detainerd.import_group(kind text) returns void
language plpgsql as $$
#variable_conflict use_column
begin
	-- what waited and can now go on stands before the file's own records: the newer value wins
	insert into pg_temp.import_fact (kind, record, facility_id, booking_number, reference, facts)
	select p.kind, 0, p.facility_id, p.booking_number, p.reference, p.facts
	  from detainerd.import_parked p
	  join detainerd.booking b on b.facility_id = p.facility_id and b.booking_number = p.booking_number
	 where p.kind = import_group.kind;

	insert into pg_temp.import_row (kind, booking_id, facility_id, booking_number, reference, facts, records, last_record, is_new, is_parked)
	select import_group.kind, b.booking_id, f.facility_id, f.booking_number, f.reference, f.facts, f.records, f.last_record, b.booking_id is null,
	       b.booking_id is null and import_group.kind not in ('facility', 'booking')
	  from (select f.facility_id, f.booking_number, f.reference, detainerd.import_merge(f.facts order by f.record) as facts,
	               count(*) filter (where f.record > 0) as records, max(f.record) as last_record, min(f.record) as place
	          from pg_temp.import_fact f
	         where f.kind = import_group.kind
	         group by f.facility_id, f.booking_number, f.reference) f
	  left join detainerd.booking b on b.facility_id = f.facility_id and b.booking_number = f.booking_number
	 order by f.place;
	analyze pg_temp.import_row;
end;
$$;
comment on function detainerd.import_group(text) is
	'Makes one import_row of all records of ${kind} that have one key, with what was parked and has its booking now.';
