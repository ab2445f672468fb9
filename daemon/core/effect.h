/* SPDX-License-Identifier: MIT */
/* effect: what the engine asks to be done. */
#ifndef DETAINERD_EFFECT_H
#define DETAINERD_EFFECT_H

#include "core/event.h"
#include "core/fault.h"
#include "core/flight.h"
#include "core/instant.h"
#include "core/note.h"
#include "core/statement.h"

enum effect_kind {
	EFFECT_OPEN,  /* open link; answer with EVENT_UP or EVENT_DOWN */
	EFFECT_CLOSE, /* close link at once; nothing more is heard of it */
	EFFECT_CALL, /* send statement over link; answer with its event, EVENT_FAILED or EVENT_DOWN */
	EFFECT_SEND,   /* begin the delivery in place; answer with EVENT_SENT, in any case */
	EFFECT_CANCEL, /* give up all deliveries under way; nothing more is heard of them */
	EFFECT_NOTE,   /* tell the administrator: note, text, place where it is about a delivery */
	EFFECT_READY,  /* tell the supervisor: ready */
	EFFECT_STATUS, /* tell the supervisor: text */
	EFFECT_FEED,   /* feed the watchdog */
	EFFECT_STOPPING, /* tell the supervisor: stopping */
	EFFECT_WAKE,     /* EVENT_TICK at boot time at, not earlier; replaces the one before */
	EFFECT_EXIT,     /* leave the loop with status */
	EFFECT_KINDS
};

#define EFFECT_TEXT_BYTES 448

struct effect {
	enum effect_kind kind;
	enum event_link link;
	enum statement statement;
	struct flight_room room; /* of a claim */
	int raise_max;           /* of a raise */
	int place;               /* -1 where none is meant */
	enum note note;
	enum exit_status status;
	struct instant at;
	char text[EFFECT_TEXT_BYTES];
};

/* No step can ask for more: every place sent once and once noted, and a few things more. */
#define EFFECTS_MAX (2 * FLIGHT_MAX + 48)

#endif
