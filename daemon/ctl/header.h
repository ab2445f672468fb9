/* SPDX-License-Identifier: MIT */
/*
 * header.h: the first record of an import file: which columns it has, in which order.
 */
#ifndef CTL_HEADER_H
#define CTL_HEADER_H

#include "ctl/csv.h"
#include "ctl/db.h"

enum {
	HEADER_RENAMES_MAX = 32
};

struct header {
	/* "theirs=ours", borrowed from the command line */
	const char *renames[HEADER_RENAMES_MAX];
	int renames_count;
	struct csv_record record;  /* as read, its values in lower case */
	struct buffer raw;         /* owns what record.raw points to */
	struct buffer names;       /* every name, NUL-terminated */
	size_t at[CSV_MAX_FIELDS]; /* where each name starts in names */
	int count;
	bool ignored[CSV_MAX_FIELDS]; /* the reason column of a reject file, and what is left out */
};

/* From now on a column is known by another name: ${rename} is "theirs=ours", and one without ours is left out. False
   where it is not so written, or there are too many. */
bool header_rename(struct header *header, const char *rename) __attribute__((warn_unused_result));

/* Reads the header. ${path} is for messages. On failure says why: SAY_BAD_DATA, SAY_IO. */
enum say_status header_read(struct header *header, struct csv *csv, const char *path)
    __attribute__((warn_unused_result));

/* Asks the database whether a file of ${kind} may have these columns; every fault is said. Makes the temporary tables. */
enum say_status header_check(struct header *header, struct db *db, const char *kind,
    const char *path) __attribute__((warn_unused_result));

/* Name of column ${index}, in lower case. */
const char *header_name(const struct header *header, int index);

/* Index of the column called ${name}, or -1. */
int header_find(const struct header *header, const char *name);

void header_fini(struct header *header);

#endif
