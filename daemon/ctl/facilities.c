/* SPDX-License-Identifier: MIT */
/*
 * facilities.c: the facilities, listed: where each is, whose law binds it, how much of that is verified, who is held there.
 * Called by the verb of facts.c that records one.
 */
#include "ctl/facilities.h"

#include "ctl/table.h"

static const struct table_column columns[] = {
	{ "facility", "FACILITY", TABLE_TEXT },
	{ "name", "NAME", TABLE_TEXT },
	{ "jurisdiction", "LAW OF", TABLE_TEXT },
	{ "agency_kind", NULL, TABLE_TEXT },
	{ "time_zone", "ZONE", TABLE_TEXT },
	{ "go_live_at", NULL, TABLE_TEXT },
	{ "law", "LAW", TABLE_TEXT },
	{ "holds_open", "OPEN HOLDS", TABLE_NUMBER },
	{ "holds_overdue", "OVERDUE", TABLE_NUMBER },
	{ "facts_as_of", "FACTS AS OF", TABLE_TEXT },
	{ NULL, NULL, TABLE_TEXT },
};

/* $1 time style. */
static const char question[] =
    "select f.code, f.name, f.jurisdiction, f.agency_kind, f.time_zone, detainerd.explain_time(f.go_live_at, f.time_zone, $1),"
    "       case when l.rules = 0 then 'none' when l.verified then 'verified' else 'unverified' end,"
    "       coalesce(h.open, 0), coalesce(h.overdue, 0), detainerd.explain_time(detainerd.explain_facts_as_of(f.facility_id), f.time_zone, $1)"
    "  from detainerd.facility f"
    "  join detainerd.facility_law l on l.facility = f.code"
    "  left join (select facility_id, count(*) as open, count(*) filter (where release_at <= clock_timestamp()) as overdue"
    "               from detainerd.hold where ended_at is null group by facility_id) h using (facility_id)"
    " order by f.code";

enum say_status
facilities_list(struct db *db, const void *options)
{
	const char *values[] = { options_time_style(options) };
	PGresult *result = db_ask(db, "list the facilities", question, 1, values);

	if (result == NULL)
		return db->status;
	enum say_status status = table_print(columns, result, options);
	if (status == SAY_OK && PQntuples(result) == 0)
		say(SAY_OK, "there is no facility: nobody is watched over. Run: detainerctl setup");
	PQclear(result);
	return status;
}
