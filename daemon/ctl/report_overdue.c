/* SPDX-License-Identifier: MIT */
/*
 * report_overdue.c: who was held past the end of lawful custody, since when, and who was told and answered.
 */
#include "ctl/command.h"
#include "ctl/period.h"

#define ROWS " detainerd.report_overdue($1::date, $2::date, $3, $5::timestamptz) r"

static const struct table_column figures[] = { PERIOD_COLUMNS,
	{ "spans", "times that somebody was held past it", TABLE_NUMBER },
	{ "in_custody", "of them still in custody", TABLE_NUMBER },
	{ "longest", "the longest", TABLE_TEXT }, { "median", "half were longer than", TABLE_TEXT },
	{ "not_told", "of which no receiver had been told", TABLE_NUMBER },
	{ "not_acknowledged", "which nobody acknowledged", TABLE_NUMBER },
	{ NULL, NULL, TABLE_TEXT } };

static const struct table_column rows[] = {
	{ "facility", "FACILITY", TABLE_TEXT },
	{ "booking_number", "BOOKING", TABLE_TEXT },
	{ "since", "SINCE", TABLE_TEXT },
	{ "until", "UNTIL", TABLE_TEXT },
	{ "lasted", "LASTED", TABLE_TEXT },
	{ "lasted_seconds", NULL, TABLE_TREE },
	{ "in_custody", "STILL IN", TABLE_BOOL },
	{ "reason", "REASON", TABLE_TEXT },
	{ "citation", "LAW", TABLE_TEXT },
	{ "told_at", "TOLD", TABLE_TEXT },
	{ "acknowledged_at", "ACKNOWLEDGED", TABLE_TEXT },
	{ "acknowledged_by", "BY", TABLE_TEXT },
	{ NULL, NULL, TABLE_TEXT },
};

static const struct table_column reasons[] = {
	{ "reason", "REASON", TABLE_TEXT },
	{ "citation", "LAW", TABLE_TEXT },
	{ "spans", "TIMES", TABLE_NUMBER },
	{ "longest", "LONGEST", TABLE_TEXT },
	{ NULL, NULL, TABLE_TEXT },
};

static const struct period period = { .title = "Overdue holds",
	.about =
	    "Every span of custody without lawful ground that began in the period, of people who are still in custody too.",
	.report = { .doing = "report the overdue holds",
	    .nothing = "-",
	    .head = { .columns = figures,
		.values = PERIOD_VALUES,
		.sql = PERIOD_HEAD
		", r.* from (select count(*), count(*) filter (where r.in_custody),"
		"       detainerd.explain_duration(date_trunc('second', max(r.lasted))),"
		"       detainerd.explain_duration(date_trunc('second', percentile_cont(0.5) within group (order by r.lasted))),"
		"       count(*) filter (where r.told_at is null), count(*) filter (where r.acknowledged_at is null)"
		"  from" ROWS ") r" PERIOD_ZONE },
	    .parts = {
		{ "overdue", "Overdue holds", "Nobody was held past the end of lawful custody.",
		    rows,
		    "select r.facility, r.booking_number, detainerd.explain_time(r.since, r.time_zone, $4), detainerd.explain_time(r.until, r.time_zone, $4),"
		    "       detainerd.explain_duration(date_trunc('second', r.lasted)), extract(epoch from r.lasted)::text, r.in_custody, r.reason, r.citation,"
		    "       detainerd.explain_time(r.told_at, r.time_zone, $4), detainerd.explain_time(r.acknowledged_at, r.time_zone, $4), r.acknowledged_by"
		    "  from" ROWS " order by r.since, r.facility, r.booking_number",
		    PERIOD_VALUES },
		{ "reasons", "Why lawful custody had ended", "None.", reasons,
		    "select coalesce(r.reason, 'restored later, see explain'), r.citation, count(*), detainerd.explain_duration(date_trunc('second', max(r.lasted)))"
		    "  from" ROWS
		    " where $4::text is not null group by r.reason, r.citation order by count(*) desc, r.reason, r.citation",
		    PERIOD_VALUES } } } };

enum say_status
report_overdue_run(int argc, char **argv, const struct options *given)
{
	return period_run(&period, argc, argv, given);
}
