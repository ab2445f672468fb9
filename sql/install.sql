-- SPDX-License-Identifier: MIT
-- The whole of detainerd's SQL, in order.  psql -X -v ON_ERROR_STOP=1 -f sql/install.sql, into an empty database or over itself.
-- State stands in migrations (forward only, each run once); law is cited rows; code is replaced on every run.

\set QUIET on
set client_min_messages = warning;
begin;
select pg_advisory_xact_lock(hashtext('detainerd install')) \g /dev/null

do $$
begin
	if current_setting('server_version_num')::int < 150000 then
		raise exception 'cannot install detainerd: PostgreSQL 15 or later is needed, this is %', current_setting('server_version')
			using errcode = 'feature_not_supported', hint = 'Upgrade the server, or choose another.';
	end if;
end
$$;

-- What somebody else has built under our name is not ours to build over.
do $$
begin
	if to_regnamespace('detainerd') is not null and to_regprocedure('detainerd.schema_version()') is null then
		raise exception 'cannot install detainerd: database "%" holds a schema detainerd that is not detainerd''s', current_database()
			using errcode = 'duplicate_schema', hint = 'Rename it, or choose another database.';
	end if;
end
$$;

\ir roles.sql

create schema if not exists detainerd;
comment on schema detainerd is 'detainerd: tells a county jail, to the second, when a person held for ICE must be released, and why.';
create table if not exists detainerd.migration (
	id int primary key,
	name text not null,
	applied_at timestamptz not null default clock_timestamp()
);
comment on table detainerd.migration is 'Which migrations this database has had.';
comment on column detainerd.migration.id is 'Number; the highest is the version of the schema.';
comment on column detainerd.migration.name is 'Its file, without folder.';
comment on column detainerd.migration.applied_at is 'When it ran.';

\set newest 17
select coalesce(max(id) > :newest, false) as too_new, coalesce(max(id), 0) as have from detainerd.migration \gset
\if :too_new
	do $$ begin raise exception 'cannot install detainerd: the database holds a newer schema than these files'
			using errcode = 'feature_not_supported', hint = 'Install the newer release.'; end $$;
\endif
select :have < 1 as pending \gset
\if :pending
	\ir migrations/0001-facts.sql
	insert into detainerd.migration (id, name) values (1, '0001-facts');
\endif
select :have < 2 as pending \gset
\if :pending
	\ir migrations/0002-law.sql
	insert into detainerd.migration (id, name) values (2, '0002-law');
\endif
select :have < 3 as pending \gset
\if :pending
	\ir migrations/0003-hold.sql
	insert into detainerd.migration (id, name) values (3, '0003-hold');
\endif
select :have < 4 as pending \gset
\if :pending
	\ir migrations/0004-alert.sql
	insert into detainerd.migration (id, name) values (4, '0004-alert');
\endif
select :have < 5 as pending \gset
\if :pending
	\ir migrations/0005-delivery.sql
	insert into detainerd.migration (id, name) values (5, '0005-delivery');
\endif
select :have < 6 as pending \gset
\if :pending
	\ir migrations/0006-import.sql
	insert into detainerd.migration (id, name) values (6, '0006-import');
\endif
select :have < 7 as pending \gset
\if :pending
	\ir migrations/0007-telling.sql
	insert into detainerd.migration (id, name) values (7, '0007-telling');
\endif
select :have < 8 as pending \gset
\if :pending
	\ir migrations/0008-law.sql
	insert into detainerd.migration (id, name) values (8, '0008-law');
\endif
select :have < 9 as pending \gset
\if :pending
	\ir migrations/0009-report.sql
	insert into detainerd.migration (id, name) values (9, '0009-report');
\endif
select :have < 10 as pending \gset
\if :pending
	\ir migrations/0010-proposal.sql
	insert into detainerd.migration (id, name) values (10, '0010-proposal');
\endif
select :have < 11 as pending \gset
\if :pending
	\ir migrations/0011-hand.sql
	insert into detainerd.migration (id, name) values (11, '0011-hand');
\endif
select :have < 12 as pending \gset
\if :pending
	\ir migrations/0012-duties.sql
	insert into detainerd.migration (id, name) values (12, '0012-duties');
\endif
select :have < 13 as pending \gset
\if :pending
	\ir migrations/0013-duty-facts.sql
	insert into detainerd.migration (id, name) values (13, '0013-duty-facts');
\endif
select :have < 14 as pending \gset
\if :pending
	\ir migrations/0014-draft.sql
	insert into detainerd.migration (id, name) values (14, '0014-draft');
\endif
select :have < 15 as pending \gset
\if :pending
	\ir migrations/0015-periods.sql
	insert into detainerd.migration (id, name) values (15, '0015-periods');
\endif
select :have < 16 as pending \gset
\if :pending
	\ir migrations/0016-limits.sql
	insert into detainerd.migration (id, name) values (16, '0016-limits');
\endif
select :have < 17 as pending \gset
\if :pending
	\ir migrations/0017-turns.sql
	insert into detainerd.migration (id, name) values (17, '0017-turns');
\endif

insert into detainerd.time_zone (name)
	select name from pg_catalog.pg_timezone_names
	 where name ~ '^[A-Z][A-Za-z]+/' or name = 'UTC'
	on conflict do nothing;

-- Facts to instants: how a hold is judged, in the order of the argument.
\ir functions/types.sql
\ir functions/day_starts.sql
\ir functions/is_excluded.sql
\ir functions/clock_ends.sql
\ir functions/names_immigration.sql
\ir functions/closes.sql
\ir functions/stays.sql
\ir functions/papers.sql
\ir functions/law.sql
\ir functions/clock_begins.sql
\ir functions/reads.sql
\ir functions/edges.sql
\ir functions/judge.sql
-- Instants to alerts and deliveries.
\ir functions/setting.sql
\ir functions/silence.sql
\ir functions/duties.sql
\ir functions/schedule.sql
\ir functions/period_duties.sql
\ir functions/rejudge.sql
\ir functions/raise_due.sql
\ir functions/tell.sql
\ir functions/daemon.sql
\ir functions/digest.sql
\ir functions/watch_over.sql
\ir functions/measure.sql
\ir functions/claim.sql
\ir functions/settle.sql
\ir functions/acknowledge.sql
\ir functions/administer.sql
\ir functions/set_up.sql
\ir triggers/facts.sql
\ir triggers/law.sql
\ir triggers/settings.sql
-- What people read.
\ir functions/unlawful.sql
\ir views/holds.sql
\ir views/alerts.sql
\ir views/fact_warning.sql
\ir views/law_warning.sql
\ir views/trouble.sql
\ir functions/explain_time.sql
\ir functions/explain_words.sql
\ir functions/explain_term.sql
\ir functions/explain_timeline.sql
\ir functions/explain_custody.sql
\ir functions/explain_law.sql
\ir functions/explain_grounds.sql
\ir functions/explain_clock.sql
\ir functions/explain_stay.sql
\ir functions/law_versions.sql
\ir functions/law_show.sql
\ir functions/law_export.sql
\ir functions/law_faults.sql
\ir functions/law_change.sql
\ir functions/explain_alert.sql
\ir functions/check_up.sql
\ir functions/report.sql
\ir functions/evidence.sql
\ir functions/doctor.sql
-- Facts from files.
\ir functions/import_columns.sql
\ir functions/import_local.sql
\ir functions/import_instant.sql
\ir functions/import_value.sql
\ir functions/import_merge.sql
\ir functions/import_store.sql
\ir functions/import_begin.sql
\ir functions/import_read.sql
\ir functions/import_group.sql
\ir functions/import_bookings.sql
\ir functions/import_refuse.sql
\ir functions/import_children.sql
\ir functions/import_facilities.sql
\ir functions/import_finish.sql
\ir functions/import_full.sql
\ir functions/record_fact.sql
\ir views/intake.sql
\ir functions/set_holiday.sql

\ir planner.sql

-- Law: cited rows.
\ir law/contents.sql

\ir definitions.sql
\ir grants.sql

-- `detainerctl setup' leaves its answers in the environment, so that either everything is done or nothing.
\getenv answers DETAINERD_ANSWERS
\if :{?answers}
	select detainerd.set_up(:'answers'::jsonb) \g /dev/null
\endif

commit;
