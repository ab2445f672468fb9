/* SPDX-License-Identifier: MIT */
/* listing.c: lists at the end of a text. Called by core/compose. */
#include "core/listing.h"

#include <stdbool.h>
#include <string.h>

#include "core/banned.h"

/* Room for "... and N more" and what follows it. */
#define MORE_BYTES 96

size_t
listing_count(const char *at)
{
	size_t count = 0;

	for (; *at != '\0'; at += strcspn(at, "\n"), at += *at == '\n')
		count++;
	return count;
}

/* Where the last field of ${length} bytes begins; two blanks lie between fields. */
static size_t
last_field(const char *at, size_t length)
{
	while (length >= 2 && memcmp(at + length - 2, "  ", 2) != 0)
		length--;
	return length >= 2 ? length : 0;
}

/*
 * Of a listed line "booking NUMBER  FACILITY  KIND  INSTANT  REASON  ID", some
 * of them missing, what may be said to everybody, read from its end: a number
 * may hold anything. Null where that is nothing.
 */
static const char *
least_of(const char *at, size_t length)
{
	size_t id = last_field(at, length), from = id, facility;

	if (from >= 2)
		from = last_field(at, from - 2);
	if (at[from] >= 'a' && at[from] <= 'z' && strncmp(at + from, "booking ", 8) != 0)
		return at + id; /* a reason: the id alone says the kind */
	if (from >= 2 && at[from] >= '0' && at[from] <= '9')
		from = last_field(at, from - 2);
	facility = from >= 2 ? last_field(at, from - 2) : from;
	if (strncmp(at + facility, "booking ", 8) == 0)
		facility = from;
	return strncmp(at + facility, "booking ", 8) == 0 ? NULL : at + facility;
}

static void
add_item(const char *at, size_t length, struct text *out)
{
	size_t start = out->length;

	text_add_bytes(out, at, length);
	text_clean(out->at + start);
	text_add(out, "\n");
}

static bool
has_room(const struct text *out, size_t bytes)
{
	return out->capacity - out->length > bytes + MORE_BYTES;
}

static void
add_more(size_t count, struct text *out)
{
	text_addf(out, "... and %zu more: detainerctl alerts\n", count);
}

void
listing_add(const char *at, enum conf_detail detail, struct text *out)
{
	while (*at != '\0') {
		size_t length = strcspn(at, "\n");
		const char *from = detail == DETAIL_FULL ? at : least_of(at, length);

		if (!has_room(out, length)) {
			add_more(listing_count(at), out);
			return;
		}
		if (from != NULL)
			add_item(from, (size_t)(at + length - from), out);
		at += length + (at[length] == '\n');
	}
}

void
listing_add_closed(const char *at, struct text *out)
{
	struct alert_closed closed;

	while ((at = alert_next_closed(at, &closed)) != NULL) {
		if (!has_room(out, strlen(closed.id))) {
			add_more(listing_count(at) + 1, out);
			return;
		}
		text_addf(out, "%s\n", closed.id);
	}
}
