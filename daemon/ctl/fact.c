/* SPDX-License-Identifier: MIT */
/*
 * fact.c: one fact by hand. Called by the verbs of facts.c.
 *
 * It hands names and values to detainerd.record_fact(), which takes them the way of an import file; what came of it is
 * read in the same transaction. What a value means, and whether it may be written, is judged there.
 */
#include "ctl/fact.h"

#include <stdio.h>
#include <string.h>

#include "ctl/db.h"
#include "ctl/fields.h"
#include "ctl/report.h"

struct fact {
	struct options options;
	const struct fact_verb *verb;
	const char *name; /* booking number or facility code; NULL: none was given */
	const char *facility;
	const char *reference;
	json_t *fields; /* owned: column to text, or to null where it is taken back */
	bool is_new;
};

enum {
	KEY_NEW = 512,
	KEY_REFERENCE,
	KEY_CLEAR,
	KEY_COLUMN /* and up: the columns of the verb */
};

/* ---- what is asked for ---- */

/* The column that option ${index} of the verb writes. */
static const char *
column_of(const struct fact_column *column, char *room, size_t bytes)
{
	snprintf(room, bytes, "%s", column->column != NULL ? column->column : column->option);
	for (char *at = room; *at != '\0'; at++)
		if (*at == '-')
			*at = '_';
	return room;
}

static void
set(struct fact *fact, const struct fact_column *column, const char *value,
    const struct argp_state *state)
{
	char name[64], undo[80];

	column_of(column, name, sizeof name);
	snprintf(undo, sizeof undo, "clear %s", column->option);
	fields_set(fact->fields,
	    &(struct fields_name){ .option = column->option, .column = name, .undo = undo }, value,
	    state);
}

static void
clear(struct fact *fact, const char *option, struct argp_state *state)
{
	const struct fact_column *column = fact->verb->columns;

	while (column->option != NULL && strcmp(column->option, option) != 0)
		column++;
	if (column->option == NULL)
		options_error(state, "cannot clear '%s': %s has no option of that name.", option,
		    state->name);
	else
		set(fact, column, NULL, state);
}

static void
take_name(struct fact *fact, char *name, struct argp_state *state)
{
	if (fact->name != NULL)
		options_error(state, "cannot record '%s' too: one at a time.", name);
	if (fields_is_blank(name))
		options_error(state, "cannot record a blank %s.", fact->verb->args_doc);
	fact->name = name;
}

/* Does ${fact} ask for all of them: nothing is named, and nothing is to be recorded? */
static bool
is_list(const struct fact *fact)
{
	return fact->verb->list != NULL && fact->name == NULL && !fact->is_new &&
	       json_object_size(fact->fields) == 0;
}

static void
end(struct fact *fact, struct argp_state *state)
{
	if (is_list(fact))
		fact->options.envelope->lists = true;
	else if (fact->name == NULL)
		options_error(state, "cannot tell which: %s is needed.", fact->verb->args_doc);
}

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct fact *fact = state->input;

	switch (key) {
	case 'f': fact->facility = arg; return 0;
	case KEY_NEW: fact->is_new = true; return 0;
	case KEY_REFERENCE: fact->reference = arg; return 0;
	case KEY_CLEAR: clear(fact, arg, state); return 0;
	case ARGP_KEY_ARG: take_name(fact, arg, state); return 0;
	case ARGP_KEY_END: end(fact, state); return 0;
	default: break;
	}
	if (key >= KEY_COLUMN && key < KEY_COLUMN + FACT_COLUMNS_MAX) {
		set(fact, &fact->verb->columns[key - KEY_COLUMN], arg, state);
		return 0;
	}
	return options_rest(key, arg, state, &fact->options);
}

/* ---- what came of it ---- */

/* $1 style of times, $2 kind, $3 facility, $4 booking number, $5 reference, $6 fields, $7 is it new. */
static const struct report report = { .doing = "record the fact",
	.head = { .columns = (const struct table_column[]){ { "facility", "facility", TABLE_TEXT },
		      { "booking_number", "booking", TABLE_TEXT },
		      { "reference", "reference", TABLE_TEXT },
		      { "outcome", "outcome", TABLE_TEXT }, { NULL, NULL, TABLE_TEXT } },
	    .sql =
		"select facility, booking_number, reference, outcome from detainerd.record_fact($2, $3, $4, $5, $6::jsonb, $7::boolean) where $1::text is not null",
	    .values = 7 },
	.parts = {
	    { .name = "facts",
		.title = "Recorded",
		.nothing = "nothing",
		.columns = (const struct table_column[]){ { "reference", "REFERENCE", TABLE_TEXT },
		    { "name", "FACT", TABLE_TEXT }, { "was", "WAS", TABLE_TEXT },
		    { "is", "IS", TABLE_WORDS }, { NULL, NULL, TABLE_TEXT } },
		.sql =
		    "select r.reference, r.name, detainerd.fact_text(r.was, r.reads, p.time_zone, $1), detainerd.fact_text(r.\"is\", r.reads, p.time_zone, $1)"
		    "  from pg_temp.fact_recorded r cross join pg_temp.fact_place p"
		    " where r.was is not null or r.\"is\" is not null order by r.place",
		.values = 1 },
	    { .name = "verdict",
		.title = "Verdict now",
		.nothing = "no hold: nobody here has a detainer",
		.columns = (const struct table_column[]){ { "booking_number", "BOOKING",
							      TABLE_TEXT },
		    { "starts_at", "STARTS", TABLE_TEXT },
		    { "release_at", "RELEASE BY", TABLE_TEXT }, { "ended_at", "ENDED", TABLE_TEXT },
		    { "allowed", "ALLOWED", TABLE_BOOL }, { "reason", NULL, TABLE_TEXT },
		    { "detail", NULL, TABLE_TEXT }, { "why", "WHY", TABLE_WORDS },
		    { "citation", "LAW", TABLE_WORDS }, { NULL, NULL, TABLE_TEXT } },
		.sql =
		    "select b.booking_number, detainerd.explain_time(h.starts_at, p.time_zone, $1), detainerd.explain_time(h.release_at, p.time_zone, $1),"
		    "       detainerd.explain_time(h.ended_at, p.time_zone, $1), h.allowed, h.reason, h.detail, detainerd.explain_reason(h.reason, h.detail), h.citation"
		    "  from pg_temp.fact_place p"
		    "  join detainerd.hold h on case when p.booking_id is null then h.facility_id = p.facility_id and h.ended_at is null else p.booking_id = any (h.members) end"
		    "  join detainerd.booking b on b.booking_id = h.booking_id"
		    " order by h.release_at nulls last, b.booking_number",
		.values = 1 },
	    { .name = "duties",
		.title = "What the law asks beside release",
		.nothing = "nothing that is on file",
		.columns = (const struct table_column[]){ { "duty", "DUTY", TABLE_TEXT },
		    { "state", "STATE", TABLE_TEXT }, { "says", NULL, TABLE_WORDS },
		    { "due_at", "BY", TABLE_TEXT }, { "done_at", "DONE", TABLE_TEXT },
		    { "citation", "LAW", TABLE_WORDS }, { "verified", "VERIFIED", TABLE_BOOL },
		    { NULL, NULL, TABLE_TEXT } },
		.sql =
		    "select x.duty, x.state, x.says, detainerd.explain_time(x.due_at, p.time_zone, $1), detainerd.explain_time(x.done_at, p.time_zone, $1), x.citation, x.verified"
		    "  from pg_temp.fact_place p cross join lateral detainerd.explain_duties(p.booking_id, clock_timestamp()) x",
		.values = 1 },
	    { .name = "doubts",
		.title = "In doubt",
		.nothing = "nothing",
		.columns = (const struct table_column[]){ { "code", NULL, TABLE_TEXT },
		    { "message", "WHAT", TABLE_WORDS }, { NULL, NULL, TABLE_TEXT } },
		.sql =
		    "select w.code, w.message from detainerd.fact_warning w"
		    " where $1::text is not null and w.booking_id = (select p.booking_id from pg_temp.fact_place p)"
		    " union all select y.code, y.message from pg_temp.fact_place p cross join lateral detainerd.duty_doubts(p.booking_id, clock_timestamp()) y"
		    " order by 1, 2",
		.values = 1 } } };

static enum say_status
record(struct db *db, const void *wanted, const char *fields)
{
	const struct fact *fact = wanted;
	bool is_facility = strcmp(fact->verb->kind, "facility") == 0;
	const char *values[] = { options_time_style(&fact->options), fact->verb->kind,
		is_facility ? fact->name : fact->facility, is_facility ? NULL : fact->name,
		fact->reference, fields, fact->is_new ? "true" : "false" };
	struct report_answer answer = { 0 };
	enum say_status status = db_do(db, report.doing, "begin isolation level read committed");

	if (status == SAY_OK)
		status = report_ask(&report, db, values, &answer);
	if (status == SAY_OK)
		status = db_do(db, report.doing, "commit");
	if (status == SAY_OK)
		status = report_print(&report, &answer, &fact->options);
	report_fini(&answer);
	return status;
}

static enum say_status
serve(struct db *db, const void *wanted)
{
	const struct fact *fact = wanted;
	if (is_list(fact))
		return fact->verb->list(db, &fact->options);
	return fields_record(db, fact->fields, record, fact);
}

/* ---- the verb ---- */

/* The options of ${verb}, in ${ret_options}, which has room for them. */
static void
make_options(const struct fact_verb *verb, struct argp_option *ret_options)
{
	struct argp_option *next = ret_options;

	for (int i = 0; verb->columns[i].option != NULL; i++)
		*next++ = (struct argp_option){ .name = verb->columns[i].option,
			.key = KEY_COLUMN + i,
			.arg = verb->columns[i].arg,
			.doc = verb->columns[i].doc };
	*next++ = (struct argp_option){ .name = "clear",
		.key = KEY_CLEAR,
		.arg = "OPTION",
		.doc = "Take back what is recorded by --OPTION" };
	if (verb->naming != FACT_KNOWN)
		*next++ = (struct argp_option){
			.name = "new", .key = KEY_NEW, .doc = "It is not recorded yet"
		};
	if (verb->naming == FACT_PART)
		*next++ = (struct argp_option){ .name = "reference",
			.key = KEY_REFERENCE,
			.arg = "ID",
			.doc = "Which of the booking's, by the sender's id or as shown" };
	if (strcmp(verb->kind, "facility") != 0)
		*next++ = (struct argp_option){ .name = "facility",
			.key = 'f',
			.arg = "CODE",
			.doc = "The booking of that number at facility CODE" };
	*next = (struct argp_option){ 0 };
}

enum say_status
fact_run(const struct fact_verb *verb, int argc, char **argv, const struct options *given)
{
	struct argp_option options[FACT_COLUMNS_MAX + 5];
	bool may_lack = verb->list != NULL;
	char args_doc[32];
	struct argp argp = { .options = options,
		.parser = parse,
		.children = options_children,
		.args_doc = args_doc,
		.doc = verb->doc };
	struct fact fact = { .options = *given, .verb = verb, .fields = json_object() };

	snprintf(args_doc, sizeof args_doc, may_lack ? "[%s]" : "%s", verb->args_doc);
	make_options(verb, options);
	options_parse(&argp, argc, argv, &fact);
	enum say_status status = db_serve(&fact.options, serve, &fact);
	json_decref(fact.fields);
	return status;
}
