-- SPDX-License-Identifier: MIT
-- All that detainerd knows of one stay, as documents for counsel or a court.  The same record, read as of the same instant, gives
-- the same bytes: whoever makes them, wherever, whenever.

create or replace function detainerd.evidence_lines(booking_id bigint, as_of timestamptz) returns text
language sql stable as $$
	select concat_ws(E'\n',
	       'Booking ' || s.booking_number || ' at ' || s.facility || coalesce(', ' || s.facility_name, '') || ', ' || s.jurisdiction || ', times in ' || s.time_zone,
	       'As of ' || detainerd.explain_time(as_of, s.time_zone, 'local') || ' (' || detainerd.explain_time(as_of, null, 'utc') || ')',
	       'Bookings of the stay: ' || s.bookings,
	       'Verdict: ' || s.verdict,
	       'Would otherwise go free: ' || coalesce(detainerd.explain_time(s.starts_at, s.time_zone, 'local'), 'not known'),
	       'Lawful custody ends: ' || coalesce(detainerd.explain_time(s.release_at, s.time_zone, 'local') || ': ' || detainerd.explain_reason(s.due_reason, null) || coalesce(', ' || s.due_citation, ''), 'no end is known'),
	       'Out of custody: ' || coalesce(detainerd.explain_time(s.ended_at, s.time_zone, 'local'), 'no'),
	       'Without lawful ground: ' || coalesce(detainerd.explain_duration(s.unlawful), 'not a minute'),
	       E'\nWhat happened',
	       (select string_agg(format('%s  %s%s', detainerd.explain_time(t.at, s.time_zone, 'local'), t.what, case when t.ahead then ' (ahead)' else '' end), E'\n' order by t.nr)
	          from rows from (detainerd.explain_timeline(evidence_lines.booking_id, as_of)) with ordinality t (at, event, what, booking_number, recorded_at, ahead, nr)),
	       E'\nCustody, and what made it lawful',
	       (select string_agg(format('%s to %s  %s: %s', coalesce(detainerd.explain_time(c.since, s.time_zone, 'local'), 'ever'), coalesce(detainerd.explain_time(c.until, s.time_zone, 'local'), 'no end known'),
	                                 case when c.lawful then 'lawful' else 'NOT LAWFUL' end, c.because), E'\n' order by c.since nulls first)
	          from detainerd.explain_custody(evidence_lines.booking_id, as_of) c),
	       E'\nWhat the law says',
	       (select string_agg(format('%s%s  %s: %s', l.jurisdiction, coalesce(', ' || l.citation, ''), l.says, l.because), E'\n' order by l.depth, l.since nulls first, l.says)
	          from detainerd.explain_law(evidence_lines.booking_id, as_of) l),
	       E'\nWhat the law asks beside release',
	       coalesce((select string_agg(format('%s  %s: %s%s, %s%s', detainerd.explain_time(d.due_at, s.time_zone, 'local'), d.state, d.says,
	                                          coalesce(', done ' || detainerd.explain_time(d.done_at, s.time_zone, 'local'), ''), d.citation, case when d.verified then '' else ' (not verified)' end),
	                                   E'\n' order by d.nr)
	                   from rows from (detainerd.explain_duties(evidence_lines.booking_id, as_of)) with ordinality
	                        d (duty, says, jurisdiction, citation, verified, event, event_at, hours, due_at, done_at, state, nr)), 'nothing that is on file')) || E'\n'
	  from detainerd.explain_stay(evidence_lines.booking_id, as_of) s
$$;
comment on function detainerd.evidence_lines(bigint, timestamptz) is 'The stay of ${booking_id} as of ${as_of} in lines for people: what explain says of it.';

create or replace function detainerd.evidence_law(booking_id bigint, as_of timestamptz) returns jsonb
language sql stable as $$
	with stay as materialized (
		select s from detainerd.stays(array[evidence_law.booking_id], as_of) s
	), rule as (
		select r.* from detainerd.rule r
		 where r.rule_id in (select l.rule_id from stay t cross join lateral detainerd.law(t.s) l)
	)
	select jsonb_build_object(
		'law_version', (select v.version from detainerd.law_version v),
		'rules', (select coalesce(jsonb_agg(to_jsonb(r) || jsonb_build_object(
			'alternatives', (select coalesce(jsonb_agg(to_jsonb(a) order by a.alternative), '[]') from detainerd.rule_alternative a where a.rule_id = r.rule_id),
			'terms', (select coalesce(jsonb_agg(to_jsonb(t) order by t.rule_term_id), '[]') from detainerd.rule_term t where t.rule_id = r.rule_id),
			'bars', (select coalesce(jsonb_agg(to_jsonb(b) order by b.ground), '[]') from detainerd.rule_bar b where b.rule_id = r.rule_id)) order by r.rule_id), '[]') from rule r),
		'forms', (select coalesce(jsonb_agg(to_jsonb(f) order by f.form), '[]') from detainerd.form f
			where f.form in (select d.form from stay t join detainerd.detainer d on d.booking_id = any ((t.s).members))),
		'holidays', (select coalesce(jsonb_agg(to_jsonb(h) order by h.day, h.calendar), '[]')
			from stay t join detainerd.holiday h on h.day between ((t.s).booked_at at time zone (t.s).time_zone)::date - 1
				and (coalesce((t.s).ended_at, as_of) at time zone (t.s).time_zone)::date + 14))
$$;
comment on function detainerd.evidence_law(bigint, timestamptz) is
	'Every version of the law that speaks of the stay of ${booking_id}, whole; the forms of its detainers; and the holidays of its days and two weeks after.';

create or replace function detainerd.evidence_messages(booking_id bigint, as_of timestamptz) returns jsonb
language sql stable as $$
	select coalesce(jsonb_agg(to_jsonb(a) || jsonb_build_object(
		'events', (select coalesce(jsonb_agg(to_jsonb(e) order by e.alert_event_id), '[]') from detainerd.alert_event e where e.alert_id = a.alert_id),
		'deliveries', (select coalesce(jsonb_agg(to_jsonb(d) || jsonb_build_object(
			'attempts', (select coalesce(jsonb_agg(to_jsonb(t) order by t.delivery_attempt_id), '[]') from detainerd.delivery_attempt t
				where t.delivery_id = coalesce((select g.delivery_id from detainerd.delivery g where g.alert_id = d.digest_id and g.receiver = d.receiver), d.delivery_id)))
			order by d.delivery_id), '[]') from detainerd.delivery d where d.alert_id = a.alert_id)) order by a.raised_at, a.alert_id), '[]')
	  from detainerd.stays(array[evidence_messages.booking_id], as_of) s
	  join detainerd.alert a on a.booking_id = any (s.members) or a.stay_id = s.stay_id
$$;
comment on function detainerd.evidence_messages(bigint, timestamptz) is
	'Every alert of the stay of ${booking_id}, what became of it, to whom it went, and every attempt with the receiver''s answer; of one listed in a digest the digest''s.';

create or replace function detainerd.evidence(booking_id bigint, as_of timestamptz) returns table (name text, content text, sha256 text)
language sql stable
-- how instants and durations are written must not depend on who asks
set timezone = 'UTC' set intervalstyle = 'iso_8601' set datestyle = 'ISO, YMD'
as $$
	with stay as materialized (
		select s.* from detainerd.stays(array[evidence.booking_id], as_of) s
	), document (place, name, content) as (
		select 1, 'explanation.txt', detainerd.evidence_lines(evidence.booking_id, as_of)
		union all
		select 2, 'facts.json', jsonb_pretty(jsonb_build_object(
			'facility', (select to_jsonb(f) from detainerd.facility f where f.facility_id = s.facility_id),
			'bookings', (select jsonb_agg(to_jsonb(b) order by b.booking_id) from detainerd.booking b where b.booking_id = any (s.members)),
			'bases', (select coalesce(jsonb_agg(to_jsonb(c) order by c.basis_id), '[]') from detainerd.custody_basis c where c.booking_id = any (s.members)),
			'detainers', (select coalesce(jsonb_agg(to_jsonb(d) order by d.detainer_id), '[]') from detainerd.detainer d where d.booking_id = any (s.members)),
			'findings', (select coalesce(jsonb_agg(to_jsonb(n) order by n.finding_id), '[]') from detainerd.finding n where n.booking_id = any (s.members)),
			'interviews', (select coalesce(jsonb_agg(to_jsonb(i) order by i.interview_id), '[]') from detainerd.interview i where i.booking_id = any (s.members)),
			'duties_done', (select coalesce(jsonb_agg(to_jsonb(y) order by y.duty_done_id), '[]') from detainerd.duty_done y where y.booking_id = any (s.members)),
			'in_doubt', (select coalesce(jsonb_agg(to_jsonb(w) order by w.booking_id, w.code, w.message), '[]')
				from (select w.booking_id, w.facility, w.booking_number, w.code, w.message from detainerd.fact_warning w where w.booking_id = any (s.members)
				      union all
				      select b.booking_id, f.code, b.booking_number, y.code, y.message from detainerd.booking b join detainerd.facility f on f.facility_id = b.facility_id
				       cross join lateral detainerd.duty_doubts(b.booking_id, as_of) y where b.booking_id = any (s.members)) w)))
		  from stay s
		union all
		select 3, 'verdict.json', jsonb_pretty(coalesce((select to_jsonb(h) from detainerd.judge(array[evidence.booking_id], as_of) h), 'null'))
		union all
		select 4, 'timeline.json', jsonb_pretty(coalesce((select jsonb_agg(to_jsonb(t)) from detainerd.explain_timeline(evidence.booking_id, as_of) t), '[]'))
		union all
		select 5, 'custody.json', jsonb_pretty(coalesce((select jsonb_agg(to_jsonb(c)) from detainerd.explain_custody(evidence.booking_id, as_of) c), '[]'))
		union all
		select 6, 'law.json', jsonb_pretty(detainerd.evidence_law(evidence.booking_id, as_of) || jsonb_build_object(
			'says', (select coalesce(jsonb_agg(to_jsonb(l)), '[]') from detainerd.explain_law(evidence.booking_id, as_of) l),
			'asks', (select coalesce(jsonb_agg(to_jsonb(g)), '[]') from detainerd.explain_grounds(evidence.booking_id, as_of) g),
			'clock', (select coalesce(jsonb_agg(to_jsonb(c)), '[]') from detainerd.explain_clock(evidence.booking_id, as_of) c)))
		union all
		select 7, 'messages.json', jsonb_pretty(detainerd.evidence_messages(evidence.booking_id, as_of))
		union all
		select 8, 'duties.json', jsonb_pretty(coalesce((select jsonb_agg(to_jsonb(d)) from detainerd.explain_duties(evidence.booking_id, as_of) d), '[]'))
		union all
		select 0, 'README.txt', concat_ws(E'\n',
			'What detainerd has on record of one stay in custody under an immigration detainer.', '',
			'explanation.txt  for people: what happened, what made each span of custody lawful or not, what the law says',
			'facts.json       every fact as recorded, with when it was recorded, and which are in doubt',
			'verdict.json     what follows from the facts and the law as of the instant named in explanation.txt',
			'timeline.json    each step, and when detainerd was told of it',
			'custody.json     each span of custody, and why it was lawful or not',
			'law.json         each version of the law that speaks here, whole, with its citation and who adopted it; what it says; the clock, day by day',
			'messages.json    each alert, who acknowledged it, to whom it went, every attempt and the receiver''s answer',
			'duties.json      what the law asks of the jail beside release: since when, by when, done, missed or lapsed',
			'SHA256SUMS       of each of these; to check: sha256sum -c SHA256SUMS', '',
			'Instants are in UTC, but in explanation.txt. Of a message its kind, id, receiver and answer are on record; its words are not kept.',
			'The same record read as of the same instant gives the same bytes.') || E'\n'
	), hashed as materialized (
		select d.place, d.name, rtrim(d.content, E'\n') || E'\n' as content from document d
	)
	select o.name, o.content, encode(pg_catalog.sha256(convert_to(o.content, 'UTF8')), 'hex')
	  from (select h.* from hashed h
	        union all
	        select 99, 'SHA256SUMS', string_agg(format(E'%s  %s\n', encode(pg_catalog.sha256(convert_to(h.content, 'UTF8')), 'hex'), h.name), '' order by h.place) from hashed h) o
	 order by o.place
$$;
comment on function detainerd.evidence(bigint, timestamptz) is
	'All that is on record of the stay of ${booking_id}, read as of ${as_of}, as documents by name, each with its SHA-256; the last lists those of the others.';
