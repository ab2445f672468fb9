/* SPDX-License-Identifier: MIT */
/*
 * migrate.c: installs the schema, or brings it up to date, by handing sql/install.sql to psql.
 *
 * That file is one transaction under an advisory lock, so that two at once wait for each other and a failure leaves
 * everything as it was. psql reads it, for it is made of \ir lines that an administrator can follow and run alone.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ctl/command.h"
#include "ctl/db.h"
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

/* In the child: hands the connection on in libpq's environment, for a command line is anybody's to read. stdout is
   data, so what psql prints there goes nowhere. */
static void
become_psql(const PQconninfoOption *infos, const char *path)
{
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	for (const PQconninfoOption *info = infos; info->keyword != NULL; info++)
		if (info->envvar != NULL && info->val != NULL && *info->val != '\0')
			setenv(info->envvar, info->val, 1);
	if (nowhere >= 0)
		dup2(nowhere, STDOUT_FILENO);
	execlp("psql", "psql", "-X", "-q", "-w", "-v", "ON_ERROR_STOP=1", "-f", path, (char *)NULL);
	_exit(errno == ENOENT ? 127 : 126);
}

static enum say_status
psql_ended(int wait_status, const char *path)
{
	if (WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == 0)
		return SAY_OK;
	if (WIFEXITED(wait_status) && WEXITSTATUS(wait_status) >= 126)
		return say(SAY_UNAVAILABLE,
		    "cannot run 'psql': it is not installed. Install the package postgresql-client.");
	return say(SAY_UNAVAILABLE,
	    "cannot migrate: psql stopped in '%s', for the reason above. Nothing was changed.",
	    path);
}

static enum say_status
run_psql(const PQconninfoOption *infos, const char *path)
{
	int wait_status;

	pid_t child = fork();
	if (child == 0)
		become_psql(infos, path);
	if (child < 0 || waitpid(child, &wait_status, 0) < 0)
		return say(SAY_TEMPORARY, "cannot run 'psql': %s. Give the command again.",
		    strerror(errno));
	return psql_ended(wait_status, path);
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
migrate_by(struct db *db, struct migrate *migrate, const char *path)
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
	PQconninfoOption *infos = PQconninfo(db->conn);
	enum say_status status = run_psql(infos, path);
	PQconninfoFree(infos);
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
	char path[4096];

	options_parse(&argp, argc, argv, &wanted);
	snprintf(path, sizeof path, "%s/install.sql", wanted.sql);
	if (access(path, R_OK) != 0)
		return say(SAY_IO,
		    "cannot read '%s': %s. Name the folder of install.sql with --sql.", path,
		    strerror(errno));
	enum say_status status = db_connect(&db, &wanted.options);
	if (status == SAY_OK)
		status = migrate_by(&db, &wanted, path);
	db_close(&db);
	return status;
}
