/* SPDX-License-Identifier: MIT */
/* The signatures were computed by another implementation of HMAC; the first is the specification's own example. */
#include "io/sign.h"

#include <string.h>

#include "unit.h"

static void
signatures(void **state)
{
	static const struct {
		const char *key, *id, *body, *signature;
		int64_t timestamp;
	} rows[] = {
		{ "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek",
		    "{\"test\": 2432232314}",
		    "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 1614265330 },
		{ "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX", "msg_1", "{\"a\":1}",
		    "v1,fp/+PHLtmz6iBTT1kxqXsbQKISMwR33LSIk6icgGx6g=", 1795547100 },
		{ "whsec_dGhlIG9sZGVyIGtleSBvZiAzMiBieXRlcywgZW5kZWQ=", "msg_1", "{\"a\":1}",
		    "v1,CsPt+NdDM6BBKNhQZ61/3gTlyvWNvSvJyytwL8zEM5g=", 1795547100 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct sign_message message = { rows[i].id, rows[i].timestamp, rows[i].body,
			strlen(rows[i].body) };
		struct sign_key key = { .length = 0 };
		char out[SIGN_SIGNATURE_BYTES];
		struct text text;

		assert_true(sign_key_read(&key, rows[i].key));
		text_init(&text, out, sizeof out);
		assert_true(sign_write(&key, &message, &text));
		assert_false(text.truncated);
		assert_string_equal(out, rows[i].signature);
	}
}

static void
keys_that_are_none(void **state)
{
	static const char *const rows[] = {
		"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", /* no prefix */
		"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS",          /* not whole */
		"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS!",         /* no base64 */
		"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2La=aSw",         /* padding inside */
		"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa==",         /* 22 bytes: too short */
		("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
		 "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), /* 96 */
	};
	struct sign_key key = { .length = 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_false(sign_key_read(&key, rows[i]));
	assert_int_equal(key.length, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signatures),
		cmocka_unit_test(keys_that_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
