/* SPDX-License-Identifier: MIT */
/*
 * csv.h: a strict reader of RFC 4180, a record at a time, in bounded memory.
 *
 * Quotes, doubled quotes, line ends inside quotes, LF or CRLF, a UTF-8 byte order mark. Anything else that RFC 4180
 * does not allow is a fault of that record, told with its place, and never stops the records after it: a record with
 * a broken quote ends at the end of its first line, and reading goes on with the next line, so that one stray quote
 * costs one line. Blank lines are skipped.
 */
#ifndef CTL_CSV_H
#define CTL_CSV_H

#include <stdbool.h>
#include <stdio.h>

#include "ctl/buffer.h"

enum {
	CSV_MAX_FIELDS = 256,
	CSV_MAX_RECORD_BYTES = 256 * 1024
};

enum csv_fault {
	CSV_FINE,
	CSV_NOT_UTF8,    /* a byte sequence that is no UTF-8 */
	CSV_NUL,         /* a NUL byte */
	CSV_STRAY_QUOTE, /* a quote inside a field that does not start with one */
	CSV_AFTER_QUOTE, /* something other than a comma or a line end after a closing quote */
	CSV_OPEN_QUOTE, /* no closing quote before the end of the file or of CSV_MAX_RECORD_BYTES */
	CSV_STRAY_RETURN,   /* a carriage return without a line feed, outside quotes */
	CSV_TOO_LONG,       /* the record does not end within CSV_MAX_RECORD_BYTES */
	CSV_TOO_MANY_FIELDS /* more than CSV_MAX_FIELDS */
};

struct csv_field {
	size_t offset; /* of its first byte in the record's raw text */
	size_t start;  /* of its value in the record's values */
	size_t bytes;  /* of its value, quotes resolved */
};

struct csv_record {
	int number; /* 1 is the first record after the header; the header is 0 */
	int line;   /* of its first byte; 1 is the first */
	const char
	    *raw; /* borrowed from the reader until the next csv_next; without its line end */
	size_t raw_bytes;
	struct buffer values;
	struct csv_field fields[CSV_MAX_FIELDS];
	int count;
	enum csv_fault fault;
	size_t fault_offset; /* in raw; meaningful where there is a fault */
};

enum csv_answer {
	CSV_RECORD, /* ${record} was filled; look at its fault */
	CSV_END,    /* nothing is left */
	CSV_FAILED  /* the file could not be read; errno says why */
};

struct csv {
	FILE *file;           /* borrowed */
	struct buffer window; /* bytes read and not yet handed out start at ${at} */
	size_t at;
	int line;    /* of the byte at ${at} */
	int records; /* handed out so far, the header included */
	long long bytes_read;
	bool ended; /* the file has no more bytes */
};

/* Starts reading ${file}, which the caller keeps open and closes. */
void csv_init(struct csv *csv, FILE *file);
void csv_fini(struct csv *csv);

/* Reads the next record. ${record} starts as {0}, may be used again, and is freed by csv_record_fini. */
enum csv_answer
csv_next(struct csv *csv, struct csv_record *record) __attribute__((warn_unused_result));

/* Takes the one record that stands in ${raw} apart again: to find the place of a field. Borrows ${raw}. */
void csv_again(struct csv_record *record, const char *raw, int line);

void csv_record_fini(struct csv_record *record);

/* The value of field ${index}, not NUL-terminated: use fields[index].bytes. */
const char *csv_value(const struct csv_record *record, int index);

/* Where the byte at ${offset} of the record's raw text stands: line of the file, and column in characters from 1. */
void csv_locate(const struct csv_record *record, size_t offset, int *ret_line, int *ret_column);

/* A fault in words, for a message. */
const char *csv_fault_text(enum csv_fault fault);

#endif
