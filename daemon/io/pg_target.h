/* SPDX-License-Identifier: MIT */
/*
 * pg_target: which servers a conninfo means, so that their names can be looked
 * up outside libpq, which would wait for the answer.
 */
#ifndef DETAINERD_PG_TARGET_H
#define DETAINERD_PG_TARGET_H

#include <stdbool.h>

#include "core/fault.h"

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

/*
 * pg_target_parse(target, conninfo, fault): Read which hosts ${conninfo} means.
 * Looks nothing up. False where it cannot be read; then ${fault} says why.
 */
bool pg_target_parse(struct pg_target *target, const char *conninfo, struct fault *fault)
    __attribute__((warn_unused_result));

/* pg_host_is_name(host): Must this host be looked up before connecting? */
bool pg_host_is_name(const struct pg_host *host);

struct pg_conn; /* libpq's own */

/*
 * pg_target_connect(target, conninfo): Begin to connect to ${target} with
 * whatever else ${conninfo} says, which has been parsed before. As
 * PQconnectStart: the caller owns the result, and asks it how it is; null
 * where memory is out.
 */
struct pg_conn *pg_target_connect(const struct pg_target *target, const char *conninfo)
    __attribute__((warn_unused_result));

#endif
