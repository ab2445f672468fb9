-- SPDX-License-Identifier: MIT
-- A change of the law judges again every stay that it touches, past ones too, in the transaction that makes it.

create or replace function detainerd.rejudge_all(jurisdictions text[]) returns void
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	batch bigint[];
	after bigint := -1;
begin
	update detainerd.law_version set version = version + 1;
	loop
		batch := array(
			with recursive inside (code) as (
				select unnest(jurisdictions)
				union
				select j.code from inside i join detainerd.jurisdiction j on j.parent = i.code
			)
			select h.booking_id from detainerd.hold h join detainerd.facility f on f.facility_id = h.facility_id
			 where h.booking_id > after and (jurisdictions is null or f.jurisdiction in (select i.code from inside i))
			 order by h.booking_id limit 5000);
		exit when batch = '{}';
		perform detainerd.rejudge(batch, clock_timestamp());
		after := batch[cardinality(batch)];
	end loop;
	-- the others are as they were: only their version moves on, so that nobody judges them again for nothing
	if jurisdictions is not null then
		update detainerd.hold h set law_version = v.version
		  from detainerd.law_version v
		 where h.law_version = v.version - 1;
	end if;
	notify detainerd;
end;
$$;
comment on function detainerd.rejudge_all(text[]) is
	'The law has changed in ${jurisdictions} (null: everywhere) and in all that lie in them: counts a new version of the law and judges their stays again.';

create or replace function detainerd.rule_guarded() returns trigger
language plpgsql as $$
begin
	if tg_op = 'UPDATE' and old.status = 'adopted' then
		raise exception 'cannot change rule %: it is adopted', old.rule_id
			using errcode = 'restrict_violation', hint = 'Adopted law never changes: write a further rule with a later effective_from, and adopt that.';
	end if;
	if new.status = 'adopted' and exists (select from detainerd.rule_proposal p where p.rule_id = new.rule_id) then
		if exists (select from detainerd.rule_proposal p where p.rule_id = new.rule_id and p.proposed_by = session_user) then
			raise exception 'cannot adopt rule %: you proposed it', new.rule_id
				using errcode = 'insufficient_privilege', hint = 'A second person reads it, previews it, and adopts it.';
		end if;
		new.adopted_by := session_user;
	elsif new.status = 'adopted' then
		new.adopted_by := coalesce(new.adopted_by, session_user);
	end if;
	return new;
end;
$$;
comment on function detainerd.rule_guarded() is 'Keeps adopted rules as they are, records who adopts one, and lets nobody adopt what they proposed.';

create or replace function detainerd.rule_part_guarded() returns trigger
language plpgsql as $$
begin
	if exists (select from detainerd.rule r where r.status = 'adopted'
	            and (tg_op <> 'DELETE' and r.rule_id = new.rule_id or tg_op <> 'INSERT' and r.rule_id = old.rule_id)) then
		raise exception 'cannot change detainerd.%: its rule is adopted', tg_table_name
			using errcode = 'restrict_violation', hint = 'Adopted law never changes: write a further rule with a later effective_from, and adopt that.';
	end if;
	return case when tg_op = 'DELETE' then old else new end;
end;
$$;
comment on function detainerd.rule_part_guarded() is 'Keeps the alternatives, terms and bars of adopted rules as they are.';

create or replace function detainerd.rule_adopted() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	touched text[];
begin
	touched := array(select distinct n.jurisdiction from new_rows n where n.status = 'adopted');
	if touched <> '{}' then
		perform detainerd.rejudge_all(touched);
	end if;
	return null;
end;
$$;
comment on function detainerd.rule_adopted() is 'Brings rules that a statement adopted to bear on every stay they touch.';

create or replace function detainerd.law_written() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	if exists (select from touched) and exists (select from detainerd.hold) then
		perform detainerd.rejudge_all(null);
	end if;
	return null;
end;
$$;
comment on function detainerd.law_written() is 'Judges every stay again: a form, a holiday or the tree of jurisdictions has changed.';

create or replace function detainerd.facility_changed() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	touched text[];
begin
	touched := array(select distinct n.jurisdiction from new_rows n join old_rows o using (facility_id)
	                  where (n.jurisdiction, n.agency_kind, n.time_zone, n.processing_minutes)
	                        is distinct from (o.jurisdiction, o.agency_kind, o.time_zone, o.processing_minutes));
	if touched <> '{}' then
		perform detainerd.rejudge_all(touched);
	end if;
	return null;
end;
$$;
comment on function detainerd.facility_changed() is 'Judges a facility''s stays again where its law, kind, zone or processing time has changed.';

create or replace function detainerd.schedule_changed() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	update detainerd.hold h set next_due_at = n.next_due_at
	  from detainerd.next_due(array(select h.stay_id from detainerd.hold h where h.ended_at is null), clock_timestamp()) n
	 where h.stay_id = n.stay_id and h.next_due_at is distinct from n.next_due_at;
	notify detainerd;
	return null;
end;
$$;
comment on function detainerd.schedule_changed() is 'Brings a changed reminder to bear on every open hold.';

create or replace function detainerd.duty_written() returns trigger
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
begin
	update detainerd.hold h set next_due_at = n.next_due_at
	  from detainerd.next_due(array(
		with recursive inside (code) as (
			select t.jurisdiction from touched t
			union
			select j.code from inside i join detainerd.jurisdiction j on j.parent = i.code
		)
		select h.stay_id from detainerd.hold h join detainerd.facility f on f.facility_id = h.facility_id
		 where h.ended_at is null and f.jurisdiction in (select i.code from inside i)), clock_timestamp()) n
	 where h.stay_id = n.stay_id and h.next_due_at is distinct from n.next_due_at;
	notify detainerd;
	return null;
end;
$$;
comment on function detainerd.duty_written() is 'Brings a duty that was entered or changed to bear on the open holds of its jurisdiction.';

create or replace trigger duty_entered after insert on detainerd.duty
	referencing new table as touched for each statement execute function detainerd.duty_written();
create or replace trigger duty_changed after update on detainerd.duty
	referencing new table as touched for each statement execute function detainerd.duty_written();
create or replace trigger never_deleted before delete or truncate on detainerd.duty for each statement execute function detainerd.never_deleted();
create or replace trigger adopted_stays before insert or update on detainerd.rule for each row execute function detainerd.rule_guarded();
create or replace trigger adopted_written after insert on detainerd.rule
	referencing new table as new_rows for each statement execute function detainerd.rule_adopted();
create or replace trigger adopted after update on detainerd.rule
	referencing new table as new_rows for each statement execute function detainerd.rule_adopted();
create or replace trigger adopted_kept before delete on detainerd.rule for each row when (old.status = 'adopted') execute function detainerd.never_deleted();
create or replace trigger never_truncated before truncate on detainerd.rule for each statement execute function detainerd.never_deleted();
create or replace trigger remind_anew after insert or update or delete on detainerd.reminder
	for each statement execute function detainerd.schedule_changed();

do $$
declare
	part text;
begin
	foreach part in array array['rule_alternative', 'rule_term', 'rule_bar'] loop
		execute format('create or replace trigger adopted_stays before insert or update or delete on detainerd.%I
			for each row execute function detainerd.rule_part_guarded()', part);
		execute format('create or replace trigger never_truncated before truncate on detainerd.%I
			for each statement execute function detainerd.never_deleted()', part);
	end loop;
	foreach part in array array['form', 'holiday', 'jurisdiction'] loop
		execute format('create or replace trigger law_changed after update on detainerd.%I
			referencing new table as touched for each statement execute function detainerd.law_written()', part);
		execute format('create or replace trigger law_removed after delete on detainerd.%I
			referencing old table as touched for each statement execute function detainerd.law_written()', part);
	end loop;
	foreach part in array array['form', 'holiday'] loop	-- nobody can lie in a jurisdiction before it is there
		execute format('create or replace trigger law_recorded after insert on detainerd.%I
			referencing new table as touched for each statement execute function detainerd.law_written()', part);
	end loop;
end
$$;
create or replace trigger facility_changed after update on detainerd.facility
	referencing new table as new_rows old table as old_rows for each statement execute function detainerd.facility_changed();
