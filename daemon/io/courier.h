/* SPDX-License-Identifier: MIT */
/*
 * courier: HTTP posts and mails, many at once, on libcurl inside the loop.
 *
 * What it never does: follow a redirect, use a proxy from the environment,
 * accept a certificate that does not verify or TLS below 1.2, send a password
 * in clear text, read more of an answer than COURIER_ANSWER_MAX bytes, or wait
 * longer than the time a request has.
 *
 * Connections of posts are kept for a few seconds and used again; one that the
 * server closed meanwhile is opened anew, and what is sent twice carries the
 * same id. Mail has a connection a message.
 */
#ifndef DETAINERD_COURIER_H
#define DETAINERD_COURIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/conf.h"
#include "core/delivery.h"
#include "io/loop.h"

/* Of an answer, headers included. */
#define COURIER_ANSWER_MAX (64 * 1024)

struct courier_request {
	int place;                       /* handed back with the result */
	const struct receiver *receiver; /* this and all below: borrowed during the call only */
	const char *url_path;            /* put behind the receiver's url; empty: nothing */
	const char *content_type;        /* of a post */
	const char *message_id;          /* of a post: webhook-id; null: none */
	int64_t timestamp;               /* of a post: webhook-timestamp, seconds since 1970 */
	const char *signatures;          /* of a post: webhook-signature; empty: none */
	const char *bearer_token;        /* of a post; empty: none */
	const char *password;            /* of mail, for the receiver's user; empty: none */
	const char *body;                /* JSON, or a whole mail */
	size_t body_bytes;
};

/* Called in the loop, never during courier_send. */
typedef void courier_fn(void *owner, int place, const struct delivery_result *result);

struct courier;

/* courier_open(loop, callback, owner): Null on failure. Call before any thread is started. */
struct courier *courier_open(struct loop *loop, courier_fn *callback, void *owner)
    __attribute__((warn_unused_result));

/*
 * courier_send(courier, request): Begin a delivery. True: the callback comes
 * exactly once. False: it does not, the request could not be begun.
 */
bool courier_send(struct courier *courier, const struct courier_request *request)
    __attribute__((warn_unused_result));

/* courier_cancel(courier): Give up everything under way; no callback comes for it. */
void courier_cancel(struct courier *courier);

/* courier_close(courier): Cancel and free; null is fine. */
void courier_close(struct courier *courier);

#endif
