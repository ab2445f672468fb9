-- SPDX-License-Identifier: MIT

create or replace function detainerd.zone_fault(jurisdiction text, time_zone text, as_of timestamptz) returns text
language sql stable as $$
	with recursive lies_in (code, parent) as (
		select j.code, j.parent from detainerd.jurisdiction j where j.code = zone_fault.jurisdiction
		union
		select j.code, j.parent from lies_in l join detainerd.jurisdiction j on j.code = l.parent
	), state as (
		select string_agg(z.time_zone, ', ' order by z.time_zone) as zones,
		       -- as clocks go around the coming year
		       bool_or((select bool_and(m.at at time zone z.time_zone = m.at at time zone zone_fault.time_zone)
		                  from generate_series(as_of, as_of + interval '11 months', interval '1 month') m (at))) as agrees
		  from lies_in l join detainerd.jurisdiction_zone z on z.jurisdiction = l.code
	)
	select case when zone_fault.jurisdiction is null then 'no jurisdiction is given'
	            when zone_fault.time_zone is null then format('no time_zone is given, and a state does not say it: in %s there is %s', zone_fault.jurisdiction, coalesce(s.zones, 'none known'))
	            when not s.agrees then format('%s is no zone of %s, which has %s', quote_literal(zone_fault.time_zone), zone_fault.jurisdiction, s.zones) end
	  from state s;
$$;
comment on function detainerd.zone_fault(text, text, timestamptz) is
	'Why a facility cannot lie in ${jurisdiction} and ${time_zone}, by the clocks of the year from ${as_of}; null: it can. Of a jurisdiction whose zones are not known every zone passes.';

create or replace function detainerd.import_facilities(as_of timestamptz) returns void
language plpgsql as $$
#variable_conflict use_column
declare
	named text[] := array(
		select distinct k.name from pg_temp.import_row r cross join lateral jsonb_object_keys(r.facts) k (name) where r.kind = 'facility');
	-- what the table itself gives to a column that is left out, for one that is there and blank
	defaults jsonb := '{"agency_kind": "county_jail", "processing_minutes": 0, "facts_max_age": "01:00:00"}';
begin
	update pg_temp.import_row r
	   set is_new = f is null, is_changed = f is null or jsonb_populate_record(f, mine.facts) is distinct from f
	  from pg_temp.import_row mine
	  left join detainerd.facility f on f.code = mine.reference
	 where r.kind = 'facility' and mine.ctid = r.ctid;

	with misplaced as (
		update pg_temp.import_row r
		   set is_changed = false, is_refused = true
		  from (select mine.ctid as place, detainerd.zone_fault(wanted.jurisdiction, wanted.time_zone, as_of) as fault
		          from pg_temp.import_row mine
		          left join detainerd.facility f on f.code = mine.reference
		         cross join lateral jsonb_populate_record(f, mine.facts) wanted
		         where mine.kind = 'facility' and mine.is_changed) wrong
		 where r.ctid = wrong.place and wrong.fault is not null
		returning r.last_record, wrong.fault
	)
	insert into pg_temp.import_fault (record, name, fault)
	select m.last_record, 'time_zone', m.fault from misplaced m;

	update pg_temp.import_row r set facts = defaults || r.facts where r.kind = 'facility' and r.is_new;
	perform detainerd.import_store('facility', 'facility', named, named);
end;
$$;
comment on function detainerd.import_facilities(timestamptz) is
	'Stores the facilities in import_row where something differs, each only in a zone of its state; the clocks of the year from ${as_of} tell.';
