/* SPDX-License-Identifier: MIT */
#include "core/discipline.h"

#include <stdlib.h>

#include "unit.h"

#define SECOND INT64_C(1000000)
#define OFFSET (INT64_C(1795000000) * SECOND)

static struct instant
at(int64_t us)
{
	return (struct instant){ us };
}

static void
knows_nothing_at_first(void **state)
{
	struct discipline clock;

	(void)state;
	discipline_init(&clock);
	assert_false(discipline_known(&clock));
	assert_false(instant_known(discipline_server(&clock, at(5))));
	assert_false(instant_known(discipline_boot(&clock, at(5))));
	assert_int_equal(discipline_boot(&clock, INSTANT_NEVER).us, INT64_MAX);
}

/* The true offset lies within the bounds, whatever the delays; the error only shrinks, but for drift. */
static void
bounds_hold_the_truth(void **state)
{
	static const int64_t delays[][2] = { { 400, 100 }, { 100, 9000 }, { 2000000, 100 },
		{ 50, 60 }, { 1000, 1000 } };
	struct discipline clock;

	(void)state;
	discipline_init(&clock);
	for (size_t i = 0; i < COUNT(delays); i++) {
		int64_t sent = (int64_t)(i + 1) * SECOND * 10;
		int64_t read = sent + delays[i][0], answered = read + delays[i][1];

		assert_false(discipline_observe(&clock, at(sent), at(read + OFFSET), at(answered)));
		assert_true(discipline_known(&clock));
		assert_true(clock.low.us <= OFFSET && OFFSET <= clock.high.us);
		assert_true(discipline_error(&clock).us <= (delays[i][0] + delays[i][1]) / 2 + 1);
	}
	assert_true(llabs(discipline_server(&clock, at(SECOND)).us - SECOND - OFFSET) <= 1000);
	assert_int_equal(discipline_boot(&clock, discipline_server(&clock, at(123))).us, 123);
}

static void
a_step_is_noticed_and_followed(void **state)
{
	struct discipline clock;

	(void)state;
	discipline_init(&clock);
	assert_false(discipline_observe(&clock, at(0), at(OFFSET + 100), at(200)));
	assert_true(
	    discipline_observe(&clock, at(SECOND), at(OFFSET + 3601 * SECOND), at(SECOND + 200)));
	assert_true(
	    llabs(discipline_server(&clock, at(SECOND)).us - OFFSET - 3601 * SECOND) <= 200);
	assert_true(discipline_observe(
	    &clock, at(2 * SECOND), at(OFFSET + 2 * SECOND), at(2 * SECOND + 200)));
	assert_true(
	    llabs(discipline_server(&clock, at(2 * SECOND)).us - OFFSET - 2 * SECOND) <= 200);
}

/* Two clocks that drift apart slowly are followed without being called stepped. */
static void
drift_is_no_step(void **state)
{
	struct discipline clock;

	(void)state;
	discipline_init(&clock);
	for (int64_t s = 0; s < 100000; s += 5) {
		int64_t drifted = s * SECOND + s * 50; /* 50 parts in a million */

		assert_false(discipline_observe(
		    &clock, at(s * SECOND), at(OFFSET + drifted + 150), at(s * SECOND + 300)));
		assert_true(
		    llabs(discipline_server(&clock, at(s * SECOND)).us - OFFSET - drifted) <= 1500);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_nothing_at_first),
		cmocka_unit_test(bounds_hold_the_truth),
		cmocka_unit_test(a_step_is_noticed_and_followed),
		cmocka_unit_test(drift_is_no_step),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
