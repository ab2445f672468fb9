/* SPDX-License-Identifier: MIT */
/* What is counted, how it is written, and when the daemon calls itself healthy. */
#include "core/metrics.h"

#include <string.h>

#include "rig.h"

static struct metrics metrics;
static char page[METRICS_BYTES];
static struct text out;

static int
fresh(void **state)
{
	metrics_init(&metrics);
	return rig_fresh(state);
}

static void
hear(int64_t ms, const struct event *event)
{
	metrics_hear(&metrics, &rig.engine, event, rig_boot(ms));
	(void)rig_step(ms, event);
}

static struct metrics_source
source(int64_t ms)
{
	return (struct metrics_source){ &metrics, &rig.engine, "1.2", rig_boot(ms) };
}

static void
write_page(int64_t ms)
{
	const struct metrics_source at = source(ms);

	text_init(&out, page, sizeof page);
	metrics_write(&at, &out);
	assert_false(out.truncated);
}

static void
assert_line(const char *line)
{
	char whole[200];
	struct text text;

	text_init(&text, whole, sizeof whole);
	text_addf(&text, "\n%s\n", line);
	if (strstr(page, whole) == NULL)
		print_error("%s\n", page);
	assert_non_null(strstr(page, whole));
}

static void
send_one(int64_t ms, const char *receiver, enum delivery_outcome outcome)
{
	struct delivery delivery = { .id = 1 };
	struct event sent = { .kind = EVENT_SENT, UNKNOWN_SERVER };

	(void)text_copy(delivery.receiver_name, sizeof delivery.receiver_name, receiver);
	delivery.alert.due_at = rig_server(1000);
	delivery.alert.learned_at = INSTANT_UNKNOWN;
	sent.sent.place = flight_take(&rig.engine.flight, &delivery);
	sent.sent.result.outcome = outcome;
	metrics_hear(&metrics, &rig.engine, &sent, rig_boot(ms));
}

static void
counts_attempts(void **state)
{
	(void)state;
	hear(0, &(struct event)TICK);
	(void)discipline_observe(
	    &rig.engine.clock, rig_boot(999), rig_server(1000), rig_boot(1001));
	send_one(1080, "duty-desk", OUTCOME_ACCEPTED);
	send_one(9000, "duty-desk", OUTCOME_ACCEPTED);
	send_one(9001, "sergeant", OUTCOME_TIMEOUT);
	send_one(9002, "odd\"\\name", OUTCOME_REFUSED);
	write_page(10000);
	assert_line("detainerd_deliveries_total{receiver=\"duty-desk\",result=\"accepted\"} 2");
	assert_line("detainerd_deliveries_total{receiver=\"sergeant\",result=\"timeout\"} 1");
	assert_line(
	    "detainerd_deliveries_total{receiver=\"odd\\\"\\\\name\",result=\"refused\"} 1");
	assert_line("detainerd_delivery_latency_seconds_bucket{le=\"0.050\"} 0");
	assert_line("detainerd_delivery_latency_seconds_bucket{le=\"0.100\"} 1");
	assert_line("detainerd_delivery_latency_seconds_bucket{le=\"10.000\"} 2");
	assert_line("detainerd_delivery_latency_seconds_bucket{le=\"+Inf\"} 2");
	assert_line("detainerd_delivery_latency_seconds_count 2");
}

/* Whatever the configuration, the page has room: long names, all outcomes, large numbers. */
static void
has_room(void **state)
{
	char name[64];

	(void)state;
	memset(name, '"', sizeof name - 1);
	name[63] = '\0';
	for (int i = 0; i < CONF_RECEIVERS_MAX; i++) {
		name[0] = (char)('A' + i);
		send_one(i, name, OUTCOME_REFUSED);
	}
	for (int i = 0; i < CONF_RECEIVERS_MAX; i++)
		for (enum delivery_outcome o = 0; o < OUTCOMES; o++)
			metrics.receivers[i].outcomes[o] = INT64_MAX;
	metrics.measures.answered = true;
	for (size_t i = 0; measure_at(i) != NULL; i++) {
		metrics.measures.known[i] = true;
		metrics.measures.values[i] = INT64_MIN;
	}
	write_page(1000);
	assert_int_equal(metrics.receivers_count, CONF_RECEIVERS_MAX);
	send_one(1000, "one too many", OUTCOME_REFUSED);
	write_page(1000);
	assert_null(strstr(page, "one too many"));
}

static void
reads_measures(void **state)
{
	struct event event = { .kind = EVENT_MEASURED, UNKNOWN_SERVER };

	(void)state;
	write_page(0);
	assert_null(strstr(page, "holds_active"));
	assert_null(strstr(page, "troubles"));
	event.measures.answered = true;
	measure_hear(&event.measures, "holds_active", NULL, "12");
	measure_hear(&event.measures, "source_age_seconds", NULL, "-1500000");
	measure_hear(&event.measures, "alerts_last_day", "due_soon", "3");
	measure_hear(&event.measures, "alerts_last_day", "of a later version", "2");
	measure_hear(&event.measures, "alerts_last_day", "another", "5");
	measure_hear(&event.measures, "of a later version", NULL, "5");
	measure_hear(&event.measures, "holds_overdue", NULL, NULL);
	metrics_hear(&metrics, &rig.engine, &event, rig_boot(5));
	write_page(10);
	assert_line("detainerd_holds_active 12");
	assert_line("detainerd_source_age_seconds -1.500000");
	assert_line("detainerd_alerts_last_day{kind=\"due_soon\"} 3");
	assert_line("detainerd_alerts_last_day{kind=\"other\"} 7");
	assert_line("detainerd_alerts_last_day{kind=\"overdue\"} 0");
	assert_line("detainerd_troubles{condition=\"hold_drift\"} 0");
	assert_null(strstr(page, "holds_overdue"));
	assert_null(strstr(page, "later version"));
}

static void
calls_itself_healthy(void **state)
{
	struct event raised = RAISED(0, false, 100, NEVER);
	struct metrics_source at;

	(void)state;
	hear(0, &(struct event)TICK);
	at = source(10);
	text_init(&out, page, sizeof page);
	assert_false(metrics_health(&at, &out));
	assert_string_equal(
	    page, "FAILED: ready\nFAILED: database answers\nFAILED: what is due is looked for\n");
	rig.engine.state = ENGINE_READY;
	for (enum event_link l = 0; l < LINKS; l++)
		rig.engine.links[l].state = SESSION_BUSY;
	metrics_hear(&metrics, &rig.engine, &raised, rig_boot(100));
	at = source(100 + 2 * 5000 + 10000);
	assert_true(metrics_health(&at, &out));
	at = source(101 + 2 * 5000 + 10000);
	assert_false(metrics_health(&at, &out));
}

/* Counting comes every 15 s, gives way, backs off by what it costs, and when it is refused nothing waits. */
static void
measures_now_and_then(void **state)
{
	static const struct rig_row rows[] = {
		{ 10, CLAIMED(NULL, 0, 10), "claims measure" },
		{ 11, MEASURED(11), "" },
		{ 12, RAISED(0, false, 12, NEVER), "" },
		{ 15000, TICK, "instants raise_due; claims heartbeat" },
		{ 15001, HEARD(15001), "claims claim" },
		{ 15010, CLAIMED(NULL, 0, 15010), "claims measure" },
		{ 15011, NOTIFIED, "" },
		{ 16010, MEASURED(16010), "" },
		{ 16011, RAISED(1, false, 16011, NEVER),
		    "note raised; instants raise_due; claims claim" },
		{ 16012, CLAIMED(NULL, 0, 16012), "" },
	};

	(void)state;
	(void)text_copy(rig.conf.metrics_listen, sizeof rig.conf.metrics_listen, "[::1]:1");
	engine_init(&rig.engine, &(struct engine_options){ &rig.conf, RIG_SCHEMA, 1 }, rig_boot(0));
	rig_play(rig_to_ready, COUNT(rig_to_ready) - 1);
	RIG_PLAY(rows);
	/* it took 1000 ms: the next comes 49 times that later */
	assert_int_equal(rig.engine.measure_at.us, rig_boot(16010 + 49000).us);
	rig.engine.measure_at = rig_boot(16013);
	rig.engine.heartbeat_at = rig_boot(90000);
	assert_string_equal(rig_step(16013, &(struct event)TICK), "claims measure");
	assert_string_equal(
	    rig_step(16014, &(struct event)FAILED(CLAIMS, BUG)), "note statement_failed");
	assert_int_equal(rig.engine.measure_at.us, rig_boot(16014 + 60000).us);
	assert_true(link_ready(&rig.engine.links[LINK_CLAIMS], rig_boot(16014)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(counts_attempts, fresh),
		cmocka_unit_test_setup(has_room, fresh),
		cmocka_unit_test_setup(reads_measures, fresh),
		cmocka_unit_test_setup(calls_itself_healthy, fresh),
		cmocka_unit_test_setup(measures_now_and_then, fresh),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
