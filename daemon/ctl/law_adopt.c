/* SPDX-License-Identifier: MIT */
/*
 * law_adopt.c: what a draft would change if it were adopted; its adoption, by another person than proposed it; or its end.
 */
#include <stdio.h>
#include <string.h>

#include "ctl/command.h"
#include "ctl/db.h"
#include "ctl/table.h"

struct law_rule {
	struct options options;
	const char *rule_id;
	const char *note; /* NULL: none */
};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct law_rule *rule = state->input;

	switch (key) {
	case 'n': rule->note = arg; return 0;
	case ARGP_KEY_ARG:
		if (rule->rule_id != NULL)
			options_error(state, "cannot take '%s' too: one rule at a time.", arg);
		if (!options_is_id(arg))
			options_error(state,
			    "cannot take '%s': a draft is named by its number, see detainerctl law list --drafts.",
			    arg);
		rule->rule_id = arg;
		return 0;
	case ARGP_KEY_END:
		if (rule->rule_id == NULL)
			options_error(state, "cannot go on: the number of a RULE is needed.");
		return 0;
	default: return options_rest(key, arg, state, &rule->options);
	}
}

/* ---- preview ---- */

static const struct table_column changes[] = {
	{ "facility", "FACILITY", TABLE_TEXT },
	{ "booking_number", "BOOKING", TABLE_TEXT },
	{ "allowed_now", NULL, TABLE_BOOL },
	{ "allowed_then", NULL, TABLE_BOOL },
	{ "reason_now", "NOW", TABLE_TEXT },
	{ "reason_then", "THEN", TABLE_TEXT },
	{ "release_at_now", "RELEASE BY, NOW", TABLE_TEXT },
	{ "release_at_then", "RELEASE BY, THEN", TABLE_TEXT },
	{ "citation_then", "LAW", TABLE_TEXT },
	{ "read_at", "READ AS OF", TABLE_TEXT },
	{ NULL, NULL, TABLE_TEXT },
};

/* $1 rule, $2 time style. */
static const char ask_changes[] =
    "with changed as materialized (select * from detainerd.law_preview($1::bigint, clock_timestamp()))"
    "select facility, booking_number, allowed_now, allowed_then, reason_now, reason_then, detainerd.explain_time(release_at_now, time_zone, $2),"
    "       detainerd.explain_time(release_at_then, time_zone, $2), citation_then, detainerd.explain_time(read_at, time_zone, $2),"
    "       (select count(distinct booking_id) from changed)"
    "  from changed";

static enum say_status
preview(struct db *db, const void *given)
{
	const struct law_rule *rule = given;
	const char *values[] = { rule->rule_id, options_time_style(&rule->options) };
	PGresult *result = db_ask(db, "preview the rule", ask_changes, 2, values);

	if (result == NULL)
		return db->status;
	enum say_status status = table_print(changes, result, &rule->options);
	const char *count = PQntuples(result) > 0 ? PQgetvalue(result, 0, 10) : "no";
	if (status == SAY_OK)
		say(SAY_OK, "%s open hold%s would change; nothing was changed.", count,
		    strcmp(count, "1") == 0 || strcmp(count, "no") == 0 ? "" : "s");
	PQclear(result);
	return status;
}

enum say_status
law_preview_run(int argc, char **argv, const struct options *given)
{
	static const struct argp argp = {
		.parser = parse,
		.children = options_children,
		.args_doc = "RULE",
		.doc =
		    "Lists whose verdict, of those still held, would change if draft RULE were adopted, and how. Changes nothing. A rule that begins later, or may be relied on only later, is read as of that day, too."
	};
	struct law_rule rule = { .options = *given };

	options_parse(&argp, argc, argv, &rule);
	return db_serve(&rule.options, preview, &rule);
}

/* ---- adopt, withdraw ---- */

static const struct table_column decided[] = { { "rule_id", NULL, TABLE_NUMBER },
	{ "jurisdiction", NULL, TABLE_TEXT }, { "version", NULL, TABLE_TEXT },
	{ "effective_from", NULL, TABLE_TEXT }, { "adopted_by", NULL, TABLE_TEXT },
	{ "status", NULL, TABLE_TEXT }, { NULL, NULL, TABLE_TEXT } };

#define DECIDED \
	"select rule_id, jurisdiction, split_part(source, ':', 1), effective_from, adopted_by, status, session_user"

static enum say_status
report(const PGresult *result, const struct options *options)
{
	if (options->form == OPTIONS_JSON)
		return table_write_row(decided, result, options);
	bool is_law = strcmp(PQgetvalue(result, 0, 5), "adopted") == 0;
	printf("rule %s, %s of %s, is %s by %s: %s%s\n", PQgetvalue(result, 0, 0),
	    PQgetvalue(result, 0, 2), PQgetvalue(result, 0, 1), PQgetvalue(result, 0, 5),
	    PQgetvalue(result, 0, is_law ? 4 : 6),
	    is_law ? "law from " : "it stays on file, and its name is free again",
	    is_law ? PQgetvalue(result, 0, 3) : "");
	return table_flush();
}

static enum say_status
adopt(struct db *db, const void *given)
{
	const struct law_rule *rule = given;
	const char *values[] = { rule->rule_id };
	PGresult *result = db_ask(
	    db, "adopt the rule", DECIDED " from detainerd.law_adopt($1::bigint)", 1, values);

	if (result == NULL)
		return db->status;
	enum say_status status = report(result, &rule->options);
	PQclear(result);
	return status;
}

static enum say_status
withdraw(struct db *db, const void *given)
{
	const struct law_rule *rule = given;
	const char *values[] = { rule->rule_id, rule->note };
	PGresult *result = db_ask(db, "withdraw the rule",
	    DECIDED " from detainerd.law_withdraw($1::bigint, $2)", 2, values);

	if (result == NULL)
		return db->status;
	enum say_status status = report(result, &rule->options);
	PQclear(result);
	return status;
}

enum say_status
law_adopt_run(int argc, char **argv, const struct options *given)
{
	static const struct argp argp = {
		.parser = parse,
		.children = options_children,
		.args_doc = "RULE",
		.doc =
		    "Brings draft RULE into force, in your name, and judges every hold that it touches again. Refused to whoever proposed it. Adopted law never changes: see `law preview' first."
	};
	struct law_rule rule = { .options = *given };

	options_parse(&argp, argc, argv, &rule);
	return db_serve(&rule.options, adopt, &rule);
}

enum say_status
law_withdraw_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = {
		{ .name = "note", .key = 'n', .arg = "WORDS", .doc = "Why, for the record" }, { 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = options_children,
		.args_doc = "RULE",
		.doc =
		    "Withdraws draft RULE, in your name: nobody can adopt it any more, and it stays on file. For whoever proposed it, and administrators."
	};
	struct law_rule rule = { .options = *given };

	options_parse(&argp, argc, argv, &rule);
	return db_serve(&rule.options, withdraw, &rule);
}
