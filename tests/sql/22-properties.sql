-- SPDX-License-Identifier: MIT
-- What holds of every law and every set of facts: random worlds, each in several versions that differ in one thing only.
--
-- A world is a state, a county in it, their rules, and people in both.  The same seed makes the same world again, so that
-- a version with an unverified alternative, a bar, a draft or a withdrawn ground more can be held against the plain one.

begin;
set local timezone to 'UTC';

create temporary table variant (variant text primary key);
insert into variant values ('plain'), ('unverified'), ('bar'), ('draft'), ('withdrawn'), ('relied later');
create temporary table to_adopt (rule_id bigint);
create temporary table person (world int, variant text, "where" text, n int, booking_id bigint, primary key (world, variant, "where", n));

create function pg_temp.pick(list text[]) returns text language sql volatile as $$
	select list[1 + floor(random() * cardinality(list))::int]
$$;

create function pg_temp.grounds() returns text[] language sql immutable as $$
	select '{conv_felony_any,terror_match,judicial_warrant,detainer_complete,gang_member}'::text[]
$$;

-- One rule with its parts, left in draft.
create function pg_temp.write_rule(code text, since date) returns bigint language plpgsql as $$
declare
	id bigint;
begin
	insert into detainerd.rule (jurisdiction, effective_from, clock, hours, clock_verified, citation, source, start_event)
	values (code, since, pg_temp.pick('{flat,excluding_weekends_and_holidays,until_local_midnight}'), 24 * (1 + floor(random() * 4)::int),
		random() < 0.6, code || ' ' || since, 'properties', pg_temp.pick('{otherwise_released,otherwise_released,papers_received}'))
	returning rule_id into id;
	for a in 1..floor(random() * 4)::int loop
		insert into detainerd.rule_alternative (rule_id, alternative, citation, verified) values (id, a, format('(%s)', a), random() < 0.6);
		for t in 1..floor(random() * 3)::int loop
			insert into detainerd.rule_term (rule_id, alternative, ground) values (id, a, pg_temp.pick(pg_temp.grounds()));
		end loop;
	end loop;
	if random() < 0.2 then
		insert into detainerd.rule_bar (rule_id, ground) values (id, pg_temp.pick(pg_temp.grounds()));
	end if;
	return id;
end
$$;

-- People are planned one by one and recorded in bulk, once all law is in force.
create temporary table planned_finding (booking_id bigint, ground text, issuer text, case_number text, evidence text, found_at timestamptz, withdrawn_at timestamptz, reference text);
create temporary table planned_detainer (booking_id bigint, received_at timestamptz, served_at timestamptz);

create function pg_temp.make_people(world int, variant text, place text, code text, chance double precision) returns void language plpgsql as $$
declare
	id bigint;
	at timestamptz;
	facility bigint;
begin
	insert into detainerd.facility (code, jurisdiction, time_zone) values (code, code, 'America/New_York') returning facility_id into facility;
	perform setseed(chance);
	for p in 1..6 loop
		at := timestamptz '2026-03-30 12:00-04' + random() * interval '60 hours';
		insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at)
		values (facility, 'p' || p, at - interval '90 hours', at) returning booking_id into id;
		insert into person values (world, variant, place, p, id);
		for f in 1..1 + floor(random() * 4)::int loop
			insert into planned_finding
			values (id, pg_temp.pick(case when random() < 0.15 then detainerd.everywhere_bars() else pg_temp.grounds() end),
				'state_judge', '26-' || p, case when random() < 0.85 then 'certified copy' end,
				at + (random() - 0.8) * interval '90 hours', case when random() < 0.2 then at + random() * interval '60 hours' end, 'f' || f);
		end loop;
		insert into planned_detainer values (id, at - random() * interval '60 hours', at - random() * interval '10 hours');
	end loop;
end
$$;

create function pg_temp.make_world(world int, variant text) returns void language plpgsql as $$
declare
	state text := format('US-P%s-%s', world, upper(replace(variant, ' ', '')));
	county text := state || '-C';
	rules bigint[] := '{}';
	changed bigint;
begin
	insert into detainerd.jurisdiction (code, parent, name) values (state, null, state), (county, state, county);
	perform setseed(world / 1000.0);
	rules := rules || pg_temp.write_rule(state, '2020-01-01');
	if random() < 0.4 then
		rules := rules || pg_temp.write_rule(state, '2026-04-01');
	end if;
	if random() < 0.6 then
		rules := rules || pg_temp.write_rule(county, '2022-01-01');
	end if;

	changed := rules[1 + floor(random() * cardinality(rules))::int];
	if variant = 'unverified' then
		insert into detainerd.rule_alternative (rule_id, alternative, citation) values (changed, 9, '(9)');
		insert into detainerd.rule_term (rule_id, alternative, ground) values (changed, 9, pg_temp.pick(pg_temp.grounds()));
	elsif variant = 'bar' then
		insert into detainerd.rule_bar (rule_id, ground) values (changed, pg_temp.pick(pg_temp.grounds())) on conflict do nothing;
	elsif variant = 'relied later' then
		update detainerd.rule set allows_from = '2026-04-01' where rule_id = changed;
	end if;
	insert into to_adopt select unnest(rules);
	if variant = 'draft' then
		changed := pg_temp.write_rule(pg_temp.pick(array[state, county]), '2026-03-31');
	end if;

	perform pg_temp.make_people(world, variant, 'state', state, world / 2000.0);
	perform pg_temp.make_people(world, variant, 'county', county, world / 3000.0);
	if variant = 'withdrawn' then
		update planned_finding f set withdrawn_at = greatest(f.found_at, timestamptz '2026-03-31 00:00-04')
		from person p
		where p.world = make_world.world and p.variant = 'withdrawn' and f.booking_id = p.booking_id and f.reference = 'f1'
			and f.ground <> all (detainerd.everywhere_bars())
			and not exists (select from detainerd.rule_bar b where b.rule_id = any (rules) and b.ground = f.ground)
			and coalesce(f.withdrawn_at, 'infinity') > greatest(f.found_at, timestamptz '2026-03-31 00:00-04');
	end if;
end
$$;

select pg_temp.make_world(world, variant) from generate_series(1, 20) world, variant order by world, variant \g /dev/null
update detainerd.rule set status = 'adopted' where rule_id in (select rule_id from to_adopt);
insert into detainerd.finding (booking_id, ground, issuer, case_number, evidence, found_at, withdrawn_at, reference) select * from planned_finding;
insert into detainerd.detainer (booking_id, form, received_at, served_at, admin_warrant) select booking_id, 'I-247A', received_at, served_at, 'I-200' from planned_detainer;

-- ---- every moment of every stay, read by a query that shares nothing with the judgement ----------------------------

create temporary table moment as
select p.*, h.starts_at, h.authority, h.starts_at + hours * interval '5 hours' as at
from person p join detainerd.hold h on h.stay_id = p.booking_id, generate_series(0, 10) hours;
create index on moment (world, variant, n, at);
analyze moment;

create temporary table level as
select m.world, m.variant, m."where", m.n, m.at, j.code,
	(select r.rule_id from detainerd.rule r where r.jurisdiction = j.code and r.status = 'adopted'
		and r.effective_from::timestamp at time zone 'America/New_York' <= m.at order by r.effective_from desc limit 1) as rule_id, m.booking_id
from moment m
join detainerd.booking b using (booking_id) join detainerd.facility f using (facility_id)
join detainerd.jurisdiction j on j.code = f.jurisdiction or j.code = (select parent from detainerd.jurisdiction own where own.code = f.jurisdiction);

analyze level;
analyze planned_finding;
create index on planned_finding (booking_id);
create temporary table way as
select l.world, l.variant, l."where", l.n, l.at, l.rule_id, a.verified and coalesce(r.allows_from::timestamp at time zone 'America/New_York' <= l.at, true) as counts
from level l join detainerd.rule r using (rule_id) join detainerd.rule_alternative a using (rule_id)
where not exists (select from detainerd.rule_term t where t.rule_id = a.rule_id and t.alternative = a.alternative
	and not exists (select from planned_finding f where f.booking_id = l.booking_id and f.ground = t.ground and f.evidence > ''
		and f.found_at <= l.at and (f.withdrawn_at is null or f.withdrawn_at > l.at)));

create index on way (world, variant, n, at);
create index on level (world, variant, n, at);
analyze way;

create function pg_temp.more_than(other text, than text) returns setof text language sql stable as $$
	select format('world %s, %s, person %s: %s against %s', v.world, v."where", v.n, v.authority, p.authority)
	from (select distinct world, "where", n, authority from moment where variant = other) v
	join (select distinct world, "where", n, authority from moment where variant = than) p using (world, "where", n)
	where not v.authority <@ p.authority
$$;

create function pg_temp.differ(other text) returns bigint language sql stable as $$
	select count(*)
	from (select distinct world, "where", n, authority from moment where variant = other) v
	join (select distinct world, "where", n, authority from moment where variant = 'plain') p using (world, "where", n)
	where v.authority <> p.authority
$$;

select plan(16);

select cmp_ok(count(*), '>', 200::bigint, 'somebody may be held at hundreds of moments') from moment where authority @> at and variant = 'plain';
select is_empty($$ select world, variant, "where", n, at from moment m where authority @> at
	and not exists (select from way w where (w.world, w.variant, w."where", w.n, w.at) = (m.world, m.variant, m."where", m.n, m.at) and w.counts) $$,
	'nobody is ever held unless a verified alternative of an adopted rule, in force and to be relied on, is met with evidence');
select is_empty($$ select l.world, l.variant, l."where", l.n, l.at from level l join moment m using (world, variant, "where", n, at)
	where m.authority @> at and l.rule_id is not null
	and not exists (select from way w where (w.world, w.variant, w."where", w.n, w.at, w.rule_id) = (l.world, l.variant, l."where", l.n, l.at, l.rule_id)) $$,
	'nor where any level has a rule of which no alternative is met');
select is_empty($$ select m.world, m.variant, m."where", m.n, m.at from moment m join level l using (world, variant, "where", n, at)
	join detainerd.finding f on f.booking_id = l.booking_id
	where m.authority @> at and least(f.found_at, f.recorded_at) <= m.at and (f.withdrawn_at is null or f.withdrawn_at > m.at)
	and (f.ground = any (detainerd.everywhere_bars()) or exists (select from detainerd.rule_bar b where b.rule_id = l.rule_id and b.ground = f.ground)) $$,
	'nor while a bar stands, evidence or not');
select is_empty($$ select world, variant, "where", n from moment where upper(authority) > starts_at + interval '48 hours' $$,
	'nor for longer than the form asks, whatever the clock on file');

select is_empty($$ select pg_temp.more_than('bar', 'plain') $$, 'a bar more: nobody may be held who might not be');
select cmp_ok(pg_temp.differ('bar'), '>', 0::bigint, 'and some may not who might');
select is_empty($$ select pg_temp.more_than('draft', 'plain') $$, 'a draft more: nobody may be held who might not be');
select is(pg_temp.differ('draft'), 0::bigint, 'and nothing changes for anybody');
select is_empty($$ select pg_temp.more_than('withdrawn', 'plain') $$, 'a ground withdrawn: nobody may be held who might not be');
select cmp_ok(pg_temp.differ('withdrawn'), '>', 0::bigint, 'and some may not who might');
select is_empty($$ select pg_temp.more_than('relied later', 'plain') $$, 'a rule to be relied on only later: nobody may be held who might not be');
select cmp_ok(pg_temp.differ('relied later'), '>', 0::bigint, 'and some may not who might');

-- Where one level alone speaks, an unverified alternative gives nothing.  Where two do, it can turn a level that forbids
-- into one that is silent, and then the other decides, by what is verified there.
select is_empty($$ select more from pg_temp.more_than('unverified', 'plain') more where more like 'world %, state,%' $$,
	'an unverified alternative more, where one level speaks: nobody may be held who might not be');
select is_empty($$ select m.world, m."where", m.n, m.at from moment m join moment plain using (world, "where", n, at) join level l using (world, "where", n, at)
	where m.variant = 'unverified' and plain.variant = 'plain' and l.variant = 'unverified' and m.authority @> at and not plain.authority @> at
	and not exists (select from way w where (w.world, w.variant, w."where", w.n, w.at) = (m.world, m.variant, m."where", m.n, m.at) and w.counts) $$,
	'where two do: only by a verified alternative of the other');
select is_empty('select * from detainerd.hold_drift', 'what is stored is what is judged');

select * from finish();
rollback;
