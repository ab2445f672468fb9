/* SPDX-License-Identifier: MIT */
/*
 * period.c: called by the reports. All is read in one transaction that sees one state, as of one instant.
 */
#include "ctl/period.h"

#include <string.h>

#include "ctl/html.h"
#include "ctl/lookup.h"

struct wanted {
	struct options options;
	const struct period *period;
	const char *from; /* as given; NULL: the first of the last day's month */
	const char *to;   /* NULL: today */
	const char *facility;
	bool html;
};

enum {
	DAYS_FIRST,
	DAYS_LAST,
	DAYS_AS_OF,
	DAYS_FAULT,
	DAYS_ORDERED
};

/* $1 from, $2 to, $3 facility. */
static const char ask_days[] =
    "select d.first, d.last, detainerd.explain_time(now.at, 'UTC', 'rfc-utc'), coalesce('''' || $1 || ''' is ' || a.fault, '''' || $2 || ''' is ' || z.fault), d.first <= d.last"
    "  from (select clock_timestamp() as at, coalesce((select f.time_zone from detainerd.facility f where f.code = $3), detainerd.explain_time_zone()) as zone) now"
    "  left join lateral detainerd.import_day($1) a on $1 is not null"
    "  left join lateral detainerd.import_day($2) z on $2 is not null"
    " cross join lateral (select case when $2 is null then (now.at at time zone now.zone)::date else z.day end as last) e"
    " cross join lateral (select case when $1 is null then date_trunc('month', e.last)::date else a.day end as first, e.last) d";

static error_t
set_format(struct wanted *wanted, const char *arg, struct argp_state *state)
{
	struct options *options = &wanted->options;

	if (strcmp(arg, "html") == 0)
		wanted->html = true;
	else if (strcmp(arg, "json") == 0)
		options->form = OPTIONS_JSON;
	else if (strcmp(arg, "csv") == 0)
		options->form = OPTIONS_CSV;
	else if (strcmp(arg, "text") != 0)
		options_error(
		    state, "cannot write '%s': a report is text, csv, json or html.", arg);
	return 0;
}

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct wanted *wanted = state->input;

	switch (key) {
	case 'F': wanted->from = arg; return 0;
	case 'T': wanted->to = arg; return 0;
	case 'f': wanted->facility = arg; return 0;
	case 'o': return set_format(wanted, arg, state);
	case ARGP_KEY_END:
		if (wanted->html && wanted->options.form != OPTIONS_TABLE)
			options_error(state, "cannot write HTML and JSON or CSV: name one format.");
		return 0;
	default: return options_rest(key, arg, state, &wanted->options);
	}
}

static enum say_status
print(const struct wanted *wanted, const struct report_answer *answer)
{
	const struct report *report = &wanted->period->report;

	if (wanted->html)
		return html_print(wanted->period, answer);
	if (wanted->options.form == OPTIONS_CSV)
		return table_print(report->parts[0].columns, answer->parts[0], &wanted->options);
	return report_print(report, answer, &wanted->options);
}

static enum say_status
show(struct db *db, const struct wanted *wanted, const PGresult *days)
{
	const char *values[PERIOD_VALUES] = { PQgetvalue(days, 0, DAYS_FIRST),
		PQgetvalue(days, 0, DAYS_LAST), wanted->facility,
		options_time_style(&wanted->options), PQgetvalue(days, 0, DAYS_AS_OF) };
	struct report_answer answer;
	enum say_status status = report_ask(&wanted->period->report, db, values, &answer);

	if (status == SAY_OK)
		status = print(wanted, &answer);
	report_fini(&answer);
	return status;
}

static enum say_status
check_days(const PGresult *days)
{
	if (!PQgetisnull(days, 0, DAYS_FAULT))
		return say(
		    SAY_USAGE, "cannot report that period: %s.", PQgetvalue(days, 0, DAYS_FAULT));
	if (*PQgetvalue(days, 0, DAYS_ORDERED) != 't')
		return say(SAY_USAGE,
		    "cannot report the period from %s to %s: it ends before it begins. Turn the two days round.",
		    PQgetvalue(days, 0, DAYS_FIRST), PQgetvalue(days, 0, DAYS_LAST));
	return SAY_OK;
}

static enum say_status
serve(struct db *db, const void *given)
{
	const struct wanted *wanted = given;
	const char *values[] = { wanted->from, wanted->to, wanted->facility };
	enum say_status status =
	    db_do(db, "report", "begin isolation level repeatable read read only");

	if (status == SAY_OK)
		status = lookup_facility(db, wanted->facility);
	if (status != SAY_OK)
		return status;
	PGresult *days = db_ask(db, "read the period", ask_days, 3, values);
	if (days == NULL)
		return db->status;
	status = check_days(days);
	if (status == SAY_OK)
		status = show(db, wanted, days);
	PQclear(days);
	return status;
}

enum say_status
period_run(const struct period *period, int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = {
		{ .name = "from",
		    .key = 'F',
		    .arg = "DAY",
		    .doc =
			"From DAY (YYYY-MM-DD), of each facility's own calendar; else the first of the month" },
		{ .name = "to", .key = 'T', .arg = "DAY", .doc = "To DAY, included; else today" },
		{ .name = "facility", .key = 'f', .arg = "CODE", .doc = "Of facility CODE only" },
		{ .name = "format",
		    .key = 'o',
		    .arg = "FORM",
		    .doc = "text (the default), csv, json or html" },
		{ 0 }
	};
	struct argp argp = { .options = options,
		.parser = parse,
		.children = options_children,
		.doc = period->about };
	struct wanted wanted = { .options = *given, .period = period };

	options_parse(&argp, argc, argv, &wanted);
	return db_serve(&wanted.options, serve, &wanted);
}
