/* SPDX-License-Identifier: MIT */
/*
 * refusal.c: called by db.c and psql.c; asks nobody anything.
 */
#include "ctl/refusal.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct meaning {
	const char *sqlstate; /* its first characters */
	enum say_status status;
	const char *fix;
};

/* The first row that fits counts. */
static const struct meaning meanings[] = {
	{ "28P01", SAY_NO_RIGHTS,
	    "Correct the password (PGPASSFILE, or passfile= in the conninfo)." },
	{ "28", SAY_NO_RIGHTS,
	    "Make a login for this user (detainerctl(1), LOGINS), let pg_hba.conf accept it, or connect as another." },
	{ "3D000", SAY_UNAVAILABLE, "Create the database, or correct dbname=." },
	{ "42501", SAY_NO_RIGHTS,
	    "Connect as a member of the detainerd role that may do this (see detainerctl(1))." },
	{ "25006", SAY_UNAVAILABLE, "Connect to the primary: this server only reads." },
	{ "3F000", SAY_UNAVAILABLE, "Run: detainerctl migrate" },
	{ "42P01", SAY_UNAVAILABLE, "Run: detainerctl migrate" },
	{ "42883", SAY_UNAVAILABLE, "Run: detainerctl migrate" },
	{ "40", SAY_TEMPORARY, "Nothing was written; give the command again." },
	{ "55P03", SAY_TEMPORARY, "Nothing was written; give the command again." },
	{ "53300", SAY_TEMPORARY, "Give the command again when the server has a connection free." },
	{ "55", SAY_BAD_DATA, "" },
	{ "53", SAY_TEMPORARY, "Nothing was written; the server is out of resources." },
	{ "57014", SAY_TEMPORARY, "Nothing was written; the statement was cancelled." },
	{ "57", SAY_UNAVAILABLE, "Give the command again when the server is up." },
	{ "08", SAY_UNAVAILABLE, "Give the command again when the server is up." },
	{ "22021", SAY_BAD_DATA, "Write it in UTF-8." },
	{ "22007", SAY_BAD_DATA, "Write YYYY-MM-DD HH:MM[:SS], with an offset or without." },
	{ "P0", SAY_BAD_DATA, "" },
	{ "22", SAY_BAD_DATA, "" },
	{ "23", SAY_BAD_DATA, "" },
	{ "", SAY_UNAVAILABLE, "" },
};

static const struct meaning *
meaning_of(const char *sqlstate)
{
	const struct meaning *meaning = meanings;

	while (strncmp(sqlstate, meaning->sqlstate, strlen(meaning->sqlstate)) != 0)
		meaning++;
	return meaning;
}

/* Copies the first line of ${text} without the full stop that the sentence it goes into brings along. */
static void
first_line(char *to, size_t room, const char *text)
{
	snprintf(to, room, "%.*s", (int)strcspn(text, "\n"), text);
	for (size_t end = strlen(to);
	     end > 0 && (to[end - 1] == '.' || isspace((unsigned char)to[end - 1])); end--)
		to[end - 1] = '\0';
}

enum say_status
refusal_say(const struct refusal *refusal)
{
	const struct meaning *meaning = meaning_of(refusal->sqlstate);
	const char *fix = refusal->hint != NULL ? refusal->hint : meaning->fix;
	const char *after = refusal->after;
	char reason[1024];

	first_line(reason, sizeof reason, refusal->reason);
	/* ours says that already */
	if (after == NULL || strncmp(fix, "Nothing was ", strlen("Nothing was ")) == 0)
		after = "";
	size_t fix_bytes = strlen(fix);
	bool ends = fix_bytes == 0 || *after == '\0' || fix[fix_bytes - 1] == '.';
	/* our own functions say the whole sentence */
	bool is_whole = strncmp(reason, "cannot ", strlen("cannot ")) == 0;
	return say(meaning->status, "%s%s%s%s.%s%s%s%s%s", is_whole ? "" : "cannot ",
	    is_whole ? "" : refusal->doing, is_whole ? "" : ": ", reason, *fix == '\0' ? "" : " ",
	    fix, ends ? "" : ".", *after == '\0' ? "" : " ", after);
}
