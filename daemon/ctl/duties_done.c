/* SPDX-License-Identifier: MIT */
/*
 * duties_done.c: records that a facility did what the law asks for each period, such as a yearly report.
 */
#include "ctl/command.h"
#include "ctl/db.h"
#include "ctl/fields.h"
#include "ctl/report.h"

struct duties_done {
	struct options options;
	const char *duty;
	const char *facility;
	const char *jurisdiction;
	const char *period;
	json_t *fields; /* owned: column to text, or to null where it is taken back */
};

/* $1 style of times, $2 facility, $3 duty, $4 jurisdiction, $5 a day of the period, $6 fields. */
static const struct report report = { .doing = "record what was done of a period",
	.head = { .columns = (const struct table_column[]){ { "facility", "facility", TABLE_TEXT },
		      { "duty", "duty", TABLE_TEXT }, { "says", "what", TABLE_TEXT },
		      { "period_from", "from", TABLE_TEXT }, { "period_until", "to", TABLE_TEXT },
		      { "due_at", "by", TABLE_TEXT }, { "done_at", "done", TABLE_TEXT },
		      { "state", "state", TABLE_TEXT }, { "citation", "law", TABLE_TEXT },
		      { NULL, NULL, TABLE_TEXT } },
	    .sql =
		"select d.facility, d.done, d.says, d.period_from, d.period_until, detainerd.explain_time(d.due_at, f.time_zone, $1),"
		"       detainerd.explain_time(d.done_at, f.time_zone, $1), d.state, d.citation"
		"  from detainerd.record_period($2, $3, $4, $5, $6::jsonb, clock_timestamp()) d join detainerd.facility f on f.code = d.facility",
	    .values = 6 } };

enum {
	KEY_NOT_DONE = 512,
	KEY_DONE_AT,
	KEY_DONE_BY,
	KEY_TOLD,
	KEY_EVIDENCE
};

/* What can be given, in the order of the keys. */
static const struct fields_name facts[] = { { "done-at", "done_at", "not-done" },
	{ "done-by", "done_by", NULL }, { "told", "told", NULL },
	{ "evidence", "evidence", NULL } };

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct duties_done *done = state->input;

	switch (key) {
	case 'f': done->facility = arg; return 0;
	case 'j': done->jurisdiction = arg; return 0;
	case 'p': done->period = arg; return 0;
	case KEY_NOT_DONE: fields_set(done->fields, &facts[0], NULL, state); return 0;
	case KEY_DONE_AT:
	case KEY_DONE_BY:
	case KEY_TOLD:
	case KEY_EVIDENCE:
		fields_set(done->fields, &facts[key - KEY_DONE_AT], arg, state);
		return 0;
	case ARGP_KEY_ARG:
		if (done->duty != NULL)
			options_error(state, "cannot record '%s' too: one at a time.", arg);
		done->duty = arg;
		return 0;
	case ARGP_KEY_END:
		if (done->duty == NULL || done->period == NULL ||
		    json_object_size(done->fields) == 0)
			options_error(state,
			    "cannot record it: DUTY, --period and --done-at or --not-done are needed.");
		return 0;
	default: return options_rest(key, arg, state, &done->options);
	}
}

static enum say_status
record(struct db *db, const void *wanted, const char *fields)
{
	const struct duties_done *done = wanted;
	const char *values[] = { options_time_style(&done->options), done->facility, done->duty,
		done->jurisdiction, done->period, fields };
	struct report_answer answer = { 0 };
	enum say_status status = report_ask(&report, db, values, &answer);

	if (status == SAY_OK)
		status = report_print(&report, &answer, &done->options);
	report_fini(&answer);
	return status;
}

static enum say_status
serve(struct db *db, const void *wanted)
{
	const struct duties_done *done = wanted;

	return fields_record(db, done->fields, record, done);
}

enum say_status
duties_done_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = {
		{ .name = "period", .key = 'p', .arg = "DAY", .doc = "A day of the period" },
		{ .name = "facility", .key = 'f', .arg = "CODE", .doc = "Which facility did it" },
		{ .name = "jurisdiction",
		    .key = 'j',
		    .arg = "CODE",
		    .doc = "Whose law asks for it, where several do" },
		{ .name = "done-at", .key = KEY_DONE_AT, .arg = "TIME", .doc = "When" },
		{ .name = "done-by", .key = KEY_DONE_BY, .arg = "NAME", .doc = "Who did it" },
		{ .name = "told", .key = KEY_TOLD, .arg = "NAME", .doc = "Who got it" },
		{ .name = "evidence", .key = KEY_EVIDENCE, .arg = "TEXT", .doc = "What shows it" },
		{ .name = "not-done", .key = KEY_NOT_DONE, .doc = "It was not done after all" },
		{ 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = options_children,
		.args_doc = "DUTY",
		.doc =
		    "Records that a facility did what the law asks for each period, such as a yearly report."
	};
	struct duties_done done = { .options = *given, .fields = json_object() };

	options_parse(&argp, argc, argv, &done);
	enum say_status status = db_serve(&done.options, serve, &done);
	json_decref(done.fields);
	return status;
}
