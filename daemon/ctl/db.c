/* SPDX-License-Identifier: MIT */
/*
 * db.c: libpq, synchronously. Called by every sub-command. Never retries and never asks for a password.
 *
 * Known weakness: a server that stops answering after the connection stands keeps the tool waiting; a person is there
 * to interrupt it.
 */
#include "ctl/db.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ctl/conninfo.h"
#include "ctl/refusal.h"

enum {
	CONNECT_SECONDS = 10,
	SERVER_OLDEST = 150000
};

/* ---- what a failure means ---- */

enum say_status
db_failed(struct db *db, const char *doing, const PGresult *result)
{
	const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	struct refusal refusal = { .doing = doing, .sqlstate = sqlstate };

	if (sqlstate == NULL) {
		refusal.sqlstate = REFUSAL_LOST;
		refusal.reason = PQerrorMessage(db->conn);
	} else {
		refusal.reason = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
		refusal.hint = PQresultErrorField(result, PG_DIAG_MESSAGE_HINT);
	}
	return db->status = refusal_say(&refusal);
}

/* ---- connecting ---- */

/* The SQLSTATE inside a verbose message, "FATAL:  28P01: words": returns where it stands, or NULL. */
static char *
sqlstate_in(char *message)
{
	for (char *at = message; (at = strstr(at, ":  ")) != NULL; at++) {
		size_t digits = strspn(at + 3, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

		if (digits == 5 && at[8] == ':')
			return at + 3;
	}
	return NULL;
}

/* libpq keeps no SQLSTATE of a failed connection but in its verbose words: taken out of them here. */
static enum say_status
connect_failed(struct db *db)
{
	char message[1024], sqlstate[6] = REFUSAL_LOST;
	struct refusal refusal = {
		.doing = "connect to the database", .sqlstate = sqlstate, .reason = message
	};

	snprintf(message, sizeof message, "%s", PQerrorMessage(db->conn));
	message[strcspn(message, "\n")] = '\0';
	char *at = sqlstate_in(message);
	if (at != NULL) {
		memcpy(sqlstate, at, 5);
		memmove(at, at + 7, strlen(at + 7) + 1);
	} else if (PQconnectionNeedsPassword(db->conn)) {
		memcpy(sqlstate, "28P01", 5);
	}
	return db->status = refusal_say(&refusal);
}

static int
connect_seconds(PGconn *conn)
{
	int seconds = CONNECT_SECONDS;
	PQconninfoOption *infos = PQconninfo(conn);

	for (PQconninfoOption *info = infos; info != NULL && info->keyword != NULL; info++)
		if (strcmp(info->keyword, "connect_timeout") == 0 && info->val != NULL &&
		    *info->val != '\0')
			seconds = (int)strtol(info->val, NULL, 10);
	PQconninfoFree(infos);
	return seconds;
}

/* Not the wall clock: that may be set meanwhile. */
static time_t
seconds_now(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

/* Waits for the socket as libpq asks. False when the time is up. */
static bool
wait_for(PGconn *conn, PostgresPollingStatusType wanted, time_t until)
{
	struct pollfd fd = { .fd = PQsocket(conn),
		.events = wanted == PGRES_POLLING_READING ? POLLIN : POLLOUT };
	time_t left = until - seconds_now();

	return left > 0 && (poll(&fd, 1, (int)left * 1000) != 0);
}

static enum say_status
connect_and_wait(struct db *db)
{
	int seconds = connect_seconds(db->conn);
	time_t until = seconds_now() + (seconds > 0 ? seconds : 3600);
	PostgresPollingStatusType wanted = PGRES_POLLING_WRITING;

	while (wanted == PGRES_POLLING_READING || wanted == PGRES_POLLING_WRITING) {
		if (!wait_for(db->conn, wanted, until))
			return db->status = say(SAY_UNAVAILABLE,
				   "cannot connect to the database: no answer within %d s. "
				   "Give the command again when the server is up.",
				   seconds);
		wanted = PQconnectPoll(db->conn);
	}
	return wanted == PGRES_POLLING_OK ? SAY_OK : connect_failed(db);
}

/* An older one fails at the first thing that it does not know, and in words that say nothing of why. */
static enum say_status
check_server(struct db *db)
{
	if (PQserverVersion(db->conn) >= SERVER_OLDEST)
		return SAY_OK;
	return db->status = say(SAY_UNAVAILABLE,
		   "cannot use the server: it is PostgreSQL %s, and 15 or later is needed. "
		   "Upgrade it, or choose another.",
		   PQparameterStatus(db->conn, "server_version"));
}

static void
ignore_notice(void *arg, const PGresult *result)
{
	(void)arg;
	(void)result;
}

enum say_status
db_connect(struct db *db, const struct options *options)
{
	char *conninfo = NULL;

	*db = (struct db){ .status = conninfo_find(options, &conninfo) };
	if (db->status != SAY_OK)
		return db->status;
	const char *keywords[] = { "dbname", "fallback_application_name", "client_encoding", NULL };
	const char *values[] = { conninfo, "detainerctl", "UTF8", NULL };
	db->conn = PQconnectStartParams(keywords, values, 1);
	free(conninfo);
	if (db->conn == NULL)
		return db->status = say(SAY_TEMPORARY,
			   "cannot connect to the database: out of memory. Free some and try again.");
	PQsetErrorVerbosity(db->conn, PQERRORS_VERBOSE);
	PQsetNoticeReceiver(db->conn, ignore_notice, NULL);
	if (PQstatus(db->conn) == CONNECTION_BAD)
		return connect_failed(db);
	return connect_and_wait(db) == SAY_OK ? check_server(db) : db->status;
}

void
db_close(struct db *db)
{
	PQfinish(db->conn);
	db->conn = NULL;
}

enum say_status
db_serve(const struct options *options, db_serve_fn *serve, const void *wanted)
{
	struct db db = { 0 };
	enum say_status status = db_open(&db, options);

	if (status == SAY_OK)
		status = serve(&db, wanted);
	db_close(&db);
	return status;
}

/* ---- asking ---- */

PGresult *
db_ask(struct db *db, const char *doing, const char *sql, int count, const char *const *values)
{
	PGresult *result = PQexecParams(db->conn, sql, count, NULL, values, NULL, NULL, 0);
	ExecStatusType status = PQresultStatus(result);

	if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_COPY_IN)
		return result;
	db_failed(db, doing, result);
	PQclear(result);
	return NULL;
}

enum say_status
db_do(struct db *db, const char *doing, const char *sql)
{
	PGresult *result = db_ask(db, doing, sql, 0, NULL);

	if (result == NULL)
		return db->status;
	PQclear(result);
	return SAY_OK;
}

int
db_schema_version(struct db *db)
{
	/* a database without our schema is an answer here, not a failure */
	PGresult *result = db_ask(db, "read the schema's version",
	    "select to_regproc('detainerd.schema_version') is not null", 0, NULL);

	if (result == NULL)
		return -1;
	bool installed = strcmp(PQgetvalue(result, 0, 0), "t") == 0;
	PQclear(result);
	if (!installed)
		return 0;
	result =
	    db_ask(db, "read the schema's version", "select detainerd.schema_version()", 0, NULL);
	if (result == NULL)
		return -1;
	int version = (int)strtol(PQgetvalue(result, 0, 0), NULL, 10);
	PQclear(result);
	return version;
}

enum say_status
db_stamp(struct db *db, const struct options *options)
{
	struct envelope *envelope = options->envelope;
	PGresult *result;

	if (options->form != OPTIONS_JSON)
		return SAY_OK;
	result = db_ask(db, "read the database's clock",
	    "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
	    0, NULL);
	if (result == NULL)
		return db->status;
	snprintf(
	    envelope->generated_at, sizeof envelope->generated_at, "%s", PQgetvalue(result, 0, 0));
	PQclear(result);
	return SAY_OK;
}

static enum say_status
check_zone(struct db *db, const char *zone)
{
	const char *values[] = { zone };

	if (zone == NULL)
		return SAY_OK;
	PGresult *result = db_ask(db, "look the time zone up",
	    "select from detainerd.time_zone where name = $1", 1, values);
	if (result == NULL)
		return db->status;
	bool found = PQntuples(result) > 0;
	PQclear(result);
	return found ? SAY_OK
		     : (db->status = say(SAY_USAGE,
			    "cannot write times in '%s': there is no such zone. "
			    "Give --tz an IANA name, such as America/New_York.",
			    zone));
}

/* What the options ask of a session whose schema fits. */
static enum say_status
prepare(struct db *db, const struct options *options)
{
	/* what is asked once is answered before it would be compiled */
	enum say_status status = db_do(db, "prepare the session", "set jit = off");

	if (status == SAY_OK)
		status = check_zone(db, options->zone);
	return status == SAY_OK ? db_stamp(db, options) : status;
}

enum say_status
db_open(struct db *db, const struct options *options)
{
	if (db_connect(db, options) != SAY_OK)
		return db->status;
	int version = db_schema_version(db);
	if (version < 0)
		return db->status;
	if (version == SCHEMA_VERSION)
		return prepare(db, options);
	if (version == 0)
		return db->status = say(SAY_UNAVAILABLE,
			   "cannot use database '%s': detainerd is not installed in it. "
			   "Run: detainerctl migrate",
			   PQdb(db->conn));
	return db->status = say(SAY_UNAVAILABLE,
		   "cannot use database '%s': its schema is version %d, this program needs %d. %s",
		   PQdb(db->conn), version, SCHEMA_VERSION,
		   version < SCHEMA_VERSION ? "Run: detainerctl migrate"
					    : "Install the newer detainerctl.");
}
