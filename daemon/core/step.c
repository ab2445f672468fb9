/* SPDX-License-Identifier: MIT */
/* step.c: collects effects. Called by everything of the engine. */
#include "core/step.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "core/text.h"

#include "core/banned.h"

struct effect *
step_ask(struct step *step, enum effect_kind kind)
{
	struct effect *effect = &step->effects[step->count++];

	assert(step->count <= EFFECTS_MAX);
	memset(effect, 0, sizeof *effect);
	effect->kind = kind;
	effect->place = -1;
	return effect;
}

struct effect *
step_say(struct step *step, enum note note, const char *format, ...)
{
	struct effect *effect = step_ask(step, EFFECT_NOTE);
	struct text text;
	va_list arguments;

	effect->note = note;
	text_init(&text, effect->text, sizeof effect->text);
	va_start(arguments, format);
	text_addv(&text, format, arguments);
	va_end(arguments);
	return effect;
}

struct effect *
step_call(struct step *step, enum event_link l, enum statement statement)
{
	struct engine *engine = step->engine;
	struct effect *effect = step_ask(step, EFFECT_CALL);

	effect->link = l;
	effect->statement = statement;
	link_sent(&engine->links[l], statement, step->now, engine->conf->statement_timeout);
	return effect;
}
