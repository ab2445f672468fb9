/* SPDX-License-Identifier: MIT */
/*
 * stream.c: CSV in, COPY out. Called by import. Memory does not grow with the file; what values mean, SQL judges.
 */
#include "ctl/stream.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

enum {
	SEND_BYTES = 64 * 1024
};

static const char doing[] = "copy the records";

void
stream_fini(struct stream *stream)
{
	buffer_fini(&stream->rows);
	buffer_fini(&stream->json);
}

static void
reject_at(struct stream *stream, const struct csv_record *record, size_t offset, const char *reason)
{
	char message[512];
	int line, column;

	csv_locate(record, offset, &line, &column);
	snprintf(message, sizeof message, "%s:%d:%d: %s", stream->path, line, column, reason);
	progress_wipe(&stream->progress);
	say_plain("%s", message);
	reject_add(stream->reject, record, message);
}

/* The value without blanks around it. */
static const char *
trimmed(const struct csv_record *record, int index, size_t *ret_bytes)
{
	const char *value = csv_value(record, index);
	size_t bytes = record->fields[index].bytes;

	for (; bytes > 0 && isspace((unsigned char)*value); bytes--)
		value++;
	while (bytes > 0 && isspace((unsigned char)value[bytes - 1]))
		bytes--;
	*ret_bytes = bytes;
	return value;
}

/* What is not blank, as a JSON object: a blank is no value. */
static void
make_json(struct stream *stream, const struct csv_record *record)
{
	struct buffer *json = &stream->json;

	buffer_clear(json);
	buffer_add_char(json, '{');
	for (int i = 0; i < record->count; i++) {
		size_t bytes;
		const char *value = trimmed(record, i, &bytes);

		if (bytes == 0 || stream->header->ignored[i])
			continue;
		if (json->bytes > 1)
			buffer_add_char(json, ',');
		buffer_add_json(
		    json, header_name(stream->header, i), strlen(header_name(stream->header, i)));
		buffer_add_char(json, ':');
		buffer_add_json(json, value, bytes);
	}
	buffer_add_char(json, '}');
}

static void
add_row(struct stream *stream, const struct csv_record *record)
{
	struct buffer *rows = &stream->rows;

	make_json(stream, record);
	buffer_print(rows, "%d\t%d\t", record->number, record->line);
	buffer_add_copy(rows, record->raw, record->raw_bytes);
	buffer_add_char(rows, '\t');
	buffer_add_copy(rows, stream->json.data, stream->json.bytes);
	buffer_add_char(rows, '\n');
}

static enum say_status
send_rows(struct stream *stream)
{
	if (PQputCopyData(stream->db->conn, stream->rows.data, (int)stream->rows.bytes) != 1)
		return db_failed(stream->db, doing, NULL);
	buffer_clear(&stream->rows);
	return SAY_OK;
}

static enum say_status
take(struct stream *stream, const struct csv_record *record)
{
	char reason[128];

	stream->records++;
	if (record->fault != CSV_FINE) {
		reject_at(stream, record, record->fault_offset, csv_fault_text(record->fault));
	} else if (record->count != stream->header->count) {
		snprintf(reason, sizeof reason, "%d fields where the header has %d", record->count,
		    stream->header->count);
		reject_at(stream, record, 0, reason);
	} else {
		add_row(stream, record);
	}
	progress_show(&stream->progress, stream->csv->bytes_read, stream->records);
	return stream->rows.bytes < SEND_BYTES ? SAY_OK : send_rows(stream);
}

static enum say_status
take_all(struct stream *stream)
{
	struct csv_record record = { 0 };
	enum csv_answer answer;
	enum say_status status = SAY_OK;

	while (status == SAY_OK && (answer = csv_next(stream->csv, &record)) != CSV_END) {
		if (answer == CSV_FAILED)
			status = say(SAY_IO, "cannot read '%s': %s. Nothing was imported.",
			    stream->path, strerror(errno));
		else
			status = take(stream, &record);
	}
	csv_record_fini(&record);
	progress_wipe(&stream->progress);
	return status;
}

static enum say_status
end_copy(struct stream *stream)
{
	PGresult *result = NULL;

	if (stream->rows.bytes > 0 && send_rows(stream) != SAY_OK)
		return stream->db->status;
	if (PQputCopyEnd(stream->db->conn, NULL) == 1)
		result = PQgetResult(stream->db->conn);
	enum say_status status = PQresultStatus(result) == PGRES_COMMAND_OK
				     ? SAY_OK
				     : db_failed(stream->db, doing, result);
	PQclear(result);
	while ((result = PQgetResult(stream->db->conn)) != NULL)
		PQclear(result);
	return status;
}

enum say_status
stream_run(struct stream *stream)
{
	enum say_status status = db_do(
	    stream->db, doing, "copy pg_temp.import_record (record, line, raw, fields) from stdin");

	if (status == SAY_OK)
		status = take_all(stream);
	return status == SAY_OK ? end_copy(stream) : status;
}
