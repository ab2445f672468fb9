/* SPDX-License-Identifier: MIT */
/*
 * deliveries.c: what went to whom, and what came of the last attempt. Accepted is not seen.
 */
#include "ctl/command.h"
#include "ctl/list.h"
#include "ctl/lookup.h"
#include "ctl/since.h"

struct deliveries {
	struct options options;
	bool failed;
	const char *receiver;
	const char *alert_id;
	const char *since;
};

static const struct table_column columns[] = {
	{ "delivery_id", "DELIVERY", TABLE_NUMBER },
	{ "alert_id", "ALERT", TABLE_TEXT },
	{ "facility", "FACILITY", TABLE_TEXT },
	{ "booking_number", "BOOKING", TABLE_TEXT },
	{ "kind", NULL, TABLE_TEXT },
	{ "severity", NULL, TABLE_TEXT },
	{ "receiver", "RECEIVER", TABLE_TEXT },
	{ "route_id", NULL, TABLE_NUMBER },
	{ "state", "STATE", TABLE_TEXT },
	{ "reminder", NULL, TABLE_BOOL },
	{ "failed", NULL, TABLE_BOOL },
	{ "attempts", "ATTEMPTS", TABLE_NUMBER },
	{ "tellings", NULL, TABLE_NUMBER },
	{ "first_due_at", NULL, TABLE_TEXT },
	{ "due_at", "DUE", TABLE_TEXT },
	{ "leased_by", NULL, TABLE_TEXT },
	{ "lease_until", NULL, TABLE_TEXT },
	{ "delivered_at", "ACCEPTED", TABLE_TEXT },
	{ "digest_id", NULL, TABLE_TEXT },
	{ "last_settled_at", NULL, TABLE_TEXT },
	{ "last_outcome", "LAST", TABLE_TEXT },
	{ "last_code", "CODE", TABLE_NUMBER },
	{ "last_elapsed_ms", "MS", TABLE_NUMBER },
	{ "last_answer", "ANSWER", TABLE_TEXT },
	{ NULL, NULL, TABLE_TEXT },
};

/* $1 an instant, $2 a duration back from now, either or neither; $3 receiver; $4 alert; $5 only failed; $6 time style.
   Failed is what a person should look at: given up, not accepted last time, or waiting for a minute without a try. */
static const char question[] =
    "select d.delivery_id, d.alert_id, f.code, b.booking_number, a.kind, a.severity, d.receiver, d.route_id, d.state, d.reminder, c.failed, d.attempts, d.tellings,"
    "       detainerd.explain_time(d.first_due_at, z.zone, $6), detainerd.explain_time(d.due_at, z.zone, $6), d.leased_by,"
    "       detainerd.explain_time(d.lease_until, z.zone, $6), detainerd.explain_time(d.delivered_at, z.zone, $6), d.digest_id,"
    "       detainerd.explain_time(last.settled_at, z.zone, $6), last.outcome, last.code, last.elapsed_ms, last.answer"
    "  from detainerd.delivery d"
    "  join detainerd.alert a on a.alert_id = d.alert_id"
    "  left join detainerd.facility f on f.facility_id = a.facility_id"
    "  left join detainerd.booking b on b.booking_id = a.booking_id"
    " cross join (select detainerd.explain_time_zone() as shared, clock_timestamp() as at) now"
    " cross join lateral (select coalesce(f.time_zone, now.shared) as zone) z"
    "  left join lateral (select t.* from detainerd.delivery_attempt t where t.delivery_id = d.delivery_id order by t.attempt desc, t.delivery_attempt_id desc limit 1) last on true"
    " cross join lateral (select d.state = 'gave_up' or d.state in ('due', 'leased')"
    "                            and (coalesce(last.outcome <> 'accepted', false) or d.attempts = 0 and d.first_due_at < now.at - interval '60 seconds') as failed) c"
    " where (d.created_at >= $1::timestamptz or $1 is null) and (d.created_at >= now.at - $2::interval or $2 is null)"
    "   and (d.receiver = $3 or $3 is null) and (d.alert_id = $4 or $4 is null) and (c.failed or not $5::boolean)"
    " order by d.created_at, d.delivery_id";

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct deliveries *deliveries = state->input;

	switch (key) {
	case 'x': deliveries->failed = true; return 0;
	case 'r': deliveries->receiver = arg; return 0;
	case 'a': deliveries->alert_id = arg; return 0;
	case 's': deliveries->since = arg; return 0;
	default: return options_rest(key, arg, state, &deliveries->options);
	}
}

static const struct list list = { "list the deliveries", columns, question, 6 };

static enum say_status
show(struct db *db, const struct deliveries *deliveries, const struct since *since)
{
	const char *values[] = { since_instant(since), since->duration, deliveries->receiver,
		deliveries->alert_id, deliveries->failed ? "true" : "false",
		options_time_style(&deliveries->options) };
	const struct list_none none = {
		deliveries->failed ? "no delivery has failed" : "no deliveries", NULL
	};

	return list_show(db, &list, values, &deliveries->options, &none);
}

static enum say_status
serve(struct db *db, const void *wanted)
{
	const struct deliveries *deliveries = wanted;
	struct since since;
	enum say_status status = lookup_receiver(db, deliveries->receiver);

	if (status == SAY_OK)
		status = lookup_alert(db, deliveries->alert_id);
	if (status == SAY_OK)
		status = since_read(&since, db, deliveries->since, "list deliveries");
	return status == SAY_OK ? show(db, deliveries, &since) : status;
}

enum say_status
deliveries_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = {
		{ .name = "failed",
		    .key = 'x',
		    .doc =
			"Only those given up, not accepted at the last attempt, or waiting for a minute without any" },
		{ .name = "receiver",
		    .key = 'r',
		    .arg = "NAME",
		    .doc = "Only those to receiver NAME" },
		{ .name = "alert", .key = 'a', .arg = "ALERT", .doc = "Only those of alert ALERT" },
		{ .name = "since",
		    .key = 's',
		    .arg = "DURATION|TIME",
		    .doc = "Only those written " SINCE_DOC },
		{ 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = options_children,
		.doc =
		    "Lists the deliveries, oldest first: one alert to one receiver, with what came of the last attempt.\v`detainerctl deliveries retry --help' tells of more."
	};
	struct deliveries deliveries = { .options = *given };

	options_parse(&argp, argc, argv, &deliveries);
	return db_serve(&deliveries.options, serve, &deliveries);
}
