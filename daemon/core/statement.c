/* SPDX-License-Identifier: MIT */
/* statement.c: the daemon's SQL, and how arrays are written for it. Runs nothing. */
#include "core/statement.h"

#include <assert.h>
#include <inttypes.h>
#include <stddef.h>

#include "core/banned.h"

#define EPOCH_US(column) "(extract(epoch from " column ") * 1000000)::bigint"

static const struct statement_shape shapes[STATEMENTS] = {
	[STATEMENT_SETTINGS] = { "settings",
	    "select set_config('lock_timeout', $1, false), set_config('statement_timeout', $2, false)",
	    2, 2 },
	[STATEMENT_LISTEN] = { "listen", "listen detainerd", 0, 0 },
	[STATEMENT_HELLO] = { "daemon_hello",
	    "select schema_version, server_us from detainerd.daemon_hello($1, $2, $3::text[], $4::int[])",
	    4, 2 },
	[STATEMENT_RAISE] = { "raise_due",
	    "select raised, more, " EPOCH_US("server_time") ", " EPOCH_US(
		"next_at") " from detainerd.raise_due(clock_timestamp(), $1::int)",
	    1, 4 },
	[STATEMENT_CLAIM] = { "claim",
	    "select delivery_id, attempt, receiver, lease_until_us, server_us,"
	    " alert_id, kind, severity, reason, allowed, facility, facility_name, booking_number,"
	    " citation, counsel_contact, release_us, due_us, learned_us, raised_us,"
	    " release_local, release_clock, due_local, learned_clock, raised_local, as_of_local,"
	    " as_of_clock, other_authority, warrant_on_file, stands, listed, closes, stay_id,"
	    " occurrence, telling"
	    " from detainerd.claim($1, $2::text[], $3::int, $4::interval)",
	    4, 34 },
	[STATEMENT_SETTLE] = { "settle",
	    "select settled, server_us from detainerd.settle($1, $2::bigint[], $3::int[], $4::text[],"
	    " $5::int[], $6::int[], $7::text[], $8::bigint[])",
	    8, 2 },
	[STATEMENT_HEARTBEAT] = { "heartbeat", "select detainerd.heartbeat($1, $2::jsonb)", 2, 1 },
	[STATEMENT_MEASURE] = { "measure",
	    "select name, label, value, server_us from detainerd.measure(clock_timestamp())", 0,
	    4 },
};

const struct statement_shape *
statement_shape(enum statement statement)
{
	assert(statement < STATEMENTS);
	return &shapes[statement];
}

static void
begin_element(struct text *array)
{
	text_add(array, array->length == 0 ? "{" : ",");
}

void
statement_add_text(struct text *array, const char *element)
{
	begin_element(array);
	if (element == NULL) {
		text_add(array, "NULL");
		return;
	}
	text_add(array, "\"");
	for (; *element != '\0'; element++) {
		if (*element == '"' || *element == '\\')
			text_add(array, "\\");
		text_add_bytes(array, element, 1);
	}
	text_add(array, "\"");
}

void
statement_add_number(struct text *array, int64_t element)
{
	begin_element(array);
	text_addf(array, "%" PRId64, element);
}

void
statement_end_array(struct text *array)
{
	text_add(array, array->length == 0 ? "{}" : "}");
}
