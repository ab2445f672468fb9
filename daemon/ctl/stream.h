/* SPDX-License-Identifier: MIT */
/*
 * stream.h: records of a CSV file on their way into the temporary table import_record, by COPY.
 */
#ifndef CTL_STREAM_H
#define CTL_STREAM_H

#include "ctl/csv.h"
#include "ctl/db.h"
#include "ctl/header.h"
#include "ctl/progress.h"
#include "ctl/reject.h"

struct stream {
	struct csv *csv;
	const struct header *header;
	struct db *db;
	struct reject *reject;
	const char *path; /* for messages */
	struct progress progress;
	struct buffer rows; /* COPY data not yet handed to libpq */
	struct buffer json; /* the record at hand */
	long long records;
};

/* Reads the file to its end: records that are CSV go to the table, the others to the reject file, each with one line
   "file:line:column: reason". Blocks while the server is slow. On failure says why. */
enum say_status stream_run(struct stream *stream) __attribute__((warn_unused_result));

void stream_fini(struct stream *stream);

#endif
