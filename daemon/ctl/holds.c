/* SPDX-License-Identifier: MIT */
/*
 * holds.c: who is in custody with a detainer against them, and until when that is lawful.
 */
#include "ctl/command.h"
#include "ctl/list.h"
#include "ctl/lookup.h"

struct holds {
	struct options options;
	bool overdue;
	const char *facility;
};

static const struct table_column columns[] = {
	{ "facility", "FACILITY", TABLE_TEXT },
	{ "booking_number", "BOOKING", TABLE_TEXT },
	{ "starts_at", "STARTS", TABLE_TEXT },
	{ "release_at", "RELEASE BY", TABLE_TEXT },
	{ "state", "STATE", TABLE_STATE },
	{ "overdue", NULL, TABLE_BOOL },
	{ "seconds_left", NULL, TABLE_NUMBER },
	{ "allowed", "ALLOWED", TABLE_BOOL },
	{ "reason", "REASON", TABLE_TEXT },
	{ "detail", "DETAIL", TABLE_TEXT },
	{ "citation", "LAW", TABLE_TEXT },
	{ "acknowledged_at", "ACKNOWLEDGED", TABLE_TEXT },
	{ NULL, NULL, TABLE_TEXT },
};

/* Of an overdue hold, as overdue_hold has it: why lawful custody ended. $1 facility, $2 only overdue, $3 time style. */
static const char question[] =
    "select f.code, b.booking_number, detainerd.explain_time(h.starts_at, f.time_zone, $3),"
    "       detainerd.explain_time(h.release_at, f.time_zone, $3),"
    "       case when o.overdue then 'OVERDUE ' || detainerd.explain_duration(date_trunc('minute', now.at - h.release_at))"
    "            when h.reason = 'held_on_other_authority' then 'kept by another authority'"
    "            when h.release_at is not null then 'in ' || detainerd.explain_duration(date_trunc('minute', h.release_at - now.at))"
    "            when h.starts_at is null then 'start not known' else 'no end' end,"
    "       o.overdue, floor(extract(epoch from h.release_at - now.at))::bigint,"
    "       case when o.overdue then h.due_allowed else h.allowed end, case when o.overdue then h.due_reason else h.reason end,"
    "       case when not o.overdue then h.detail end, case when o.overdue then h.due_citation else h.citation end,"
    "       detainerd.explain_time((select max(e.at) from detainerd.alert a join detainerd.alert_event e using (alert_id)"
    "                                where a.stay_id = h.stay_id and a.release_at = h.release_at and e.event = 'acknowledged'), f.time_zone, $3)"
    "  from detainerd.hold h"
    "  join detainerd.booking b on b.booking_id = h.booking_id"
    "  join detainerd.facility f on f.facility_id = h.facility_id"
    " cross join (select clock_timestamp() as at) now"
    " cross join lateral (select coalesce(h.release_at <= now.at, false) as overdue) o"
    " where h.ended_at is null and (f.code = $1 or $1 is null) and (o.overdue or not $2::boolean)"
    " order by h.release_at nulls last, f.code, b.booking_number";

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct holds *holds = state->input;

	switch (key) {
	case 'o': holds->overdue = true; return 0;
	case 'f': holds->facility = arg; return 0;
	default: return options_rest(key, arg, state, &holds->options);
	}
}

static const struct list list = { "list the holds", columns, question, 3 };

static enum say_status
serve(struct db *db, const void *wanted)
{
	const struct holds *holds = wanted;
	const char *values[] = { holds->facility, holds->overdue ? "true" : "false",
		options_time_style(&holds->options) };
	const struct list_none none = { holds->overdue ? "no hold is past its instant"
						       : "nobody in custody has a detainer",
		holds->facility };
	enum say_status status = lookup_facility(db, holds->facility);

	return status == SAY_OK ? list_show(db, &list, values, &holds->options, &none) : status;
}

enum say_status
holds_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = {
		{ .name = "overdue",
		    .key = 'o',
		    .doc = "Only those past the instant at which lawful custody ended" },
		{ .name = "facility",
		    .key = 'f',
		    .arg = "CODE",
		    .doc = "Only those at facility CODE" },
		{ 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = options_children,
		.doc =
		    "Lists people in custody against whom there is a detainer, and when each must be released."
	};
	struct holds holds = { .options = *given };

	options_parse(&argp, argc, argv, &holds);
	return db_serve(&holds.options, serve, &holds);
}
