/* SPDX-License-Identifier: MIT */
#include "core/delivery.h"

#include <string.h>

#include "sample.h"
#include "unit.h"

static void
the_table_is_total(void **state)
{
	(void)state;
	for (enum delivery_state s = 0; s < DELIVERY_STATES; s++) {
		assert_true(strlen(delivery_state_name(s)) > 0);
		for (enum delivery_input i = 0; i < DELIVERY_INPUTS; i++) {
			const struct delivery_row *row = delivery_row(s, i);

			assert_non_null(row->comment);
			assert_true(strlen(delivery_input_name(i)) > 0);
			if (!row->possible)
				assert_int_equal(row->next, s);
		}
		assert_true(delivery_row(s, DELIVERY_RESULT)->possible);
		assert_int_equal(delivery_row(s, DELIVERY_DROP)->next, DELIVERY_FREE);
	}
}

/* Nothing becomes free as if it were recorded unless the database has said so. */
static void
only_a_settlement_or_a_drop_frees(void **state)
{
	(void)state;
	for (enum delivery_state s = DELIVERY_SENDING; s < DELIVERY_STATES; s++) {
		for (enum delivery_input i = 0; i < DELIVERY_INPUTS; i++) {
			const struct delivery_row *row = delivery_row(s, i);

			if (row->possible && row->next == DELIVERY_FREE)
				assert_true(i == DELIVERY_DROP ||
					    (s == DELIVERY_SETTLING && i == DELIVERY_SETTLED));
		}
	}
}

static void
an_unknown_settlement_is_settled_again(void **state)
{
	static const enum delivery_input inputs[] = { DELIVERY_TAKE, DELIVERY_RESULT,
		DELIVERY_SETTLE, DELIVERY_UNKNOWN, DELIVERY_SETTLE, DELIVERY_SETTLED };
	static const enum delivery_state states[] = { DELIVERY_SENDING, DELIVERY_FINISHED,
		DELIVERY_SETTLING, DELIVERY_FINISHED, DELIVERY_SETTLING, DELIVERY_FREE };
	struct delivery delivery = { .state = DELIVERY_FREE };

	(void)state;
	for (size_t i = 0; i < COUNT(inputs); i++) {
		delivery_enter(&delivery, inputs[i]);
		assert_int_equal(delivery.state, states[i]);
	}
}

static void
reads_a_row(void **state)
{
	static const struct {
		int column;
		const char *value;
	} bad[] = { { DELIVERY_COLUMN_ID, NULL }, { DELIVERY_COLUMN_ID, "x" },
		{ DELIVERY_COLUMN_ATTEMPT, "0" }, { DELIVERY_COLUMN_ATTEMPT, NULL },
		{ DELIVERY_COLUMN_ALERT + ALERT_COLUMN_ID, NULL } };
	const char *columns[DELIVERY_COLUMNS];
	struct delivery delivery;

	(void)state;
	sample_row(columns);
	assert_true(delivery_decode(&delivery, columns));
	assert_int_equal(delivery.id, 17);
	assert_int_equal(delivery.attempt, 1);
	assert_string_equal(delivery.receiver_name, "duty-desk");
	assert_int_equal(delivery.receiver, DELIVERY_RECEIVER_NONE);
	assert_int_equal(delivery.alert.kind, ALERT_RELEASE_DUE);
	assert_int_equal(delivery.alert.as_of.us, SAMPLE_RELEASE_US + 10000);
	for (size_t i = 0; i < COUNT(bad); i++) {
		sample_row(columns);
		columns[bad[i].column] = bad[i].value;
		assert_false(delivery_decode(&delivery, columns));
	}
}

static void
no_attempt_outlives_its_lease(void **state)
{
	const struct span timeout = span_of_ms(10000);
	struct delivery delivery = { .lease_until = { INT64_C(30000000) } };

	(void)state;
	assert_int_equal(delivery_lease_min(timeout).us, 12000000);
	assert_true(delivery_fits_lease(&delivery, (struct instant){ 18000000 }, timeout));
	assert_false(delivery_fits_lease(&delivery, (struct instant){ 18000001 }, timeout));
	delivery.lease_until = INSTANT_UNKNOWN;
	assert_false(delivery_fits_lease(&delivery, (struct instant){ 0 }, timeout));
}

static void
outcomes_are_named_as_the_database_does(void **state)
{
	static const char *const names[OUTCOMES] = { "accepted", "refused", "unreachable",
		"timeout", "misconfigured" };

	(void)state;
	for (enum delivery_outcome o = 0; o < OUTCOMES; o++)
		assert_string_equal(delivery_outcome_name(o), names[o]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_is_total),
		cmocka_unit_test(only_a_settlement_or_a_drop_frees),
		cmocka_unit_test(an_unknown_settlement_is_settled_again),
		cmocka_unit_test(reads_a_row),
		cmocka_unit_test(no_attempt_outlives_its_lease),
		cmocka_unit_test(outcomes_are_named_as_the_database_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
