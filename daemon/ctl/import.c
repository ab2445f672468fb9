/* SPDX-License-Identifier: MIT */
/*
 * import.c: reads a CSV file of facts into the database, in one transaction.
 *
 * The C side knows CSV, places in the file, and the reject file. What the values mean, what is new, and what must
 * wait for its booking is judged in SQL (sql/functions/import_*.sql), set-based, after the records came by COPY.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ctl/command.h"
#include "ctl/stream.h"
#include "ctl/tally.h"

struct import {
	struct options options;
	const char *kind;
	const char *reject_path; /* NULL: beside the file */
	const char *path;
	bool is_full;     /* it holds every booking in custody */
	const char *name; /* of the file, for messages */
	FILE *file;
	struct csv csv;
	struct header header;
	struct db db;
	struct reject reject;
	struct timespec began_at;
	struct tally tally;
};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct import *import = state->input;

	switch (key) {
	case 'k': import->kind = arg; return 0;
	case 'r': import->reject_path = arg; return 0;
	case 'F': import->is_full = true; return 0;
	case 'C':
		if (!header_rename(&import->header, arg))
			options_error(state,
			    "cannot read column '%s': write THEIRS=OURS, or THEIRS= to leave it out, at most %d times.",
			    arg, HEADER_RENAMES_MAX);
		return 0;
	case ARGP_KEY_ARG:
		if (import->path != NULL)
			options_error(state, "cannot import '%s' too: one file at a time.", arg);
		import->path = arg;
		return 0;
	case ARGP_KEY_END:
		if (import->kind == NULL || import->path == NULL)
			options_error(state, "cannot import: --kind and a FILE are needed.");
		if (import->is_full && strcmp(import->kind, "booking") != 0)
			options_error(
			    state, "cannot import in full: that is for --kind booking alone.");
		return 0;
	default: return options_rest(key, arg, state, &import->options);
	}
}

#define KINDS "facility, booking, basis, detainer, finding, interview or duty"

static bool
is_kind(const char *kind)
{
	static const char *const kinds[] = { "facility", "booking", "basis", "detainer", "finding",
		"interview", "duty" };

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (strcmp(kind, kinds[i]) == 0)
			return true;
	return false;
}

static enum say_status
open_file(struct import *import)
{
	bool is_stdin = strcmp(import->path, "-") == 0;

	import->name = is_stdin ? "stdin" : import->path;
	import->file = is_stdin ? stdin : fopen(import->path, "re");
	if (import->file == NULL)
		return say(SAY_IO, "cannot read '%s': %s. Nothing was imported.", import->path,
		    strerror(errno));
	csv_init(&import->csv, import->file);
	return header_read(&import->header, &import->csv, import->name);
}

static enum say_status
open_reject(struct import *import)
{
	char path[4096];

	if (import->reject_path != NULL)
		return reject_open(&import->reject, import->reject_path, &import->header.record);
	snprintf(path, sizeof path, "%s.rejected.csv", import->name);
	return reject_open(&import->reject, path, &import->header.record);
}

static enum say_status
begin(struct import *import)
{
	enum say_status status = db_open(&import->db, &import->options);

	if (status == SAY_OK)
		status =
		    db_do(&import->db, "begin the import", "begin isolation level read committed");
	return status == SAY_OK
		   ? header_check(&import->header, &import->db, import->kind, import->name)
		   : status;
}

static enum say_status
stream(struct import *import)
{
	struct stream records = { .csv = &import->csv,
		.header = &import->header,
		.db = &import->db,
		.reject = &import->reject,
		.path = import->name };

	progress_init(&records.progress, import->file);
	enum say_status status = stream_run(&records);
	stream_fini(&records);
	return status;
}

/* ---- what SQL rejected ---- */

/* Adds "file:line:column: reason" of row ${row}, which is also one line on stderr, to ${reasons}. */
static void
tell_fault(struct import *import, const struct csv_record *record, const PGresult *faults, int row,
    struct buffer *reasons)
{
	int index = header_find(&import->header, PQgetvalue(faults, row, 3)), line, column;
	size_t start = reasons->bytes > 0 ? (buffer_add_text(reasons, "; "), reasons->bytes) : 0;

	csv_locate(record, index < 0 ? 0 : record->fields[index].offset, &line, &column);
	buffer_print(reasons, "%s:%d:%d: %s: %s", import->name, line, column,
	    PQgetvalue(faults, row, 3), PQgetvalue(faults, row, 4));
	say_plain("%s", reasons->data + start);
}

/* Rejects the record whose faults start at row ${row}; returns the row behind them. */
static int
reject_record(struct import *import, const PGresult *faults, int row)
{
	struct csv_record record = { 0 };
	struct buffer reasons = { 0 };
	const char *number = PQgetvalue(faults, row, 0);

	csv_again(
	    &record, PQgetvalue(faults, row, 2), (int)strtol(PQgetvalue(faults, row, 1), NULL, 10));
	for (; row < PQntuples(faults) && strcmp(PQgetvalue(faults, row, 0), number) == 0; row++)
		tell_fault(import, &record, faults, row, &reasons);
	reject_add(&import->reject, &record, reasons.data);
	buffer_fini(&reasons);
	csv_record_fini(&record);
	return row;
}

static enum say_status
reject_faulty(struct import *import)
{
	PGresult *faults = db_ask(&import->db, "read what was rejected",
	    "select r.record, r.line, r.raw, f.name, f.fault from pg_temp.import_fault f join pg_temp.import_record r using (record) "
	    "order by r.record, f.name",
	    0, NULL);

	if (faults == NULL)
		return import->db.status;
	for (int row = 0; row < PQntuples(faults);)
		row = reject_record(import, faults, row);
	PQclear(faults);
	return SAY_OK;
}

/* ---- the end ---- */

/* What the database and the reject file know of the records. On failure says why. */
static enum say_status
count(struct import *import)
{
	const char *values[] = { import->kind, import->name };

	import->tally.counts = db_ask(&import->db, "import the records", TALLY_COUNTS, 2, values);
	enum say_status status =
	    import->tally.counts == NULL ? import->db.status : reject_faulty(import);
	import->tally.kind = import->kind;
	import->tally.name = import->name;
	import->tally.read = import->csv.records - 1; /* without the header */
	import->tally.rejected = import->reject.records;
	import->tally.reject_path = import->reject.path;
	return status == SAY_OK ? tally_check(&import->tally) : status;
}

/* Which bookings a full export contradicts. */
static enum say_status
ask_full(struct import *import)
{
	const char *values[] = { import->name };

	import->tally.doubts =
	    db_ask(&import->db, "compare the full export", TALLY_DOUBTS, 1, values);
	return import->tally.doubts == NULL ? import->db.status : SAY_OK;
}

static enum say_status
finish(struct import *import)
{
	enum say_status status = count(import);

	if (status == SAY_OK && import->is_full)
		status = ask_full(import);
	if (status == SAY_OK)
		status = reject_keep(&import->reject);
	return status == SAY_OK ? db_do(&import->db, "commit the import", "commit") : status;
}

static double
seconds_since(struct timespec then)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - then.tv_sec) + (double)(now.tv_nsec - then.tv_nsec) / 1e9;
}

static void
import_fini(struct import *import)
{
	tally_fini(&import->tally);
	reject_fini(&import->reject);
	db_close(&import->db);
	header_fini(&import->header);
	csv_fini(&import->csv);
	if (import->file != NULL && import->file != stdin)
		fclose(import->file);
}

static enum say_status
run(struct import *import)
{
	enum say_status status = open_file(import);

	if (status == SAY_OK)
		status = begin(import);
	if (status == SAY_OK)
		status = open_reject(import);
	if (status == SAY_OK)
		status = stream(import);
	if (status == SAY_OK)
		status = finish(import);
	if (status != SAY_OK)
		return status;
	import->tally.seconds = seconds_since(import->began_at);
	return tally_print(&import->tally, &import->options);
}

enum say_status
import_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = { { .name = "kind",
							  .key = 'k',
							  .arg = "KIND",
							  .doc = "What the records are: " KINDS },
		{ .name = "full",
		    .key = 'F',
		    .doc =
			"The file holds every booking in custody: tell which are missing. That is no release" },
		{ .name = "column",
		    .key = 'C',
		    .arg = "THEIRS=OURS",
		    .doc = "Read their column as ours; without OURS leave it out" },
		{ .name = "reject",
		    .key = 'r',
		    .arg = "FILE",
		    .doc = "Where rejected records go (default FILE.rejected.csv)" },
		{ 0 } };
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = options_children,
		.args_doc = "FILE.csv",
		.doc =
		    "Imports facts, or facilities, from a CSV file; `-' is standard input. Its first line names the columns as the tables "
		    "do, with `facility', `booking_number' and, but for bookings, `reference'; a facility's with `code'."
	};
	struct import import = { .options = *given };

	options_parse(&argp, argc, argv, &import);
	if (!is_kind(import.kind))
		return say(SAY_USAGE,
		    "cannot import a '%s': there is no such kind. Give --kind " KINDS ".",
		    import.kind);
	clock_gettime(CLOCK_MONOTONIC, &import.began_at);
	enum say_status status = run(&import);
	import_fini(&import);
	return status;
}
