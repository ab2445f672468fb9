/* SPDX-License-Identifier: MIT */
/*
 * status.c: is anybody watching, is anything stuck, how fresh are the facts.
 */
#include "ctl/command.h"
#include "ctl/db.h"
#include "ctl/report.h"

struct status {
	struct options options;
};

/* What a count is called, in JSON and for people. */
static const struct table_column counts[] = {
	{ "database", "database", TABLE_TEXT },
	{ "schema_version", "schema version", TABLE_NUMBER },
	{ "facts_as_of", "facts as of (the oldest facility's)", TABLE_TEXT },
	{ "holds_open", "open holds", TABLE_NUMBER },
	{ "holds_overdue", "overdue holds", TABLE_NUMBER },
	{ "holds_due_soon", "due within 12 h", TABLE_NUMBER },
	{ "holds_kept_by_other", "kept by another authority", TABLE_NUMBER },
	{ "eligibility_unknown", "start not known", TABLE_NUMBER },
	{ "next_release_at", "next release", TABLE_TEXT },
	{ "alerts_unacknowledged", "release alerts nobody acknowledged", TABLE_NUMBER },
	{ "deliveries_pending", "deliveries pending", TABLE_NUMBER },
	{ "oldest_delivery_due_at", "oldest of them due", TABLE_TEXT },
	{ "deliveries_undelivered", "deliveries undelivered for a minute", TABLE_NUMBER },
	{ "oldest_undelivered_since", "oldest of them since", TABLE_TEXT },
	{ "deliveries_given_up", "deliveries given up", TABLE_NUMBER },
	{ "import_parked", "imported records waiting for a booking", TABLE_NUMBER },
	{ NULL, NULL, TABLE_TEXT },
};

/* $1 time style. */
static const char ask_counts[] =
    "select current_database(), detainerd.schema_version(), detainerd.explain_time(f.as_of, z.zone, $1),"
    "       h.open, h.overdue, h.soon, h.other, (select count(*) from detainerd.eligibility_unknown),"
    "       detainerd.explain_time(h.next, z.zone, $1),"
    "       (select count(*) from detainerd.alert_log l join detainerd.alert a using (alert_id)"
    "         where a.kind in ('release_due', 'overdue') and l.resolved_at is null and l.superseded_at is null"
    "           and (detainerd.silent_until(a.stay_id, a.release_at) > z.at) is not true),"
    "       d.pending, detainerd.explain_time(d.oldest, z.zone, $1), d.undelivered, detainerd.explain_time(d.since, z.zone, $1),"
    "       (select count(*) from detainerd.delivery where state = 'gave_up'), (select count(*) from detainerd.import_parked)"
    "  from (select detainerd.explain_time_zone() as zone, clock_timestamp() as at) z"
    " cross join (select case when bool_and(as_of is not null) then min(as_of) end as as_of"
    "               from (select detainerd.explain_facts_as_of(facility_id) as as_of from detainerd.facility) f) f"
    " cross join lateral (select count(*) as open, count(*) filter (where release_at <= z.at) as overdue,"
    "                           count(*) filter (where release_at > z.at and release_at <= z.at + interval '12 hours') as soon,"
    "                           count(*) filter (where reason = 'held_on_other_authority') as other, min(release_at) filter (where release_at > z.at) as next"
    "                      from detainerd.hold where ended_at is null) h"
    " cross join lateral (select count(*) as pending, min(first_due_at) as oldest, count(*) filter (where first_due_at < z.at - interval '60 seconds') as undelivered,"
    "                           min(first_due_at) filter (where first_due_at < z.at - interval '60 seconds') as since"
    "                      from detainerd.delivery d where d.state in ('due', 'leased') and detainerd.is_pending(d, z.at)) d";

static const struct table_column troubles[] = {
	{ "condition", "TROUBLE", TABLE_TEXT },
	{ "severity", "SEVERITY", TABLE_TEXT },
	{ "subject", "WITH", TABLE_TEXT },
	{ "since", "SINCE", TABLE_TEXT },
	{ "what", "WHAT", TABLE_WORDS },
	{ "alert_id", "ALERT", TABLE_TEXT },
	{ NULL, NULL, TABLE_TEXT },
};

/* $1 time style. */
static const char ask_troubles[] =
    "select t.condition, t.severity, t.subject, detainerd.explain_time(t.since, z.zone, $1), t.what, t.alert_id"
    "  from detainerd.trouble t, (select detainerd.explain_time_zone() as zone) z"
    " order by t.severity, t.condition <> 'no_daemon', t.condition, t.subject";

static const struct table_column facilities[] = {
	{ "facility", "FACILITY", TABLE_TEXT },
	{ "facts_as_of", "FACTS AS OF", TABLE_TEXT },
	{ "stale", "STALE", TABLE_BOOL },
	{ "holds_open", "OPEN HOLDS", TABLE_NUMBER },
	{ "holds_overdue", "OVERDUE", TABLE_NUMBER },
	{ NULL, NULL, TABLE_TEXT },
};

/* $1 time style. */
static const char ask_facilities[] =
    "select f.code, detainerd.explain_time(a.as_of, f.time_zone, $1), a.as_of + f.facts_max_age < now.at, coalesce(h.open, 0), coalesce(h.overdue, 0)"
    "  from detainerd.facility f"
    " cross join (select clock_timestamp() as at) now"
    " cross join lateral (select detainerd.explain_facts_as_of(f.facility_id) as as_of offset 0) a"
    "  left join (select facility_id, count(*) as open, count(*) filter (where release_at <= clock_timestamp()) as overdue"
    "               from detainerd.hold where ended_at is null group by facility_id) h using (facility_id)"
    " order by f.code";

static const struct table_column daemons[] = {
	{ "daemon", "DAEMON", TABLE_TEXT },
	{ "version", "VERSION", TABLE_TEXT },
	{ "alive", "ALIVE", TABLE_BOOL },
	{ "seen_at", "SEEN", TABLE_TEXT },
	{ "started_at", "STARTED", TABLE_TEXT },
	{ "deliveries_pending", "PENDING", TABLE_NUMBER },
	{ "receivers", "RECEIVERS", TABLE_TEXT },
	{ "says", "SAYS", TABLE_SHOWN },
	{ "state", NULL, TABLE_TREE },
	{ NULL, NULL, TABLE_TEXT },
};

/* $1 time style. Without a name: a receiver that routes need and no running daemon has. */
static const char ask_daemons[] =
    "select s.daemon, s.version, s.alive, detainerd.explain_time(s.seen_at, z.zone, $1), detainerd.explain_time(s.started_at, z.zone, $1),"
    "       s.deliveries_pending, array_to_string(s.receivers, ', '), s.state ->> 'status', s.state"
    "  from detainerd.daemon_status s, (select detainerd.explain_time_zone() as zone) z order by s.alive desc, s.daemon, s.receivers";

static const struct report report = { .doing = "read the status",
	.nothing = "-",
	.head = { .columns = counts, .sql = ask_counts, .values = 1 },
	.parts = { { "troubles", "Trouble", "none is known", troubles, ask_troubles, 1 },
	    { "daemons", "Daemons", "no daemon has ever said hello: nobody is watching", daemons,
		ask_daemons, 1 },
	    { "facilities", "Facilities", "none", facilities, ask_facilities, 1 } } };

enum {
	TROUBLES = 0, /* which part */
	TROUBLE_CONDITION = 0,
	TROUBLE_SUBJECT = 2,
	TROUBLE_WHAT = 4
};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct status *status = state->input;

	return options_rest(key, arg, state, &status->options);
}

static enum say_status
cry(const PGresult *found)
{
	int count = PQntuples(found);

	if (count == 0)
		return SAY_OK;
	return say(SAY_TROUBLE, "something is wrong, in %d respect%s; the first: %s, %s: %s.",
	    count, count == 1 ? "" : "s", PQgetvalue(found, 0, TROUBLE_CONDITION),
	    PQgetvalue(found, 0, TROUBLE_SUBJECT), PQgetvalue(found, 0, TROUBLE_WHAT));
}

static enum say_status
show(struct db *db, const void *wanted)
{
	const struct options *options = wanted;
	const char *values[] = { options_time_style(options) };
	struct report_answer answer;
	enum say_status status = report_ask(&report, db, values, &answer);

	if (status == SAY_OK)
		status = report_print(&report, &answer, options);
	if (status == SAY_OK)
		status = cry(answer.parts[TROUBLES]);
	report_fini(&answer);
	return status;
}

enum say_status
status_run(int argc, char **argv, const struct options *given)
{
	static const struct argp argp = {
		.parser = parse,
		.children = options_children,
		.doc =
		    "Shows what is wrong with detainerd, the daemons, what waits to be delivered, how many are held and overdue, and how fresh each facility's facts are. Exit status 1: something is wrong with detainerd or its facts."
	};
	struct status wanted = { .options = *given };

	options_parse(&argp, argc, argv, &wanted);
	return db_serve(&wanted.options, show, &wanted.options);
}
