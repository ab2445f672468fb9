/* SPDX-License-Identifier: MIT */
/*
 * header.c: reads and checks the header. Called by import. Which columns there are, only the database knows.
 */
#include "ctl/header.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "ctl/reject.h"

const char *
header_name(const struct header *header, int index)
{
	return header->names.data + header->at[index];
}

int
header_find(const struct header *header, const char *name)
{
	for (int i = 0; i < header->count; i++)
		if (strcmp(header_name(header, i), name) == 0)
			return i;
	return -1;
}

void
header_fini(struct header *header)
{
	csv_record_fini(&header->record);
	buffer_fini(&header->raw);
	buffer_fini(&header->names);
}

/* Blanks around a name and its case mean nothing. */
static void
take_name(struct header *header, int index)
{
	const char *name = csv_value(&header->record, index);
	size_t bytes = header->record.fields[index].bytes;

	for (; bytes > 0 && isspace((unsigned char)*name); bytes--)
		name++;
	while (bytes > 0 && isspace((unsigned char)name[bytes - 1]))
		bytes--;
	header->at[index] = header->names.bytes;
	for (size_t i = 0; i < bytes; i++)
		buffer_add_char(&header->names, (char)tolower((unsigned char)name[i]));
	buffer_add_char(&header->names, '\0');
}

bool
header_rename(struct header *header, const char *rename)
{
	const char *equals = strchr(rename, '=');

	if (equals == NULL || equals == rename || header->renames_count == HEADER_RENAMES_MAX)
		return false;
	header->renames[header->renames_count++] = rename;
	return true;
}

/* What column ${index} is called instead; NULL: as it stands. */
static const char *
renamed(const struct header *header, int index)
{
	const char *name = header_name(header, index);

	for (int i = 0; i < header->renames_count; i++) {
		size_t bytes = strcspn(header->renames[i], "=");

		if (strlen(name) == bytes && strncasecmp(header->renames[i], name, bytes) == 0)
			return header->renames[i] + bytes + 1;
	}
	return NULL;
}

static void
take_renamed(struct header *header, int index)
{
	const char *name = renamed(header, index);

	if (name == NULL)
		return;
	header->ignored[index] = *name == '\0';
	if (!header->ignored[index]) {
		header->at[index] = header->names.bytes;
		buffer_add(&header->names, name, strlen(name) + 1);
	}
}

static void
take_names(struct header *header)
{
	header->count = header->record.count;
	for (int i = 0; i < header->count; i++)
		take_name(header, i);
	for (int i = 0; i < header->count; i++) {
		header->ignored[i] = strcmp(header_name(header, i), reject_column) == 0;
		take_renamed(header, i);
	}
	/* the reader reuses its memory */
	buffer_add(&header->raw, header->record.raw, header->record.raw_bytes);
	header->record.raw = header->raw.data;
}

static bool
is_utf16(const struct csv_record *record)
{
	return record->raw_bytes >= 2 &&
	       (memcmp(record->raw, "\xff\xfe", 2) == 0 || memcmp(record->raw, "\xfe\xff", 2) == 0);
}

enum say_status
header_read(struct header *header, struct csv *csv, const char *path)
{
	struct csv_record *record = &header->record;
	int line, column;

	switch (csv_next(csv, record)) {
	case CSV_FAILED:
		return say(
		    SAY_IO, "cannot read '%s': %s. Nothing was imported.", path, strerror(errno));
	case CSV_END:
		return say(SAY_BAD_DATA,
		    "cannot import '%s': it is empty. Its first line must name the columns.", path);
	case CSV_RECORD: break;
	}
	if (record->fault != CSV_FINE) {
		csv_locate(record, record->fault_offset, &line, &column);
		return say(SAY_BAD_DATA, "cannot import '%s': %s:%d:%d: %s.", path, path, line,
		    column,
		    is_utf16(record) ? "this is UTF-16: save the file as UTF-8"
				     : csv_fault_text(record->fault));
	}
	take_names(header);
	return SAY_OK;
}

static void
add_element(struct buffer *array, const char *name)
{
	buffer_add_char(array, '"');
	for (; *name != '\0'; name++) {
		if (*name == '"' || *name == '\\')
			buffer_add_char(array, '\\');
		buffer_add_char(array, *name);
	}
	buffer_add_char(array, '"');
}

/* The names as a PostgreSQL array literal, null for a column that is ignored. */
static void
add_array(struct buffer *array, const struct header *header)
{
	buffer_add_char(array, '{');
	for (int i = 0; i < header->count; i++) {
		if (i > 0)
			buffer_add_char(array, ',');
		if (header->ignored[i])
			buffer_add_text(array, "NULL");
		else
			add_element(array, header_name(header, i));
	}
	buffer_add_char(array, '}');
}

/* Says the fault in row ${row} of import_begin()'s answer. */
static void
say_fault(const struct header *header, const char *path, const PGresult *faults, int row)
{
	int place = (int)strtol(PQgetvalue(faults, row, 0), NULL, 10), line, column;

	csv_locate(&header->record, header->record.fields[place - 1].offset, &line, &column);
	say_plain("%s:%d:%d: %s", path, line, column, PQgetvalue(faults, row, 1));
}

enum say_status
header_check(struct header *header, struct db *db, const char *kind, const char *path)
{
	struct buffer array = { 0 };

	add_array(&array, header);
	const char *values[] = { kind, array.data };
	PGresult *faults = db_ask(db, "begin the import",
	    "select place, fault from detainerd.import_begin($1, $2)", 2, values);
	buffer_fini(&array);
	if (faults == NULL)
		return db->status;
	int count = PQntuples(faults);
	for (int row = 0; row < count; row++)
		say_fault(header, path, faults, row);
	PQclear(faults);
	if (count == 0)
		return SAY_OK;
	return say(SAY_BAD_DATA,
	    "cannot import '%s': its header names what a %s does not have, or lacks what it needs. Nothing was "
	    "imported; correct its first line.",
	    path, kind);
}
