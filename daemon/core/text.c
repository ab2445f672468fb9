/* SPDX-License-Identifier: MIT */
/*
 * text.c: bounded texts. Never allocates; a text that does not fit is cut and
 * says so.
 */
#include "core/text.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/banned.h"

#define LONGEST_SPAN_MS (INT64_C(366) * 86400 * 1000)

void
text_init(struct text *text, char *at, size_t capacity)
{
	assert(at != NULL);
	assert(capacity > 0);
	*text = (struct text){ .at = at, .capacity = capacity };
	at[0] = '\0';
}

/* The largest cut <= bytes that does not split a UTF-8 character. */
static size_t
cut_before(const char *at, size_t bytes)
{
	while (bytes > 0 && ((unsigned char)at[bytes] & 0xc0) == 0x80)
		bytes--;
	return bytes;
}

void
text_add_bytes(struct text *text, const char *more, size_t bytes)
{
	size_t room = text->capacity - text->length - 1;

	assert(text->length < text->capacity);
	if (text->truncated)
		return;
	if (bytes > room) {
		bytes = cut_before(more, room);
		text->truncated = true;
	}
	memcpy(text->at + text->length, more, bytes);
	text->length += bytes;
	text->at[text->length] = '\0';
}

void
text_add(struct text *text, const char *more)
{
	if (more != NULL)
		text_add_bytes(text, more, strlen(more));
}

void
text_addv(struct text *text, const char *format, va_list arguments)
{
	char *end = text->at + text->length;
	size_t room = text->capacity - text->length;
	int wanted;

	assert(text->length < text->capacity);
	if (text->truncated)
		return;
	wanted = vsnprintf(end, room, format, arguments);
	assert(wanted >= 0);
	if ((size_t)wanted < room) {
		text->length += (size_t)wanted;
		return;
	}
	text->truncated = true;
	text->length += strlen(end);
	while (text->length > 0 && (text->at[text->length - 1] & 0x80) != 0)
		text->length--;
	text->at[text->length] = '\0';
}

void
text_addf(struct text *text, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	text_addv(text, format, arguments);
	va_end(arguments);
}

void
text_add_span(struct text *text, struct span length)
{
	int64_t ms = span_ms(length);
	int64_t minutes = ms / 60000;

	if (ms < 1000)
		text_addf(text, "0.%" PRId64 " s", ms / 100);
	else if (minutes == 0)
		text_addf(text, "%" PRId64 " s", ms / 1000);
	else if (minutes < 60)
		text_addf(text, "%" PRId64 " min", minutes);
	else
		text_addf(text, "%" PRId64 " h", minutes / 60);
	if (minutes > 60 && minutes % 60 != 0)
		text_addf(text, " %" PRId64 " min", minutes % 60);
}

const char *
text_or_else(const char *value, const char *otherwise)
{
	return value[0] != '\0' ? value : otherwise;
}

bool
text_copy(char *to, size_t bytes, const char *from)
{
	struct text text;

	text_init(&text, to, bytes);
	text_add(&text, from);
	return !text.truncated;
}

bool
text_is_word(const char *at)
{
	if (*at == '\0')
		return false;
	for (; *at != '\0'; at++) {
		if ((unsigned char)*at <= ' ' || (unsigned char)*at >= 0x7f)
			return false;
	}
	return true;
}

/* How long the UTF-8 character at ${at} is; 0 if it is none (RFC 3629: no surrogate, none written longer than it need be). */
static size_t
character_bytes(const unsigned char *at)
{
	size_t bytes = at[0] < 0x80   ? 1
		       : at[0] < 0xc2 ? 0
		       : at[0] < 0xe0 ? 2
		       : at[0] < 0xf0 ? 3
		       : at[0] < 0xf5 ? 4
				      : 0;

	for (size_t i = 1; i < bytes; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	}
	if ((at[0] == 0xe0 && at[1] < 0xa0) || (at[0] == 0xed && at[1] > 0x9f) ||
	    (at[0] == 0xf0 && at[1] < 0x90) || (at[0] == 0xf4 && at[1] > 0x8f))
		return 0;
	return bytes;
}

/* Characters that end lines, turn around what follows them, or are there and not seen; U+200C and U+200D join letters. */
static bool
is_unseen(unsigned point)
{
	return point == 0x061c || point == 0x200b || point == 0x200e || point == 0x200f ||
	       (point >= 0x2028 && point <= 0x202e) || (point >= 0x2060 && point <= 0x2069) ||
	       point == 0xfeff;
}

/* U+0080 to U+009F, written as two bytes, are control characters too. */
static bool
is_control(const unsigned char *at, size_t bytes)
{
	if (bytes == 2)
		return (at[0] == 0xc2 && at[1] < 0xa0) ||
		       is_unseen((at[0] & 0x1fU) << 6 | (at[1] & 0x3fU));
	if (bytes == 3)
		return is_unseen((at[0] & 0x0fU) << 12 | (at[1] & 0x3fU) << 6 | (at[2] & 0x3fU));
	return at[0] < ' ' || at[0] == 0x7f;
}

void
text_clean(char *at)
{
	while (*at != '\0') {
		size_t bytes = character_bytes((unsigned char *)at);

		if (bytes == 0)
			*at++ = '?';
		else if (is_control((unsigned char *)at, bytes))
			memset(at, ' ', bytes);
		at += bytes;
	}
}

/* Read digits at *at and step over them; false if there are none or too many. */
static bool
take_digits(const char **at, int64_t *ret_value)
{
	const char *start = *at;
	int64_t value = 0;

	for (; **at >= '0' && **at <= '9'; (*at)++) {
		if (__builtin_mul_overflow(value, INT64_C(10), &value) ||
		    __builtin_add_overflow(value, **at - '0', &value))
			return false;
	}
	if (*at == start)
		return false;
	*ret_value = value;
	return true;
}

bool
text_to_int64(const char *from, int64_t *ret_value)
{
	bool negative;
	int64_t value;

	if (from == NULL)
		return false;
	negative = *from == '-';
	from += negative;
	if (!take_digits(&from, &value) || *from != '\0')
		return false;
	*ret_value = negative ? -value : value;
	return true;
}

bool
text_to_span(const char *from, struct span *ret_length)
{
	static const struct {
		const char *name;
		int64_t ms;
	} units[] = { { "ms", 1 }, { "s", 1000 }, { "min", 60000 }, { "h", 3600000 },
		{ "d", 86400000 } };
	int64_t value;

	if (from == NULL || !take_digits(&from, &value))
		return false;
	while (*from == ' ')
		from++;
	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
		if (strcmp(from, units[i].name) != 0)
			continue;
		if (value > LONGEST_SPAN_MS / units[i].ms)
			return false;
		*ret_length = span_of_ms(value * units[i].ms);
		return true;
	}
	return false;
}
