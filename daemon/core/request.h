/* SPDX-License-Identifier: MIT */
/* request: the parameters of each statement, written from what the engine knows. */
#ifndef DETAINERD_REQUEST_H
#define DETAINERD_REQUEST_H

#include <stddef.h>

#include "core/effect.h"
#include "core/state.h"
#include "core/statement.h"

/* A settle call with every place in it and the longest answers fits: 256 x (2 x 201 + 8 x 20). */
#define REQUEST_BYTES (160 * 1024)

struct request {
	const char *parameters[STATEMENT_PARAMETERS_MAX]; /* into memory below */
	int count;
	size_t used;
	char memory[REQUEST_BYTES];
};

struct request_words {
	const char *version; /* of this program */
	const char *state;   /* of the heartbeat, JSON */
};

/*
 * request_build(request, engine, effect, words): Write the parameters for
 * ${effect}, an EFFECT_CALL. Their number is that of the statement's shape.
 */
void request_build(struct request *request, const struct engine *engine,
    const struct effect *effect, const struct request_words *words);

#endif
