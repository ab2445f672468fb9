/* SPDX-License-Identifier: MIT */
/*
 * engine.c: hears what happened, then plans what follows from the state that
 * is left. Called by the shell only. Hearing changes state and asks for what
 * belongs to that one happening; everything that depends on time or on a
 * session being free is decided in one place, plan(), so that it makes no
 * difference in which order things happen.
 *
 * Known weakness: while the database is away nothing is delivered; the engine
 * only says so (miss()).
 */
#include "core/engine.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "core/backoff.h"
#include "core/text.h"

#include "core/banned.h"

#define HEARTBEAT_MS 10000

struct step {
	struct engine *engine;
	struct instant now;
	struct effect *effects;
	size_t count;
};

static struct effect *
ask(struct step *step, enum effect_kind kind)
{
	struct effect *effect = &step->effects[step->count++];

	assert(step->count <= EFFECTS_MAX);
	memset(effect, 0, sizeof *effect);
	effect->kind = kind;
	effect->place = -1;
	return effect;
}

static struct effect *say(struct step *step, enum note note, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static struct effect *
say(struct step *step, enum note note, const char *format, ...)
{
	struct effect *effect = ask(step, EFFECT_NOTE);
	struct text text;
	va_list arguments;

	effect->note = note;
	text_init(&text, effect->text, sizeof effect->text);
	va_start(arguments, format);
	text_addv(&text, format, arguments);
	va_end(arguments);
	return effect;
}

static void
leave(struct step *step, enum exit_status status)
{
	for (enum event_link l = 0; l < LINKS; l++) {
		if (link_enter(&step->engine->links[l], SESSION_END) == SESSION_DROP)
			ask(step, EFFECT_CLOSE)->link = l;
	}
	step->engine->state = ENGINE_ENDED;
	ask(step, EFFECT_EXIT)->status = status;
}

/* Everything about the database being there or not, told once a change. */

static void
tell_away(struct step *step, const struct fault *fault)
{
	struct engine *engine = step->engine;

	if (engine->away == fault->class)
		return;
	if (engine->away == FAULT_NONE)
		engine->away_since = step->now;
	engine->away = fault->class;
	say(step, NOTE_DATABASE_AWAY, "%s", fault->text);
}

static void
tell_back(struct step *step)
{
	struct engine *engine = step->engine;
	char lasted[32];
	struct text text;

	for (enum event_link l = 0; l < LINKS; l++) {
		if (!link_stands(&engine->links[l]))
			return;
	}
	if (engine->away == FAULT_NONE && engine->ever_up)
		return;
	text_init(&text, lasted, sizeof lasted);
	if (engine->away != FAULT_NONE)
		text_add_span(&text, instant_since(step->now, engine->away_since));
	say(step, NOTE_DATABASE_OK, "%s%s",
	    engine->away == FAULT_NONE ? "both sessions stand" : "was away for ", lasted);
	engine->away = FAULT_NONE;
	engine->ever_up = true;
}

/* A fault that waiting does not mend ends a daemon that has not yet been ready. */
static bool
stops_start(const struct engine *engine, const struct fault *fault)
{
	return engine->state == ENGINE_STARTING &&
	       (fault->class == FAULT_REFUSED || fault->class == FAULT_MISSING);
}

static const char *
remedy(const struct fault *fault)
{
	static const struct {
		const char *code, *words;
	} remedies[] = {
		{ "3D000", ". Create it, then run 'detainerctl migrate'" },
		{ "3F000", ". Run 'detainerctl migrate'" },
		{ "42883", ". Run 'detainerctl migrate'" },
		{ "42P01", ". Run 'detainerctl migrate'" },
		{ "42703", ". Run 'detainerctl migrate'" },
		{ "42501", ". Grant the role detainerd_daemon to this user" },
	};

	for (size_t i = 0; i < sizeof remedies / sizeof remedies[0]; i++) {
		if (strcmp(remedies[i].code, fault->code) == 0)
			return remedies[i].words;
	}
	return "";
}

static void
refuse_start(struct step *step, const struct fault *fault)
{
	say(step, NOTE_CANNOT_START, "%s%s", fault->text, remedy(fault));
	leave(step, fault_exit_status(fault->class));
}

static void
call(struct step *step, enum event_link l, enum statement statement)
{
	struct engine *engine = step->engine;
	struct effect *effect = ask(step, EFFECT_CALL);

	effect->link = l;
	effect->statement = statement;
	link_sent(&engine->links[l], statement, step->now, engine->conf->statement_timeout);
}

static void
lose(struct step *step, enum event_link l, const struct fault *fault)
{
	struct engine *engine = step->engine;
	struct link *link = &engine->links[l];

	if (link_expects(link, STATEMENT_RAISE))
		schedule_failed(&engine->schedule, fault->class);
	if (l == LINK_CLAIMS)
		(void)flight_move(&engine->flight, DELIVERY_SETTLING, DELIVERY_UNKNOWN);
	if (link_lost(link, step->now, &engine->random) != SESSION_DROP)
		return;
	ask(step, EFFECT_CLOSE)->link = l;
	if (stops_start(engine, fault))
		refuse_start(step, fault);
	else if (engine->state != ENGINE_ENDED)
		tell_away(step, fault);
}

/* Preparing: settings, then listen (one session only), then hello. */

static void
prepare(struct step *step, enum event_link l)
{
	struct link *link = &step->engine->links[l];

	switch (link->statement) {
	case STATEMENT_SETTINGS:
		call(step, l, l == LINK_INSTANTS ? STATEMENT_LISTEN : STATEMENT_HELLO);
		return;
	case STATEMENT_LISTEN: call(step, l, STATEMENT_HELLO); return;
	case STATEMENT_HELLO:
		(void)link_enter(link, SESSION_PREPARED);
		tell_back(step);
		return;
	case STATEMENT_RAISE:
	case STATEMENT_CLAIM:
	case STATEMENT_SETTLE:
	case STATEMENT_HEARTBEAT:
	case STATEMENTS: break;
	}
	assert(false && "a working statement cannot be answered while preparing");
}

static void
hear_up(struct step *step, enum event_link l)
{
	struct link *link = &step->engine->links[l];

	switch (link_enter(link, SESSION_UP)) {
	case SESSION_PREPARE: call(step, l, STATEMENT_SETTINGS); return;
	case SESSION_DROP: ask(step, EFFECT_CLOSE)->link = l; return;
	case SESSION_NOTHING:
	case SESSION_CONNECT:
	case SESSION_IMPOSSIBLE:
	case SESSION_ACTIONS: return;
	}
}

/* An answer came: move the session, learn the time. */
static void
answered(struct step *step, const struct event *event)
{
	struct engine *engine = step->engine;
	struct link *link = &engine->links[event->link];
	struct instant sent_at = link->sent_at;

	if (instant_known(event->server) &&
	    discipline_observe(&engine->clock, sent_at, event->server, step->now)) {
		say(step, NOTE_CLOCK_STEPPED, "all instants are asked for again");
		schedule_hint(&engine->schedule);
	}
	if (link_enter(link, SESSION_ANSWER) == SESSION_PREPARE)
		prepare(step, event->link);
	else
		link_succeeded(link);
}

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
		if (stops_start(engine, &fault)) {
			refuse_start(step, &fault);
			return;
		}
		if (event->link == LINK_INSTANTS)
			say(step, NOTE_SCHEMA_DIFFERS, "%s", fault.text);
	}
	answered(step, event);
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
	answered(step, event);
	reply.server = event->server;
	schedule_answered(&engine->schedule, &reply, step->now, engine->conf->sweep);
	engine->claim_wanted = true;
	if (reply.raised > 0)
		say(step, NOTE_RAISED, "%d", reply.raised);
	if (engine->state == ENGINE_STARTING) {
		engine->state = ENGINE_READY;
		say(step, NOTE_READY, "%d raised at start", reply.raised);
		ask(step, EFFECT_READY);
	}
}

/* Deliveries. */

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

static void
hear_sent(struct step *step, const struct event *event)
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
	say(step, note, "%s to %s, attempt %d, %s %d in %d ms%s%s", delivery->alert.id,
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
	struct instant server_now = engine_server_now(engine, step->now);
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
		ask(step, EFFECT_SEND)->place = place;
}

static void
hear_claimed(struct step *step, const struct event *event)
{
	struct engine *engine = step->engine;

	if (!link_expects(&engine->links[LINK_CLAIMS], STATEMENT_CLAIM))
		return;
	answered(step, event);
	engine->claim_wanted = engine->claim_wanted || event->claimed.count >= engine->claim_asked;
	engine->claim_at = instant_add(step->now, engine->conf->sweep);
	if (event->claimed.unreadable > 0)
		say(step, NOTE_ROW_UNREADABLE, "%d", event->claimed.unreadable);
	for (int i = 0; i < event->claimed.count; i++)
		begin(step, &event->claimed.rows[i]);
}

static void
hear_settled(struct step *step, const struct event *event)
{
	struct engine *engine = step->engine;

	if (!link_expects(&engine->links[LINK_CLAIMS], STATEMENT_SETTLE))
		return;
	answered(step, event);
	for (int i = 0; i < FLIGHT_MAX; i++) {
		const struct delivery *delivery = &engine->flight.places[i];

		if (delivery->state == DELIVERY_SETTLING && delivery->retry_in.us > 0)
			engine->claim_at = instant_earlier(
			    engine->claim_at, instant_add(step->now, delivery->retry_in));
	}
	(void)flight_move(&engine->flight, DELIVERY_SETTLING, DELIVERY_SETTLED);
	engine->claim_wanted = engine->claim_wanted || engine->claim_partial;
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
		lose(step, event->link, &event->fault);
		return;
	}
	if (stops_start(engine, &event->fault)) {
		refuse_start(step, &event->fault);
		return;
	}
	link_refused(link, step->now, &engine->random);
	if (statement == STATEMENT_RAISE)
		schedule_failed(&engine->schedule, class);
	if (statement == STATEMENT_CLAIM)
		engine->claim_wanted = true;
	if (statement == STATEMENT_SETTLE)
		(void)flight_move(&engine->flight, DELIVERY_SETTLING,
		    class == FAULT_BUSY ? DELIVERY_UNKNOWN : DELIVERY_DROP);
	say(step, NOTE_STATEMENT_FAILED, "%s: %s", statement_shape(statement)->name,
	    event->fault.text);
}

static void
miss(struct step *step, struct instant at)
{
	struct engine *engine = step->engine;
	char clock[INSTANT_TEXT_BYTES];

	if (engine->missed_at.us == at.us)
		return;
	engine->missed_at = at;
	say(step, NOTE_INSTANT_MISSED,
	    "%s. It will be raised, marked late, when the database is back",
	    instant_clock(at, clock));
}

static void
hear_reloaded(struct step *step, const struct event *event)
{
	struct engine *engine = step->engine;
	bool reconnect = strcmp(engine->conf->conninfo, event->conf->conninfo) != 0 ||
			 strcmp(engine->conf->name, event->conf->name) != 0;
	struct fault fault;

	engine->conf = event->conf;
	flight_resize(&engine->flight, event->conf->max_in_flight, event->conf->receivers_count);
	for (int i = 0; i < FLIGHT_MAX; i++) {
		struct delivery *delivery = &engine->flight.places[i];

		delivery->receiver = conf_find_receiver(engine->conf, delivery->receiver_name);
	}
	engine->hello_wanted = true;
	engine->claim_wanted = true;
	if (!reconnect)
		return;
	fault_set(&fault, FAULT_AWAY, "connecting anew with the new configuration");
	for (enum event_link l = 0; l < LINKS; l++)
		lose(step, l, &fault);
}

static void
hear_stop(struct step *step)
{
	struct engine *engine = step->engine;

	if (engine->state == ENGINE_STOPPING || engine->state == ENGINE_ENDED)
		return;
	engine->state = ENGINE_STOPPING;
	engine->stop_by = instant_add(step->now, engine->conf->stop_timeout);
	ask(step, EFFECT_STOPPING);
	say(step, NOTE_STOPPING, "%d deliveries in flight",
	    flight_count(&engine->flight, DELIVERY_SENDING));
}

static void
hear(struct step *step, const struct event *event)
{
	struct engine *engine = step->engine;

	switch (event->kind) {
	case EVENT_TICK: return;
	case EVENT_UP: hear_up(step, event->link); return;
	case EVENT_DOWN: lose(step, event->link, &event->fault); return;
	case EVENT_NOTIFIED: schedule_hint(&engine->schedule); return;
	case EVENT_DONE:
	case EVENT_HEARD: answered(step, event); return;
	case EVENT_FAILED: hear_failed(step, event); return;
	case EVENT_HELLO: hear_hello(step, event); return;
	case EVENT_RAISED: hear_raised(step, event); return;
	case EVENT_CLAIMED: hear_claimed(step, event); return;
	case EVENT_SETTLED: hear_settled(step, event); return;
	case EVENT_SENT: hear_sent(step, event); return;
	case EVENT_AWAY: miss(step, event->at); return;
	case EVENT_RELOADED: hear_reloaded(step, event); return;
	case EVENT_STOP: hear_stop(step); return;
	case EVENT_KINDS: break;
	}
	assert(false && "no such event");
}

/* From here on: what follows from the state, whatever has happened. */

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
			lose(step, l, &fault);
		}
		if (engine->state < ENGINE_STOPPING && link_should_open(link, step->now)) {
			link_opened(link, step->now, engine->conf->connect_timeout);
			ask(step, EFFECT_OPEN)->link = l;
		}
	}
}

static void
plan_raise(struct step *step)
{
	struct engine *engine = step->engine;
	struct link *link = &engine->links[LINK_INSTANTS];

	if (!link_stands(link) && schedule_passed(&engine->schedule, &engine->clock, step->now))
		miss(step, engine->schedule.next_at);
	if (!link_ready(link, step->now) ||
	    !schedule_due(&engine->schedule, &engine->clock, step->now))
		return;
	schedule_asked(&engine->schedule);
	call(step, LINK_INSTANTS, STATEMENT_RAISE);
	step->effects[step->count - 1].raise_max = engine->schedule.most;
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
	engine->claim_asked = room.deliveries;
	engine->claim_partial =
	    room.receivers !=
	    (UINT32_MAX >> (FLIGHT_RECEIVERS_MAX - engine->conf->receivers_count));
	call(step, LINK_CLAIMS, STATEMENT_CLAIM);
	step->effects[step->count - 1].room = room;
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
		call(step, LINK_CLAIMS, STATEMENT_HELLO);
	} else if (instant_reached(engine->heartbeat_at, step->now)) {
		engine->heartbeat_at = instant_add(step->now, span_of_ms(HEARTBEAT_MS));
		call(step, LINK_CLAIMS, STATEMENT_HEARTBEAT);
	} else if (flight_move(&engine->flight, DELIVERY_FINISHED, DELIVERY_SETTLE) > 0) {
		call(step, LINK_CLAIMS, STATEMENT_SETTLE);
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
		ask(step, EFFECT_CANCEL);
	say(step, NOTE_STOPPED, "%d deliveries left to their leases", sending + unsettled);
	leave(step, STATUS_OK);
}

static void
write_status(const struct step *step, struct text *text)
{
	const struct engine *engine = step->engine;
	int sending = flight_count(&engine->flight, DELIVERY_SENDING);
	char clock[INSTANT_TEXT_BYTES];

	if (engine->state == ENGINE_STOPPING)
		text_add(text, "stopping; ");
	if (instant_known(engine->schedule.next_at))
		text_addf(
		    text, "next instant %s; ", instant_clock(engine->schedule.next_at, clock));
	else
		text_add(
		    text, engine->state == ENGINE_STARTING ? "starting; " : "nothing scheduled; ");
	text_addf(text, "%d %s in flight; ", sending, sending == 1 ? "delivery" : "deliveries");
	if (engine->away == FAULT_NONE) {
		text_add(text, engine->ever_up ? "database ok" : "connecting to the database");
		return;
	}
	text_addf(text, "database away (%s)", fault_name(engine->away));
	if (discipline_known(&engine->clock))
		text_addf(text, " since %s",
		    instant_clock(engine_server_now(engine, engine->away_since), clock));
}

static void
plan_status(struct step *step)
{
	struct engine *engine = step->engine;
	char status[EFFECT_TEXT_BYTES];
	struct text text;

	text_init(&text, status, sizeof status);
	write_status(step, &text);
	if (strcmp(status, engine->status) == 0)
		return;
	memcpy(engine->status, status, sizeof status);
	memcpy(ask(step, EFFECT_STATUS)->text, status, sizeof status);
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
	ask(step, EFFECT_WAKE)->at = at;
}

static void
plan(struct step *step)
{
	plan_links(step);
	if (step->engine->state < ENGINE_STOPPING)
		plan_raise(step);
	plan_claims(step);
	plan_stop(step);
	if (step->engine->state != ENGINE_ENDED) {
		plan_status(step);
		plan_wake(step);
	}
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
	engine->heartbeat_at = now;
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
		plan(&step);
	if (event->kind == EVENT_TICK && engine->state != ENGINE_ENDED)
		ask(&step, EFFECT_FEED);
	return step.count;
}

struct instant
engine_server_now(const struct engine *engine, struct instant now)
{
	return discipline_server(&engine->clock, now);
}
