/* SPDX-License-Identifier: MIT */
/*
 * mime: headers and bodies of mail as RFC 5322, 2045 and 2047 want them: lines
 * end in CR LF, none is longer than 76 characters where it can be broken, and
 * everything is ASCII. No value can begin a header of its own: control
 * characters become blanks.
 */
#ifndef DETAINERD_MIME_H
#define DETAINERD_MIME_H

#include <stddef.h>

#include "core/text.h"

/* mime_header(out, name, value): Append a header; blanks become places to fold, other letters than ASCII encoded words. */
void mime_header(struct text *out, const char *name, const char *value);

/* A body in quoted-printable, written piece by piece. */
struct mime_quoted {
	struct text *out; /* borrowed */
	size_t column;
	char blank; /* held back until it is known not to end its line; 0: none is */
};

/* mime_quoted_begin(body, out), mime_quoted_add(body, more), mime_quoted_end(body): \n in ${more} ends a line. */
void mime_quoted_begin(struct mime_quoted *body, struct text *out);
void mime_quoted_add(struct mime_quoted *body, const char *more);
void mime_quoted_end(struct mime_quoted *body);

#endif
