-- SPDX-License-Identifier: MIT
-- How law changes: one person proposes, anybody previews, another person adopts.

drop function if exists detainerd.law_ways(jsonb, bigint[]);
create or replace function detainerd.law_drafted(law jsonb, drafted bigint[]) returns table (rule detainerd.rule, written jsonb)
language sql stable as $$
	select r, v.value
	  from jsonb_path_query(law, '$.jurisdictions[*]') j (value)
	 cross join lateral jsonb_path_query(j.value, '$.versions[*]') v (value)
	  join detainerd.rule r on r.rule_id = any (drafted) and r.jurisdiction = j.value ->> 'code' and split_part(r.source, ':', 1) = v.value ->> 'version'
$$;
comment on function detainerd.law_drafted(jsonb, bigint[]) is 'Each of the drafts ${drafted}, and what ${law} writes of it.';

create or replace function detainerd.law_store_parts(law jsonb, drafted bigint[]) returns void
language sql volatile
begin atomic
	insert into detainerd.rule_alternative (rule_id, alternative, citation, verified, mark)
	select (w.rule).rule_id, (a.value ->> 'alternative')::int, a.value ->> 'citation', a.value ->> 'mark' = 'V', a.value ->> 'mark'
	  from detainerd.law_drafted(law, drafted) w cross join lateral jsonb_array_elements(w.written -> 'alternatives') a (value);
	insert into detainerd.rule_term (rule_id, alternative, ground, felony_classes, list_id, max_age_years, issuer)
	select (w.rule).rule_id, (a.value ->> 'alternative')::int, t.value ->> 'ground',
	       case when t.value ? 'felony_classes' then array(select jsonb_array_elements_text(t.value -> 'felony_classes')) end,
	       t.value ->> 'list_id', (t.value ->> 'max_age_years')::int, t.value ->> 'issuer'
	  from detainerd.law_drafted(law, drafted) w
	 cross join lateral jsonb_array_elements(w.written -> 'alternatives') a (value)
	 cross join lateral jsonb_array_elements(a.value -> 'terms') with ordinality t (value, n)
	 order by 1, 2, t.n;
	insert into detainerd.rule_bar (rule_id, ground)
	select distinct (w.rule).rule_id, b.value from detainerd.law_drafted(law, drafted) w cross join lateral jsonb_array_elements_text(w.written -> 'bars') b (value);
	insert into detainerd.duty (rule_id, jurisdiction, agency_kind, duty, event, hours, every_months, due_after, effective_from, effective_until, mark, citation, source, note)
	select (w.rule).rule_id, (w.rule).jurisdiction, d.value ->> 'agency_kind', d.value ->> 'duty', d.value ->> 'event', (d.value ->> 'hours')::int,
	       (d.value ->> 'every_months')::int, (d.value ->> 'due_after')::interval, coalesce((d.value ->> 'effective_from')::date, (w.rule).effective_from), (d.value ->> 'effective_until')::date + 1,
	       d.value ->> 'mark', coalesce(d.value ->> 'citation', (w.rule).citation), coalesce(d.value ->> 'source', (w.rule).source), d.value ->> 'note'
	  from detainerd.law_drafted(law, drafted) w cross join lateral jsonb_array_elements(w.written -> 'duties') with ordinality d (value, n)
	 order by 1, d.n;
end;
comment on function detainerd.law_store_parts(jsonb, bigint[]) is 'Stores what ${law} writes of the drafts ${drafted} beside their own rows: alternatives, terms, bars, duties.';

drop function if exists detainerd.law_propose(jsonb);
create function detainerd.law_propose(law jsonb) returns table (rule_id bigint, jurisdiction text, version text, effective_from date)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	fault text := coalesce(	-- what has not the shape of law is asked nothing further
		(select string_agg(f.fault, '; ') from (select f.fault from detainerd.law_faults_of_shape(law) f (fault) limit 3) f),
		(select string_agg(f.fault, '; ') from (select f.fault from detainerd.law_faults(law) f (fault) limit 3) f));
	drafted bigint[];
begin
	if fault is not null then
		raise exception 'cannot propose the law: %', fault
			using errcode = 'invalid_parameter_value', hint = 'Nothing was stored. See detainerd-law(7).';
	elsif not exists (select from detainerd.law_new(law)) then
		raise exception 'cannot propose the law: every version in it is on file'
			using errcode = 'invalid_parameter_value', hint = 'A change is a further version, with a name of its own.';
	end if;
	insert into detainerd.jurisdiction (code, parent, name)
	select distinct on (n.code) n.code, n.parent, n.name from detainerd.law_new(law) n
	    on conflict do nothing;
	with stored as (
		insert into detainerd.rule (jurisdiction, agency_kind, effective_from, clock, hours, clock_verified, citation, source,
			policy, mark, clock_mark, allows_from, start_event, note)
		select n.code, n.written ->> 'agency_kind', (n.written ->> 'effective_from')::date, n.written #>> '{clock,kind}', (n.written #>> '{clock,hours}')::int,
		       coalesce(n.written #>> '{clock,mark}' = 'V', false), n.written ->> 'citation', n.version || ': ' || (n.written ->> 'source'),
		       n.written ->> 'policy', n.written ->> 'mark', n.written #>> '{clock,mark}', (n.written ->> 'allows_from')::date,
		       coalesce(n.written #>> '{clock,start_event}', 'otherwise_released'), n.written ->> 'note'
		  from detainerd.law_new(law) n
		 order by n.code, n.written ->> 'effective_from', n.version
		returning rule_id)
	select array_agg(s.rule_id) from stored s into drafted;
	perform detainerd.law_store_parts(law, drafted);
	-- from here on nobody changes them
	insert into detainerd.rule_proposal (rule_id) select unnest(drafted);
	return query select r.rule_id, r.jurisdiction, split_part(r.source, ':', 1), r.effective_from
	  from detainerd.rule r where r.rule_id = any (drafted) order by r.rule_id;
end;
$$;
comment on function detainerd.law_propose(jsonb) is
	'Stores the versions of ${law}, in the form of law_export(), that are not on file, as drafts: they say nothing until a second person adopts them.';

create or replace function detainerd.law_draft(rule_id bigint, doing text) returns detainerd.rule
language plpgsql stable set search_path = pg_catalog, pg_temp
as $$
declare
	draft detainerd.rule;
begin
	select r.* into draft from detainerd.rule r where r.rule_id = law_draft.rule_id;
	if draft.rule_id is null then
		raise exception 'cannot % rule %: there is none of this number', doing, law_draft.rule_id
			using errcode = 'no_data_found', hint = 'See: detainerctl law list --drafts';
	elsif draft.status <> 'draft' then
		raise exception 'cannot % rule %: it was % by %', doing, draft.rule_id, draft.status,
			coalesce((select w.withdrawn_by from detainerd.rule_withdrawal w where w.rule_id = draft.rule_id), draft.adopted_by)
			using errcode = 'object_not_in_prerequisite_state', hint = 'See: detainerctl law list --drafts';
	end if;
	return draft;
end;
$$;
comment on function detainerd.law_draft(bigint, text) is 'Draft ${rule_id}; says why one cannot do ${doing} where it is none.';

drop function if exists detainerd.law_verdicts(text, timestamptz);
create or replace function detainerd.law_verdicts(jurisdiction text, moments timestamptz[]) returns setof detainerd.verdict
language sql stable as $$
	with recursive inside (code) as (
		select law_verdicts.jurisdiction
		union
		select j.code from inside i join detainerd.jurisdiction j on j.parent = i.code
	)
	select m.at, v.booking_id, v.allowed, v.reason, v.citation, v.release_at
	  from unnest(moments) m (at)
	 cross join lateral detainerd.judge(array(select h.booking_id from detainerd.hold h join detainerd.facility f using (facility_id) join inside i on i.code = f.jurisdiction
	                              where h.ended_at is null order by h.booking_id), m.at) v
$$;
comment on function detainerd.law_verdicts(text, timestamptz[]) is 'What the law says as of each of ${moments} of everybody still held in ${jurisdiction} and in all that lies in it.';

drop function if exists detainerd.law_preview(bigint, timestamptz);
create function detainerd.law_preview(rule_id bigint, as_of timestamptz) returns table (
	booking_id bigint, facility text, booking_number text, time_zone text, read_at timestamptz, open_holds bigint, allowed_now boolean, allowed_then boolean,
	reason_now text, reason_then text, release_at_now timestamptz, release_at_then timestamptz, citation_then text)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
	draft detainerd.rule := detainerd.law_draft(law_preview.rule_id, 'preview');
	-- where it begins later: as of its first day, and of the one from which it may be relied on; by noon in Greenwich a day has begun in every state
	moments timestamptz[] := array(
		select distinct greatest(as_of, (d.day + interval '12 hours') at time zone 'UTC')
		  from (values (draft.effective_from), (draft.allows_from)) d (day) where d.day is not null);
	was detainerd.verdict[] := array(select v from detainerd.law_verdicts(draft.jurisdiction, moments) v);
	becomes detainerd.verdict[];
begin
	-- adopted in earnest, read, and taken back: so the preview cannot differ from what adopting does
	begin
		delete from detainerd.rule_proposal p where p.rule_id = draft.rule_id;
		update detainerd.rule r set status = 'adopted' where r.rule_id = draft.rule_id;
		becomes := array(select v from detainerd.law_verdicts(draft.jurisdiction, moments) v);
		raise exception using errcode = 'DTLAW';
	exception when sqlstate 'DTLAW' then
		null;
	end;
	return query
	select n.booking_id, f.code, b.booking_number, f.time_zone, n.read_at, cardinality(was)::bigint / cardinality(moments), n.allowed, t.allowed, n.reason, t.reason,
	       n.release_at, t.release_at, t.citation
	  from unnest(was) n join unnest(becomes) t using (booking_id, read_at)
	  join detainerd.booking b using (booking_id) join detainerd.facility f using (facility_id)
	 where (n.allowed, n.reason, n.release_at) is distinct from (t.allowed, t.reason, t.release_at)
	 order by n.read_at, t.release_at nulls last, f.code, b.booking_number;
end;
$$;
comment on function detainerd.law_preview(bigint, timestamptz) is
	'Whose verdict, of those still held, would change if draft ${rule_id} were adopted, read as of ${as_of} or, where they are later, as of its first day and of allows_from. '
	'Changes nothing; holds it looks at are locked until the transaction ends, which keeps no alert back.';

create or replace function detainerd.law_adopt(rule_id bigint) returns detainerd.rule
language plpgsql volatile set search_path = pg_catalog, pg_temp
as $$
declare
	draft detainerd.rule := detainerd.law_draft(law_adopt.rule_id, 'adopt');
begin
	update detainerd.rule r set status = 'adopted' where r.rule_id = draft.rule_id returning r.* into draft;
	return draft;
end;
$$;
comment on function detainerd.law_adopt(bigint) is 'Brings draft ${rule_id} into force, in the name of the login. Refused to whoever proposed it. Returns the rule.';

create or replace function detainerd.law_withdraw(rule_id bigint, note text) returns detainerd.rule
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp
as $$
declare
	draft detainerd.rule := detainerd.law_draft(law_withdraw.rule_id, 'withdraw');
	proposer text := (select p.proposed_by from detainerd.rule_proposal p where p.rule_id = draft.rule_id);
begin
	if proposer is distinct from session_user and not pg_has_role(session_user, 'detainerd_admin', 'member') then
		raise exception 'cannot withdraw rule %: % proposed it', draft.rule_id, coalesce(proposer, 'nobody')
			using errcode = 'insufficient_privilege', hint = 'Whoever proposed it withdraws it, or an administrator.';
	end if;
	insert into detainerd.rule_withdrawal (rule_id, note) values (draft.rule_id, law_withdraw.note);
	update detainerd.rule r set status = 'withdrawn' where r.rule_id = draft.rule_id returning r.* into draft;
	return draft;
end;
$$;
comment on function detainerd.law_withdraw(bigint, text) is
	'Draft ${rule_id} waits no longer, because of ${note}: it stays on file as withdrawn, and its name may be proposed again. For whoever proposed it, and administrators.';
