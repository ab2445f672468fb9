/* SPDX-License-Identifier: MIT */
/*
 * db.h: one synchronous session with the database, and its failures told in one line with the right status.
 */
#ifndef CTL_DB_H
#define CTL_DB_H

#include <libpq-fe.h>

#include "ctl/options.h"
#include "ctl/say.h"

struct db {
	PGconn *conn;           /* owned; NULL after db_close */
	enum say_status status; /* why the last call failed; SAY_OK if none has */
};

/* Connects as ${options} say: --db, else the conninfo of --config, else libpq's environment. On failure says why,
   and db->status is returned. */
enum say_status
db_connect(struct db *db, const struct options *options) __attribute__((warn_unused_result));

/* db_connect, the schema must be this program's version, and the zone of ${options} one that the database knows. */
enum say_status
db_open(struct db *db, const struct options *options) __attribute__((warn_unused_result));

/* Closes; safe on {0} and after a failed db_connect. */
void db_close(struct db *db);

/* What a sub-command does with an open session; ${wanted} is its own. Returns the exit status. */
typedef enum say_status db_serve_fn(struct db *db, const void *wanted);

/* db_open as ${options} say, ${serve}, db_close. Returns the exit status. */
enum say_status db_serve(const struct options *options, db_serve_fn *serve, const void *wanted);

/* Writes the instant of the database's clock into the envelope of ${options}: db_open does; only who connects by
   db_connect calls it. */
enum say_status
db_stamp(struct db *db, const struct options *options) __attribute__((warn_unused_result));

/* Version of the schema; 0 where none is installed; -1 on failure, which was said. */
int db_schema_version(struct db *db);

/* Runs one statement with text parameters. The caller clears the result with PQclear. On failure NULL, after saying
   "cannot ${doing}: reason." ${doing} is words such as "list the holds". */
PGresult *db_ask(struct db *db, const char *doing, const char *sql, int count,
    const char *const *values) __attribute__((warn_unused_result));

/* As db_ask for a statement whose rows nobody needs. */
enum say_status
db_do(struct db *db, const char *doing, const char *sql) __attribute__((warn_unused_result));

/* Says why ${result}, or where it is NULL the session, failed while ${doing}; sets and returns db->status. */
enum say_status db_failed(struct db *db, const char *doing, const PGresult *result);

#endif
