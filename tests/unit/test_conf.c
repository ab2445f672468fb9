/* SPDX-License-Identifier: MIT */
#include "core/conf.h"

#include <string.h>

#include "core/text.h"

#include "receivers.h"
#include "unit.h"

static void
words_of_the_file(void **state)
{
	enum receiver_type type;
	enum receiver_tls tls;

	(void)state;
	for (enum receiver_type t = 0; t < RECEIVER_TYPES; t++) {
		assert_true(conf_receiver_type(conf_type_name(t), &type) && type == t);
		assert_non_null(strstr(CONF_TYPES, conf_type_name(t)));
	}
	assert_false(conf_receiver_type("sms", &type));
	assert_true(conf_receiver_tls("off", &tls) && tls == TLS_OFF);
	assert_false(conf_receiver_tls("maybe", &tls));
}

/* Mail tells everything only where all of it stays in the house. */
static void
how_much_is_said(void **state)
{
	static const struct {
		const char *first, *second, *own;
		enum conf_detail detail;
	} rows[] = {
		{ "a@jail.example", NULL, NULL, DETAIL_MINIMAL },
		{ "a@jail.example", NULL, "jail.example", DETAIL_FULL },
		{ "a@JAIL.example", NULL, "jail.EXAMPLE", DETAIL_FULL },
		{ "a@jail.example", "b@gmail.example", "jail.example", DETAIL_MINIMAL },
		{ "a@evil-jail.example", NULL, "jail.example", DETAIL_MINIMAL },
		{ "a@sub.jail.example", NULL, "jail.example", DETAIL_MINIMAL },
		{ "a@jail.example.org", NULL, "jail.example", DETAIL_MINIMAL },
	};
	struct receiver receiver = webhook("http://h");

	(void)state;
	assert_int_equal(conf_detail(&receiver), DETAIL_FULL);
	for (size_t i = 0; i < COUNT(rows); i++) {
		receiver = mail("smtp://h", "a@b", rows[i].first);
		(void)text_copy(receiver.to[1], sizeof receiver.to[1], rows[i].second);
		receiver.to_count += rows[i].second != NULL;
		(void)text_copy(
		    receiver.own_domains[0], sizeof receiver.own_domains[0], rows[i].own);
		receiver.own_domains_count = rows[i].own != NULL;
		assert_int_equal(conf_detail(&receiver), rows[i].detail);
		receiver.detail_said = true;
		receiver.detail = DETAIL_FULL;
		assert_int_equal(conf_detail(&receiver), DETAIL_FULL);
	}
}

static void
digests(void **state)
{
	struct receiver receiver = mail("smtp://h", "a@b", "c@d");
	enum conf_detail detail;
	int above = 0;

	(void)state;
	assert_int_equal(receiver.digest_above, 10);
	receiver = webhook("http://h");
	assert_true(receiver.digest_above < 0);
	assert_true(conf_receiver_digest_above("25", &above) && above == 25);
	assert_true(conf_receiver_digest_above("never", &above) && above == -1);
	assert_false(conf_receiver_digest_above("0", &above));
	assert_false(conf_receiver_digest_above("-1", &above));
	assert_false(conf_receiver_digest_above("many", &above));
	assert_true(conf_receiver_detail("minimal", &detail) && detail == DETAIL_MINIMAL);
	assert_false(conf_receiver_detail("some", &detail));
}

static void
where_monitors_ask(void **state)
{
	static const struct {
		const char *words;
		bool fine;
		enum listen_family family;
		int port;
	} rows[] = {
		{ "", true, LISTEN_NOWHERE, 0 },
		{ "127.0.0.1:9618", true, LISTEN_INET, 9618 },
		{ "localhost:1", true, LISTEN_INET, 1 },
		{ "[::1]:65535", true, LISTEN_INET6, 65535 },
		{ "unix:/run/m", true, LISTEN_UNIX, 0 },
		{ "0.0.0.0:9618", false, LISTEN_NOWHERE, 0 },
		{ "127.0.0.2:9618", false, LISTEN_NOWHERE, 0 },
		{ "127.0.0.1:65536", false, LISTEN_NOWHERE, 0 },
		{ "127.0.0.1:0", false, LISTEN_NOWHERE, 0 },
		{ "127.0.0.1:80x", false, LISTEN_NOWHERE, 0 },
		{ "[::]:9618", false, LISTEN_NOWHERE, 0 },
		{ "unix:run/m", false, LISTEN_NOWHERE, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct listen_at at = { .family = LISTEN_NOWHERE };

		assert_int_equal(listen_parse(rows[i].words, &at), rows[i].fine);
		assert_int_equal(at.family, rows[i].family);
		assert_int_equal(at.port, rows[i].port);
	}
}

static struct conf conf;

static int
fresh(void **state)
{
	(void)state;
	conf_init(&conf);
	(void)text_copy(conf.name, sizeof conf.name, "one");
	conf.receivers[conf.receivers_count++] = webhook("http://h");
	return 0;
}

static void
check_whole(const char *trouble)
{
	struct fault fault = { .class = FAULT_NONE };

	assert_int_equal(conf_check(&conf, &fault), trouble == NULL);
	if (trouble != NULL)
		assert_non_null(strstr(fault.text, trouble));
}

static void
the_whole_fits_together(void **state)
{
	(void)state;
	check_whole(NULL);
	assert_int_equal(conf_find_receiver(&conf, "desk"), 0);
	assert_int_equal(conf_find_receiver(&conf, "nobody"), DELIVERY_RECEIVER_NONE);
	conf.lease = span_of_ms(12999);
	check_whole("lease is too short for receiver 'desk'");
	conf.lease = span_of_ms(13000);
	check_whole(NULL);
	conf.sweep = span_of_ms(5001);
	check_whole("sweep");
	fresh(NULL);
	conf.max_in_flight = 0;
	check_whole("max_in_flight");
	conf.max_in_flight = 257;
	check_whole("max_in_flight");
	fresh(NULL);
	conf.receivers_count = 0;
	check_whole("no receiver");
	fresh(NULL);
	conf.name[0] = '\0';
	check_whole("name");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_the_file),
		cmocka_unit_test(how_much_is_said),
		cmocka_unit_test(digests),
		cmocka_unit_test(where_monitors_ask),
		cmocka_unit_test_setup(the_whole_fits_together, fresh),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
