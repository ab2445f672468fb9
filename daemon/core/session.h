/* SPDX-License-Identifier: MIT */
/*
 * session: one session with the database as a machine. It says in which state
 * the session is and what must be done on the way; it does nothing itself.
 *
 * The states and what leads from one to the next are one table in session.c.
 */
#ifndef DETAINERD_SESSION_H
#define DETAINERD_SESSION_H

#include "core/instant.h"

enum session_state {
	SESSION_DOWN,       /* no link, none asked for */
	SESSION_CONNECTING, /* looking up the name, connecting, authenticating */
	SESSION_PREPARING,  /* linked; settings, listen, hello on their way, one by one */
	SESSION_IDLE,       /* ready for a statement */
	SESSION_BUSY,       /* one statement on its way */
	SESSION_WAITING,    /* no link; the next try comes after a wait */
	SESSION_ENDED,      /* closed for good */
	SESSION_STATES
};

enum session_input {
	SESSION_OPEN,     /* it is time to connect */
	SESSION_UP,       /* the link stands */
	SESSION_PREPARED, /* the last preparing statement was answered */
	SESSION_CALL,     /* a statement was sent */
	SESSION_ANSWER,   /* a statement was answered, with rows or an error */
	SESSION_LOST,     /* the link broke, was refused, or a deadline passed */
	SESSION_END,      /* close for good */
	SESSION_INPUTS
};

/* What a step asks of its caller. */
enum session_action {
	SESSION_NOTHING,
	SESSION_CONNECT,    /* open a link */
	SESSION_PREPARE,    /* send the first, or the next, preparing statement */
	SESSION_DROP,       /* close the link at once, without asking the server */
	SESSION_IMPOSSIBLE, /* a programmer's error: asserted */
	SESSION_ACTIONS
};

struct session_row {
	enum session_state next;
	enum session_action action;
	const char *comment; /* one English sentence, for operators too */
};

/* session_row(state, input): The cell of the table. */
const struct session_row *session_row(enum session_state state, enum session_input input);

/* session_enter(state, input): Move ${*state} by ${input}; returns what must be done. The only writer of a session's state. */
enum session_action session_enter(enum session_state *state, enum session_input input);

/* session_state_name(state), session_input_name(input): In one word, for logs and diagrams. */
const char *session_state_name(enum session_state state);
const char *session_input_name(enum session_input input);

#endif
