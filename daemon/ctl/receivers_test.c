/* SPDX-License-Identifier: MIT */
/*
 * receivers_test.c: sends a receiver a message marked as a test, by the way that alerts go, and says what came of it.
 */
#include "ctl/command.h"
#include "ctl/db.h"
#include "ctl/outcome.h"
#include "ctl/since.h"
#include "ctl/table.h"

struct receivers_test {
	struct options options;
	const char *name;
	long wait_seconds;
};

enum {
	WAIT_SECONDS = 30
};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct receivers_test *test = state->input;

	switch (key) {
	case 'w':
		test->wait_seconds = since_seconds(arg);
		if (test->wait_seconds < 0)
			options_error(
			    state, "cannot wait for '%s': write a duration such as 30s.", arg);
		return 0;
	case ARGP_KEY_ARG:
		if (test->name != NULL)
			options_error(state, "cannot test '%s' too: one receiver at a time.", arg);
		test->name = arg;
		return 0;
	case ARGP_KEY_END:
		if (test->name == NULL)
			options_error(state, "cannot test: the NAME of a receiver is needed.");
		return 0;
	default: return options_rest(key, arg, state, &test->options);
	}
}

static enum say_status
run(struct db *db, const void *wanted)
{
	const struct receivers_test *test = wanted;
	const char *values[] = { test->name };
	PGresult *sent =
	    db_ask(db, "test the receiver", "select detainerd.test_receiver($1)", 1, values);

	if (sent == NULL)
		return db->status;
	const char *ids[] = { PQgetvalue(sent, 0, 0) };
	PGresult *delivery = db_ask(db, "look what came of it",
	    "select delivery_id from detainerd.delivery where alert_id = $1", 1, ids);
	enum say_status status = db->status;
	if (delivery != NULL)
		status = outcome_await(db,
		    &(struct outcome){ .delivery_id = PQgetvalue(delivery, 0, 0),
			.receiver = test->name,
			.alert_id = ids[0],
			.attempts = "0",
			.wait_seconds = test->wait_seconds },
		    &test->options);
	PQclear(delivery);
	PQclear(sent);
	return status;
}

enum say_status
receivers_test_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = {
		{ .name = "wait",
		    .key = 'w',
		    .arg = "DURATION",
		    .doc = "How long to wait for what comes of it (30s if not given)" },
		{ 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = options_children,
		.args_doc = "NAME",
		.doc =
		    "Sends receiver NAME a message that is marked as a test, and shows what came of it. Exit status 0: it was accepted, which is not yet seen; 1: it was not."
	};
	struct receivers_test test = { .options = *given, .wait_seconds = WAIT_SECONDS };

	options_parse(&argp, argc, argv, &test);
	return db_serve(&test.options, run, &test);
}
