/* SPDX-License-Identifier: MIT */
/*
 * words: every word that detainerd says to the staff of a jail, in two tables:
 * what is said by kind and reason of an alert, and how each kind is said.
 * Nothing here counts, cuts or lays out; core/compose does.
 *
 * Written to be read by a lawyer. {name} stands for what the alert carries:
 *   {booking} {facility}     booking number, facility's code
 *   {about}                  booking 26-00417, MAIN; of what is asked of a facility, MAIN
 *   {clock}                  where lawful custody for ICE ends, 14:05 EST
 *   {over}                   how long ago that was
 *   {check}                  what to do before release: look for other holds, or ask about a warrant
 *   {counsel}                whom to call
 *   {stands}                 of a stand-down: what holds now
 *   {object}                 what a trouble is about: a receiver, a facility; what a duty asks
 *   {count}                  how many a list has
 *   {id}                     the alert's id
 * No row names a person, a finding, an alternative or a subsection of the law,
 * and no subject names ICE.
 */
#ifndef DETAINERD_WORDS_H
#define DETAINERD_WORDS_H

#include <stddef.h>

#include "core/alert.h"

/* What {check} says, and what follows where a warrant is on file. */
#define WORDS_CHECK "Check for other warrants and holds now; if none, release."
#define WORDS_CHECK_SOON "Check for other warrants and holds before; if none, release then."
#define WORDS_WARRANT \
	"A judicial warrant is on file. Ask counsel whether it commands custody before release."
#define WORDS_WARRANT_THEN \
	"Check for other warrants and holds too. If there are none, and counsel says that the warrant does not command" \
	" custody, release."

/* Told again on purpose: while nobody has acknowledged it, or because somebody asked. */
#define WORDS_TOLD_AGAIN "told again: no acknowledgement stands"
#define WORDS_TOLD_TWICE "told again"

/* Lateness: %s is an instant, and a length of time follows the first half. */
#define WORDS_DATA_LATE "Due before it was on record: recorded %s, "
#define WORDS_DATA_LATE_THEN " after it happened."
#define WORDS_LATE "detainerd was late: it raised this alert "
#define WORDS_LATE_THEN " late, at %s."

/* What the record says of others, and what it cannot say: %s is when it was read. */
#define WORDS_NONE_ON_FILE "none on file at %s; detainerd cannot see other agencies' systems"
#define WORDS_UNKNOWN \
	"whether the person has left since %s; warrants and holds that nobody recorded"
#define WORDS_NO_SECTION "no section on file"
/* Whom to call, where more words would push something off a pager. */
#define WORDS_COUNSEL "counsel"
#define WORDS_NO_CONTACT "the facility's counsel (no contact is on file)"
#define WORDS_ACK_REASONS "release_started, other_authority, ice_here, counsel_called, wrong_record"

/* What is said, by kind and reason. */
struct words {
	enum alert_kind kind;
	const char *reason;  /* up to its colon, if it has one; null: every other */
	const char *subject; /* without ICE */
	const char *lead;    /* the first paragraph: a pager shows 160 characters of it */
	const char *then;    /* the second; null: none */
	const char *why;     /* null: nothing to add */
	const char *unknown; /* what else nobody can tell from the record; null: nothing to add */
};

/* What an alert asks of its reader; each asks for what stands before it too. */
enum words_asks {
	ASKS_NOTHING,
	ASKS_WORD,    /* somebody says: I have it */
	ASKS_COUNSEL, /* somebody reads the law, or calls who can */
	ASKS_RELEASE  /* somebody is to be released, or kept by other authority */
};

/* How a kind is said. */
struct words_manner {
	const char *
	    minimal; /* all that is said, as subject and first words, where the reader may know no more */
	const char *ends;  /* label of the instant where lawful custody ends; null: not told */
	const char *ended; /* the same once it has passed; null: the same words */
	const char *when;  /* label of the alert's own instant; null: not told */
	const char *list;  /* label of the number of lines that follow; null: none do */
	enum words_asks asks;
};

/* words_find(alert): The row for ${alert}: the first that fits. There always is one. */
const struct words *words_find(const struct alert *alert);

/* words_row(index): The row of that number; null past the last. */
const struct words *words_row(size_t index);

/*
 * words_stands(what): What is said of ${what} holds now, by its first word; where the
 * words end in a blank, what follows that word follows. Null: nothing is known of it.
 */
const char *words_stands(const char *what);

/* words_manner(kind): Its row. */
const struct words_manner *words_manner(enum alert_kind kind);

#endif
