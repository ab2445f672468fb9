/* SPDX-License-Identifier: MIT */
/*
 * csv.c: RFC 4180, strictly. Called by import (header, stream, reject); knows nothing of what the fields mean.
 *
 * Known weakness: where a quote never closes, up to CSV_MAX_RECORD_BYTES are looked at for each such line.
 */
#include "ctl/csv.h"

#include <errno.h>
#include <string.h>

#include "ctl/utf8.h"

enum {
	CHUNK_BYTES = 64 * 1024
};

/* Where the walk through one record stands. */
enum place {
	FIELD_START,
	IN_PLAIN,
	IN_QUOTES,
	AFTER_QUOTE
};

/* One walk through bytes that may hold a whole record. */
struct walk {
	const char *data;
	size_t bytes;
	size_t at;
	enum place place;
	bool whole; /* no byte follows: the file ends here, or the limit is met */
	bool done;  /* the record's end was met; ${at} is behind its line end */
};

void
csv_init(struct csv *csv, FILE *file)
{
	*csv = (struct csv){ .file = file, .line = 1 };
}

void
csv_fini(struct csv *csv)
{
	buffer_fini(&csv->window);
}

void
csv_record_fini(struct csv_record *record)
{
	buffer_fini(&record->values);
}

const char *
csv_value(const struct csv_record *record, int index)
{
	return record->values.data + record->fields[index].start;
}

static void
fault(struct csv_record *record, enum csv_fault what, size_t offset)
{
	if (record->fault != CSV_FINE)
		return;
	record->fault = what;
	record->fault_offset = offset;
}

/* ---- one record ---- */

static void
field_open(struct csv_record *record, size_t offset)
{
	if (record->count == CSV_MAX_FIELDS) {
		fault(record, CSV_TOO_MANY_FIELDS, offset);
		return;
	}
	record->fields[record->count++] =
	    (struct csv_field){ .offset = offset, .start = record->values.bytes };
}

static void
field_close(struct csv_record *record)
{
	struct csv_field *field = &record->fields[record->count - 1];

	field->bytes = record->values.bytes - field->start;
}

static void
record_end(struct walk *walk, struct csv_record *record, size_t raw_bytes, size_t next)
{
	field_close(record);
	record->raw_bytes = raw_bytes;
	walk->at = next;
	walk->done = true;
}

/* A comma or a line end outside quotes. True if ${c} was one. */
static bool
step_separator(struct walk *walk, struct csv_record *record, char c)
{
	size_t at = walk->at;

	if (c == ',') {
		field_close(record);
		field_open(record, at + 1);
		walk->place = FIELD_START;
		walk->at++;
	} else if (c == '\n') {
		record_end(walk, record, at, at + 1);
	} else if (c == '\r' && at + 1 < walk->bytes && walk->data[at + 1] == '\n') {
		record_end(walk, record, at, at + 2);
	} else {
		return false;
	}
	return true;
}

static void
step_plain(struct walk *walk, struct csv_record *record, char c)
{
	if (c == '"' && walk->place == FIELD_START) {
		walk->place = IN_QUOTES;
		walk->at++;
		return;
	}
	if (c == '"')
		fault(record, CSV_STRAY_QUOTE, walk->at);
	if (c == '\r')
		fault(record, CSV_STRAY_RETURN, walk->at);
	buffer_add_char(&record->values, c);
	walk->place = IN_PLAIN;
	walk->at++;
}

/* Takes what stands before the next quote at one go. */
static void
step_quoted(struct walk *walk, struct csv_record *record)
{
	const char *from = walk->data + walk->at;
	const char *quote = memchr(from, '"', walk->bytes - walk->at);
	size_t plain = quote == NULL ? walk->bytes - walk->at : (size_t)(quote - from);

	buffer_add(&record->values, from, plain);
	walk->at += plain;
	if (quote == NULL)
		return;
	walk->place = AFTER_QUOTE;
	walk->at++;
}

static void
step_after_quote(struct walk *walk, struct csv_record *record, char c)
{
	if (c == '"') {
		buffer_add_char(&record->values, '"');
		walk->place = IN_QUOTES;
		walk->at++;
	} else if (!step_separator(walk, record, c)) {
		fault(record, CSV_AFTER_QUOTE, walk->at);
	}
}

static void
step(struct walk *walk, struct csv_record *record)
{
	char c = walk->data[walk->at];

	switch (walk->place) {
	case FIELD_START:
	case IN_PLAIN:
		if (!step_separator(walk, record, c))
			step_plain(walk, record, c);
		break;
	case IN_QUOTES: step_quoted(walk, record); break;
	case AFTER_QUOTE: step_after_quote(walk, record, c); break;
	}
}

static void
record_reset(struct csv_record *record, const char *raw)
{
	buffer_clear(&record->values);
	buffer_reserve(&record->values, 0);
	record->raw = raw;
	record->raw_bytes = 0;
	record->count = 0;
	record->fault = CSV_FINE;
	field_open(record, 0);
}

/* A carriage return that ends the bytes at hand: only the next byte tells what it is. */
static bool
must_see_more(const struct walk *walk)
{
	return !walk->whole && walk->at + 1 == walk->bytes && walk->data[walk->at] == '\r';
}

/* Walks until the record ends, is at fault, or the bytes are used up. */
static void
walk_record(struct walk *walk, struct csv_record *record)
{
	record_reset(record, walk->data);
	while (!walk->done && record->fault == CSV_FINE && walk->at < walk->bytes &&
	       !must_see_more(walk))
		step(walk, record);
}

/* ---- text ---- */

static void
check_text(struct csv_record *record)
{
	const unsigned char *raw = (const unsigned char *)record->raw;

	for (size_t at = 0; at < record->raw_bytes;) {
		size_t length = utf8_next(raw + at, record->raw_bytes - at);

		if (raw[at] == '\0')
			fault(record, CSV_NUL, at);
		if (length == 0)
			fault(record, CSV_NOT_UTF8, at);
		if (record->fault != CSV_FINE)
			return;
		at += length;
	}
}

void
csv_locate(const struct csv_record *record, size_t offset, int *ret_line, int *ret_column)
{
	int line = record->line, column = 1;

	for (size_t at = 0; at < offset; at++) {
		if (record->raw[at] == '\n') {
			line++;
			column = 1;
		} else if ((record->raw[at] & 0xc0) != 0x80) {
			column++;
		}
	}
	*ret_line = line;
	*ret_column = column;
}

const char *
csv_fault_text(enum csv_fault what)
{
	static const char *const texts[] = {
		[CSV_FINE] = "nothing is wrong",
		[CSV_NOT_UTF8] = "not UTF-8: save the file as UTF-8",
		[CSV_NUL] = "a NUL byte: the file is not text",
		[CSV_STRAY_QUOTE] =
		    "a quote inside a field that has none around it: write the field in quotes and double it",
		[CSV_AFTER_QUOTE] =
		    "text after a closing quote: double a quote that belongs to the text",
		[CSV_OPEN_QUOTE] = "a quote is opened and never closed",
		[CSV_STRAY_RETURN] = "a carriage return without a line feed",
		[CSV_TOO_LONG] = "the record is longer than 256 KiB",
		[CSV_TOO_MANY_FIELDS] = "more than 256 fields",
	};

	return texts[what];
}

/* ---- the file ---- */

/* Reads one more chunk behind what is held, after moving that to the front. False if reading failed. */
static bool
fill(struct csv *csv)
{
	struct buffer *window = &csv->window;

	if (csv->at > 0) {
		memmove(window->data, window->data + csv->at, window->bytes - csv->at);
		window->bytes -= csv->at;
		csv->at = 0;
	}
	buffer_reserve(window, CHUNK_BYTES);
	size_t bytes = fread(window->data + window->bytes, 1, CHUNK_BYTES, csv->file);
	window->bytes += bytes;
	csv->bytes_read += (long long)bytes;
	csv->ended = bytes < CHUNK_BYTES;
	return !ferror(csv->file);
}

/* A broken record is its first line: what follows is read afresh. */
static void
cut_to_first_line(struct walk *walk, struct csv_record *record)
{
	const char *end = memchr(walk->data, '\n', walk->bytes);
	size_t bytes = end == NULL ? walk->bytes : (size_t)(end - walk->data);

	walk->at = end == NULL ? walk->bytes : bytes + 1;
	record->raw_bytes = bytes > 0 && walk->data[bytes - 1] == '\r' ? bytes - 1 : bytes;
	if (record->fault_offset <= record->raw_bytes)
		return;
	/* the quote that went wrong was opened on a line before */
	record->fault = CSV_OPEN_QUOTE;
	record->fault_offset = record->fields[record->count - 1].offset < record->raw_bytes
				   ? record->fields[record->count - 1].offset
				   : 0;
}

/* The file ends, or the limit is met, inside a record. */
static void
walk_ended(struct walk *walk, struct csv_record *record, bool file_ended)
{
	if (walk->done || record->fault != CSV_FINE)
		return;
	if (walk->place == IN_QUOTES)
		fault(record, CSV_OPEN_QUOTE, record->fields[record->count - 1].offset);
	else if (!file_ended)
		fault(record, CSV_TOO_LONG, 0);
	else
		record_end(walk, record, walk->bytes, walk->bytes);
}

static int
count_lines(const char *data, size_t bytes)
{
	int lines = 0;

	for (const char *at = data; (at = memchr(at, '\n', bytes - (size_t)(at - data))) != NULL;
	     at++)
		lines++;
	return lines;
}

/* Hands out the record that starts at the window's front. False if more bytes are needed to see its end. */
static bool
take(struct csv *csv, struct csv_record *record)
{
	struct walk walk = { .data = csv->window.data + csv->at,
		.bytes = csv->window.bytes - csv->at };

	walk.whole = csv->ended || walk.bytes >= CSV_MAX_RECORD_BYTES;
	walk_record(&walk, record);
	if (!walk.done && !walk.whole &&
	    (record->fault == CSV_FINE || memchr(walk.data, '\n', walk.bytes) == NULL))
		return false;
	if (walk.whole)
		walk_ended(&walk, record, csv->ended);
	if (record->fault != CSV_FINE)
		cut_to_first_line(&walk, record);
	check_text(record);
	record->line = csv->line;
	csv->line += count_lines(walk.data, walk.at);
	csv->at += walk.at;
	return true;
}

static void
skip_mark(struct csv *csv)
{
	if (csv->window.bytes - csv->at >= 3 &&
	    memcmp(csv->window.data + csv->at, "\xef\xbb\xbf", 3) == 0)
		csv->at += 3;
}

enum csv_answer
csv_next(struct csv *csv, struct csv_record *record)
{
	for (;;) {
		bool held = csv->at < csv->window.bytes;

		if (!held && csv->ended)
			return CSV_END;
		if (!held || !take(csv, record)) {
			bool first = csv->bytes_read == 0;

			errno = 0;
			if (!fill(csv))
				return CSV_FAILED;
			if (first)
				skip_mark(csv);
			continue;
		}
		if (record->raw_bytes == 0)
			continue; /* a blank line */
		record->number = csv->records++;
		return CSV_RECORD;
	}
}

void
csv_again(struct csv_record *record, const char *raw, int line)
{
	struct walk walk = { .data = raw, .bytes = strlen(raw), .whole = true };

	walk_record(&walk, record);
	walk_ended(&walk, record, true);
	record->raw_bytes = walk.bytes;
	record->line = line;
}
