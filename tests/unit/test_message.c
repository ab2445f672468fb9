/* SPDX-License-Identifier: MIT */
#include "core/message.h"

#include <string.h>

#include "sample.h"
#include "unit.h"

static char message_at[MESSAGE_BYTES];

static struct alert
make(void)
{
	const char *row[DELIVERY_COLUMNS];
	struct alert alert;

	sample_row(row);
	assert_true(alert_decode(&alert, row + DELIVERY_COLUMN_ALERT));
	return alert;
}

static struct receiver
sergeant(void)
{
	struct receiver receiver;

	conf_receiver_init(&receiver, "sergeant", RECEIVER_MAIL);
	(void)text_copy(receiver.from, sizeof receiver.from, "detainerd@jail.example");
	(void)text_copy(receiver.to[0], sizeof receiver.to[0], "a@jail.example");
	(void)text_copy(receiver.to[1], sizeof receiver.to[1], "b@jail.example");
	receiver.to_count = 2;
	(void)text_copy(receiver.own_domains[0], sizeof receiver.own_domains[0], "jail.example");
	receiver.own_domains_count = 1;
	return receiver;
}

static const char *
write_message(const struct alert *alert)
{
	struct receiver receiver = sergeant();
	struct text text;

	text_init(&text, message_at, sizeof message_at);
	message_write(alert, &receiver, &text);
	assert_false(text.truncated);
	return message_at;
}

static void
headers(void **state)
{
	struct alert alert = make();
	const char *expected =
	    "From: detainerd@jail.example\r\n"
	    "To: a@jail.example,\r\n b@jail.example\r\n"
	    "Subject: RELEASE DUE 14:05 EST: booking 12345, MAIN\r\n"
	    "Date: Tue, 24 Nov 2026 19:05:00 +0000\r\n"
	    "Message-ID: <c1f0-12-release_due-1795547100000000-0@jail.example>\r\n"
	    "In-Reply-To: <c1f0-stay-12@jail.example>\r\n"
	    "References: <c1f0-stay-12@jail.example>\r\n"
	    "Auto-Submitted: auto-generated\r\n"
	    "X-Auto-Response-Suppress: All\r\n"
	    "Importance: high\r\n"
	    "X-Priority: 1\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: multipart/alternative; boundary=\"=_detainerd\"\r\n"
	    "\r\n"
	    "--=_detainerd\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n"
	    "\r\n"
	    "ICE may not hold booking 12345 after 14:05 EST. ";

	(void)state;
	assert_memory_equal(write_message(&alert), expected, strlen(expected));
}

/* The HTML says what the text says, and asks for nothing from elsewhere. */
static void
the_same_as_html(void **state)
{
	struct alert alert = make();
	const char *html;

	(void)state;
	alert.kind = ALERT_SUPERSEDED;
	alert.closes = "a-1 release_due critical\nb-2 overdue critical";
	(void)text_copy(alert.booking_number, sizeof alert.booking_number, "<b>&\"1\"");
	html = strstr(write_message(&alert), "<!DOCTYPE html>\r\n<html lang=3D\"en\">\r\n");
	assert_non_null(html);
	assert_non_null(strstr(html,
	    "<title>STAND DOWN 14:05 EST: booking &lt;b&gt;&amp;&quot;1&quot;, MAIN</tit=\r\nle>"));
	assert_non_null(strstr(html, "<dl>\r\n<dt>Facility</dt><dd>Main Jail (MAIN)</dd>\r\n"));
	assert_non_null(strstr(
	    html, "<dd>2</dd>\r\n</dl>\r\n<ul>\r\n<li>a-1</li>\r\n<li>b-2</li>\r\n</ul>\r\n"));
	assert_null(strstr(html, "http"));
	assert_string_equal(
	    strstr(html, "</body>"), "</body>\r\n</html>\r\n\r\n--=_detainerd--\r\n");
}

static void
only_what_the_receiver_may_know(void **state)
{
	struct alert alert = make();
	struct receiver receiver = sergeant();
	struct text text;

	(void)state;
	receiver.own_domains_count = 0;
	text_init(&text, message_at, sizeof message_at);
	message_write(&alert, &receiver, &text);
	assert_non_null(strstr(message_at, "Subject: RELEASE DUE 14:05 EST, MAIN\r\n"));
	assert_null(strstr(message_at, "12345"));
	assert_null(strstr(message_at, "54-192h"));
}

/* Told again on purpose it is another message, of its own time; all of a stay hang together. */
static void
told_again(void **state)
{
	struct alert alert = make();

	(void)state;
	alert.telling = 2;
	alert.as_of = instant_add(alert.raised_at, span_of_ms(3600000));
	(void)write_message(&alert);
	assert_non_null(strstr(message_at,
	    "Message-ID: <c1f0-12-release_due-1795547100000000-0-r2@jail.example>\r\n"));
	assert_non_null(strstr(message_at, "References: <c1f0-stay-12@jail.example>\r\n"));
	assert_non_null(strstr(message_at, "Date: Tue, 24 Nov 2026 20:05:00 +0000\r\n"));
}

static void
about_no_stay(void **state)
{
	struct alert alert = make();

	(void)state;
	alert.stay = 0;
	alert.severity = SEVERITY_WARNING;
	alert.raised_at.us = INT64_MAX - 1; /* no year that can be written */
	alert.as_of.us = SAMPLE_RELEASE_US;
	(void)write_message(&alert);
	assert_null(strstr(message_at, "References:"));
	assert_null(strstr(message_at, "Importance:"));
	assert_non_null(strstr(message_at, "Date: Tue, 24 Nov 2026 19:05:00 +0000\r\n"));
	alert.raised_at = alert.as_of = INSTANT_UNKNOWN;
	(void)write_message(&alert);
	assert_non_null(strstr(message_at, "Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n"));
}

/* Every line ends in CR LF and is short enough, whatever the facts hold. */
static void
check_lines(const char *at, size_t longest)
{
	while (*at != '\0') {
		size_t length = strcspn(at, "\r\n");

		assert_true(length <= longest);
		assert_memory_equal(at + length, "\r\n", 2);
		at += length + 2;
	}
}

static int
count_of(const char *at, const char *what)
{
	int count = 0;

	while ((at = strstr(at, what)) != NULL) {
		at++;
		count++;
	}
	return count;
}

static void
nothing_can_be_injected(void **state)
{
	static const char hostile[] =
	    "1\r\nBcc: evil@example\r\n\r\n--=_detainerd\r\n\xff\xc3\"<x>&=";
	const char *row[DELIVERY_COLUMNS];
	struct alert alert;

	(void)state;
	sample_row(row);
	row[DELIVERY_COLUMN_ALERT + ALERT_COLUMN_ID] = "a>\r\nX-Evil: <b";
	row[DELIVERY_COLUMN_ALERT + ALERT_COLUMN_BOOKING_NUMBER] = hostile;
	row[DELIVERY_COLUMN_ALERT + ALERT_COLUMN_FACILITY] = hostile;
	row[DELIVERY_COLUMN_ALERT + ALERT_COLUMN_FACILITY_NAME] = hostile;
	row[DELIVERY_COLUMN_ALERT + ALERT_COLUMN_COUNSEL_CONTACT] = hostile;
	row[DELIVERY_COLUMN_ALERT + ALERT_COLUMN_CITATION] = hostile;
	assert_true(alert_decode(&alert, row + DELIVERY_COLUMN_ALERT));
	(void)write_message(&alert);
	check_lines(message_at, 78);
	assert_int_equal(count_of(message_at, "\r\n--=_detainerd\r\n"), 2);
	assert_int_equal(count_of(message_at, "\r\n--=_detainerd--\r\n"), 1);
	assert_null(strstr(message_at, "\r\nBcc:"));
	assert_null(strstr(message_at, "\r\nX-Evil:"));
	assert_non_null(strstr(message_at, "Message-ID: <a___X-Evil___b@jail.example>\r\n"));
	assert_null(strstr(strstr(message_at, "<!DOCTYPE"), "<x>"));
}

static void
other_letters_are_encoded(void **state)
{
	struct alert alert = make();

	(void)state;
	(void)text_copy(alert.facility, sizeof alert.facility, "Do\xc3\xb1\x61 Ana");
	(void)text_copy(alert.counsel_contact, sizeof alert.counsel_contact, "a=b \xc3\xa9 ");
	(void)write_message(&alert);
	check_lines(message_at, 76);
	assert_non_null(strstr(message_at, "Subject: =?utf-8?B?"));
	assert_non_null(strstr(message_at, "Do=C3=B1a Ana"));
	assert_non_null(strstr(message_at, "Call: a=3Db =C3=A9=20\r\n"));
}

/* The longest text fits; HTML that does not fit besides is left out, and the message is whole. */
static void
the_longest(void **state)
{
	static char listed[2 * COMPOSE_TEXT_BYTES];
	struct alert alert = make();

	(void)state;
	for (size_t i = 0; i + 1 < sizeof listed; i++)
		listed[i] = i % 64 == 0 ? '\n' : '"';
	alert.kind = ALERT_DIGEST;
	alert.listed = listed + 1;
	(void)write_message(&alert);
	assert_int_equal(count_of(message_at, "text/html"), 0);
	assert_string_equal(strstr(message_at, "\r\n--=_detainerd--"), "\r\n--=_detainerd--\r\n");
	for (size_t i = 0; i + 1 < sizeof listed; i++)
		listed[i] = i % 64 == 0 ? '\n' : '=';
	(void)write_message(&alert);
	assert_string_equal(strstr(message_at, "\r\n--=_detainerd--"), "\r\n--=_detainerd--\r\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers),
		cmocka_unit_test(the_same_as_html),
		cmocka_unit_test(only_what_the_receiver_may_know),
		cmocka_unit_test(told_again),
		cmocka_unit_test(about_no_stay),
		cmocka_unit_test(nothing_can_be_injected),
		cmocka_unit_test(other_letters_are_encoded),
		cmocka_unit_test(the_longest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
