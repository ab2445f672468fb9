-- SPDX-License-Identifier: MIT

create or replace function detainerd.release_at(lawful tstzmultirange, as_of timestamptz) returns timestamptz
language sql immutable parallel safe
begin atomic
	select upper(span) from unnest(lawful) span where lower(span) <= as_of or lower_inf(span) order by span desc limit 1;
end;
comment on function detainerd.release_at(tstzmultirange, timestamptz) is
	'THE instant: the end of the lawful span that holds ${as_of}; if none does, the end of the last one before it. Null: lawful without end.';

create or replace function detainerd.cap(s detainerd.stay, levels detainerd.level[]) returns timestamptz
language sql stable parallel safe
begin atomic
	-- any clock on file caps, verified or not; with none verified, flat 48 hours caps too.  The earliest wins.
	select least(min(detainerd.clock_ends(detainerd.clock_begins(s, l.start_event), s.time_zone, l.clock, l.hours)),
	             case when not coalesce(bool_or(l.clock_verified), false) then detainerd.clock_ends(s.starts_at, s.time_zone, 'flat', 48) end)
	  from unnest(levels) l
	 where l.span @> s.starts_at and l.clock is not null;
end;
comment on function detainerd.cap(detainerd.stay, detainerd.level[]) is
	'Earliest end of the clocks of the rules in force where stay ${s} starts. A later version of the law changes who may be held, not the clock.';

create or replace function detainerd.judge(booking_ids bigint[], as_of timestamptz) returns table (
	booking_id bigint, stay_id bigint, members bigint[], facility_id bigint, starts_at timestamptz, allowed boolean, reason text, detail text, detainer_id bigint,
	rule_id bigint, alternative int, citation text, authority tstzmultirange, lawful tstzmultirange, release_at timestamptz,
	due_reason text, due_allowed boolean, due_rule_id bigint, due_citation text, booked_at timestamptz, ended_at timestamptz,
	judged_at timestamptz, changes_at timestamptz, law_version bigint)
language plpgsql stable parallel safe rows 10
as $$
#variable_conflict use_column
begin
	-- "offset 0": work it out once, not wherever its name stands
	return query
	select s.booking_id, s.stay_id, s.members, s.facility_id, s.starts_at, now_read.allowed, now_read.reason, now_read.detail, now_read.detainer_id,
	       now_read.rule_id, now_read.alternative, now_read.citation, hold.authority, custody.lawful, due.release_at,
	       case when due_read.reason <> 'allowed' then due_read.reason
	            when due_read.allowed and interview.begun then 'ice_did_not_take_custody'
	            when due_read.allowed then 'ice_did_not_interview' end,
	       due_read.allowed, due_read.rule_id, due_read.section, s.booked_at, s.ended_at,
	       judge.as_of, least(change.at, s.ends_at), (select v.version from detainerd.law_version v)
	  from detainerd.stays(booking_ids, as_of) s
	 cross join lateral (select array_agg(p) as papers from detainerd.papers(s) p) paper
	 cross join lateral (
		select array_agg(l) as levels, coalesce(range_agg(l.allows), '{}') - coalesce(range_agg(l.forbids), '{}') as spans
		  from detainerd.law(s) l) level
	 cross join lateral (
		select array_agg(b) as bars, coalesce(range_agg(b.span), '{}') as spans
		  from detainerd.bars_standing(s.members, detainerd.everywhere_bars()) b) bar
	 cross join lateral (select detainerd.cap(s, level.levels) as ends offset 0) clock
	 -- authority = papers * law * clock
	 cross join lateral (
		select coalesce(range_agg(p.span * tstzrange(s.starts_at, greatest(s.starts_at, least(clock.ends, p.ends_by)))), '{}')
		       * (level.spans - bar.spans) as authority
		  from unnest(paper.papers) p
		 where s.starts_at is not null) hold
	 -- lawful = before the start + authority + every basis
	 cross join lateral (select tstzmultirange(tstzrange(null, s.starts_at)) + hold.authority + s.bases as lawful offset 0) custody
	 cross join lateral (select detainerd.release_at(custody.lawful, s.read_at) as release_at offset 0) due
	 cross join lateral detainerd.reads(s, paper.papers, level.levels, bar.bars, greatest(s.reads_from, s.read_at)) now_read
	  left join lateral detainerd.reads(s, paper.papers, level.levels, bar.bars, due.release_at) due_read on due.release_at is not null
	 -- an interview does not extend the hold; it changes only what is said of its end
	 cross join lateral (
		select exists (select from detainerd.interview i
		                where i.booking_id = any (s.members)
		                  and (i.started_at <= due.release_at
		                       or i.consent = 'declined' and coalesce(i.requested_at, '-infinity') <= due.release_at)) as begun) interview
	 -- the first later instant at which another reading comes out, if no fact changes
	  left join lateral (
		select edge.at
		  from detainerd.edges(s, paper.papers, level.levels, bar.bars, custody.lawful, as_of) edge (at)
		 cross join lateral detainerd.reads(s, paper.papers, level.levels, bar.bars, greatest(s.reads_from, edge.at)) then_read
		 where then_read is distinct from now_read
		    or detainerd.release_at(custody.lawful, edge.at) is distinct from due.release_at
		 order by edge.at limit 1) change on s.ended_at is null
	 where paper.papers is not null;
end;
$$;
comment on function detainerd.judge(bigint[], timestamptz) is
	'What hold must contain for the stays of ${booking_ids} that have a detainer, as of ${as_of}: the law of each instant applied to the facts. Pure: writes nothing, reads no clock.';
