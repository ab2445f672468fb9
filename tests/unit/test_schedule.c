/* SPDX-License-Identifier: MIT */
#include "core/schedule.h"

#include "unit.h"

#define OFFSET INT64_C(1795000000000000)

static const struct span sweep = { 5000000 };

static struct instant
at(int64_t ms)
{
	return (struct instant){ ms * 1000 };
}

static struct instant
server(int64_t ms)
{
	return (struct instant){ ms * 1000 + OFFSET };
}

static void
begin(struct schedule *schedule, struct discipline *clock)
{
	schedule_init(schedule, at(0));
	discipline_init(clock);
	(void)discipline_observe(clock, at(0), server(0), at(0));
}

static void
answer(struct schedule *schedule, int64_t now_ms, int raised, int64_t next_ms)
{
	const struct schedule_reply reply = { raised, false, server(now_ms),
		next_ms < 0 ? INSTANT_NEVER : server(next_ms) };

	schedule_asked(schedule);
	schedule_answered(schedule, &reply, at(now_ms), sweep);
}

static void
asks_at_once_and_then_at_the_instant_or_the_sweep(void **state)
{
	struct schedule schedule;
	struct discipline clock;

	(void)state;
	begin(&schedule, &clock);
	assert_true(schedule_due(&schedule, &clock, at(0)));
	answer(&schedule, 0, 0, 1234);
	assert_false(schedule_due(&schedule, &clock, at(1233)));
	assert_int_equal(schedule_wake_at(&schedule, &clock).us, at(1234).us);
	assert_true(schedule_due(&schedule, &clock, at(1234)));
	assert_true(schedule_passed(&schedule, &clock, at(1234)));
	answer(&schedule, 1235, 1, -1);
	assert_int_equal(schedule_wake_at(&schedule, &clock).us, at(6235).us);
	assert_false(schedule_passed(&schedule, &clock, at(999999)));
	answer(&schedule, 6235, 0, 99999999);
	assert_int_equal(schedule_wake_at(&schedule, &clock).us, at(11235).us);
}

static void
a_hint_while_asking_asks_again(void **state)
{
	struct schedule schedule;
	struct discipline clock;
	const struct schedule_reply reply = { 0, false, server(1), INSTANT_NEVER };

	(void)state;
	begin(&schedule, &clock);
	schedule_asked(&schedule);
	assert_false(schedule.wanted);
	schedule_hint(&schedule);
	schedule_answered(&schedule, &reply, at(1), sweep);
	assert_true(schedule_due(&schedule, &clock, at(1)));
}

static void
more_asks_again_at_once(void **state)
{
	struct schedule schedule;
	struct discipline clock;
	const struct schedule_reply reply = { 1000, true, server(1), server(0) };

	(void)state;
	begin(&schedule, &clock);
	schedule_asked(&schedule);
	schedule_answered(&schedule, &reply, at(1), sweep);
	assert_true(schedule_due(&schedule, &clock, at(1)));
}

/* An instant that stays past (a locked hold, a route to nowhere) is asked for ever more rarely, down to the sweep. */
static void
a_past_instant_does_not_spin(void **state)
{
	static const int64_t pauses[] = { 50, 100, 200, 400, 800, 1600, 3200, 5000, 5000 };
	struct schedule schedule;
	struct discipline clock;
	int64_t now = 1000;

	(void)state;
	begin(&schedule, &clock);
	for (size_t i = 0; i < COUNT(pauses); i++) {
		answer(&schedule, now, 0, 500);
		assert_false(schedule_due(&schedule, &clock, at(now + pauses[i] - 1)));
		assert_true(schedule_due(&schedule, &clock, at(now + pauses[i])));
		now += pauses[i];
	}
	answer(&schedule, now, 1, 500);
	assert_true(schedule_due(&schedule, &clock, at(now + 50)));
	answer(&schedule, now, 0, now + 10);
	assert_true(schedule_due(&schedule, &clock, at(now + 10)));
}

static void
what_is_too_much_is_halved(void **state)
{
	struct schedule schedule;
	struct discipline clock;

	(void)state;
	begin(&schedule, &clock);
	assert_int_equal(schedule.most, 1000);
	schedule_asked(&schedule);
	schedule_failed(&schedule, FAULT_TIMEOUT);
	assert_true(schedule.wanted);
	assert_int_equal(schedule.most, 500);
	schedule_failed(&schedule, FAULT_AWAY);
	assert_int_equal(schedule.most, 500);
	for (int i = 0; i < 20; i++)
		schedule_failed(&schedule, FAULT_BUSY);
	assert_int_equal(schedule.most, 1);
	for (int i = 0; i < 20; i++)
		answer(&schedule, i, 0, -1);
	assert_int_equal(schedule.most, 1000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(asks_at_once_and_then_at_the_instant_or_the_sweep),
		cmocka_unit_test(a_hint_while_asking_asks_again),
		cmocka_unit_test(more_asks_again_at_once),
		cmocka_unit_test(a_past_instant_does_not_spin),
		cmocka_unit_test(what_is_too_much_is_halved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
