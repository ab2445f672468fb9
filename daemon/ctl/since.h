/* SPDX-License-Identifier: MIT */
/*
 * since.h: durations and points in time, as people give them to --since and --wait.
 */
#ifndef CTL_SINCE_H
#define CTL_SINCE_H

#include <stdbool.h>

#include "ctl/db.h"

#define SINCE_DOC \
	"in the last DURATION (30m, 12h, 7d, 2w) or since TIME (YYYY-MM-DD " \
	"[HH:MM[:SS]] [offset])"

/* Either or neither is there; both are text for the database. */
struct since {
	const char *duration; /* an interval back from now; borrowed from the command line */
	char instant[40];     /* RFC 3339, in UTC; empty: none */
};

/* A number and a unit, such as 90m: s, m (minutes), h, d, w. */
bool since_is_duration(const char *text);

/* Seconds of a duration; -1 if ${text} is none. */
long since_seconds(const char *text);

/* The instant, for the database; NULL if there is none. */
const char *since_instant(const struct since *since);

/* Reads ${text}, NULL for none. A point in time is read where a person means it: in the zone of the facilities, if they
   share one. ${doing} is words such as "list the alerts". On failure says why. */
enum say_status since_read(struct since *since, struct db *db, const char *text, const char *doing)
    __attribute__((warn_unused_result));

#endif
