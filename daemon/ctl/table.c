/* SPDX-License-Identifier: MIT */
/*
 * table.c: rows for people, and the one file that knows libsmartcols. Called by every sub-command that shows rows; asks no
 * database.
 *
 * Known weakness: a row is held three times in memory while it is shown (libpq, libsmartcols or jansson, stdio).
 */
#include "ctl/table.h"

#include <errno.h>
#include <libsmartcols.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/text.h"
#include "ctl/buffer.h"

enum {
	FIELD_TITLE = 40, /* width of a field's title */
	WORDS_WIDTH = 64  /* of a line of words on a terminal */
};

static const char cry_colour[] = "\033[1;31m"; /* bold, red */

/* ---- for people ---- */

static bool
is_shown(const struct table_column *column, const struct options *options)
{
	return column->title != NULL && !(column->kind == TABLE_UTC && options->utc);
}

/* https://no-color.org: set and not empty means none. */
static bool
wants_colour(void)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && (no_color == NULL || *no_color == '\0') && term != NULL &&
	       strcmp(term, "dumb") != 0;
}

/* "OVERDUE 2 h": its first word is in capitals. */
static bool
cries(const char *text)
{
	return strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") >= 2;
}

static void
add_columns(
    struct libscols_table *table, const struct table_column *columns, const struct options *options)
{
	for (; columns->name != NULL; columns++) {
		if (!is_shown(columns, options))
			continue;
		struct libscols_column *column = scols_table_new_column(table, columns->title, 0,
		    columns->kind == TABLE_NUMBER  ? SCOLS_FL_RIGHT
		    : columns->kind == TABLE_WORDS ? SCOLS_FL_WRAP
						   : 0);
		if (columns->kind == TABLE_WORDS && column != NULL) {
			scols_column_set_safechars(column, "\n");
			scols_column_set_wrapfunc(
			    column, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL);
		}
	}
}

const char *
table_cell(const struct table_column *column, const PGresult *result, int row, int index)
{
	if (PQgetisnull(result, row, index))
		return "-";
	const char *value = PQgetvalue(result, row, index);
	if (column->kind == TABLE_BOOL)
		return *value == 't' ? "yes" : "no";
	return value;
}

/* Breaks a line between words, so that a terminal need not break it within one. Elsewhere a row is a line. */
static void
break_lines(char *text)
{
	bool on_terminal = isatty(STDOUT_FILENO);
	char *blank = NULL;
	size_t width = 0;

	for (char *at = text; *at != '\0'; at++) {
		if (*at == '\n')
			*at = ' ';
		if (((unsigned char)*at & 0xc0) != 0x80)
			width++;
		if (*at == ' ')
			blank = at;
		if (on_terminal && width > WORDS_WIDTH && blank != NULL) {
			*blank = '\n';
			width = (size_t)(at - blank);
			blank = NULL;
		}
	}
}

static bool
set_cell(
    struct libscols_line *line, size_t cell, const struct table_column *column, const char *text)
{
	if (column->kind == TABLE_STATE && cries(text))
		scols_cell_set_color(scols_line_get_cell(line, cell), cry_colour);
	char *words = strdup(text);
	if (words == NULL)
		return false;
	text_clean(words);
	if (column->kind == TABLE_WORDS)
		break_lines(words);
	return scols_line_refer_data(line, cell, words) == 0;
}

static bool
add_row(struct libscols_table *table, const struct table_column *columns, const PGresult *result,
    int row, const struct options *options)
{
	struct libscols_line *line = scols_table_new_line(table, NULL);
	size_t cell = 0;

	if (line == NULL)
		return false;
	for (int i = 0; columns[i].name != NULL; i++)
		if (is_shown(&columns[i], options) &&
		    !set_cell(line, cell++, &columns[i], table_cell(&columns[i], result, row, i)))
			return false;
	return true;
}

enum say_status
table_print_rows(const struct table_column *columns, const PGresult *result, int first, int end,
    const struct options *options)
{
	struct libscols_table *table = scols_new_table();
	bool ok = table != NULL;

	if (ok) {
		scols_table_enable_noheadings(table, options->no_header);
		scols_table_enable_colors(table, wants_colour());
		add_columns(table, columns, options);
	}
	for (int row = first; ok && row < end; row++)
		ok = add_row(table, columns, result, row, options);
	if (ok)
		scols_print_table(table);
	scols_unref_table(table);
	return ok ? table_flush()
		  : say(SAY_TEMPORARY,
			"cannot show the rows: out of memory. Free some and try again.");
}

/* What stands in a database must not drive the reader's terminal, nor turn its writing around. */
static void
put_clean(const char *text)
{
	struct buffer clean = { 0 };

	buffer_add_text(&clean, text);
	if (clean.data != NULL)
		text_clean(clean.data);
	fputs(clean.data != NULL ? clean.data : "", stdout);
	buffer_fini(&clean);
}

void
table_print_fields(
    const struct table_column *columns, const PGresult *result, int row, const char *nothing)
{
	for (int i = 0; columns[i].name != NULL; i++) {
		bool null = PQgetisnull(result, row, i);

		if (columns[i].title == NULL || (null && nothing == NULL))
			continue;
		printf("%-*s", FIELD_TITLE, columns[i].title);
		put_clean(null ? nothing : table_cell(&columns[i], result, row, i));
		putchar('\n');
	}
}

/* ---- both ---- */

enum say_status
table_flush(void)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return SAY_OK;
	return say(SAY_IO, "cannot write to standard output: %s. Only the answer is lost.",
	    strerror(errno));
}

enum say_status
table_print(
    const struct table_column *columns, const PGresult *result, const struct options *options)
{
	switch (options->form) {
	case OPTIONS_JSON: return table_write_json(table_json(columns, result), options);
	case OPTIONS_CSV: return table_write_csv(columns, result, options);
	case OPTIONS_TABLE: break;
	}
	return table_print_rows(columns, result, 0, PQntuples(result), options);
}
