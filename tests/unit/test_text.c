/* SPDX-License-Identifier: MIT */
#include "core/text.h"

#include <string.h>

#include "unit.h"

static void
cuts_between_characters(void **state)
{
	char at[6];
	struct text text;

	(void)state;
	text_init(&text, at, sizeof at);
	text_add(&text, "ab\u00e9\u00e9");
	assert_true(text.truncated);
	assert_string_equal(at, "ab\u00e9");
	text_add(&text, "x");
	assert_string_equal(at, "ab\u00e9");
	assert_int_equal(text.length, strlen(at));
}

static void
formats_within_bounds(void **state)
{
	char at[8];
	struct text text;

	(void)state;
	text_init(&text, at, sizeof at);
	text_addf(&text, "%d-%s", 12, "abc");
	assert_string_equal(at, "12-abc");
	assert_false(text.truncated);
	text_addf(&text, "%s", "\u00e9\u00e9");
	assert_true(text.truncated);
	assert_string_equal(at, "12-abc");
	text_init(&text, at, 1);
	text_add(&text, NULL);
	text_addf(&text, "%s", "");
	assert_false(text.truncated);
	text_add(&text, "x");
	assert_true(text.truncated);
	assert_string_equal(at, "");
}

static void
copies_and_cleans(void **state)
{
	char at[8] = "a\r\nb\tc\x7f";

	(void)state;
	text_clean(at);
	assert_string_equal(at, "a  b c ");
	assert_false(text_copy(at, sizeof at, "12345678"));
	assert_string_equal(at, "1234567");
	assert_true(text_copy(at, sizeof at, NULL));
	assert_string_equal(at, "");
}

static void
words_for_spans(void **state)
{
	static const struct {
		int64_t ms;
		const char *words;
	} rows[] = {
		{ -5, "0.0 s" },
		{ 0, "0.0 s" },
		{ 250, "0.2 s" },
		{ 999, "0.9 s" },
		{ 1000, "1 s" },
		{ 59999, "59 s" },
		{ 60000, "1 min" },
		{ 3599999, "59 min" },
		{ 3600000, "1 h" },
		{ 10920000, "3 h 2 min" },
		{ 360000000, "100 h" },
	};
	char at[40];
	struct text text;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		text_init(&text, at, sizeof at);
		text_add_span(&text, span_of_ms(rows[i].ms));
		assert_string_equal(at, rows[i].words);
	}
}

static void
reads_numbers_whole(void **state)
{
	static const char *const refused[] = { "", "-", "+1", " 1", "1 ", "1x", "0x10",
		"9223372036854775808", "1.5" };
	int64_t value = 7;

	(void)state;
	assert_true(text_to_int64("0", &value) && value == 0);
	assert_true(text_to_int64("-42", &value) && value == -42);
	assert_true(text_to_int64("9223372036854775807", &value) && value == INT64_MAX);
	value = 7;
	for (size_t i = 0; i < COUNT(refused); i++)
		assert_false(text_to_int64(refused[i], &value));
	assert_false(text_to_int64(NULL, &value));
	assert_int_equal(value, 7);
}

static void
reads_spans_with_units(void **state)
{
	static const char *const refused[] = { "", "5", "s", "-5s", "5 sec", "5s ", "5.5s", "400d",
		"99999999999999999999s" };
	static const struct {
		const char *text;
		int64_t ms;
	} rows[] = { { "250ms", 250 }, { "5s", 5000 }, { "5 s", 5000 }, { "10min", 600000 },
		{ "2h", 7200000 }, { "1d", 86400000 }, { "0s", 0 } };
	struct span length = { 7 };

	(void)state;
	for (size_t i = 0; i < COUNT(refused); i++)
		assert_false(text_to_span(refused[i], &length));
	assert_false(text_to_span(NULL, &length));
	assert_int_equal(length.us, 7);
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_true(text_to_span(rows[i].text, &length));
		assert_int_equal(length.us, rows[i].ms * 1000);
	}
}

static void
cleaning(void **state)
{
	static const struct {
		const char *from, *to;
	} rows[] = {
		{ "plain", "plain" }, { "a\r\n\tb\x7f", "a   b " },
		/* marks of direction, and what nobody sees: U+061C, U+200B, U+200E, U+200F, U+2060, U+FEFF */
		{ "1\xd8\x9c"
		  "2\xe2\x80\x8b"
		  "3\xe2\x80\x8e"
		  "4\xe2\x80\x8f"
		  "5\xe2\x81\xa0"
		  "6\xef\xbb\xbf"
		  "7",
		    "1  2   3   4   5   6   7" },
		{ "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x94\x94",
		    "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x94\x94" },
		{ "\xc2\x85x", "  x" }, /* a control character of two bytes */
		{ "\xe2\x80\xae"
		  "54321",
		    "   54321" }, /* would be read from right to left */
		{ "a\xe2\x80\xa8"
		  "b",
		    "a   b" }, /* would end the line */
		{ "\xe2\x80\xa7\xe2\x81\xaa", "\xe2\x80\xa7\xe2\x81\xaa" }, { "a\xff", "a?" },
		{ "\xc3", "?" },                                      /* cut short */
		{ "\xe2\x82", "??" }, { "\xc0\xaf", "??" },           /* longer than it need be */
		{ "\xe0\x80\xaf", "???" }, { "\xed\xa0\x80", "???" }, /* half of a pair */
		{ "\xf4\x90\x80\x80", "????" },                       /* past the last */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char at[32];

		assert_true(text_copy(at, sizeof at, rows[i].from));
		text_clean(at);
		assert_string_equal(at, rows[i].to);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cuts_between_characters),
		cmocka_unit_test(formats_within_bounds),
		cmocka_unit_test(copies_and_cleans),
		cmocka_unit_test(cleaning),
		cmocka_unit_test(words_for_spans),
		cmocka_unit_test(reads_numbers_whole),
		cmocka_unit_test(reads_spans_with_units),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
