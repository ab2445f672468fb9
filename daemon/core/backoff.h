/* SPDX-License-Identifier: MIT */
/*
 * backoff: how long to wait before the next try. Decorrelated jitter: each
 * wait is drawn between the base and three times the wait before, so that
 * many daemons that lost the same server do not come back in step.
 * Pure: the state of the random numbers belongs to the caller.
 */
#ifndef DETAINERD_BACKOFF_H
#define DETAINERD_BACKOFF_H

#include <stdint.h>

#include "core/instant.h"

struct backoff_limits {
	struct span base; /* never shorter, > 0 */
	struct span cap;  /* never longer, >= base */
};

/* The waits between deliveries of one alert: 1 s to 5 min. */
extern const struct backoff_limits backoff_delivery;
/* The waits between connections to the database: 0.1 s to 5 s. */
extern const struct backoff_limits backoff_session;

/* backoff_random(state): The next random number; any ${*state} will do as a seed. */
uint64_t backoff_random(uint64_t *state);

/* backoff_next(limits, before, state): The wait that follows a wait of ${before}; none before: ${before} = 0. */
struct span backoff_next(const struct backoff_limits *limits, struct span before, uint64_t *state);

/*
 * backoff_after(limits, tries, state): The wait after ${tries} >= 1 failed
 * tries, for callers that remember only their number: the same walk, from its
 * start.
 */
struct span backoff_after(const struct backoff_limits *limits, int tries, uint64_t *state);

#endif
