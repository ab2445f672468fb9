/* SPDX-License-Identifier: MIT */
/*
 * report.h: an answer of several parts: a row that heads it, as fields, and tables under titles. In JSON one object.
 */
#ifndef CTL_REPORT_H
#define CTL_REPORT_H

#include "ctl/db.h"
#include "ctl/table.h"

enum {
	REPORT_PARTS_MAX = 8
};

struct report_part {
	const char *name; /* in JSON */
	const char *title;
	const char *nothing; /* said where it has no row */
	const struct table_column *columns;
	const char *sql;
	int values; /* how many of the report's it has */
};

struct report {
	const char *doing;       /* words such as "read the status" */
	const char *nothing;     /* for a null in the head; NULL: not shown */
	struct report_part head; /* one row; its name, title and nothing are not used */
	struct report_part parts[REPORT_PARTS_MAX]; /* up to one without a name */
};

/* Owns its results. */
struct report_answer {
	PGresult *head;
	PGresult *parts[REPORT_PARTS_MAX];
};

/* Asks for everything. On failure says why; report_fini all the same. */
enum say_status report_ask(const struct report *report, struct db *db, const char *const *values,
    struct report_answer *answer) __attribute__((warn_unused_result));

/* SAY_IO if stdout fails. */
enum say_status report_print(
    const struct report *report, const struct report_answer *answer, const struct options *options);

void report_fini(struct report_answer *answer);

#endif
