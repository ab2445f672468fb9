/* SPDX-License-Identifier: MIT */
/* mime.c: how mail is written. Called by core/message; knows nothing of alerts. */
#include "core/mime.h"

#include <stdbool.h>
#include <string.h>

#include "core/banned.h"

#define LINE_CHARACTERS 76
/* An encoded word may be 75 characters long, and its line 76: 39 bytes become 52 of them. */
#define WORD_BYTES 39
#define VALUE_BYTES 1024

static bool
is_ascii(const char *at)
{
	for (; *at != '\0'; at++) {
		if ((unsigned char)*at < ' ' || (unsigned char)*at > '~')
			return false;
	}
	return true;
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

/* What looks like an encoded word to a reader must be one. */
static bool
needs_words(const char *value)
{
	return !is_ascii(value) || strstr(value, "=?") != NULL;
}

/* Lines are broken where a single blank stands, so that unfolding gives the value back. */
static void
add_folded(struct text *out, const char *value, size_t column)
{
	while (*value != '\0') {
		size_t word = 1 + strcspn(value + 1, " ");

		if (column + word > LINE_CHARACTERS && *value == ' ' && value[1] != ' ' &&
		    value[1] != '\0') {
			text_add(out, "\r\n");
			column = 0;
		}
		text_add_bytes(out, value, word);
		column += word;
		value += word;
	}
}

void
mime_header(struct text *out, const char *name, const char *value)
{
	char clean[VALUE_BYTES];

	(void)text_copy(clean, sizeof clean, value);
	text_clean(clean);
	text_addf(out, "%s: ", name);
	if (needs_words(clean))
		add_encoded_words(out, clean);
	else
		add_folded(out, clean, strlen(name) + 2);
	text_add(out, "\r\n");
}

void
mime_quoted_begin(struct mime_quoted *body, struct text *out)
{
	*body = (struct mime_quoted){ .out = out };
}

static void
add_quoted(struct mime_quoted *body, const char *at, bool plain)
{
	size_t width = plain ? 1 : 3;

	if (body->column + width >= LINE_CHARACTERS) {
		text_add(body->out, "=\r\n");
		body->column = 0;
	}
	if (plain)
		text_add_bytes(body->out, at, 1);
	else
		text_addf(body->out, "=%02X", (unsigned)(unsigned char)*at);
	body->column += width;
}

static void
add_blank(struct mime_quoted *body, bool ends_line)
{
	if (body->blank != '\0')
		add_quoted(body, &body->blank, !ends_line);
	body->blank = '\0';
}

void
mime_quoted_add(struct mime_quoted *body, const char *more)
{
	for (; *more != '\0'; more++) {
		add_blank(body, *more == '\n');
		if (*more == '\n') {
			text_add(body->out, "\r\n");
			body->column = 0;
		} else if (*more == ' ') {
			body->blank = ' ';
		} else {
			add_quoted(body, more, *more > ' ' && *more <= '~' && *more != '=');
		}
	}
}

void
mime_quoted_end(struct mime_quoted *body)
{
	add_blank(body, true);
}
