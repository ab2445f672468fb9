/* SPDX-License-Identifier: MIT */
#include "core/receiver.h"

#include <string.h>

#include "core/text.h"

#include "receivers.h"
#include "unit.h"

static void
check(const struct receiver *receiver, const char *trouble)
{
	struct fault fault = { .class = FAULT_NONE };

	if (trouble == NULL) {
		assert_true(receiver_check(receiver, &fault));
		return;
	}
	assert_false(receiver_check(receiver, &fault));
	assert_int_equal(fault.class, FAULT_CONFIG);
	assert_non_null(strstr(fault.text, trouble));
}

static void
webhooks(void **state)
{
	static const struct {
		const char *url, *trouble;
	} rows[] = {
		{ "http://127.0.0.1:8080/hook", NULL },
		{ "https://h", NULL },
		{ "https://h/?a=b@c", NULL },
		{ "https://h:65535?a=b", NULL },
		{ "https://[::1]:8443/hook", NULL },
		{ "https://[2001:db8::1]", NULL },
		{ "https://h-1.under_score.example./", NULL },
		{ "", "no url" },
		{ "ftp://h/", "unusable" },
		{ "http://", "unusable" },
		{ "http:///x", "unusable" },
		{ "h/x", "unusable" },
		{ "http://user:pw@h/", "unusable" },
		{ "http://h/a b", "unusable" },
		{ "http://h/\r\nX: y", "unusable" },
		{ "http://h/\xc3\xbc", "unusable" },
		{ "http://b\xc3\xbc"
		  "cher.example/",
		    "unusable" },
		{ "http://h/#part", "unusable" },
		{ "http://h:/", "unusable" },
		{ "http://h:0/", "unusable" },
		{ "http://h:65536/", "unusable" },
		{ "http://h:8o/", "unusable" },
		{ "http://h:-1/", "unusable" },
		{ "http://h:80:80/", "unusable" },
		{ "http://:80/", "unusable" },
		{ "http://[::1/", "unusable" },
		{ "http://[::1]x/", "unusable" },
		{ "http://[]/", "unusable" },
		{ "http://[h]/", "unusable" },
		{ "http://::1/", "unusable" },
		{ "http://%68/", "unusable" },
		{ "http://h\\@x/", "unusable" },
		{ "httpx://h", "unusable" },
		{ "file:///etc/passwd", "unusable" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct receiver receiver = webhook(rows[i].url);

		check(&receiver, rows[i].trouble);
	}
}

static void
alertmanagers(void **state)
{
	static const struct {
		const char *url, *trouble;
	} rows[] = {
		{ "http://h:9093", NULL },
		{ "http://h/alertmanager/", NULL },
		{ "", "no url" },
		{ "http://h/?x=1", "leave out what follows" },
		{ "http://h/api/v2/alerts", "leave out what follows" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct receiver receiver;

		conf_receiver_init(&receiver, "x", RECEIVER_ALERTMANAGER);
		(void)text_copy(receiver.url, sizeof receiver.url, rows[i].url);
		check(&receiver, rows[i].trouble);
	}
}

static void
mails(void **state)
{
	static const struct {
		const char *url, *from, *to, *trouble;
	} rows[] = {
		{ "smtp://127.0.0.1:25", "a@b", "c@d", NULL },
		{ "smtps://mail.example", "a@b.example", "c+x@d.example", NULL },
		{ "", "a@b", "c@d", "no url" },
		{ "http://h", "a@b", "c@d", "unusable url" },
		{ "smtp://h", "", "c@d", "needs from" },
		{ "smtp://h", "a@b@c", "c@d", "needs from" },
		{ "smtp://h", "a@b", NULL, "needs to" },
		{ "smtp://h", "a@b", "c@", "no mail address" },
		{ "smtp://h", "a@b", "x y@d", "no mail address" },
		{ "smtp://h", "a@b", "c@d\r\nBcc: e@f", "no mail address" },
		{ "smtp://h", "a@b", "<c@d>", "no mail address" },
		{ "smtp://h", "a@b", "Sergeant <c@d>", "no mail address" },
		{ "smtp://h", "a@b", "\"c\"@d", "no mail address" },
		{ "smtp://h", "a.b@b.example", "c.d@d.example", NULL },
		{ "smtp://h", "a@b..example", "c@d", "needs from" },
		{ "smtp://h", "a@.b", "c@d", "needs from" },
		{ "smtp://h", "a@b.", "c@d", "needs from" },
		{ "smtp://h", "a@b=c", "c@d", "needs from" },
		{ "smtp://h", "a@b\xc3\xbc", "c@d", "needs from" },
		{ "smtp://h", ".a@b", "c@d", "needs from" },
		{ "smtp://h", "a@b", "c.@d", "no mail address" },
		{ "smtp://h", "a@b", "c..e@d", "no mail address" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct receiver receiver = mail(rows[i].url, rows[i].from, rows[i].to);

		check(&receiver, rows[i].trouble);
	}
}

static void
clear_text_only_to_this_host(void **state)
{
	static const struct {
		const char *url;
		bool here;
	} rows[] = { { "smtp://127.0.0.1:25", true }, { "smtp://localhost", true },
		{ "smtp://localhost:25", true }, { "smtp://[::1]:25", true },
		{ "smtp://localhost.evil.example", false }, { "smtp://127.evil.example", false },
		{ "smtp://localhost:25/x", true }, { "smtp://mail.example", false },
		{ "smtp://10.0.0.1", false } };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct receiver receiver = mail(rows[i].url, "a@b", "c@d");

		assert_int_equal(receiver_is_here(rows[i].url), rows[i].here);
		assert_int_equal(receiver.tls, TLS_REQUIRED); /* unless the file says no */
		receiver.tls = TLS_OFF;
		check(&receiver, rows[i].here ? NULL : "this host itself only");
	}
}

static void
names_types_and_timeouts(void **state)
{
	struct receiver receiver = webhook("http://h");

	(void)state;
	receiver.timeout = span_of_ms(99);
	check(&receiver, "timeout");
	receiver.timeout = span_of_ms(60001);
	check(&receiver, "timeout");
	conf_receiver_init(&receiver, "two words", RECEIVER_JOURNAL);
	check(&receiver, "name");
	conf_receiver_init(&receiver, "x", RECEIVER_TYPES);
	check(&receiver, "no type");
}

static void
keys_of_a_type(void **state)
{
	static const struct {
		const char *key, *types; /* w m a c j */
	} rows[] = {
		{ "type", "wmacj" },
		{ "url", "wma" },
		{ "to", "m" },
		{ "signing_key_file", "w" },
		{ "bearer_token_file", "wa" },
		{ "command", "c" },
		{ "timeout", "wmac" },
		{ "password", "" },
		{ "nonsense", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		for (enum receiver_type type = 0; type < RECEIVER_TYPES; type++)
			assert_int_equal(receiver_knows(type, rows[i].key),
			    strchr(rows[i].types, conf_type_name(type)[0]) != NULL);
	}
}

static void
secrets_are_files(void **state)
{
	static const struct {
		const char *file, *trouble;
	} rows[] = {
		{ "/etc/detainerd/token", NULL },
		{ "token", NULL },
		{ "etc/token", "absolute path" },
		{ "./token", "absolute path" },
		{ "..", "absolute path" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct receiver receiver = webhook("https://h/");

		(void)text_copy(
		    receiver.bearer_token_file, sizeof receiver.bearer_token_file, rows[i].file);
		check(&receiver, rows[i].trouble);
		(void)text_copy(receiver.url, sizeof receiver.url, "http://elsewhere.example/");
		check(&receiver, rows[i].trouble != NULL ? rows[i].trouble : "clear text");
		receiver.bearer_token_file[0] = '\0';
		(void)text_copy(receiver.signing_key_file[0], sizeof receiver.signing_key_file[0],
		    rows[i].file);
		receiver.signing_key_count = 1;
		check(&receiver, rows[i].trouble);
	}
	assert_true(receiver_is_credential("token"));
	assert_false(receiver_is_credential("/token"));
	assert_false(receiver_is_credential(""));
}

static void
passwords_go_over_tls_only(void **state)
{
	struct receiver receiver = mail("smtp://127.0.0.1", "a@b", "c@d");

	(void)state;
	(void)text_copy(receiver.user, sizeof receiver.user, "detainerd");
	check(&receiver, "both user and password_file");
	(void)text_copy(receiver.password_file, sizeof receiver.password_file, "/p");
	check(&receiver, NULL);
	receiver.tls = TLS_OFF;
	check(&receiver, "over TLS only");
	(void)text_copy(receiver.url, sizeof receiver.url, "smtps://127.0.0.1");
	check(&receiver, NULL);
	receiver.user[0] = '\0';
	check(&receiver, "both user and password_file");
}

static void
commands(void **state)
{
	struct receiver receiver = of_type(RECEIVER_COMMAND, "");

	(void)state;
	check(&receiver, "no command");
	receiver.command_count = 1;
	(void)text_copy(receiver.command[0], sizeof receiver.command[0], "page");
	check(&receiver, "absolute path");
	(void)text_copy(receiver.command[0], sizeof receiver.command[0], "/usr/local/bin/page");
	check(&receiver, NULL);
}

static void
domains(void **state)
{
	struct receiver receiver = mail("smtp://h", "a@b", "c@d");

	(void)state;
	receiver.own_domains_count = 1;
	check(&receiver, "own_domains");
	(void)text_copy(receiver.own_domains[0], sizeof receiver.own_domains[0], "@jail.example");
	check(&receiver, "own_domains");
	(void)text_copy(receiver.own_domains[0], sizeof receiver.own_domains[0], "*.jail.example");
	check(&receiver, "own_domains"); /* it would match nothing */
	(void)text_copy(receiver.own_domains[0], sizeof receiver.own_domains[0], "jail.example.");
	check(&receiver, "own_domains");
	(void)text_copy(receiver.own_domains[0], sizeof receiver.own_domains[0], "jail.example");
	check(&receiver, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(webhooks),
		cmocka_unit_test(alertmanagers),
		cmocka_unit_test(mails),
		cmocka_unit_test(clear_text_only_to_this_host),
		cmocka_unit_test(names_types_and_timeouts),
		cmocka_unit_test(keys_of_a_type),
		cmocka_unit_test(secrets_are_files),
		cmocka_unit_test(passwords_go_over_tls_only),
		cmocka_unit_test(commands),
		cmocka_unit_test(domains),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
