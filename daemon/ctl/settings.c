/* SPDX-License-Identifier: MIT */
/*
 * settings.c: every setting in force. The file's are io/conf's, read as the daemon reads it; those that all daemons
 * share are detainerd.settings()'s. A database that is away leaves the file's: they are asked for when something is wrong.
 */
#include <stdio.h>
#include <string.h>

#include "ctl/as_daemon.h"
#include "ctl/command.h"
#include "ctl/conninfo.h"
#include "ctl/rows.h"
#include "io/conf.h"

struct settings {
	struct options options;
	const char *path;
	PGresult *rows;
	struct conf conf;
};

static const struct table_column columns[] = {
	{ "setting", "SETTING", TABLE_TEXT },
	{ "value", "VALUE", TABLE_WORDS },
	{ "unit", "UNIT", TABLE_TEXT },
	{ "default", "DEFAULT", TABLE_BOOL },
	{ "takes_effect", "TAKES EFFECT", TABLE_TEXT },
	{ "source", "FROM", TABLE_TEXT },
	{ NULL, NULL, TABLE_TEXT },
};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct settings *settings = state->input;

	return options_rest(key, arg, state, &settings->options);
}

/* ---- the file ---- */

static const char *
unit_of(const struct conf_key *key)
{
	if (key->is_span)
		return key->value + strspn(key->value, "0123456789");
	if (strcmp(key->name, "max_in_flight") == 0)
		return "deliveries";
	if (strcmp(key->name, "digest_above") == 0 && strcmp(key->value, "never") != 0)
		return "alerts a minute";
	return key->is_credential ? "credential" : NULL;
}

/* The value without its unit; of a conninfo without its password. */
static void
write_value(struct buffer *to, const struct conf_key *key)
{
	if (key->is_span)
		buffer_add(to, key->value, strspn(key->value, "0123456789"));
	else if (key->receiver == NULL && strcmp(key->name, "conninfo") == 0)
		conninfo_shown(key->value, to);
	else
		buffer_add_text(to, key->value);
}

static void
add_key(void *owner, const struct conf_key *key)
{
	struct settings *settings = owner;
	char name[160], source[1024];
	struct buffer value = { 0 };

	snprintf(name, sizeof name, "%s%s%s%s", key->receiver == NULL ? "" : "receiver.",
	    key->receiver == NULL ? "" : key->receiver, key->receiver == NULL ? "" : ".",
	    key->name);
	snprintf(source, sizeof source, "%s:%d", settings->path, key->line);
	if (key->value != NULL)
		write_value(&value, key);
	/* systemd hands a credential on when it starts the service, and never again */
	const char *cells[] = { name, key->value == NULL ? NULL : value.data,
		key->value == NULL ? NULL : unit_of(key), key->line == 0 ? "t" : "f",
		key->is_credential ? "restart" : "reload", key->line == 0 ? "default" : source };
	rows_add(settings->rows, cells);
	buffer_fini(&value);
}

static enum say_status
add_file(struct settings *settings)
{
	const struct conf_teller teller = { add_key, settings };
	struct buffer conninfo = { 0 };
	struct fault fault;

	settings->path = conf_path(settings->options.config);
	if (!conf_read_keys(&settings->conf, settings->path, &teller, &fault))
		return say(SAY_CONFIG, "cannot use the configuration: %s.", fault.text);
	enum say_status status = conninfo_as(settings->conf.conninfo, NULL, &conninfo);
	buffer_fini(&conninfo);
	return status == SAY_OK ? SAY_OK : SAY_CONFIG;
}

/* ---- the database ---- */

static enum say_status
ask(struct settings *settings, struct db *db)
{
	PGresult *found = db_ask(db, "read the settings of the database",
	    "select s.name, s.value, s.unit, s.is_default, s.takes_effect, 'database' from detainerd.settings() s",
	    0, NULL);

	if (found == NULL)
		return db->status;
	for (int row = 0; row < PQntuples(found); row++) {
		const char *cells[sizeof columns / sizeof columns[0]];

		for (int i = 0; i < PQnfields(found); i++)
			cells[i] = PQgetisnull(found, row, i) ? NULL : PQgetvalue(found, row, i);
		rows_add(settings->rows, cells);
	}
	PQclear(found);
	return SAY_OK;
}

static enum say_status
add_database(struct settings *settings, bool has_file)
{
	struct db db = { 0 };
	enum say_status status =
	    settings->options.db == NULL && has_file
		? as_daemon_open(&db, &settings->options, settings->conf.conninfo)
		: db_open(&db, &settings->options);

	if (status == SAY_OK)
		status = ask(settings, &db);
	db_close(&db);
	return status;
}

static enum say_status
run(struct settings *settings)
{
	bool has_file = settings->options.db == NULL || settings->options.config != NULL;
	enum say_status status = has_file ? add_file(settings) : SAY_OK;

	if (status != SAY_OK)
		return status;
	enum say_status asked = add_database(settings, has_file);
	if (asked == SAY_OK || has_file)
		status = table_print(columns, settings->rows, &settings->options);
	return status == SAY_OK ? asked : status;
}

enum say_status
settings_run(int argc, char **argv, const struct options *given)
{
	static const struct argp argp = {
		.parser = parse,
		.children = options_children,
		.doc =
		    "Lists every setting in force: of the configuration, and of the database that it names; what changes it, and where it stands. With --db alone only the database's; a database that cannot be asked leaves the file's."
	};
	static struct settings settings; /* large, and once */

	settings = (struct settings){ .options = *given };
	options_parse(&argp, argc, argv, &settings);
	settings.rows = rows_new(columns);
	enum say_status status = run(&settings);
	PQclear(settings.rows);
	return status;
}
