/* SPDX-License-Identifier: MIT */
/*
 * listen: where the daemon answers monitors: a port of this host itself, or a
 * Unix socket. Nothing else can be said, for what is told there is told
 * without asking who asks.
 */
#ifndef DETAINERD_LISTEN_H
#define DETAINERD_LISTEN_H

#include <stdbool.h>

/* Of a socket's path, its final NUL included: what sockaddr_un can hold. */
#define LISTEN_PATH_BYTES 108
/* Of the whole, as the file writes it. */
#define LISTEN_BYTES (LISTEN_PATH_BYTES + 8)

enum listen_family {
	LISTEN_NOWHERE, /* nothing was said */
	LISTEN_INET,    /* 127.0.0.1 */
	LISTEN_INET6,   /* ::1 */
	LISTEN_UNIX
};

struct listen_at {
	enum listen_family family;
	int port;
	char path[LISTEN_PATH_BYTES];
};

/*
 * listen_parse(from, ret_at): Read "127.0.0.1:9618", "localhost:9618",
 * "[::1]:9618" or "unix:/run/detainerd/metrics.sock"; empty is nowhere. False
 * for everything else.
 */
bool listen_parse(const char *from, struct listen_at *ret_at) __attribute__((warn_unused_result));

#endif
