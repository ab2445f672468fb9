/* SPDX-License-Identifier: MIT */
#include "core/link.h"

#include "unit.h"

static const struct span timeout = { 5000000 };

static struct instant
at(int64_t ms)
{
	return (struct instant){ ms * 1000 };
}

static void
prepare(struct link *link)
{
	link_init(link, at(0));
	assert_true(link_should_open(link, at(0)));
	link_opened(link, at(0), timeout);
	assert_int_equal(link_enter(link, SESSION_UP), SESSION_PREPARE);
	link_sent(link, STATEMENT_SETTINGS, at(1), timeout);
	assert_int_equal(link_enter(link, SESSION_ANSWER), SESSION_PREPARE);
	assert_int_equal(link_enter(link, SESSION_PREPARED), SESSION_NOTHING);
}

static void
every_wait_has_a_deadline(void **state)
{
	struct link link;

	(void)state;
	link_init(&link, at(0));
	assert_int_equal(link_wake_at(&link).us, 0);
	link_opened(&link, at(10), timeout);
	assert_int_equal(link_wake_at(&link).us, at(5010).us);
	assert_false(link_overdue(&link, at(5009)));
	assert_true(link_overdue(&link, at(5010)));
	(void)link_enter(&link, SESSION_UP);
	link_sent(&link, STATEMENT_SETTINGS, at(20), timeout);
	assert_int_equal(link_wake_at(&link).us, at(5020).us);
	prepare(&link);
	assert_false(instant_known(link_wake_at(&link)));
	link_sent(&link, STATEMENT_RAISE, at(100), timeout);
	assert_true(link_expects(&link, STATEMENT_RAISE));
	assert_false(link_expects(&link, STATEMENT_CLAIM));
	assert_int_equal(link_wake_at(&link).us, at(5100).us);
	(void)link_enter(&link, SESSION_ANSWER);
	assert_false(link_expects(&link, STATEMENT_RAISE));
	assert_false(instant_known(link_wake_at(&link)));
}

static void
waits_grow_until_it_is_prepared(void **state)
{
	struct link link;
	uint64_t random = 3;
	int64_t now = 0, last = 0;

	(void)state;
	link_init(&link, at(0));
	for (int i = 0; i < 40; i++) {
		link_opened(&link, at(now), timeout);
		assert_int_equal(link_lost(&link, at(now), &random), SESSION_DROP);
		assert_false(link_should_open(&link, at(now)));
		last = span_ms(link.wait);
		assert_true(last >= 100 && last <= 5000);
		now += last + 1;
		assert_true(link_should_open(&link, at(now)));
	}
	assert_true(last > 100);
	prepare(&link);
	assert_int_equal(link.wait.us, 0);
}

static void
a_refusal_keeps_the_link_and_pauses(void **state)
{
	struct link link;
	uint64_t random = 3;

	(void)state;
	prepare(&link);
	assert_true(link_ready(&link, at(2)));
	link_sent(&link, STATEMENT_CLAIM, at(2), timeout);
	assert_false(link_ready(&link, at(2)));
	assert_true(link_stands(&link));
	link_refused(&link, at(3), &random);
	assert_true(link_stands(&link));
	assert_false(link_ready(&link, at(3)));
	assert_true(link_ready(&link, at(5003)));
	assert_false(link_refuses(&link));
	link_refused(&link, at(5003), &random);
	assert_true(link_refuses(&link));
	link_succeeded(&link);
	assert_false(link_refuses(&link));
	assert_int_equal(link.quiet.us, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_wait_has_a_deadline),
		cmocka_unit_test(waits_grow_until_it_is_prepared),
		cmocka_unit_test(a_refusal_keeps_the_link_and_pauses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
