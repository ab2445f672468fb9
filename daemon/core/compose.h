/* SPDX-License-Identifier: MIT */
/*
 * compose: the words of an alert, for the jail's staff. All of them stand in
 * one table, by kind and reason.
 *
 * Privacy: a subject never says ICE; no text carries a name, a finding, the
 * ground that was met or a subsection of the law; the section only. The first
 * 160 characters of a text are enough for a pager.
 */
#ifndef DETAINERD_COMPOSE_H
#define DETAINERD_COMPOSE_H

#include "core/alert.h"
#include "core/text.h"

#define COMPOSE_SUBJECT_BYTES 256
#define COMPOSE_TEXT_BYTES 4096

/* An alert raised later than this after its instant says how late. */
#define COMPOSE_LATE_MS 5000

/* compose_subject(alert, out): Append one line, without its end. */
void compose_subject(const struct alert *alert, struct text *out);

/* compose_text(alert, out): Append the plain text, lines ending in \n. */
void compose_text(const struct alert *alert, struct text *out);

#endif
