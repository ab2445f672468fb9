/* SPDX-License-Identifier: MIT */
/* The engine as tables of events and effects: starting, raising, outages, reloads, the end. */
#include <string.h>

#include "rig.h"

static void
starts(void **state)
{
	(void)state;
	RIG_PLAY(rig_to_ready);
	assert_int_equal(rig.engine.state, ENGINE_READY);
	assert_string_equal(rig.status, "nothing scheduled; 0 deliveries in flight; database ok");
}

/* Its first look may take long: meanwhile it is heard, and says so; when it is over that is heard at once. */
static void
lives_while_it_starts(void **state)
{
	static const struct rig_row rows[] = {
		{ 9999, TICK, "" },
		{ 10000, TICK, "claims heartbeat" },
		{ 10001, HEARD(10001), "" },
		{ 10002, RAISED(1, false, 10002, NEVER),
		    "note raised; note ready; ready; claims heartbeat" },
	};

	(void)state;
	rig.conf.statement_timeout = span_of_ms(60000);
	rig_play(rig_to_ready, COUNT(rig_to_ready) - 3);
	assert_string_equal(rig.status, "starting; 0 deliveries in flight; database ok");
	RIG_PLAY(rows);
}

/* LISTEN comes before the first look, or what changes between the two would be missed. */
static void
listens_before_it_looks(void **state)
{
	size_t listen = 0, raise = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(rig_to_ready); i++) {
		if (strcmp(rig_to_ready[i].effects, "instants listen") == 0)
			listen = i;
		if (strcmp(rig_to_ready[i].effects, "instants raise_due") == 0)
			raise = i;
	}
	assert_true(listen > 0 && raise > listen);
}

static void
wakes_at_the_instant(void **state)
{
	static const struct rig_row rows[] = {
		{ 1000, NOTIFIED, "instants raise_due" },
		{ 1001, RAISED(0, false, 1001, SERVER(3000)), "claims claim" },
		{ 1002, CLAIMED(NULL, 0, 1002), "" },
		{ 2999, TICK, "" },
		{ 3000, TICK, "instants raise_due" },
		{ 3001, RAISED(1, false, 3001, NEVER), "note raised; claims claim" },
	};

	(void)state;
	RIG_PLAY(rig_to_ready);
	rig_play(rows, 3);
	assert_in_range(rig.wake_at.us, rig_boot(2999).us, rig_boot(3000).us);
	assert_string_equal(
	    rig.status, "next instant 19:03:23Z; 0 deliveries in flight; database ok");
	rig_play(rows + 3, COUNT(rows) - 3);
}

static void
sweeps_whatever_was_announced(void **state)
{
	static const struct rig_row rows[] = {
		{ 5008, TICK, "" },
		{ 5009, TICK, "instants raise_due" },
		{ 5010, RAISED(0, false, 5010, SERVER(99999999)), "claims claim" },
		{ 5011, CLAIMED(NULL, 0, 5011), "" },
		{ 10010, TICK, "instants raise_due; claims heartbeat" },
	};

	(void)state;
	RIG_PLAY(rig_to_ready);
	RIG_PLAY(rows);
}

/* A host clock does not occur; a server's clock that is set is followed at once. */
static void
follows_the_server_s_clock(void **state)
{
	static const struct rig_row rows[] = {
		{ 1000, NOTIFIED, "instants raise_due" },
		{ 1001, RAISED(0, false, 1001, SERVER(3000)), "claims claim" },
		{ 1002, CLAIMED(NULL, 0, 1002), "" },
		/* the server is set back by an hour: what was due in two seconds is due in an hour */
		{ 2000, NOTIFIED, "instants raise_due" },
		{ 2001, RAISED(0, false, 2001 - 3600000, SERVER(3000)),
		    "note clock_stepped; instants raise_due; claims claim" },
		{ 2002, RAISED(0, false, 2002 - 3600000, SERVER(3000)), "" },
		{ 2003, CLAIMED(NULL, 0, 2003 - 3600000), "claims claim" },
		{ 2004, CLAIMED(NULL, 0, 2004 - 3600000), "" },
		{ 3000, TICK, "" },
	};

	(void)state;
	RIG_PLAY(rig_to_ready);
	RIG_PLAY(rows);
}

static void
raises_on_while_there_is_more(void **state)
{
	static const struct rig_row rows[] = {
		{ 100, NOTIFIED, "instants raise_due" },
		{ 101, NOTIFIED, "" },
		{ 102, RAISED(1000, true, 102, SERVER(50)),
		    "note raised; instants raise_due; claims claim" },
		{ 103, RAISED(7, false, 103, NEVER), "note raised" },
	};

	(void)state;
	RIG_PLAY(rig_to_ready);
	RIG_PLAY(rows);
}

/* Before it was ready, what a person must mend ends it; what passes is waited for. */
static void
faults_of_the_start(void **state)
{
	static const struct {
		struct event event;
		const char *effects;
	} rows[] = {
		{ DOWN(INSTANTS, REFUSED),
		    "close instants; note cannot_start; close claims; exit 77" },
		{ DOWN(CLAIMS, MISSING),
		    "close claims; note cannot_start; close instants; exit 69" },
		{ DOWN(INSTANTS, AWAY), "close instants; note database_away" },
		{ DOWN(INSTANTS, CONFIG), "close instants; note database_away" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		(void)rig_fresh(NULL);
		(void)rig_step(0, &(struct event)TICK);
		assert_string_equal(rig_step(1, &rows[i].event), rows[i].effects);
	}
}

static void
another_schema_ends_a_start_only(void **state)
{
	static const struct rig_row early[] = {
		{ 0, TICK, "open instants; open claims" },
		{ 1, UP(INSTANTS), "instants settings" },
		{ 2, DONE(INSTANTS), "instants listen" },
		{ 3, DONE(INSTANTS), "instants daemon_hello" },
		{ 4, HELLO(INSTANTS, RIG_SCHEMA - 1, 4),
		    "note cannot_start; close instants; close claims; exit 69" },
		{ 5, TICK, "" },
	};
	static const struct rig_row later[] = {
		{ 100, DOWN(INSTANTS, AWAY), "close instants; note database_away" },
		{ 500, TICK, "open instants" },
		{ 501, UP(INSTANTS), "instants settings" },
		{ 502, DONE(INSTANTS), "instants listen" },
		{ 503, DONE(INSTANTS), "instants daemon_hello" },
		{ 504, HELLO(INSTANTS, RIG_SCHEMA + 1, 504),
		    "note schema_differs; note database_ok; instants raise_due" },
	};

	(void)state;
	RIG_PLAY(early);
	(void)rig_fresh(NULL);
	RIG_PLAY(rig_to_ready);
	RIG_PLAY(later);
}

/* Once ready nothing about the database ends it; each change of state is told once. */
static void
outage(void **state)
{
	static const struct rig_row rows[] = {
		{ 100, NOTIFIED, "instants raise_due" },
		{ 101, RAISED(0, false, 101, SERVER(2000)), "claims claim" },
		{ 102, CLAIMED(NULL, 0, 102), "" },
		{ 500, DOWN(INSTANTS, AWAY), "close instants; note database_away" },
		{ 501, DOWN(CLAIMS, AWAY), "close claims" },
		{ 1500, TICK, "open instants; open claims" },
		{ 1501, DOWN(INSTANTS, AWAY), "close instants" },
		{ 1502, DOWN(CLAIMS, REFUSED), "close claims; note database_away" },
		{ 2500, TICK, "open instants; open claims; note instant_missed" },
		{ 2501, UP(INSTANTS), "instants settings" },
		{ 2502, DONE(INSTANTS), "instants listen" },
		{ 2503, DONE(INSTANTS), "instants daemon_hello" },
		{ 2504, HELLO(INSTANTS, RIG_SCHEMA, 2504), "instants raise_due" },
		{ 2505, RAISED(1, false, 2505, NEVER), "note raised" },
		{ 2506, UP(CLAIMS), "claims settings" },
		{ 2507, DONE(CLAIMS), "claims daemon_hello" },
		{ 2508, HELLO(CLAIMS, RIG_SCHEMA, 2508), "note database_ok; claims claim" },
	};

	(void)state;
	RIG_PLAY(rig_to_ready);
	rig_play(rows, 5);
	assert_string_equal(rig.status,
	    "next instant 19:03:22Z; 0 deliveries in flight; database away (away) since 19:03:20Z");
	rig_play(rows + 5, COUNT(rows) - 5);
}

/* A server that has stopped answering is found by the daemon's own deadline. */
static void
deadlines(void **state)
{
	static const struct rig_row rows[] = {
		{ 100, NOTIFIED, "instants raise_due" },
		{ 5099, TICK, "claims claim" },
		{ 5100, TICK, "close instants; note database_away" },
		{ 10099, TICK, "open instants; close claims" },
	};

	(void)state;
	RIG_PLAY(rig_to_ready);
	RIG_PLAY(rows);
	assert_int_equal(rig.engine.schedule.most, 500);
	/* a connection that never comes about is given up too */
	assert_non_null(strstr(rig_step(20099, &(struct event)TICK), "close instants"));
}

/* What a link that was given up still says is not heard. */
static void
late_words_are_ignored(void **state)
{
	static const struct rig_row rows[] = {
		{ 100, NOTIFIED, "instants raise_due" },
		{ 200, DOWN(INSTANTS, AWAY), "close instants; note database_away" },
		{ 201, RAISED(5, true, 201, NEVER), "" },
		{ 202, DOWN(INSTANTS, AWAY), "" },
		{ 203, HELLO(INSTANTS, RIG_SCHEMA, 203), "" },
		{ 204, SETTLED(204), "" },
		{ 205, CLAIMED(NULL, 0, 205), "" },
		{ 206, SENT(3, ACCEPTED), "" },
	};

	(void)state;
	RIG_PLAY(rig_to_ready);
	RIG_PLAY(rows);
}

static void
an_instant_that_somebody_else_misses(void **state)
{
	static const struct rig_row rows[] = {
		{ 100, { .kind = EVENT_AWAY, .at = SERVER(90), UNKNOWN_SERVER },
		    "note instant_missed" },
		{ 101, { .kind = EVENT_AWAY, .at = SERVER(90), UNKNOWN_SERVER }, "" },
		{ 102, { .kind = EVENT_AWAY, .at = SERVER(95), UNKNOWN_SERVER },
		    "note instant_missed" },
	};

	(void)state;
	RIG_PLAY(rig_to_ready);
	RIG_PLAY(rows);
}

static void
reloads(void **state)
{
	static struct conf next;
	struct event reloaded = { .kind = EVENT_RELOADED, .conf = &next, UNKNOWN_SERVER };

	(void)state;
	RIG_PLAY(rig_to_ready);
	next = rig.conf;
	next.receivers_count = 1;
	assert_string_equal(rig_step(20, &reloaded), "claims daemon_hello");
	assert_string_equal(
	    rig_step(21, &(struct event)HELLO(CLAIMS, RIG_SCHEMA, 21)), "claims claim");
	assert_string_equal(rig_step(22, &(struct event)CLAIMED(NULL, 0, 22)), "");
	next = rig.conf;
	rig.engine.conf = &rig.conf;
	(void)text_copy(next.conninfo, sizeof next.conninfo, "host=/elsewhere");
	assert_string_equal(rig_step(30, &reloaded), "close instants; close claims");
	assert_string_equal(rig_step(1000, &(struct event)TICK), "open instants; open claims");
}

/* The server is told of its limits once, when a session opens. */
static void
a_reload_with_another_limit_of_statements_opens_sessions_anew(void **state)
{
	static struct conf next;

	(void)state;
	RIG_PLAY(rig_to_ready);
	next = rig.conf;
	next.statement_timeout = span_of_ms(20000);
	assert_string_equal(
	    rig_step(20, &(struct event){ .kind = EVENT_RELOADED, .conf = &next, UNKNOWN_SERVER }),
	    "close instants; close claims");
}

/* Nobody may believe that a file is in force which is not. */
static void
a_refused_reload_stays_in_the_status(void **state)
{
	struct event refused = { .kind = EVENT_RELOAD_REFUSED,
		.fault = { .class = FAULT_CONFIG, .text = "x.conf:3: no such option 'too'" },
		UNKNOWN_SERVER };
	struct event reloaded = { .kind = EVENT_RELOADED, .conf = &rig.conf, UNKNOWN_SERVER };

	(void)state;
	RIG_PLAY(rig_to_ready);
	assert_string_equal(rig_step(20, &refused), "note reload_refused");
	assert_string_equal(rig.status,
	    "nothing scheduled; 0 deliveries in flight; database ok; reload refused: x.conf:3: no such option 'too'");
	assert_string_equal(rig_step(21, &refused), "note reload_refused");
	assert_string_equal(rig_step(22, &reloaded), "claims daemon_hello");
	assert_string_equal(rig.status, "nothing scheduled; 0 deliveries in flight; database ok");
}

static void
the_watchdog_is_fed_by_ticks_only(void **state)
{
	(void)state;
	RIG_PLAY(rig_to_ready);
	(void)rig_step(20, &(struct event)NOTIFIED);
	assert_false(rig.fed);
	(void)rig_step(21, &(struct event)TICK);
	assert_true(rig.fed);
}

static void
stops_at_once_when_idle(void **state)
{
	static const struct rig_row rows[] = {
		{ 20, STOP,
		    "stopping-told; note stopping; note stopped; close instants; close claims; exit 0" },
		{ 21, TICK, "" },
	};

	(void)state;
	RIG_PLAY(rig_to_ready);
	RIG_PLAY(rows);
}

static void
stops_before_it_ever_connected(void **state)
{
	static const struct rig_row rows[] = {
		{ 0, TICK, "open instants; open claims" },
		{ 1, STOP,
		    "stopping-told; note stopping; note stopped; close instants; close claims; exit 0" },
	};

	(void)state;
	RIG_PLAY(rows);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(starts, rig_fresh),
		cmocka_unit_test_setup(lives_while_it_starts, rig_fresh),
		cmocka_unit_test_setup(listens_before_it_looks, rig_fresh),
		cmocka_unit_test_setup(wakes_at_the_instant, rig_fresh),
		cmocka_unit_test_setup(sweeps_whatever_was_announced, rig_fresh),
		cmocka_unit_test_setup(follows_the_server_s_clock, rig_fresh),
		cmocka_unit_test_setup(raises_on_while_there_is_more, rig_fresh),
		cmocka_unit_test_setup(faults_of_the_start, rig_fresh),
		cmocka_unit_test_setup(another_schema_ends_a_start_only, rig_fresh),
		cmocka_unit_test_setup(outage, rig_fresh),
		cmocka_unit_test_setup(deadlines, rig_fresh),
		cmocka_unit_test_setup(late_words_are_ignored, rig_fresh),
		cmocka_unit_test_setup(an_instant_that_somebody_else_misses, rig_fresh),
		cmocka_unit_test_setup(reloads, rig_fresh),
		cmocka_unit_test_setup(
		    a_reload_with_another_limit_of_statements_opens_sessions_anew, rig_fresh),
		cmocka_unit_test_setup(a_refused_reload_stays_in_the_status, rig_fresh),
		cmocka_unit_test_setup(the_watchdog_is_fed_by_ticks_only, rig_fresh),
		cmocka_unit_test_setup(stops_at_once_when_idle, rig_fresh),
		cmocka_unit_test_setup(stops_before_it_ever_connected, rig_fresh),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
