/* SPDX-License-Identifier: MIT */
/*
 * setup.c: from an installed package to a daemon that runs: schema, role, facility, routes, configuration, service.
 *
 * Everything is looked at before anything is done: answers, configuration (written beside its place), server, rights,
 * clocks. Then the database, in one transaction; then the daemon's own login is tried; then one rename; then the service.
 * Given again it does what is left to do, and what is there is kept.
 */
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ctl/answers.h"
#include "ctl/become.h"
#include "ctl/command.h"
#include "ctl/conninfo.h"
#include "ctl/host_clock.h"
#include "ctl/psql.h"
#include "ctl/rows.h"
#include "ctl/service.h"
#include "ctl/setup_conf.h"
#include "ctl/table.h"

struct setup {
	struct options options;
	const char *file; /* of answers; NULL: they are asked for */
	const char *sql;
	bool no_service;
	struct answers answers;
	struct setup_conf conf;
	struct service service;
	char role[64]; /* by which the daemon logs in */
	int before;    /* version of the schema */
};

enum {
	KEY_NO_SERVICE = 256
};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct setup *setup = state->input;

	switch (key) {
	case 'a': setup->file = arg; return 0;
	case 's': setup->sql = arg; return 0;
	case KEY_NO_SERVICE: setup->no_service = true; return 0;
	default: return options_rest(key, arg, state, &setup->options);
	}
}

/* ---- looking ---- */

/* Who may build in the database: --db says; else, where root asks over a socket of this host, postgres does it. */
static enum say_status
connect_builder(struct setup *setup, struct db *db)
{
	struct options options = setup->options;
	struct buffer conninfo = { 0 };
	char host[256];

	conninfo_value(setup->answers.database, "host", host, sizeof host);
	bool as_postgres =
	    options.db == NULL && (host[0] == '\0' || host[0] == '/') && become_can("postgres");
	enum say_status status =
	    conninfo_as(setup->answers.database, as_postgres ? "postgres" : NULL, &conninfo);
	if (options.db == NULL)
		options.db = conninfo.data;
	if (status == SAY_OK && as_postgres && !become("postgres"))
		status = say(SAY_NO_RIGHTS,
		    "cannot act as user 'postgres'. Give the command as root, or name a way in with --db.");
	if (status == SAY_OK)
		status = db_connect(db, &options);
	buffer_fini(&conninfo);
	return status;
}

static enum say_status
check_rights(struct db *db)
{
	static const char sql[] =
	    "select current_database(), current_user,"
	    "       (select r.rolsuper or r.rolcreaterole from pg_roles r where r.rolname = current_user)"
	    "         and has_database_privilege(current_database(), 'create'),"
	    "       to_regnamespace('detainerd') is not null and to_regprocedure('detainerd.schema_version()') is null";
	PGresult *found = db_ask(db, "look at the database", sql, 0, NULL);
	enum say_status status = SAY_OK;

	if (found == NULL)
		return db->status;
	if (*PQgetvalue(found, 0, 2) != 't')
		status = say(SAY_NO_RIGHTS,
		    "cannot set up database '%s': role '%s' may not create roles and a schema there. Name with --db one that may, or give the command as root.",
		    PQgetvalue(found, 0, 0), PQgetvalue(found, 0, 1));
	else if (*PQgetvalue(found, 0, 3) == 't')
		status = say(SAY_UNAVAILABLE,
		    "cannot set up database '%s': it holds a schema detainerd that is not detainerd's. Rename it, or choose another database. Nothing was changed.",
		    PQgetvalue(found, 0, 0));
	PQclear(found);
	return status;
}

static enum say_status
check_version(struct setup *setup, struct db *db)
{
	setup->before = db_schema_version(db);
	if (setup->before < 0)
		return db->status;
	if (setup->before > SCHEMA_VERSION)
		return say(SAY_UNAVAILABLE,
		    "cannot set up: the schema is version %d, newer than this program's %d. Install the newer detainerctl.",
		    setup->before, SCHEMA_VERSION);
	return SAY_OK;
}

static enum say_status
check_clock(struct db *db)
{
	double ahead;

	if (!host_clock_ahead(db, &ahead))
		return db->status;
	if (ahead < 60 && ahead > -60)
		return SAY_OK;
	return say(SAY_UNAVAILABLE,
	    "cannot set up: the clock of this host is %.0f s %s that of the database. Set the wrong one (timedatectl set-ntp true). Nothing was changed.",
	    ahead < 0 ? -ahead : ahead, ahead < 0 ? "behind" : "ahead of");
}

/* The daemon's role may not be there yet, so nobody logs in: is there a server where the daemon will look for one? */
static enum say_status
check_address(const struct setup *setup)
{
	const char *keywords[] = { "dbname", "connect_timeout", NULL };
	const char *values[] = { setup->answers.database, "10", NULL };
	PGPing answer = PQpingParams(keywords, values, true);
	struct buffer shown = { 0 };

	if (answer == PQPING_OK || answer == PQPING_REJECT)
		return SAY_OK;
	conninfo_shown(setup->answers.database, &shown);
	say(SAY_UNAVAILABLE,
	    "cannot set up: no server answers at the daemon's database, %s. Start it, or correct the address. Nothing was changed.",
	    shown.data);
	buffer_fini(&shown);
	return SAY_UNAVAILABLE;
}

static enum say_status
look(struct setup *setup, struct db *db)
{
	enum say_status status = connect_builder(setup, db);

	if (status == SAY_OK)
		status = check_address(setup);
	if (status == SAY_OK)
		status = check_rights(db);
	if (status == SAY_OK)
		status = check_version(setup, db);
	return status == SAY_OK ? check_clock(db) : status;
}

/* ---- doing ---- */

static void
add_member(struct buffer *json, const char *name, const char *value)
{
	buffer_print(json, "%s\"%s\": ", json->bytes <= 1 ? "" : ", ", name);
	if (value[0] == '\0')
		buffer_add_text(json, "null");
	else
		buffer_add_json(json, value, strlen(value));
}

static enum say_status
build(struct setup *setup, struct db *db)
{
	const struct answers *answers = &setup->answers;
	const struct conf *conf = &setup->conf.conf;
	struct buffer json = { 0 };

	buffer_add_char(&json, '{');
	add_member(&json, "role", setup->role);
	add_member(&json, "facility", answers->facility);
	add_member(&json, "name", answers->name);
	add_member(&json, "jurisdiction", answers->jurisdiction);
	add_member(&json, "time_zone", answers->time_zone);
	buffer_add_text(&json, ", \"receivers\": [");
	for (int i = 0; i < conf->receivers_count; i++) {
		buffer_add_text(&json, i == 0 ? "" : ", ");
		buffer_add_json(&json, conf->receivers[i].name, strlen(conf->receivers[i].name));
	}
	buffer_add_text(&json, "]}");
	enum say_status status = psql_install(db, "set up", setup->sql, json.data);
	buffer_fini(&json);
	return status;
}

/* As the daemon will: as its user, by its conninfo, in the schema of its version. */
static enum say_status
try_login(const struct setup *setup)
{
	struct options options = setup->options;
	struct buffer conninfo = { 0 };
	struct db db = { 0 };
	bool as_daemon = become_can("detainerd");

	options.db = setup->answers.database;
	options.zone = NULL; /* of which the daemon may know nothing */
	enum say_status status = SAY_OK;
	if (!as_daemon && strchr(options.db, '@') == NULL) {
		char user[64];

		conninfo_value(options.db, "user", user, sizeof user);
		if (user[0] == '\0') {
			status = conninfo_as(options.db, setup->role, &conninfo);
			options.db = conninfo.data;
		}
	}
	if (status == SAY_OK && as_daemon && !become("detainerd"))
		status =
		    say(SAY_NO_RIGHTS, "cannot act as user 'detainerd'. Give the command as root.");
	if (status == SAY_OK)
		status = db_open(&db, &options);
	if (as_daemon)
		become_self();
	db_close(&db);
	buffer_fini(&conninfo);
	if (status != SAY_OK)
		return say(status,
		    "the database is ready and the daemon cannot log in, see above. Mend that and give the command again.");
	return SAY_OK;
}

/* ---- telling ---- */

static const struct table_column columns[] = { { "part", "PART", TABLE_TEXT },
	{ "what", "WHAT", TABLE_WORDS }, { NULL, NULL, TABLE_TEXT } };

static void
tell(PGresult *rows, const char *part, struct buffer *what)
{
	const char *values[] = { part, what->data };

	rows_add(rows, values);
	buffer_clear(what);
}

static enum say_status
report(const struct setup *setup)
{
	const struct answers *answers = &setup->answers;
	const struct conf *conf = &setup->conf.conf;
	PGresult *rows = rows_new(columns);
	struct buffer what = { 0 };

	buffer_print(&what, "version %d%s", SCHEMA_VERSION,
	    setup->before == 0               ? ", installed"
	    : setup->before < SCHEMA_VERSION ? ", brought up to date"
					     : "");
	tell(rows, "schema", &what);
	buffer_print(&what, "%s logs in as the daemon", setup->role);
	tell(rows, "role", &what);
	buffer_print(&what, "%s, by the law of %s, times in %s", answers->facility,
	    answers->jurisdiction, answers->time_zone);
	tell(rows, "facility", &what);
	for (int i = 0; i < conf->receivers_count; i++)
		buffer_print(&what, "%s%s", i == 0 ? "everything at once to: " : ", ",
		    conf->receivers[i].name);
	tell(rows, "routes", &what);
	buffer_print(&what, "%s%s", setup->conf.path,
	    setup->conf.there_already ? ", as it was" : " written");
	tell(rows, "configuration", &what);
	if (setup->service.by_systemd && !setup->no_service)
		buffer_print(&what, "%s enabled and running", setup->service.unit);
	else
		buffer_add_text(&what, "not touched");
	tell(rows, "service", &what);
	enum say_status status = table_print(columns, rows, &setup->options);
	PQclear(rows);
	buffer_fini(&what);
	if (status == SAY_OK)
		say(SAY_OK,
		    "set up. Next: detainerctl --config %s doctor; a login for each person (detainerctl(1), LOGINS); then: detainerctl receivers test %s",
		    setup->conf.path, conf->receivers[0].name);
	return status;
}

static enum say_status
set_up(struct setup *setup)
{
	struct db db = { 0 };
	enum say_status status = look(setup, &db);

	if (status == SAY_OK)
		status = build(setup, &db);
	db_close(&db);
	if (getuid() == 0)
		become_self();
	if (status == SAY_OK)
		status = try_login(setup);
	if (status == SAY_OK)
		status = setup_conf_place(&setup->conf);
	if (status == SAY_OK && setup->service.by_systemd && !setup->no_service)
		status = service_start(&setup->service);
	return status == SAY_OK ? report(setup) : status;
}

static void
find_role(struct setup *setup)
{
	conninfo_value(setup->answers.database, "user", setup->role, sizeof setup->role);
	if (setup->role[0] == '\0')
		snprintf(setup->role, sizeof setup->role, "detainerd");
}

enum say_status
setup_run(int argc, char **argv, const struct options *given)
{
	static const struct argp_option options[] = {
		{ .name = "answers",
		    .key = 'a',
		    .arg = "FILE",
		    .doc = "Take the answers from FILE; else they are asked for" },
		{ .name = "no-service", .key = KEY_NO_SERVICE, .doc = "Leave the service alone" },
		{ .name = "sql",
		    .key = 's',
		    .arg = "DIR",
		    .doc = "Where install.sql stands (default " SQL_DIR ")" },
		{ 0 }
	};
	static const struct argp argp = {
		.options = options,
		.parser = parse,
		.children = options_children,
		.doc =
		    "Sets detainerd up, as root: schema, role, facility, routes, configuration, service. --config says where the configuration goes; --db, who may build in the database. Everything is checked first; given again it does what is left to do."
	};
	static struct setup setup; /* large, and once */

	setup = (struct setup){ .options = *given, .sql = SQL_DIR };
	options_parse(&argp, argc, argv, &setup);
	enum say_status status = psql_find(setup.sql);
	if (status == SAY_OK)
		status = setup.file == NULL ? answers_ask(&setup.answers)
					    : answers_read(&setup.answers, setup.file);
	if (status != SAY_OK)
		return status;
	service_find(&setup.service, conf_path(setup.options.config));
	find_role(&setup);
	status = setup_conf_write(&setup.conf, conf_path(setup.options.config), &setup.answers);
	if (status == SAY_OK)
		status = set_up(&setup);
	setup_conf_fini(&setup.conf);
	return status;
}
