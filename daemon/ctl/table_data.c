/* SPDX-License-Identifier: MIT */
/*
 * table_data.c: rows for programs, as JSON (jansson) and as CSV. Called through table.h; asks no database.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/buffer.h"
#include "ctl/table.h"

enum {
	ENVELOPE_VERSION = 1 /* counts up when a program that reads answers would have to change */
};

/* ---- JSON ---- */

static json_t *
cell_json(const struct table_column *column, const PGresult *result, int row, int index)
{
	if (PQgetisnull(result, row, index))
		return json_null();
	const char *value = PQgetvalue(result, row, index);
	switch (column->kind) {
	case TABLE_NUMBER: return json_integer(strtoll(value, NULL, 10));
	case TABLE_BOOL: return json_boolean(*value == 't');
	case TABLE_TREE: return json_loads(value, JSON_DECODE_ANY, NULL);
	case TABLE_TEXT:
	case TABLE_STATE:
	case TABLE_UTC:
	case TABLE_SHOWN:
	case TABLE_WORDS: break;
	}
	return json_string(value);
}

json_t *
table_json_row(const struct table_column *columns, const PGresult *result, int row)
{
	json_t *object = json_object();

	for (int i = 0; columns[i].name != NULL; i++)
		if (columns[i].kind != TABLE_SHOWN)
			json_object_set_new(
			    object, columns[i].name, cell_json(&columns[i], result, row, i));
	return object;
}

json_t *
table_json(const struct table_column *columns, const PGresult *result)
{
	json_t *array = json_array();

	for (int row = 0; row < PQntuples(result); row++)
		json_array_append_new(array, table_json_row(columns, result, row));
	return array;
}

enum say_status
table_write_json(json_t *tree, const struct options *options)
{
	const struct envelope *envelope = options->envelope;
	const char *at = *envelope->generated_at != '\0' ? envelope->generated_at : NULL;
	json_t *answer = json_pack("{s:i, s:s, s:s?, s:o}", "detainerctl", ENVELOPE_VERSION,
	    "command", envelope->command, "generated_at", at, "data", tree);
	bool ok = answer != NULL && json_dumpf(answer, stdout, JSON_INDENT(2)) == 0 &&
		  putchar('\n') != EOF;

	json_decref(answer);
	return ok ? table_flush()
		  : say(SAY_IO, "cannot write to standard output: %s. Only the answer is lost.",
			strerror(errno));
}

enum say_status
table_write_row(
    const struct table_column *columns, const PGresult *result, const struct options *options)
{
	return table_write_json(table_json_row(columns, result, 0), options);
}

/* ---- CSV ---- */

/* Would a spreadsheet compute it? A plain number, such as -12.5, it may. */
static bool
is_formula(const char *text)
{
	char *end;

	if (*text == '\0' || strchr("=+-@\t\r\n", *text) == NULL)
		return false;
	if (text[0] != '-' || strspn(text + 1, "0123456789.") != strlen(text + 1))
		return true;
	strtod(text, &end);
	return end == text || *end != '\0';
}

static void
add_text(struct buffer *line, const char *text)
{
	const char *guard = is_formula(text) ? "'" : "";

	if (strpbrk(text, ",\"\r\n") == NULL) {
		buffer_add_text(line, guard);
		buffer_add_text(line, text);
		return;
	}
	struct buffer guarded = { 0 };
	buffer_print(&guarded, "%s%s", guard, text);
	buffer_add_csv(line, guarded.data);
	buffer_fini(&guarded);
}

static void
add_cell(struct buffer *line, const struct table_column *column, const PGresult *result, int row,
    int index)
{
	if (PQgetisnull(result, row, index))
		return;
	const char *value = PQgetvalue(result, row, index);
	if (column->kind == TABLE_BOOL)
		value = *value == 't' ? "true" : "false";
	add_text(line, value);
}

/* Row ${row}, or where that is negative the header. */
static void
add_line(struct buffer *line, const struct table_column *columns, const PGresult *result, int row)
{
	int written = 0;

	buffer_clear(line);
	for (int i = 0; columns[i].name != NULL; i++) {
		if (columns[i].kind == TABLE_SHOWN)
			continue;
		if (written++ > 0)
			buffer_add_char(line, ',');
		if (row < 0)
			add_text(line, columns[i].name);
		else
			add_cell(line, &columns[i], result, row, i);
	}
	buffer_add_text(line, "\r\n");
}

enum say_status
table_write_csv(
    const struct table_column *columns, const PGresult *result, const struct options *options)
{
	struct buffer line = { 0 };

	for (int row = options->no_header ? 0 : -1; row < PQntuples(result); row++) {
		add_line(&line, columns, result, row);
		fwrite(line.data, 1, line.bytes, stdout);
	}
	buffer_fini(&line);
	return table_flush();
}
