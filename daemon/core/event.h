/* SPDX-License-Identifier: MIT */
/* event: what can happen to the daemon, as the engine is told of it. */
#ifndef DETAINERD_EVENT_H
#define DETAINERD_EVENT_H

#include "core/conf.h"
#include "core/delivery.h"
#include "core/fault.h"
#include "core/instant.h"
#include "core/measure.h"
#include "core/schedule.h"

/* The two sessions with the database; a wait in one delays nothing in the other. */
enum event_link {
	LINK_INSTANTS, /* listens and raises; never inside a transaction */
	LINK_CLAIMS,   /* claims, settles, heartbeats */
	LINKS
};

enum event_kind {
	EVENT_TICK,     /* the time asked for has come */
	EVENT_UP,       /* a link stands */
	EVENT_DOWN,     /* a link broke or could not be had: fault */
	EVENT_NOTIFIED, /* the database says that a hold changed: a hint, no more */
	EVENT_DONE,     /* a statement without an answer worth keeping was carried out */
	EVENT_FAILED,   /* a statement was refused, the link still stands: fault */
	EVENT_HELLO,    /* daemon_hello answered: schema */
	EVENT_RAISED,   /* raise_due answered: raised */
	EVENT_CLAIMED,  /* claim answered: claimed */
	EVENT_SETTLED,  /* settle answered: server */
	EVENT_HEARD,    /* heartbeat answered: server */
	EVENT_MEASURED, /* measure answered: measures */
	EVENT_SENT,     /* a delivery is over: sent */
	EVENT_AWAY, /* an instant has come while the database is away: at. A local copy of the holds will say so */
	EVENT_RELOADED,       /* a new configuration is in force: conf */
	EVENT_RELOAD_REFUSED, /* a new configuration cannot be used, the old one stays: fault */
	EVENT_STOP,           /* end in good order */
	EVENT_KINDS
};

struct event {
	enum event_kind kind;
	enum event_link link;
	struct fault fault;
	struct instant at;     /* the database's clock */
	struct instant server; /* the same, as a reply gives it; unknown where it does not */
	int schema;            /* of hello */
	struct schedule_reply raised;
	struct {
		const struct delivery *rows; /* borrowed for the step */
		int count;
		int unreadable; /* rows that could not be decoded */
	} claimed;
	struct {
		int place;
		struct delivery_result result;
	} sent;
	struct measures measures;
	const struct conf *conf; /* borrowed until the next reload */
};

#endif
