/* SPDX-License-Identifier: MIT */
/* host_clock.c: called by setup and doctor. */
#include "ctl/host_clock.h"

#include <stdlib.h>
#include <sys/timex.h>
#include <time.h>

static double
now(void)
{
	struct timespec at;

	(void)clock_gettime(CLOCK_REALTIME, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

bool
host_clock_ahead(struct db *db, double *ret_seconds)
{
	double before = now();
	PGresult *answer = db_ask(db, "read the database's clock",
	    "select extract(epoch from clock_timestamp())", 0, NULL);

	if (answer == NULL)
		return false;
	*ret_seconds = (before + now()) / 2 - strtod(PQgetvalue(answer, 0, 0), NULL);
	PQclear(answer);
	return true;
}

bool
host_clock_synchronised(void)
{
	struct timex timex = { 0 };

	return adjtimex(&timex) >= 0 && (timex.status & STA_UNSYNC) == 0;
}
