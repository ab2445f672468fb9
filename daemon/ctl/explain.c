/* SPDX-License-Identifier: MIT */
/*
 * explain.c: one stay, so that a supervisor, counsel or a court can follow it: what happened, what made each minute of
 * custody lawful or not, what each level of the law says and on which evidence, and the clock's arithmetic.
 *
 * It derives nothing: every answer is one of the functions detainerd.explain_*(), which psql can call as well. All are
 * read in one transaction that sees one state of the facts.
 */
#include <stdio.h>
#include <string.h>

#include "ctl/command.h"
#include "ctl/db.h"
#include "ctl/explanation.h"
#include "ctl/stay.h"
#include "ctl/table.h"

struct explain {
	struct options options;
	struct stay_wanted wanted;
	struct db db;
	PGresult *found; /* by stay_find */
};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct explain *explain = state->input;

	return stay_rest(key, arg, state, &explain->options, &explain->wanted);
}

static PGresult *
ask(struct explain *explain, const char *sql, int count)
{
	const struct options *options = &explain->options;
	const char *values[] = { PQgetvalue(explain->found, 0, STAY_ID),
		PQgetvalue(explain->found, 0, STAY_AS_OF), PQgetvalue(explain->found, 0, STAY_ZONE),
		options_time_style(options), options->form == OPTIONS_JSON ? "rfc-utc" : "utc" };

	return db_ask(&explain->db, "explain the stay", sql, count, values);
}

/* ---- showing it ---- */

static enum say_status
show_json(const PGresult *stay, PGresult *const *results, const struct options *options)
{
	json_t *tree = table_json_row(explanation_stay_columns, stay, 0);

	for (size_t i = 0; i < EXPLANATION_PARTS; i++)
		json_object_set_new(tree, explanation_parts[i].name,
		    table_json(explanation_parts[i].columns, results[i]));
	return table_write_json(tree, options);
}

/* "US-CT: Conn. Gen. Stat. 54-192h: 48 hours, from when ..., unverified; ends ... (...): the earliest, which counts" */
static void
show_clock_heading(const PGresult *days, int row)
{
	printf("%s: %s%s; ends %s (%s)%s\n", PQgetvalue(days, row, EXPLANATION_CLOCK_OF),
	    PQgetvalue(days, row, EXPLANATION_CLOCK_SAYS),
	    *PQgetvalue(days, row, EXPLANATION_CLOCK_VERIFIED) == 't' ? "" : ", unverified",
	    PQgetvalue(days, row, EXPLANATION_CLOCK_ENDS),
	    PQgetvalue(days, row, EXPLANATION_CLOCK_ENDS_UTC),
	    *PQgetvalue(days, row, EXPLANATION_CLOCK_EARLIEST) == 't'
		? ": the earliest, which counts"
		: "");
}

/* Row behind the last day of the clock whose first day is ${row}. */
static int
clock_end(const PGresult *days, int row)
{
	const char *clock_of = PQgetvalue(days, row, EXPLANATION_CLOCK_OF);

	while (row < PQntuples(days) &&
	       strcmp(PQgetvalue(days, row, EXPLANATION_CLOCK_OF), clock_of) == 0)
		row++;
	return row;
}

static enum say_status
show_clocks(const PGresult *days, const struct options *options)
{
	enum say_status status = SAY_OK;

	for (int row = 0; status == SAY_OK && row < PQntuples(days); row = clock_end(days, row)) {
		show_clock_heading(days, row);
		status = table_print_rows(
		    explanation_clock_columns, days, row, clock_end(days, row), options);
	}
	return status;
}

static enum say_status
show_part(
    const struct explanation_part *part, const PGresult *result, const struct options *options)
{
	if (PQntuples(result) == 0) {
		printf("  %s\n", part->nothing);
		return SAY_OK;
	}
	if (part->columns == explanation_clock_columns)
		return show_clocks(result, options);
	return table_print(part->columns, result, options);
}

static enum say_status
show_text(struct explain *explain, const PGresult *stay, PGresult *const *results)
{
	enum say_status status = SAY_OK;

	table_print_fields(explanation_stay_columns, stay, 0, NULL);
	for (size_t i = 0; status == SAY_OK && i < EXPLANATION_PARTS; i++) {
		printf("\n%s\n", explanation_parts[i].title);
		status = show_part(&explanation_parts[i], results[i], &explain->options);
	}
	return status == SAY_OK ? table_flush() : status;
}

static enum say_status
show(struct explain *explain)
{
	PGresult *results[EXPLANATION_PARTS] = { NULL };
	PGresult *stay = ask(explain, explanation_stay_sql, 4);
	bool ok = stay != NULL;
	enum say_status status;

	for (size_t i = 0; ok && i < EXPLANATION_PARTS; i++) {
		results[i] = ask(explain, explanation_parts[i].sql, explanation_parts[i].values);
		ok = results[i] != NULL;
	}
	if (!ok)
		status = explain->db.status;
	else if (explain->options.form == OPTIONS_JSON)
		status = show_json(stay, results, &explain->options);
	else
		status = show_text(explain, stay, results);
	for (size_t i = 0; i < EXPLANATION_PARTS; i++)
		PQclear(results[i]);
	PQclear(stay);
	return status;
}

static enum say_status
run(struct explain *explain)
{
	enum say_status status = db_open(&explain->db, &explain->options);

	if (status == SAY_OK)
		status = db_do(&explain->db, "explain the stay",
		    "begin isolation level repeatable read read only");
	if (status == SAY_OK)
		status = stay_find(&explain->db, &explain->wanted, &explain->found);
	if (status == SAY_OK)
		status = show(explain);
	PQclear(explain->found);
	db_close(&explain->db);
	return status;
}

enum say_status
explain_run(int argc, char **argv, const struct options *given)
{
	static const struct argp argp = {
		.parser = parse,
		.children = stay_children,
		.doc =
		    "Explains one stay: its timeline, every span of custody and what made it lawful, the law applied, the clock's arithmetic."
	};
	struct explain explain = { .options = *given, .wanted.doing = "explain" };

	options_parse(&argp, argc, argv, &explain);
	return run(&explain);
}
