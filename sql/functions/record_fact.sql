-- SPDX-License-Identifier: MIT
-- Facts by hand, one at a time, by the path of the import: what a value means, what may be changed and by whom is judged there.
-- A hand guesses nothing: what could be meant for two is refused, and what is new is called new.

create or replace function detainerd.fact_table(kind text) returns text
language sql immutable parallel safe
begin atomic
	select case kind when 'basis' then 'custody_basis' when 'duty' then 'duty_done' else kind end;
end;
comment on function detainerd.fact_table(text) is 'The table in which facts of ${kind} stand.';

create or replace function detainerd.fact_key(kind text) returns text
language sql immutable parallel safe
begin atomic
	select case kind when 'duty' then 'duty_done' else kind end || '_id';
end;
comment on function detainerd.fact_key(text) is 'The key of that table.';

create or replace function detainerd.name_fact(kind text, id bigint) returns text
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	given text := '#' || id;
begin
	if kind not in ('basis', 'detainer', 'finding', 'interview', 'duty') then
		raise exception 'cannot name a %: it has a name of its own', kind using errcode = 'invalid_parameter_value', hint = 'Name a basis, detainer, finding, interview or duty.';
	end if;
	execute format('update detainerd.%I set reference = $1 where %I = $2 and reference is null', detainerd.fact_table(kind), detainerd.fact_key(kind)) using given, id;
	return given;
end;
$$;
comment on function detainerd.name_fact(text, bigint) is
	'Gives fact ${id} of ${kind} that came without a sender''s id the one under which it is shown, #${id}, so that it can be corrected. Returns it.';

create or replace function detainerd.find_facility(doing text, code text) returns bigint
language plpgsql stable as $$
declare
	found record;
begin
	select min(f.facility_id) as facility_id, count(*) as facilities into found
	  from detainerd.facility f where f.code = find_facility.code or find_facility.code is null;
	if found.facilities = 0 then
		raise exception 'cannot %: there is no facility%', doing, coalesce(' ' || quote_literal(code), '') using errcode = 'no_data_found', hint = 'See: detainerctl facility';
	elsif found.facilities > 1 then
		raise exception 'cannot %: there are % facilities', doing, found.facilities using errcode = 'no_data_found', hint = 'Name one with --facility.';
	end if;
	return found.facility_id;
end;
$$;
comment on function detainerd.find_facility(text, text) is 'The facility of ${code}; null: the only one. Refuses, in words that start with what was being done (${doing}), where that is none or not clear.';

create or replace function detainerd.find_booking(doing text, code text, booking_number text) returns detainerd.booking
language plpgsql stable as $$
declare
	found detainerd.booking[];
begin
	if code is not null then
		perform detainerd.find_facility(doing, code);
	end if;
	found := array(select b from detainerd.booking b join detainerd.facility f using (facility_id)
	                where b.booking_number = find_booking.booking_number and (f.code = find_booking.code or find_booking.code is null));
	if cardinality(found) > 1 then
		raise exception 'cannot %: % have a booking ''%''', doing,
			(select string_agg(f.code, ' and ' order by f.code) from detainerd.facility f where f.facility_id in (select b.facility_id from unnest(found) b)),
			booking_number using errcode = 'no_data_found', hint = 'Name one with --facility.';
	end if;
	return found[1];
end;
$$;
comment on function detainerd.find_booking(text, text, text) is 'The booking of ${booking_number}, at facility ${code} or wherever that is clear; null: there is none. Refuses where it is not clear.';

create or replace function detainerd.find_reference(kind text, booking detainerd.booking, reference text, as_new boolean) returns text
language plpgsql as $$
declare
	known text[];
	doing text := format('record the %s of booking %s', kind, quote_literal(booking.booking_number));
begin
	execute format('select array(select coalesce(t.reference, ''#'' || t.%I) from detainerd.%I t where t.booking_id = $1 order by t.%1$I)',
	               detainerd.fact_key(kind), detainerd.fact_table(kind)) into known using booking.booking_id;
	if as_new and reference = any (known) then
		raise exception 'cannot %: there is a ''%'' already', doing, reference using errcode = 'unique_violation', hint = 'Correct it without --new, or give another --reference.';
	elsif not as_new and reference is null and cardinality(known) > 0 then
		raise exception 'cannot %: it has % already', doing, array_to_string(known, ', ')
			using errcode = 'no_data_found', hint = format('Correct it with --reference %s, or record another with --new.', quote_literal(known[1]));
	elsif not as_new and reference is not null and reference <> all (known) then
		raise exception 'cannot %: there is no ''%''%', doing, reference, coalesce(', but ' || nullif(array_to_string(known, ', '), ''), '')
			using errcode = 'no_data_found', hint = 'Correct the --reference, or say --new.';
	elsif reference is null then
		return 'hand-' || (select 1 + coalesce(max(substr(k, 6)::int), 0) from unnest(known) k where k ~ '^hand-\d{1,6}$');
	elsif not as_new and reference ~ '^#\d{1,18}$' then
		return detainerd.name_fact(kind, substr(reference, 2)::bigint);
	end if;
	return reference;
end;
$$;
comment on function detainerd.find_reference(text, detainerd.booking, text, boolean) is
	'Under which reference a fact of ${kind} is to be recorded: ${reference} of one that is there, or ${as_new}; null: a new one, where the booking has none of the kind. Refuses a guess.';

create or replace function detainerd.fact_rows(kind text, facility_id bigint, booking_id bigint, called text) returns table (reference text, facts jsonb)
language plpgsql stable as $$
begin
	return query execute format('select %s, to_jsonb(t)%s from detainerd.%I t where %s order by t.%I',
		case when kind in ('facility', 'booking') then 'null::text' else format('coalesce(t.reference, ''#'' || t.%I)', detainerd.fact_key(kind)) end,
		-- a paper is shown as it is named
		case kind when 'duty' then ' || jsonb_build_object(''detainer'', (select coalesce(d.reference, ''#'' || d.detainer_id) from detainerd.detainer d where d.detainer_id = t.detainer_id))' end,
		detainerd.fact_table(kind),
		case kind when 'facility' then 't.facility_id = $1' when 'booking' then 't.booking_id = $2'
		          else format('t.booking_id = $2 and coalesce(coalesce(t.reference, ''#'' || t.%I) = $3, true)', detainerd.fact_key(kind)) end,
		detainerd.fact_key(kind)) using facility_id, booking_id, called;
end;
$$;
comment on function detainerd.fact_rows(text, bigint, bigint, text) is
	'The facts of ${kind} as recorded: of ${facility_id}, of ${booking_id}, or of that those ${called} so (null: all).';

create or replace function detainerd.fact_text(value text, reads text, time_zone text, style text) returns text
language sql stable as $$
	select case when reads in ('first', 'second', 'found', 'withdrawn') and isfinite(value::timestamptz) then detainerd.explain_time(value::timestamptz, time_zone, style)
	            else value end;
$$;
comment on function detainerd.fact_text(text, text, text, text) is 'One recorded ${value} of a column that import_columns() ${reads} so, for people: an instant in ${time_zone} and ${style}.';

create or replace function detainerd.record_fields(kind text, fields jsonb, as_of timestamptz) returns jsonb
language sql stable as $$
	select coalesce(jsonb_object_agg(
	       -- a link is given by number and taken back from where it stands
	       case when e.value = 'null' then regexp_replace(e.name, '^(continues_booking|merged_into)_(number|facility)$', '\1_id') else e.name end,
	       case when lower(e.value #>> '{}') = 'now' and c.reads in ('first', 'second', 'found', 'withdrawn')
	            then to_jsonb(to_char(as_of at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) else e.value end), '{}')
	  from jsonb_each(fields) e (name, value)
	  left join detainerd.import_columns() c on c.kind = record_fields.kind and c.name = e.name;
$$;
comment on function detainerd.record_fields(text, jsonb, timestamptz) is '${fields} of a fact of ${kind} as a file would have them: "now" is ${as_of}.';

create or replace function detainerd.record_faults(kind text) returns void
language plpgsql as $$
declare
	fault record;
begin
	select r.fields, string_agg(f.name || ': ' || f.fault, '; ' order by f.name) as words, bool_or(f.fault like '% may not %') as by_rights into fault
	  from pg_temp.import_fault f join pg_temp.import_record r using (record)
	 group by r.record, r.fields order by r.record limit 1;
	if found then
		raise exception 'cannot record %: %',
			case kind when 'facility' then 'facility ' || quote_nullable(fault.fields ->> 'code')
			          else concat(case when kind <> 'booking' then 'the ' || kind || ' of ' end, 'booking ', quote_nullable(fault.fields ->> 'booking_number')) end,
			fault.words
			using errcode = case when fault.by_rights then 'insufficient_privilege' else 'invalid_parameter_value' end, hint = 'Nothing was written.';
	end if;
end;
$$;
comment on function detainerd.record_faults(text) is 'After import_finish() of ${kind}: refuses all for the first record that is wrong, in one line.';

create or replace function detainerd.record_checked(kind text, booking detainerd.booking, doing text) returns void
language plpgsql as $$
declare
	fault record;
begin
	perform detainerd.import_finish(kind, 'by hand');
	perform detainerd.record_faults(kind);
	select r.facts ->> 'detainer' as named into fault from pg_temp.import_row r where r.kind = 'duty' and r.is_parked and r.records > 0;
	if found then
		raise exception 'cannot %: there is no detainer ''%''', doing, fault.named using errcode = 'no_data_found', hint = 'Record that one first. Nothing was written.';
	end if;
	select p.facts ->> 'continues_booking_number' as continues, p.facts ->> 'merged_into_number' as merged into fault
	  from detainerd.import_parked p join pg_temp.import_row r using (kind, facility_id, booking_number) where p.kind = 'booking' and r.records > 0;
	if found then
		raise exception 'cannot %: there is no booking ''%''', doing, coalesce(fault.continues, fault.merged) using errcode = 'no_data_found', hint = 'Record that one first. Nothing was written.';
	end if;
end;
$$;
comment on function detainerd.record_checked(text, detainerd.booking, text) is 'Stores the one record of ${kind} in import_record, or refuses it: a hand sees at once what a file would leave waiting.';

create or replace function detainerd.record_fact(kind text, code text, number text, called text, fields jsonb, as_new boolean)
returns table (facility text, booking_number text, reference text, outcome text)
language plpgsql as $$
#variable_conflict use_column
declare
	writes boolean := as_new or fields <> '{}';
	doing text := concat_ws(' ', case when writes then 'record' else 'show' end, case when kind not in ('facility', 'booking') then 'the ' || kind || ' of' end,
	                        case when kind = 'facility' then 'facility ' || quote_literal(code) else 'booking ' || quote_literal(number) end);
	booking detainerd.booking;
	is_there boolean;
	was jsonb;
begin
	if kind <> 'facility' then
		booking := detainerd.find_booking(doing, code, number);
		record_fact.code := (select f.code from detainerd.facility f where f.facility_id = coalesce(booking.facility_id, detainerd.find_facility(doing, record_fact.code)));
	end if;
	is_there := case kind when 'facility' then exists (select from detainerd.facility f where f.code = record_fact.code) else booking.booking_id is not null end;
	if not is_there and not (as_new and kind in ('facility', 'booking')) then
		raise exception 'cannot %: there is none of that %', doing, case kind when 'facility' then 'code' else 'number' end
			using errcode = 'no_data_found', hint = case when kind in ('facility', 'booking') then 'Correct it, or say --new.' else 'Record the booking first: detainerctl booking NUMBER --new' end;
	elsif is_there and as_new and kind in ('facility', 'booking') then
		raise exception 'cannot %: it is there already', doing using errcode = 'unique_violation', hint = 'Correct it without --new.';
	end if;

	create temporary table fact_recorded (reference text, place int, name text, reads text, was text, "is" text) on commit drop;
	if writes then
		if kind not in ('facility', 'booking') then
			called := detainerd.find_reference(kind, booking, called, as_new);
		end if;
		was := (select r.facts from detainerd.fact_rows(kind, (select f.facility_id from detainerd.facility f where f.code = record_fact.code), booking.booking_id, called) r);
		perform detainerd.import_tables();
		insert into pg_temp.import_record (record, line, raw, fields)
		values (1, 1, '', detainerd.record_fields(kind, fields, clock_timestamp())
		       || jsonb_strip_nulls(case kind when 'facility' then jsonb_build_object('code', code)
		                                      else jsonb_build_object('facility', code, 'booking_number', number, 'reference', case when kind <> 'booking' then called end) end));
		perform detainerd.record_checked(kind, booking, doing);
	end if;

	if kind <> 'facility' and booking.booking_id is null then
		booking := detainerd.find_booking(doing, code, number);
	end if;
	create temporary table fact_place on commit drop as
		select f.facility_id, booking.booking_id, f.time_zone from detainerd.facility f where f.code = record_fact.code;
	insert into pg_temp.fact_recorded (reference, place, name, reads, was, "is")
	select r.reference, row_number() over (), c.name, c.reads, was ->> c.name, r.facts ->> c.name
	  from pg_temp.fact_place p
	 cross join lateral detainerd.fact_rows(kind, p.facility_id, p.booking_id, called) r
	  join detainerd.import_columns() c on c.kind = record_fact.kind and c.reads <> 'key' and r.facts ? c.name;
	return query select code, number, called, case
		when not writes then 'as recorded' when was is null then 'recorded'
		when exists (select from pg_temp.fact_recorded r where r.was is distinct from r."is") then 'changed' else 'unchanged' end;
end;
$$;
comment on function detainerd.record_fact(text, text, text, text, jsonb, boolean) is
	'Records or corrects one fact of ${kind} (facility, booking, basis, detainer, finding, interview, duty) by ${fields}, column name to text as in an import file, or null to take a value back; '
	'${as_new} says that it is not there yet. Without fields: shows. What was and is stands in the temporary table fact_recorded, whom it is about in fact_place, until the transaction ends.';
