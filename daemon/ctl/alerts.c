/* SPDX-License-Identifier: MIT */
/*
 * alerts.c: the alert log: what was raised, what became of it, and to whom it went.
 */
#include <string.h>

#include "ctl/command.h"
#include "ctl/db.h"
#include "ctl/facility.h"
#include "ctl/table.h"

struct alerts {
	struct options options;
	const char *since;
	const char *facility;
};

static const struct table_column columns[] = {
	{ "alert_id", "ALERT", TABLE_TEXT },
	{ "facility", "FACILITY", TABLE_TEXT },
	{ "booking_number", "BOOKING", TABLE_TEXT },
	{ "kind", "KIND", TABLE_TEXT },
	{ "severity", NULL, TABLE_TEXT },
	{ "reason", "REASON", TABLE_TEXT },
	{ "allowed", NULL, TABLE_BOOL },
	{ "citation", NULL, TABLE_TEXT },
	{ "release_at", NULL, TABLE_TEXT },
	{ "due_at", "DUE", TABLE_TEXT },
	{ "raised_at", "RAISED", TABLE_TEXT },
	{ "late_seconds", NULL, TABLE_TREE },
	{ "state", "STATE", TABLE_TEXT },
	{ "acknowledged_at", NULL, TABLE_TEXT },
	{ "acknowledged_by", "BY", TABLE_TEXT },
	{ "resolved_at", NULL, TABLE_TEXT },
	{ "superseded_at", NULL, TABLE_TEXT },
	{ "told", "TOLD", TABLE_TEXT },
	{ "deliveries", NULL, TABLE_TREE },
	{ NULL, NULL, TABLE_TEXT },
};

/* $1 an instant, $2 a duration back from now, either or neither; $3 facility; $4 time style. */
static const char question[] =
    "select l.alert_id, l.facility, l.booking_number, l.kind, a.severity, l.reason, a.allowed, l.citation,"
    "       detainerd.explain_time(a.release_at, f.time_zone, $4), detainerd.explain_time(l.due_at, f.time_zone, $4),"
    "       detainerd.explain_time(l.raised_at, f.time_zone, $4), extract(epoch from l.raised_at - l.due_at)::text,"
    "       case when l.superseded_at is not null then 'superseded' when l.resolved_at is not null then 'resolved'"
    "            when l.acknowledged_at is not null then 'acknowledged' else 'OPEN' end,"
    "       detainerd.explain_time(l.acknowledged_at, f.time_zone, $4), l.acknowledged_by,"
    "       detainerd.explain_time(l.resolved_at, f.time_zone, $4), detainerd.explain_time(l.superseded_at, f.time_zone, $4),"
    "       d.told, d.deliveries"
    "  from detainerd.alert_log l"
    "  join detainerd.alert a using (alert_id)"
    "  join detainerd.facility f on f.code = l.facility"
    "  left join lateral (select string_agg(d.receiver || ' ' || d.state, ', ' order by d.receiver) as told,"
    "                            jsonb_agg(jsonb_build_object('receiver', d.receiver, 'state', d.state, 'attempts', d.attempts,"
    "                                      'outcome', d.last_outcome, 'code', d.last_code) order by d.receiver) as deliveries"
    "                       from detainerd.delivery_log d where d.alert_id = l.alert_id) d on true"
    " where (l.raised_at >= $1::timestamptz or $1 is null) and (l.raised_at >= clock_timestamp() - $2::interval or $2 is null)"
    "   and (l.facility = $3 or $3 is null)"
    " order by l.raised_at, l.due_at, l.alert_id";

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct alerts *alerts = state->input;

	switch (key) {
	case 's': alerts->since = arg; return 0;
	case 'f': alerts->facility = arg; return 0;
	default: return options_rest(key, arg, state, &alerts->options);
	}
}

/* A number and a unit, such as 90m: s, m (minutes), h, d, w. Anything else is a point in time. */
static bool
is_duration(const char *since)
{
	size_t digits = strspn(since, "0123456789");

	return digits > 0 && digits < 9 && strspn(since + digits, "smhdw") == 1 &&
	       since[digits + 1] == '\0';
}

/* A point in time is read where a person means it: in the zone of the facilities, if they share one. */
static enum say_status
read_time(struct db *db, const char *since, PGresult **ret_instant)
{
	const char *values[] = { since };
	PGresult *result = db_ask(db, "read the time",
	    "select detainerd.explain_time(i.instant, 'UTC', 'rfc-utc'), i.fault"
	    "  from detainerd.import_instant($1, detainerd.explain_time_zone(), 'first') i",
	    1, values);

	if (result == NULL)
		return db->status;
	if (PQgetisnull(result, 0, 0)) {
		say(SAY_USAGE, "cannot list alerts since %s, or a duration such as 12h.",
		    PQgetvalue(result, 0, 1));
		PQclear(result);
		return SAY_USAGE;
	}
	*ret_instant = result;
	return SAY_OK;
}

static enum say_status
list(struct db *db, const struct alerts *alerts, const char *since, const char *duration)
{
	const char *values[] = { since, duration, alerts->facility,
		options_time_style(&alerts->options) };
	PGresult *result = db_ask(db, "list the alerts", question, 4, values);

	if (result == NULL)
		return db->status;
	enum say_status status = table_print(columns, result, &alerts->options);
	if (status == SAY_OK && PQntuples(result) == 0)
		status = facility_say_fresh(db, "no alerts", &alerts->options);
	PQclear(result);
	return status;
}

static enum say_status
show(struct db *db, const struct alerts *alerts)
{
	PGresult *instant = NULL;

	if (alerts->since == NULL || is_duration(alerts->since))
		return list(db, alerts, NULL, alerts->since);
	enum say_status status = read_time(db, alerts->since, &instant);
	if (status == SAY_OK)
		status = list(db, alerts, PQgetvalue(instant, 0, 0), NULL);
	PQclear(instant);
	return status;
}

enum say_status
alerts_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = {
		{ .name = "since",
		    .key = 's',
		    .arg = "DURATION|TIME",
		    .doc = "Only those raised in the last DURATION (30m, 12h, 7d, 2w) or since "
			   "TIME (YYYY-MM-DD [HH:MM[:SS]] [offset])" },
		{ .name = "facility",
		    .key = 'f',
		    .arg = "CODE",
		    .doc = "Only those of facility CODE" },
		{ 0 }
	};
	static const struct argp argp = { .options = options,
		.parser = parse,
		.children = options_children,
		.doc = "Lists the alerts ever raised, oldest first, with what became of each." };
	struct alerts alerts = { .options = *given };
	struct db db = { 0 };

	options_parse(&argp, argc, argv, &alerts);
	enum say_status status = db_open(&db, &alerts.options);
	if (status == SAY_OK)
		status = facility_check(&db, alerts.facility);
	if (status == SAY_OK)
		status = show(&db, &alerts);
	db_close(&db);
	return status;
}
