/* SPDX-License-Identifier: MIT */
/* reply: what the database answered, turned into the event that the engine hears. */
#ifndef DETAINERD_REPLY_H
#define DETAINERD_REPLY_H

#include "core/event.h"
#include "core/statement.h"

/* An answer as text, whoever keeps it. */
struct reply_rows {
	const void *rows;
	int count, columns;
	const char *(*value)(const void *rows, int row, int column); /* null for SQL's null */
};

/*
 * reply_read(statement, rows, deliveries, event): Read the answer to
 * ${statement} into ${event}, link excepted. ${deliveries}, FLIGHT_MAX of
 * them, is where a claim's rows go; the event borrows it. An answer of another
 * shape than the statement's becomes EVENT_FAILED of class FAULT_MISSING.
 */
void reply_read(enum statement statement, const struct reply_rows *rows,
    struct delivery *deliveries, struct event *event);

#endif
