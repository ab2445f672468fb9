/* SPDX-License-Identifier: MIT */
/*
 * routes_test.c: who would be told of an alert, when, and how often again. Sends nothing.
 */
#include <string.h>

#include "ctl/command.h"
#include "ctl/list.h"
#include "ctl/lookup.h"

struct routes_test {
	struct options options;
	const char *facility;
	const char *kind;
};

static const struct table_column columns[] = {
	{ "receiver", "RECEIVER", TABLE_TEXT },
	{ "after_seconds", NULL, TABLE_NUMBER },
	{ "when", "WHEN", TABLE_SHOWN },
	{ "repeat_every_seconds", NULL, TABLE_NUMBER },
	{ "again_every", "AGAIN EVERY", TABLE_SHOWN },
	{ "route_id", "ROUTE", TABLE_NUMBER },
	{ "served", "SERVED", TABLE_BOOL },
	{ NULL, NULL, TABLE_TEXT },
};

enum {
	PLAN_RECEIVER = 0,
	PLAN_SERVED = 6
};

/* $1 facility, $2 kind. What goes to whoever was told before may go to the receivers of any kind, at once. */
static const char question[] =
    "select p.receiver, extract(epoch from min(t.after))::bigint,"
    "       case when min(t.after) > interval '0' then 'after ' || detainerd.explain_duration(min(t.after)) || case when detainerd.is_silenced($2) then ', unless acknowledged' else '' end else 'at once' end,"
    "       extract(epoch from min(t.again))::bigint, detainerd.explain_duration(min(t.again)), min(p.route_id), bool_or(p.alive)"
    "  from (select detainerd.goes_by_no_route($2) is not null as follows) kind"
    " cross join lateral unnest(case when kind.follows then detainerd.alert_kinds() else array[$2] end) k (kind)"
    " cross join lateral detainerd.route_plan($1, k.kind) p"
    " cross join lateral (select case when kind.follows then interval '0' else p.after end as after, case when not kind.follows then p.repeat_every end as again) t"
    " where $2 <> 'test'"
    " group by p.receiver order by min(t.after), p.receiver";

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct routes_test *test = state->input;

	switch (key) {
	case 'f': test->facility = arg; return 0;
	case 'k': test->kind = arg; return 0;
	case ARGP_KEY_END:
		if (test->facility == NULL || test->kind == NULL)
			options_error(
			    state, "cannot test routes: --facility and --kind are needed.");
		return 0;
	default: return options_rest(key, arg, state, &test->options);
	}
}

static const struct list list = { "test the routes", columns, question, 2 };

/* Says when such an alert comes, and how where that is not by routes. */
static enum say_status
say_how(struct db *db, const struct routes_test *test)
{
	static const char sql[] =
	    "select x.says from detainerd.explain_kind($1, $2, $3, clock_timestamp()) x (says)";
	const char *values[] = { test->facility, test->kind, options_words_style(&test->options) };
	PGresult *how = db_ask(db, list.doing, sql, 3, values);

	if (how == NULL)
		return db->status;
	for (int row = 0; row < PQntuples(how); row++)
		say(SAY_OK, "of kind '%s': %s.", test->kind, PQgetvalue(how, row, 0));
	PQclear(how);
	return SAY_OK;
}

static enum say_status
cry(const struct routes_test *test, const PGresult *plan)
{
	enum say_status status = SAY_OK;

	if (strcmp(test->kind, "test") == 0) /* by no route */
		return SAY_OK;
	if (PQntuples(plan) == 0)
		return say(SAY_TROUBLE, "NOBODY would be told of %s at %s: no route asks for it.",
		    test->kind, test->facility);
	for (int row = 0; row < PQntuples(plan); row++)
		if (*PQgetvalue(plan, row, PLAN_SERVED) != 't')
			status = say(SAY_TROUBLE,
			    "receiver '%s' would NOT be told: no running daemon has it.",
			    PQgetvalue(plan, row, PLAN_RECEIVER));
	return status;
}

static enum say_status
serve(struct db *db, const void *wanted)
{
	const struct routes_test *test = wanted;
	const char *values[] = { test->facility, test->kind };
	enum say_status status = lookup_facility(db, test->facility);

	if (status != SAY_OK)
		return status;
	PGresult *plan = list_print(db, &list, values, &test->options);
	status = plan == NULL ? db->status : say_how(db, test);
	if (status == SAY_OK)
		status = cry(test, plan);
	PQclear(plan);
	return status;
}

enum say_status
routes_test_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = {
		{ .name = "facility", .key = 'f', .arg = "CODE", .doc = "At facility CODE" },
		{ .name = "kind",
		    .key = 'k',
		    .arg = "KIND",
		    .doc = "Of an alert of KIND, such as release_due" },
		{ 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = options_children,
		.doc =
		    "Shows who would be told of an alert, when, how often again, and whether a running daemon can. Sends nothing. Exit status 1: nobody would be, or somebody could not be."
	};
	struct routes_test test = { .options = *given };

	options_parse(&argp, argc, argv, &test);
	return db_serve(&test.options, serve, &test);
}
