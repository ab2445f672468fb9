/* SPDX-License-Identifier: MIT */
/*
 * duties.c: what the law asks of the jail beside release: what is owed, by when, and whether it was done.
 */
#include "ctl/command.h"
#include "ctl/list.h"
#include "ctl/lookup.h"
#include "ctl/since.h"

struct duties {
	struct options options;
	const char *facility;
	const char *booking;
	const char *since;
	bool all;
};

static const struct table_column columns[] = {
	{ "facility", "FACILITY", TABLE_TEXT },
	{ "booking_number", "BOOKING", TABLE_TEXT },
	{ "duty", "DUTY", TABLE_TEXT },
	{ "state", "STATE", TABLE_TEXT },
	{ "says", "WHAT", TABLE_WORDS },
	{ "due_at", "BY", TABLE_TEXT },
	{ "done_at", "DONE", TABLE_TEXT },
	{ "event", NULL, TABLE_TEXT },
	{ "event_at", NULL, TABLE_TEXT },
	{ "citation", "LAW", TABLE_WORDS },
	{ "verified", "VERIFIED", TABLE_BOOL },
	{ NULL, NULL, TABLE_TEXT },
};

/* $1 facility, $2 booking, $3 since an instant, $4 for so long, $5 all of them, $6 time style. */
static const char question[] =
    "select y.at_facility, y.booking, y.duty, y.state, y.says, detainerd.explain_time(y.due_at, y.time_zone, $6),"
    "       detainerd.explain_time(y.done_at, y.time_zone, $6), y.event, detainerd.explain_time(y.event_at, y.time_zone, $6), y.citation, y.verified"
    "  from clock_timestamp() now,"
    "       detainerd.duties_owed($1, $2, coalesce($3::timestamptz, now - coalesce($4, '168 hours')::interval), $5::boolean, now) y";

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct duties *duties = state->input;

	switch (key) {
	case 'f': duties->facility = arg; return 0;
	case 'b': duties->booking = arg; return 0;
	case 's': duties->since = arg; return 0;
	case 'a': duties->all = true; return 0;
	default: return options_rest(key, arg, state, &duties->options);
	}
}

static const struct list list = { "list the duties", columns, question, 6 };

static enum say_status
show(struct db *db, const struct duties *duties, const struct since *since)
{
	const char *values[] = { duties->facility, duties->booking, since_instant(since),
		since->duration, duties->all ? "true" : "false",
		options_time_style(&duties->options) };
	const struct list_none none = { duties->all ? "the law on file asks for nothing"
						    : "nothing is owed that is on file",
		duties->facility };

	return list_show(db, &list, values, &duties->options, &none);
}

static enum say_status
serve(struct db *db, const void *wanted)
{
	const struct duties *duties = wanted;
	struct since since;
	enum say_status status = lookup_facility(db, duties->facility);

	if (status == SAY_OK)
		status = since_read(&since, db, duties->since, "list the duties");
	return status == SAY_OK ? show(db, duties, &since) : status;
}

enum say_status
duties_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = { { .name = "facility",
							  .key = 'f',
							  .arg = "CODE",
							  .doc = "Only those at facility CODE" },
		{ .name = "booking",
		    .key = 'b',
		    .arg = "BOOKING",
		    .doc = "Only those about the stay of booking BOOKING" },
		{ .name = "since",
		    .key = 's',
		    .arg = "DURATION|TIME",
		    .doc = "Of stays that have ended: that did so " SINCE_DOC "; default 7d" },
		{ .name = "all",
		    .key = 'a',
		    .doc = "Also what was done, has lapsed, or lies ahead" },
		{ 0 } };
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = options_children,
		.doc =
		    "Lists what the law asks of the jail beside release: what is owed or was missed, and by when."
	};
	struct duties duties = { .options = *given };

	options_parse(&argp, argc, argv, &duties);
	return db_serve(&duties.options, serve, &duties);
}
