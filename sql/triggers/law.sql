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

create or replace function detainerd.rule_fault(r detainerd.rule) returns text
language sql stable as $$
	select case
	       when r.policy = 'unknown' then format('nobody has read the law of %s, and this row says only that', r.jurisdiction)
	       -- a rule without alternatives forbids every hold: the law must say so, and somebody must have read it there
	       when not exists (select from detainerd.rule_alternative a where a.rule_id = r.rule_id)
	            and not (coalesce(r.policy, 'never') in ('never', 'no_authority') and coalesce(r.citation ~ '\S' and r.source ~ '\S', false))
	       then format('it says nothing of who may be held, and would forbid every hold in %s', r.jurisdiction) end
$$;
comment on function detainerd.rule_fault(detainerd.rule) is 'Why rule ${r} cannot be meant as law. Null: it can.';

create or replace function detainerd.rule_guarded() returns trigger
language plpgsql as $$
declare
	proposer text := (select p.proposed_by from detainerd.rule_proposal p where p.rule_id = new.rule_id);
	fault text;
begin
	if tg_op = 'UPDATE' and old.status <> 'draft' then
		raise exception 'cannot change rule %: it is %', old.rule_id, old.status
			using errcode = 'restrict_violation', hint = 'Adopted law never changes: write a further rule with a later effective_from, and adopt that.';
	elsif tg_op = 'UPDATE' and proposer is not null
	      and to_jsonb(new) - '{status,adopted_by}'::text[] <> to_jsonb(old) - '{status,adopted_by}'::text[] then
		raise exception 'cannot change rule %: % proposed it', old.rule_id, proposer
			using errcode = 'restrict_violation', hint = 'What is adopted is what was proposed: withdraw it (detainerctl law withdraw) and propose another.';
	elsif new.status = 'withdrawn' and not exists (select from detainerd.rule_withdrawal w where w.rule_id = new.rule_id) then
		raise exception 'cannot withdraw rule %: nothing records who does', new.rule_id
			using errcode = 'restrict_violation', hint = 'See: detainerctl law withdraw';
	elsif new.status <> 'adopted' then
		return new;
	elsif proposer = session_user then
		raise exception 'cannot adopt rule %: you proposed it', new.rule_id
			using errcode = 'insufficient_privilege', hint = 'A second person reads it, previews it, and adopts it.';
	end if;
	fault := detainerd.rule_fault(new);
	if fault is not null then
		raise exception 'cannot adopt rule %: %', new.rule_id, fault
			using errcode = 'invalid_parameter_value',
			      hint = 'Propose what the law says: whom it lets be held, or, where it forbids, policy never, with its citation and source.';
	end if;
	new.adopted_by := case when proposer is null then coalesce(new.adopted_by, session_user) else session_user end;
	return new;
end;
$$;
comment on function detainerd.rule_guarded() is
	'Keeps adopted and withdrawn rules, and what was proposed, as they are; records who adopts one; lets nobody adopt what they proposed, or what cannot be meant.';

create or replace function detainerd.rule_part_guarded() returns trigger
language plpgsql as $$
declare
	kept detainerd.rule;
begin
	select r.* into kept from detainerd.rule r
	 where (tg_op <> 'DELETE' and r.rule_id = new.rule_id or tg_op <> 'INSERT' and r.rule_id = old.rule_id)
	   and (r.status <> 'draft' or exists (select from detainerd.rule_proposal p where p.rule_id = r.rule_id))
	 limit 1;
	-- counsel ends or confirms a duty that is law
	if kept.rule_id is null or tg_table_name = 'duty' and tg_op = 'UPDATE' and kept.status = 'adopted' and old.rule_id = new.rule_id then
		return case when tg_op = 'DELETE' then old else new end;
	end if;
	raise exception 'cannot change detainerd.%: its rule is %', tg_table_name, case when kept.status = 'draft' then 'proposed' else kept.status end
		using errcode = 'restrict_violation', hint = case when kept.status = 'draft'
			then 'What is adopted is what was proposed: withdraw it (detainerctl law withdraw) and propose another.'
			else 'Adopted law never changes: write a further rule with a later effective_from, and adopt that.' end;
end;
$$;
comment on function detainerd.rule_part_guarded() is 'Keeps the alternatives, terms, bars and duties of rules that are adopted, withdrawn or proposed as they are.';

create or replace function detainerd.rule_kept() returns trigger
language plpgsql as $$
begin
	if old.status <> 'draft' or exists (select from detainerd.rule_proposal p where p.rule_id = old.rule_id) then
		raise exception 'cannot delete rule %: it is kept for ever', old.rule_id
			using errcode = 'restrict_violation', hint = 'A draft is withdrawn (detainerctl law withdraw); adopted law is superseded by a later version.';
	end if;
	return old;
end;
$$;
comment on function detainerd.rule_kept() is 'Refuses to delete a rule that is adopted, withdrawn or proposed.';

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
create or replace trigger adopted_stays before insert or update on detainerd.duty for each row execute function detainerd.rule_part_guarded();
create or replace trigger never_deleted before delete or truncate on detainerd.duty for each statement execute function detainerd.never_deleted();
create or replace trigger adopted_stays before insert or update on detainerd.rule for each row execute function detainerd.rule_guarded();
create or replace trigger adopted_written after insert on detainerd.rule
	referencing new table as new_rows for each statement execute function detainerd.rule_adopted();
create or replace trigger adopted after update on detainerd.rule
	referencing new table as new_rows for each statement execute function detainerd.rule_adopted();
create or replace trigger adopted_kept before delete on detainerd.rule for each row execute function detainerd.rule_kept();
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
