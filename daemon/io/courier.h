/* SPDX-License-Identifier: MIT */
/*
 * courier: HTTP posts and mails, many at once, on libcurl inside the loop.
 *
 * What it never does: follow a redirect, use a proxy from the environment,
 * accept a certificate that does not verify, read more of an answer than
 * COURIER_ANSWER_MAX bytes, keep a connection for a second delivery, or wait
 * longer than the time a request has.
 */
#ifndef DETAINERD_COURIER_H
#define DETAINERD_COURIER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/conf.h"
#include "core/delivery.h"
#include "io/loop.h"

/* Of an answer, headers included. */
#define COURIER_ANSWER_MAX (64 * 1024)

struct courier_request {
	int place;                       /* handed back with the result */
	const struct receiver *receiver; /* borrowed during the call only */
	const char *alert_id;            /* goes into the header webhook-id; borrowed */
	const char *body;                /* JSON, or a whole mail; copied */
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
