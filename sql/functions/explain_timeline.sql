-- SPDX-License-Identifier: MIT

create or replace function detainerd.explain_timeline(booking_id bigint, as_of timestamptz)
returns table (at timestamptz, event text, what text, booking_number text, recorded_at timestamptz, ahead boolean)
language sql stable rows 30 as $$
	with stay as materialized (
		select s.* from detainerd.stays(array[explain_timeline.booking_id], as_of) s
	), booking as (
		select b.* from stay s join detainerd.booking b on b.booking_id = any (s.members)
	), alert as (
		select a.* from stay s join detainerd.alert a on a.booking_id = any (s.members) or a.stay_id = s.stay_id
	), happened (at, step, event, what, booking_id, recorded_at) as (
		select b.booked_at, 1, 'booked', 'booked' || coalesce(', continues ' || c.booking_number, '') || coalesce(', replaced by ' || m.booking_number, ''), b.booking_id, b.recorded_at
		  from booking b
		  left join detainerd.booking c on c.booking_id = b.continues_booking_id
		  left join detainerd.booking m on m.booking_id = b.merged_into_id
		union all
		select b.fingerprints_sent_at, 2, 'fingerprints_sent', 'fingerprints sent', b.booking_id, b.recorded_at from booking b
		union all
		select c.began_at, 3, 'basis_began', 'kept by ' || detainerd.explain_basis(c), c.booking_id, c.recorded_at from booking b join detainerd.custody_basis c using (booking_id)
		union all
		select c.ended_at, 3, 'basis_ended', 'no longer kept by ' || detainerd.explain_basis(c), c.booking_id, c.recorded_at from booking b join detainerd.custody_basis c using (booking_id)
		union all
		select d.received_at, 4, 'detainer_received', detainerd.explain_detainer(d) || coalesce(' of ' || d.issued_on, '') || ' received' || coalesce(' with ' || d.admin_warrant, ''), d.booking_id, d.recorded_at
		  from booking b join detainerd.detainer d using (booking_id)
		union all
		select d.served_at, 5, 'detainer_served', detainerd.explain_detainer(d) || ' served on the person', d.booking_id, d.recorded_at from booking b join detainerd.detainer d using (booking_id)
		union all
		select d.rescinded_at, 6, 'detainer_rescinded', 'ICE withdrew ' || detainerd.explain_detainer(d), d.booking_id, d.recorded_at from booking b join detainerd.detainer d using (booking_id)
		union all
		select d.comply_at, 6, case when d.comply then 'agency_complies' else 'agency_declined' end,
		       'the agency ' || case when d.comply then 'honours ' else 'does not honour ' end || detainerd.explain_detainer(d) || coalesce(', by ' || d.comply_by, '') || coalesce(': ' || d.comply_reason, ''),
		       d.booking_id, d.recorded_at
		  from booking b join detainerd.detainer d using (booking_id) where d.comply is not null
		union all
		select f.found_at, 7, 'found', detainerd.explain_finding(f), f.booking_id, f.recorded_at from booking b join detainerd.finding f using (booking_id)
		union all
		select f.withdrawn_at, 7, 'finding_withdrawn', 'withdrawn: ' || detainerd.explain_finding(f), f.booking_id, f.recorded_at from booking b join detainerd.finding f using (booking_id)
		union all
		select b.release_eligible_at, 8, 'eligible', 'eligible for release', b.booking_id, b.recorded_at from booking b
		union all
		select s.starts_at, 9, 'clock_starts', 'would otherwise go free: the clock starts', s.booking_id, null from stay s
		union all
		select i.requested_at, 10, 'interview_requested', 'ICE asked for an interview', i.booking_id, i.recorded_at from booking b join detainerd.interview i using (booking_id)
		union all
		select i.started_at, 11, 'interviewed', 'ICE began an interview' || coalesce(', officer ' || i.officer, ''), i.booking_id, i.recorded_at from booking b join detainerd.interview i using (booking_id)
		union all
		select coalesce(i.ended_at, i.started_at, i.requested_at), 11, 'interview_declined', 'the person declined the interview', i.booking_id, i.recorded_at
		  from booking b join detainerd.interview i using (booking_id) where i.consent = 'declined'
		union all
		select i.ended_at, 12, 'interview_ended', 'the interview ended', i.booking_id, i.recorded_at from booking b join detainerd.interview i using (booking_id)
		union all
		select h.release_at, 13, 'lawful_custody_ends', 'lawful custody ends' || coalesce(': ' || detainerd.explain_reason(h.due_reason, null), ''), h.booking_id, null
		  from detainerd.judge(array[explain_timeline.booking_id], as_of) h
		union all
		select a.raised_at, 14, 'alert_raised', a.kind || coalesce(', ' || a.reason, '') || case when a.raised_at - a.due_at >= interval '1 second'
		       then ', late by ' || detainerd.explain_duration(date_trunc('second', a.raised_at - a.due_at)) else '' end || ' [' || a.alert_id || ']', a.booking_id, null
		  from alert a
		union all
		select t.settled_at, 15, 'alert_delivered', a.kind || ' accepted by receiver ' || d.receiver || ' at attempt ' || t.attempt || ' [' || a.alert_id || ']', a.booking_id, null
		  from alert a join detainerd.delivery d using (alert_id) join detainerd.delivery_attempt t on t.delivery_id = d.delivery_id and t.outcome = 'accepted'
		union all
		select e.at, 16, 'alert_' || e.event, a.kind || ' ' || e.event || ' by ' || e.by_whom || coalesce(', ' || e.reason, '') || coalesce(': ' || e.note, '') || ' [' || a.alert_id || ']', a.booking_id, null
		  from alert a join detainerd.alert_event e using (alert_id)
		union all
		select y.done_at, 13, 'duty_done', 'done: ' || coalesce(k.says, y.duty, 'a duty that is not named') || coalesce(', by ' || y.done_by, '') || coalesce(', told: ' || y.told, ''),
		       y.booking_id, y.recorded_at
		  from booking b join detainerd.duty_done y using (booking_id) left join detainerd.duty_kind k using (duty)
		union all
		select b.custody_ended_at, 17, case when b.custody_outcome in ('ice_custody', 'ice_custody_in_place') then 'ice_took_custody' else coalesce(b.custody_outcome, 'custody_ended') end,
		       case when b.custody_outcome in ('ice_custody', 'ice_custody_in_place') then 'ICE took custody' else 'custody here ended: ' || coalesce(replace(b.custody_outcome, '_', ' '), 'how is not recorded') end
		       || coalesce(', ' || b.outcome_detail, '') || case when detainerd.closes(b.custody_outcome, b.outcome_detail) then '' else ' (this ends no stay)' end, b.booking_id, b.recorded_at
		  from booking b
		union all
		select as_of, 18, 'now', case when s.ended_at is null then 'in custody' else 'out of custody' end, s.booking_id, null from stay s
	)
	select h.at, h.event, h.what, b.booking_number, h.recorded_at, h.at > as_of
	  from happened h
	  join detainerd.booking b on b.booking_id = h.booking_id
	 where h.at is not null and isfinite(h.at)
	 order by h.at, h.step, h.what
$$;
comment on function detainerd.explain_timeline(bigint, timestamptz) is
	'Every step of the stay of ${booking_id}, from booking to ${as_of} and what is planned after it (ahead): booked, fingerprints, detainer received, served, '
	'eligible (the clock starts), interviewed, custody ended, every alert and what became of it. recorded_at: when detainerd was told of the fact.';
