/* SPDX-License-Identifier: MIT */
#include "core/mime.h"

#include <string.h>

#include "unit.h"

static char at[4096];
static struct text out;

static const char *
header(const char *value)
{
	text_init(&out, at, sizeof at);
	mime_header(&out, "Subject", value);
	return at;
}

static const char *
quoted(const char *first, const char *second)
{
	struct mime_quoted body;

	text_init(&out, at, sizeof at);
	mime_quoted_begin(&body, &out);
	mime_quoted_add(&body, first);
	mime_quoted_add(&body, second);
	mime_quoted_end(&body);
	return at;
}

static void
headers(void **state)
{
	static const struct {
		const char *value, *header;
	} rows[] = {
		{ "plain words", "Subject: plain words\r\n" },
		{ "", "Subject: \r\n" },
		/* nothing begins a header of its own */
		{ "a\r\nBcc: b@c\r\n\r\nd", "Subject: a  Bcc: b@c    d\r\n" },
		{ "a\x01\x7f\tb", "Subject: a   b\r\n" },
		/* folded where one blank stands, so that unfolding gives it back */
		{ "1234567890 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890",
		    "Subject: 1234567890 1234567890 1234567890 1234567890 1234567890 1234567890\r\n"
		    " 1234567890\r\n" },
		/* other letters, and not cut inside one */
		{ "Do\xc3\xb1\x61 Ana", "Subject: =?utf-8?B?RG/DsWEgQW5h?=\r\n" },
		{ "\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1"
		  "\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1\xc3\xb1",
		    "Subject: =?utf-8?B?w7HDscOxw7HDscOxw7HDscOxw7HDscOxw7HDscOxw7HDscOxw7E=?=\r\n"
		    " =?utf-8?B?w7E=?=\r\n" },
		/* what only looks encoded is encoded, so that it reads as it was written */
		{ "=?utf-8?B?SGk=?=", "Subject: =?utf-8?B?PT91dGYtOD9CP1NHaz0/PQ==?=\r\n" },
		/* what is not UTF-8 does no harm */
		{ "a\xff", "Subject: a?\r\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(header(rows[i].value), rows[i].header);
}

static void
no_line_is_too_long(void **state)
{
	char value[512];

	(void)state;
	memset(value, '\xc3', sizeof value);
	for (size_t i = 1; i < sizeof value; i += 2)
		value[i] = '\xa9';
	value[sizeof value - 2] = '\0';
	(void)header(value);
	for (const char *line = at; *line != '\0'; line += strcspn(line, "\n") + 1)
		assert_true(strcspn(line, "\r") <= 76);
}

static void
bodies(void **state)
{
	static const struct {
		const char *first, *second, *body;
	} rows[] = {
		{ "plain\nlines\n", "", "plain\r\nlines\r\n" },
		{ "a=b", "", "a=3Db" },
		{ "\xc3\xa9\t\x01", "", "=C3=A9=09=01" },
		/* a blank at the end of a line would be lost on the way, wherever the pieces meet */
		{ "a ", "\nb ", "a=20\r\nb=20" },
		{ "a ", "b", "a b" },
		{ "a  ", "\n", "a =20\r\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(quoted(rows[i].first, rows[i].second), rows[i].body);
}

static void
a_long_line_is_broken_softly(void **state)
{
	(void)state;
	assert_string_equal(quoted("123456789 123456789 123456789 123456789 ",
				"123456789 123456789 123456789 123456789"),
	    "123456789 123456789 123456789 123456789 123456789 123456789 123456789 12345=\r\n6789");
	assert_string_equal(quoted("123456789 123456789 123456789 123456789 ",
				"123456789 123456789 123456789 123="),
	    "123456789 123456789 123456789 123456789 123456789 123456789 123456789 123=\r\n=3D");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers),
		cmocka_unit_test(no_line_is_too_long),
		cmocka_unit_test(bodies),
		cmocka_unit_test(a_long_line_is_broken_softly),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
