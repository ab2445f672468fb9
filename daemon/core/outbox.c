/* SPDX-License-Identifier: MIT */
/* outbox.c: deliveries under way. Called by the engine. */
#include "core/outbox.h"

#include <assert.h>

#include "core/answer.h"
#include "core/backoff.h"
#include "core/connection.h"
#include "core/delivery.h"
#include "core/flight.h"

#include "core/banned.h"

/* Alertmanager forgets an alert that it does not hear of; it must be told again within a minute. */
#define REFRESH_MS 45000

static bool
is_refreshed(const struct engine *engine, const struct delivery *delivery)
{
	return delivery->receiver != DELIVERY_RECEIVER_NONE &&
	       engine->conf->receivers[delivery->receiver].type == RECEIVER_ALERTMANAGER &&
	       alert_is_open(&delivery->alert);
}

/* What the receiver wished counts, but not beyond the longest wait of our own: a release alert obeys nobody's hour of silence. */
static struct span
wait_after(struct engine *engine, const struct delivery *delivery)
{
	const struct delivery_result *result = &delivery->result;
	bool refreshed = is_refreshed(engine, delivery);
	struct span wait, wish = result->retry_after;
	int tries;

	if (result->outcome == OUTCOME_ACCEPTED)
		return span_of_ms(refreshed ? REFRESH_MS : 0);
	/* what was accepted before did not fail */
	tries = delivery->attempt - delivery->alert.telling;
	wait = backoff_after(&backoff_delivery, tries > 1 ? tries : 1, &engine->random);
	if (wish.us > backoff_delivery.cap.us)
		wish = backoff_delivery.cap;
	if (wish.us > wait.us)
		return wish;
	return refreshed && wait.us > span_of_ms(REFRESH_MS).us ? span_of_ms(REFRESH_MS) : wait;
}

static void
finish(struct step *step, int place, const struct delivery_result *result)
{
	struct engine *engine = step->engine;
	struct delivery *delivery = &engine->flight.places[place];

	if (delivery->state != DELIVERY_SENDING)
		return;
	delivery->result = *result;
	answer_forget(delivery->result.answer, delivery->alert.booking_number);
	delivery->retry_in = wait_after(engine, delivery);
	delivery_enter(delivery, DELIVERY_RESULT);
}

static enum note
note_of(const struct delivery_result *result)
{
	if (result->outcome != OUTCOME_ACCEPTED)
		return NOTE_NOT_DELIVERED;
	return result->refused > 0 ? NOTE_PARTLY_DELIVERED : NOTE_DELIVERED;
}

static void
say_sent(struct step *step, int place)
{
	const struct delivery *delivery = &step->engine->flight.places[place];
	const struct delivery_result *result = &delivery->result;
	enum note note = note_of(result);
	bool answer = result->answer[0] != '\0' && note != NOTE_DELIVERED;

	step_say(step, note, "%s to %s, attempt %d, %s %d in %d ms%s%s", delivery->alert.id,
	    delivery->receiver_name, delivery->attempt, delivery_outcome_name(result->outcome),
	    result->code, result->elapsed_ms, answer ? ": " : "", answer ? result->answer : "")
	    ->place = place;
}

void
outbox_sent(struct step *step, const struct event *event)
{
	int place = event->sent.place;

	assert(place >= 0 && place < FLIGHT_MAX);
	if (step->engine->flight.places[place].state != DELIVERY_SENDING)
		return;
	finish(step, place, &event->sent.result);
	say_sent(step, place);
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
	/* where something was taken there may be more, however little it was: what may end us is given alone */
	engine->claim_wanted =
	    engine->claim_wanted || event->claimed.count + event->claimed.unreadable > 0;
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
