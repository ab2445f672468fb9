/* SPDX-License-Identifier: MIT */
/*
 * lookup.c: called by the commands that take the name of something, and by those whose answer may be empty.
 */
#include "ctl/lookup.h"

#include <stdbool.h>

/* Is there a row? On failure false, and db->status says so. */
static bool
is_there(struct db *db, const char *doing, const char *sql, const char *name)
{
	const char *values[] = { name };
	PGresult *result = db_ask(db, doing, sql, 1, values);
	bool found = result != NULL && PQntuples(result) > 0;

	PQclear(result);
	return found;
}

enum say_status
lookup_facility(struct db *db, const char *code)
{
	if (code == NULL || is_there(db, "look the facility up",
				"select from detainerd.facility where code = $1", code))
		return SAY_OK;
	return db->status != SAY_OK ? db->status
				    : say(SAY_BAD_DATA,
					  "cannot find facility '%s': there is none of that code. "
					  "See: detainerctl facility",
					  code);
}

enum say_status
lookup_alert(struct db *db, const char *alert_id)
{
	if (alert_id == NULL || is_there(db, "look the alert up",
				    "select from detainerd.alert where alert_id = $1", alert_id))
		return SAY_OK;
	return db->status != SAY_OK
		   ? db->status
		   : say(SAY_BAD_DATA,
			 "cannot find alert '%s': there is none of that id. See: detainerctl alerts",
			 alert_id);
}

enum say_status
lookup_jurisdiction(struct db *db, const char *code)
{
	if (code == NULL || is_there(db, "look the jurisdiction up",
				"select from detainerd.jurisdiction where code = $1", code))
		return SAY_OK;
	return db->status != SAY_OK
		   ? db->status
		   : say(SAY_BAD_DATA,
			 "cannot find jurisdiction '%s': there is none of that code. See: detainerctl law list",
			 code);
}

enum say_status
lookup_receiver(struct db *db, const char *name)
{
	static const char sql[] = "select from detainerd.daemon where $1 = any (receivers)"
				  " union all select from detainerd.route where receiver = $1"
				  " union all select from detainerd.delivery where receiver = $1"
				  " limit 1";

	if (name == NULL || is_there(db, "look the receiver up", sql, name))
		return SAY_OK;
	return db->status != SAY_OK
		   ? db->status
		   : say(SAY_BAD_DATA,
			 "cannot find receiver '%s': no daemon has it and no route names it. "
			 "See: detainerctl receivers",
			 name);
}

enum say_status
lookup_say_fresh(struct db *db, const char *what, const char *code, const struct options *options)
{
	static const char sql[] =
	    "select coalesce(detainerd.explain_time(o.at, o.time_zone, $2), 'never')"
	    "       || case when o.facilities > 1 then format(' (%s, the oldest of %s facilities)', o.code, o.facilities) else '' end"
	    "  from (select f.code, f.time_zone, f.at, count(*) over () as facilities"
	    "          from (select code, time_zone, detainerd.explain_facts_as_of(facility_id) as at from detainerd.facility where code = $1 or $1 is null) f"
	    "         order by f.at nulls first, f.code limit 1) o";
	const char *values[] = { code, options_words_style(options) };
	PGresult *result = db_ask(db, "see how fresh the facts are", sql, 2, values);

	if (result == NULL)
		return db->status;
	say(SAY_OK, "%s; facts as of %s.", what,
	    PQntuples(result) == 0 ? "never (there is no facility)" : PQgetvalue(result, 0, 0));
	PQclear(result);
	return SAY_OK;
}
