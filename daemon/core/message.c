/* SPDX-License-Identifier: MIT */
/* message.c: headers and body of a mail. Sends nothing. */
#include "core/message.h"

#include <stdbool.h>
#include <string.h>

#include "core/compose.h"

#include "core/banned.h"

/* An encoded word may be 75 characters long; 42 bytes become 56 of them. */
#define WORD_BYTES 42
#define QP_LINE_CHARACTERS 72
#define PLAIN_LINE_CHARACTERS 900

/* Nothing that a mail server on the way might change: ASCII, and line feeds as the only control characters. */
static bool
is_plain(const char *at)
{
	for (; *at != '\0'; at++) {
		if (((unsigned char)*at < ' ' && *at != '\n') || (unsigned char)*at > '~')
			return false;
	}
	return true;
}

static bool
has_long_line(const char *at)
{
	for (; *at != '\0'; at += *at == '\n') {
		size_t length = strcspn(at, "\n");

		if (length > PLAIN_LINE_CHARACTERS)
			return true;
		at += length;
	}
	return false;
}

static void
add_base64(struct text *out, const char *from, size_t bytes)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < bytes; i += 3) {
		unsigned group = 0;
		char quad[4];

		for (size_t k = 0; k < 3; k++)
			group = group << 8 | (i + k < bytes ? (unsigned char)from[i + k] : 0u);
		for (size_t k = 0; k < 4; k++)
			quad[k] = i + k > bytes ? '=' : digits[group >> (18 - 6 * k) & 63];
		text_add_bytes(out, quad, sizeof quad);
	}
}

/* RFC 2047: as many words as it takes, none cut inside a character. */
static void
add_encoded_words(struct text *out, const char *from)
{
	size_t left = strlen(from);

	while (left > 0) {
		size_t bytes = left < WORD_BYTES ? left : WORD_BYTES;

		while (bytes < left && bytes > 1 && ((unsigned char)from[bytes] & 0xc0) == 0x80)
			bytes--;
		text_add(out, "=?utf-8?B?");
		add_base64(out, from, bytes);
		from += bytes;
		left -= bytes;
		text_add(out, left > 0 ? "?=\r\n " : "?=");
	}
}

static void
header(struct text *out, const char *name, const char *value)
{
	char clean[512];

	(void)text_copy(clean, sizeof clean, value);
	text_clean(clean);
	text_addf(out, "%s: ", name);
	if (is_plain(clean))
		text_add(out, clean);
	else
		add_encoded_words(out, clean);
	text_add(out, "\r\n");
}

static void
add_to(struct text *out, const struct receiver *receiver)
{
	text_add(out, "To: ");
	for (int i = 0; i < receiver->to_count; i++)
		text_addf(out, "%s%s", i > 0 ? ",\r\n " : "", receiver->to[i]);
	text_add(out, "\r\n");
}

/* What may stand before the @ of a Message-ID without quotes; the rest becomes _. */
static void
add_message_id(struct text *out, const struct alert *alert, const struct receiver *receiver)
{
	const char *at = strchr(receiver->from, '@');

	text_add(out, "Message-ID: <");
	for (const char *id = alert->id; *id != '\0'; id++) {
		bool plain = (*id >= '0' && *id <= '9') || (*id >= 'A' && *id <= 'Z') ||
			     (*id >= 'a' && *id <= 'z') || *id == '-' || *id == '_';

		text_add_bytes(out, plain ? id : "_", 1);
	}
	text_addf(out, "%s>\r\n", at != NULL ? at : "@localhost");
}

static void
add_plain(struct text *out, const char *body)
{
	while (*body != '\0') {
		size_t length = strcspn(body, "\n");

		text_add_bytes(out, body, length);
		text_add(out, "\r\n");
		body += length + (body[length] == '\n');
	}
}

/* RFC 2045, 6.7. A line is broken early rather than counted to its last character. */
static void
add_quoted_printable(struct text *out, const char *body)
{
	size_t column = 0;

	for (; *body != '\0'; body++) {
		bool blank_at_end = *body == ' ' && (body[1] == '\n' || body[1] == '\0');
		bool plain = *body >= ' ' && *body <= '~' && *body != '=' && !blank_at_end;

		if (*body == '\n') {
			text_add(out, "\r\n");
			column = 0;
			continue;
		}
		if (column >= QP_LINE_CHARACTERS) {
			text_add(out, "=\r\n");
			column = 0;
		}
		if (plain)
			text_add_bytes(out, body, 1);
		else
			text_addf(out, "=%02X", (unsigned char)*body);
		column += plain ? 1 : 3;
	}
}

void
message_write(const struct alert *alert, const struct receiver *receiver, struct text *out)
{
	char subject_at[COMPOSE_SUBJECT_BYTES], body_at[COMPOSE_TEXT_BYTES],
	    date[INSTANT_TEXT_BYTES];
	struct text subject, body;
	bool plain;

	text_init(&subject, subject_at, sizeof subject_at);
	text_init(&body, body_at, sizeof body_at);
	compose_subject(alert, &subject);
	compose_text(alert, &body);
	plain = is_plain(body_at) && !has_long_line(body_at);
	header(out, "From", receiver->from);
	add_to(out, receiver);
	header(out, "Subject", subject_at);
	header(out, "Date", instant_rfc5322(alert->raised_at, date));
	add_message_id(out, alert, receiver);
	header(out, "Auto-Submitted", "auto-generated");
	header(out, "X-Auto-Response-Suppress", "All");
	header(out, "MIME-Version", "1.0");
	header(out, "Content-Type", "text/plain; charset=utf-8");
	header(out, "Content-Transfer-Encoding", plain ? "7bit" : "quoted-printable");
	text_add(out, "\r\n");
	if (plain)
		add_plain(out, body_at);
	else
		add_quoted_printable(out, body_at);
}
