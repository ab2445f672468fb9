/* SPDX-License-Identifier: MIT */
/*
 * flight: the fixed number of places for deliveries under way. No receiver
 * may fill more than its share of them, so that one that hangs delays no other.
 */
#ifndef DETAINERD_FLIGHT_H
#define DETAINERD_FLIGHT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/delivery.h"

/* 256 places of about 2 kB each: half a megabyte, whatever the load. */
#define FLIGHT_MAX 256
/* One bit a receiver in a uint32_t. */
#define FLIGHT_RECEIVERS_MAX 32

struct flight {
	int capacity;  /* places in use: 1 to FLIGHT_MAX */
	int receivers; /* how many receivers share them: 0 to FLIGHT_RECEIVERS_MAX */
	struct delivery places[FLIGHT_MAX];
};

/* What to ask of the next claim. */
struct flight_room {
	int deliveries;     /* at most so many; 0: do not claim now */
	uint32_t receivers; /* bit i: receiver i can take all of them */
};

/* flight_init(flight, capacity, receivers): All places free. */
void flight_init(struct flight *flight, int capacity, int receivers);

/* flight_resize(flight, capacity, receivers): New limits; what is under way goes on. */
void flight_resize(struct flight *flight, int capacity, int receivers);

/*
 * flight_room(flight): Room for a claim. A receiver that has more than half
 * of its share under way sits the next claim out, so that a slow one cannot
 * shrink everybody's claims to ones.
 */
struct flight_room flight_room(const struct flight *flight);

/* flight_take(flight, delivery): Copy ${delivery} into a free place, as sending. Returns the place, or -1 if there is none. */
int flight_take(struct flight *flight, const struct delivery *delivery);

/* flight_handed_over(flight, place): Its message is made; what its alert borrowed for the step is gone. */
void flight_handed_over(struct flight *flight, int place);

/* flight_count(flight, state): How many are in ${state}. */
int flight_count(const struct flight *flight, enum delivery_state state);

/* flight_move(flight, state, input): Put ${input} to every delivery in ${state}; returns to how many. */
int flight_move(struct flight *flight, enum delivery_state state, enum delivery_input input);

#endif
