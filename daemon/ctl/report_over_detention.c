/* SPDX-License-Identifier: MIT */
/*
 * report_over_detention.c: who was let out too late, by how much in all, and why.
 */
#include "ctl/command.h"
#include "ctl/period.h"

#define ROWS " detainerd.report_over_detention($1::date, $2::date, $3) r"

static const struct table_column figures[] = { PERIOD_COLUMNS,
	{ "people", "stays with time without lawful ground", TABLE_NUMBER },
	{ "total", "in all", TABLE_TEXT }, { "longest", "the longest", TABLE_TEXT },
	{ "median", "half were longer than", TABLE_TEXT }, { NULL, NULL, TABLE_TEXT } };

static const struct table_column rows[] = {
	{ "facility", "FACILITY", TABLE_TEXT },
	{ "booking_number", "BOOKING", TABLE_TEXT },
	{ "starts_at", "STARTS", TABLE_TEXT },
	{ "release_at", "RELEASE BY", TABLE_TEXT },
	{ "custody_ended_at", "OUT", TABLE_TEXT },
	{ "late", "LATE", TABLE_TEXT },
	{ "late_seconds", NULL, TABLE_TREE },
	{ "spans", "SPANS", TABLE_NUMBER },
	{ "allowed", "ALLOWED", TABLE_BOOL },
	{ "reason", "REASON", TABLE_TEXT },
	{ "citation", "LAW", TABLE_TEXT },
	{ NULL, NULL, TABLE_TEXT },
};

static const struct table_column reasons[] = {
	{ "reason", "REASON", TABLE_TEXT },
	{ "citation", "LAW", TABLE_TEXT },
	{ "people", "STAYS", TABLE_NUMBER },
	{ "total", "IN ALL", TABLE_TEXT },
	{ "longest", "LONGEST", TABLE_TEXT },
	{ NULL, NULL, TABLE_TEXT },
};

static const struct period period = { .title = "Over-detention",
	.about =
	    "Every stay that ended in the period with time in custody for which there was no lawful ground, and how much of it.",
	.report = { .doing = "report the over-detention",
	    .nothing = "-",
	    .head = { .columns = figures,
		.values = PERIOD_VALUES,
		.sql = PERIOD_HEAD
		", r.* from (select count(*), detainerd.explain_duration(date_trunc('second', sum(r.late))),"
		"       detainerd.explain_duration(date_trunc('second', max(r.late))),"
		"       detainerd.explain_duration(date_trunc('second', percentile_cont(0.5) within group (order by r.late)))"
		"  from" ROWS ") r" PERIOD_ZONE },
	    .parts = {
		{ "over_detention", "Over-detention", "Nobody was let out late.", rows,
		    "select r.facility, r.booking_number, detainerd.explain_time(r.starts_at, r.time_zone, $4), detainerd.explain_time(r.release_at, r.time_zone, $4),"
		    "       detainerd.explain_time(r.custody_ended_at, r.time_zone, $4), detainerd.explain_duration(date_trunc('second', r.late)),"
		    "       extract(epoch from r.late)::text, (select count(*) from unnest(r.spans)), r.allowed, r.reason, r.citation"
		    "  from" ROWS " order by r.custody_ended_at, r.facility, r.booking_number",
		    4 },
		{ "reasons", "Why lawful custody had ended", "None.", reasons,
		    "select r.reason, r.citation, count(*), detainerd.explain_duration(date_trunc('second', sum(r.late))),"
		    "       detainerd.explain_duration(date_trunc('second', max(r.late)))"
		    "  from" ROWS
		    " group by r.reason, r.citation order by count(*) desc, r.reason, r.citation",
		    3 } } } };

enum say_status
report_over_detention_run(int argc, char **argv, const struct options *given)
{
	return period_run(&period, argc, argv, given);
}
