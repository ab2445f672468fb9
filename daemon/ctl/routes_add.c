/* SPDX-License-Identifier: MIT */
/*
 * routes_add.c: adds a route. What SQL would store and nobody would ever be told by is refused here: an unknown kind, kinds
 * that go by no route, a receiver that no configuration can name.
 */
#include <stdio.h>

#include "core/receiver.h"
#include "ctl/command.h"
#include "ctl/db.h"
#include "ctl/lookup.h"
#include "ctl/since.h"
#include "ctl/table.h"

struct routes_add {
	struct options options;
	const char *receiver;
	const char *facility; /* NULL: all */
	const char *kinds;    /* separated by commas; NULL: all */
	long delay_seconds;
	long repeat_seconds; /* 0: once */
};

static long
seconds_of(const char *text, const struct argp_state *state)
{
	long seconds = since_seconds(text);

	if (seconds < 0)
		options_error(state, "cannot read '%s': write a duration such as 15m.", text);
	return seconds;
}

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct routes_add *add = state->input;

	switch (key) {
	case 'r': add->receiver = arg; return 0;
	case 'f': add->facility = arg; return 0;
	case 'k': add->kinds = arg; return 0;
	case 'D': add->delay_seconds = seconds_of(arg, state); return 0;
	case 'R':
		add->repeat_seconds = seconds_of(arg, state);
		if (add->repeat_seconds < 60)
			options_error(
			    state, "cannot tell again every '%s': a minute is the least.", arg);
		return 0;
	case ARGP_KEY_END:
		if (add->receiver == NULL || *add->receiver == '\0')
			options_error(state, "cannot add a route: --receiver is needed.");
		else if (!receiver_has_name(add->receiver))
			options_error(state,
			    "cannot add a route to '%s': no receiver has such a name: it is at most 63 characters of ASCII, none of them a blank.",
			    add->receiver);
		return 0;
	default: return options_rest(key, arg, state, &add->options);
	}
}

enum {
	KINDS_UNKNOWN,
	KINDS_ALL,
	KINDS_ELSEHOW, /* the first that goes by no route, where all that are asked for do; and how it goes */
	KINDS_HOW
};

/* SAY_BAD_DATA where a kind is none, or none of them goes by routes. */
static enum say_status
check_kinds(struct db *db, const char *kinds)
{
	static const char sql[] =
	    "select string_agg(quote_literal(k.kind), ', ') filter (where k.kind <> all (detainerd.alert_kinds())), array_to_string(detainerd.alert_kinds(), ', '),"
	    "       case when bool_and(k.how is not null) then (array_agg(k.kind order by k.n))[1] end, (array_agg(k.how order by k.n))[1]"
	    "  from (select u.kind, u.n, detainerd.goes_by_no_route(u.kind) as how from unnest(string_to_array($1, ',')) with ordinality u (kind, n)) k";
	const char *values[] = { kinds };
	PGresult *found = db_ask(db, "add the route", sql, 1, values);
	enum say_status status = SAY_OK;

	if (found == NULL)
		return db->status;
	if (kinds != NULL && (*kinds == '\0' || !PQgetisnull(found, 0, KINDS_UNKNOWN)))
		status = say(SAY_BAD_DATA,
		    "cannot add the route: there is no alert of kind %s. The kinds are %s.",
		    *kinds == '\0' ? "''" : PQgetvalue(found, 0, KINDS_UNKNOWN),
		    PQgetvalue(found, 0, KINDS_ALL));
	else if (!PQgetisnull(found, 0, KINDS_ELSEHOW))
		status = say(SAY_BAD_DATA,
		    "cannot add the route: nobody is told by a route of kind '%s', for %s.",
		    PQgetvalue(found, 0, KINDS_ELSEHOW), PQgetvalue(found, 0, KINDS_HOW));
	PQclear(found);
	return status;
}

static enum say_status
report(const struct routes_add *add, const PGresult *added)
{
	static const struct table_column columns[] = { { "route_id", NULL, TABLE_NUMBER },
		{ "served", NULL, TABLE_BOOL }, { NULL, NULL, TABLE_TEXT } };
	enum say_status status;

	if (add->options.form == OPTIONS_JSON) {
		status = table_write_row(columns, added, &add->options);
	} else {
		printf("route %s added\n", PQgetvalue(added, 0, 0));
		status = table_flush();
	}
	if (status == SAY_OK && *PQgetvalue(added, 0, 1) != 't')
		status = say(SAY_TROUBLE,
		    "it leads nowhere yet: no running daemon has receiver '%s'.", add->receiver);
	return status;
}

static enum say_status
run(struct db *db, const void *wanted)
{
	const struct routes_add *add = wanted;
	static const char sql[] =
	    "insert into detainerd.route (facility_id, kinds, receiver, step_delay, repeat_every)"
	    " values ((select facility_id from detainerd.facility where code = $1), string_to_array($2, ','), $3, $4::interval, $5::interval)"
	    " returning route_id, detainerd.is_served(receiver, clock_timestamp())";
	char delay[32], repeat[32];
	const char *values[] = { add->facility, add->kinds, add->receiver, delay,
		add->repeat_seconds > 0 ? repeat : NULL };
	enum say_status status = lookup_facility(db, add->facility);

	if (status == SAY_OK)
		status = check_kinds(db, add->kinds);
	if (status != SAY_OK)
		return status;
	snprintf(delay, sizeof delay, "%ld seconds", add->delay_seconds);
	snprintf(repeat, sizeof repeat, "%ld seconds", add->repeat_seconds);
	PGresult *added = db_ask(db, "add the route", sql, 5, values);
	if (added == NULL)
		return db->status;
	status = report(add, added);
	PQclear(added);
	return status;
}

enum say_status
routes_add_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = {
		{ .name = "receiver", .key = 'r', .arg = "NAME", .doc = "Tell receiver NAME" },
		{ .name = "facility",
		    .key = 'f',
		    .arg = "CODE",
		    .doc = "Of facility CODE (of all if not given)" },
		{ .name = "kind",
		    .key = 'k',
		    .arg = "KIND[,...]",
		    .doc = "Of these kinds of alert (of all if not given)" },
		{ .name = "delay",
		    .key = 'D',
		    .arg = "DURATION",
		    .doc = "So long after the alert, unless somebody has acknowledged" },
		{ .name = "repeat",
		    .key = 'R',
		    .arg = "DURATION",
		    .doc = "Again every DURATION while nobody acknowledges" },
		{ 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = options_children,
		.args_doc = "--receiver NAME",
		.doc =
		    "Adds a route. Exit status 1: it is added, and no running daemon has the receiver."
	};
	struct routes_add add = { .options = *given };

	options_parse(&argp, argc, argv, &add);
	return db_serve(&add.options, run, &add);
}
