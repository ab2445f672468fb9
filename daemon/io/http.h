/* SPDX-License-Identifier: MIT */
/*
 * http: answers GET and HEAD on one listening socket of this host, in the
 * loop, a few callers at a time. What is told is the owner's business.
 */
#ifndef DETAINERD_IO_HTTP_H
#define DETAINERD_IO_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/fault.h"
#include "core/listen.h"
#include "io/loop.h"

/* An answer: plain text of a version of its own. */
struct http_answer {
	int status;
	const char *content_type; /* static */
	const char *body;         /* copied when the callback returns */
	size_t body_bytes;
};

/* Called with the path, without query. Leaves ${answer}, a 404, alone where there is no such. */
typedef void http_fn(void *owner, const char *path, struct http_answer *answer);

struct http;

/*
 * http_open(loop, at, callback, owner): Listen at ${at}, which is somewhere. A
 * socket file that is left there from before is replaced; whoever may enter
 * its directory and has the daemon's group may ask. Borrows ${owner}. Null
 * with errno where it cannot be.
 */
struct http *http_open(struct loop *loop, const struct listen_at *at, http_fn *callback,
    void *owner) __attribute__((warn_unused_result));

/* http_close(http): Stop, end every conversation, and free; null is fine. Not from within the callback. */
void http_close(struct http *http);

#endif
