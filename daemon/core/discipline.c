/* SPDX-License-Identifier: MIT */
/*
 * discipline.c: the offset between two clocks as an interval. Known weakness:
 * a server stepped by less than the width of the bounds is not noticed, and
 * need not be.
 */
#include "core/discipline.h"

#include <assert.h>

#include "core/banned.h"

/* Two undisciplined quartz clocks drift apart by less than 1 part in 5,000. */
#define DRIFT_DIVISOR 5000

void
discipline_init(struct discipline *clock)
{
	*clock = (struct discipline){ .seen = INSTANT_UNKNOWN };
}

bool
discipline_known(const struct discipline *clock)
{
	return instant_known(clock->seen);
}

static struct span
middle(const struct discipline *clock)
{
	return (struct span){ clock->low.us + (clock->high.us - clock->low.us) / 2 };
}

static int64_t
larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t
smaller(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

bool
discipline_observe(
    struct discipline *clock, struct instant sent, struct instant server, struct instant answered)
{
	struct span low = instant_since(server, answered);
	struct span high = instant_since(server, sent);
	bool stepped = false;

	assert(answered.us >= sent.us);
	assert(instant_known(server));
	if (discipline_known(clock)) {
		int64_t aged = instant_since(answered, clock->seen).us / DRIFT_DIVISOR + 1;
		int64_t old_low = clock->low.us - aged;
		int64_t old_high = clock->high.us + aged;

		stepped = low.us > old_high || high.us < old_low;
		if (!stepped) {
			low.us = larger(low.us, old_low);
			high.us = smaller(high.us, old_high);
		}
	}
	clock->low = low;
	clock->high = high;
	clock->seen = answered;
	return stepped;
}

struct instant
discipline_server(const struct discipline *clock, struct instant boot)
{
	if (!discipline_known(clock))
		return INSTANT_UNKNOWN;
	return instant_add(boot, middle(clock));
}

struct instant
discipline_boot(const struct discipline *clock, struct instant server)
{
	if (!instant_known(server))
		return server;
	if (!discipline_known(clock))
		return INSTANT_UNKNOWN;
	return instant_add(server, (struct span){ -middle(clock).us });
}

struct span
discipline_error(const struct discipline *clock)
{
	return (struct span){ (clock->high.us - clock->low.us) / 2 };
}
