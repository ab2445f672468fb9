-- SPDX-License-Identifier: MIT
-- What monitors are told.  Counts only: no row is about a person.

create or replace function detainerd.measure(as_of timestamptz)
returns table (name text, label text, value bigint, server_us bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
	with overdue as (
		select h.release_at, detainerd.silent_until(h.stay_id, h.release_at) as silent_until
		  from detainerd.hold h where h.ended_at is null and h.release_at <= as_of
	), pending as (
		select d.first_due_at from detainerd.delivery d
		 where d.state in ('due', 'leased') and detainerd.is_pending(d, as_of)
	), feed as (
		select greatest(f.seen_at, m.at) as seen_at
		  from detainerd.feed f
		  left join (select m.facility_id, max(m.at) as at from detainerd.feed_mark m group by m.facility_id) m on m.facility_id = f.facility_id
	), measured (name, label, value) as (
		select 'holds_active', null, count(*) from detainerd.hold h where h.ended_at is null
		union all
		select 'holds_overdue', null, count(*) from overdue
		union all
		select 'alerts_unacknowledged', null, count(*) from overdue o where o.silent_until <= as_of or o.silent_until is null
		union all
		select 'oldest_overdue_timestamp_seconds', null, detainerd.epoch_us(min(o.release_at)) from overdue o
		union all
		select 'next_deadline_timestamp_seconds', null, detainerd.epoch_us(min(h.release_at))
		  from detainerd.hold h where h.ended_at is null and h.release_at > as_of
		union all
		select 'holds_start_unknown', null, count(*)
		  from detainerd.hold h where h.ended_at is null and h.starts_at is null and h.reason <> 'held_on_other_authority'
		union all
		select 'source_age_seconds', null, detainerd.epoch_us(as_of) - detainerd.epoch_us(min(f.seen_at)) from feed f
		union all
		select 'deliveries_pending', null, count(*) from pending
		union all
		select 'delivery_oldest_pending_seconds', null, detainerd.epoch_us(as_of) - detainerd.epoch_us(coalesce(min(p.first_due_at), as_of)) from pending p
		union all
		select 'troubles', w.condition, count(*) from detainerd.watch w group by w.condition
		union all
		select 'alerts_last_day', a.kind, count(*)
		  from detainerd.alert a where a.raised_at > as_of - interval '24 hours' and a.raised_at <= as_of group by a.kind
	)
	select m.name, m.label, m.value, detainerd.epoch_us(clock_timestamp()) from measured m where m.value is not null
$$;
comment on function detainerd.measure(timestamptz) is
	'What the daemon tells monitors, a row a series: counts, and instants and lengths in microseconds. Nothing of a person.';
