/* SPDX-License-Identifier: MIT */
/*
 * schedule: when to ask the database to raise what is due. There is one
 * instant that the database has named, one sweep that looks whatever it said,
 * and hints. No list of holds is kept here: PostgreSQL's index is the agenda.
 */
#ifndef DETAINERD_SCHEDULE_H
#define DETAINERD_SCHEDULE_H

#include <stdbool.h>

#include "core/discipline.h"
#include "core/fault.h"
#include "core/instant.h"

struct schedule {
	struct instant next_at;    /* the database's clock; never: nothing is scheduled */
	struct instant sweep_at;   /* boot time */
	struct instant idle_until; /* boot time; next_at is past and asking changed nothing */
	struct span idle;
	bool wanted; /* ask as soon as possible */
	int most;    /* holds to raise in one call */
};

/* What raise_due answered. */
struct schedule_reply {
	int raised;
	bool more;
	struct instant server; /* the database's clock, unknown if it was not said */
	struct instant next;
};

/* schedule_init(schedule, now): Ask at once. */
void schedule_init(struct schedule *schedule, struct instant now);

/* schedule_hint(schedule): Something changed: ask as soon as possible. */
void schedule_hint(struct schedule *schedule);

/* schedule_asked(schedule): The question has been sent; hints from here on ask again. */
void schedule_asked(struct schedule *schedule);

/*
 * schedule_answered(schedule, reply, now, sweep): The answer came at boot
 * time ${now}. Where it names an instant that is past already (a hold locked
 * by somebody, a delivery whose receiver this daemon does not have), asking
 * again at once would change nothing: the pauses grow from 50 ms to ${sweep}.
 */
void schedule_answered(struct schedule *schedule, const struct schedule_reply *reply,
    struct instant now, struct span sweep);

/*
 * schedule_failed(schedule, class): The question failed. If the server did
 * not do it in time, the next asks for half as many holds.
 */
void schedule_failed(struct schedule *schedule, enum fault_class class);

/* schedule_wake_at(schedule, clock): The boot time at which to ask, if no hint comes before. */
struct instant schedule_wake_at(const struct schedule *schedule, const struct discipline *clock);

/* schedule_due(schedule, clock, now): Is it time to ask? */
bool
schedule_due(const struct schedule *schedule, const struct discipline *clock, struct instant now);

/* schedule_passed(schedule, clock, now): Has the instant come that the database named? */
bool schedule_passed(
    const struct schedule *schedule, const struct discipline *clock, struct instant now);

#endif
