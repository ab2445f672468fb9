/* SPDX-License-Identifier: MIT */
/*
 * scene: what stands for the names in the words of core/words, of one alert.
 * Reads no clock: what was true when the alert was claimed comes with it.
 */
#ifndef DETAINERD_SCENE_H
#define DETAINERD_SCENE_H

#include "core/alert.h"
#include "core/text.h"

struct scene {
	const struct alert *alert; /* borrowed, as the next */
	const char *counsel;       /* whoever composes may name another, in fewer words */
	char clock[48];
	char about[160];
	char object[120];
	char stands[160]; /* empty: not known */
	char over[32];
	char count[16];
};

/* scene_set(scene, alert): The scene of ${alert}, which it borrows. */
void scene_set(struct scene *scene, const struct alert *alert);

/* scene_expand(scene, pattern, out): Append ${pattern} with each {name} of core/words replaced; one that is not there by nothing. */
void scene_expand(const struct scene *scene, const char *pattern, struct text *out);

/* scene_time(alert, local): The local time ${local} of ${alert}, without its day where that is the reader's. Points into ${local}. */
const char *scene_time(const struct alert *alert, const char *local);

#endif
