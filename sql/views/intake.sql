-- SPDX-License-Identifier: MIT
-- Facts for a program that speaks SQL and knows no ids of ours: a view a kind, keyed as its files would be, written by plain inserts and
-- updates.  Each statement is an import: its rows are collected, then read, judged and stored as one set, or all refused.

create or replace view detainerd.intake_booking with (security_invoker) as
	select f.code as facility, b.booking_number, b.booked_at, b.fingerprints_sent_at, b.release_eligible_at, b.custody_ended_at, b.custody_outcome,
	       b.outcome_detail, c.booking_number as continues_booking_number, cf.code as continues_booking_facility,
	       m.booking_number as merged_into_number, mf.code as merged_into_facility
	  from detainerd.booking b
	  join detainerd.facility f on f.facility_id = b.facility_id
	  left join detainerd.booking c on c.booking_id = b.continues_booking_id
	  left join detainerd.facility cf on cf.facility_id = c.facility_id
	  left join detainerd.booking m on m.booking_id = b.merged_into_id
	  left join detainerd.facility mf on mf.facility_id = m.facility_id;
comment on view detainerd.intake_booking is
	'Bookings to be written by facility code and booking number. An insert of one that is there corrects it, and its nulls erase nothing; an update to null takes a value back. '
	'A link to a booking that has not come waits for it. Instants carry their offset; without one the session''s time zone counts.';

create or replace view detainerd.intake_basis with (security_invoker) as
	select f.code as facility, b.booking_number, coalesce(t.reference, '#' || t.basis_id) as reference, t.kind, t.agency, t.began_at, t.ended_at, t.evidence
	  from detainerd.custody_basis t join detainerd.booking b using (booking_id) join detainerd.facility f using (facility_id);
comment on view detainerd.intake_basis is
	'What else keeps a person, written as intake_booking is; reference: the sender''s own id. What comes before its booking waits for it.';

create or replace view detainerd.intake_detainer with (security_invoker) as
	select f.code as facility, b.booking_number, coalesce(t.reference, '#' || t.detainer_id) as reference, t.form, t.issued_on, t.received_at, t.served_at,
	       t.rescinded_at, t.admin_warrant, t.comply, t.comply_by, t.comply_at, t.comply_reason
	  from detainerd.detainer t join detainerd.booking b using (booking_id) join detainerd.facility f using (facility_id);
comment on view detainerd.intake_detainer is 'Detainers, written as intake_basis is.';

create or replace view detainerd.intake_finding with (security_invoker) as
	select f.code as facility, b.booking_number, coalesce(t.reference, '#' || t.finding_id) as reference, t.ground, t.felony_class, t.list_id, t.convicted_on,
	       t.issuer, t.case_number, t.evidence, t.found_at, t.withdrawn_at
	  from detainerd.finding t join detainerd.booking b using (booking_id) join detainerd.facility f using (facility_id);
comment on view detainerd.intake_finding is 'Findings, written as intake_basis is; who found one is who writes it.';

create or replace view detainerd.intake_interview with (security_invoker) as
	select f.code as facility, b.booking_number, coalesce(t.reference, '#' || t.interview_id) as reference, t.requested_at, t.consent, t.started_at, t.ended_at,
	       t.officer
	  from detainerd.interview t join detainerd.booking b using (booking_id) join detainerd.facility f using (facility_id);
comment on view detainerd.intake_interview is 'Interviews asked for, written as intake_basis is.';

create or replace view detainerd.intake_duty with (security_invoker) as
	select f.code as facility, b.booking_number, coalesce(t.reference, '#' || t.duty_done_id) as reference, t.duty, coalesce(d.reference, '#' || d.detainer_id) as detainer,
	       t.done_at, t.done_by, t.told, t.evidence
	  from detainerd.duty_done t join detainerd.booking b using (booking_id) join detainerd.facility f using (facility_id)
	  left join detainerd.detainer d on d.detainer_id = t.detainer_id;
comment on view detainerd.intake_duty is
	'What was done that the law asks for beside release, written as intake_basis is; detainer: the reference of the one that it was about. What names one that has not come waits for it.';

create or replace function detainerd.intake_begin() returns trigger
language plpgsql set client_min_messages = warning as $$
begin
	-- not emptied: one statement may write two views, and both collect before either is stored
	create temporary table if not exists intake_given (place int generated always as identity, kind text not null, fields jsonb not null) on commit drop;
	return null;
end;
$$;
comment on function detainerd.intake_begin() is 'Before a statement that writes an intake view: where its rows are collected.';

create or replace function detainerd.intake_collect() returns trigger
language plpgsql as $$
declare
	given jsonb := to_jsonb(new);
	was jsonb := case tg_op when 'UPDATE' then to_jsonb(old) end;
	key jsonb := given - array(select c.name from detainerd.import_columns() c where c.kind = tg_argv[0] and c.reads <> 'key');
begin
	if tg_op = 'UPDATE' and not was @> key then
		raise exception 'cannot rename a % of booking %', tg_argv[0], quote_literal(old.booking_number)
			using errcode = 'invalid_parameter_value', hint = 'Facility, booking number and reference say which one is meant. Nothing was written.';
	elsif key ->> 'reference' ~ '^#\d{1,18}$' then
		perform detainerd.name_fact(tg_argv[0], substr(key ->> 'reference', 2)::bigint);
	end if;
	insert into pg_temp.intake_given (kind, fields)
	select tg_argv[0], case when was is null then jsonb_strip_nulls(given)
	                        else key || coalesce(jsonb_object_agg(g.name, g.value) filter (
	                             -- a link is its number and its facility: neither means anything without the other
	                             where g.value <> was -> g.name or g.name ~ '^(continues_booking|merged_into)_' and g.value <> 'null'), '{}') end
	  from jsonb_each(given) g (name, value);
	return new;
end;
$$;
comment on function detainerd.intake_collect() is
	'Instead of a row of an intake view of kind ${1}: what it says, as a record of a file would. An insert says what is not null, an update what it changes.';

create or replace function detainerd.intake_store() returns trigger
language plpgsql set client_min_messages = warning as $$
begin
	drop table if exists pg_temp.import_record, pg_temp.import_fault, pg_temp.import_fact, pg_temp.import_row;
	perform detainerd.import_tables();
	with given as (
		delete from pg_temp.intake_given g where g.kind = tg_argv[0] returning g.place, g.fields
	)
	insert into pg_temp.import_record (record, line, raw, fields)
	select row_number() over (order by g.place), 1, '', detainerd.record_fields(tg_argv[0], g.fields, clock_timestamp()) from given g;
	if found then
		perform detainerd.import_finish(tg_argv[0], tg_table_name);
		perform detainerd.record_faults(tg_argv[0]);
	end if;
	return null;
end;
$$;
comment on function detainerd.intake_store() is 'After a statement that wrote an intake view of kind ${1}: imports its rows as one set, or refuses them all for the first that is wrong.';

do $$
declare
	kind text;
begin
	foreach kind in array array['booking', 'basis', 'detainer', 'finding', 'interview', 'duty'] loop
		execute format('create or replace trigger intake_1_begin before insert or update on detainerd.%I execute function detainerd.intake_begin()', 'intake_' || kind);
		execute format('create or replace trigger intake_2_collect instead of insert or update on detainerd.%I for each row execute function detainerd.intake_collect(%L)', 'intake_' || kind, kind);
		execute format('create or replace trigger intake_3_store after insert or update on detainerd.%I execute function detainerd.intake_store(%L)', 'intake_' || kind, kind);
	end loop;
end
$$;
