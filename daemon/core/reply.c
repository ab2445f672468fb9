/* SPDX-License-Identifier: MIT */
/* reply.c: rows of text into events. Called by the shell. */
#include "core/reply.h"

#include <limits.h>
#include <stddef.h>

#include "core/flight.h"
#include "core/text.h"

#include "core/banned.h"

static const char *
value(const struct reply_rows *rows, int row, int column)
{
	return rows->value(rows->rows, row, column);
}

static bool
number(const struct reply_rows *rows, int column, int *ret)
{
	int64_t wide;

	if (!text_to_int64(value(rows, 0, column), &wide) || wide < INT_MIN || wide > INT_MAX)
		return false;
	*ret = (int)wide;
	return true;
}

static bool
read_hello(const struct reply_rows *rows, struct event *event)
{
	event->kind = EVENT_HELLO;
	event->server = alert_instant(value(rows, 0, 1));
	return number(rows, 0, &event->schema);
}

static bool
read_raised(const struct reply_rows *rows, struct event *event)
{
	const char *more = value(rows, 0, 1);

	event->kind = EVENT_RAISED;
	event->raised.more = more != NULL && more[0] == 't';
	event->server = alert_instant(value(rows, 0, 2));
	event->raised.next = alert_instant(value(rows, 0, 3));
	if (!instant_known(event->raised.next))
		event->raised.next = INSTANT_NEVER;
	return number(rows, 0, &event->raised.raised);
}

static bool
read_claimed(const struct reply_rows *rows, struct delivery *deliveries, struct event *event)
{
	const char *columns[DELIVERY_COLUMNS];

	event->kind = EVENT_CLAIMED;
	event->claimed.rows = deliveries;
	for (int row = 0; row < rows->count; row++) {
		for (int c = 0; c < DELIVERY_COLUMNS; c++)
			columns[c] = value(rows, row, c);
		if (row == 0)
			event->server = alert_instant(columns[DELIVERY_COLUMN_SERVER_US]);
		if (event->claimed.count < FLIGHT_MAX &&
		    delivery_decode(&deliveries[event->claimed.count], columns))
			event->claimed.count++;
		else
			event->claimed.unreadable++;
	}
	return true;
}

static bool
read_server(const struct reply_rows *rows, enum event_kind kind, int column, struct event *event)
{
	event->kind = kind;
	event->server = alert_instant(value(rows, 0, column));
	return instant_known(event->server);
}

static bool
read_measured(const struct reply_rows *rows, struct event *event)
{
	event->kind = EVENT_MEASURED;
	event->measures.answered = true;
	for (int row = 0; row < rows->count; row++) {
		if (row == 0)
			event->server = alert_instant(value(rows, row, 3));
		measure_hear(&event->measures, value(rows, row, 0), value(rows, row, 1),
		    value(rows, row, 2));
	}
	return true;
}

static bool
read_by_statement(enum statement statement, const struct reply_rows *rows,
    struct delivery *deliveries, struct event *event)
{
	switch (statement) {
	case STATEMENT_SETTINGS:
	case STATEMENT_LISTEN: event->kind = EVENT_DONE; return true;
	case STATEMENT_HELLO: return read_hello(rows, event);
	case STATEMENT_RAISE: return read_raised(rows, event);
	case STATEMENT_CLAIM: return read_claimed(rows, deliveries, event);
	case STATEMENT_SETTLE: return read_server(rows, EVENT_SETTLED, 1, event);
	case STATEMENT_HEARTBEAT: return read_server(rows, EVENT_HEARD, 0, event);
	case STATEMENT_MEASURE: return read_measured(rows, event);
	case STATEMENTS: break;
	}
	return false;
}

static bool
has_shape(enum statement statement, const struct reply_rows *rows)
{
	bool any_count = statement == STATEMENT_CLAIM || statement == STATEMENT_LISTEN ||
			 statement == STATEMENT_MEASURE;

	return rows->columns == statement_shape(statement)->columns &&
	       (any_count || rows->count == 1);
}

void
reply_read(enum statement statement, const struct reply_rows *rows, struct delivery *deliveries,
    struct event *event)
{
	*event = (struct event){ .server = INSTANT_UNKNOWN };
	if (has_shape(statement, rows) && read_by_statement(statement, rows, deliveries, event))
		return;
	*event = (struct event){ .kind = EVENT_FAILED, .server = INSTANT_UNKNOWN };
	fault_set(&event->fault, FAULT_MISSING,
	    "%s answered in a shape that this detainerd does not know",
	    statement_shape(statement)->name);
}
