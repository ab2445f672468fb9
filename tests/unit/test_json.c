/* SPDX-License-Identifier: MIT */
#include "io/json.h"

#include <string.h>

#include <jansson.h>

#include "sample.h"
#include "unit.h"

static char body[JSON_EVENT_BYTES + 1];
static json_t *read_back;

static struct alert
make(void)
{
	const char *row[DELIVERY_COLUMNS];
	struct delivery delivery;

	sample_row(row);
	assert_true(delivery_decode(&delivery, row));
	return delivery.alert;
}

static json_t *
parse(size_t length)
{
	json_error_t error;

	assert_true(length > 0);
	body[length] = '\0';
	json_decref(read_back);
	read_back = json_loadb(body, length, JSON_REJECT_DUPLICATES, &error);
	if (read_back == NULL)
		fail_msg("%s: %s", error.text, body);
	return read_back;
}

static json_t *
event_of(const struct alert *alert, enum conf_detail detail)
{
	return parse(json_event(alert, detail, body, sizeof body - 1));
}

static json_t *
alerts_of(const struct alert *alert)
{
	return parse(json_alerts(alert, instant_add(alert->due_at, span_of_ms(1000)),
	    span_of_ms(300000), body, sizeof body - 1));
}

static const char *
text_at(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	if (text == NULL)
		fail_msg("no text '%s'", key);
	return text;
}

static void
the_event(void **state)
{
	struct alert alert = make();
	const json_t *event = event_of(&alert, DETAIL_FULL);

	(void)state;
	assert_int_equal(json_object_size(event), 8);
	assert_string_equal(text_at(event, "specversion"), "1.0");
	assert_string_equal(text_at(event, "id"), alert.id);
	assert_string_equal(text_at(event, "source"), "/detainerd/MAIN");
	assert_string_equal(text_at(event, "type"), "us.detainerd.release_due.v1");
	assert_string_equal(text_at(event, "subject"), alert.id);
	assert_string_equal(text_at(event, "datacontenttype"), "application/json");
	assert_string_equal(text_at(event, "time"), "2026-11-24T19:05:00.004000Z");
	assert_true(json_is_object(json_object_get(event, "data")));
}

static void
what_it_says(void **state)
{
	struct alert alert = make();
	const json_t *data;

	(void)state;
	alert.closes = "a-1 overdue critical\nb-2 due_soon warning";
	alert.listed = "one\ntwo \"2\"\r\nthree";
	data = json_object_get(event_of(&alert, DETAIL_FULL), "data");
	assert_string_equal(text_at(data, "alert_id"), alert.id);
	assert_string_equal(text_at(data, "kind"), "release_due");
	assert_string_equal(text_at(data, "severity"), "critical");
	assert_string_equal(text_at(data, "reason"), "hold_not_allowed");
	assert_string_equal(text_at(data, "facility"), "MAIN");
	assert_string_equal(text_at(data, "booking_number"), "12345");
	assert_string_equal(text_at(data, "release_at"), "2026-11-24T19:05:00.000000Z");
	assert_string_equal(text_at(data, "as_of"), "2026-11-24T19:05:00.010000Z");
	assert_string_equal(text_at(data, "subject"), "RELEASE DUE 14:05 EST: booking 12345, MAIN");
	assert_memory_equal(text_at(data, "text"), "ICE may not hold booking 12345", 30);
	assert_true(json_is_null(json_object_get(data, "learned_at")));
	assert_true(json_is_null(json_object_get(data, "other_authority")));
	assert_true(json_is_false(json_object_get(data, "allowed")));
	assert_int_equal(json_integer_value(json_object_get(data, "late_ms")), 4);
	assert_int_equal(json_integer_value(json_object_get(data, "telling")), 0);
	assert_int_equal(json_array_size(json_object_get(data, "listed")), 3);
	assert_string_equal(
	    json_string_value(json_array_get(json_object_get(data, "listed"), 1)), "two \"2\" ");
	assert_int_equal(json_array_size(json_object_get(data, "closes")), 2);
	assert_string_equal(
	    json_string_value(json_array_get(json_object_get(data, "closes"), 1)), "b-2");
}

/* Attribute names as CloudEvents wants them, and no attribute that is null. */
static void
attributes(void **state)
{
	struct alert alert = make();
	const char *key;
	json_t *event, *value;

	(void)state;
	alert.raised_at = INSTANT_UNKNOWN;
	alert.as_of = INSTANT_UNKNOWN;
	alert.facility[0] = '\0';
	alert.kind_name[0] = '\0';
	event = event_of(&alert, DETAIL_FULL);
	json_object_foreach(event, key, value)
	{
		assert_int_equal(strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789"), strlen(key));
		assert_false(json_is_null(value));
	}
	assert_string_equal(text_at(read_back, "source"), "/detainerd");
	assert_string_equal(text_at(read_back, "type"), "us.detainerd.other.v1");
	assert_null(json_object_get(read_back, "time"));
}

static void
the_least(void **state)
{
	static const char *const keys[] = { "alert_id", "kind", "severity", "facility",
		"release_at", "due_at", "subject", "text" };
	struct alert alert = make();
	const json_t *data = json_object_get(event_of(&alert, DETAIL_MINIMAL), "data");

	(void)state;
	assert_int_equal(json_object_size(data), COUNT(keys));
	for (size_t i = 0; i < COUNT(keys); i++)
		(void)text_at(data, keys[i]);
	assert_null(strstr(body, "12345"));
	assert_null(strstr(body, "54-192h"));
	assert_null(strstr(body, "hold_not_allowed"));
}

static void
a_telling_has_an_id_of_its_own(void **state)
{
	struct alert alert = make();

	(void)state;
	alert.telling = 2;
	assert_string_equal(text_at(event_of(&alert, DETAIL_FULL), "id"),
	    "c1f0-12-release_due-1795547100000000-0-r2");
	assert_string_equal(text_at(read_back, "subject"), alert.id);
}

/* Whatever the facts hold comes through, or harmlessly: never an event without its words. */
static void
hostile_values(void **state)
{
	const char *row[DELIVERY_COLUMNS];
	struct alert alert;
	const json_t *data;

	(void)state;
	sample_row(row);
	row[DELIVERY_COLUMN_ALERT + ALERT_COLUMN_KIND] = "new \"kind\"";
	row[DELIVERY_COLUMN_ALERT + ALERT_COLUMN_REASON] = "undelivered: d\xc3\xa9sk \"1\"\\";
	row[DELIVERY_COLUMN_ALERT + ALERT_COLUMN_BOOKING_NUMBER] = "1\xff\"\r\n\x01";
	row[DELIVERY_COLUMN_ALERT + ALERT_COLUMN_FACILITY] = "Do\xc3\xb1\x61 Ana/1";
	assert_true(alert_decode(&alert, row + DELIVERY_COLUMN_ALERT));
	alert.listed = "booking \xff\x02 1";
	data = json_object_get(event_of(&alert, DETAIL_FULL), "data");
	assert_string_equal(text_at(data, "kind"), "new \"kind\"");
	assert_string_equal(text_at(data, "reason"), "undelivered: d\xc3\xa9sk \"1\"\\");
	assert_string_equal(text_at(data, "booking_number"), "1?\"   ");
	assert_string_equal(
	    json_string_value(json_array_get(json_object_get(data, "listed"), 0)), "booking ?  1");
	assert_non_null(strstr(text_at(data, "text"), "booking 1?\""));
	assert_string_equal(text_at(read_back, "source"), "/detainerd/Do%C3%B1a%20Ana%2F1");
	assert_string_equal(text_at(read_back, "type"), "us.detainerd.new__kind_.v1");
}

static void
too_small_a_buffer(void **state)
{
	struct alert alert = make();
	size_t length = json_event(&alert, DETAIL_FULL, body, sizeof body - 1);

	(void)state;
	assert_int_equal(json_event(&alert, DETAIL_FULL, body, length), length);
	assert_int_equal(json_event(&alert, DETAIL_FULL, body, length - 1), 0);
	assert_int_equal(json_alerts(&alert, alert.due_at, span_of_ms(1), body, 10), 0);
}

/* A list longer than its limit is told as far as it fits, and the event is whole. */
static void
the_longest(void **state)
{
	static char listed[8 * COMPOSE_TEXT_BYTES];
	struct alert alert = make();

	(void)state;
	for (size_t i = 0; i + 1 < sizeof listed; i++)
		listed[i] = i % 64 == 63 ? '\n' : '"';
	alert.kind = ALERT_DIGEST;
	alert.listed = listed;
	(void)event_of(&alert, DETAIL_FULL);
	assert_non_null(strstr(
	    text_at(json_object_get(read_back, "data"), "text"), "more: detainerctl alerts"));
	(void)alerts_of(&alert);
}

static void
alertmanager_open(void **state)
{
	struct alert alert = make();
	const json_t *posted = json_array_get(alerts_of(&alert), 0);
	const json_t *labels = json_object_get(posted, "labels");

	(void)state;
	assert_int_equal(json_array_size(read_back), 1);
	assert_int_equal(json_object_size(labels), 5);
	assert_string_equal(text_at(labels, "alertname"), "detainerd_release_due");
	assert_string_equal(text_at(labels, "alert"), "c1f0-12-release_due-1795547100000000");
	assert_string_equal(text_at(labels, "facility"), "MAIN");
	assert_string_equal(text_at(labels, "severity"), "critical");
	assert_string_equal(text_at(labels, "kind"), "release_due");
	assert_string_equal(text_at(posted, "startsAt"), "2026-11-24T19:05:00.000000Z");
	assert_string_equal(text_at(posted, "endsAt"), "2026-11-24T19:10:01.000000Z");
	assert_string_equal(text_at(json_object_get(posted, "annotations"), "summary"),
	    "RELEASE DUE 14:05 EST, MAIN");
	assert_null(strstr(body, "12345"));
	assert_null(strstr(body, "hold_not_allowed"));
}

/* It ends what was posted, by the same labels, and posts nothing of its own. */
static void
alertmanager_closed(void **state)
{
	struct alert alert = make();
	const json_t *posted, *labels;

	(void)state;
	alert.kind = ALERT_RESOLVED;
	alert.severity = SEVERITY_INFO;
	alert.closes =
	    "c1f0-12-release_due-1795547100000000-0 release_due critical\nc1f0-12-due_soon-1-2"
	    " due_soon warning";
	posted = json_array_get(alerts_of(&alert), 0);
	labels = json_object_get(posted, "labels");
	assert_int_equal(json_array_size(read_back), 2);
	assert_string_equal(text_at(labels, "alertname"), "detainerd_release_due");
	assert_string_equal(text_at(labels, "alert"), "c1f0-12-release_due-1795547100000000");
	assert_string_equal(text_at(labels, "severity"), "critical");
	assert_string_equal(text_at(labels, "kind"), "release_due");
	/* A minute before now: past by Alertmanager's clock too, where that is behind ours. */
	assert_string_equal(text_at(posted, "endsAt"), "2026-11-24T19:04:01.000000Z");
	assert_null(json_object_get(posted, "startsAt"));
	alert.closes =
	    "c-1-overdue-5-0 overdue critical\nc-1-overdue-5-1 overdue critical\n"
	    "c-1-overdue-5-10 overdue critical\nc-1-release_due-5-0 release_due critical";
	assert_int_equal(json_array_size(alerts_of(&alert)), 2);
	alert.kind = ALERT_SUPERSEDED;
	alert.closes = "";
	assert_int_equal(json_array_size(alerts_of(&alert)), 0);
}

/* Years of reminders close with one word. */
static void
very_many_closed(void **state)
{
	static char closes[40 * 10000];
	struct alert alert = make();
	struct text text;

	(void)state;
	text_init(&text, closes, sizeof closes);
	for (int i = 0; i < 10000; i++)
		text_addf(&text, "c-1-overdue-5-%d overdue critical\n", i);
	assert_false(text.truncated);
	alert.kind = ALERT_RESOLVED;
	alert.closes = closes;
	assert_int_equal(json_array_size(alerts_of(&alert)), 1);
	(void)event_of(&alert, DETAIL_FULL);
	assert_true(
	    json_array_size(json_object_get(json_object_get(read_back, "data"), "closes")) > 1000);
}

static int
forget(void **state)
{
	(void)state;
	json_decref(read_back);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_event),
		cmocka_unit_test(what_it_says),
		cmocka_unit_test(attributes),
		cmocka_unit_test(the_least),
		cmocka_unit_test(a_telling_has_an_id_of_its_own),
		cmocka_unit_test(hostile_values),
		cmocka_unit_test(too_small_a_buffer),
		cmocka_unit_test(the_longest),
		cmocka_unit_test(alertmanager_open),
		cmocka_unit_test(alertmanager_closed),
		cmocka_unit_test(very_many_closed),
	};

	return cmocka_run_group_tests(tests, NULL, forget);
}
