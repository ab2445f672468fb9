-- SPDX-License-Identifier: MIT

create or replace function detainerd.explain_stay(booking_id bigint, as_of timestamptz)
returns table (facility text, facility_name text, time_zone text, jurisdiction text, booking_number text, bookings text, booked_at timestamptz, starts_at timestamptz,
               release_at timestamptz, ended_at timestamptz, allowed boolean, reason text, detail text, citation text, due_reason text, due_citation text,
               unlawful interval, verdict text)
language sql stable rows 1 as $$
	select f.code, f.name, s.time_zone, s.jurisdiction, b.booking_number,
	       (select string_agg(m.booking_number || ' at ' || mf.code, ', ' order by m.booked_at, m.booking_id)
	          from detainerd.booking m join detainerd.facility mf on mf.facility_id = m.facility_id where m.booking_id = any (s.members)),
	       s.booked_at, s.starts_at, h.release_at, s.ended_at, h.allowed, h.reason, h.detail, h.citation, h.due_reason, h.due_citation, custody.unlawful,
	       case when h.stay_id is null then 'there is no detainer: detainerd times nothing'
	            when s.ended_at is not null and custody.unlawful is null then 'out of custody; every minute of custody was lawful'
	            when s.ended_at is not null then 'out of custody; held ' || detainerd.explain_duration(custody.unlawful) || ' without lawful ground: '
	                                             || detainerd.explain_reason(h.due_reason, null)
	            when h.release_at <= as_of then 'MUST BE RELEASED, lawful custody ended ' || detainerd.explain_duration(as_of - h.release_at) || ' ago: '
	                                            || detainerd.explain_reason(h.due_reason, null)
	            when h.release_at is not null then 'may be kept for another ' || detainerd.explain_duration(h.release_at - as_of) || '; then: '
	                                               || detainerd.explain_reason(h.due_reason, null)
	            when s.starts_at is null and s.bases = '{}' then 'nobody has recorded when the person would otherwise go free: no clock runs'
	            else 'kept by another authority, to no known end' end
	  from detainerd.stays(array[explain_stay.booking_id], as_of) s
	  join detainerd.facility f on f.facility_id = s.facility_id
	  join detainerd.booking b on b.booking_id = s.booking_id
	  left join detainerd.judge(array[explain_stay.booking_id], as_of) h on h.stay_id = s.stay_id
	 cross join lateral (
		select sum(make_interval(secs => extract(epoch from c.lasted)::double precision)) as unlawful
		  from detainerd.explain_custody(explain_stay.booking_id, as_of) c where not c.lawful) custody
$$;
comment on function detainerd.explain_stay(bigint, timestamptz) is
	'The stay of ${booking_id} in one row, read as of ${as_of}: where, since when, until when, the verdict in words, and the time without lawful ground so far.';
