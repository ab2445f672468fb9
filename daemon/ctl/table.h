/* SPDX-License-Identifier: MIT */
/*
 * table.h: what a query answered, as a table for people (libsmartcols) or as JSON for programs (jansson).
 *
 * One description of the columns makes both. JSON names and meanings are a promise; the text is not.
 */
#ifndef CTL_TABLE_H
#define CTL_TABLE_H

#include <jansson.h>
#include <libpq-fe.h>

#include "ctl/options.h"

enum table_kind {
	TABLE_TEXT,
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

/* Prints the rows of ${result}, whose columns are ${columns} in order up to one with a NULL name. An empty result
   prints nothing but, unless switched off, the header. SAY_IO if stdout fails. */
enum say_status table_print(
    const struct table_column *columns, const PGresult *result, const struct options *options);

/* table_print of the rows from ${first} up to and without ${end}, as text whatever the options say. */
enum say_status table_print_rows(const struct table_column *columns, const PGresult *result,
    int first, int end, const struct options *options);

/* Row ${row} for people: a line a column, "title   value". A null is shown as ${nothing}, or where that is NULL not
   at all. Flushes nothing. */
void table_print_fields(
    const struct table_column *columns, const PGresult *result, int row, const char *nothing);

/* The rows as an array of objects. The caller owns it. */
json_t *table_json(const struct table_column *columns, const PGresult *result);

/* Row ${row} as one object. The caller owns it. */
json_t *table_json_row(const struct table_column *columns, const PGresult *result, int row);

/* Writes ${tree} to stdout and a line end, and lets go of it. SAY_IO if stdout fails. */
enum say_status table_write_json(json_t *tree);

/* Flushes stdout: SAY_OK, or SAY_IO after saying why. */
enum say_status table_flush(void);

#endif
