/* SPDX-License-Identifier: MIT */
/*
 * state: everything that the engine remembers between two steps. It keeps no
 * list of holds and knows no law: it knows the next instant that the database
 * has named, and asks it to raise what is due.
 */
#ifndef DETAINERD_STATE_H
#define DETAINERD_STATE_H

#include <stdbool.h>
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
	struct instant measure_at;   /* boot time */
	bool claim_wanted;           /* claim as soon as there is room */
	bool claim_partial;          /* some receiver sat the last claim out */
	bool hello_wanted;           /* the receivers have changed */
	enum fault_class away;       /* why the database is away; none: it is not */
	struct instant away_since;   /* boot time */
	bool ever_up;
	struct instant stop_by;   /* boot time */
	char reload_refused[200]; /* why the last reload was; empty: it was not */
	char status[EFFECT_TEXT_BYTES];
};

#endif
