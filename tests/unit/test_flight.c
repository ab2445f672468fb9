/* SPDX-License-Identifier: MIT */
#include "core/flight.h"

#include "unit.h"

static struct flight flight;

static void
take(int receiver, int count)
{
	const struct delivery delivery = { .receiver = receiver };

	for (int i = 0; i < count; i++)
		assert_true(flight_take(&flight, &delivery) >= 0);
}

/* capacity 64, four receivers: a share of 16 each */
static void
room_is_shared(void **state)
{
	static const struct {
		int under_way[4];
		int deliveries;
		uint32_t receivers;
	} rows[] = {
		{ { 0, 0, 0, 0 }, 16, 0xf },
		{ { 1, 0, 0, 0 }, 15, 0xf },
		{ { 8, 0, 0, 0 }, 8, 0xf },
		{ { 9, 0, 0, 0 }, 16, 0xe },
		{ { 16, 0, 0, 0 }, 16, 0xe },
		{ { 16, 16, 16, 0 }, 16, 0x8 },
		{ { 16, 16, 16, 4 }, 12, 0x8 },
		{ { 16, 16, 16, 9 }, 0, 0 },
		{ { 16, 16, 16, 16 }, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct flight_room room;

		flight_init(&flight, 64, 4);
		for (int r = 0; r < 4; r++)
			take(r, rows[i].under_way[r]);
		room = flight_room(&flight);
		assert_int_equal(room.deliveries, rows[i].deliveries);
		assert_int_equal(room.receivers, rows[i].receivers);
	}
}

/* However unluckily a claim falls, no receiver gets more than its share. */
static void
no_claim_overfills_a_share(void **state)
{
	(void)state;
	flight_init(&flight, 50, 3);
	for (int round = 0; round < 20; round++) {
		struct flight_room room = flight_room(&flight);

		for (int r = 0; r < 3; r++) {
			if ((room.receivers & UINT32_C(1) << r) == 0)
				continue;
			take(r, room.deliveries);
			break;
		}
		assert_true(flight_count(&flight, DELIVERY_SENDING) <= 50);
	}
	for (int r = 0; r < 3; r++) {
		int count = 0;

		for (int i = 0; i < FLIGHT_MAX; i++)
			count += flight.places[i].state != DELIVERY_FREE &&
				 flight.places[i].receiver == r;
		assert_true(count <= 16);
	}
}

static void
one_place_a_receiver_still_works(void **state)
{
	struct flight_room room;

	(void)state;
	flight_init(&flight, 2, 2);
	room = flight_room(&flight);
	assert_int_equal(room.deliveries, 1);
	assert_int_equal(room.receivers, 3);
	take(0, 1);
	room = flight_room(&flight);
	assert_int_equal(room.deliveries, 1);
	assert_int_equal(room.receivers, 2);
	flight_init(&flight, 1, 0);
	assert_int_equal(flight_room(&flight).deliveries, 0);
}

static void
nothing_borrowed_stays(void **state)
{
	struct delivery delivery = { .receiver = 0 };
	int place;

	(void)state;
	flight_init(&flight, 4, 1);
	delivery.alert.listed = delivery.alert.closes = "borrowed";
	place = flight_take(&flight, &delivery);
	flight_handed_over(&flight, place);
	assert_string_equal(flight.places[place].alert.listed, "");
	assert_string_equal(flight.places[place].alert.closes, "");
}

static void
places_run_out(void **state)
{
	const struct delivery delivery = { .id = 1 };

	(void)state;
	flight_init(&flight, FLIGHT_MAX, 1);
	take(0, FLIGHT_MAX);
	assert_int_equal(flight_take(&flight, &delivery), -1);
	assert_int_equal(flight_move(&flight, DELIVERY_SENDING, DELIVERY_RESULT), FLIGHT_MAX);
	assert_int_equal(flight_count(&flight, DELIVERY_FINISHED), FLIGHT_MAX);
	assert_int_equal(flight_move(&flight, DELIVERY_SENDING, DELIVERY_RESULT), 0);
	(void)flight_move(&flight, DELIVERY_FINISHED, DELIVERY_SETTLE);
	(void)flight_move(&flight, DELIVERY_SETTLING, DELIVERY_SETTLED);
	assert_int_equal(flight_room(&flight).deliveries, FLIGHT_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(room_is_shared),
		cmocka_unit_test(no_claim_overfills_a_share),
		cmocka_unit_test(one_place_a_receiver_still_works),
		cmocka_unit_test(nothing_borrowed_stays),
		cmocka_unit_test(places_run_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
