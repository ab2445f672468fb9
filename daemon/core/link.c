/* SPDX-License-Identifier: MIT */
/* link.c: a session and its waits. Called by core/engine. */
#include "core/link.h"

#include <assert.h>

#include "core/backoff.h"

#include "core/banned.h"

void
link_init(struct link *link, struct instant now)
{
	*link = (struct link){
		.state = SESSION_DOWN,
		.deadline = INSTANT_NEVER,
		.open_at = now,
		.quiet_until = now,
	};
}

bool
link_should_open(const struct link *link, struct instant now)
{
	return (link->state == SESSION_DOWN || link->state == SESSION_WAITING) &&
	       instant_reached(link->open_at, now);
}

bool
link_ready(const struct link *link, struct instant now)
{
	return link->state == SESSION_IDLE && instant_reached(link->quiet_until, now);
}

bool
link_stands(const struct link *link)
{
	return link->state == SESSION_IDLE || link->state == SESSION_BUSY;
}

bool
link_expects(const struct link *link, enum statement statement)
{
	return (link->state == SESSION_BUSY || link->state == SESSION_PREPARING) &&
	       link->statement == statement;
}

bool
link_overdue(const struct link *link, struct instant now)
{
	return instant_reached(link->deadline, now);
}

void
link_opened(struct link *link, struct instant now, struct span timeout)
{
	enum session_action action = session_enter(&link->state, SESSION_OPEN);

	assert(action == SESSION_CONNECT);
	link->sent_at = now;
	link->deadline = instant_add(now, timeout);
}

void
link_sent(struct link *link, enum statement statement, struct instant now, struct span timeout)
{
	if (link->state != SESSION_PREPARING)
		(void)session_enter(&link->state, SESSION_CALL);
	link->statement = statement;
	link->sent_at = now;
	link->deadline = instant_add(now, timeout);
}

enum session_action
link_enter(struct link *link, enum session_input input)
{
	enum session_action action = session_enter(&link->state, input);

	if (link->state == SESSION_IDLE || link->state == SESSION_ENDED)
		link->deadline = INSTANT_NEVER;
	if (input == SESSION_PREPARED) {
		link->wait = (struct span){ 0 };
		link->refusals = 0;
	}
	return action;
}

enum session_action
link_lost(struct link *link, struct instant now, uint64_t *random)
{
	enum session_action action = session_enter(&link->state, SESSION_LOST);

	if (action == SESSION_DROP) {
		link->wait = backoff_next(&backoff_session, link->wait, random);
		link->open_at = instant_add(now, link->wait);
		link->quiet_until = now;
		link->deadline = INSTANT_NEVER;
	}
	return action;
}

void
link_refused(struct link *link, struct instant now, uint64_t *random)
{
	(void)link_enter(link, SESSION_ANSWER);
	link->quiet = backoff_next(&backoff_session, link->quiet, random);
	link->quiet_until = instant_add(now, link->quiet);
	link->refusals++;
}

void
link_succeeded(struct link *link)
{
	link->quiet = (struct span){ 0 };
	link->refusals = 0;
}

bool
link_refuses(const struct link *link)
{
	return link->refusals > 1;
}

struct instant
link_wake_at(const struct link *link)
{
	switch (link->state) {
	case SESSION_DOWN:
	case SESSION_WAITING: return link->open_at;
	case SESSION_IDLE:
	case SESSION_CONNECTING:
	case SESSION_PREPARING:
	case SESSION_BUSY:
	case SESSION_ENDED:
	case SESSION_STATES: break;
	}
	return link->deadline;
}
