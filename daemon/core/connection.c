/* SPDX-License-Identifier: MIT */
/* connection.c: sessions coming and going. Called by engine, outbox and plan. */
#include "core/connection.h"

#include <assert.h>

#include "core/tell.h"

#include "core/banned.h"

void
connection_end(struct step *step, enum exit_status status)
{
	for (enum event_link l = 0; l < LINKS; l++) {
		if (link_enter(&step->engine->links[l], SESSION_END) == SESSION_DROP)
			step_ask(step, EFFECT_CLOSE)->link = l;
	}
	step->engine->state = ENGINE_ENDED;
	step_ask(step, EFFECT_EXIT)->status = status;
}

bool
connection_stops_start(const struct engine *engine, const struct fault *fault)
{
	return engine->state == ENGINE_STARTING &&
	       (fault->class == FAULT_REFUSED || fault->class == FAULT_MISSING);
}

void
connection_refuse_start(struct step *step, const struct fault *fault)
{
	tell_cannot_start(step, fault);
	connection_end(step, fault_exit_status(fault->class));
}

void
connection_lost(struct step *step, enum event_link l, const struct fault *fault)
{
	struct engine *engine = step->engine;
	struct link *link = &engine->links[l];

	if (link_expects(link, STATEMENT_RAISE))
		schedule_failed(&engine->schedule, fault->class);
	if (l == LINK_CLAIMS)
		(void)flight_move(&engine->flight, DELIVERY_SETTLING, DELIVERY_UNKNOWN);
	if (link_lost(link, step->now, &engine->random) != SESSION_DROP)
		return;
	step_ask(step, EFFECT_CLOSE)->link = l;
	if (connection_stops_start(engine, fault))
		connection_refuse_start(step, fault);
	else if (fault->class != FAULT_NONE && engine->state != ENGINE_ENDED)
		tell_away(step, fault);
}

static void
prepare(struct step *step, enum event_link l)
{
	struct link *link = &step->engine->links[l];

	switch (link->statement) {
	case STATEMENT_SETTINGS:
		step_call(step, l, l == LINK_INSTANTS ? STATEMENT_LISTEN : STATEMENT_HELLO);
		return;
	case STATEMENT_LISTEN: step_call(step, l, STATEMENT_HELLO); return;
	case STATEMENT_HELLO:
		(void)link_enter(link, SESSION_PREPARED);
		tell_back(step);
		return;
	case STATEMENT_RAISE:
	case STATEMENT_CLAIM:
	case STATEMENT_SETTLE:
	case STATEMENT_HEARTBEAT:
	case STATEMENT_MEASURE:
	case STATEMENTS: break;
	}
	assert(false && "a working statement cannot be answered while preparing");
}

void
connection_up(struct step *step, enum event_link l)
{
	struct link *link = &step->engine->links[l];

	switch (link_enter(link, SESSION_UP)) {
	case SESSION_PREPARE: step_call(step, l, STATEMENT_SETTINGS); return;
	case SESSION_DROP: step_ask(step, EFFECT_CLOSE)->link = l; return;
	case SESSION_NOTHING:
	case SESSION_CONNECT:
	case SESSION_IMPOSSIBLE:
	case SESSION_ACTIONS: return;
	}
}

void
connection_answered(struct step *step, const struct event *event)
{
	struct engine *engine = step->engine;
	struct link *link = &engine->links[event->link];
	struct instant sent_at = link->sent_at;

	if (instant_known(event->server) &&
	    discipline_observe(&engine->clock, sent_at, event->server, step->now)) {
		step_say(step, NOTE_CLOCK_STEPPED, "all instants are asked for again");
		schedule_hint(&engine->schedule);
	}
	if (link_enter(link, SESSION_ANSWER) == SESSION_PREPARE)
		prepare(step, event->link);
	else
		link_succeeded(link);
}
