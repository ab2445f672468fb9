/* SPDX-License-Identifier: MIT */
/*
 * sign: signatures of webhooks by Standard Webhooks 1.0: HMAC-SHA256 over
 * "ID.TIMESTAMP.BODY" with a key that only the receiver has too, on OpenSSL.
 */
#ifndef DETAINERD_IO_SIGN_H
#define DETAINERD_IO_SIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/text.h"

/* What the specification allows. */
#define SIGN_KEY_MIN 24
#define SIGN_KEY_MAX 64
/* "v1," and 32 bytes in base64. */
#define SIGN_SIGNATURE_BYTES 48

struct sign_key {
	unsigned char bytes[SIGN_KEY_MAX];
	size_t length; /* 0: no key */
};

struct sign_message {
	const char *id;
	int64_t timestamp; /* seconds since 1970 */
	const char *body;
	size_t body_bytes;
};

/* sign_key_read(key, text): Read "whsec_" and the key in base64; false where it is anything else. */
bool sign_key_read(struct sign_key *key, const char *text) __attribute__((warn_unused_result));

/* sign_write(key, message, out): Append "v1,SIGNATURE" to ${out}. False where it could not be made; then nothing is appended. */
bool sign_write(const struct sign_key *key, const struct sign_message *message, struct text *out)
    __attribute__((warn_unused_result));

#endif
