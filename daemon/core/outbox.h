/* SPDX-License-Identifier: MIT */
/* outbox: deliveries, from the claim to the settlement. */
#ifndef DETAINERD_OUTBOX_H
#define DETAINERD_OUTBOX_H

#include "core/event.h"
#include "core/step.h"

/* outbox_claimed(step, event): Deliveries have been leased: begin each that can be over before its lease is. */
void outbox_claimed(struct step *step, const struct event *event);

/* outbox_sent(step, event): An attempt is over; it is settled with the next call. */
void outbox_sent(struct step *step, const struct event *event);

/* outbox_settled(step, event): The settlements on their way are recorded. */
void outbox_settled(struct step *step, const struct event *event);

#endif
