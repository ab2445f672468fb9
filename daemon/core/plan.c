/* SPDX-License-Identifier: MIT */
/* plan.c: what is due. Called at the end of every step. */
#include "core/plan.h"

#include "core/connection.h"
#include "core/flight.h"
#include "core/tell.h"

#include "core/banned.h"

#define MEASURE_MS 15000

static void
plan_links(struct step *step)
{
	struct engine *engine = step->engine;
	struct fault fault;

	for (enum event_link l = 0; l < LINKS && engine->state != ENGINE_ENDED; l++) {
		struct link *link = &engine->links[l];

		if (link_overdue(link, step->now)) {
			fault_set(&fault, FAULT_TIMEOUT, "no answer to %s in time",
			    link->state == SESSION_CONNECTING
				? "the try to connect"
				: statement_shape(link->statement)->name);
			connection_lost(step, l, &fault);
		}
		if (engine->state < ENGINE_STOPPING && link_should_open(link, step->now)) {
			link_opened(link, step->now, engine->conf->connect_timeout);
			step_ask(step, EFFECT_OPEN)->link = l;
		}
	}
}

static void
plan_raise(struct step *step)
{
	struct engine *engine = step->engine;
	struct link *link = &engine->links[LINK_INSTANTS];

	if ((!link_stands(link) || link_refuses(link)) &&
	    schedule_passed(&engine->schedule, &engine->clock, step->now))
		tell_missed(step, engine->schedule.next_at);
	if (!link_ready(link, step->now) ||
	    !schedule_due(&engine->schedule, &engine->clock, step->now))
		return;
	schedule_asked(&engine->schedule);
	step_call(step, LINK_INSTANTS, STATEMENT_RAISE)->raise_max = engine->schedule.most;
}

static void
plan_claim(struct step *step)
{
	struct engine *engine = step->engine;
	struct flight_room room = flight_room(&engine->flight);

	if (room.deliveries == 0 ||
	    !(engine->claim_wanted || instant_reached(engine->claim_at, step->now)))
		return;
	engine->claim_wanted = false;
	engine->claim_partial =
	    room.receivers !=
	    (UINT32_MAX >> (FLIGHT_RECEIVERS_MAX - engine->conf->receivers_count));
	step_call(step, LINK_CLAIMS, STATEMENT_CLAIM)->room = room;
}

/* Counting gives way to a claim. */
static bool
measure_is_due(const struct engine *engine, struct instant now)
{
	return engine->state == ENGINE_READY && instant_reached(engine->measure_at, now) &&
	       !(engine->claim_wanted && flight_room(&engine->flight).deliveries > 0);
}

/* One statement at a time: be known, be seen, record, and only then take more. */
static void
plan_claims(struct step *step)
{
	struct engine *engine = step->engine;

	if (!link_ready(&engine->links[LINK_CLAIMS], step->now))
		return;
	if (engine->hello_wanted && engine->state == ENGINE_READY) {
		engine->hello_wanted = false;
		step_call(step, LINK_CLAIMS, STATEMENT_HELLO);
	} else if (instant_reached(engine->heartbeat_at, step->now)) {
		engine->heartbeat_at = instant_add(step->now, span_of_ms(PLAN_HEARTBEAT_MS));
		step_call(step, LINK_CLAIMS, STATEMENT_HEARTBEAT);
	} else if (flight_move(&engine->flight, DELIVERY_FINISHED, DELIVERY_SETTLE) > 0) {
		step_call(step, LINK_CLAIMS, STATEMENT_SETTLE);
	} else if (measure_is_due(engine, step->now)) {
		engine->measure_at = instant_add(step->now, span_of_ms(MEASURE_MS));
		step_call(step, LINK_CLAIMS, STATEMENT_MEASURE);
	} else if (engine->state == ENGINE_READY) {
		plan_claim(step);
	}
}

static void
plan_stop(struct step *step)
{
	struct engine *engine = step->engine;
	int sending = flight_count(&engine->flight, DELIVERY_SENDING);
	int unsettled = flight_count(&engine->flight, DELIVERY_FINISHED) +
			flight_count(&engine->flight, DELIVERY_SETTLING);
	bool can_settle = link_stands(&engine->links[LINK_CLAIMS]);

	if (engine->state != ENGINE_STOPPING)
		return;
	if ((sending > 0 || (unsettled > 0 && can_settle)) &&
	    !instant_reached(engine->stop_by, step->now))
		return;
	if (sending > 0)
		step_ask(step, EFFECT_CANCEL);
	step_say(step, NOTE_STOPPED, "%d deliveries left to their leases", sending + unsettled);
	connection_end(step, STATUS_OK);
}

static struct instant
claims_wake_at(const struct engine *engine, struct instant now)
{
	const struct link *link = &engine->links[LINK_CLAIMS];
	struct instant at = engine->heartbeat_at;

	if (link->state != SESSION_IDLE)
		return INSTANT_NEVER;
	if (!instant_reached(link->quiet_until, now))
		return link->quiet_until;
	if (engine->state == ENGINE_READY)
		at = instant_earlier(at, engine->measure_at);
	if (engine->state == ENGINE_READY && flight_room(&engine->flight).deliveries > 0)
		at = instant_earlier(at, engine->claim_at);
	return at;
}

static struct instant
raise_wake_at(const struct engine *engine, struct instant now)
{
	const struct link *link = &engine->links[LINK_INSTANTS];
	struct instant at = schedule_wake_at(&engine->schedule, &engine->clock);

	if (link->state == SESSION_IDLE)
		return instant_reached(link->quiet_until, now) ? at : link->quiet_until;
	return instant_reached(at, now) ? INSTANT_NEVER : at; /* to say that it was missed */
}

static void
plan_wake(struct step *step)
{
	const struct engine *engine = step->engine;
	struct instant at = instant_add(step->now, engine->conf->sweep);

	for (enum event_link l = 0; l < LINKS; l++)
		at = instant_earlier(at, link_wake_at(&engine->links[l]));
	at = instant_earlier(at, claims_wake_at(engine, step->now));
	if (engine->state < ENGINE_STOPPING)
		at = instant_earlier(at, raise_wake_at(engine, step->now));
	else
		at = instant_earlier(at, engine->stop_by);
	step_ask(step, EFFECT_WAKE)->at = at;
}

void
plan_step(struct step *step)
{
	plan_links(step);
	if (step->engine->state < ENGINE_STOPPING)
		plan_raise(step);
	plan_claims(step);
	plan_stop(step);
	if (step->engine->state != ENGINE_ENDED) {
		tell_status(step);
		plan_wake(step);
	}
}
