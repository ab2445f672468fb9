-- SPDX-License-Identifier: MIT
-- What a digest lists, as lines of codes; core/words says what each means.  Two blanks part the fields of a line, so a booking number has no more than one.

create or replace function detainerd.digest_subject(a detainerd.alert) returns text
language sql stable parallel safe
begin atomic
	select case when detainerd.is_of_release((a).kind) then concat_ws(' ', (a).stay_id, detainerd.epoch_us((a).release_at)) else (a).alert_id end;
end;
comment on function detainerd.digest_subject(detainerd.alert) is 'What a line of a digest is about: a release instant, with all that is said of it, or one alert.';

create or replace function detainerd.digest_lines(digest_id text) returns table (due_at timestamptz, line text)
language sql stable as $$
	-- of a release instant one line, the gravest that is said of it, and one of everything else; nothing that no longer stands
	select distinct on (subject) a.due_at,
	       concat_ws('  ', case when b.booking_number is not null then 'booking ' || regexp_replace(b.booking_number, '\s+', ' ', 'g') end, f.code,
	                 case a.kind when 'superseded' then 'STAND DOWN' else upper(replace(a.kind, '_', ' ')) end,
	                 case when a.release_at is not null then detainerd.local_text(a.release_at, f.time_zone, 'YYYY-MM-DD HH24:MI TZ') end,
	                 case when a.stay_id is null then a.reason end, a.alert_id)
	  from detainerd.delivery d
	  join detainerd.alert a on a.alert_id = d.alert_id
	  left join detainerd.booking b on b.booking_id = a.booking_id
	  left join detainerd.facility f on f.facility_id = a.facility_id
	 cross join lateral (select detainerd.digest_subject(a) as subject) about
	 where d.digest_id = digest_lines.digest_id and d.state in ('digested', 'delivered') and not detainerd.is_closed(a.alert_id)
	 order by subject, array_position(array['release_due', 'overdue', 'due_soon'], a.kind), a.due_at
$$;
comment on function detainerd.digest_lines(text) is 'The lines of a digest: the gravest alert of each release instant, and every other that still stands.';

create or replace function detainerd.daily_lines(facility_id bigint, as_of timestamptz) returns table (due_at timestamptz, line text)
language sql stable as $$
	select h.release_at, format('booking %s  OVERDUE  %s', regexp_replace(b.booking_number, '\s+', ' ', 'g'), detainerd.local_text(h.release_at, f.time_zone, 'YYYY-MM-DD HH24:MI TZ'))
	  from detainerd.hold h join detainerd.booking b on b.booking_id = h.booking_id join detainerd.facility f on f.facility_id = h.facility_id
	 where h.facility_id = daily_lines.facility_id and h.ended_at is null and h.release_at < as_of - interval '24 hours'
	union all
	select h.booked_at, format('booking %s  START UNKNOWN', regexp_replace(b.booking_number, '\s+', ' ', 'g'))
	  from detainerd.hold h join detainerd.booking b on b.booking_id = h.booking_id
	 where h.facility_id = daily_lines.facility_id and h.ended_at is null and h.starts_at is null and h.reason <> 'held_on_other_authority'
	union all
	-- the second sort of eligibility_unknown by itself: what keeps this person may be a charge that nobody closed
	select h.booked_at, format('booking %s  %s', regexp_replace(b.booking_number, '\s+', ' ', 'g'),
	                           case when exists (select from detainerd.booking m where m.booking_id = any (h.members) and m.release_eligible_at <= as_of)
	                                     and exists (select from detainerd.custody_basis c
	                                                  where c.booking_id = any (h.members) and c.kind in ('local_charge', 'sentence') and c.ended_at is null)
	                                then 'PAST RELEASE' else 'OTHER AUTHORITY' end)
	  from detainerd.hold h join detainerd.booking b on b.booking_id = h.booking_id
	 where h.facility_id = daily_lines.facility_id and h.ended_at is null and h.reason = 'held_on_other_authority'
$$;
comment on function detainerd.daily_lines(bigint, timestamptz) is
	'What a facility''s daily digest lists: overdue for more than a day, start not known, kept by a charge or sentence that is open past release, kept on other authority.';
