/* SPDX-License-Identifier: MIT */
/* delivery.c: the machine of one attempt, and the arithmetic of its lease. */
#include "core/delivery.h"

#include <assert.h>
#include <limits.h>
#include <stddef.h>
#include <string.h>

#include "core/text.h"

#include "core/banned.h"

/* Between the end of an attempt and the end of its lease: time to settle. */
#define SETTLE_MARGIN_MS 2000

#define CELL(to, says) \
	{ \
		DELIVERY_##to, true, says \
	}
#define NEVER(state, says) \
	{ \
		DELIVERY_##state, false, says \
	}

static const struct delivery_row rows[DELIVERY_STATES][DELIVERY_INPUTS] = {
    [DELIVERY_FREE] = {
	[DELIVERY_TAKE] = CELL(SENDING, "claimed: hand it to its receiver"),
	[DELIVERY_RESULT] = CELL(FREE, "a late result is ignored"),
	[DELIVERY_SETTLE] = NEVER(FREE, "there is nothing to record"),
	[DELIVERY_SETTLED] = NEVER(FREE, "nothing was being recorded"),
	[DELIVERY_UNKNOWN] = NEVER(FREE, "nothing was being recorded"),
	[DELIVERY_DROP] = CELL(FREE, "free already"),
    },
    [DELIVERY_SENDING] = {
	[DELIVERY_TAKE] = NEVER(SENDING, "the place is taken"),
	[DELIVERY_RESULT] = CELL(FINISHED, "over: record what came of it"),
	[DELIVERY_SETTLE] = NEVER(SENDING, "it is not over yet"),
	[DELIVERY_SETTLED] = NEVER(SENDING, "it is not over yet"),
	[DELIVERY_UNKNOWN] = NEVER(SENDING, "it is not over yet"),
	[DELIVERY_DROP] = CELL(FREE, "given up: the lease runs out, another attempt follows"),
    },
    [DELIVERY_FINISHED] = {
	[DELIVERY_TAKE] = NEVER(FINISHED, "the place is taken"),
	[DELIVERY_RESULT] = CELL(FINISHED, "a second result is ignored"),
	[DELIVERY_SETTLE] = CELL(SETTLING, "being recorded"),
	[DELIVERY_SETTLED] = NEVER(FINISHED, "it was not being recorded"),
	[DELIVERY_UNKNOWN] = NEVER(FINISHED, "it was not being recorded"),
	[DELIVERY_DROP] = CELL(FREE, "given up: the lease runs out, another attempt follows"),
    },
    [DELIVERY_SETTLING] = {
	[DELIVERY_TAKE] = NEVER(SETTLING, "the place is taken"),
	[DELIVERY_RESULT] = CELL(SETTLING, "a second result is ignored"),
	[DELIVERY_SETTLE] = NEVER(SETTLING, "it is being recorded already"),
	[DELIVERY_SETTLED] = CELL(FREE, "recorded"),
	[DELIVERY_UNKNOWN] = CELL(FINISHED, "perhaps recorded: record it again, that is harmless"),
	[DELIVERY_DROP] = CELL(FREE, "given up: the lease runs out, another attempt follows"),
    },
};

const struct delivery_row *
delivery_row(enum delivery_state state, enum delivery_input input)
{
	assert(state < DELIVERY_STATES);
	assert(input < DELIVERY_INPUTS);
	return &rows[state][input];
}

void
delivery_enter(struct delivery *delivery, enum delivery_input input)
{
	const struct delivery_row *row = delivery_row(delivery->state, input);

	assert(row->possible);
	delivery->state = row->next;
}

bool
delivery_decode(struct delivery *delivery, const char *const columns[DELIVERY_COLUMNS])
{
	int64_t attempt;

	*delivery = (struct delivery){ .receiver = DELIVERY_RECEIVER_NONE };
	if (!text_to_int64(columns[DELIVERY_COLUMN_ID], &delivery->id))
		return false;
	if (!text_to_int64(columns[DELIVERY_COLUMN_ATTEMPT], &attempt) || attempt < 1 ||
	    attempt > INT_MAX)
		return false;
	delivery->attempt = (int)attempt;
	delivery->lease_until = alert_instant(columns[DELIVERY_COLUMN_LEASE_UNTIL_US]);
	(void)text_copy(delivery->receiver_name, sizeof delivery->receiver_name,
	    columns[DELIVERY_COLUMN_RECEIVER]);
	if (!alert_decode(&delivery->alert, columns + DELIVERY_COLUMN_ALERT))
		return false;
	delivery->alert.as_of = alert_instant(columns[DELIVERY_COLUMN_SERVER_US]);
	return true;
}

struct span
delivery_lease_min(struct span timeout)
{
	return (struct span){ timeout.us + span_of_ms(SETTLE_MARGIN_MS).us };
}

bool
delivery_fits_lease(const struct delivery *delivery, struct instant server_now, struct span timeout)
{
	struct instant over = instant_add(server_now, delivery_lease_min(timeout));

	return instant_known(delivery->lease_until) && over.us <= delivery->lease_until.us;
}

const char *
delivery_outcome_name(enum delivery_outcome outcome)
{
	static const char *const names[OUTCOMES] = {
		[OUTCOME_ACCEPTED] = "accepted",
		[OUTCOME_REFUSED] = "refused",
		[OUTCOME_UNREACHABLE] = "unreachable",
		[OUTCOME_TIMEOUT] = "timeout",
		[OUTCOME_MISCONFIGURED] = "misconfigured",
	};

	assert(outcome < OUTCOMES);
	return names[outcome];
}

const char *
delivery_state_name(enum delivery_state state)
{
	static const char *const names[DELIVERY_STATES] = {
		[DELIVERY_FREE] = "free",
		[DELIVERY_SENDING] = "sending",
		[DELIVERY_FINISHED] = "finished",
		[DELIVERY_SETTLING] = "settling",
	};

	assert(state < DELIVERY_STATES);
	return names[state];
}

const char *
delivery_input_name(enum delivery_input input)
{
	static const char *const names[DELIVERY_INPUTS] = {
		[DELIVERY_TAKE] = "take",
		[DELIVERY_RESULT] = "result",
		[DELIVERY_SETTLE] = "settle",
		[DELIVERY_SETTLED] = "settled",
		[DELIVERY_UNKNOWN] = "unknown",
		[DELIVERY_DROP] = "drop",
	};

	assert(input < DELIVERY_INPUTS);
	return names[input];
}
