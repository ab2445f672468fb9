/* SPDX-License-Identifier: MIT */
/*
 * period.h: a report of what happened from one day to another, as text, CSV, JSON or a page to print.
 */
#ifndef CTL_PERIOD_H
#define CTL_PERIOD_H

#include "ctl/report.h"

/* What the questions of such a report are asked with. */
#define PERIOD_VALUES \
	5 /* $1 first day, $2 last day, $3 facility or null, $4 time style, $5 as of */

/* The columns that head every report, and what they are asked as, before its own. */
#define PERIOD_COLUMNS \
	{ "first_day", "from", TABLE_TEXT }, { "last_day", "to", TABLE_TEXT }, \
	    { "facility", "facility", TABLE_TEXT }, { "as_of", "as of", TABLE_TEXT }, \
	{ \
		"facts_as_of", "facts as of", TABLE_TEXT \
	}
#define PERIOD_HEAD \
	"select $1::date, $2::date, coalesce($3, 'all'), detainerd.explain_time($5::timestamptz, z.zone, $4)," \
	" (select case when bool_and(p.at is not null) then detainerd.explain_time(min(p.at), z.zone, $4) end" \
	"    from (select detainerd.explain_facts_as_of(f.facility_id) as at from detainerd.facility f where f.code = $3 or $3 is null) p)"
#define PERIOD_ZONE \
	" cross join (select coalesce((select f.time_zone from detainerd.facility f where f.code = $3), detainerd.explain_time_zone()) as zone) z"

struct period {
	const char *title;    /* "Overdue holds" */
	const char *about;    /* in a sentence or two: what is in it */
	struct report report; /* its first part is the list, and what CSV has */
};

/* Runs the sub-command whose report ${period} is. Returns the exit status. */
enum say_status
period_run(const struct period *period, int argc, char **argv, const struct options *given);

#endif
