/* SPDX-License-Identifier: MIT */
/*
 * alerts_show.c: all that is known of one alert: its instants, what became of it, to whom it went, every attempt.
 *
 * The timeline is detainerd.explain_alert(), which psql can call as well. All is read in one transaction that sees one
 * state of it.
 */
#include "ctl/command.h"
#include "ctl/db.h"
#include "ctl/lookup.h"
#include "ctl/report.h"

struct alerts_show {
	struct options options;
	const char *alert_id;
};

/* In every question: $1 alert, $2 style of times, $3 style of times in UTC, $4 fold what is alike; the zone is the facility's. */
#define ZONE \
	" cross join lateral (select coalesce((select f.time_zone from detainerd.facility f where f.facility_id = a.facility_id)," \
	" detainerd.explain_time_zone()) as zone) z"

static const struct table_column head_columns[] = {
	{ "alert_id", "alert", TABLE_TEXT },
	{ "kind", "kind", TABLE_TEXT },
	{ "severity", "severity", TABLE_TEXT },
	{ "state", "state", TABLE_TEXT },
	{ "facility", "facility", TABLE_TEXT },
	{ "facility_name", "its name", TABLE_TEXT },
	{ "booking_number", "booking", TABLE_TEXT },
	{ "reason", "reason", TABLE_TEXT },
	{ "allowed", "hold allowed", TABLE_BOOL },
	{ "citation", "law cited", TABLE_TEXT },
	{ "release_at", "lawful custody ends", TABLE_TEXT },
	{ "due_at", "due", TABLE_TEXT },
	{ "learned_at", "learned late", TABLE_TEXT },
	{ "raised_at", "raised", TABLE_TEXT },
	{ "facts_late_seconds", NULL, TABLE_TREE },
	{ "raised_late_seconds", NULL, TABLE_TREE },
	{ "acknowledged_by", "acknowledged by", TABLE_TEXT },
	{ "acknowledged_at", "acknowledged", TABLE_TEXT },
	{ "silent_until", "reminders silent until", TABLE_TEXT },
	{ "told", NULL, TABLE_TREE },
	{ "told_whom", "accepted by", TABLE_SHOWN },
	{ NULL, NULL, TABLE_TEXT },
};

static const char ask_head[] =
    "select a.alert_id, a.kind, a.severity,"
    "       case when l.superseded_at is not null then 'superseded' when l.resolved_at is not null then 'resolved'"
    "            when a.kind in ('superseded', 'resolved', 'digest', 'daily_digest', 'test') then 'said'"
    "            when k.expires_at > clock_timestamp() then 'acknowledged' else 'OPEN' end,"
    "       f.code, f.name, l.booking_number, a.reason, a.allowed, a.citation, detainerd.explain_time(a.release_at, z.zone, $2),"
    "       detainerd.explain_time(a.due_at, z.zone, $2), detainerd.explain_time(a.learned_at, z.zone, $2), detainerd.explain_time(a.raised_at, z.zone, $2),"
    "       extract(epoch from a.learned_at - a.due_at)::text, extract(epoch from a.raised_at - greatest(a.due_at, a.learned_at))::text,"
    "       l.acknowledged_by, detainerd.explain_time(l.acknowledged_at, z.zone, $2), detainerd.explain_time(k.expires_at, z.zone, $2),"
    "       to_json(d.told), coalesce(array_to_string(d.told, ', '), 'NOBODY yet')"
    "  from detainerd.alert a" ZONE "  join detainerd.alert_log l on l.alert_id = a.alert_id"
    "  left join detainerd.facility f on f.facility_id = a.facility_id"
    " cross join lateral (select detainerd.hushed_until(a) as expires_at) k"
    " cross join lateral (select array_agg(d.receiver order by d.receiver) as told from detainerd.delivery d where d.alert_id = a.alert_id and d.delivered_at is not null) d"
    " where a.alert_id = $1";

static const struct table_column timeline_columns[] = {
	{ "at", "TIME", TABLE_TEXT },
	{ "utc", "UTC", TABLE_UTC },
	{ "event", NULL, TABLE_TEXT },
	{ "what", "WHAT", TABLE_WORDS },
	{ "ahead", "AHEAD", TABLE_BOOL },
	{ NULL, NULL, TABLE_TEXT },
};

static const struct table_column delivery_columns[] = {
	{ "delivery_id", "DELIVERY", TABLE_NUMBER },
	{ "receiver", "RECEIVER", TABLE_TEXT },
	{ "route_id", "ROUTE", TABLE_NUMBER },
	{ "state", "STATE", TABLE_TEXT },
	{ "reminder", "REMINDER", TABLE_BOOL },
	{ "attempts", "ATTEMPTS", TABLE_NUMBER },
	{ "tellings", "TOLD", TABLE_NUMBER },
	{ "first_due_at", NULL, TABLE_TEXT },
	{ "due_at", "DUE", TABLE_TEXT },
	{ "delivered_at", "ACCEPTED", TABLE_TEXT },
	{ "leased_by", NULL, TABLE_TEXT },
	{ "lease_until", NULL, TABLE_TEXT },
	{ "digest_id", "IN DIGEST", TABLE_TEXT },
	{ "attempts_made", NULL, TABLE_TREE },
	{ NULL, NULL, TABLE_TEXT },
};

static const struct table_column other_columns[] = {
	{ "relation", "THIS ALERT", TABLE_TEXT },
	{ "alert_id", "ALERT", TABLE_TEXT },
	{ "facility", "FACILITY", TABLE_TEXT },
	{ "booking_number", "BOOKING", TABLE_TEXT },
	{ "kind", "KIND", TABLE_TEXT },
	{ "due_at", "DUE", TABLE_TEXT },
	{ NULL, NULL, TABLE_TEXT },
};

static const struct report report = { .doing = "show the alert",
	.head = { .columns = head_columns, .sql = ask_head, .values = 2 },
	.parts = {
	    { "timeline", "What happened", "nothing is recorded", timeline_columns,
		"select detainerd.explain_time(x.at, z.zone, $2), detainerd.explain_time(x.at, 'UTC', $3), x.event, x.what, x.ahead"
		"  from detainerd.alert a" ZONE
		" cross join lateral detainerd.explain_alert(a.alert_id, clock_timestamp(), $4::boolean) x where a.alert_id = $1",
		4 },
	    { "deliveries", "Deliveries", "NOBODY was to be told: no route asked for it",
		delivery_columns,
		"select d.delivery_id, d.receiver, d.route_id, d.state, d.reminder, d.attempts, d.tellings, detainerd.explain_time(d.first_due_at, z.zone, $2),"
		"       detainerd.explain_time(d.due_at, z.zone, $2), detainerd.explain_time(d.delivered_at, z.zone, $2), d.leased_by, detainerd.explain_time(d.lease_until, z.zone, $2), d.digest_id,"
		"       (select coalesce(jsonb_agg(jsonb_build_object('attempt', t.attempt, 'daemon', t.daemon, 'settled_at', detainerd.explain_time(t.settled_at, z.zone, $2),"
		"               'outcome', t.outcome, 'code', t.code, 'elapsed_ms', t.elapsed_ms, 'answer', t.answer) order by t.delivery_attempt_id), '[]')"
		"          from detainerd.delivery_attempt t where t.delivery_id = d.delivery_id)"
		"  from detainerd.alert a" ZONE
		" join detainerd.delivery d on d.alert_id = a.alert_id where a.alert_id = $1 order by d.first_due_at, d.delivery_id",
		2 },
	    { "alerts", "Other alerts", "none", other_columns,
		"select r.relation, o.alert_id, f.code, b.booking_number, o.kind, detainerd.explain_time(o.due_at, z.zone, $2)"
		"  from detainerd.alert a" ZONE " cross join lateral ("
		"       select 'lists' as relation, d.alert_id from detainerd.delivery d where d.digest_id = a.alert_id"
		"       union select 'is listed in', d.digest_id from detainerd.delivery d where d.alert_id = a.alert_id and d.digest_id is not null"
		"       union select 'closes', e.alert_id from detainerd.alert_event e where e.by_alert = a.alert_id"
		"       union select 'is ' || e.event || ' by', e.by_alert from detainerd.alert_event e where e.alert_id = a.alert_id and e.by_alert is not null) r"
		"  join detainerd.alert o on o.alert_id = r.alert_id"
		"  left join detainerd.facility f on f.facility_id = o.facility_id"
		"  left join detainerd.booking b on b.booking_id = o.booking_id"
		" where a.alert_id = $1 order by r.relation, o.due_at, o.alert_id",
		2 } } };

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct alerts_show *show = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		if (show->alert_id != NULL)
			options_error(state, "cannot show '%s' too: one alert at a time.", arg);
		show->alert_id = arg;
		return 0;
	case ARGP_KEY_END:
		if (show->alert_id == NULL)
			options_error(state, "cannot show: the id of an ALERT is needed.");
		return 0;
	default: return options_rest(key, arg, state, &show->options);
	}
}

static enum say_status
print(struct db *db, const struct alerts_show *show)
{
	const char *values[] = { show->alert_id, options_time_style(&show->options),
		show->options.form == OPTIONS_JSON ? "rfc-utc" : "utc",
		show->options.form == OPTIONS_JSON ? "false" : "true" };
	struct report_answer answer;
	enum say_status status = report_ask(&report, db, values, &answer);

	if (status == SAY_OK)
		status = report_print(&report, &answer, &show->options);
	report_fini(&answer);
	return status;
}

static enum say_status
serve(struct db *db, const void *wanted)
{
	const struct alerts_show *show = wanted;
	enum say_status status =
	    db_do(db, "show the alert", "begin isolation level repeatable read read only");

	if (status == SAY_OK)
		status = lookup_alert(db, show->alert_id);
	return status == SAY_OK ? print(db, show) : status;
}

enum say_status
alerts_show_run(int argc, char **argv, const struct options *given)
{
	static const struct argp argp = {
		.parser = parse,
		.children = options_children,
		.args_doc = "ALERT",
		.doc =
		    "Shows all that is known of one alert: its instants, who acknowledged it, what closed it, to whom it went, every attempt."
	};
	struct alerts_show show = { .options = *given };

	options_parse(&argp, argc, argv, &show);
	return db_serve(&show.options, serve, &show);
}
