/* SPDX-License-Identifier: MIT */
/*
 * tally.c: called by import when all is read.
 */
#include "ctl/tally.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* The columns of TALLY_COUNTS. */
enum count {
	IMPORTED,
	UNCHANGED,
	SUPERSEDED,
	PARKED,
	JOINED,
	LINKS_WAITING
};

static const struct table_column doubt_columns[] = { { "facility", "FACILITY", TABLE_TEXT },
	{ "booking_number", "BOOKING", TABLE_TEXT }, { "code", "IN DOUBT", TABLE_TEXT },
	{ NULL, NULL, TABLE_TEXT } };

static long long
count(const struct tally *tally, enum count which)
{
	return strtoll(PQgetvalue(tally->counts, 0, (int)which), NULL, 10);
}

static bool
is_doubted(const struct tally *tally)
{
	return tally->doubts != NULL && PQntuples(tally->doubts) > 0;
}

enum say_status
tally_check(const struct tally *tally)
{
	long long sum = count(tally, IMPORTED) + count(tally, UNCHANGED) +
			count(tally, SUPERSEDED) + count(tally, PARKED) + tally->rejected;

	if (sum == tally->read)
		return SAY_OK;
	return say(SAY_IO,
	    "cannot import '%s': %lld records were read and %lld accounted for. Nothing was imported; report this.",
	    tally->name, tally->read, sum);
}

static enum say_status
print_json(const struct tally *tally, const struct options *options)
{
	return table_write_json(
	    json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:s?, s:f, s:o*}", "kind",
		tally->kind, "file", tally->name, "records", (json_int_t)tally->read, "imported",
		(json_int_t)count(tally, IMPORTED), "unchanged",
		(json_int_t)count(tally, UNCHANGED), "superseded",
		(json_int_t)count(tally, SUPERSEDED), "parked", (json_int_t)count(tally, PARKED),
		"rejected", (json_int_t)tally->rejected, "joined", (json_int_t)count(tally, JOINED),
		"links_waiting", (json_int_t)count(tally, LINKS_WAITING), "reject_file",
		tally->rejected > 0 ? tally->reject_path : NULL, "seconds", tally->seconds,
		"doubts", tally->doubts == NULL ? NULL : table_json(doubt_columns, tally->doubts)),
	    options);
}

static void
print_counts(const struct tally *tally)
{
	printf(
	    "imported %lld + unchanged %lld + superseded %lld + parked %lld + rejected %lld = %lld records\n",
	    count(tally, IMPORTED), count(tally, UNCHANGED), count(tally, SUPERSEDED),
	    count(tally, PARKED), tally->rejected, tally->read);
	if (count(tally, JOINED) > 0)
		printf("joined %lld that had waited for their booking\n", count(tally, JOINED));
	if (count(tally, LINKS_WAITING) > 0)
		printf("%lld bookings wait for the booking they continue or are merged into\n",
		    count(tally, LINKS_WAITING));
	if (tally->rejected > 0)
		printf("rejected records are in %s\n", tally->reject_path);
}

/* How fast it went is said last, also where both streams go to one file. */
static enum say_status
print_text(const struct tally *tally, const struct options *options)
{
	enum say_status status = SAY_OK;

	print_counts(tally);
	if (is_doubted(tally)) {
		printf(
		    "%d in doubt; a booking that is missing is not released, and its clock goes on:\n",
		    PQntuples(tally->doubts));
		status = table_print(doubt_columns, tally->doubts, options);
	}
	if (status == SAY_OK)
		status = table_flush();
	fprintf(stderr, "%.1f s, %.0f records/s\n", tally->seconds,
	    tally->seconds > 0 ? (double)tally->read / tally->seconds : 0);
	return status;
}

enum say_status
tally_print(const struct tally *tally, const struct options *options)
{
	enum say_status status =
	    options->form == OPTIONS_JSON ? print_json(tally, options) : print_text(tally, options);

	if (status == SAY_OK && tally->rejected > 0)
		status = SAY_BAD_DATA;
	if (status == SAY_OK && is_doubted(tally))
		status = SAY_TROUBLE;
	return status;
}

void
tally_fini(struct tally *tally)
{
	PQclear(tally->counts);
	PQclear(tally->doubts);
}
