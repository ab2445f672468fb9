-- SPDX-License-Identifier: MIT

create or replace function detainerd.import_link(facts jsonb, facility_id bigint, link text) returns bigint
language plpgsql stable as $$
declare
	other_facility bigint := coalesce((select f.facility_id from detainerd.facility f where f.code = facts ->> (link || '_facility')), facility_id);
	other_number text := facts ->> (link || '_number');
begin
	-- a booking of this file is not in its table yet, but its row has its id already
	return coalesce(
		(select b.booking_id from detainerd.booking b where b.facility_id = other_facility and b.booking_number = other_number),
		(select r.booking_id from pg_temp.import_row r where r.kind = 'booking' and r.facility_id = other_facility and r.booking_number = other_number));
end;
$$;

create or replace function detainerd.import_bookings(file text) returns void
language plpgsql as $$
#variable_conflict use_column
declare
	sequence regclass := pg_get_serial_sequence('detainerd.booking', 'booking_id');
	-- what a booking says of another by number, and cannot be stored before that one is known
	by_number text[] := array['continues_booking_number', 'continues_booking_facility', 'merged_into_number', 'merged_into_facility'];
begin
	update pg_temp.import_row r
	   set booking_id = fresh.booking_id
	  from (select ordered.place, nextval(sequence) as booking_id
	          from (select n.ctid as place from pg_temp.import_row n where n.kind = 'booking' and n.booking_id is null order by n.ctid) ordered) fresh
	 where r.ctid = fresh.place;

	update pg_temp.import_row r
	   set facts = r.facts || jsonb_strip_nulls(jsonb_build_object(
	               'continues_booking_id', case when r.facts ? 'continues_booking_number' then detainerd.import_link(r.facts, r.facility_id, 'continues_booking') end,
	               'merged_into_id', case when r.facts ? 'merged_into_number' then detainerd.import_link(r.facts, r.facility_id, 'merged_into') end))
	 where r.kind = 'booking' and r.facts ?| by_number;

	insert into detainerd.import_parked as p (kind, facility_id, booking_number, reference, facts, file)
	select 'booking', r.facility_id, r.booking_number, '', (select jsonb_object_agg(n, r.facts -> n) from unnest(by_number) n where r.facts ? n), file
	  from pg_temp.import_row r
	 where r.kind = 'booking'
	   and (r.facts ? 'continues_booking_number' and not r.facts ? 'continues_booking_id' or r.facts ? 'merged_into_number' and not r.facts ? 'merged_into_id')
	    on conflict (kind, facility_id, booking_number, reference) do update set facts = excluded.facts, file = coalesce(excluded.file, p.file)
	 where p.facts <> excluded.facts;
	delete from detainerd.import_parked p using pg_temp.import_row r
	 where p.kind = 'booking' and r.kind = 'booking' and p.facility_id = r.facility_id and p.booking_number = r.booking_number
	   and (r.facts ? 'continues_booking_id' or not r.facts ? 'continues_booking_number')
	   and (r.facts ? 'merged_into_id' or not r.facts ? 'merged_into_number');

	update pg_temp.import_row r
	   set is_changed = true
	  from pg_temp.import_row mine
	  left join detainerd.booking b on b.booking_id = mine.booking_id
	 where r.kind = 'booking' and mine.ctid = r.ctid
	   and (b.booking_id is null or jsonb_populate_record(b, mine.facts) is distinct from b);

	execute format(
		'insert into detainerd.booking as t (booking_id, facility_id, booking_number, booked_at, fingerprints_sent_at, release_eligible_at,
		                                     custody_ended_at, custody_outcome, outcome_detail, continues_booking_id, merged_into_id)
		 select r.booking_id, r.facility_id, r.booking_number, n.booked_at, n.fingerprints_sent_at, n.release_eligible_at,
		        n.custody_ended_at, n.custody_outcome, n.outcome_detail, n.continues_booking_id, n.merged_into_id
		   from pg_temp.import_row r
		  cross join lateral jsonb_populate_record(null::detainerd.booking, r.facts) n
		  where r.kind = ''booking'' and r.is_changed
		  order by r.booking_id
		     on conflict (facility_id, booking_number) do update set %s',
		detainerd.import_assignments('booking', array['booked_at', 'fingerprints_sent_at', 'release_eligible_at', 'custody_ended_at', 'custody_outcome',
			'outcome_detail', 'continues_booking_id', 'merged_into_id'], 'excluded'));
end;
$$;
comment on function detainerd.import_link(jsonb, bigint, text) is
	'The booking that ${facts} of a booking at ${facility_id} name by ${link}_number (and ${link}_facility, else the same); null: it has not come yet.';
comment on function detainerd.import_bookings(text) is
	'Stores the bookings in import_row, in one statement, where something differs. A link to a booking that has not come is parked; the rest is stored.';
