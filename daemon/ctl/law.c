/* SPDX-License-Identifier: MIT */
/*
 * law.c: the law on file: listed, in words as counsel would read it, and as JSON for others to check.
 */
#include <stdio.h>

#include "ctl/command.h"
#include "ctl/list.h"
#include "ctl/lookup.h"

struct law {
	struct options options;
	const char *jurisdiction; /* NULL: all */
	const char *on_day;       /* NULL: every day */
	bool drafts;
	bool needs_jurisdiction;
};

static const struct table_column columns[] = {
	{ "rule_id", "RULE", TABLE_NUMBER },
	{ "jurisdiction", "JURISDICTION", TABLE_TEXT },
	{ "version", "VERSION", TABLE_TEXT },
	{ "agency_kind", "AGENCIES", TABLE_TEXT },
	{ "effective_from", "FROM", TABLE_TEXT },
	{ "effective_until", "UNTIL", TABLE_TEXT },
	{ "status", "STATUS", TABLE_TEXT },
	{ "alternatives", NULL, TABLE_NUMBER },
	{ "verified_alternatives", NULL, TABLE_NUMBER },
	{ "grounds", "GROUNDS VERIFIED", TABLE_SHOWN },
	{ "clock", "CLOCK", TABLE_TEXT },
	{ "clock_verified", "CLOCK VERIFIED", TABLE_BOOL },
	{ "proposed_by", "PROPOSED BY", TABLE_TEXT },
	{ "adopted_by", NULL, TABLE_TEXT },
	{ "withdrawn_by", NULL, TABLE_TEXT },
	{ "withdrawn_at", NULL, TABLE_TEXT },
	{ "withdrawn_because", NULL, TABLE_TEXT },
	{ "citation", "LAW", TABLE_TEXT },
	{ NULL, NULL, TABLE_TEXT },
};

/* $1 jurisdiction, $2 drafts only: those that somebody wrote, and not the placeholders; $3 time style. */
static const char ask_list[] =
    "select v.rule_id, j.code, v.version, v.agency_kind, v.effective_from, v.until, v.status, a.all_of, a.verified,"
    "       case when a.all_of > 0 then format('%s of %s', a.verified, a.all_of) end,"
    "       v.clock, case when v.clock is not null then v.clock_verified end, p.proposed_by, v.adopted_by,"
    "       w.withdrawn_by, detainerd.explain_time(w.withdrawn_at, detainerd.explain_time_zone(), $3), w.note, v.citation"
    "  from detainerd.jurisdiction j"
    " cross join lateral detainerd.law_versions(j.code) v"
    " cross join lateral (select count(*) as all_of, count(*) filter (where w.verified) as verified"
    "                       from detainerd.rule_alternative w where w.rule_id = v.rule_id) a"
    "  left join detainerd.rule_proposal p using (rule_id)"
    "  left join detainerd.rule_withdrawal w using (rule_id)"
    " where (j.code = $1 or $1 is null)"
    "   and (not $2::boolean or v.status = 'draft' and v.policy is distinct from 'unknown')"
    " order by j.code, v.effective_from, v.agency_kind nulls first, v.rule_id";

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct law *law = state->input;

	switch (key) {
	case 'D': law->drafts = true; return 0;
	case 'o': law->on_day = arg; return 0;
	case ARGP_KEY_ARG:
		if (law->jurisdiction != NULL)
			options_error(
			    state, "cannot take '%s' too: one jurisdiction at a time.", arg);
		law->jurisdiction = arg;
		return 0;
	case ARGP_KEY_END:
		if (law->needs_jurisdiction && law->jurisdiction == NULL)
			options_error(
			    state, "cannot show the law: a JURISDICTION is needed, such as US-CT.");
		return 0;
	default: return options_rest(key, arg, state, &law->options);
	}
}

static const struct list list = { "list the law", columns, ask_list, 3 };

static enum say_status
show_list(struct db *db, const void *wanted)
{
	const struct law *law = wanted;
	const char *values[] = { law->jurisdiction, law->drafts ? "true" : "false",
		options_time_style(&law->options) };

	enum say_status status = lookup_jurisdiction(db, law->jurisdiction);

	if (status != SAY_OK)
		return status;
	PGresult *rules = list_print(db, &list, values, &law->options);
	if (rules != NULL && PQntuples(rules) == 0)
		say(SAY_OK, law->drafts ? "no draft waits." : "no law is on file.");
	PQclear(rules);
	return db->status;
}

/* ---- whole ---- */

/* Is the day one? As everywhere, it is the database that reads it. */
static enum say_status
check_day(struct db *db, const char *day)
{
	if (day == NULL)
		return SAY_OK;
	PGresult *result =
	    db_ask(db, "read the day", "select fault from detainerd.import_day($1)", 1, &day);
	if (result == NULL)
		return db->status;
	enum say_status status = SAY_OK;
	if (PQgetisnull(result, 0, 0) == 0)
		status = say(
		    SAY_USAGE, "cannot show the law: '%s' is %s.", day, PQgetvalue(result, 0, 0));
	PQclear(result);
	return status;
}

static enum say_status
print_json(const PGresult *result, const struct options *options)
{
	json_error_t error;
	json_t *tree = json_loads(PQgetvalue(result, 0, 0), 0, &error);

	return tree != NULL
		   ? table_write_json(tree, options)
		   : say(SAY_IO, "cannot read the database's answer: %s. Report this.", error.text);
}

static enum say_status
print_words(const PGresult *result)
{
	for (int row = 0; row < PQntuples(result); row++)
		puts(PQgetvalue(result, row, 0));
	return table_flush();
}

static enum say_status
show(struct db *db, const void *wanted)
{
	const struct law *law = wanted;
	const char *values[] = { law->jurisdiction, law->on_day };
	bool json = law->options.form == OPTIONS_JSON;
	enum say_status status = lookup_jurisdiction(db, law->jurisdiction);

	if (status == SAY_OK)
		status = check_day(db, law->on_day);
	if (status != SAY_OK)
		return status;
	PGresult *result = db_ask(db, "read the law",
	    json ? "select detainerd.law_export($1, (detainerd.import_day($2)).day)"
		 : "select * from detainerd.law_show($1, (detainerd.import_day($2)).day)",
	    2, values);
	if (result == NULL)
		return db->status;
	status = json ? print_json(result, &law->options) : print_words(result);
	PQclear(result);
	return status;
}

/* ---- the commands ---- */

enum say_status
law_list_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = {
		{ .name = "drafts",
		    .key = 'D',
		    .doc = "Only drafts that wait for somebody to adopt them" },
		{ 0 }
	};
	static const struct argp argp = { .options = options,
		.parser = parse,
		.children = options_children,
		.args_doc = "[JURISDICTION]",
		.doc =
		    "Lists every version of the law on file, and how much of each is verified." };
	struct law law = { .options = *given };

	options_parse(&argp, argc, argv, &law);
	return db_serve(&law.options, show_list, &law);
}

enum say_status
law_show_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = {
		{ .name = "on",
		    .key = 'o',
		    .arg = "DATE",
		    .doc = "Only what is in force on that day, YYYY-MM-DD" },
		{ 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = options_children,
		.args_doc = "JURISDICTION",
		.doc =
		    "Shows a jurisdiction's law in words, a version a block: since when, by which source, who may be held, how long, and what of it nobody has verified."
	};
	struct law law = { .options = *given, .needs_jurisdiction = true };

	options_parse(&argp, argc, argv, &law);
	return db_serve(&law.options, show, &law);
}

enum say_status
law_export_run(int argc, char **argv, const struct options *given)
{
	static const struct argp argp = {
		.parser = parse,
		.children = options_children,
		.args_doc = "[JURISDICTION]",
		.doc =
		    "Writes the law on file as JSON, for others to check and correct; --json is understood."
	};
	struct law law = { .options = *given };

	options_parse(&argp, argc, argv, &law);
	law.options.form = OPTIONS_JSON;
	return db_serve(&law.options, show, &law);
}
