/* SPDX-License-Identifier: MIT */
/*
 * deliveries_retry.c: tries one delivery once more. The attempts before it stay on record.
 */
#include <stdio.h>

#include "ctl/command.h"
#include "ctl/db.h"
#include "ctl/outcome.h"
#include "ctl/since.h"
#include "ctl/table.h"

struct deliveries_retry {
	struct options options;
	const char *delivery_id;
	long wait_seconds; /* 0: do not */
};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct deliveries_retry *retry = state->input;

	switch (key) {
	case 'w':
		retry->wait_seconds = since_seconds(arg);
		if (retry->wait_seconds < 0)
			options_error(
			    state, "cannot wait for '%s': write a duration such as 30s.", arg);
		return 0;
	case ARGP_KEY_ARG:
		if (retry->delivery_id != NULL)
			options_error(state, "cannot retry '%s' too: one delivery at a time.", arg);
		if (!options_is_id(arg))
			options_error(state,
			    "cannot retry '%s': a delivery is named by its number, see detainerctl deliveries.",
			    arg);
		retry->delivery_id = arg;
		return 0;
	case ARGP_KEY_END:
		if (retry->delivery_id == NULL)
			options_error(state, "cannot retry: the number of a DELIVERY is needed.");
		return 0;
	default: return options_rest(key, arg, state, &retry->options);
	}
}

enum {
	WAS_RECEIVER,
	WAS_ALERT,
	WAS_ATTEMPTS,
	WAS_SERVED,
	WAS_SILENT, /* until when, where that lies ahead */
	WAS_SILENT_WORDS
};

/* $1 delivery, $2 style of times, $3 of those in words. */
static const char ask_was[] =
    "select d.receiver, d.alert_id, d.attempts, detainerd.is_served(d.receiver, now.at), detainerd.explain_time(s.until, f.time_zone, $2),"
    "       detainerd.explain_time(s.until, f.time_zone, $3)"
    "  from (select clock_timestamp() as at) now cross join detainerd.delivery d join detainerd.alert a using (alert_id) left join detainerd.facility f using (facility_id)"
    "  left join lateral (select case when detainerd.reminds(d) then detainerd.hushed_until(a) end as until) s on s.until > now.at"
    " where d.delivery_id = $1::bigint";

static bool
is_tried_now(const PGresult *was)
{
	return PQgetisnull(was, 0, WAS_SILENT) && *PQgetvalue(was, 0, WAS_SERVED) == 't';
}

/* Nobody tries it now: says why, and that is no success. */
static enum say_status
say_why_it_waits(const PGresult *was)
{
	if (!PQgetisnull(was, 0, WAS_SILENT))
		return say(SAY_TROUBLE,
		    "it waits: somebody acknowledged the alert, and its reminders are silent until %s.",
		    PQgetvalue(was, 0, WAS_SILENT_WORDS));
	if (*PQgetvalue(was, 0, WAS_SERVED) != 't')
		return say(SAY_TROUBLE, "it waits: no running daemon has receiver '%s'.",
		    PQgetvalue(was, 0, WAS_RECEIVER));
	return SAY_OK;
}

static enum say_status
report(struct db *db, const struct deliveries_retry *retry, const PGresult *was)
{
	static const struct table_column columns[] = { { "receiver", NULL, TABLE_TEXT },
		{ "alert_id", NULL, TABLE_TEXT }, { "attempts", NULL, TABLE_NUMBER },
		{ "served", NULL, TABLE_BOOL }, { "silent_until", NULL, TABLE_TEXT },
		{ NULL, NULL, TABLE_TEXT } };
	const char *receiver = PQgetvalue(was, 0, WAS_RECEIVER);
	enum say_status status;

	if (retry->wait_seconds > 0 && is_tried_now(was))
		return outcome_await(db,
		    &(struct outcome){ .delivery_id = retry->delivery_id,
			.receiver = receiver,
			.alert_id = PQgetvalue(was, 0, WAS_ALERT),
			.attempts = PQgetvalue(was, 0, WAS_ATTEMPTS),
			.wait_seconds = retry->wait_seconds },
		    &retry->options);
	if (retry->options.form == OPTIONS_JSON) {
		status = table_write_row(columns, was, &retry->options);
	} else {
		printf("delivery %s of alert %s to %s is due again; attempts so far: %s\n",
		    retry->delivery_id, PQgetvalue(was, 0, WAS_ALERT), receiver,
		    PQgetvalue(was, 0, WAS_ATTEMPTS));
		status = table_flush();
	}
	return status == SAY_OK ? say_why_it_waits(was) : status;
}

/* What was is read after the delivery has been made due, and before a daemon can have counted an attempt: in the same
   transaction. */
static enum say_status
run(struct db *db, const void *wanted)
{
	const struct deliveries_retry *retry = wanted;
	const char *values[] = { retry->delivery_id, options_time_style(&retry->options),
		options_words_style(&retry->options) };

	if (db_do(db, "retry the delivery", "begin") != SAY_OK)
		return db->status;
	PGresult *retried = db_ask(
	    db, "retry the delivery", "select detainerd.retry_delivery($1::bigint)", 1, values);
	if (retried == NULL)
		return db->status;
	PQclear(retried);
	PGresult *was = db_ask(db, "retry the delivery", ask_was, 3, values);
	enum say_status status =
	    was == NULL ? db->status : db_do(db, "retry the delivery", "commit");
	if (status == SAY_OK)
		status = report(db, retry, was);
	PQclear(was);
	return status;
}

enum say_status
deliveries_retry_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = {
		{ .name = "wait",
		    .key = 'w',
		    .arg = "DURATION",
		    .doc =
			"Wait so long for what comes of it, and show that; exit status 1: it was not accepted" },
		{ 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = options_children,
		.args_doc = "DELIVERY",
		.doc =
		    "Tries a delivery once more, whatever became of it: a new attempt, the old ones stay on record."
	};
	struct deliveries_retry retry = { .options = *given };

	options_parse(&argp, argc, argv, &retry);
	return db_serve(&retry.options, run, &retry);
}
