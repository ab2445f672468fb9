/* SPDX-License-Identifier: MIT */
/* step: one step of the engine under way, and the effects that it has asked for so far. */
#ifndef DETAINERD_STEP_H
#define DETAINERD_STEP_H

#include <stddef.h>

#include "core/effect.h"
#include "core/event.h"
#include "core/instant.h"
#include "core/note.h"
#include "core/state.h"
#include "core/statement.h"

struct step {
	struct engine *engine;
	struct instant now;     /* boot time */
	struct effect *effects; /* EFFECTS_MAX of them, borrowed */
	size_t count;
};

/* step_ask(step, kind): Ask for one effect; returns it, all else in it zero and no place meant, to be filled in. */
struct effect *step_ask(struct step *step, enum effect_kind kind);

/* step_say(step, note, format, ...): Ask that the administrator be told. */
struct effect *step_say(struct step *step, enum note note, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* step_call(step, link, statement): Send ${statement} over ${link}, which must be ready for it; returns the effect. */
struct effect *step_call(struct step *step, enum event_link l, enum statement statement);

#endif
