/* SPDX-License-Identifier: MIT */
/* outbox.c: deliveries under way. Called by the engine. */
#include "core/outbox.h"

#include <assert.h>

#include "core/backoff.h"
#include "core/connection.h"
#include "core/delivery.h"
#include "core/flight.h"

#include "core/banned.h"

static void
finish(struct step *step, int place, const struct delivery_result *result)
{
	struct engine *engine = step->engine;
	struct delivery *delivery = &engine->flight.places[place];
	struct span longest = backoff_delivery.cap;

	if (delivery->state != DELIVERY_SENDING)
		return;
	delivery->result = *result;
	delivery->retry_in = (struct span){ 0 };
	if (result->outcome != OUTCOME_ACCEPTED) {
		delivery->retry_in =
		    backoff_after(&backoff_delivery, delivery->attempt, &engine->random);
		if (result->retry_after.us > delivery->retry_in.us)
			delivery->retry_in =
			    result->retry_after.us < longest.us ? result->retry_after : longest;
	}
	delivery_enter(delivery, DELIVERY_RESULT);
}

void
outbox_sent(struct step *step, const struct event *event)
{
	int place = event->sent.place;
	const struct delivery_result *result = &event->sent.result;
	const struct delivery *delivery;
	enum note note = result->outcome == OUTCOME_ACCEPTED ? NOTE_DELIVERED : NOTE_NOT_DELIVERED;

	assert(place >= 0 && place < FLIGHT_MAX);
	delivery = &step->engine->flight.places[place];
	if (delivery->state != DELIVERY_SENDING)
		return;
	finish(step, place, result);
	step_say(step, note, "%s to %s, attempt %d, %s %d in %d ms%s%s", delivery->alert.id,
	    delivery->receiver_name, delivery->attempt, delivery_outcome_name(result->outcome),
	    result->code, result->elapsed_ms,
	    result->answer[0] != '\0' && note == NOTE_NOT_DELIVERED ? ": " : "",
	    note == NOTE_NOT_DELIVERED ? result->answer : "")
	    ->place = place;
}

static struct span
timeout_of(const struct engine *engine, int receiver)
{
	return receiver == DELIVERY_RECEIVER_NONE ? (struct span){ 0 }
						  : engine->conf->receivers[receiver].timeout;
}

/* Begin one claimed delivery, unless it could outlive its lease. */
static void
begin(struct step *step, const struct delivery *row)
{
	struct engine *engine = step->engine;
	struct delivery claimed = *row;
	struct instant server_now = discipline_server(&engine->clock, step->now);
	int place;

	claimed.receiver = conf_find_receiver(engine->conf, row->receiver_name);
	if (!delivery_fits_lease(&claimed, server_now, timeout_of(engine, claimed.receiver)))
		return;
	place = flight_take(&engine->flight, &claimed);
	if (place < 0)
		return;
	if (claimed.receiver == DELIVERY_RECEIVER_NONE)
		finish(step, place,
		    &(struct delivery_result){ .outcome = OUTCOME_MISCONFIGURED,
			.answer = "this daemon has no such receiver any more" });
	else
		step_ask(step, EFFECT_SEND)->place = place;
}

void
outbox_claimed(struct step *step, const struct event *event)
{
	struct engine *engine = step->engine;

	if (!link_expects(&engine->links[LINK_CLAIMS], STATEMENT_CLAIM))
		return;
	connection_answered(step, event);
	engine->claim_wanted = engine->claim_wanted || event->claimed.count >= engine->claim_asked;
	engine->claim_at = instant_add(step->now, engine->conf->sweep);
	if (event->claimed.unreadable > 0)
		step_say(step, NOTE_ROW_UNREADABLE, "%d", event->claimed.unreadable);
	for (int i = 0; i < event->claimed.count; i++)
		begin(step, &event->claimed.rows[i]);
}

void
outbox_settled(struct step *step, const struct event *event)
{
	struct engine *engine = step->engine;

	if (!link_expects(&engine->links[LINK_CLAIMS], STATEMENT_SETTLE))
		return;
	connection_answered(step, event);
	for (int i = 0; i < FLIGHT_MAX; i++) {
		const struct delivery *delivery = &engine->flight.places[i];

		if (delivery->state == DELIVERY_SETTLING && delivery->retry_in.us > 0)
			engine->claim_at = instant_earlier(
			    engine->claim_at, instant_add(step->now, delivery->retry_in));
	}
	(void)flight_move(&engine->flight, DELIVERY_SETTLING, DELIVERY_SETTLED);
	engine->claim_wanted = engine->claim_wanted || engine->claim_partial;
}
