/* SPDX-License-Identifier: MIT */
/*
 * engine.c: hears what happened, then plans what follows from the state that
 * is left (core/plan). Called by the shell only. Hearing changes state and
 * asks for what belongs to that one happening.
 *
 * Known weakness: while the database is away or refuses, nothing is delivered;
 * the engine only says so (tell_missed).
 */
#include "core/engine.h"

#include <assert.h>
#include <string.h>

#include "core/connection.h"
#include "core/outbox.h"
#include "core/plan.h"
#include "core/step.h"
#include "core/tell.h"
#include "core/text.h"

#include "core/banned.h"

#define MEASURE_REFUSED_MS 60000

static void
hear_hello(struct step *step, const struct event *event)
{
	struct engine *engine = step->engine;
	struct link *link = &engine->links[event->link];
	bool preparing = link->state == SESSION_PREPARING;
	struct fault fault;

	if (!link_expects(link, STATEMENT_HELLO))
		return;
	if (event->schema != engine->schema) {
		fault_set(&fault, FAULT_MISSING,
		    "the schema is version %d, this detainerd needs version %d. %s", event->schema,
		    engine->schema,
		    event->schema < engine->schema ? "Run 'detainerctl migrate'"
						   : "Install a newer detainerd");
		if (connection_stops_start(engine, &fault)) {
			connection_refuse_start(step, &fault);
			return;
		}
		if (event->link == LINK_INSTANTS)
			step_say(step, NOTE_SCHEMA_DIFFERS, "%s", fault.text);
	}
	connection_answered(step, event);
	if (preparing && event->link == LINK_INSTANTS)
		schedule_hint(&engine->schedule);
	if (event->link == LINK_CLAIMS)
		engine->claim_wanted = true;
}

static void
hear_raised(struct step *step, const struct event *event)
{
	struct engine *engine = step->engine;
	struct schedule_reply reply = event->raised;

	if (!link_expects(&engine->links[LINK_INSTANTS], STATEMENT_RAISE))
		return;
	connection_answered(step, event);
	reply.server = event->server;
	schedule_answered(&engine->schedule, &reply, step->now, engine->conf->sweep);
	engine->claim_wanted = true;
	if (reply.raised > 0)
		step_say(step, NOTE_RAISED, "%d", reply.raised);
	if (engine->state == ENGINE_STARTING) {
		engine->state = ENGINE_READY;
		engine->heartbeat_at = step->now; /* whoever asks for the status hears so at once */
		step_say(step, NOTE_READY, "%d raised at start", reply.raised);
		step_ask(step, EFFECT_READY);
	}
}

/* The server refused a statement that it understood; the link still stands. */
static void
hear_failed(struct step *step, const struct event *event)
{
	struct engine *engine = step->engine;
	struct link *link = &engine->links[event->link];
	enum fault_class class = event->fault.class;
	enum statement statement = link->statement;

	if (link->state != SESSION_BUSY || class == FAULT_AWAY) {
		connection_lost(step, event->link, &event->fault);
		return;
	}
	if (connection_stops_start(engine, &event->fault)) {
		connection_refuse_start(step, &event->fault);
		return;
	}
	if (statement == STATEMENT_MEASURE)
		(void)link_enter(link, SESSION_ANSWER); /* no alert waits because we count */
	else
		link_refused(link, step->now, &engine->random);
	if (statement == STATEMENT_RAISE)
		schedule_failed(&engine->schedule, class);
	if (statement == STATEMENT_CLAIM)
		engine->claim_wanted = true;
	if (statement == STATEMENT_MEASURE)
		engine->measure_at = instant_add(step->now, span_of_ms(MEASURE_REFUSED_MS));
	if (statement == STATEMENT_SETTLE)
		(void)flight_move(&engine->flight, DELIVERY_SETTLING,
		    class == FAULT_BUSY ? DELIVERY_UNKNOWN : DELIVERY_DROP);
	step_say(step, NOTE_STATEMENT_FAILED, "%s: %s", statement_shape(statement)->name,
	    event->fault.text);
}

/* However much there is to count, it takes no more than a fiftieth of the session's time. */
static void
hear_measured(struct step *step, const struct event *event)
{
	struct engine *engine = step->engine;
	const struct link *link = &engine->links[LINK_CLAIMS];
	struct span rest;

	if (!link_expects(link, STATEMENT_MEASURE))
		return;
	rest = (struct span){ instant_since(step->now, link->sent_at).us * 49 };
	connection_answered(step, event);
	if (instant_known(engine->measure_at) &&
	    !instant_reached(instant_add(step->now, rest), engine->measure_at))
		engine->measure_at = instant_add(step->now, rest);
}

/* What a session is given when it opens, and keeps. */
static bool
needs_new_sessions(const struct conf *now, const struct conf *next)
{
	return strcmp(now->conninfo, next->conninfo) != 0 || strcmp(now->name, next->name) != 0 ||
	       now->statement_timeout.us != next->statement_timeout.us;
}

static void
hear_reloaded(struct step *step, const struct event *event)
{
	struct engine *engine = step->engine;
	bool reconnect = needs_new_sessions(engine->conf, event->conf);
	struct fault fault;

	engine->conf = event->conf;
	engine->reload_refused[0] = '\0';
	engine->measure_at = event->conf->metrics_listen[0] != '\0' ? step->now : INSTANT_NEVER;
	flight_resize(&engine->flight, event->conf->max_in_flight, event->conf->receivers_count);
	for (int i = 0; i < FLIGHT_MAX; i++) {
		struct delivery *delivery = &engine->flight.places[i];

		delivery->receiver = conf_find_receiver(engine->conf, delivery->receiver_name);
	}
	engine->hello_wanted = true;
	engine->claim_wanted = true;
	if (!reconnect)
		return;
	fault_set(&fault, FAULT_NONE, "%s", "connecting anew with the new configuration");
	for (enum event_link l = 0; l < LINKS; l++)
		connection_lost(step, l, &fault);
}

/* Said once in the journal, and in the status until a reload succeeds: nobody may believe the new file in force. */
static void
hear_reload_refused(struct step *step, const struct event *event)
{
	struct engine *engine = step->engine;

	(void)text_copy(engine->reload_refused, sizeof engine->reload_refused, event->fault.text);
	step_say(step, NOTE_RELOAD_REFUSED, "%s", event->fault.text);
}

static void
hear_stop(struct step *step)
{
	struct engine *engine = step->engine;

	if (engine->state == ENGINE_STOPPING || engine->state == ENGINE_ENDED)
		return;
	engine->state = ENGINE_STOPPING;
	engine->stop_by = instant_add(step->now, engine->conf->stop_timeout);
	step_ask(step, EFFECT_STOPPING);
	step_say(step, NOTE_STOPPING, "%d deliveries in flight",
	    flight_count(&engine->flight, DELIVERY_SENDING));
}

static void
hear(struct step *step, const struct event *event)
{
	struct engine *engine = step->engine;

	switch (event->kind) {
	case EVENT_TICK: return;
	case EVENT_UP: connection_up(step, event->link); return;
	case EVENT_DOWN: connection_lost(step, event->link, &event->fault); return;
	case EVENT_NOTIFIED: schedule_hint(&engine->schedule); return;
	case EVENT_DONE:
	case EVENT_HEARD: connection_answered(step, event); return;
	case EVENT_FAILED: hear_failed(step, event); return;
	case EVENT_HELLO: hear_hello(step, event); return;
	case EVENT_RAISED: hear_raised(step, event); return;
	case EVENT_CLAIMED: outbox_claimed(step, event); return;
	case EVENT_SETTLED: outbox_settled(step, event); return;
	case EVENT_MEASURED: hear_measured(step, event); return;
	case EVENT_SENT: outbox_sent(step, event); return;
	case EVENT_AWAY: tell_missed(step, event->at); return;
	case EVENT_RELOADED: hear_reloaded(step, event); return;
	case EVENT_RELOAD_REFUSED: hear_reload_refused(step, event); return;
	case EVENT_STOP: hear_stop(step); return;
	case EVENT_KINDS: break;
	}
	assert(false && "no such event");
}

void
engine_init(struct engine *engine, const struct engine_options *options, struct instant now)
{
	assert(options->conf != NULL);
	memset(engine, 0, sizeof *engine);
	engine->conf = options->conf;
	engine->schema = options->schema;
	engine->random = options->seed;
	engine->missed_at = INSTANT_UNKNOWN;
	engine->claim_at = now;
	/* until it is ready, hello says that it lives */
	engine->heartbeat_at = instant_add(now, span_of_ms(PLAN_HEARTBEAT_MS));
	engine->measure_at = options->conf->metrics_listen[0] != '\0' ? now : INSTANT_NEVER;
	engine->stop_by = INSTANT_NEVER;
	discipline_init(&engine->clock);
	schedule_init(&engine->schedule, now);
	flight_init(&engine->flight, options->conf->max_in_flight, options->conf->receivers_count);
	for (enum event_link l = 0; l < LINKS; l++)
		link_init(&engine->links[l], now);
}

size_t
engine_step(struct engine *engine, const struct event *event, struct instant now,
    struct effect effects[EFFECTS_MAX])
{
	struct step step = { engine, now, effects, 0 };

	if (engine->state == ENGINE_ENDED)
		return 0;
	hear(&step, event);
	if (engine->state != ENGINE_ENDED)
		plan_step(&step);
	if (event->kind == EVENT_TICK && engine->state != ENGINE_ENDED)
		step_ask(&step, EFFECT_FEED);
	return step.count;
}
