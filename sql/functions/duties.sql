-- SPDX-License-Identifier: MIT
-- What the law asks beside release: when it is due, and whether it was done.

create or replace function detainerd.is_of_duty(kind text) returns boolean
language sql immutable parallel safe
begin atomic
	select kind in ('duty_due', 'duty_missed');
end;
comment on function detainerd.is_of_duty(text) is 'True of the kinds of alert that tell of a duty. Neither the end of custody nor a moved release closes them: the duty''s own record does.';

create or replace function detainerd.promptly() returns interval
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
	-- plpgsql, for its plan is kept
	return detainerd.setting('promptly')::interval;
end;
$$;
comment on function detainerd.promptly() is 'After how long a duty counts as missed where the law names no hours.';

create or replace function detainerd.duties(s detainerd.stay, as_of timestamptz)
returns table (duty_id bigint, event_at timestamptz, due_at timestamptz, done_at timestamptz, state text)
language plpgsql stable rows 3 as $$
#variable_conflict use_column
declare
	promptly constant interval := detainerd.promptly();
begin
	-- plpgsql, for its plan is kept
	return query
	with recursive chain (code, parent) as (
		select j.code, j.parent from detainerd.jurisdiction j where j.code = s.jurisdiction
		union
		select j.code, j.parent from chain c join detainerd.jurisdiction j on j.code = c.parent
	)
	select d.duty_id, event.at, due.at, done.at,
	       case when done.at <= due.at then 'done' when done.at is not null then 'done_late'
	            when s.ended_at < event.at then 'lapsed'
	            when s.ended_at <= due.at and (k.owed_to = 'person' or k.owed_to = 'ice' and exists (
				select from detainerd.booking b where b.booking_id = s.booking_id and b.custody_outcome in ('ice_custody', 'ice_custody_in_place'))) then 'lapsed'
	            when due.at <= as_of then 'missed'
	            when event.at <= as_of then 'due'
	            else 'ahead' end
	  from chain c
	  join detainerd.duty d on d.jurisdiction = c.code and (d.agency_kind = s.agency_kind or d.agency_kind is null)
	  join detainerd.duty_kind k on k.duty = d.duty
	 cross join lateral (
		select s.booked_at, null::bigint where d.event = 'booked'
		union all
		select p.received_at, p.detainer_id from detainerd.detainer p where d.event = 'detainer_received' and p.booking_id = any (s.members)
		union all	-- a decision without its time was made when the paper came
		select coalesce(p.comply_at, p.received_at), p.detainer_id from detainerd.detainer p
		 where p.booking_id = any (s.members) and (d.event = 'decided' and p.comply is not null or d.event = 'declined' and not p.comply)
		union all	-- no paper, or none any more: nobody to be told
		select s.starts_at, null where d.event = 'would_be_released' and exists (
			select from detainerd.detainer p
			 where p.booking_id = any (s.members) and p.received_at <= s.starts_at + coalesce(make_interval(hours => d.hours), promptly)
			   and (p.rescinded_at > s.starts_at or p.rescinded_at is null))
		union all
		select i.started_at, i.interview_id from detainerd.interview i where d.event = 'interview' and i.booking_id = any (s.members)
		union all
		select n.done_at, n.duty_done_id from detainerd.duty_done n
		 where d.event = 'ice_told' and n.duty in ('ice_release_notice', 'ice_decision_notice') and n.booking_id = any (s.members)) event (at, of_id)
	 cross join lateral (select event.at + coalesce(make_interval(hours => d.hours), promptly) as at) due
	 cross join lateral (
		select min(act.at) as at from (
			select n.done_at from detainerd.duty_done n
			 where n.booking_id = any (s.members) and n.duty = d.duty and d.event <> 'interview'
			   and case when n.detainer_id is not null and d.event in ('detainer_received', 'decided', 'declined') then n.detainer_id = event.of_id
			            -- a release is told before it comes, too
			            else n.done_at >= event.at or d.event = 'would_be_released' end
			union all	-- serving the paper gives the copy
			select p.served_at from detainerd.detainer p where d.duty = 'person_copy' and p.detainer_id = event.of_id
			union all	-- consent is asked for each interview, before it begins
			select i.started_at from detainerd.interview i where d.event = 'interview' and i.interview_id = event.of_id and i.consent = 'given') act (at)
		 where act.at <= as_of) done
	 where isfinite(event.at)
	   and (d.rule_id is null or exists (select from detainerd.rule r where r.rule_id = d.rule_id and r.status = 'adopted'))
	   and event.at >= detainerd.day_starts(d.effective_from, s.time_zone)
	   and (event.at < detainerd.day_starts(d.effective_until, s.time_zone) or d.effective_until is null);
end;
$$;
comment on function detainerd.duties(detainerd.stay, timestamptz) is
	'Each duty of the law that the facts of stay ${s} call up, once an event, read as of ${as_of}: done, done_late, lapsed (custody ended before it was due), '
	'missed, due, or ahead (its event lies ahead). The law is that of the event''s own day.';

create or replace function detainerd.stay_of(h detainerd.hold) returns detainerd.stay
language sql stable parallel safe
begin atomic
	select row(h.stay_id, h.booking_id, h.members, h.facility_id, f.jurisdiction, f.agency_kind, f.time_zone, h.booked_at, null, null, null, h.starts_at,
	           null, h.ended_at, null, null)::detainerd.stay
	  from detainerd.facility f where f.facility_id = h.facility_id;
end;
comment on function detainerd.stay_of(detainerd.hold) is 'As much of a stay as its stored hold knows: enough for duties().';

create or replace function detainerd.duty_alerts(stays bigint[], as_of timestamptz)
returns table (stay_id bigint, kind text, reason text, instant timestamptz, occurrence int, due_at timestamptz)
language plpgsql stable rows 2 as $$
#variable_conflict use_column
begin
	-- plpgsql, for its plan is kept
	return query
	select distinct h.stay_id, step.kind, k.duty || ': ' || k.says, y.due_at, y.duty_id::int, step.at
	  from (
		-- most states ask for nothing that was read: their stays cost nothing here
		select h as hold from detainerd.hold h join detainerd.facility f on f.facility_id = h.facility_id
		 where h.stay_id = any (stays) and exists (
			with recursive chain (code, parent) as (
				select j.code, j.parent from detainerd.jurisdiction j where j.code = f.jurisdiction
				union
				select j.code, j.parent from chain c join detainerd.jurisdiction j on j.code = c.parent
			)
			select from chain c join detainerd.duty d on d.jurisdiction = c.code and d.mark = 'V' and d.event <> 'period') offset 0) bound
	 cross join lateral (select (bound.hold).*) h
	 cross join lateral detainerd.duties(detainerd.stay_of(bound.hold), as_of) y
	  join detainerd.duty d on d.duty_id = y.duty_id and d.mark = 'V'	-- what nobody read asks for nothing at three in the morning
	  join detainerd.duty_kind k on k.duty = d.duty
	 cross join lateral (
		-- a reminder of its own only where the law names hours
		select 'duty_due', y.event_at where d.hours > 0 and y.state in ('due', 'ahead')
		union all
		select 'duty_missed', y.due_at where y.state in ('due', 'ahead', 'missed')) step (kind, at)
	 -- a stay that had ended before it was recorded raises nothing
	 where (h.ended_at is null or h.created_at < h.ended_at);
end;
$$;
comment on function detainerd.duty_alerts(bigint[], timestamptz) is
	'Alerts of duties of the holds of ${stays}: duty_due where the event is reached that starts its hours, duty_missed where these are over. Occurrence is the duty.';

create or replace function detainerd.duty_turns(stays bigint[], as_of timestamptz)
returns table (stay_id bigint, alert_id text, event text, reason text)
language plpgsql stable rows 1 as $$
#variable_conflict use_column
begin
	-- plpgsql, for its plan is kept
	return query
	select h.stay_id, a.alert_id, turn.event, turn.reason
	  from detainerd.hold h
	  join detainerd.alert a on a.stay_id = any (h.members) and a.kind in ('duty_due', 'duty_missed')
	 cross join lateral (
		select coalesce(bool_or(y.state in ('due', 'missed', 'ahead') and (y.state <> 'missed' or a.kind = 'duty_missed')), false) as stands,
		       case when bool_or(y.state in ('done', 'done_late')) then 'done' when bool_or(y.state = 'missed') then 'missed' else 'no_longer_due' end as why
		  from detainerd.duties(detainerd.stay_of(h), as_of) y
		 where y.duty_id = a.occurrence and y.due_at = a.release_at and a.stay_id = h.stay_id) duty
	 cross join lateral detainerd.duty_turn(a.alert_id, duty.stands, duty.why) turn
	 where h.stay_id = any (stays);
end;
$$;
comment on function detainerd.duty_turns(bigint[], timestamptz) is
	'Alerts of duties of the holds of ${stays} that no longer stand (resolved: done, missed, or no_longer_due), or stand again (reopened).';

create or replace function detainerd.explain_duties(booking_id bigint, as_of timestamptz)
returns table (duty text, says text, jurisdiction text, citation text, verified boolean, event text, event_at timestamptz, hours int, due_at timestamptz,
               done_at timestamptz, state text)
language sql stable rows 5 as $$
	select d.duty, k.says, d.jurisdiction, d.citation, d.mark = 'V', d.event, y.event_at, d.hours, y.due_at, y.done_at, y.state
	  from detainerd.stays(array[explain_duties.booking_id], as_of) s
	 cross join lateral detainerd.duties(s, as_of) y
	  join detainerd.duty d on d.duty_id = y.duty_id
	  join detainerd.duty_kind k on k.duty = d.duty
	 order by y.due_at, y.event_at, d.duty_id
$$;
comment on function detainerd.explain_duties(bigint, timestamptz) is
	'What the law asks beside release about the stay of ${booking_id}, as of ${as_of}: since when, by when, and whether it was done. Hours are blank where the law names none.';

create or replace function detainerd.duty_doubts(booking_id bigint, as_of timestamptz) returns table (code text, message text)
language sql stable rows 1 as $$
	with asked as materialized (
		select x.duty, x.state from detainerd.explain_duties(duty_doubts.booking_id, as_of) x
	), done as (
		select coalesce(n.reference, '#' || n.duty_done_id) as name, n.duty, n.done_at
		  from detainerd.duty_done n where n.booking_id = duty_doubts.booking_id and n.duty in (select k.duty from detainerd.duty_kind k)
	)
	select 'duty_not_owed', format('%s, %s: nothing in the law on file asks for it here', d.name, d.duty)
	  from done d where d.done_at is not null and not exists (select from asked a where a.duty = d.duty)
	union all
	select 'duty_without_time', format('%s, %s: without a time it counts as not done', d.name, d.duty)
	  from done d where d.done_at is null
	union all
	select 'duty_done_ahead', format('%s, %s: its time lies ahead; until then it counts as not done', d.name, d.duty)
	  from done d where d.done_at > as_of
	 order by 1, 2
$$;
comment on function detainerd.duty_doubts(bigint, timestamptz) is
	'What is odd about the duties recorded as done of ${booking_id}, read as of ${as_of}, beside what fact_warning knows: it would have to read the law for every booking.';

create or replace function detainerd.duties_owed(facility text, booking_number text, since timestamptz, with_closed boolean, as_of timestamptz)
returns table (at_facility text, booking text, time_zone text, duty text, says text, state text, event text, event_at timestamptz, due_at timestamptz,
               done_at timestamptz, citation text, verified boolean)
language plpgsql stable rows 100 as $$
#variable_conflict use_column
declare
	-- most states ask for nothing: their stays cost nothing here
	asked bigint[] := array(select l.facility_id from detainerd.facility_levels(duties_owed.facility) l
	                         where l.jurisdiction in (select d.jurisdiction from detainerd.duty d where d.event <> 'period'));
	named bigint := (detainerd.find_booking('list the duties', duties_owed.facility, duties_owed.booking_number)).booking_id;
begin
	if duties_owed.booking_number is not null and named is null then
		raise exception 'cannot list the duties: there is no booking %', quote_literal(duties_owed.booking_number)
			using errcode = 'no_data_found', hint = 'Correct the number, or name its facility.';
	end if;
	return query
	select f.code, b.booking_number, f.time_zone, d.duty, k.says, y.state, d.event, y.event_at, y.due_at, y.done_at, d.citation, d.mark = 'V'
	  from (
		select detainerd.stay_of(h) as stay from detainerd.hold h
		 where duties_owed.booking_number is null and (h.ended_at is null or h.ended_at >= duties_owed.since)
		   and h.facility_id = any (asked)
		union all
		select s from detainerd.stays(array[named], as_of) s where named is not null) w
	 cross join lateral detainerd.duties(w.stay, as_of) y
	  join detainerd.duty d on d.duty_id = y.duty_id
	  join detainerd.duty_kind k on k.duty = d.duty
	  join detainerd.booking b on b.booking_id = (w.stay).booking_id
	  join detainerd.facility f on f.facility_id = b.facility_id
	 where with_closed or y.state in ('due', 'missed')
	union all
	select f.code, null, f.time_zone, d.duty, detainerd.period_says(d, p.period_from, p.period_until), p.state, d.event, p.ended_at, p.due_at, p.done_at,
	       d.citation, d.mark = 'V'
	  from detainerd.period_duties(duties_owed.facility, as_of) p
	  join detainerd.duty d on d.duty_id = p.duty_id
	  join detainerd.facility f on f.facility_id = p.facility_id
	 where duties_owed.booking_number is null and (with_closed or p.state in ('due', 'missed') or p.state = 'day_unknown' and p.is_last)
	 order by 9 nulls last, 1, 2, 8, 4;
end;
$$;
comment on function detainerd.duties_owed(text, text, timestamptz, boolean, timestamptz) is
	'What the law asks beside release about the holds at ${facility} (null: everywhere), or about the stay of ${booking_number}: due or missed, read as of ${as_of}; ${with_closed}: '
	'done, lapsed and ahead, too. With them those of a period, of a facility and no booking, and of those without a day the last period alone. Of stays that have ended, those that did so since ${since} (null: none).';
