/* SPDX-License-Identifier: MIT */
/* Answers of the database into events, and the parameters that go the other way. */
#include "core/reply.h"

#include <string.h>

#include "core/request.h"
#include "rig.h"

static struct delivery deliveries[FLIGHT_MAX];

static const char *
cell(const void *rows, int row, int column)
{
	const char *const *cells = rows;

	(void)row;
	return cells[column];
}

static struct event
read_row(enum statement statement, const char *const *cells, int columns)
{
	const struct reply_rows rows = { cells, 1, columns, cell };
	struct event event;

	reply_read(statement, &rows, deliveries, &event);
	return event;
}

static void
reads_answers(void **state)
{
	const char *const raised[] = { "3", "t", "1795547100000000", NULL };
	const char *const hello[] = { "5", "1795547100000000" };
	const char *claimed[DELIVERY_COLUMNS];
	struct event event = read_row(STATEMENT_RAISE, raised, 4);

	(void)state;
	assert_int_equal(event.kind, EVENT_RAISED);
	assert_int_equal(event.raised.raised, 3);
	assert_true(event.raised.more);
	assert_int_equal(event.raised.next.us, INT64_MAX);
	assert_int_equal(event.server.us, SAMPLE_RELEASE_US);
	event = read_row(STATEMENT_HELLO, hello, 2);
	assert_int_equal(event.schema, 5);
	sample_row(claimed);
	event = read_row(STATEMENT_CLAIM, claimed, DELIVERY_COLUMNS);
	assert_int_equal(event.claimed.count, 1);
	assert_int_equal(event.claimed.rows[0].id, 17);
	claimed[DELIVERY_COLUMN_ID] = NULL;
	event = read_row(STATEMENT_CLAIM, claimed, DELIVERY_COLUMNS);
	assert_int_equal(event.claimed.count, 0);
	assert_int_equal(event.claimed.unreadable, 1);
}

static void
refuses_another_shape(void **state)
{
	const char *const cells[] = { "x", "t", NULL, NULL, NULL };

	(void)state;
	assert_int_equal(read_row(STATEMENT_RAISE, cells, 5).kind, EVENT_FAILED);
	assert_int_equal(read_row(STATEMENT_RAISE, cells, 4).fault.class, FAULT_MISSING);
	assert_int_equal(read_row(STATEMENT_SETTLE, cells, 2).kind, EVENT_FAILED);
}

static void
settles_what_was_sent(void **state)
{
	static struct request request;
	const struct request_words words = { "0", "{}" };
	struct delivery rows[2] = { rig_delivery(7, "duty-desk", 60000),
		rig_delivery(8, "sergeant", 1) };
	struct event claimed = CLAIMED(NULL, 2, 21);

	(void)state;
	(void)rig_fresh(NULL);
	RIG_PLAY(rig_to_ready);
	claimed.claimed.rows = rows;
	(void)rig_step(20, &(struct event)NOTIFIED);
	assert_string_equal(
	    rig_step(21, &(struct event)RAISED(2, false, 21, NEVER)), "note raised; claims claim");
	/* the second's lease is over before it could be sent: it is left to run out */
	assert_string_equal(rig_step(22, &claimed), "send 0; claims claim");
	assert_string_equal(rig_step(22, &(struct event)CLAIMED(NULL, 0, 22)), "");
	assert_string_equal(
	    rig_step(23, &(struct event)SENT(0, REFUSED)), "note not_delivered; claims settle");
	request_build(&request, &rig.engine,
	    &(struct effect){ .kind = EFFECT_CALL, .statement = STATEMENT_SETTLE }, &words);
	assert_string_equal(request.parameters[1], "{7}");
	assert_string_equal(request.parameters[3], "{\"refused\"}");
	assert_string_not_equal(request.parameters[7], "{0}");
	/* the outcome of the settlement is unknown: it is settled again, with the same id */
	(void)rig_step(24, &(struct event)DOWN(CLAIMS, AWAY));
	assert_int_equal(flight_count(&rig.engine.flight, DELIVERY_FINISHED), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_answers),
		cmocka_unit_test(refuses_another_shape),
		cmocka_unit_test(settles_what_was_sent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
