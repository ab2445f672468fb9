-- SPDX-License-Identifier: MIT
-- How a case is read: one row is one person, in the facility's local time.  Included within a transaction.
--
--   place      jurisdiction, then, where it matters, agency kind and time zone
--   bookings, bases, detainers, findings
--              one or more facts, parted by ;
--              a fact is a code (form, ground, kind), then words each followed by its value
--              a value is one word, a date, a date and a time, or [anything in brackets]
--              of several bookings each begins with its letter: "B: continues A booked 2018-05-11 09:00"
--              a fact of booking B says "on B"; A where it says nothing
--              evidence is on file unless the fact says evidence [] or names another
--   allowed    yes or no; detail, starts, release: - means there is none; an empty detail is not tested

create function pg_temp.said(fact text, word text) returns text language sql immutable as $$
	select nullif(btrim((regexp_match(fact, '\m' || word || ' (\[[^]]*\]|\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?|[^ ;]+)'))[1], '[]'), '')
$$;

create function pg_temp.says(fact text, word text) returns boolean language sql immutable as $$
	select fact ~ ('\m' || word || '\M')
$$;

create function pg_temp.moment(fact text, word text, zone text) returns timestamptz language sql stable as $$
	select case when pg_temp.said(fact, word) ~ '^\d{4}-\d\d-\d\d' then pg_temp.said(fact, word)::timestamp at time zone zone end
$$;

create temporary table the_case (
	n int generated always as identity, file text,
	"case" text, citation text, place text, bookings text, bases text, detainers text, findings text, as_of text,
	allowed text, reason text, detail text, starts text, release text, cited text,
	facility_id bigint, zone text
);
-- A file as it stands; take() adds it to the cases.
create temporary table in_file (like the_case excluding identity);
alter table in_file drop column n, drop column file, drop column facility_id, drop column zone;
create function pg_temp.take(file text) returns void language sql as $$
	insert into the_case (file, "case", citation, place, bookings, bases, detainers, findings, as_of,
		allowed, reason, detail, starts, release, cited)
	select file, coalesce("case", ''), coalesce(citation, ''), place, coalesce(bookings, ''), coalesce(bases, ''),
		coalesce(detainers, ''), coalesce(findings, ''), as_of, allowed, reason, coalesce(detail, ''), starts, release,
		coalesce(cited, '')
	from in_file;
	delete from in_file;
$$;

create temporary table the_rule (
	n int generated always as identity,
	jurisdiction text, parent text, agency_kind text, effective_from date, status text, clock text, hours int,
	clock_verified text, alternatives text, bars text, note text
);

create function pg_temp.enact() returns void language plpgsql as $$
begin
	insert into detainerd.jurisdiction (code, parent, name)
	select jurisdiction, nullif(min(parent), ''), jurisdiction from the_rule
	group by jurisdiction order by min(n) on conflict (code) do nothing;

	insert into detainerd.rule (jurisdiction, agency_kind, effective_from, status, clock, hours, clock_verified, citation, source)
	select jurisdiction, agency_kind, effective_from, 'draft', clock, hours, clock_verified = 'yes', jurisdiction, 'case ' || n
	from the_rule where status <> '' order by n;

	insert into detainerd.rule_alternative (rule_id, alternative, citation, verified)
	select rule_id, split_part(way, ' ', 1)::int, format('(%s)', split_part(way, ' ', 1)),
		split_part(way, ' ', 2) = 'verified:'
	from the_rule join detainerd.rule on source = 'case ' || n, regexp_split_to_table(the_rule.alternatives, ' \| ') way
	where the_rule.alternatives <> '';

	insert into detainerd.rule_term (rule_id, alternative, ground, felony_classes, list_id, issuer, max_age_years)
	select rule_id, split_part(way, ' ', 1)::int, split_part(term, ' ', 1),
		string_to_array(pg_temp.said(term, 'class'), ','), pg_temp.said(term, 'list'),
		pg_temp.said(term, 'issuer'), pg_temp.said(term, 'within')::int
	from the_rule join detainerd.rule on source = 'case ' || n, regexp_split_to_table(the_rule.alternatives, ' \| ') way,
		regexp_split_to_table(btrim(split_part(way, ':', 2)), ' \+ ') term
	where term <> '';

	insert into detainerd.rule_bar (rule_id, ground)
	select rule_id, unnest(string_to_array(the_rule.bars, ',')) from the_rule join detainerd.rule on source = 'case ' || n
	where the_rule.bars <> '';

	update detainerd.rule set status = 'adopted' where source in (select 'case ' || n from the_rule where the_rule.status = 'adopted');
end
$$;

-- Every fact of every case, in bulk: one insert a table.
create function pg_temp.record() returns void language plpgsql as $$
begin
	update the_case set zone = coalesce(nullif(split_part(place, ' ', 3), ''), 'America/New_York');

	insert into detainerd.facility (code, jurisdiction, agency_kind, time_zone)
	select place, split_part(place, ' ', 1), coalesce(nullif(split_part(place, ' ', 2), ''), 'county_jail'), zone
	from the_case group by place, zone;
	update the_case set facility_id = facility.facility_id from detainerd.facility where code = place;

	create temporary table said_booking as
	select n, coalesce((regexp_match(fact, '^([A-Z]):'))[1], 'A') as letter, fact, the_case.zone, the_case.facility_id
	from the_case, regexp_split_to_table(bookings, '; *') fact where bookings <> '';

	insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at, custody_ended_at, custody_outcome, outcome_detail)
	select facility_id, format('case %s%s', n, letter), pg_temp.moment(fact, 'booked', zone), pg_temp.moment(fact, 'eligible', zone),
		pg_temp.moment(fact, 'ended', zone), pg_temp.said(fact, 'outcome'), pg_temp.said(fact, 'detail')
	from said_booking order by n, letter;

	update detainerd.booking b set continues_booking_id = o.booking_id
	from said_booking s, detainerd.booking o
	where b.booking_number = format('case %s%s', s.n, letter) and o.booking_number = format('case %s%s', s.n, pg_temp.said(fact, 'continues'));
	update detainerd.booking b set merged_into_id = o.booking_id
	from said_booking s, detainerd.booking o
	where b.booking_number = format('case %s%s', s.n, letter) and o.booking_number = format('case %s%s', s.n, pg_temp.said(fact, 'merged'));

	create temporary table said_fact as
	select s.kind, s.n, s.fact, s.zone, booking_id
	from (
		select 'basis' as kind, n, zone, fact from the_case, regexp_split_to_table(bases, '; *') fact
		union all select 'detainer', n, zone, fact from the_case, regexp_split_to_table(detainers, '; *') fact
		union all select 'finding', n, zone, fact from the_case, regexp_split_to_table(findings, '; *') fact
	) s
	join detainerd.booking on booking_number = format('case %s%s', n, coalesce(pg_temp.said(fact, 'on'), 'A'))
	where fact <> '';

	insert into detainerd.custody_basis (booking_id, kind, agency, began_at, ended_at, evidence)
	select booking_id, split_part(fact, ' ', 1), pg_temp.said(fact, 'agency'), pg_temp.moment(fact, 'from', zone),
		pg_temp.moment(fact, 'to', zone), coalesce(pg_temp.said(fact, 'evidence'), 'order on file')
	from said_fact where kind = 'basis';

	insert into detainerd.detainer (booking_id, form, issued_on, received_at, served_at, rescinded_at, admin_warrant, comply, comply_at)
	select booking_id, nullif(split_part(fact, ' ', 1), 'none'), pg_temp.said(fact, 'issued')::date, pg_temp.moment(fact, 'received', zone),
		pg_temp.moment(fact, 'served', zone), pg_temp.moment(fact, 'rescinded', zone), pg_temp.said(fact, 'warrant'),
		case when pg_temp.says(fact, 'declined') then false when pg_temp.says(fact, 'complies') then true end,
		pg_temp.moment(fact, 'declined', zone)
	from said_fact where kind = 'detainer';

	insert into detainerd.finding (booking_id, ground, felony_class, list_id, convicted_on, issuer, case_number, evidence, found_at, withdrawn_at, recorded_at)
	select booking_id, split_part(fact, ' ', 1), pg_temp.said(fact, 'class'), pg_temp.said(fact, 'list'), pg_temp.said(fact, 'convicted')::date,
		pg_temp.said(fact, 'issuer'), pg_temp.said(fact, 'case'),
		case when pg_temp.says(fact, 'evidence') then pg_temp.said(fact, 'evidence') else 'certified copy' end,
		pg_temp.moment(fact, 'found', zone), pg_temp.moment(fact, 'withdrawn', zone),
		coalesce(pg_temp.moment(fact, 'recorded', zone), clock_timestamp())
	from said_fact where kind = 'finding';
end
$$;

create function pg_temp.shown(local timestamp) returns text language sql immutable as $$
	select to_char(local, case when local = date_trunc('minute', local) then 'YYYY-MM-DD HH24:MI' else 'YYYY-MM-DD HH24:MI:SS.US' end)
$$;

-- What the case wants and what judge() says, in the same few words.
create function pg_temp.wanted(the_case) returns text language sql stable as $$
	select concat_ws(', ', $1.allowed, $1.reason, nullif($1.detail, ''), 'starts ' || $1.starts, 'release ' || $1.release, nullif(replace($1.cited, ' (', '('), ''))
$$;

create function pg_temp.judged(c the_case) returns text language sql stable as $$
	select concat_ws(', ', case when h.allowed then 'yes' when not h.allowed then 'no' else 'no word' end, h.reason,
		case when c.detail <> '' then coalesce(h.detail, '-') end,
		'starts ' || coalesce(pg_temp.shown(h.starts_at at time zone c.zone), '-'),
		'release ' || coalesce(pg_temp.shown(h.release_at at time zone c.zone), '-'),
		case when c.cited <> '' then coalesce(replace(h.citation, ' (', '('), 'no citation') end)
	from (select max(booking_number) as latest, array_agg(booking_id) as ids from detainerd.booking
		where booking_number ~ format('^case %s[A-Z]$', c.n) and exists (select from detainerd.detainer d where d.booking_id = booking.booking_id)) b
	left join lateral detainerd.judge(b.ids, c.as_of::timestamp at time zone c.zone) h on true
$$;
