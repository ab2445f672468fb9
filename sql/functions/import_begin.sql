-- SPDX-License-Identifier: MIT

create or replace function detainerd.import_tables() returns void
language sql as $$
	create temporary table import_record (record int not null, line int not null, raw text not null, fields jsonb not null) on commit drop;
	create temporary table import_fault (record int not null, name text not null, fault text not null) on commit drop;
	create temporary table import_fact (kind text not null, record int not null, facility_id bigint, booking_number text not null,
	                                    reference text not null, facts jsonb not null) on commit drop;
	create temporary table import_row (kind text not null, booking_id bigint, facility_id bigint, booking_number text not null,
	                                   reference text not null, facts jsonb not null, records int not null, last_record int not null,
	                                   is_new boolean not null, is_parked boolean not null default false,
	                                   is_changed boolean not null default false, is_refused boolean not null default false) on commit drop;
$$;
comment on function detainerd.import_tables() is
	'Makes the temporary tables of an import. A facility''s code stands as its reference; facility_id is null where a facility is new.';

create or replace function detainerd.import_begin(kind text, header text[]) returns table (place int, fault text)
language plpgsql as $$
#variable_conflict use_column
begin
	perform pg_advisory_xact_lock(hashtext('detainerd import'));	-- two files at once wait for each other
	perform detainerd.import_tables();
	return query
	select h.place::int, format('there is no column %s for a %s. Its columns are %s', quote_literal(h.name), import_begin.kind,
	                            (select string_agg(c.name, ', ') from detainerd.import_columns() c where c.kind = import_begin.kind))
	  from unnest(header) with ordinality h (name, place)
	 where h.name is not null and not exists (select from detainerd.import_columns() c where c.kind = import_begin.kind and c.name = h.name)
	union all
	select max(h.place)::int, format('column %s stands there twice', quote_literal(h.name))
	  from unnest(header) with ordinality h (name, place)
	 where h.name is not null
	 group by h.name having count(*) > 1
	union all
	select 1, format('column %s is missing', quote_literal(c.name))
	  from detainerd.import_columns() c
	 where c.kind = import_begin.kind and c.reads = 'key' and c.name not in (select h.name from unnest(header) h (name) where h.name is not null)
	 order by 1, 2;
end;
$$;
comment on function detainerd.import_begin(text, text[]) is
	'First step of an import: makes the temporary tables, import_record to be filled by COPY among them, and answers what is wrong with ${header} for '
	'a file of ${kind} (facility, booking, basis, detainer, finding, interview, duty): the place of a column and why it is refused. No row: nothing is wrong. A null in ${header} is a column to be ignored. '
	'import_record.fields holds what is not blank: column name to text.';
