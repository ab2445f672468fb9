-- SPDX-License-Identifier: MIT
-- The jail and its detainerd in one state, for a monitoring system.

create or replace function detainerd.check_up(facility text, style text, as_of timestamptz)
returns table (state text, says text, perfdata text, troubles text)
language sql stable rows 1 as $$
	with hold as materialized (
		select count(*) as open, count(*) filter (where h.release_at <= as_of) as overdue, min(h.release_at) as first, min(h.release_at) filter (where h.release_at > as_of) as next,
		       count(*) filter (where h.release_at > as_of and h.release_at <= as_of + interval '12 hours') as soon,
		       count(*) filter (where h.starts_at is null and h.reason <> 'held_on_other_authority') as unknown,
		       extract(epoch from greatest(as_of - min(h.release_at), interval '0'))::bigint as longest
		  from detainerd.hold h join detainerd.facility f on f.facility_id = h.facility_id
		 where h.ended_at is null and (f.code = check_up.facility or check_up.facility is null)
	), place as materialized (
		select count(*) as facilities, case when count(distinct f.time_zone) = 1 then min(f.time_zone) else 'UTC' end as zone,
		       case when bool_and(detainerd.explain_facts_as_of(f.facility_id) is not null) then min(detainerd.explain_facts_as_of(f.facility_id)) end as facts_as_of
		  from detainerd.facility f where f.code = check_up.facility or check_up.facility is null
	), pending as (
		select count(*) as deliveries, extract(epoch from greatest(as_of - min(d.first_due_at), interval '0'))::bigint as oldest
		  from detainerd.delivery d where d.state in ('due', 'leased') and detainerd.is_pending(d, as_of)
	), trouble as materialized (
		select t.condition, t.severity, regexp_replace(t.subject, '\s+', ' ', 'g') as subject, t.what from detainerd.trouble t where t.facility = check_up.facility or t.facility is null or check_up.facility is null
	), worst as (
		select count(*) as count, count(*) filter (where t.severity = 'critical') as critical,
		       (array_agg(t.subject || ': ' || t.what order by t.severity, t.condition <> 'no_daemon', t.condition, t.subject))[1] as first,
		       string_agg(format('%s: %s: %s: %s', upper(t.severity), t.condition, t.subject, t.what), E'\n'
		                  order by t.severity, t.condition <> 'no_daemon', t.condition, t.subject) as lines
		  from trouble t
	)
	select case when h.overdue > 0 or w.critical > 0 or p.facilities = 0 then 'CRITICAL' when w.count > 0 then 'WARNING' else 'OK' end,
	       concat_ws('; ',
	                 case when h.overdue > 0 then format('%s past the end of lawful custody, the longest for %s', case h.overdue when 1 then '1 person is' else h.overdue || ' people are' end,
	                                                     detainerd.explain_duration(date_trunc('minute', as_of - h.first))) end,
	                 case when p.facilities = 0 then 'there is no facility: nothing is watched' end,
	                 w.first || case when w.count > 1 then format(' (and %s more)', w.count - 1) else '' end,
	                 case when h.overdue = 0 then h.open || ' held, none overdue' end,
	                 'next release ' || coalesce(detainerd.explain_time(h.next, p.zone, style), 'not known'),
	                 'facts as of ' || coalesce(detainerd.explain_time(p.facts_as_of, p.zone, style), 'never')),
	       concat_ws(' ', format('holds_open=%s;;;0', h.open), format('holds_overdue=%s;;0;0', h.overdue), format('longest_overdue=%ss;;0;0', coalesce(h.longest, 0)),
	                 format('holds_due_soon=%s;;;0', h.soon), format('eligibility_unknown=%s;;;0', h.unknown), format('troubles=%s;0;;0', w.count),
	                 format('deliveries_pending=%s;;;0', d.deliveries), format('oldest_delivery=%ss;;60;0', coalesce(d.oldest, 0)),
	                 format('facts_age=%ss;;;0', extract(epoch from greatest(as_of - p.facts_as_of, interval '0'))::bigint)),
	       w.lines
	  from hold h cross join place p cross join pending d cross join worst w
$$;
comment on function detainerd.check_up(text, text, timestamptz) is
	'One facility, or null for all, and detainerd itself, for a monitoring system: OK, WARNING or CRITICAL, why, the figures as Nagios perfdata, and every trouble, a line each; times as explain_time() has ${style}. '
	'CRITICAL: somebody is held past the end of lawful custody, or a release may go untold.';
