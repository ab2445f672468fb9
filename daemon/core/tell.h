/* SPDX-License-Identifier: MIT */
/*
 * tell: what the engine says of itself to people: once a change, never once a
 * try. Changes nothing but what has been told.
 */
#ifndef DETAINERD_TELL_H
#define DETAINERD_TELL_H

#include "core/fault.h"
#include "core/instant.h"
#include "core/step.h"

/* tell_away(step, fault): The database is away, because of ${fault}. */
void tell_away(struct step *step, const struct fault *fault);

/* tell_back(step): A session stands; if now both do, the database is back. */
void tell_back(struct step *step);

/* tell_missed(step, at): The instant ${at} of the database's clock has come and could not be raised. */
void tell_missed(struct step *step, struct instant at);

/* tell_cannot_start(step, fault): ${fault} ends the start; says what mends it. */
void tell_cannot_start(struct step *step, const struct fault *fault);

/* tell_status(step): The supervisor's status line, where it differs from the last. */
void tell_status(struct step *step);

#endif
