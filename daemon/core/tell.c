/* SPDX-License-Identifier: MIT */
/* tell.c: words about the daemon's own state. Called by the engine's other parts. */
#include "core/tell.h"

#include <string.h>

#include "core/text.h"

#include "core/banned.h"

void
tell_away(struct step *step, const struct fault *fault)
{
	struct engine *engine = step->engine;

	if (engine->away == fault->class)
		return;
	if (engine->away == FAULT_NONE)
		engine->away_since = step->now;
	engine->away = fault->class;
	step_say(step, NOTE_DATABASE_AWAY, "%s", fault->text);
}

void
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
	step_say(step, NOTE_DATABASE_OK, "%s%s",
	    engine->away == FAULT_NONE ? "both sessions stand" : "was away for ", lasted);
	engine->away = FAULT_NONE;
	engine->ever_up = true;
}

void
tell_missed(struct step *step, struct instant at)
{
	struct engine *engine = step->engine;
	char clock[INSTANT_TEXT_BYTES];

	if (engine->missed_at.us == at.us)
		return;
	engine->missed_at = at;
	step_say(step, NOTE_INSTANT_MISSED,
	    "%s. It will be raised, marked late, once the database takes it",
	    instant_clock(at, clock));
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

void
tell_cannot_start(struct step *step, const struct fault *fault)
{
	step_say(step, NOTE_CANNOT_START, "%s%s", fault->text, remedy(fault));
}

static const char *
standing(const struct engine *engine)
{
	for (enum event_link l = 0; l < LINKS; l++) {
		if (link_refuses(&engine->links[l]))
			return "database refuses what is asked";
	}
	return engine->ever_up ? "database ok" : "connecting to the database";
}

static void
write_database(const struct engine *engine, struct text *text)
{
	char clock[INSTANT_TEXT_BYTES];

	if (engine->away == FAULT_NONE) {
		text_add(text, standing(engine));
		return;
	}
	text_addf(text, "database away (%s)", fault_name(engine->away));
	if (discipline_known(&engine->clock))
		text_addf(text, " since %s",
		    instant_clock(discipline_server(&engine->clock, engine->away_since), clock));
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
	write_database(engine, text);
	if (engine->reload_refused[0] != '\0')
		text_addf(text, "; reload refused: %s", engine->reload_refused);
}

void
tell_status(struct step *step)
{
	struct engine *engine = step->engine;
	char status[EFFECT_TEXT_BYTES];
	struct text text;

	text_init(&text, status, sizeof status);
	write_status(step, &text);
	if (strcmp(status, engine->status) == 0)
		return;
	memcpy(engine->status, status, sizeof status);
	memcpy(step_ask(step, EFFECT_STATUS)->text, status, sizeof status);
}
