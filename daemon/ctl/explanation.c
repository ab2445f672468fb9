/* SPDX-License-Identifier: MIT */
/*
 * explanation.c: what explain asks and how each answer is laid out. Data only; called by explain.c.
 */
#include "ctl/explanation.h"

#include <stddef.h>

const struct table_column explanation_stay_columns[] = {
	{ "facility", "facility", TABLE_TEXT },
	{ "facility_name", "its name", TABLE_TEXT },
	{ "time_zone", "time zone", TABLE_TEXT },
	{ "jurisdiction", "jurisdiction", TABLE_TEXT },
	{ "booking_number", "booking", TABLE_TEXT },
	{ "bookings", "bookings of the stay", TABLE_TEXT },
	{ "booked_at", "booked", TABLE_TEXT },
	{ "starts_at", "would otherwise go free", TABLE_TEXT },
	{ "release_at", "lawful custody ends", TABLE_TEXT },
	{ "ended_at", "out of custody", TABLE_TEXT },
	{ "allowed", "papers and law allow a hold", TABLE_BOOL },
	{ "reason", "reason", TABLE_TEXT },
	{ "detail", "detail", TABLE_TEXT },
	{ "citation", "law cited", TABLE_TEXT },
	{ "due_reason", "why lawful custody ends", TABLE_TEXT },
	{ "due_citation", "law cited for it", TABLE_TEXT },
	{ "unlawful", "without lawful ground", TABLE_TEXT },
	{ "verdict", "verdict", TABLE_TEXT },
	{ "as_of", "as of", TABLE_TEXT },
	{ "facts_as_of", "facts as of", TABLE_TEXT },
	{ NULL, NULL, TABLE_TEXT },
};

const char explanation_stay_sql[] =
    "select x.facility, x.facility_name, x.time_zone, x.jurisdiction, x.booking_number, x.bookings, detainerd.explain_time(x.booked_at, $3, $4),"
    "       detainerd.explain_time(x.starts_at, $3, $4), detainerd.explain_time(x.release_at, $3, $4), detainerd.explain_time(x.ended_at, $3, $4),"
    "       x.allowed, x.reason, x.detail, x.citation, x.due_reason, x.due_citation, detainerd.explain_duration(x.unlawful), x.verdict,"
    "       detainerd.explain_time($2::timestamptz, $3, $4), detainerd.explain_time(detainerd.explain_facts_as_of(f.facility_id), $3, $4)"
    "  from detainerd.explain_stay($1::bigint, $2::timestamptz) x join detainerd.facility f on f.code = x.facility";

static const struct table_column timeline_columns[] = {
	{ "at", "TIME", TABLE_TEXT },
	{ "utc", "UTC", TABLE_UTC },
	{ "event", NULL, TABLE_TEXT },
	{ "what", "WHAT", TABLE_WORDS },
	{ "booking_number", "BOOKING", TABLE_TEXT },
	{ "recorded_at", "RECORDED", TABLE_TEXT },
	{ "ahead", "AHEAD", TABLE_BOOL },
	{ NULL, NULL, TABLE_TEXT },
};

static const struct table_column custody_columns[] = {
	{ "since", "FROM", TABLE_TEXT },
	{ "until", "UNTIL", TABLE_TEXT },
	{ "since_utc", "FROM (UTC)", TABLE_UTC },
	{ "until_utc", "UNTIL (UTC)", TABLE_UTC },
	{ "lasted", "LASTED", TABLE_TEXT },
	{ "lasted_seconds", NULL, TABLE_TREE },
	{ "lawful", "LAWFUL", TABLE_BOOL },
	{ "because", "BECAUSE", TABLE_WORDS },
	{ NULL, NULL, TABLE_TEXT },
};

static const struct table_column law_columns[] = {
	{ "jurisdiction", "LEVEL", TABLE_TEXT },
	{ "depth", NULL, TABLE_NUMBER },
	{ "rule_id", NULL, TABLE_NUMBER },
	{ "citation", "LAW", TABLE_TEXT },
	{ "says", "SAYS", TABLE_TEXT },
	{ "since", "FROM", TABLE_TEXT },
	{ "until", "UNTIL", TABLE_TEXT },
	{ "because", "BECAUSE", TABLE_WORDS },
	{ NULL, NULL, TABLE_TEXT },
};

static const struct table_column ground_columns[] = {
	{ "jurisdiction", "LEVEL", TABLE_TEXT },
	{ "rule_id", NULL, TABLE_NUMBER },
	{ "alternative", "ALTERNATIVE", TABLE_NUMBER },
	{ "citation", "LAW", TABLE_TEXT },
	{ "verified", "VERIFIED", TABLE_BOOL },
	{ "asks", "ASKS FOR", TABLE_TEXT },
	{ "met", "MET", TABLE_BOOL },
	{ "because", "BECAUSE", TABLE_WORDS },
	{ NULL, NULL, TABLE_TEXT },
};

/* What stands in a clock's heading has no title: a row is a day. */
const struct table_column explanation_clock_columns[] = {
	{ "clock_of", NULL, TABLE_TEXT },
	{ "clock", NULL, TABLE_TEXT },
	{ "hours", NULL, TABLE_NUMBER },
	{ "verified", NULL, TABLE_BOOL },
	{ "ends_at", NULL, TABLE_TEXT },
	{ "ends_utc", NULL, TABLE_UTC },
	{ "is_earliest", NULL, TABLE_BOOL },
	{ "says", NULL, TABLE_TEXT },
	{ "day", "DAY", TABLE_TEXT },
	{ "since", "FROM", TABLE_TEXT },
	{ "until", "UNTIL", TABLE_TEXT },
	{ "counted", "COUNTED", TABLE_TEXT },
	{ "total", "IN ALL", TABLE_TEXT },
	{ "note", "NOTE", TABLE_WORDS },
	{ NULL, NULL, TABLE_TEXT },
};

static const struct table_column duty_columns[] = {
	{ "duty", NULL, TABLE_TEXT },
	{ "state", "STATE", TABLE_TEXT },
	{ "says", "WHAT", TABLE_WORDS },
	{ "due_at", "BY", TABLE_TEXT },
	{ "due_utc", "BY (UTC)", TABLE_UTC },
	{ "done_at", "DONE", TABLE_TEXT },
	{ "event", "FOLLOWS FROM", TABLE_TEXT },
	{ "event_at", "AT", TABLE_TEXT },
	{ "hours", "HOURS", TABLE_NUMBER },
	{ "citation", "LAW", TABLE_TEXT },
	{ "verified", "VERIFIED", TABLE_BOOL },
	{ NULL, NULL, TABLE_TEXT },
};

static const struct table_column warning_columns[] = {
	{ "booking_number", "BOOKING", TABLE_TEXT },
	{ "code", "CODE", TABLE_TEXT },
	{ "message", "MESSAGE", TABLE_WORDS },
	{ NULL, NULL, TABLE_TEXT },
};

const struct explanation_part explanation_parts[EXPLANATION_PARTS] = {
	{ "timeline", "What happened", "nothing is recorded",
	    "select detainerd.explain_time(x.at, $3, $4), detainerd.explain_time(x.at, 'UTC', $5), x.event, x.what,"
	    "       x.booking_number, detainerd.explain_time(x.recorded_at, $3, $4), x.ahead"
	    "  from detainerd.explain_timeline($1::bigint, $2::timestamptz) x",
	    5, timeline_columns },
	{ "custody", "Custody, and what made it lawful", "no time of custody is known",
	    "select detainerd.explain_time(x.since, $3, $4), detainerd.explain_time(x.until, $3, $4), detainerd.explain_time(x.since, 'UTC', $5),"
	    "       detainerd.explain_time(x.until, 'UTC', $5), detainerd.explain_duration(x.lasted), extract(epoch from x.lasted)::text, x.lawful, x.because"
	    "  from detainerd.explain_custody($1::bigint, $2::timestamptz) x",
	    5, custody_columns },
	{ "law", "What the law says", "no level of the law is known here",
	    "select x.jurisdiction, x.depth, x.rule_id, x.citation, x.says, detainerd.explain_time(x.since, $3, $4), detainerd.explain_time(x.until, $3, $4), x.because"
	    "  from detainerd.explain_law($1::bigint, $2::timestamptz) x",
	    4, law_columns },
	{ "grounds", "What the law asks for",
	    "no rule in force names a ground on which anybody may be held",
	    "select x.jurisdiction, x.rule_id, x.alternative, x.citation, x.verified, x.asks, x.met, x.because"
	    "  from detainerd.explain_grounds($1::bigint, $2::timestamptz) x",
	    2, ground_columns },
	{ "clock", "The clock (the longest that a hold may last; it allows none)",
	    "no clock runs: nobody has recorded when the person would otherwise go free",
	    "select x.clock_of, x.clock, x.hours, x.verified, detainerd.explain_time(x.ends_at, $3, $4),"
	    "       detainerd.explain_time(x.ends_at, 'UTC', $5), x.is_earliest, x.says, x.day, detainerd.explain_time(x.since, $3, $4),"
	    "       detainerd.explain_time(x.until, $3, $4), detainerd.explain_duration(x.counted), detainerd.explain_duration(x.total), x.note"
	    "  from detainerd.explain_clock($1::bigint, $2::timestamptz) x",
	    5, explanation_clock_columns },
	{ "duties", "What the law asks beside release", "nothing that is on file",
	    "select x.duty, x.state, x.says, detainerd.explain_time(x.due_at, $3, $4), detainerd.explain_time(x.due_at, 'UTC', $5),"
	    "       detainerd.explain_time(x.done_at, $3, $4), x.event, detainerd.explain_time(x.event_at, $3, $4), x.hours, x.citation, x.verified"
	    "  from detainerd.explain_duties($1::bigint, $2::timestamptz) x",
	    5, duty_columns },
	{ "warnings", "Facts in doubt", "none",
	    "select w.booking_number, w.code, w.message from detainerd.fact_warning w"
	    " where w.booking_id in (select unnest(s.members) from detainerd.stays(array[$1::bigint], $2::timestamptz) s)"
	    " union all select b.booking_number, y.code, y.message"
	    "  from detainerd.stays(array[$1::bigint], $2::timestamptz) s join detainerd.booking b on b.booking_id = any (s.members)"
	    " cross join lateral detainerd.duty_doubts(b.booking_id, $2::timestamptz) y"
	    " order by 1, 2, 3",
	    2, warning_columns },
};
