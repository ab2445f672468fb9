/* SPDX-License-Identifier: MIT */
/*
 * pg: one connection to PostgreSQL that never blocks, on libpq, without
 * showing a type of libpq. One statement at a time; always with parameters.
 *
 * It keeps no deadline: whoever owns it closes it when a deadline has passed
 * (libpq ignores connect_timeout here, and keepalives do not see a stopped
 * server). A late connection is closed, never cancelled: cancelling would
 * block. It looks up no name: hosts are given as addresses (pg_target).
 */
#ifndef DETAINERD_PG_H
#define DETAINERD_PG_H

#include <stdbool.h>

#include "core/fault.h"
#include "io/loop.h"

#define PG_HOSTS_MAX 16

/* One server to try. A host that begins with / is the directory of a socket. */
struct pg_host {
	char name[256];
	char address[64]; /* empty: of a socket, or still to be looked up */
	char port[8];     /* empty: the default */
};

/* Where to connect: conninfo, libpq's environment and service file, read once. */
struct pg_target {
	struct pg_host hosts[PG_HOSTS_MAX];
	int count; /* 0: libpq's default socket */
};

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

/*
 * pg_target_parse(target, conninfo, fault): Read which hosts ${conninfo} means.
 * Looks nothing up. False where it cannot be read; then ${fault} says why.
 */
bool pg_target_parse(struct pg_target *target, const char *conninfo, struct fault *fault)
    __attribute__((warn_unused_result));

/* pg_host_is_name(host): Must this host be looked up before connecting? */
bool pg_host_is_name(const struct pg_host *host);

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
