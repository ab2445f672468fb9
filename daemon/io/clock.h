/* SPDX-License-Identifier: MIT */
/*
 * clock: the host's boot-time clock, which no one can set and which counts
 * while the host sleeps, and one alarm on it. The host's wall clock is read
 * nowhere in the daemon. What the database's clock says is worked out by
 * core/discipline from this one.
 */
#ifndef DETAINERD_CLOCK_H
#define DETAINERD_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/instant.h"
#include "io/loop.h"

struct clock;

/* clock_now(): The boot-time clock. */
struct instant clock_now(void);

/* clock_seed(): Random bits for back-off; no secret. */
uint64_t clock_seed(void);

/* clock_open(loop, callback, owner): An alarm, not set, that calls back in ${loop}. Null on failure, with errno. */
struct clock *
clock_open(struct loop *loop, loop_fn *callback, void *owner) __attribute__((warn_unused_result));

/* clock_wake(clock, at): Call back once at boot time ${at}, never earlier; at once if that is past. Replaces the alarm before. */
void clock_wake(struct clock *clock, struct instant at);

/* clock_close(clock): Unset and free; null is fine. */
void clock_close(struct clock *clock);

#endif
