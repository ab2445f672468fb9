-- SPDX-License-Identifier: MIT

create or replace function detainerd.import_read(kind text) returns void
language plpgsql as $$
#variable_conflict use_column
begin
	insert into pg_temp.import_fault (record, name, fault)
	select r.record, c.name, format('no %s is given', c.name)
	  from pg_temp.import_record r
	  join detainerd.import_columns() c on c.kind = import_read.kind and c.reads = 'key'
	 where r.fields ->> c.name is null
	union all
	select r.record, 'facility', format('there is no facility %s', quote_literal(r.fields ->> 'facility'))
	  from pg_temp.import_record r
	  left join detainerd.facility f on f.code = r.fields ->> 'facility'
	 where f.facility_id is null and r.fields ->> 'facility' is not null;

	with place as materialized (
		-- a facility's own times are read in the zone that it is given
		select r.record, r.fields, f.facility_id, coalesce(z.name, f.time_zone, 'UTC') as time_zone,
		       coalesce(r.fields ->> 'booking_number', '') as booking_number, coalesce(r.fields ->> k.reference, '') as reference
		  from (select case import_read.kind when 'facility' then 'code' else 'facility' end as facility,
		               case import_read.kind when 'facility' then 'code' else 'reference' end as reference) k
		 cross join pg_temp.import_record r
		  left join detainerd.facility f on f.code = r.fields ->> k.facility
		  left join detainerd.time_zone z on import_read.kind = 'facility' and z.name = r.fields ->> 'time_zone'
		 where f.facility_id is not null or import_read.kind = 'facility'
	), value as materialized (
		select r.record, r.facility_id, r.booking_number, r.reference, c.name, c.reads, coalesce(v.canonical, to_jsonb(e.value)) as canonical, v.fault
		  from place r
		 cross join lateral jsonb_each_text(r.fields) e (name, value)
		  join detainerd.import_columns() c on c.kind = import_read.kind and c.name = e.name
		  left join lateral (
			select i.canonical, i.fault
			  from detainerd.import_value(e.value, case when c.reads not in ('found', 'withdrawn') then c.reads
			                                            when (r.fields ->> 'ground' = any (detainerd.everywhere_bars())) = (c.reads = 'found') then 'first'
			                                            else 'second' end, r.time_zone) i
			 where c.reads not in ('key', 'text') and e.value is not null) v on true
	), faulty as (
		insert into pg_temp.import_fault (record, name, fault)
		select v.record, v.name, v.fault from value v where v.fault is not null
	)
	insert into pg_temp.import_fact (kind, record, facility_id, booking_number, reference, facts)
	select import_read.kind, v.record, v.facility_id, v.booking_number, v.reference,
	       coalesce(jsonb_object_agg(v.name, v.canonical) filter (where v.reads <> 'key'), '{}')
	  from value v
	 where v.record not in (select b.record from value b where b.fault is not null)
	   and v.record not in (select k.record from pg_temp.import_fault k)
	 group by v.record, v.facility_id, v.booking_number, v.reference;
end;
$$;
comment on function detainerd.import_read(text) is
	'Reads the records of a file of ${kind}: what is wrong goes to import_fault, a row a value; records without fault to import_fact, their values canonical. A null, which no file has, stays one: a value taken back by hand.';
