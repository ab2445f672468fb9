/* SPDX-License-Identifier: MIT */
/* flight.c: places for deliveries under way, shared out fairly. Called by core/engine. */
#include "core/flight.h"

#include <assert.h>

#include "core/banned.h"

void
flight_init(struct flight *flight, int capacity, int receivers)
{
	flight->capacity = 0;
	for (int i = 0; i < FLIGHT_MAX; i++)
		flight->places[i].state = DELIVERY_FREE;
	flight_resize(flight, capacity, receivers);
}

void
flight_resize(struct flight *flight, int capacity, int receivers)
{
	assert(capacity >= 1 && capacity <= FLIGHT_MAX);
	assert(receivers >= 0 && receivers <= FLIGHT_RECEIVERS_MAX);
	assert(receivers <= capacity);
	flight->capacity = capacity;
	flight->receivers = receivers;
}

static bool
holds_for(const struct delivery *delivery, int receiver)
{
	return delivery->state != DELIVERY_FREE && delivery->receiver == receiver;
}

static int
count_for(const struct flight *flight, int receiver)
{
	int count = 0;

	for (int i = 0; i < FLIGHT_MAX; i++)
		count += holds_for(&flight->places[i], receiver);
	return count;
}

static int
free_places(const struct flight *flight)
{
	int free = flight->capacity;

	for (int i = 0; i < FLIGHT_MAX && free > 0; i++)
		free -= flight->places[i].state != DELIVERY_FREE;
	return free;
}

struct flight_room
flight_room(const struct flight *flight)
{
	struct flight_room room = { .deliveries = free_places(flight) };
	int share;

	if (flight->receivers == 0)
		return (struct flight_room){ 0 };
	share = flight->capacity / flight->receivers;
	for (int i = 0; i < flight->receivers; i++) {
		int left = share - count_for(flight, i);

		if (left <= 0 || left < share / 2)
			continue;
		room.receivers |= UINT32_C(1) << i;
		if (left < room.deliveries)
			room.deliveries = left;
	}
	if (room.receivers == 0)
		room.deliveries = 0;
	return room;
}

int
flight_take(struct flight *flight, const struct delivery *delivery)
{
	for (int i = 0; i < FLIGHT_MAX; i++) {
		struct delivery *place = &flight->places[i];

		if (place->state != DELIVERY_FREE)
			continue;
		*place = *delivery;
		place->state = DELIVERY_FREE;
		delivery_enter(place, DELIVERY_TAKE);
		return i;
	}
	return -1;
}

void
flight_handed_over(struct flight *flight, int place)
{
	struct alert *alert;

	assert(place >= 0 && place < FLIGHT_MAX);
	alert = &flight->places[place].alert;
	alert->listed = "";
	alert->closes = "";
}

int
flight_count(const struct flight *flight, enum delivery_state state)
{
	int count = 0;

	for (int i = 0; i < FLIGHT_MAX; i++)
		count += flight->places[i].state == state;
	return count;
}

int
flight_move(struct flight *flight, enum delivery_state state, enum delivery_input input)
{
	int count = 0;

	for (int i = 0; i < FLIGHT_MAX; i++) {
		if (flight->places[i].state != state)
			continue;
		delivery_enter(&flight->places[i], input);
		count++;
	}
	return count;
}
