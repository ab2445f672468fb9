/* SPDX-License-Identifier: MIT */
/*
 * check.c: one line and one status for a monitoring system, after the rules that Nagios made for plugins.
 *
 * The state and its words are detainerd.check_up()'s. A database that cannot be reached or does not answer is CRITICAL,
 * for then nobody can be told of anything; whatever else keeps this from finding out is UNKNOWN. Words that say why go to
 * standard output too: a monitoring system reads nothing else.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ctl/command.h"
#include "ctl/db.h"
#include "ctl/lookup.h"
#include "ctl/since.h"
#include "ctl/table.h"

enum {
	ANSWER_SECONDS = 30, /* monitoring systems wait for a minute */
	ANSWER_SECONDS_MAX = 3600
};

struct check {
	struct options options;
	const char *facility;
	const char *timeout;
};

static const struct table_column columns[] = {
	{ "state", "state", TABLE_TEXT },
	{ "says", "says", TABLE_TEXT },
	{ "perfdata", "perfdata", TABLE_TEXT },
	{ "lines", NULL, TABLE_SHOWN },
	{ "troubles", NULL, TABLE_TREE },
	{ NULL, NULL, TABLE_TEXT },
};

enum {
	CHECK_STATE,
	CHECK_SAYS,
	CHECK_PERFDATA,
	CHECK_LINES
};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct check *check = state->input;

	switch (key) {
	case 'f': check->facility = arg; return 0;
	case 't':
		check->timeout = arg;
		if (since_seconds(arg) <= 0 || since_seconds(arg) > ANSWER_SECONDS_MAX)
			options_error(
			    state, "cannot wait for '%s': write a duration such as 30s.", arg);
		return 0;
	default: return options_rest(key, arg, state, &check->options);
	}
}

/* A bar parts words from figures in what a monitoring system reads: within words it is another character. */
static void
put_words(const char *text)
{
	for (; *text != '\0'; text++)
		putchar(*text == '|' ? '/' : *text);
}

static enum say_status
status_of(const char *state)
{
	if (strcmp(state, "OK") == 0)
		return SAY_OK;
	return strcmp(state, "WARNING") == 0 ? SAY_TROUBLE : SAY_CRITICAL;
}

static enum say_status
print(const PGresult *result)
{
	printf("DETAINERD %s - ", PQgetvalue(result, 0, CHECK_STATE));
	put_words(PQgetvalue(result, 0, CHECK_SAYS));
	printf(" | %s\n", PQgetvalue(result, 0, CHECK_PERFDATA));
	if (!PQgetisnull(result, 0, CHECK_LINES)) {
		put_words(PQgetvalue(result, 0, CHECK_LINES));
		putchar('\n');
	}
	return table_flush();
}

static enum say_status
show(struct db *db, const struct check *check)
{
	const char *values[] = { check->facility, options_words_style(&check->options) };
	PGresult *result = db_ask(db, "check",
	    "select c.state, c.says, c.perfdata, c.troubles, coalesce(to_json(string_to_array(c.troubles, E'\n')), '[]')"
	    "  from detainerd.check_up($1, $2, clock_timestamp()) c",
	    2, values);

	if (result == NULL)
		return db->status;
	enum say_status status = check->options.form == OPTIONS_JSON
				     ? table_write_row(columns, result, &check->options)
				     : print(result);
	if (status == SAY_OK)
		status = status_of(PQgetvalue(result, 0, CHECK_STATE));
	PQclear(result);
	return status;
}

static enum say_status
not_known(const struct db *db, const struct check *check)
{
	bool away = db->status == SAY_UNAVAILABLE && PQstatus(db->conn) != CONNECTION_OK;

	if (check->options.form != OPTIONS_JSON) {
		printf("DETAINERD %s - ", away ? "CRITICAL" : "UNKNOWN");
		put_words(say_last());
		putchar('\n');
		fflush(stdout);
	}
	return away ? SAY_CRITICAL : SAY_UNKNOWN;
}

static void
no_answer(int signo)
{
	static const char words[] =
	    "DETAINERD CRITICAL - the database does not answer in time: nobody can be told of anything\n";

	(void)signo;
	if (write(STDOUT_FILENO, words, sizeof words - 1) < 0)
		_exit(SAY_UNKNOWN);
	_exit(SAY_CRITICAL);
}

static enum say_status
run(const struct check *check)
{
	struct db db = { 0 };

	signal(SIGALRM, no_answer);
	alarm(
	    check->timeout == NULL ? ANSWER_SECONDS : (unsigned int)since_seconds(check->timeout));
	enum say_status status = db_open(&db, &check->options);
	if (status == SAY_OK)
		status = lookup_facility(&db, check->facility);
	if (status == SAY_OK)
		status = show(&db, check);
	if (status > SAY_UNKNOWN)
		status = not_known(&db, check);
	db_close(&db);
	return status;
}

enum say_status
check_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = {
		{ .name = "facility",
		    .key = 'f',
		    .arg = "CODE",
		    .doc = "Of facility CODE, and of detainerd itself; else of all" },
		{ .name = "timeout",
		    .key = 't',
		    .arg = "DURATION",
		    .doc = "CRITICAL without an answer in DURATION (default 30s)" },
		{ 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = options_children,
		.doc =
		    "Checks the jail and detainerd for a monitoring system such as Nagios: one line with figures, then a line for each trouble. Exit status 0: OK; 1: WARNING; 2: CRITICAL, somebody is held past the end of lawful custody or a release may go untold; 3: UNKNOWN."
	};
	struct check check = { .options = *given };

	argp_err_exit_status = SAY_UNKNOWN;
	options_parse(&argp, argc, argv, &check);
	return run(&check);
}
