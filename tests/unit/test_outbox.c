/* SPDX-License-Identifier: MIT */
/* What becomes of an attempt: when it is tried or told again, and what is recorded of its answer. */
#include "core/outbox.h"

#include <string.h>

#include "rig.h"

/* One attempt to the first receiver ends with ${result}; its delivery as it will be settled. */
static const struct delivery *
attempt(struct delivery delivery, const struct delivery_result *result, const char *notes)
{
	const struct event claimed = CLAIMED(&delivery, 1, 101);
	struct event sent = { .kind = EVENT_SENT, UNKNOWN_SERVER };

	(void)rig_fresh(NULL);
	rig_play(rig_to_ready, COUNT(rig_to_ready) - 1);
	sent.sent.result = *result;
	assert_string_equal(rig_step(101, &claimed), "send 0; claims claim"); /* is there more? */
	assert_string_equal(rig_step(101, &(struct event)CLAIMED(NULL, 0, 101)), "");
	assert_string_equal(rig_step(102, &sent), notes);
	return &rig.engine.flight.places[0];
}

static struct delivery
to_first(int number)
{
	struct delivery delivery = rig_delivery(17, "duty-desk", 60000);

	delivery.attempt = number;
	return delivery;
}

static void
accepted_is_done(void **state)
{
	const struct delivery_result result = {
		.outcome = OUTCOME_ACCEPTED, .code = 200, .retry_after = span_of_ms(9000)
	};

	(void)state;
	assert_int_equal(
	    attempt(to_first(1), &result, "note delivered; claims settle")->retry_in.us, 0);
}

/* The receiver's wish counts where it is longer than our wait, and to five minutes. */
static void
wishes_have_a_bound(void **state)
{
	static const struct {
		int64_t wish_ms, least_ms, most_ms;
	} rows[] = {
		{ 0, 1000, 3000 },
		{ 500, 1000, 3000 },
		{ 7000, 7000, 7000 },
		{ 300000, 300000, 300000 },
		{ 3600000, 300000, 300000 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct delivery_result result = { .outcome = OUTCOME_REFUSED,
			.code = 429,
			.retry_after = span_of_ms(rows[i].wish_ms) };
		const struct delivery *delivery =
		    attempt(to_first(1), &result, "note not_delivered; claims settle");

		assert_in_range(span_ms(delivery->retry_in), rows[i].least_ms, rows[i].most_ms);
	}
}

/* What was told forty times without trouble is not tried again as if forty tries had failed. */
static void
a_telling_begins_anew(void **state)
{
	const struct delivery_result result = { .outcome = OUTCOME_UNREACHABLE };
	struct delivery delivery = to_first(41);

	(void)state;
	delivery.alert.telling = 40;
	assert_in_range(
	    span_ms(attempt(delivery, &result, "note not_delivered; claims settle")->retry_in),
	    1000, 3000);
}

/* Alertmanager forgets what it does not hear of: told again within a minute while the alert stands, however often it has been. */
static void
alertmanager_is_told_again(void **state)
{
	static const struct {
		enum alert_kind kind;
		int attempt;
		enum delivery_outcome outcome;
		int64_t least_ms, most_ms;
	} rows[] = {
		{ ALERT_RELEASE_DUE, 1, OUTCOME_ACCEPTED, 45000, 45000 },
		{ ALERT_OVERDUE, 900, OUTCOME_ACCEPTED, 45000, 45000 },
		{ ALERT_RELEASE_DUE, 900, OUTCOME_REFUSED, 1000, 45000 },
		{ ALERT_RESOLVED, 1, OUTCOME_ACCEPTED, 0, 0 },
		{ ALERT_TEST, 1, OUTCOME_ACCEPTED, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct delivery_result result = { .outcome = rows[i].outcome };
		struct delivery delivery = to_first(rows[i].attempt);
		const struct event claimed = CLAIMED(&delivery, 1, 101);
		struct event sent = { .kind = EVENT_SENT, UNKNOWN_SERVER };

		(void)rig_fresh(NULL);
		rig.conf.receivers[0].type = RECEIVER_ALERTMANAGER;
		rig_play(rig_to_ready, COUNT(rig_to_ready) - 1);
		delivery.alert.kind = rows[i].kind;
		sent.sent.result = result;
		(void)rig_step(101, &claimed);
		(void)rig_step(102, &sent);
		assert_in_range(span_ms(rig.engine.flight.places[0].retry_in), rows[i].least_ms,
		    rows[i].most_ms);
	}
}

static void
the_booking_is_not_recorded(void **state)
{
	const struct delivery_result result = { .outcome = OUTCOME_REFUSED,
		.answer = "SMITH-J is unknown, smith-j!" };
	struct delivery delivery = to_first(1);

	(void)state;
	(void)text_copy(
	    delivery.alert.booking_number, sizeof delivery.alert.booking_number, "SMITH-J");
	assert_string_equal(
	    attempt(delivery, &result, "note not_delivered; claims settle")->result.answer,
	    " is unknown, !");
}

static void
a_refused_recipient_is_said(void **state)
{
	const struct delivery_result result = { .outcome = OUTCOME_ACCEPTED,
		.code = 250,
		.refused = 1,
		.answer = "refused for 1 of 2" };
	const struct delivery *delivery =
	    attempt(to_first(1), &result, "note partly_delivered; claims settle");

	(void)state;
	assert_int_equal(delivery->retry_in.us, 0);
	assert_non_null(strstr(rig.effects[0].text, "refused for 1 of 2"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accepted_is_done),
		cmocka_unit_test(wishes_have_a_bound),
		cmocka_unit_test(a_telling_begins_anew),
		cmocka_unit_test(alertmanager_is_told_again),
		cmocka_unit_test(the_booking_is_not_recorded),
		cmocka_unit_test(a_refused_recipient_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
