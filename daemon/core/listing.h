/* SPDX-License-Identifier: MIT */
/*
 * listing: the lists that end a text: what a digest lists, and which alerts a
 * closing word closes, a line each. Lists can be longer than a text: they are
 * cut at the end of a line and say how many more there are.
 */
#ifndef DETAINERD_LISTING_H
#define DETAINERD_LISTING_H

#include <stddef.h>

#include "core/alert.h"
#include "core/conf.h"
#include "core/text.h"

/* listing_count(at): How many lines ${at} has. */
size_t listing_count(const char *at);

/*
 * listing_add(at, detail, out): Append the lines of ${at}, cleaned, as far as
 * ${out} has room; with DETAIL_MINIMAL without the booking numbers.
 */
void listing_add(const char *at, enum conf_detail detail, struct text *out);

/* listing_add_closed(at, out): Append the ids of alert.closes, as far as ${out} has room. */
void listing_add_closed(const char *at, struct text *out);

#endif
