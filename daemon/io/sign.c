/* SPDX-License-Identifier: MIT */
/* sign.c: OpenSSL's EVP_MAC. Called by the shell. Keeps no key and no state. */
#include "io/sign.h"

#include <inttypes.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <stdio.h>
#include <string.h>

#include "core/banned.h"

#define PREFIX "whsec_"
#define DIGEST_BYTES 32

/* EVP_DecodeBlock ignores blanks at the ends and takes "=" anywhere: the alphabet is checked here. */
static bool
is_base64(const char *text, size_t length, size_t *ret_padding)
{
	size_t body =
	    strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

	*ret_padding = length - body;
	return length % 4 == 0 && length > 0 && *ret_padding <= 2 &&
	       strspn(text + body, "=") == *ret_padding;
}

bool
sign_key_read(struct sign_key *key, const char *text)
{
	unsigned char decoded[SIGN_KEY_MAX + 8];
	size_t length, padding;
	int bytes;

	if (strncmp(text, PREFIX, strlen(PREFIX)) != 0)
		return false;
	text += strlen(PREFIX);
	length = strlen(text);
	if (!is_base64(text, length, &padding) || length / 4 * 3 > sizeof decoded)
		return false;
	bytes = EVP_DecodeBlock(decoded, (const unsigned char *)text, (int)length) - (int)padding;
	if (bytes >= SIGN_KEY_MIN && bytes <= SIGN_KEY_MAX) {
		memcpy(key->bytes, decoded, (size_t)bytes);
		key->length = (size_t)bytes;
	}
	explicit_bzero(decoded, sizeof decoded);
	return bytes >= SIGN_KEY_MIN && bytes <= SIGN_KEY_MAX;
}

static bool
digest(EVP_MAC_CTX *context, const struct sign_key *key, const struct sign_message *message,
    unsigned char out[DIGEST_BYTES])
{
	char name[] = "SHA256";
	OSSL_PARAM parameters[] = { OSSL_PARAM_construct_utf8_string("digest", name, 0),
		OSSL_PARAM_construct_end() };
	char seconds[32];
	size_t bytes = 0;
	int length = snprintf(seconds, sizeof seconds, ".%" PRId64 ".", message->timestamp);

	return EVP_MAC_init(context, key->bytes, key->length, parameters) == 1 &&
	       EVP_MAC_update(context, (const unsigned char *)message->id, strlen(message->id)) ==
		   1 &&
	       EVP_MAC_update(context, (const unsigned char *)seconds, (size_t)length) == 1 &&
	       EVP_MAC_update(context, (const unsigned char *)message->body, message->body_bytes) ==
		   1 &&
	       EVP_MAC_final(context, out, &bytes, DIGEST_BYTES) == 1 && bytes == DIGEST_BYTES;
}

bool
sign_write(const struct sign_key *key, const struct sign_message *message, struct text *out)
{
	unsigned char made[DIGEST_BYTES], encoded[SIGN_SIGNATURE_BYTES];
	EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	EVP_MAC_CTX *context = mac == NULL ? NULL : EVP_MAC_CTX_new(mac);
	bool fine = context != NULL && digest(context, key, message, made);

	if (fine) {
		(void)EVP_EncodeBlock(encoded, made, DIGEST_BYTES);
		text_addf(out, "v1,%s", (const char *)encoded);
	}
	EVP_MAC_CTX_free(context);
	EVP_MAC_free(mac);
	return fine;
}
