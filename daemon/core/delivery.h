/* SPDX-License-Identifier: MIT */
/*
 * delivery: one attempt to bring one alert to one receiver, from the claim to
 * the answer of the database that it has recorded what came of it.
 *
 * The lease is by the database's clock. An attempt that could outlive its
 * lease is not begun: another daemon may then be sending the same.
 */
#ifndef DETAINERD_DELIVERY_H
#define DETAINERD_DELIVERY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/alert.h"
#include "core/instant.h"

enum delivery_state {
	DELIVERY_FREE,     /* the place is free */
	DELIVERY_SENDING,  /* claimed and handed to the receiver */
	DELIVERY_FINISHED, /* the receiver has answered, or did not in time; not yet recorded */
	DELIVERY_SETTLING, /* being recorded */
	DELIVERY_STATES
};

enum delivery_input {
	DELIVERY_TAKE,    /* claimed */
	DELIVERY_RESULT,  /* the attempt is over */
	DELIVERY_SETTLE,  /* put into a settle call */
	DELIVERY_SETTLED, /* the database has recorded it */
	DELIVERY_UNKNOWN, /* the settle call ended without an answer */
	DELIVERY_DROP,    /* given up here; the lease runs out and somebody takes it again */
	DELIVERY_INPUTS
};

enum delivery_outcome {
	OUTCOME_ACCEPTED,      /* HTTP 2xx, SMTP 250: accepted, not seen */
	OUTCOME_REFUSED,       /* the receiver answered, and said no */
	OUTCOME_UNREACHABLE,   /* no answer could be had */
	OUTCOME_TIMEOUT,       /* not answered in time; whether it was taken is unknown */
	OUTCOME_MISCONFIGURED, /* cannot work before a person changes something */
	OUTCOMES
};

/* The columns of the statement that claims: these, then those of the alert. */
enum delivery_column {
	DELIVERY_COLUMN_ID,
	DELIVERY_COLUMN_ATTEMPT,
	DELIVERY_COLUMN_RECEIVER,
	DELIVERY_COLUMN_LEASE_UNTIL_US,
	DELIVERY_COLUMN_SERVER_US,
	DELIVERY_COLUMN_ALERT,
	DELIVERY_COLUMNS = DELIVERY_COLUMN_ALERT + ALERT_COLUMNS
};

#define DELIVERY_RECEIVER_NONE (-1)
#define DELIVERY_ANSWER_BYTES 201

/* What came of an attempt. */
struct delivery_result {
	enum delivery_outcome outcome;
	int code;    /* HTTP or SMTP status, 0 where there was none */
	int refused; /* of several recipients of an accepted mail: so many were not */
	int elapsed_ms;
	struct span retry_after;            /* the receiver's own wish, 0 where it had none */
	char answer[DELIVERY_ANSWER_BYTES]; /* first printable characters of the answer */
};

struct delivery {
	enum delivery_state state;
	int64_t id;
	int attempt;
	int receiver; /* index into the configuration, or DELIVERY_RECEIVER_NONE */
	char receiver_name[64];
	struct instant lease_until; /* the database's clock */
	struct alert alert;
	struct delivery_result result;
	struct span retry_in; /* when it should be tried again, 0 where accepted */
};

struct delivery_row {
	enum delivery_state next;
	bool possible; /* false: a programmer's error, asserted */
	const char *comment;
};

/* delivery_row(state, input): The cell of the table. */
const struct delivery_row *delivery_row(enum delivery_state state, enum delivery_input input);

/* delivery_enter(delivery, input): Move ${delivery}. The only writer of its state. */
void delivery_enter(struct delivery *delivery, enum delivery_input input);

/*
 * delivery_decode(delivery, columns): Read a claimed row into ${delivery},
 * its state and receiver index excepted. False where the row has no usable
 * id, attempt or alert.
 */
bool delivery_decode(struct delivery *delivery, const char *const columns[DELIVERY_COLUMNS])
    __attribute__((warn_unused_result));

/*
 * delivery_fits_lease(delivery, server_now, timeout): Will an attempt begun
 * now, that may take ${timeout}, be over safely before the lease runs out?
 */
bool delivery_fits_lease(
    const struct delivery *delivery, struct instant server_now, struct span timeout);

/* delivery_lease_min(timeout): The shortest lease that can carry an attempt of ${timeout}. */
struct span delivery_lease_min(struct span timeout);

/* delivery_outcome_name(outcome): As the database records it. */
const char *delivery_outcome_name(enum delivery_outcome outcome);

/* delivery_state_name(state), delivery_input_name(input): In one word, for diagrams. */
const char *delivery_state_name(enum delivery_state state);
const char *delivery_input_name(enum delivery_input input);

#endif
