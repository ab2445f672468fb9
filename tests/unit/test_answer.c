/* SPDX-License-Identifier: MIT */
#include "core/answer.h"

#include <string.h>

#include "unit.h"

static const char sent[] =
    "{\"booking_number\":\"B-12345\",\"facility_name\":\"Main Jail\","
    "\"kind\":\"release_due\",\"text\":\"ICE may not hold booking B-12345\"}";

static struct answer_bytes
bytes(const char *at)
{
	return (struct answer_bytes){ at, strlen(at) };
}

#define SENT(at) \
	(const struct answer_bytes[]) \
	{ \
		bytes(at), \
		{ \
			NULL, 0 \
		} \
	}

static void
what_is_recorded(void **state)
{
	static const struct {
		const char *said, *recorded;
	} rows[] = {
		{ "", "" },
		{ "ok", "ok" },
		{ "  queued\r\n\tas 77  \n", "queued as 77" },
		{ "accepted", "accepted" },
		/* echoes, whole, in part, in other words */
		{ sent, "" },
		{ "got: {\"booking_number\":\"B-12345\",\"facility_name\":\"Main Jail\"} thanks",
		    "got: } thanks" },
		{ "no such booking: B-12345.", "no such booking: ." },
		{ "no such booking: b-12345!", "no such booking: !" },
		{ "B-12345", "" },
		{ "B-123456 is unknown", "B-123456 is unknown" },
		{ "XB-12345", "XB-12345" },
		/* what cannot be shown */
		{ "a\x01\x7f\x1b[31mb", "a [31mb" },
		{ "caf\xc3\xa9 \xe2\x82\xac", "caf\xc3\xa9 \xe2\x82\xac" },
		{ "caf\xe9!", "caf?!" },
		{ "\xc0\xaf\xed\xa0\x80\xf5", "??????" },
		{ "\xc2\x9b"
		  "1m",
		    "1m" },
		{ "good \xe2\x80\xae"
		  "evil",
		    "good evil" },
		{ "a\xe2\x82\xac"
		  "b",
		    "a\xe2\x82\xac"
		    "b" },
		{ "\xe2\x82", "??" },
	};
	char out[DELIVERY_ANSWER_BYTES];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		answer_write(out, bytes(rows[i].said), SENT(sent));
		assert_string_equal(out, rows[i].recorded);
	}
}

/* What is sent beside the alert is dropped as well, a short token too. */
static void
of_several_pieces(void **state)
{
	const struct answer_bytes pieces[] = { bytes(sent), bytes("Authorization: Bearer ab.cd"),
		bytes("ab.cd"), bytes(""), { NULL, 0 } };
	char out[DELIVERY_ANSWER_BYTES];

	(void)state;
	answer_write(out, bytes("Authorization: Bearer ab.cd"), pieces);
	assert_string_equal(out, "");
	answer_write(out, bytes("unknown token 'ab.cd' for B-12345"), pieces);
	assert_string_equal(out, "unknown token ' ' for");
}

static void
no_more_than_two_hundred(void **state)
{
	char said[4096], out[DELIVERY_ANSWER_BYTES];

	(void)state;
	memset(said, 'x', sizeof said);
	answer_write(out, (struct answer_bytes){ said, sizeof said }, SENT(sent));
	assert_int_equal(strlen(out), 200);
	for (size_t i = 0; i + 1 < sizeof said; i += 2)
		memcpy(said + i, "\xc3\xa9", 2);
	said[0] = 'y';
	said[1] = 'y';
	said[2] = 'y';
	answer_write(out, (struct answer_bytes){ said, sizeof said }, SENT(sent));
	assert_true(strlen(out) <= 200);
	assert_int_equal(out[strlen(out) - 1] & 0xff, 0xa9);
	said[1] = '\0';
	answer_write(out, (struct answer_bytes){ said, 8 }, SENT(""));
	assert_memory_equal(out, "y y", 3);
}

static void
a_word_is_forgotten(void **state)
{
	static const struct {
		const char *answer, *word, *left;
	} rows[] = {
		{ "no SMITH-J here, smith-j!", "Smith-J", "no  here, !" },
		{ "SMITH-JR", "SMITH-J", "SMITH-JR" },
		{ "ok", "", "ok" },
		{ "AA", "AA", "" },
		{ "AA AA AA", "AA", "  " },
	};
	char answer[64];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		memcpy(answer, rows[i].answer, strlen(rows[i].answer) + 1);
		answer_forget(answer, rows[i].word);
		assert_string_equal(answer, rows[i].left);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_recorded),
		cmocka_unit_test(of_several_pieces),
		cmocka_unit_test(no_more_than_two_hundred),
		cmocka_unit_test(a_word_is_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
