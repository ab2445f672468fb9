/* SPDX-License-Identifier: MIT */
/* scene.c: the names in core/words, and their values. Called by core/compose. */
#include "core/scene.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "core/listing.h"
#include "core/words.h"

#include "core/banned.h"

/* How long "2026-11-24 " is at the start of a local time; 0 if there is none. */
static size_t
day_bytes(const char *local)
{
	static const char pattern[] = "dddd-dd-dd ";

	for (size_t i = 0; pattern[i] != '\0'; i++) {
		bool digit = local[i] >= '0' && local[i] <= '9';

		if (pattern[i] == 'd' ? !digit : local[i] != pattern[i])
			return 0;
	}
	return strlen(pattern);
}

/* The day is said where it is not the reader's. */
static bool
is_today(const struct alert *alert, const char *local)
{
	size_t day = day_bytes(alert->as_of_local);

	return day == 0 || strncmp(local, alert->as_of_local, day) == 0;
}

const char *
scene_time(const struct alert *alert, const char *local)
{
	return local + (is_today(alert, local) ? day_bytes(local) : 0);
}

/* Where lawful custody ends, as 14:05 EST; on another day, with its date. */
static void
set_clock(struct scene *scene)
{
	const struct alert *alert = scene->alert;
	struct text clock;

	text_init(&clock, scene->clock, sizeof scene->clock);
	if (!is_today(alert, alert->release_local))
		text_add_bytes(&clock, alert->release_local, day_bytes(alert->release_local));
	text_add(&clock, text_or_else(alert->release_clock, "the time on record"));
}

/* What is asked of a facility is about nobody's booking. */
static void
set_about(struct scene *scene)
{
	const struct alert *alert = scene->alert;
	struct text about;

	text_init(&about, scene->about, sizeof scene->about);
	if (alert->booking_number[0] != '\0')
		text_addf(&about, "booking %s, ", alert->booking_number);
	text_add(&about, text_or_else(alert->facility, "all facilities"));
}

/* What holds now; an instant follows words that ask for one. */
static void
set_stands(struct scene *scene)
{
	const char *what = scene->alert->stands, *words = words_stands(what);
	struct text stands;

	text_init(&stands, scene->stands, sizeof scene->stands);
	text_add(&stands, words);
	if (stands.length > 0 && stands.at[stands.length - 1] == ' ')
		text_add(
		    &stands, what + strcspn(what, " ") + strspn(what + strcspn(what, " "), " "));
}

void
scene_set(struct scene *scene, const struct alert *alert)
{
	const char *colon = strchr(alert->reason, ':');
	struct text over, count;

	*scene = (struct scene){ .alert = alert,
		.counsel = text_or_else(alert->counsel_contact, "the facility's counsel") };
	set_clock(scene);
	set_about(scene);
	set_stands(scene);
	(void)text_copy(scene->object, sizeof scene->object,
	    colon != NULL ? colon + 1 + strspn(colon + 1, " ") : alert->facility);
	text_init(&over, scene->over, sizeof scene->over);
	text_add_span(&over, alert_over(alert));
	text_init(&count, scene->count, sizeof scene->count);
	text_addf(&count, "%zu", listing_count(alert->listed));
}

static const char *
value_of(const struct scene *scene, const char *name, size_t length)
{
	const struct alert *alert = scene->alert;
	const struct {
		const char *name, *value;
	} values[] = {
		{ "booking", text_or_else(alert->booking_number, "(no number)") },
		{ "facility", text_or_else(alert->facility, "all facilities") },
		{ "about", scene->about },
		{ "clock", scene->clock },
		{ "over", scene->over },
		{ "check", alert->warrant_on_file          ? WORDS_WARRANT
			   : alert->kind == ALERT_DUE_SOON ? WORDS_CHECK_SOON
							   : WORDS_CHECK },
		{ "counsel", scene->counsel },
		{ "stands", text_or_else(scene->stands, "its record says what holds") },
		{ "object", scene->object },
		{ "count", scene->count },
		{ "id", alert->id },
	};

	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		if (strlen(values[i].name) == length && memcmp(values[i].name, name, length) == 0)
			return values[i].value;
	}
	return "";
}

void
scene_expand(const struct scene *scene, const char *pattern, struct text *out)
{
	while (*pattern != '\0') {
		size_t plain = strcspn(pattern, "{");
		size_t name;

		text_add_bytes(out, pattern, plain);
		pattern += plain;
		if (*pattern == '\0')
			return;
		name = strcspn(pattern, "}");
		text_add(out, value_of(scene, pattern + 1, name - 1));
		pattern += name + 1;
	}
}
