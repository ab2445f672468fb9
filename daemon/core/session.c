/* SPDX-License-Identifier: MIT */
/*
 * session.c: the machine of one database session. Every state meets every
 * input here, so that nothing that can happen is left to chance. What comes
 * late (an answer after the link was given up) is ignored, in a row that says so.
 */
#include "core/session.h"

#include <assert.h>
#include <stddef.h>

#include "core/banned.h"

#define CELL(to, does, says) \
	{ \
		SESSION_##to, SESSION_##does, says \
	}

static const struct session_row rows[SESSION_STATES][SESSION_INPUTS] = {
    [SESSION_DOWN] = {
	[SESSION_OPEN] = CELL(CONNECTING, CONNECT, "start to connect"),
	[SESSION_UP] = CELL(DOWN, DROP, "a link nobody waits for is closed"),
	[SESSION_PREPARED] = CELL(DOWN, IMPOSSIBLE, "nothing was prepared"),
	[SESSION_CALL] = CELL(DOWN, IMPOSSIBLE, "there is no link to call over"),
	[SESSION_ANSWER] = CELL(DOWN, NOTHING, "a late answer is ignored"),
	[SESSION_LOST] = CELL(DOWN, NOTHING, "a late loss is ignored"),
	[SESSION_END] = CELL(ENDED, NOTHING, "closed before it was opened"),
    },
    [SESSION_CONNECTING] = {
	[SESSION_OPEN] = CELL(CONNECTING, IMPOSSIBLE, "it is connecting already"),
	[SESSION_UP] = CELL(PREPARING, PREPARE, "linked: set time limits, listen, say hello"),
	[SESSION_PREPARED] = CELL(CONNECTING, IMPOSSIBLE, "nothing was prepared"),
	[SESSION_CALL] = CELL(CONNECTING, IMPOSSIBLE, "there is no link to call over"),
	[SESSION_ANSWER] = CELL(CONNECTING, NOTHING, "a late answer is ignored"),
	[SESSION_LOST] = CELL(WAITING, DROP, "no link, or not in time: wait and try again"),
	[SESSION_END] = CELL(ENDED, DROP, "closed while connecting"),
    },
    [SESSION_PREPARING] = {
	[SESSION_OPEN] = CELL(PREPARING, IMPOSSIBLE, "it is open already"),
	[SESSION_UP] = CELL(PREPARING, NOTHING, "it is up already"),
	[SESSION_PREPARED] = CELL(IDLE, NOTHING, "ready for work"),
	[SESSION_CALL] = CELL(PREPARING, IMPOSSIBLE, "work must wait until it is prepared"),
	[SESSION_ANSWER] = CELL(PREPARING, PREPARE, "the next preparing statement"),
	[SESSION_LOST] = CELL(WAITING, DROP, "lost while preparing: wait and try again"),
	[SESSION_END] = CELL(ENDED, DROP, "closed while preparing"),
    },
    [SESSION_IDLE] = {
	[SESSION_OPEN] = CELL(IDLE, IMPOSSIBLE, "it is open already"),
	[SESSION_UP] = CELL(IDLE, NOTHING, "it is up already"),
	[SESSION_PREPARED] = CELL(IDLE, IMPOSSIBLE, "it is prepared already"),
	[SESSION_CALL] = CELL(BUSY, NOTHING, "a statement is on its way"),
	[SESSION_ANSWER] = CELL(IDLE, NOTHING, "an answer nobody waits for is ignored"),
	[SESSION_LOST] = CELL(WAITING, DROP, "lost while idle: wait and try again"),
	[SESSION_END] = CELL(ENDED, DROP, "closed in good order"),
    },
    [SESSION_BUSY] = {
	[SESSION_OPEN] = CELL(BUSY, IMPOSSIBLE, "it is open already"),
	[SESSION_UP] = CELL(BUSY, NOTHING, "it is up already"),
	[SESSION_PREPARED] = CELL(BUSY, IMPOSSIBLE, "it is prepared already"),
	[SESSION_CALL] = CELL(BUSY, IMPOSSIBLE, "one statement at a time"),
	[SESSION_ANSWER] = CELL(IDLE, NOTHING, "answered, ready for the next"),
	[SESSION_LOST] = CELL(WAITING, DROP, "lost in the middle, outcome unknown: wait and try again"),
	[SESSION_END] = CELL(ENDED, DROP, "closed in the middle, outcome unknown"),
    },
    [SESSION_WAITING] = {
	[SESSION_OPEN] = CELL(CONNECTING, CONNECT, "the wait is over: connect"),
	[SESSION_UP] = CELL(WAITING, DROP, "a link that came too late is closed"),
	[SESSION_PREPARED] = CELL(WAITING, IMPOSSIBLE, "nothing was prepared"),
	[SESSION_CALL] = CELL(WAITING, IMPOSSIBLE, "there is no link to call over"),
	[SESSION_ANSWER] = CELL(WAITING, NOTHING, "a late answer is ignored"),
	[SESSION_LOST] = CELL(WAITING, NOTHING, "it is lost already"),
	[SESSION_END] = CELL(ENDED, NOTHING, "closed while waiting"),
    },
    [SESSION_ENDED] = {
	[SESSION_OPEN] = CELL(ENDED, IMPOSSIBLE, "what has ended is not opened again"),
	[SESSION_UP] = CELL(ENDED, DROP, "a link that came too late is closed"),
	[SESSION_PREPARED] = CELL(ENDED, IMPOSSIBLE, "nothing was prepared"),
	[SESSION_CALL] = CELL(ENDED, IMPOSSIBLE, "there is no link to call over"),
	[SESSION_ANSWER] = CELL(ENDED, NOTHING, "a late answer is ignored"),
	[SESSION_LOST] = CELL(ENDED, NOTHING, "a late loss is ignored"),
	[SESSION_END] = CELL(ENDED, NOTHING, "it has ended already"),
    },
};

const struct session_row *
session_row(enum session_state state, enum session_input input)
{
	assert(state < SESSION_STATES);
	assert(input < SESSION_INPUTS);
	return &rows[state][input];
}

enum session_action
session_enter(enum session_state *state, enum session_input input)
{
	const struct session_row *row = session_row(*state, input);

	assert(row->action != SESSION_IMPOSSIBLE);
	*state = row->next;
	return row->action;
}

const char *
session_state_name(enum session_state state)
{
	static const char *const names[SESSION_STATES] = {
		[SESSION_DOWN] = "down",
		[SESSION_CONNECTING] = "connecting",
		[SESSION_PREPARING] = "preparing",
		[SESSION_IDLE] = "idle",
		[SESSION_BUSY] = "busy",
		[SESSION_WAITING] = "waiting",
		[SESSION_ENDED] = "ended",
	};

	assert(state < SESSION_STATES);
	return names[state];
}

const char *
session_input_name(enum session_input input)
{
	static const char *const names[SESSION_INPUTS] = {
		[SESSION_OPEN] = "open",
		[SESSION_UP] = "up",
		[SESSION_PREPARED] = "prepared",
		[SESSION_CALL] = "call",
		[SESSION_ANSWER] = "answer",
		[SESSION_LOST] = "lost",
		[SESSION_END] = "end",
	};

	assert(input < SESSION_INPUTS);
	return names[input];
}
