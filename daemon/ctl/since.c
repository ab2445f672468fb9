/* SPDX-License-Identifier: MIT */
/*
 * since.c: called by the commands that list what happened, and by those that wait.
 */
#include "ctl/since.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	char unit;
	long seconds;
} units[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 }, { 'w', 604800 } };

/* A thousand years: still within what the database calls a time. */
static const long most_seconds = 1000L * 366 * 86400;

long
since_seconds(const char *text)
{
	size_t digits = strspn(text, "0123456789");
	long seconds = -1;

	if (digits == 0 || digits > 9 || text[digits] == '\0' || text[digits + 1] != '\0')
		return -1;
	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
		if (text[digits] == units[i].unit)
			seconds = strtol(text, NULL, 10) * units[i].seconds;
	return seconds <= most_seconds ? seconds : -1;
}

bool
since_is_duration(const char *text)
{
	return since_seconds(text) >= 0;
}

const char *
since_instant(const struct since *since)
{
	return since->instant[0] == '\0' ? NULL : since->instant;
}

enum say_status
since_read(struct since *since, struct db *db, const char *text, const char *doing)
{
	const char *values[] = { text };

	*since = (struct since){ 0 };
	if (text == NULL)
		return SAY_OK;
	if (since_is_duration(text)) {
		since->duration = text;
		return SAY_OK;
	}
	PGresult *result = db_ask(db, "read the time",
	    "select detainerd.explain_time(i.instant, 'UTC', 'rfc-utc'), i.fault"
	    "  from detainerd.import_instant($1, detainerd.explain_time_zone(), 'first') i",
	    1, values);
	if (result == NULL)
		return db->status;
	enum say_status status = SAY_OK;
	if (PQgetisnull(result, 0, 0))
		status = say(SAY_USAGE, "cannot %s since %s, or a duration such as 12h.", doing,
		    PQgetisnull(result, 0, 1) ? "a blank: write a time" : PQgetvalue(result, 0, 1));
	else
		snprintf(since->instant, sizeof since->instant, "%s", PQgetvalue(result, 0, 0));
	PQclear(result);
	return status;
}
