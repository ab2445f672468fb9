/* SPDX-License-Identifier: MIT */
#include "core/instant.h"

#include "unit.h"

static void
writes_utc(void **state)
{
	static const struct {
		int64_t us;
		const char *rfc3339, *clock, *rfc5322;
	} rows[] = {
		{ 0, "1970-01-01T00:00:00.000000Z", "00:00:00Z",
		    "Thu, 01 Jan 1970 00:00:00 +0000" },
		{ -1, "1969-12-31T23:59:59.999999Z", "23:59:59Z",
		    "Wed, 31 Dec 1969 23:59:59 +0000" },
		{ 951782400000000, "2000-02-29T00:00:00.000000Z", "00:00:00Z",
		    "Tue, 29 Feb 2000 00:00:00 +0000" },
		{ 4107542399000001, "2100-02-28T23:59:59.000001Z", "23:59:59Z",
		    "Sun, 28 Feb 2100 23:59:59 +0000" },
		{ 4107542400000000, "2100-03-01T00:00:00.000000Z", "00:00:00Z",
		    "Mon, 01 Mar 2100 00:00:00 +0000" },
		{ 1795547100123456, "2026-11-24T19:05:00.123456Z", "19:05:00Z",
		    "Tue, 24 Nov 2026 19:05:00 +0000" },
		{ -62135596800000000, "0001-01-01T00:00:00.000000Z", "00:00:00Z",
		    "Mon, 01 Jan 0001 00:00:00 +0000" },
		{ 253402300799999999, "9999-12-31T23:59:59.999999Z", "23:59:59Z",
		    "Fri, 31 Dec 9999 23:59:59 +0000" },
		{ 253402300800000000, "", "", "" },
		{ -62135596800000001, "", "", "" },
		{ INT64_MIN, "", "", "" },
		{ INT64_MAX, "", "", "" },
	};
	char out[INSTANT_TEXT_BYTES];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_string_equal(
		    instant_rfc3339((struct instant){ rows[i].us }, out), rows[i].rfc3339);
		assert_string_equal(
		    instant_clock((struct instant){ rows[i].us }, out), rows[i].clock);
		assert_string_equal(
		    instant_rfc5322((struct instant){ rows[i].us }, out), rows[i].rfc5322);
	}
}

static void
sums_saturate(void **state)
{
	const struct span forever = { INT64_MAX }, back = { INT64_MIN };

	(void)state;
	assert_int_equal(instant_add((struct instant){ 1 }, forever).us, INT64_MAX);
	assert_int_equal(instant_add((struct instant){ -2 }, back).us, INT64_MIN + 1);
	assert_false(instant_known(instant_add(INSTANT_UNKNOWN, (struct span){ 5 })));
	assert_int_equal(instant_add(INSTANT_NEVER, (struct span){ -5 }).us, INT64_MAX);
	assert_int_equal(
	    instant_since((struct instant){ INT64_MAX }, (struct instant){ -1 }).us, INT64_MAX);
	assert_int_equal(
	    instant_since((struct instant){ INT64_MIN }, (struct instant){ 1 }).us, INT64_MIN);
	assert_int_equal(span_of_ms(INT64_MAX).us, INT64_MAX);
	assert_int_equal(span_of_ms(INT64_MIN).us, INT64_MIN);
}

static void
milliseconds_round_up(void **state)
{
	(void)state;
	assert_int_equal(span_ms((struct span){ 0 }), 0);
	assert_int_equal(span_ms((struct span){ -1 }), 0);
	assert_int_equal(span_ms((struct span){ 1 }), 1);
	assert_int_equal(span_ms((struct span){ 1000 }), 1);
	assert_int_equal(span_ms((struct span){ 1001 }), 2);
	assert_int_equal(span_ms((struct span){ INT64_MAX }), INT64_MAX / 1000 + 1);
}

static void
unknown_and_never_are_not_reached(void **state)
{
	const struct instant now = { 100 };

	(void)state;
	assert_true(instant_reached(now, now));
	assert_true(instant_reached((struct instant){ 99 }, now));
	assert_false(instant_reached((struct instant){ 101 }, now));
	assert_false(instant_reached(INSTANT_UNKNOWN, now));
	assert_false(instant_reached(INSTANT_NEVER, INSTANT_NEVER));
	assert_int_equal(instant_earlier(INSTANT_UNKNOWN, now).us, 100);
	assert_int_equal(instant_earlier(now, INSTANT_UNKNOWN).us, 100);
	assert_int_equal(instant_earlier(now, INSTANT_NEVER).us, 100);
	assert_int_equal(instant_earlier((struct instant){ 7 }, now).us, 7);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes_utc),
		cmocka_unit_test(sums_saturate),
		cmocka_unit_test(milliseconds_round_up),
		cmocka_unit_test(unknown_and_never_are_not_reached),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
