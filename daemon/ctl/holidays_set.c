/* SPDX-License-Identifier: MIT */
/*
 * holidays_set.c: records a holiday, or whether one counts. It touches every clock that excludes holidays, so it says
 * which open holds moved.
 */
#include <string.h>

#include "ctl/command.h"
#include "ctl/db.h"
#include "ctl/report.h"

struct holidays_set {
	struct options options;
	const char *day;
	const char *name;
	const char *calendar;
	const char *counts; /* NULL: as it is */
};

/* $1 style of times, $2 day, $3 name, $4 calendar, $5 counts. */
static const struct report report = { .doing = "set the holiday",
	.head = { .columns = (const struct table_column[]){ { "day", "day", TABLE_TEXT },
		      { "outcome", "outcome", TABLE_TEXT }, { NULL, NULL, TABLE_TEXT } },
	    .sql =
		"select day, outcome from detainerd.set_holiday($2, $3, $4, $5::boolean) where $1::text is not null",
	    .values = 5 },
	.parts = { { .name = "moved",
	    .title = "Open holds whose instant moved",
	    .nothing = "none",
	    .columns = (const struct table_column[]){ { "facility", "FACILITY", TABLE_TEXT },
		{ "booking_number", "BOOKING", TABLE_TEXT }, { "was", "WAS", TABLE_TEXT },
		{ "is", "RELEASE BY", TABLE_TEXT }, { NULL, NULL, TABLE_TEXT } },
	    .sql =
		"select f.code, b.booking_number, detainerd.explain_time(w.release_at, f.time_zone, $1), detainerd.explain_time(h.release_at, f.time_zone, $1)"
		"  from pg_temp.hold_was w join detainerd.hold h using (booking_id)"
		"  join detainerd.booking b using (booking_id) join detainerd.facility f on f.facility_id = h.facility_id"
		" where h.release_at is distinct from w.release_at order by h.release_at, f.code, b.booking_number",
	    .values = 1 } } };

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct holidays_set *set = state->input;

	switch (key) {
	case 'n': set->name = arg; return 0;
	case 'C': set->calendar = arg; return 0;
	case 'k':
		if (strcmp(arg, "yes") != 0 && strcmp(arg, "no") != 0)
			options_error(state, "cannot read '%s': write yes or no.", arg);
		set->counts = arg;
		return 0;
	case ARGP_KEY_ARG:
		if (set->day != NULL)
			options_error(state, "cannot set '%s' too: one day at a time.", arg);
		set->day = arg;
		return 0;
	case ARGP_KEY_END:
		if (set->day == NULL)
			options_error(state, "cannot set a holiday: its DAY is needed.");
		return 0;
	default: return options_rest(key, arg, state, &set->options);
	}
}

static enum say_status
serve(struct db *db, const void *wanted)
{
	const struct holidays_set *set = wanted;
	const char *values[] = { options_time_style(&set->options), set->day, set->name,
		set->calendar, set->counts };
	struct report_answer answer = { 0 };
	enum say_status status = db_do(db, report.doing, "begin isolation level read committed");

	if (status == SAY_OK)
		status = db_do(db, report.doing,
		    "create temporary table hold_was on commit drop as select booking_id, release_at from detainerd.hold where ended_at is null");
	if (status == SAY_OK)
		status = report_ask(&report, db, values, &answer);
	if (status == SAY_OK)
		status = db_do(db, report.doing, "commit");
	if (status == SAY_OK)
		status = report_print(&report, &answer, &set->options);
	report_fini(&answer);
	return status;
}

enum say_status
holidays_set_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = {
		{ .name = "name", .key = 'n', .arg = "NAME", .doc = "Which holiday" },
		{ .name = "calendar",
		    .key = 'C',
		    .arg = "NAME",
		    .doc = "Of which calendar (default federal)" },
		{ .name = "counts",
		    .key = 'k',
		    .arg = "yes|no",
		    .doc = "Whether a clock that excludes holidays leaves it out" },
		{ 0 }
	};
	static const struct argp argp = { .options = options,
		.parser = parse,
		.children = options_children,
		.args_doc = "DAY",
		.doc =
		    "Records a holiday, or whether it counts, and tells which open holds moved." };
	struct holidays_set set = { .options = *given, .calendar = "federal" };

	options_parse(&argp, argc, argv, &set);
	return db_serve(&set.options, serve, &set);
}
