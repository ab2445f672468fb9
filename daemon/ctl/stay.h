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

/* Takes the keys f (facility), a (as of) and the argument BOOKING of a command line; ARGP_ERR_UNKNOWN for others. */
error_t stay_parse(struct stay_wanted *wanted, int key, char *arg, struct argp_state *state);

#endif
