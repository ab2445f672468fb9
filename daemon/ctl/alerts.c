/* SPDX-License-Identifier: MIT */
/*
 * alerts.c: the alert log: what was raised, what became of it, and to whom it went.
 */
#include "ctl/command.h"
#include "ctl/list.h"
#include "ctl/lookup.h"
#include "ctl/since.h"

struct alerts {
	struct options options;
	const char *since;
	const char *facility;
};

static const struct table_column columns[] = {
	TABLE_ALERT,
	{ "allowed", NULL, TABLE_BOOL },
	{ "citation", NULL, TABLE_TEXT },
	{ "release_at", NULL, TABLE_TEXT },
	{ "due_at", "DUE", TABLE_TEXT },
	{ "raised_at", "RAISED", TABLE_TEXT },
	{ "late_seconds", NULL, TABLE_TREE },
	{ "state", "STATE", TABLE_STATE },
	{ "acknowledged_at", NULL, TABLE_TEXT },
	{ "acknowledged_by", "BY", TABLE_TEXT },
	{ "resolved_at", NULL, TABLE_TEXT },
	{ "superseded_at", NULL, TABLE_TEXT },
	{ "told", "TOLD", TABLE_STATE },
	{ "deliveries", NULL, TABLE_TREE },
	{ NULL, NULL, TABLE_TEXT },
};

/* $1 an instant, $2 a duration back from now, either or neither; $3 facility; $4 time style. An alert may be of no
   facility and no booking; what only tells of others, and a test, is never open. */
static const char question[] =
    "select l.alert_id, l.facility, l.booking_number, l.kind, a.severity, l.reason, a.allowed, l.citation,"
    "       detainerd.explain_time(a.release_at, z.zone, $4), detainerd.explain_time(l.due_at, z.zone, $4),"
    "       detainerd.explain_time(l.raised_at, z.zone, $4), extract(epoch from l.raised_at - l.due_at)::text,"
    "       case when l.superseded_at is not null then 'superseded' when l.resolved_at is not null then 'resolved'"
    "            when l.kind in ('superseded', 'resolved', 'digest', 'daily_digest', 'test') then 'said'"
    "            when k.silent_until > now.at then 'acknowledged' else 'OPEN' end,"
    "       detainerd.explain_time(l.acknowledged_at, z.zone, $4), l.acknowledged_by,"
    "       detainerd.explain_time(l.resolved_at, z.zone, $4), detainerd.explain_time(l.superseded_at, z.zone, $4),"
    "       coalesce(d.told, 'NOBODY'), coalesce(d.deliveries, '[]')"
    "  from detainerd.alert_log l"
    "  join detainerd.alert a using (alert_id)"
    "  left join detainerd.facility f on f.code = l.facility"
    " cross join (select detainerd.explain_time_zone() as shared, clock_timestamp() as at) now"
    " cross join lateral (select coalesce(f.time_zone, now.shared) as zone) z"
    /* as hushed_until(), which is slow for thousands: it takes whole rows */
    " cross join lateral (select case when detainerd.is_of_release(a.kind) then detainerd.silent_until(a.stay_id, a.release_at)"
    "                                 else (select max(e.expires_at) from detainerd.alert_event e where e.alert_id = a.alert_id and e.event = 'acknowledged') end as silent_until) k"
    "  left join lateral (select string_agg(d.receiver || ' ' || case when d.delivered_at is not null and d.state in ('due', 'leased') then 'delivered, again later' else d.state end,"
    "                                      ', ' order by d.receiver) as told,"
    "                            jsonb_agg(jsonb_build_object('receiver', d.receiver, 'state', d.state, 'attempts', d.attempts,"
    "                                      'outcome', d.last_outcome, 'code', d.last_code) order by d.receiver) as deliveries"
    "                       from detainerd.delivery_log d where d.alert_id = l.alert_id) d on true"
    " where (l.raised_at >= $1::timestamptz or $1 is null) and (l.raised_at >= now.at - $2::interval or $2 is null)"
    "   and (l.facility = $3 or $3 is null)"
    " order by l.raised_at, l.due_at, l.alert_id";

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct alerts *alerts = state->input;

	switch (key) {
	case 's': alerts->since = arg; return 0;
	case 'f': alerts->facility = arg; return 0;
	default: return options_rest(key, arg, state, &alerts->options);
	}
}

static const struct list list = { "list the alerts", columns, question, 4 };

static enum say_status
show(struct db *db, const struct alerts *alerts, const struct since *since)
{
	const char *values[] = { since_instant(since), since->duration, alerts->facility,
		options_time_style(&alerts->options) };
	const struct list_none none = { "no alerts", alerts->facility };

	return list_show(db, &list, values, &alerts->options, &none);
}

static enum say_status
serve(struct db *db, const void *wanted)
{
	const struct alerts *alerts = wanted;
	struct since since;
	enum say_status status = lookup_facility(db, alerts->facility);

	if (status == SAY_OK)
		status = since_read(&since, db, alerts->since, "list alerts");
	return status == SAY_OK ? show(db, alerts, &since) : status;
}

enum say_status
alerts_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = { { .name = "since",
							  .key = 's',
							  .arg = "DURATION|TIME",
							  .doc = "Only those raised " SINCE_DOC },
		{ .name = "facility",
		    .key = 'f',
		    .arg = "CODE",
		    .doc = "Only those of facility CODE" },
		{ 0 } };
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = options_children,
		.doc =
		    "Lists the alerts ever raised, oldest first, with what became of each.\v`detainerctl alerts show --help' tells of more."
	};
	struct alerts alerts = { .options = *given };

	options_parse(&argp, argc, argv, &alerts);
	return db_serve(&alerts.options, serve, &alerts);
}
