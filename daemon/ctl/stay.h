/* SPDX-License-Identifier: MIT */
/*
 * stay.h: the one booking, and the instant, that a person names on a command line.
 */
#ifndef CTL_STAY_H
#define CTL_STAY_H

#include "ctl/db.h"

struct stay_wanted {
	const char *doing; /* such as "explain" */
	const char *booking_number;
	const char *facility; /* NULL: the one that has a booking of that number */
	const char *as_of;    /* NULL: now */
};

/* Columns of what is found. */
enum {
	STAY_ID,
	STAY_FACILITY,
	STAY_ZONE,
	STAY_AS_OF, /* RFC 3339, in UTC */
	STAY_COLUMNS
};

/* One row in ${ret_found}, which the caller clears. On failure says why. */
enum say_status stay_find(struct db *db, const struct stay_wanted *wanted, PGresult **ret_found)
    __attribute__((warn_unused_result));

/* Children of a sub-command's argp: the common options, then the argument BOOKING with --facility and --as-of. */
extern const struct argp_child stay_children[];

/* options_rest() of a sub-command with those children: what its parser does with the keys that are not its own. */
error_t stay_rest(int key, char *arg, struct argp_state *state, struct options *common,
    struct stay_wanted *wanted);

#endif
