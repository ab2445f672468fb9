/* SPDX-License-Identifier: MIT */
/*
 * outcome.h: what came of an attempt to deliver, waited for and shown.
 */
#ifndef CTL_OUTCOME_H
#define CTL_OUTCOME_H

#include "ctl/db.h"

struct outcome {
	const char *delivery_id; /* borrowed, as the next two */
	const char *receiver;    /* for words */
	const char *alert_id;
	const char *attempts; /* how many there were: what comes after is waited for */
	long wait_seconds;
};

/* Waits until an attempt of the delivery has been settled, then shows it. SAY_OK where it was accepted; SAY_TROUBLE,
   after saying why, where it was not, or where nothing came of it in time. Polls; blocks for ${wait_seconds} and what
   the database takes. */
enum say_status outcome_await(struct db *db, const struct outcome *outcome,
    const struct options *options) __attribute__((warn_unused_result));

#endif
