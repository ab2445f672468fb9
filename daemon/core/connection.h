/* SPDX-License-Identifier: MIT */
/*
 * connection: the two sessions coming and going: preparing them, hearing
 * their answers, losing them, and the faults that end a start.
 */
#ifndef DETAINERD_CONNECTION_H
#define DETAINERD_CONNECTION_H

#include <stdbool.h>

#include "core/event.h"
#include "core/fault.h"
#include "core/step.h"

/* connection_up(step, l): The link stands: prepare it. */
void connection_up(struct step *step, enum event_link l);

/*
 * connection_answered(step, event): A statement was answered: move the
 * session on, to its next preparing statement if it has one, and learn the
 * server's time.
 */
void connection_answered(struct step *step, const struct event *event);

/*
 * connection_lost(step, l, fault): The link broke or is given up. What was on
 * its way has an unknown outcome: raising is asked for again, settlements are
 * settled again, and a claim's lease runs out. A ${fault} of class
 * FAULT_NONE: we close it ourselves, and nobody need be told.
 */
void connection_lost(struct step *step, enum event_link l, const struct fault *fault);

/* connection_stops_start(engine, fault): Would waiting never mend ${fault}, in a daemon that has not yet been ready? */
bool connection_stops_start(const struct engine *engine, const struct fault *fault);

/* connection_refuse_start(step, fault): Say so, and end with the status of ${fault}. */
void connection_refuse_start(struct step *step, const struct fault *fault);

/* connection_end(step, status): Close both links and leave. */
void connection_end(struct step *step, enum exit_status status);

#endif
