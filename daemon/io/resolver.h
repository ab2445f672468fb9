/* SPDX-License-Identifier: MIT */
/*
 * resolver: names of hosts looked up outside the loop, for getaddrinfo(3) may
 * take as long as it likes. One look-up at a time; one that hangs is left to
 * its thread, and the next may begin only when that has come back.
 */
#ifndef DETAINERD_RESOLVER_H
#define DETAINERD_RESOLVER_H

#include <stdbool.h>

#include "core/fault.h"
#include "io/loop.h"

#define RESOLVER_NAMES_MAX 16
#define RESOLVER_ANSWERS_MAX 32

struct resolver_question {
	char names[RESOLVER_NAMES_MAX][256];
	int count;
};

struct resolver_answer {
	struct {
		int name;         /* index into the question */
		char address[64]; /* as numbers */
	} found[RESOLVER_ANSWERS_MAX];
	int count;
	char trouble[160]; /* about the last name that was not found; empty: none */
};

/* Called in the loop; ${answer} lives until it returns. */
typedef void resolver_fn(void *owner, const struct resolver_answer *answer);

struct resolver;

/* resolver_open(loop, callback, owner): Null on failure, with errno. */
struct resolver *resolver_open(struct loop *loop, resolver_fn *callback, void *owner)
    __attribute__((warn_unused_result));

/*
 * resolver_ask(resolver, question): Begin to look up; the answer to an earlier
 * question is dropped. False, with ${fault}, where that is still under way
 * and cannot be left, or no thread can be had.
 */
bool resolver_ask(struct resolver *resolver, const struct resolver_question *question,
    struct fault *fault) __attribute__((warn_unused_result));

/* resolver_forget(resolver): No callback comes any more for what was asked. */
void resolver_forget(struct resolver *resolver);

/* resolver_close(resolver): Free it, or leave that to a thread that hangs; null is fine. */
void resolver_close(struct resolver *resolver);

#endif
