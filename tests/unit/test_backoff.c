/* SPDX-License-Identifier: MIT */
#include "core/backoff.h"

#include "unit.h"

static void
stays_within_limits(void **state)
{
	const struct backoff_limits *all[] = { &backoff_delivery, &backoff_session };
	uint64_t random = 1;

	(void)state;
	for (size_t i = 0; i < COUNT(all); i++) {
		struct span wait = { 0 };

		for (int n = 0; n < 10000; n++) {
			struct span before = wait;

			wait = backoff_next(all[i], before, &random);
			assert_true(wait.us >= all[i]->base.us);
			assert_true(wait.us <= all[i]->cap.us);
			assert_true(before.us < all[i]->base.us || wait.us <= before.us * 3);
		}
	}
}

static void
grows_with_the_number_of_tries(void **state)
{
	int64_t sums[3] = { 0 };
	const int tries[3] = { 1, 4, 1000000 };
	uint64_t random = 42;

	(void)state;
	for (int n = 0; n < 1000; n++) {
		for (int k = 0; k < 3; k++)
			sums[k] += backoff_after(&backoff_delivery, tries[k], &random).us / 1000;
	}
	assert_true(sums[0] / 1000 <= 3000);
	assert_true(sums[1] > sums[0]);
	assert_true(sums[2] > 2 * sums[1]);
	assert_true(sums[2] / 1000 <= 300000);
}

static void
same_seed_same_waits_other_seed_other_waits(void **state)
{
	uint64_t a = 7, b = 7, c = 8;
	int differ = 0;

	(void)state;
	for (int n = 0; n < 100; n++) {
		struct span one = backoff_after(&backoff_session, 3, &a);

		assert_int_equal(one.us, backoff_after(&backoff_session, 3, &b).us);
		differ += one.us != backoff_after(&backoff_session, 3, &c).us;
	}
	assert_true(differ > 90);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stays_within_limits),
		cmocka_unit_test(grows_with_the_number_of_tries),
		cmocka_unit_test(same_seed_same_waits_other_seed_other_waits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
