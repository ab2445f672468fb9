/* SPDX-License-Identifier: MIT */
/*
 * ack.c: records that a person has an alert. It silences reminders for a while; it does not stop the clock.
 */
#include <stdio.h>

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
			argp_error(state, "cannot acknowledge '%s' too: one alert at a time.", arg);
		ack->alert_id = arg;
		return 0;
	case ARGP_KEY_END:
		if (ack->alert_id == NULL || ack->reason == NULL)
			argp_error(state, "cannot acknowledge: ALERT_ID and --reason are needed.");
		return 0;
	default: return options_rest(key, arg, state, &ack->options);
	}
}

static enum say_status
acknowledge(struct db *db, const struct ack *ack)
{
	static const struct table_column columns[] = {
		{ "on_their_way", "ON THEIR WAY", TABLE_NUMBER }, { NULL, NULL, TABLE_TEXT }
	};
	const char *values[] = { ack->alert_id, ack->reason, ack->note };
	PGresult *result = db_ask(
	    db, "acknowledge the alert", "select detainerd.acknowledge($1, $2, $3)", 3, values);

	if (result == NULL)
		return db->status;
	enum say_status status;
	if (ack->options.json) {
		status = table_write_json(table_json_row(columns, result, 0));
	} else {
		printf(
		    "acknowledged; reminders are silent, the clock goes on; %s already on their way may still arrive\n",
		    PQgetvalue(result, 0, 0));
		status = table_flush();
	}
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
	struct db db = { 0 };

	options_parse(&argp, argc, argv, &ack);
	enum say_status status = db_open(&db, &ack.options);
	if (status == SAY_OK)
		status = acknowledge(&db, &ack);
	db_close(&db);
	return status;
}
