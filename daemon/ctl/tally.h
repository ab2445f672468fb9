/* SPDX-License-Identifier: MIT */
/*
 * tally.h: what became of an import's records: every one accounted for, and told to whoever gave the command.
 */
#ifndef CTL_TALLY_H
#define CTL_TALLY_H

#include "ctl/table.h"

/* Borrows everything but its results. */
struct tally {
	const char *kind;
	const char *name; /* of the file */
	long long read;   /* records, without the header */
	long long rejected;
	const char *reject_path; /* where those are */
	double seconds;          /* that it took */
	PGresult *counts;        /* the row of TALLY_COUNTS */
	PGresult *doubts;        /* the rows of TALLY_DOUBTS; NULL: not asked */
};

/* $1 kind, $2 name of the file. */
#define TALLY_COUNTS \
	"select imported, unchanged, superseded, parked, joined, links_waiting " \
	"from detainerd.import_finish($1, $2)"

/* $1 name of the file: which bookings a full export contradicts. */
#define TALLY_DOUBTS "select facility, booking_number, code from detainerd.import_full($1)"

/* Has every record come to exactly one end? If not says so: SAY_IO. */
enum say_status tally_check(const struct tally *tally) __attribute__((warn_unused_result));

/* Prints it. SAY_BAD_DATA where a record was rejected, SAY_TROUBLE where a booking is in doubt; SAY_IO if stdout
   fails. */
enum say_status tally_print(const struct tally *tally, const struct options *options);

void tally_fini(struct tally *tally);

#endif
