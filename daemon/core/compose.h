/* SPDX-License-Identifier: MIT */
/*
 * compose: one alert as a subject and a text, for the jail's staff. The words
 * stand in core/words; here they are filled in, labelled and cut.
 *
 * A text has up to three parts with an empty line between them: paragraphs, a
 * line each; "Label: value" lines; a list, a line each. Whoever makes
 * something else of it (core/message: HTML) relies on that.
 *
 * Privacy: see core/words. With DETAIL_MINIMAL nothing is said but facility,
 * alert id, instant and kind, and how to look it up.
 */
#ifndef DETAINERD_COMPOSE_H
#define DETAINERD_COMPOSE_H

#include "core/alert.h"
#include "core/conf.h"
#include "core/text.h"

#define COMPOSE_SUBJECT_BYTES 512

/* Only a list can be long: more than its lines fit says how many are left out. */
#define COMPOSE_TEXT_BYTES 65536

/* What a pager shows. */
#define COMPOSE_PAGER 160

/* An alert about a release that was raised later than this says how late; every other, which is looked for by turns, later. */
#define COMPOSE_LATE_MS 5000
#define COMPOSE_WATCH_LATE_MS 120000

/* So late a fact must have been recorded to be told as late. */
#define COMPOSE_DATA_LATE_MS 60000

/* compose_subject(alert, detail, out): Append one line, without its end. */
void compose_subject(const struct alert *alert, enum conf_detail detail, struct text *out);

/* compose_text(alert, detail, out): Append the plain text, lines ending in \n. */
void compose_text(const struct alert *alert, enum conf_detail detail, struct text *out);

#endif
