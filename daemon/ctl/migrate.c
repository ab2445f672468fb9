/* SPDX-License-Identifier: MIT */
/*
 * migrate.c: installs the schema, or brings it up to date, by handing sql/install.sql to psql.
 */
#include <stdio.h>

#include "ctl/command.h"
#include "ctl/db.h"
#include "ctl/psql.h"
#include "ctl/table.h"

struct migrate {
	struct options options;
	const char *sql;
	int before; /* the schema's version */
	int after;
};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct migrate *migrate = state->input;

	if (key != 's')
		return options_rest(key, arg, state, &migrate->options);
	migrate->sql = arg;
	return 0;
}

static enum say_status
report(const struct migrate *migrate)
{
	if (migrate->options.form == OPTIONS_JSON)
		return table_write_json(json_pack("{s:i, s:i}", "version_before", migrate->before,
					    "version", migrate->after),
		    &migrate->options);
	if (migrate->before == migrate->after)
		printf("schema version %d, brought up to date\n", migrate->after);
	else
		printf("schema version %d -> %d\n", migrate->before, migrate->after);
	return table_flush();
}

/* The connection that stays open meanwhile says in one line what is wrong with it, and what was there before. */
static enum say_status
migrate_by(struct db *db, struct migrate *migrate)
{
	if (db_stamp(db, &migrate->options) != SAY_OK)
		return db->status;
	migrate->before = db_schema_version(db);
	if (migrate->before < 0)
		return db->status;
	if (migrate->before > SCHEMA_VERSION)
		return say(SAY_UNAVAILABLE,
		    "cannot migrate: the schema is version %d, newer than this program's %d. "
		    "Install the newer detainerctl.",
		    migrate->before, SCHEMA_VERSION);
	enum say_status status = psql_install(db, "migrate", migrate->sql, NULL);
	if (status != SAY_OK)
		return status;
	migrate->after = db_schema_version(db);
	return migrate->after < 0 ? db->status : report(migrate);
}

enum say_status
migrate_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = {
		{ .name = "sql",
		    .key = 's',
		    .arg = "DIR",
		    .doc = "Where install.sql stands (default " SQL_DIR ")" },
		{ 0 }
	};
	static const struct argp argp = { .options = options,
		.parser = parse,
		.children = options_children,
		.doc =
		    "Installs the schema detainerd, or brings it up to date, in one transaction." };
	struct migrate wanted = { .options = *given, .sql = SQL_DIR };
	struct db db = { 0 };

	options_parse(&argp, argc, argv, &wanted);
	enum say_status status = psql_find(wanted.sql);
	if (status == SAY_OK)
		status = db_connect(&db, &wanted.options);
	if (status == SAY_OK)
		status = migrate_by(&db, &wanted);
	db_close(&db);
	return status;
}
