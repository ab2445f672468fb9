/* SPDX-License-Identifier: MIT */
/*
 * list.h: what the sub-commands that list something share: ask, print, and never let an empty answer stand alone.
 */
#ifndef CTL_LIST_H
#define CTL_LIST_H

#include "ctl/db.h"
#include "ctl/table.h"

struct list {
	const char *doing; /* words such as "list the holds" */
	const struct table_column *columns;
	const char *sql;
	int values; /* how many it has */
};

/* What is said where there is no row, of what facts bring about. */
struct list_none {
	const char *words;    /* such as "no alerts" */
	const char *facility; /* whose facts are named; NULL: of all the oldest */
};

/* Asks and prints. The rows, for the caller to judge and to clear with PQclear; NULL on failure, which was said and is
   in db->status. */
PGresult *list_print(struct db *db, const struct list *list, const char *const *values,
    const struct options *options) __attribute__((warn_unused_result));

/* list_print; where there is no row, says so and as of when the facts are. Returns the exit status. */
enum say_status list_show(struct db *db, const struct list *list, const char *const *values,
    const struct options *options, const struct list_none *none);

#endif
