/* SPDX-License-Identifier: MIT */
/*
 * facility.c: called by holds, alerts and explain.
 */
#include "ctl/facility.h"

enum say_status
facility_check(struct db *db, const char *code)
{
	const char *values[] = { code };

	if (code == NULL)
		return SAY_OK;
	PGresult *result = db_ask(db, "look the facility up",
	    "select from detainerd.facility where code = $1", 1, values);
	if (result == NULL)
		return db->status;
	int found = PQntuples(result);
	PQclear(result);
	return found > 0 ? SAY_OK
			 : say(SAY_BAD_DATA,
			       "cannot find facility '%s': there is none of that code. "
			       "See: select code from detainerd.facility",
			       code);
}

enum say_status
facility_say_fresh(struct db *db, const char *what, const struct options *options)
{
	const char *values[] = { options->utc ? "utc" : "local" };
	PGresult *result = db_ask(db, "see how fresh the facts are",
	    "select coalesce(detainerd.explain_time(detainerd.explain_facts_as_of(), detainerd.explain_time_zone(), $1), 'never')",
	    1, values);

	if (result == NULL)
		return db->status;
	say(SAY_OK, "%s; facts as of %s.", what, PQgetvalue(result, 0, 0));
	PQclear(result);
	return SAY_OK;
}
