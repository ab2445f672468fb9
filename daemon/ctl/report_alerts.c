/* SPDX-License-Identifier: MIT */
/*
 * report_alerts.c: what was raised, how late, who was told, and what nobody answered.
 */
#include "ctl/command.h"
#include "ctl/period.h"

#define ROWS " detainerd.report_alerts($1::date, $2::date, $3, $5::timestamptz) r"

static const struct table_column figures[] = { PERIOD_COLUMNS,
	{ "raised", "alerts raised", TABLE_NUMBER },
	{ "worst_late", "the latest was raised late by", TABLE_TEXT },
	{ "not_told", "which no receiver has accepted", TABLE_NUMBER },
	{ "unanswered", "releases nobody answered within 30 minutes", TABLE_NUMBER },
	{ NULL, NULL, TABLE_TEXT } };

static const struct table_column rows[] = {
	TABLE_ALERT,
	{ "citation", NULL, TABLE_TEXT },
	{ "due_at", NULL, TABLE_TEXT },
	{ "raised_at", "RAISED", TABLE_TEXT },
	{ "late_seconds", NULL, TABLE_TREE },
	{ "told_at", "TOLD", TABLE_TEXT },
	{ "receivers", "RECEIVERS", TABLE_NUMBER },
	{ "undelivered", "UNDELIVERED", TABLE_NUMBER },
	{ "acknowledged_at", "ACKNOWLEDGED", TABLE_TEXT },
	{ "acknowledged_by", "BY", TABLE_TEXT },
	{ "resolved_at", "RESOLVED", TABLE_TEXT },
	{ "superseded_at", "SUPERSEDED", TABLE_TEXT },
	{ "unanswered", "UNANSWERED", TABLE_BOOL },
	{ NULL, NULL, TABLE_TEXT },
};

static const struct table_column kinds[] = {
	{ "kind", "KIND", TABLE_TEXT },
	{ "raised", "RAISED", TABLE_NUMBER },
	{ "told", "TOLD", TABLE_NUMBER },
	{ "acknowledged", "ACKNOWLEDGED", TABLE_NUMBER },
	{ "unanswered", "UNANSWERED", TABLE_NUMBER },
	{ NULL, NULL, TABLE_TEXT },
};

static const struct period period = { .title = "Alerts",
	.about =
	    "Every alert that was raised in the period, whom it reached and who answered. Told means that a receiver accepted it, not that a person has seen it.",
	.report = { .doing = "report the alerts",
	    .nothing = "-",
	    .head = { .columns = figures,
		.values = PERIOD_VALUES,
		.sql = PERIOD_HEAD
		", r.* from (select count(*), detainerd.explain_duration(date_trunc('milliseconds', max(r.late))), count(*) filter (where r.told_at is null),"
		"       count(*) filter (where r.unanswered)"
		"  from" ROWS ") r" PERIOD_ZONE },
	    .parts = {
		{ "alerts", "Alerts", "Nothing was raised.", rows,
		    "select r.alert_id, r.facility, r.booking_number, r.kind, r.severity, r.reason, r.citation, detainerd.explain_time(r.due_at, r.time_zone, $4),"
		    "       detainerd.explain_time(r.raised_at, r.time_zone, $4), extract(epoch from r.late)::text, detainerd.explain_time(r.told_at, r.time_zone, $4),"
		    "       r.receivers, r.undelivered, detainerd.explain_time(r.acknowledged_at, r.time_zone, $4), r.acknowledged_by,"
		    "       detainerd.explain_time(r.resolved_at, r.time_zone, $4), detainerd.explain_time(r.superseded_at, r.time_zone, $4), r.unanswered"
		    "  from" ROWS " order by r.raised_at, r.alert_id",
		    PERIOD_VALUES },
		{ "kinds", "By kind", "None.", kinds,
		    "select r.kind, count(*), count(r.told_at), count(r.acknowledged_at), count(*) filter (where r.unanswered)"
		    "  from" ROWS " where $4::text is not null group by r.kind order by r.kind",
		    PERIOD_VALUES } } } };

enum say_status
report_alerts_run(int argc, char **argv, const struct options *given)
{
	return period_run(&period, argc, argv, given);
}
