/* SPDX-License-Identifier: MIT */
/*
 * command: programs of this host that are given an alert on standard input,
 * many at once, never through a shell.
 *
 * A program leads a process group of its own. When its first process has
 * ended, or its time is up, what is left of the group is ended too. It gets
 * three open files (standard input, standard output, our standard error), the
 * root directory, and an environment of PATH, LANG and DETAINERD_ALERT_ID.
 */
#ifndef DETAINERD_IO_COMMAND_H
#define DETAINERD_IO_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include "core/conf.h"
#include "core/delivery.h"
#include "core/fault.h"
#include "io/loop.h"

/* How long after SIGTERM comes SIGKILL. */
#define COMMAND_GRACE_MS 1000

struct command_request {
	int place;                       /* handed back with the result */
	const struct receiver *receiver; /* this and all below: borrowed during the call only */
	const char *message_id;
	const char *body;
	size_t body_bytes;
};

/* Called in the loop, never during command_start. */
typedef void command_fn(void *owner, int place, const struct delivery_result *result);

struct command;

/* command_open(loop, callback, owner): Null on failure. */
struct command *command_open(struct loop *loop, command_fn *callback, void *owner)
    __attribute__((warn_unused_result));

/*
 * command_start(command, request): Start the receiver's program. True: the
 * callback comes exactly once: exit status 0 is accepted, every other status
 * and a signal refused, what cannot be executed misconfigured, the first of
 * what it printed is the answer. False: it does not, no process could be made.
 */
bool command_start(struct command *command, const struct command_request *request)
    __attribute__((warn_unused_result));

/* command_cancel(command): End everything under way; no callback comes for it. */
void command_cancel(struct command *command);

/* command_close(command): Kill what is left and free; null is fine. */
void command_close(struct command *command);

/* command_check(path, fault): Can it be executed, and not be changed by anybody? If not, ${fault} says why. */
bool command_check(const char *path, struct fault *fault) __attribute__((warn_unused_result));

#endif
