/* SPDX-License-Identifier: MIT */
/*
 * engine: the whole brain of the daemon. It is told what has happened (an
 * event) and the time, and answers with what to do (effects). It never sees a
 * file descriptor, a foreign library or a callback, and reads no clock; so
 * all of its behaviour can be written down as tables of events and effects.
 *
 * ${now} is always the host's boot-time clock. What the database's clock says
 * is worked out from the replies (core/discipline).
 */
#ifndef DETAINERD_ENGINE_H
#define DETAINERD_ENGINE_H

#include <stddef.h>
#include <stdint.h>

#include "core/effect.h"
#include "core/event.h"
#include "core/instant.h"
#include "core/state.h"

struct engine_options {
	const struct conf *conf; /* borrowed until EVENT_RELOADED */
	int schema;              /* version of the schema that this program was built for */
	uint64_t seed;           /* of the random numbers for back-off */
};

/* engine_init(engine, options, now): A brain that has heard nothing. Its first tick opens the sessions. */
void engine_init(struct engine *engine, const struct engine_options *options, struct instant now);

/*
 * engine_step(engine, event, now, effects): Hear ${event} at boot time
 * ${now}; write what is to be done to ${effects}, in order, and return how
 * many. Never blocks, allocates or fails. At its end a step has always asked
 * for the next EVENT_TICK, at most one sweep away.
 */
size_t engine_step(struct engine *engine, const struct event *event, struct instant now,
    struct effect effects[EFFECTS_MAX]);

#endif
