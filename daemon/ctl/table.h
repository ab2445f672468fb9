/* SPDX-License-Identifier: MIT */
/*
 * table.h: what a query answered, as a table for people (table.c) or as JSON and CSV for programs (table_data.c).
 *
 * One description of the columns makes all three. Their names in JSON and CSV are a promise, and what they mean; the
 * text for people is none. Every JSON answer is one object, in an envelope of one kind, made by table_write_json alone.
 */
#ifndef CTL_TABLE_H
#define CTL_TABLE_H

#include <jansson.h>
#include <libpq-fe.h>

#include "ctl/options.h"

enum table_kind {
	TABLE_TEXT,
	TABLE_STATE, /* text that cries in capitals where something is wrong; a terminal shows that in colour too */
	TABLE_UTC, /* text: an instant in UTC beside the same in another zone; not shown under --utc */
	TABLE_WORDS,  /* text that may be broken into lines on a terminal */
	TABLE_NUMBER, /* a whole number: right-aligned, a JSON integer */
	TABLE_BOOL,   /* yes or no; true or false */
	TABLE_TREE,   /* JSON text: shown as it stands, embedded in JSON output */
	TABLE_SHOWN   /* text for people alone: what programs read stands in other columns */
};

struct table_column {
	const char *name;  /* in JSON */
	const char *title; /* in the header; NULL: in JSON only */
	enum table_kind kind;
};

/* What every list of alerts begins with. */
#define TABLE_ALERT \
	{ "alert_id", "ALERT", TABLE_TEXT }, { "facility", "FACILITY", TABLE_TEXT }, \
	    { "booking_number", "BOOKING", TABLE_TEXT }, { "kind", "KIND", TABLE_TEXT }, \
	    { "severity", NULL, TABLE_TEXT }, \
	{ \
		"reason", "REASON", TABLE_TEXT \
	}

/* Prints the rows of ${result}, whose columns are ${columns} in order up to one with a NULL name. An empty result
   prints nothing but, unless switched off, the header; in JSON, an empty array. SAY_IO if stdout fails. */
enum say_status table_print(
    const struct table_column *columns, const PGresult *result, const struct options *options);

/* table_print of the rows from ${first} up to and without ${end}, as text whatever the options say. */
enum say_status table_print_rows(const struct table_column *columns, const PGresult *result,
    int first, int end, const struct options *options);

/* A cell for people; a null is "-". Borrowed from ${result}. */
const char *
table_cell(const struct table_column *column, const PGresult *result, int row, int index);

/* Row ${row} for people: a line a column, "title   value". A null is shown as ${nothing}, or where that is NULL not
   at all. Flushes nothing. */
void table_print_fields(
    const struct table_column *columns, const PGresult *result, int row, const char *nothing);

/* The rows as an array of objects. The caller owns it. */
json_t *table_json(const struct table_column *columns, const PGresult *result);

/* Row ${row} as one object. The caller owns it. */
json_t *table_json_row(const struct table_column *columns, const PGresult *result, int row);

/* Writes ${tree} to stdout as the data of the envelope, and lets go of it. SAY_IO if stdout fails. */
enum say_status table_write_json(json_t *tree, const struct options *options);

/* The same of the first row, as one object. */
enum say_status table_write_row(
    const struct table_column *columns, const PGresult *result, const struct options *options);

/* Writes the rows as CSV (RFC 4180): the columns of JSON, instants as RFC 3339, a null as nothing. Text that a
   spreadsheet would take for a formula gets an apostrophe before it. SAY_IO if stdout fails. */
enum say_status table_write_csv(
    const struct table_column *columns, const PGresult *result, const struct options *options);

/* Flushes stdout: SAY_OK, or SAY_IO after saying why. */
enum say_status table_flush(void);

#endif
