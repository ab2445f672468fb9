-- SPDX-License-Identifier: MIT
-- The law as it is shipped: a truth table for each jurisdiction's file in sql/law/, and proof that no row goes untested.

begin;
\ir include/cases.sql
\copy in_file from 'tests/sql/cases/us-ca.csv' with (format csv, header)
select pg_temp.take('us-ca') \g /dev/null
\copy in_file from 'tests/sql/cases/us-co.csv' with (format csv, header)
select pg_temp.take('us-co') \g /dev/null
\copy in_file from 'tests/sql/cases/us-dc.csv' with (format csv, header)
select pg_temp.take('us-dc') \g /dev/null
\copy in_file from 'tests/sql/cases/us-fl.csv' with (format csv, header)
select pg_temp.take('us-fl') \g /dev/null
\copy in_file from 'tests/sql/cases/us-ga.csv' with (format csv, header)
select pg_temp.take('us-ga') \g /dev/null
\copy in_file from 'tests/sql/cases/us-ia.csv' with (format csv, header)
select pg_temp.take('us-ia') \g /dev/null
\copy in_file from 'tests/sql/cases/us-il.csv' with (format csv, header)
select pg_temp.take('us-il') \g /dev/null
\copy in_file from 'tests/sql/cases/us-in.csv' with (format csv, header)
select pg_temp.take('us-in') \g /dev/null
\copy in_file from 'tests/sql/cases/us-la.csv' with (format csv, header)
select pg_temp.take('us-la') \g /dev/null
\copy in_file from 'tests/sql/cases/us-ma.csv' with (format csv, header)
select pg_temp.take('us-ma') \g /dev/null
\copy in_file from 'tests/sql/cases/us-md.csv' with (format csv, header)
select pg_temp.take('us-md') \g /dev/null
\copy in_file from 'tests/sql/cases/us-me.csv' with (format csv, header)
select pg_temp.take('us-me') \g /dev/null
\copy in_file from 'tests/sql/cases/us-mn.csv' with (format csv, header)
select pg_temp.take('us-mn') \g /dev/null
\copy in_file from 'tests/sql/cases/us-nc.csv' with (format csv, header)
select pg_temp.take('us-nc') \g /dev/null
\copy in_file from 'tests/sql/cases/us-nh.csv' with (format csv, header)
select pg_temp.take('us-nh') \g /dev/null
\copy in_file from 'tests/sql/cases/us-nj.csv' with (format csv, header)
select pg_temp.take('us-nj') \g /dev/null
\copy in_file from 'tests/sql/cases/us-ny-nyc.csv' with (format csv, header)
select pg_temp.take('us-ny-nyc') \g /dev/null
\copy in_file from 'tests/sql/cases/us-ny.csv' with (format csv, header)
select pg_temp.take('us-ny') \g /dev/null
\copy in_file from 'tests/sql/cases/us-ok.csv' with (format csv, header)
select pg_temp.take('us-ok') \g /dev/null
\copy in_file from 'tests/sql/cases/us-or.csv' with (format csv, header)
select pg_temp.take('us-or') \g /dev/null
\copy in_file from 'tests/sql/cases/us-tx.csv' with (format csv, header)
select pg_temp.take('us-tx') \g /dev/null
\copy in_file from 'tests/sql/cases/us-wa.csv' with (format csv, header)
select pg_temp.take('us-wa') \g /dev/null
\copy in_file from 'tests/sql/cases/drafts.csv' with (format csv, header)
select pg_temp.take('drafts') \g /dev/null
\copy in_file from 'tests/sql/cases/unknown.csv' with (format csv, header)
select pg_temp.take('unknown') \g /dev/null
-- Connecticut's own table is tested with the others of 20-cases.sql; here it only has to reach its rules.
\copy in_file from 'tests/sql/cases/connecticut.csv' with (format csv, header)
select pg_temp.take('connecticut') \g /dev/null
select pg_temp.record() \g /dev/null

select plan((select 2 * count(*)::int from the_case where file <> 'connecticut') + 17);

set local timezone to 'UTC';
select is(pg_temp.judged(c), pg_temp.wanted(c), format('%s: %s [%s]', file, "case", citation)) from the_case c where file <> 'connecticut' order by n;
set local timezone to 'Asia/Kolkata';
select is(pg_temp.judged(c), pg_temp.wanted(c), format('%s, from Kolkata: %s', file, "case")) from the_case c where file <> 'connecticut' order by n;
set local timezone to 'UTC';
select is(count(*), (select count(*) from the_case, regexp_split_to_table(concat_ws('; ', nullif(bases, ''), nullif(detainers, ''), nullif(findings, '')), '; *') fact),
	'every fact of every case was recorded') from said_fact;
select is_empty('select * from detainerd.hold_drift', 'what is stored is what is judged');

-- ---- what the cases reach ------------------------------------------------------------------------------------------

-- Each case at the instant at which it is read, and the rules in force there.
create temporary table at_case as
select c.n, c.file, s, greatest(s.reads_from, s.read_at) as at, c.as_of::timestamp::date as read_on
from the_case c
join detainerd.booking b on b.booking_number = format('case %sA', c.n)
cross join lateral detainerd.stays(array[b.booking_id], c.as_of::timestamp at time zone c.zone) s;

create temporary table in_force as
select n, file, l.rule_id, l.alternatives, l.bars, at, s, read_on
from at_case cross join lateral detainerd.law(s) l where l.span @> at;

create temporary table term_read as
select i.n, t.rule_term_id, t.rule_id, t.alternative, x.met
from in_force i join detainerd.rule_term t using (rule_id) cross join lateral detainerd.explain_term(i.s, t, i.at) x;

create temporary table shipped as
select split_part(source, ':', 1) as version, rule.* from detainerd.rule;

create temporary table reach (what text, name text, cases bigint);
insert into reach
select 'rule', version, (select count(*) from in_force where in_force.rule_id = shipped.rule_id) from shipped where status = 'adopted'
union all
select 'draft', version, (select count(*) from at_case where (s).jurisdiction = shipped.jurisdiction and read_on >= effective_from
	and not exists (select from in_force where in_force.n = at_case.n))
from shipped where status = 'draft'
union all
select 'alternative met', version || ' ' || alternative,
	(select count(*) from in_force, unnest(alternatives) a where in_force.rule_id = part.rule_id and a.alternative = part.alternative and a.met @> at)
from shipped join detainerd.rule_alternative part using (rule_id)
union all
-- without this term, the others met: it alone keeps the alternative from being met
select 'term missing', version || ' ' || alternative || ' ' || ground,
	(select count(*) from term_read r where r.rule_term_id = t.rule_term_id and not r.met
		and not exists (select from term_read other where other.n = r.n and other.rule_id = r.rule_id
			and other.alternative = r.alternative and other.rule_term_id <> r.rule_term_id and not other.met))
from shipped join detainerd.rule_term t using (rule_id) where status = 'adopted'
union all
-- the first day that counts, and the day before it: a day on which the finding would else be what the term asks for
select 'look-back: ' || edge.name, version || ' ' || alternative || ' ' || ground,
	(select count(*) from in_force i join detainerd.finding f on f.booking_id = any ((i.s).members)
	 where i.rule_id = t.rule_id and f.ground = t.ground and f.list_id is not distinct from t.list_id and detainerd.is_evidenced(f)
		and f.convicted_on = ((i.s).booked_on - make_interval(years => t.max_age_years))::date - edge.days)
from shipped join detainerd.rule_term t using (rule_id), (values ('first day that counts', 0), ('day before it', 1)) edge (name, days)
where status = 'adopted' and t.max_age_years is not null
union all
select 'bar recorded', version || ' ' || ground,
	(select count(*) from in_force, unnest(bars) b where in_force.rule_id = part.rule_id and b.ground = part.ground and b.span @> at)
from shipped join detainerd.rule_bar part using (rule_id)
union all
select 'day before', version, (select count(*) from at_case where read_on = effective_from - 1
	and starts_with((s).jurisdiction, shipped.jurisdiction) and (s).agency_kind = coalesce(shipped.agency_kind, (s).agency_kind))
from shipped where status = 'adopted'
union all
select 'first day', version, (select count(*) from in_force where in_force.rule_id = shipped.rule_id and read_on = effective_from)
from shipped where status = 'adopted'
union all
select 'day before it may be relied on', version, (select count(*) from in_force where in_force.rule_id = shipped.rule_id and read_on = allows_from - 1)
from shipped where allows_from is not null
union all
select 'first day on which it may be', version, (select count(*) from in_force where in_force.rule_id = shipped.rule_id and read_on = allows_from)
from shipped where allows_from is not null;
delete from reach where what like 'alternative%' and name in (select version || ' ' || alternative from shipped join detainerd.rule_alternative using (rule_id) where status = 'draft');

select diag(format('%s: %s of %s reached', what, count(*) filter (where cases > 0), count(*))) from reach group by what order by what;
select is(string_agg(name, ', ' order by name) filter (where cases = 0), null, format('%s: every one is reached by a case', what))
from reach group by what order by what;

-- ---- how the rows are marked ---------------------------------------------------------------------------------------

select is_empty($$ select from shipped join detainerd.rule_alternative a using (rule_id) where a.mark is null or a.verified <> (a.mark = 'V') $$,
	'an alternative is verified where it was read, and nowhere else');
select is_empty($$ select from shipped where mark is null or policy is null or clock is not null and status = 'adopted' and clock_mark is null $$,
	'every version is marked, and every clock');
select is(string_agg(version, ', ' order by version), 'CT-2025', 'one version has a first day that was not read and none from which it may be relied on') from shipped
where mark <> 'V' and allows_from is null and status = 'adopted' and exists (select from detainerd.rule_alternative a where a.rule_id = shipped.rule_id and a.verified);
create temporary table way as
select version, a.verified, array_agg(to_jsonb(t) - '{rule_term_id,rule_id,alternative}'::text[] order by t.ground) as terms
from shipped join detainerd.rule_alternative a using (rule_id) join detainerd.rule_term t using (rule_id, alternative) group by version, a.alternative, a.verified;
select is_empty($$ select terms from way where version = 'CT-2025' and verified except select terms from way where version = 'CT-2019' and verified $$,
	'and all that it allows, the version before allowed');
select * from finish();
rollback;
