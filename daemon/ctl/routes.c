/* SPDX-License-Identifier: MIT */
/*
 * routes.c: who is told of what, and where a route leads nowhere.
 */
#include <stdlib.h>

#include "ctl/command.h"
#include "ctl/list.h"
#include "ctl/lookup.h"
#include "ctl/routes.h"

struct routes {
	struct options options;
	const char *facility;
};

static const struct table_column columns[] = {
	{ "route_id", "ROUTE", TABLE_NUMBER },
	{ "facility", NULL, TABLE_TEXT },
	{ "for_facility", "FACILITY", TABLE_SHOWN },
	{ "kinds", NULL, TABLE_TREE },
	{ "for_kinds", "KINDS", TABLE_SHOWN },
	{ "receiver", "RECEIVER", TABLE_TEXT },
	{ "step_delay_seconds", NULL, TABLE_NUMBER },
	{ "after", "AFTER", TABLE_SHOWN },
	{ "repeat_every_seconds", NULL, TABLE_NUMBER },
	{ "again_every", "AGAIN EVERY", TABLE_SHOWN },
	{ "enabled", "ON", TABLE_BOOL },
	{ "served", "SERVED", TABLE_BOOL },
	{ "trouble", "TROUBLE", TABLE_TEXT },
	{ NULL, NULL, TABLE_TEXT },
};

enum {
	ROUTE_ID = 0,
	ROUTE_TROUBLE = 12,
	UNTOLD_NAMED = 10
};

/* $1 facility: the routes that tell of it. */
static const char ask_routes[] =
    "select r.route_id, f.code, coalesce(f.code, 'all'), to_json(r.kinds), coalesce(array_to_string(r.kinds, ', '), 'all'), r.receiver,"
    "       extract(epoch from r.step_delay)::bigint, detainerd.explain_duration(r.step_delay),"
    "       extract(epoch from r.repeat_every)::bigint, detainerd.explain_duration(r.repeat_every),"
    "       r.enabled, s.served,"
    "       case when not r.enabled then null"
    "            when not s.served then 'LEADS NOWHERE, no running daemon has receiver ' || quote_literal(r.receiver)"
    "            when r.kinds = '{}' then 'LEADS NOWHERE, it asks for no kind of alert'"
    "            when (select bool_and(detainerd.goes_by_no_route(k) is not null) from unnest(r.kinds) k)"
    "                 then 'LEADS NOWHERE, nobody is told by a route of kind ' || (select string_agg(quote_literal(k), ', ') from unnest(r.kinds) k)"
    "            when not r.kinds <@ detainerd.alert_kinds() then 'there is no alert of kind '"
    "                 || (select string_agg(quote_literal(k), ', ') from unnest(r.kinds) k where k <> all (detainerd.alert_kinds())) end"
    "  from detainerd.route r"
    "  left join detainerd.facility f using (facility_id)"
    " cross join lateral (select detainerd.is_served(r.receiver, clock_timestamp()) as served offset 0) s"
    " where f.code = $1 or r.facility_id is null or $1 is null"
    " order by f.code nulls first, r.step_delay, r.route_id";

/* Facilities of whose release alerts nobody is told: how many, and the first of them; and whether nobody is told that
   detainerd itself is in trouble. */
static const char ask_untold[] =
    "select count(*), string_agg(u.code, ', ' order by u.code) filter (where u.row <= 10),"
    "       not exists (select from detainerd.routes_for(null, 'monitor_degraded'))"
    "  from (select f.code, row_number() over (order by f.code) as row from detainerd.facility f"
    "         where (f.code = $1 or $1 is null) and not exists (select from detainerd.routes_for(f.facility_id, 'release_due'))) u";

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct routes *routes = state->input;

	switch (key) {
	case 'f': routes->facility = arg; return 0;
	default: return options_rest(key, arg, state, &routes->options);
	}
}

enum say_status
routes_cry_untold(struct db *db, const char *facility)
{
	const char *values[] = { facility };
	PGresult *untold = db_ask(db, "see who is told", ask_untold, 1, values);

	if (untold == NULL)
		return db->status;
	enum say_status status = SAY_OK;
	long count = strtol(PQgetvalue(untold, 0, 0), NULL, 10);
	if (count > 0)
		status = say(SAY_TROUBLE,
		    "NOBODY is told of a release that is due at %s%s: no route asks for it.",
		    PQgetvalue(untold, 0, 1), count > UNTOLD_NAMED ? ", ..." : "");
	if (*PQgetvalue(untold, 0, 2) == 't')
		status = say(SAY_TROUBLE,
		    "NOBODY is told when detainerd itself is in trouble: no route asks for monitor_degraded.");
	PQclear(untold);
	return status;
}

/* A route to nowhere must not be one row among many. */
static enum say_status
cry(const PGresult *routes)
{
	enum say_status status = SAY_OK;

	if (PQntuples(routes) == 0)
		status = say(SAY_TROUBLE, "there is no route: NOBODY is told of anything.");
	for (int row = 0; row < PQntuples(routes); row++)
		if (!PQgetisnull(routes, row, ROUTE_TROUBLE))
			status =
			    say(SAY_TROUBLE, "route %s: %s.", PQgetvalue(routes, row, ROUTE_ID),
				PQgetvalue(routes, row, ROUTE_TROUBLE));
	return status;
}

static const struct list list = { "list the routes", columns, ask_routes, 1 };

static enum say_status
serve(struct db *db, const void *wanted)
{
	const struct routes *routes = wanted;
	const char *values[] = { routes->facility };
	enum say_status status = lookup_facility(db, routes->facility);

	if (status != SAY_OK)
		return status;
	PGresult *rows = list_print(db, &list, values, &routes->options);
	if (rows == NULL)
		return db->status;
	enum say_status untold = routes_cry_untold(db, routes->facility);
	status = cry(rows);
	PQclear(rows);
	return untold != SAY_OK ? untold : status;
}

enum say_status
routes_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = {
		{ .name = "facility",
		    .key = 'f',
		    .arg = "CODE",
		    .doc = "Only those that tell of facility CODE" },
		{ 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = options_children,
		.doc =
		    "Lists the routes: who is told of which facility and kind, and whether a running daemon can. Exit status 1: a route leads nowhere, or nobody is told of a release.\v`detainerctl routes test --help', and of `add', `enable' and `disable', tell of more."
	};
	struct routes routes = { .options = *given };

	options_parse(&argp, argc, argv, &routes);
	return db_serve(&routes.options, serve, &routes);
}
