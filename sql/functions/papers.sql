-- SPDX-License-Identifier: MIT

create or replace function detainerd.papers(s detainerd.stay) returns setof detainerd.paper
language sql stable parallel safe rows 2 as $$
	select d.detainer_id, d.form, d.received_at, force.effective_at, d.rescinded_at, force.declined_at, force.void,
	       case when force.void is null and (force.effective_at < force.until or force.until is null)
	            then tstzrange(force.effective_at, force.until) else 'empty' end,
	       detainerd.clock_ends(s.starts_at, s.time_zone, f.clock, f.hours)
	  from detainerd.detainer d
	  left join detainerd.form f on f.form = d.form
	 cross join lateral (
		select case when f.form is null then 'unknown_form'
		            when not f.asks_for_hold then 'notify_only_form'
		            when d.issued_on < s.booked_on - 1 then 'issued_for_earlier_stay'
		            when d.received_at is null then 'not_received'
		            when f.must_be_served and d.served_at is null then 'not_served' end as void,
		       greatest(d.received_at, case when f.must_be_served then d.served_at end) as effective_at,
		       case when not d.comply then coalesce(d.comply_at, '-infinity') end as declined_at,
		       least(d.rescinded_at, case when not d.comply then coalesce(d.comply_at, '-infinity') end) as until) force
	 where d.booking_id = any (s.members)
$$;
comment on function detainerd.papers(detainerd.stay) is
	'Each detainer of a stay and the span in which it is in force: asks for a hold, received, served where its form says so, '
	'not rescinded, not declined by the agency, not issued for an earlier stay. ends_by: the form''s own clock, counted from the start.';
