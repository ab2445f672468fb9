-- SPDX-License-Identifier: MIT
-- What happened in a period, for compliance and for whoever asks a jail to account.  A period is of whole local days, first and
-- last included, at each facility.

create or replace function detainerd.report_over_detention(first_day date, last_day date, facility text)
returns table (facility text, booking_number text, starts_at timestamptz, release_at timestamptz, custody_ended_at timestamptz, late interval,
               spans tstzmultirange, allowed boolean, reason text, citation text, time_zone text)
language sql stable as $$
	select o.facility, o.booking_number, o.starts_at, o.release_at, o.custody_ended_at, o.late, o.spans, o.allowed, o.reason, o.citation, f.time_zone
	  from detainerd.over_detention o
	  join detainerd.facility f on f.code = o.facility
	 -- no local day begins a day before or after the same of UTC
	 where o.custody_ended_at >= (first_day - 1) at time zone 'UTC' and o.custody_ended_at < (last_day + 2) at time zone 'UTC'
	   and o.custody_ended_at >= detainerd.day_starts(first_day, f.time_zone) and o.custody_ended_at < detainerd.day_starts(last_day + 1, f.time_zone)
	   and (o.facility = report_over_detention.facility or report_over_detention.facility is null)
	 order by o.custody_ended_at, o.facility, o.booking_number
$$;
comment on function detainerd.report_over_detention(date, date, text) is
	'Rows of over_detention whose custody ended in the period, at one facility or, where that is null, at all; time_zone: the facility''s.';

create or replace function detainerd.report_overdue(first_day date, last_day date, facility text, as_of timestamptz)
returns table (facility text, booking_number text, since timestamptz, until timestamptz, lasted interval, in_custody boolean, reason text, citation text,
               told_at timestamptz, acknowledged_at timestamptz, acknowledged_by text, time_zone text)
language sql stable as $$
	with place as materialized (
		select f.facility_id, f.code, f.time_zone, detainerd.day_starts(first_day, f.time_zone) as begins, detainerd.day_starts(last_day + 1, f.time_zone) as ends
		  from detainerd.facility f where f.code = report_overdue.facility or report_overdue.facility is null
	), held as materialized (
		select h.*, p.code, p.time_zone, p.begins, p.ends, late.spans
		  from (select h.* from detainerd.hold h
		         -- of years of stays only those that overlap the period
		         where h.ended_at >= (first_day - 1) at time zone 'UTC' and h.booked_at < (last_day + 2) at time zone 'UTC'
		           and not (h.lawful @> case when h.booked_at < h.ended_at then tstzrange(h.booked_at, h.ended_at) else 'empty' end)
		        union all
		        select h.* from detainerd.hold h where h.ended_at is null) h
		  join place p on p.facility_id = h.facility_id
		 cross join lateral (select detainerd.unlawful(h.booked_at, coalesce(h.ended_at, as_of), h.lawful) as spans) late
		 where not isempty(late.spans)
	)
	select h.code, b.booking_number, lower(s.span), case when h.ended_at is not null or upper(s.span) < as_of then upper(s.span) end,
	       make_interval(secs => extract(epoch from upper(s.span) - lower(s.span))::double precision),
	       h.ended_at is null and upper(s.span) >= as_of,
	       case when lower(s.span) = h.release_at then h.due_reason end, case when lower(s.span) = h.release_at then h.due_citation end,
	       told.at, ack.at, ack.by_whom, h.time_zone
	  from held h
	 cross join lateral unnest(h.spans) s (span)
	  join detainerd.booking b on b.booking_id = h.booking_id
	 cross join lateral (
		select min(d.delivered_at) as at
		  from detainerd.alert a join detainerd.delivery d on d.alert_id = a.alert_id
		 where a.stay_id = h.stay_id and a.release_at = lower(s.span) and a.kind in ('release_due', 'overdue')) told
	  left join lateral (
		select e.at, e.by_whom
		  from detainerd.alert a join detainerd.alert_event e on e.alert_id = a.alert_id and e.event = 'acknowledged'
		 where a.stay_id = h.stay_id and a.release_at = lower(s.span) and detainerd.is_of_release(a.kind)
		 order by e.at limit 1) ack on true
	 where lower(s.span) >= h.begins and lower(s.span) < h.ends and lower(s.span) <= as_of
	 order by lower(s.span), h.code, b.booking_number
$$;
comment on function detainerd.report_overdue(date, date, text, timestamptz) is
	'Every span of custody without lawful ground that began in the period, of people still in custody too, and who was told and answered. until: null while it lasts. '
	'reason: null where lawful custody was restored later, see explain. told_at: when a receiver first accepted that the person must be released.';

create or replace function detainerd.report_alerts(first_day date, last_day date, facility text, as_of timestamptz)
returns table (alert_id text, facility text, booking_number text, kind text, severity text, reason text, citation text, due_at timestamptz, raised_at timestamptz,
               late interval, told_at timestamptz, receivers int, undelivered int, acknowledged_at timestamptz, acknowledged_by text, resolved_at timestamptz,
               superseded_at timestamptz, unanswered boolean, time_zone text)
language sql stable as $$
	with place as materialized (
		select f.facility_id, f.code, f.time_zone, detainerd.day_starts(first_day, f.time_zone) as begins, detainerd.day_starts(last_day + 1, f.time_zone) as ends
		  from detainerd.facility f
		union all	-- of what is about no facility
		select null, null, 'UTC', first_day at time zone 'UTC', (last_day + 1) at time zone 'UTC'
	), raised as materialized (
		select a.alert_id, a.severity, a.learned_at, p.time_zone
		  from detainerd.alert a
		  join place p on coalesce(p.facility_id, 0) = coalesce(a.facility_id, 0)
		 where a.raised_at >= (first_day - 1) at time zone 'UTC' and a.raised_at < (last_day + 2) at time zone 'UTC'
		   and a.raised_at >= p.begins and a.raised_at < p.ends
		   and (p.code = report_alerts.facility or report_alerts.facility is null)
	)
	select l.alert_id, l.facility, l.booking_number, l.kind, a.severity, l.reason, l.citation, l.due_at, l.raised_at,
	       l.raised_at - greatest(l.due_at, a.learned_at), told.at, told.receivers, told.undelivered,
	       l.acknowledged_at, l.acknowledged_by, l.resolved_at, l.superseded_at,
	       -- of the alert that tells to release: nobody had answered within half an hour, nor was it over
	       l.kind = 'release_due'
	       and coalesce(least((select min(e.at) from detainerd.alert_event e where e.alert_id = l.alert_id and e.event = 'acknowledged'), l.resolved_at, l.superseded_at), as_of)
	           > l.raised_at + interval '30 minutes',
	       a.time_zone
	  from raised a
	 -- each by its own id: for a week of alerts the planner would read all
	 cross join lateral (select * from detainerd.alert_log l where l.alert_id = a.alert_id offset 0) l
	 cross join lateral (
		select min(d.delivered_at) as at, count(*)::int as receivers, count(*) filter (where d.delivered_at is null and d.state not in ('cancelled', 'digested'))::int as undelivered
		  from detainerd.delivery d where d.alert_id = l.alert_id) told
	 order by l.raised_at, l.alert_id
$$;
comment on function detainerd.report_alerts(date, date, text, timestamptz) is
	'Every alert raised in the period and what became of it. late: of detainerd, not of the facts. told_at: when a receiver first accepted it. '
	'unanswered: it told to release, and half an hour later nobody had acknowledged it nor was it over.';
