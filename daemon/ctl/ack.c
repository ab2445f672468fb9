/* SPDX-License-Identifier: MIT */
/*
 * ack.c: records that a person has an alert. It silences reminders for a while; it does not stop the clock.
 */
#include <stdio.h>
#include <string.h>

#include "ctl/command.h"
#include "ctl/db.h"
#include "ctl/table.h"

struct ack {
	struct options options;
	const char *alert_id;
	const char *reason;
	const char *note;
};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct ack *ack = state->input;

	switch (key) {
	case 'r': ack->reason = arg; return 0;
	case 'n': ack->note = arg; return 0;
	case ARGP_KEY_ARG:
		if (ack->alert_id != NULL)
			options_error(
			    state, "cannot acknowledge '%s' too: one alert at a time.", arg);
		ack->alert_id = arg;
		return 0;
	case ARGP_KEY_END:
		if (ack->alert_id == NULL || ack->reason == NULL)
			options_error(
			    state, "cannot acknowledge: ALERT_ID and --reason are needed.");
		return 0;
	default: return options_rest(key, arg, state, &ack->options);
	}
}

static enum say_status
report(struct db *db, const struct ack *ack, const char *on_their_way)
{
	static const struct table_column columns[] = { { "alert_id", NULL, TABLE_TEXT },
		{ "on_their_way", NULL, TABLE_NUMBER }, { "silent_until", NULL, TABLE_TEXT },
		{ NULL, NULL, TABLE_TEXT } };
	static const char sql[] =
	    "select a.alert_id, $2, detainerd.explain_time(detainerd.hushed_until(a), coalesce(f.time_zone, detainerd.explain_time_zone()), $3)"
	    "  from detainerd.alert a left join detainerd.facility f on f.facility_id = a.facility_id where a.alert_id = $1";
	const char *values[] = { ack->alert_id, on_their_way, options_time_style(&ack->options) };
	PGresult *result = db_ask(db, "see until when reminders are silent", sql, 3, values);
	enum say_status status;

	if (result == NULL)
		return db->status;
	if (ack->options.form == OPTIONS_JSON) {
		status = table_write_row(columns, result, &ack->options);
	} else {
		printf(
		    "acknowledged until %s: reminders are silent, the clock goes on; %s already on %s way may still arrive\n",
		    PQgetvalue(result, 0, 2), on_their_way,
		    strcmp(on_their_way, "1") == 0 ? "its" : "their");
		status = table_flush();
	}
	PQclear(result);
	return status;
}

static enum say_status
acknowledge(struct db *db, const void *wanted)
{
	const struct ack *ack = wanted;
	const char *values[] = { ack->alert_id, ack->reason, ack->note };
	PGresult *result = db_ask(
	    db, "acknowledge the alert", "select detainerd.acknowledge($1, $2, $3)", 3, values);

	if (result == NULL)
		return db->status;
	enum say_status status = report(db, ack, PQgetvalue(result, 0, 0));
	PQclear(result);
	return status;
}

enum say_status
ack_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = {
		{ .name = "reason",
		    .key = 'r',
		    .arg = "REASON",
		    .doc =
			"release_started, other_authority, ice_here, counsel_called or wrong_record" },
		{ .name = "note",
		    .key = 'n',
		    .arg = "TEXT",
		    .doc = "Words for whoever reads the log" },
		{ 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = options_children,
		.args_doc = "ALERT_ID",
		.doc =
		    "Acknowledges an alert: its reminders fall silent for two hours. The clock goes on."
	};
	struct ack ack = { .options = *given };

	options_parse(&argp, argc, argv, &ack);
	return db_serve(&ack.options, acknowledge, &ack);
}
