/* SPDX-License-Identifier: MIT */
/*
 * holidays.c: the days that an excluding clock leaves out, listed.
 */
#include <string.h>

#include "ctl/command.h"
#include "ctl/list.h"

struct holidays {
	struct options options;
	const char *year;     /* NULL: this one and the next */
	const char *calendar; /* NULL: every one */
};

static const struct table_column columns[] = { { "day", "DAY", TABLE_TEXT },
	{ "weekday", "WEEKDAY", TABLE_TEXT }, { "name", "NAME", TABLE_TEXT },
	{ "calendar", "CALENDAR", TABLE_TEXT }, { "counts", "LEFT OUT", TABLE_BOOL },
	{ NULL, NULL, TABLE_TEXT } };

/* $1 year, $2 calendar. */
static const char question[] =
    "select h.day, trim(to_char(h.day, 'Day')), h.name, h.calendar, h.counts"
    "  from (select coalesce($1::int, extract(year from clock_timestamp())::int) as first) y"
    "  join detainerd.holiday h on extract(year from h.day) between y.first and y.first + case when $1 is null then 1 else 0 end"
    " where h.calendar = $2 or $2 is null order by h.day, h.name";

static bool
is_year(const char *text)
{
	return options_is_id(text) && strlen(text) == 4;
}

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct holidays *holidays = state->input;

	switch (key) {
	case 'y':
		if (!is_year(arg))
			options_error(state, "cannot list the year '%s': write four digits.", arg);
		holidays->year = arg;
		return 0;
	case 'C': holidays->calendar = arg; return 0;
	default: return options_rest(key, arg, state, &holidays->options);
	}
}

static const struct list list = { "list the holidays", columns, question, 2 };

static enum say_status
serve(struct db *db, const void *wanted)
{
	const struct holidays *holidays = wanted;
	const char *values[] = { holidays->year, holidays->calendar };
	PGresult *days = list_print(db, &list, values, &holidays->options);

	if (days != NULL && PQntuples(days) == 0)
		say(SAY_OK, "no holiday is recorded for that: every weekday counts.");
	PQclear(days);
	return db->status;
}

enum say_status
holidays_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = { { .name = "year",
							  .key = 'y',
							  .arg = "YEAR",
							  .doc =
							      "Of YEAR, not of this and the next" },
		{ .name = "calendar",
		    .key = 'C',
		    .arg = "NAME",
		    .doc = "Of one calendar: federal or eo_closure" },
		{ 0 } };
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = options_children,
		.doc =
		    "Lists the holidays, and which of them a clock that excludes holidays leaves out."
	};
	struct holidays holidays = { .options = *given };

	options_parse(&argp, argc, argv, &holidays);
	return db_serve(&holidays.options, serve, &holidays);
}
