/* SPDX-License-Identifier: MIT */
/*
 * law_propose.c: stores law as a draft, from a file in the form of `law export'. What is wrong with it is judged in SQL.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/command.h"
#include "ctl/db.h"
#include "ctl/table.h"

struct law_propose {
	struct options options;
	const char *path;
	char *law; /* JSON text; owned */
};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct law_propose *propose = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		if (propose->path != NULL)
			options_error(state, "cannot propose '%s' too: one file at a time.", arg);
		propose->path = arg;
		return 0;
	case ARGP_KEY_END:
		if (propose->path == NULL)
			options_error(state,
			    "cannot propose: a FILE is needed, in the form of `law export'.");
		return 0;
	default: return options_rest(key, arg, state, &propose->options);
	}
}

/* What `law export' printed is taken with its envelope or without. */
static char *
law_of(json_t *tree)
{
	const json_t *data = json_object_get(tree, "data");
	bool is_enveloped = json_object_get(tree, "detainerctl") != NULL && data != NULL;

	return json_dumps(is_enveloped ? data : tree, JSON_COMPACT);
}

static enum say_status
read_law(struct law_propose *propose)
{
	bool is_stdin = strcmp(propose->path, "-") == 0;
	FILE *file = is_stdin ? stdin : fopen(propose->path, "re");
	json_error_t error;

	if (file == NULL)
		return say(SAY_IO, "cannot read '%s': %s. Nothing was stored.", propose->path,
		    strerror(errno));
	json_t *tree = json_loadf(file, JSON_REJECT_DUPLICATES, &error);
	if (!is_stdin)
		fclose(file);
	if (tree == NULL)
		return say(SAY_BAD_DATA,
		    "cannot read '%s': line %d, column %d: %s. Nothing was stored.", propose->path,
		    error.line, error.column, error.text);
	propose->law = law_of(tree);
	json_decref(tree);
	return propose->law != NULL
		   ? SAY_OK
		   : say(SAY_TEMPORARY, "cannot read '%s': out of memory.", propose->path);
}

static enum say_status
run(struct db *db, const void *given)
{
	static const struct table_column columns[] = { { "rule_id", "RULE", TABLE_NUMBER },
		{ "jurisdiction", "JURISDICTION", TABLE_TEXT },
		{ "version", "VERSION", TABLE_TEXT }, { "effective_from", "FROM", TABLE_TEXT },
		{ NULL, NULL, TABLE_TEXT } };
	const struct law_propose *propose = given;
	const char *values[] = { propose->law };
	PGresult *drafts = db_ask(
	    db, "propose the law", "select * from detainerd.law_propose($1::jsonb)", 1, values);

	if (drafts == NULL)
		return db->status;
	enum say_status status = table_print(columns, drafts, &propose->options);
	if (status == SAY_OK)
		say(SAY_OK,
		    "a draft says nothing: a second person reads it (law show), previews it (law preview), and adopts it (law adopt).");
	PQclear(drafts);
	return status;
}

enum say_status
law_propose_run(int argc, char **argv, const struct options *given)
{
	static const struct argp argp = {
		.parser = parse,
		.children = options_children,
		.args_doc = "FILE.json",
		.doc =
		    "Stores as drafts the versions in a file, in the form of `law export', that are not on file; `-' is standard input. A draft says nothing until a second person adopts it."
	};
	struct law_propose propose = { .options = *given };

	options_parse(&argp, argc, argv, &propose);
	enum say_status status = read_law(&propose);
	if (status == SAY_OK)
		status = db_serve(&propose.options, run, &propose);
	free(propose.law);
	return status;
}
