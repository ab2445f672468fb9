/* SPDX-License-Identifier: MIT */
/*
 * plan: what follows from the engine's state and the time, whatever has just
 * happened. All waiting is decided here, so that the order in which things
 * happen makes no difference.
 */
#ifndef DETAINERD_PLAN_H
#define DETAINERD_PLAN_H

#include "core/step.h"

#define PLAN_HEARTBEAT_MS 10000

/* plan_step(step): Ask for everything that is due now, and to be woken for what is due next. */
void plan_step(struct step *step);

#endif
