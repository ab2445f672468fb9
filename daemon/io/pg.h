/* SPDX-License-Identifier: MIT */
/*
 * pg: one connection to PostgreSQL that never blocks, on libpq, without
 * showing a type of libpq. One statement at a time; always with parameters.
 *
 * It keeps no deadline: whoever owns it closes it when a deadline has passed
 * (libpq ignores connect_timeout here, and keepalives do not see a stopped
 * server). A late connection is closed, never cancelled: cancelling would
 * block. It looks up no name: hosts are given as addresses (io/pg_target).
 */
#ifndef DETAINERD_PG_H
#define DETAINERD_PG_H

#include <stdbool.h>

#include "core/fault.h"
#include "io/loop.h"
#include "io/pg_target.h"

struct pg;
struct pg_rows;

struct pg_handlers {
	void (*up)(void *owner); /* the link stands */
	void (*down)(void *owner,
	    const struct fault *fault); /* it broke or could not be had; it is closed */
	void (*rows)(void *owner,
	    const struct pg_rows *rows); /* a statement was answered; rows live until return */
	void (*failed)(
	    void *owner, const struct fault *fault); /* it was refused; the link stands */
	void (*notified)(void *owner);               /* something came on a channel listened to */
	void *owner;
};

/* pg_new(loop, handlers): A connection, closed. Copies ${handlers}. Null where memory is out. */
struct pg *
pg_new(struct loop *loop, const struct pg_handlers *handlers) __attribute__((warn_unused_result));

/*
 * pg_open(pg, conninfo, target): Begin to connect. Answers later with up or
 * down, never before it has returned; false, with ${fault}, where it could
 * not even begin.
 */
bool pg_open(struct pg *pg, const char *conninfo, const struct pg_target *target,
    struct fault *fault) __attribute__((warn_unused_result));

/*
 * pg_call(pg, sql, count, parameters): Send ${sql} with ${count} parameters as
 * text, null for SQL's null. Answers later with rows, failed or down. False,
 * with ${fault}, where it could not be sent.
 */
bool pg_call(struct pg *pg, const char *sql, int count, const char *const *parameters,
    struct fault *fault) __attribute__((warn_unused_result));

/* pg_close(pg): Close at once. No handler is called after it. */
void pg_close(struct pg *pg);

/* pg_free(pg): Close and free; null is fine. */
void pg_free(struct pg *pg);

/* pg_rows_count(rows), pg_rows_columns(rows): How many. */
int pg_rows_count(const struct pg_rows *rows);
int pg_rows_columns(const struct pg_rows *rows);

/* pg_rows_value(rows, row, column): As text, null for SQL's null. Lives as long as ${rows}. */
const char *pg_rows_value(const struct pg_rows *rows, int row, int column);

#endif
