/* SPDX-License-Identifier: MIT */
/*
 * evidence.c: all that is on record of one stay, as a file for counsel or a court.
 *
 * What is in it is detainerd.evidence()'s, hashes included; here it is put into a file. All is read in one transaction
 * that sees one state of the record.
 */
#include "ctl/archive.h"
#include "ctl/command.h"
#include "ctl/stay.h"
#include "ctl/table.h"

enum {
	DOCUMENTS_MAX = 32
};

struct evidence {
	struct options options;
	struct stay_wanted wanted;
	const char *path;
};

static const struct table_column columns[] = {
	{ "name", "FILE", TABLE_TEXT },
	{ "sha256", "SHA-256", TABLE_TEXT },
	{ "bytes", "BYTES", TABLE_NUMBER },
	{ "content", NULL, TABLE_SHOWN },
	{ NULL, NULL, TABLE_TEXT },
};

enum {
	EVIDENCE_NAME = 0,
	EVIDENCE_CONTENT = 3
};

/* $1 booking_id, $2 as of. */
static const char question[] =
    "select e.name, e.sha256, octet_length(e.content), e.content from detainerd.evidence($1::bigint, $2::timestamptz) e";

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct evidence *evidence = state->input;

	if (key == 'o') {
		evidence->path = arg;
		return 0;
	}
	if (key == ARGP_KEY_END && evidence->path == NULL)
		options_error(state, "cannot write the evidence: name a file with --output.");
	return stay_rest(key, arg, state, &evidence->options, &evidence->wanted);
}

static enum say_status
write_out(const struct evidence *evidence, const PGresult *result)
{
	struct archive_text texts[DOCUMENTS_MAX];
	int count = PQntuples(result) < DOCUMENTS_MAX ? PQntuples(result) : DOCUMENTS_MAX;

	for (int i = 0; i < count; i++)
		texts[i] = (struct archive_text){ .name = PQgetvalue(result, i, EVIDENCE_NAME),
			.content = PQgetvalue(result, i, EVIDENCE_CONTENT) };
	enum say_status status = archive_write(evidence->path, texts, count);
	return status == SAY_OK ? table_print(columns, result, &evidence->options) : status;
}

static enum say_status
show(struct db *db, const struct evidence *evidence, const PGresult *found)
{
	const char *values[] = { PQgetvalue(found, 0, STAY_ID), PQgetvalue(found, 0, STAY_AS_OF) };
	PGresult *result = db_ask(db, "gather the evidence", question, 2, values);

	if (result == NULL)
		return db->status;
	enum say_status status = write_out(evidence, result);
	PQclear(result);
	return status;
}

static enum say_status
serve(struct db *db, const void *wanted)
{
	const struct evidence *evidence = wanted;
	PGresult *found = NULL;
	enum say_status status =
	    db_do(db, "gather the evidence", "begin isolation level repeatable read read only");

	if (status == SAY_OK)
		status = stay_find(db, &evidence->wanted, &found);
	if (status == SAY_OK)
		status = show(db, evidence, found);
	PQclear(found);
	return status;
}

enum say_status
evidence_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = {
		{ .name = "output", .key = 'o', .arg = "FILE.zip", .doc = "Where it goes" }, { 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = stay_children,
		.doc =
		    "Writes all that is on record of one stay into a ZIP file, for counsel or a court: facts, verdict, timeline, the law that speaks, every alert and attempt to deliver it, and the SHA-256 of each."
	};
	struct evidence evidence = { .options = *given, .wanted.doing = "gather the evidence of" };

	options_parse(&argp, argc, argv, &evidence);
	return db_serve(&evidence.options, serve, &evidence);
}
