-- SPDX-License-Identifier: MIT

create or replace function detainerd.members(booking_ids bigint[]) returns table (asked bigint, booking_id bigint)
language sql stable parallel safe rows 10 as $$
	with recursive member (asked, booking_id) as (
		select a.id, a.id from unnest(booking_ids) a (id)
		union
		select m.asked, linked.booking_id
		  from member m
		 cross join lateral (
			select unnest(array[b.continues_booking_id, b.merged_into_id]) from detainerd.booking b where b.booking_id = m.booking_id
			union all
			select b.booking_id from detainerd.booking b where b.continues_booking_id = m.booking_id
			union all
			select b.booking_id from detainerd.booking b where b.merged_into_id = m.booking_id
		 ) linked (booking_id)
		 where linked.booking_id is not null
	)
	select m.asked, m.booking_id from member m
$$;
comment on function detainerd.members(bigint[]) is
	'For each asked booking every booking of its stay, itself included: bookings linked by continues_booking_id or merged_into_id, either way. A ring of links ends by itself.';

create or replace function detainerd.stays(booking_ids bigint[], as_of timestamptz) returns setof detainerd.stay
language sql stable parallel safe rows 10 as $$
	select distinct on (first.booking_id)
	       first.booking_id, latest.booking_id, stay.members, latest.facility_id, f.jurisdiction, f.agency_kind, f.time_zone,
	       merged.booked_at, (merged.booked_at at time zone f.time_zone)::date, merged.release_eligible_at,
	       basis.spans, clock.starts_at,
	       case when clock.starts_at is null and upper_inf(basis.spans) then 'infinity' else clock.starts_at end, custody.ended_at, custody.ends_at, least(as_of, custody.ended_at - interval '1 microsecond')
	  from (select m.asked, array_agg(m.booking_id order by m.booking_id) as members
	          from detainerd.members(booking_ids) m group by m.asked) stay
	 -- the booking first recorded names the stay, for good
	 cross join lateral (
		select b.booking_id from detainerd.booking b where b.booking_id = any (stay.members)
		 order by b.recorded_at, b.booking_id limit 1) first
	 -- the booking that no other goes on from or replaces is the latest; of a fork the latest booked_at counts
	 cross join lateral (
		select b.booking_id, b.facility_id, b.booked_at, b.custody_ended_at, b.custody_outcome, b.outcome_detail
		  from detainerd.booking b
		 where b.booking_id = any (stay.members)
		 order by cardinality(stay.members) > 1
		          and (b.merged_into_id <> b.booking_id and b.merged_into_id is not null
		               or exists (select from detainerd.booking later
		                           where later.continues_booking_id = b.booking_id and later.booking_id <> b.booking_id)),
		          b.booked_at desc nulls last, b.booking_id desc
		 limit 1) latest
	 cross join lateral (
		select min(b.booked_at) as booked_at, case when min(b.release_eligible_at) is not null then greatest(min(b.release_eligible_at), min(b.booked_at)) end
		       as release_eligible_at
		  from detainerd.booking b where b.booking_id = any (stay.members)) merged
	  join detainerd.facility f on f.facility_id = latest.facility_id
	 -- every reason other than ICE to keep the person, as written
	 cross join lateral (
		select coalesce(range_agg(tstzrange(nullif(c.began_at, '-infinity'), nullif(c.ended_at, 'infinity'))), '{}') as spans
		  from detainerd.custody_basis c
		 where c.booking_id = any (stay.members)
		   and (c.began_at < c.ended_at or c.began_at is null or c.ended_at is null)
		   and not detainerd.is_immigration_agency(c.agency)
		   and not detainerd.names_immigration_paper(c.evidence)) basis
	 -- "not otherwise detained", 8 CFR 287.7(d): the end of the unbroken span of release_eligible_at and the bases
	 cross join lateral (
		select upper(unbroken) as starts_at
		  from unnest(tstzmultirange(tstzrange(null, merged.release_eligible_at)) + basis.spans) unbroken
		 where lower_inf(unbroken)) clock
	 -- only a positive closing fact of the latest booking, reached, and not before that booking began
	 cross join lateral (
		select case when closing.at <= as_of then closing.at end as ended_at, case when closing.at > as_of then closing.at end as ends_at
		  from (select case when detainerd.closes(latest.custody_outcome, latest.outcome_detail)
		                     and (latest.custody_ended_at >= latest.booked_at or latest.booked_at is null)
		                    then latest.custody_ended_at end as at) closing) custody
	 order by first.booking_id
$$;
comment on function detainerd.stays(bigint[], timestamptz) is
	'One row for each stay that the asked bookings belong to. ended_at: the closing fact reached at ${as_of}; ends_at: one still ahead; '
	'read_at: ${as_of}, or the last instant before the end. starts_at is null while the start is not known or a basis stands without end; '
	'reads_from: papers and law are read there or later, and at infinity where a basis stands without end.';
