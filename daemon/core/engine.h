/* SPDX-License-Identifier: MIT */
/*
 * engine: the whole brain of the daemon. It is told what has happened (an
 * event) and the time, and answers with what to do (effects). It never sees a
 * file descriptor, a foreign library or a callback, and reads no clock; so
 * all of its behaviour can be written down as tables of events and effects.
 *
 * It keeps no list of holds and knows no law: it knows the next instant that
 * the database has named, and asks it to raise what is due.
 *
 * ${now} is always the host's boot-time clock. What the database's clock says
 * is worked out from the replies (core/discipline).
 */
#ifndef DETAINERD_ENGINE_H
#define DETAINERD_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/conf.h"
#include "core/discipline.h"
#include "core/effect.h"
#include "core/event.h"
#include "core/fault.h"
#include "core/flight.h"
#include "core/instant.h"
#include "core/link.h"
#include "core/schedule.h"

enum engine_state {
	ENGINE_STARTING, /* nothing was raised yet; a fault that a person must mend ends it */
	ENGINE_READY,    /* no fault of the database ends it any more */
	ENGINE_STOPPING, /* told to stop; what is under way is finished within a bound */
	ENGINE_ENDED     /* has asked to exit; nothing more is done */
};

struct engine {
	enum engine_state state;
	const struct conf *conf; /* borrowed */
	int schema;              /* that this program was built for */
	uint64_t random;
	struct discipline clock;
	struct link links[LINKS];
	struct schedule schedule;
	struct flight flight;
	struct instant missed_at;    /* the instant last reported as missed */
	struct instant claim_at;     /* boot time of the next claim, hints aside */
	struct instant heartbeat_at; /* boot time */
	bool claim_wanted;           /* claim as soon as there is room */
	bool claim_partial;          /* some receiver sat the last claim out */
	int claim_asked;             /* by the claim on its way */
	bool hello_wanted;           /* the receivers have changed */
	enum fault_class away;       /* why the database is away; none: it is not */
	struct instant away_since;   /* boot time */
	bool ever_up;
	struct instant stop_by; /* boot time */
	char status[EFFECT_TEXT_BYTES];
};

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

/* engine_server_now(engine, now): The database's time, unknown before its first reply. */
struct instant engine_server_now(const struct engine *engine, struct instant now);

#endif
