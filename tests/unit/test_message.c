/* SPDX-License-Identifier: MIT */
#include "core/message.h"

#include <string.h>

#include "sample.h"
#include "unit.h"

static char message_at[16384];

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
	    "Auto-Submitted: auto-generated\r\n"
	    "X-Auto-Response-Suppress: All\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: 7bit\r\n"
	    "\r\n"
	    "ICE may not hold booking 12345 after 14:05 EST. ";

	(void)state;
	assert_memory_equal(write_message(&alert), expected, strlen(expected));
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

static void
nothing_can_be_injected(void **state)
{
	struct alert alert = make();

	(void)state;
	(void)text_copy(
	    alert.booking_number, sizeof alert.booking_number, "1\r\nBcc: evil@example\r\n\r\nx");
	(void)text_copy(alert.id, sizeof alert.id, "a>\r\nX-Evil: <b");
	(void)write_message(&alert);
	check_lines(message_at, 998);
	*strstr(message_at, "\r\n\r\n") = '\0';
	assert_null(strstr(message_at, "\r\nBcc:"));
	assert_null(strstr(message_at, "\r\nX-Evil:"));
	assert_non_null(strstr(message_at, "Message-ID: <a___X-Evil___b@jail.example>\r\n"));
}

static void
other_letters_are_encoded(void **state)
{
	struct alert alert = make();

	(void)state;
	(void)text_copy(alert.facility, sizeof alert.facility, "Doña Ana");
	(void)text_copy(alert.counsel_contact, sizeof alert.counsel_contact, "a=b é ");
	(void)write_message(&alert);
	check_lines(message_at, 78);
	assert_non_null(strstr(message_at,
	    "Subject: =?utf-8?B?UkVMRUFTRSBEVUUgMTQ6MDUgRVNUOiBib29raW5nIDEyMzQ1LCBEb8Ox?=\r\n =?utf-8?B?YSBBbmE=?=\r\n"));
	assert_non_null(strstr(message_at, "Content-Transfer-Encoding: quoted-printable\r\n"));
	assert_non_null(strstr(message_at, "Do=C3=B1a Ana"));
	assert_non_null(strstr(message_at, "Call: a=3Db =C3=A9=20\r\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers),
		cmocka_unit_test(nothing_can_be_injected),
		cmocka_unit_test(other_letters_are_encoded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
