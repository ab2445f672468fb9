/* SPDX-License-Identifier: MIT */
/*
 * link: one database session together with everything it may wait for: the
 * deadline of what is on its way, the next try to connect, the pause after a
 * refused statement. All times are of the host's boot-time clock.
 */
#ifndef DETAINERD_LINK_H
#define DETAINERD_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/instant.h"
#include "core/session.h"
#include "core/statement.h"

struct link {
	enum session_state state;
	enum statement statement;   /* on its way, in preparing and busy */
	struct instant sent_at;     /* when it, or the try to connect, began */
	struct instant deadline;    /* never where nothing is waited for */
	struct instant open_at;     /* next try to connect */
	struct instant quiet_until; /* no statement before */
	struct span wait, quiet;    /* the last waits, from which the next are drawn */
	int refusals;               /* since a statement did its work, or the session opened */
};

/* link_init(link, now): Down, to be opened at once. */
void link_init(struct link *link, struct instant now);

/* link_should_open(link, now): Is it time to connect? */
bool link_should_open(const struct link *link, struct instant now);

/* link_ready(link, now): May a statement be sent? */
bool link_ready(const struct link *link, struct instant now);

/* link_stands(link): Is it prepared, with or without a statement on its way? */
bool link_stands(const struct link *link);

/* link_expects(link, statement): Is ${statement} on its way? */
bool link_expects(const struct link *link, enum statement statement);

/* link_overdue(link, now): Has its deadline passed? */
bool link_overdue(const struct link *link, struct instant now);

/* link_opened(link, now, timeout): A try to connect begins; name, link and authentication have ${timeout}. */
void link_opened(struct link *link, struct instant now, struct span timeout);

/* link_sent(link, statement, now, timeout): ${statement} is sent and has ${timeout}, commit included. */
void
link_sent(struct link *link, enum statement statement, struct instant now, struct span timeout);

/*
 * link_enter(link, input): Move by one of SESSION_UP, SESSION_ANSWER,
 * SESSION_PREPARED and SESSION_END; returns what is to be done.
 */
enum session_action link_enter(struct link *link, enum session_input input);

/* link_lost(link, now, random): It broke, or its deadline passed; the next try comes after a drawn wait. */
enum session_action link_lost(struct link *link, struct instant now, uint64_t *random);

/* link_refused(link, now, random): Its statement was answered with an error; no other before a drawn wait. */
void link_refused(struct link *link, struct instant now, uint64_t *random);

/* link_succeeded(link): Its statement did its work: the next refusal waits short again. */
void link_succeeded(struct link *link);

/* link_refuses(link): Were its last statements refused, more than one? A single one may have met a lock. */
bool link_refuses(const struct link *link);

/* link_wake_at(link): When it next wants attention without anything happening. */
struct instant link_wake_at(const struct link *link);

#endif
