/* SPDX-License-Identifier: MIT */
/* schedule.c: when to ask for what is due. Called by core/engine. */
#include "core/schedule.h"

#include <assert.h>

#include "core/banned.h"

#define RAISE_MOST 1000
#define RAISE_LEAST 1
#define IDLE_FIRST_MS 50

void
schedule_init(struct schedule *schedule, struct instant now)
{
	*schedule = (struct schedule){
		.next_at = INSTANT_NEVER,
		.sweep_at = now,
		.idle_until = now,
		.wanted = true,
		.most = RAISE_MOST,
	};
}

void
schedule_hint(struct schedule *schedule)
{
	schedule->wanted = true;
}

void
schedule_asked(struct schedule *schedule)
{
	schedule->wanted = false;
}

static bool
is_past(const struct schedule_reply *reply)
{
	return instant_known(reply->next) && instant_known(reply->server) &&
	       instant_reached(reply->next, reply->server);
}

static struct span
next_idle(struct span idle, struct span sweep)
{
	struct span first = span_of_ms(IDLE_FIRST_MS);

	if (idle.us < first.us)
		return first;
	return idle.us > sweep.us / 2 ? sweep : (struct span){ idle.us * 2 };
}

void
schedule_answered(struct schedule *schedule, const struct schedule_reply *reply, struct instant now,
    struct span sweep)
{
	schedule->next_at = reply->next;
	schedule->sweep_at = instant_add(now, sweep);
	if (schedule->most < RAISE_MOST)
		schedule->most = schedule->most > RAISE_MOST / 2 ? RAISE_MOST : schedule->most * 2;
	if (reply->raised > 0 || !is_past(reply))
		schedule->idle = (struct span){ 0 };
	if (is_past(reply)) {
		schedule->idle = next_idle(schedule->idle, sweep);
		schedule->idle_until = instant_add(now, schedule->idle);
	} else {
		schedule->idle_until = now;
	}
	if (reply->more)
		schedule->wanted = true;
}

void
schedule_failed(struct schedule *schedule, enum fault_class class)
{
	schedule->wanted = true;
	if (class == FAULT_TIMEOUT || class == FAULT_BUSY)
		schedule->most =
		    schedule->most / 2 > RAISE_LEAST ? schedule->most / 2 : RAISE_LEAST;
	assert(schedule->most >= RAISE_LEAST);
}

struct instant
schedule_wake_at(const struct schedule *schedule, const struct discipline *clock)
{
	struct instant next = discipline_boot(clock, schedule->next_at);

	if (instant_known(next) && next.us < schedule->idle_until.us)
		next = schedule->idle_until;
	return instant_earlier(schedule->sweep_at, next);
}

bool
schedule_due(const struct schedule *schedule, const struct discipline *clock, struct instant now)
{
	return schedule->wanted || instant_reached(schedule_wake_at(schedule, clock), now);
}

bool
schedule_passed(const struct schedule *schedule, const struct discipline *clock, struct instant now)
{
	return instant_reached(discipline_boot(clock, schedule->next_at), now);
}
