/* SPDX-License-Identifier: MIT */
/*
 * instant: points in time and lengths of time, in microseconds.
 *
 * Two clocks are told apart by the names of variables only: instants of the
 * database (since 1970-01-01 UTC; law is timed by these) and instants of the
 * host's boot-time clock (waits are timed by these). core/discipline turns
 * the one into the other. Sums saturate, so that no sum can wrap into the
 * past. Nothing here knows a time zone.
 */
#ifndef DETAINERD_INSTANT_H
#define DETAINERD_INSTANT_H

#include <stdbool.h>
#include <stdint.h>

struct instant {
	int64_t us;
};

struct span {
	int64_t us;
};

/* Later than every instant: nothing is scheduled. */
#define INSTANT_NEVER ((struct instant){ INT64_MAX })
/* Not recorded. Never reached, and earlier than nothing. */
#define INSTANT_UNKNOWN ((struct instant){ INT64_MIN })
/* Room for every text that this module writes, with its final NUL. */
#define INSTANT_TEXT_BYTES 40

/* span_of_ms(ms): ${ms} milliseconds, saturating. */
struct span span_of_ms(int64_t ms);

/* span_ms(length): ${length} in milliseconds, rounded up, never less than 0. */
int64_t span_ms(struct span length);

/* instant_known(at): Is ${at} a real point in time, neither unknown nor never? */
bool instant_known(struct instant at);

/*
 * instant_add(at, length): ${at} plus ${length}, saturating. Unknown and
 * never stay what they are.
 */
struct instant instant_add(struct instant at, struct span length);

/* instant_since(at, from): How long ${at} is after ${from}, saturating. */
struct span instant_since(struct instant at, struct instant from);

/* instant_reached(at, now): Has ${at} come? Unknown and never have not. */
bool instant_reached(struct instant at, struct instant now);

/* instant_earlier(a, b): The earlier of two; an unknown one does not count. */
struct instant instant_earlier(struct instant a, struct instant b);

/*
 * instant_rfc3339(at, out): Write ${at} as 2026-11-24T19:05:00.000000Z, or as
 * an empty text where it is not known or outside the years 1 to 9999. Returns
 * ${out}.
 */
const char *instant_rfc3339(struct instant at, char out[INSTANT_TEXT_BYTES]);

/* instant_clock(at, out): The same, only the time of day: 19:05:00Z. */
const char *instant_clock(struct instant at, char out[INSTANT_TEXT_BYTES]);

/* instant_rfc5322(at, out): The same, as mail wants it: Tue, 24 Nov 2026 19:05:00 +0000. */
const char *instant_rfc5322(struct instant at, char out[INSTANT_TEXT_BYTES]);

#endif
