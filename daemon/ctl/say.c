/* SPDX-License-Identifier: MIT */
/*
 * say.c: one line on stderr. Called by every file of detainerctl; never writes to stdout.
 */
#include "ctl/say.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/text.h"

static char last[4096];

/* Where words go instead; NULL: to stderr. */
static char *kept;
static size_t kept_bytes;

void
say_into(char *to, size_t bytes)
{
	kept = to;
	kept_bytes = bytes;
	if (to != NULL)
		to[0] = '\0';
}

static void put_line(const char *prefix, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

static void
put_line(const char *prefix, const char *format, va_list args)
{
	vsnprintf(last, sizeof last, format, args);
	if (kept != NULL) {
		if (kept[0] == '\0')
			snprintf(kept, kept_bytes, "%s", last);
		return;
	}
	/* Control characters in a name or a server's words must not drive the reader's terminal. */
	text_clean(last);
	fprintf(stderr, "%s%s\n", prefix, last);
}

const char *
say_last(void)
{
	return last;
}

enum say_status
say(enum say_status status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put_line("detainerctl: ", format, args);
	va_end(args);
	return status;
}

void
say_plain(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put_line("", format, args);
	va_end(args);
}
