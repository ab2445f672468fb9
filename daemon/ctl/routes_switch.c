/* SPDX-License-Identifier: MIT */
/*
 * routes_switch.c: switches a route on or off. A route that something went by is never deleted.
 */
#include <stdio.h>

#include "ctl/command.h"
#include "ctl/db.h"
#include "ctl/routes.h"
#include "ctl/table.h"

struct routes_switch {
	struct options options;
	const char *route_id;
	const char *enabled; /* "true" or "false" */
};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct routes_switch *wanted = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		if (wanted->route_id != NULL)
			options_error(state, "cannot switch '%s' too: one route at a time.", arg);
		if (!options_is_id(arg))
			options_error(state,
			    "cannot switch '%s': a route is named by its number, see detainerctl routes.",
			    arg);
		wanted->route_id = arg;
		return 0;
	case ARGP_KEY_END:
		if (wanted->route_id == NULL)
			options_error(state, "cannot switch: the number of a ROUTE is needed.");
		return 0;
	default: return options_rest(key, arg, state, &wanted->options);
	}
}

/* What was switched off may have been the last that told of a release. */
static enum say_status
report(struct db *db, const struct routes_switch *wanted, const PGresult *switched)
{
	static const struct table_column columns[] = { { "route_id", NULL, TABLE_NUMBER },
		{ "enabled", NULL, TABLE_BOOL }, { NULL, NULL, TABLE_TEXT } };
	enum say_status status;

	if (PQntuples(switched) == 0)
		return say(SAY_BAD_DATA,
		    "cannot switch route %s: there is none of this number. See: detainerctl routes",
		    wanted->route_id);
	if (wanted->options.form == OPTIONS_JSON) {
		status = table_write_row(columns, switched, &wanted->options);
	} else {
		printf("route %s is %s\n", wanted->route_id,
		    *PQgetvalue(switched, 0, 1) == 't' ? "on" : "off");
		status = table_flush();
	}
	return status == SAY_OK ? routes_cry_untold(db, NULL) : status;
}

static enum say_status
run(struct db *db, const void *given)
{
	const struct routes_switch *wanted = given;
	const char *values[] = { wanted->route_id, wanted->enabled };
	PGresult *switched = db_ask(db, "switch the route",
	    "update detainerd.route set enabled = $2::boolean where route_id = $1::bigint returning route_id, enabled",
	    2, values);

	if (switched == NULL)
		return db->status;
	enum say_status status = report(db, wanted, switched);
	PQclear(switched);
	return status;
}

static enum say_status
switch_to(const char *enabled, int argc, char **argv, const struct options *given)
{
	static const struct argp argp = {
		.parser = parse,
		.children = options_children,
		.args_doc = "ROUTE",
		.doc =
		    "Switches a route on or off. Exit status 1: done, and nobody is told of a release somewhere."
	};
	struct routes_switch wanted = { .options = *given, .enabled = enabled };

	options_parse(&argp, argc, argv, &wanted);
	return db_serve(&wanted.options, run, &wanted);
}

enum say_status
routes_enable_run(int argc, char **argv, const struct options *given)
{
	return switch_to("true", argc, argv, given);
}

enum say_status
routes_disable_run(int argc, char **argv, const struct options *given)
{
	return switch_to("false", argc, argv, given);
}
