/* SPDX-License-Identifier: MIT */
/*
 * explanation.h: the parts of an explanation, in the order in which a reader needs them.
 */
#ifndef CTL_EXPLANATION_H
#define CTL_EXPLANATION_H

#include "ctl/table.h"

/* In every question: $1 booking_id, $2 as of, $3 time zone, $4 style of times, $5 style of times in UTC. */
enum {
	EXPLANATION_VALUES = 5,
	EXPLANATION_PARTS = 7
};

struct explanation_part {
	const char *name; /* in JSON */
	const char *title;
	const char *nothing; /* said where it has no row */
	const char *sql;
	int values; /* how many of them it has */
	const struct table_column *columns;
};

/* The stay in one row: the head of the explanation. It has the first four values. */
extern const struct table_column explanation_stay_columns[];
extern const char explanation_stay_sql[];

/* EXPLANATION_PARTS of them. */
extern const struct explanation_part explanation_parts[];

/* The clock's rows are days; these columns, first in each row, say of which clock. */
extern const struct table_column explanation_clock_columns[];
enum explanation_clock {
	EXPLANATION_CLOCK_OF,
	EXPLANATION_CLOCK_KIND,
	EXPLANATION_CLOCK_HOURS,
	EXPLANATION_CLOCK_VERIFIED,
	EXPLANATION_CLOCK_ENDS,
	EXPLANATION_CLOCK_ENDS_UTC,
	EXPLANATION_CLOCK_EARLIEST,
	EXPLANATION_CLOCK_SAYS
};

#endif
