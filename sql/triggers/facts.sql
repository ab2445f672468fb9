-- SPDX-License-Identifier: MIT
-- Whatever is written as a fact is judged when the statement ends, once for the whole statement: the verdict stands when the INSERT returns.

create or replace function detainerd.facts_written() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	written bigint[];
	facilities bigint[];
begin
	if tg_op = 'INSERT' and tg_table_name = 'booking' then
		-- nobody can have a fact against a booking before it is there: only its links touch anybody
		written := array(select n.booking_id from new_rows n where n.continues_booking_id is not null or n.merged_into_id is not null);
		facilities := array(select distinct n.facility_id from new_rows n);
	elsif tg_op = 'INSERT' then
		written := array(select n.booking_id from new_rows n);
	elsif tg_table_name = 'booking' then
		written := array(select unnest(array[o.booking_id, o.continues_booking_id, o.merged_into_id]) from old_rows o);
	else
		written := array(select n.booking_id from new_rows n union select o.booking_id from old_rows o);
	end if;
	-- the feed of facts lives
	insert into detainerd.feed_mark (facility_id, at)
		select f.facility_id, clock_timestamp()
		  from (select unnest(facilities) union select b.facility_id from detainerd.booking b where b.booking_id = any (written)) f (facility_id);
	if written <> '{}' and detainerd.rejudge(array_remove(written, null), clock_timestamp()) then
		notify detainerd;
	end if;
	return null;
end;
$$;
comment on function detainerd.facts_written() is 'Judges the stays that a statement wrote facts of, stores their holds, and wakes the daemons once if one changed.';

create or replace function detainerd.booking_is_known() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
	if not exists (select from detainerd.booking b where b.booking_id = new.booking_id) then
		raise exception 'cannot record this %: there is no booking with booking_id %', tg_table_name, coalesce(new.booking_id::text, 'null')
			using errcode = 'foreign_key_violation',
			      hint = 'Record the booking first, or look its booking_id up in detainerd.booking by facility and booking_number.';
	end if;
	return new;
end;
$$;
comment on function detainerd.booking_is_known() is 'Refuses a fact of no booking, and says how to mend it.';

create or replace function detainerd.facility_is_placed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp
as $$
begin
	if not exists (select from detainerd.time_zone z where z.name = new.time_zone) then
		raise exception 'cannot record facility ''%'': unknown time zone ''%''', new.code, coalesce(new.time_zone, 'null')
			using errcode = 'foreign_key_violation', hint = 'Use an IANA name listed in detainerd.time_zone, such as America/New_York.';
	elsif not exists (select from detainerd.jurisdiction j where j.code = new.jurisdiction) then
		raise exception 'cannot record facility ''%'': unknown jurisdiction ''%''', new.code, coalesce(new.jurisdiction, 'null')
			using errcode = 'foreign_key_violation', hint = 'Use a code of detainerd.jurisdiction, or insert a county there first, with its state as parent.';
	end if;
	return new;
end;
$$;
comment on function detainerd.facility_is_placed() is 'Refuses a facility in no known zone or jurisdiction, and says how to mend it.';

create or replace function detainerd.bar_guarded() returns trigger
language plpgsql as $$
begin
	if old.ground = any (detainerd.everywhere_bars())
	   and not (pg_has_role(current_user, 'detainerd_reviewer', 'member') or pg_has_role(current_user, 'detainerd_counsel', 'member')) then
		raise exception 'cannot withdraw finding %: % is withdrawn by a reviewer or counsel only', old.finding_id, old.ground
			using errcode = 'insufficient_privilege', hint = 'Ask compliance: a claim_review alert has gone to them.';
	end if;
	return new;
end;
$$;
comment on function detainerd.bar_guarded() is 'Keeps the four bars that stand everywhere from being withdrawn by whoever records facts.';

create or replace function detainerd.never_deleted() returns trigger
language plpgsql as $$
begin
	raise exception 'cannot % detainerd.%: it is kept for ever', lower(tg_op), tg_table_name
		using errcode = 'restrict_violation',
		      hint = case when tg_table_name in ('booking', 'custody_basis', 'detainer', 'finding', 'interview', 'duty_done', 'period_done')
		             then 'Correct a fact by an update; close it by its ending instant (custody_ended_at, ended_at, rescinded_at, withdrawn_at), or a blank done_at.'
		             else 'Nothing in it is changed or removed; write a further row.' end;
end;
$$;
comment on function detainerd.never_deleted() is 'Refuses to remove or change what is kept for ever.';

do $$
declare
	fact text;
begin
	foreach fact in array array['booking', 'custody_basis', 'detainer', 'finding', 'interview', 'duty_done'] loop
		execute format('create or replace trigger judged_when_recorded after insert on detainerd.%I
			referencing new table as new_rows for each statement execute function detainerd.facts_written()', fact);
		execute format('create or replace trigger judged_when_changed after update on detainerd.%I
			referencing new table as new_rows old table as old_rows for each statement execute function detainerd.facts_written()', fact);
		execute format('create or replace trigger never_deleted before delete or truncate on detainerd.%I
			for each statement execute function detainerd.never_deleted()', fact);
	end loop;
	foreach fact in array array['custody_basis', 'detainer', 'finding', 'interview', 'duty_done'] loop
		execute format('create or replace trigger booking_is_known before insert or update of booking_id on detainerd.%I
			for each row execute function detainerd.booking_is_known()', fact);
	end loop;
	foreach fact in array array['alert', 'alert_event', 'delivery_attempt'] loop
		execute format('create or replace trigger append_only before update or delete on detainerd.%I
			for each row execute function detainerd.never_deleted()', fact);
		execute format('create or replace trigger never_truncated before truncate on detainerd.%I
			for each statement execute function detainerd.never_deleted()', fact);
	end loop;
end
$$;
create or replace trigger never_deleted before delete or truncate on detainerd.period_done for each statement execute function detainerd.never_deleted();
create or replace trigger bar_guarded before update of withdrawn_at, ground, found_at on detainerd.finding for each row
	when (new.withdrawn_at is distinct from old.withdrawn_at or new.ground is distinct from old.ground or new.found_at is distinct from old.found_at)
	execute function detainerd.bar_guarded();
create or replace trigger facility_is_placed before insert or update of time_zone, jurisdiction on detainerd.facility
	for each row execute function detainerd.facility_is_placed();
