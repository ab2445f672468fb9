/* SPDX-License-Identifier: MIT */
/*
 * json: what the daemon writes as JSON, on jansson, into memory of the caller.
 * Keys are sorted, so equal content is equal bytes. Instants are RFC 3339 in
 * UTC; what is not known is null.
 */
#ifndef DETAINERD_JSON_H
#define DETAINERD_JSON_H

#include <stddef.h>
#include <stdint.h>

#include "core/alert.h"
#include "core/compose.h"
#include "core/conf.h"

/* Room for the longest text and its list once more, each character escaped, and the rest. */
#define JSON_EVENT_BYTES (5 * COMPOSE_TEXT_BYTES)
#define JSON_ALERTS_BYTES JSON_EVENT_BYTES

/*
 * json_event(alert, detail, out, bytes): ${alert} as a CloudEvents 1.0 event
 * in structured JSON, what it says in "data": the body of a webhook, and what
 * a command reads. Returns its length without a final NUL, or 0 where memory
 * or ${bytes} do not suffice.
 */
size_t json_event(const struct alert *alert, enum conf_detail detail, char *out, size_t bytes);

/*
 * json_alerts(alert, now, lasts, out, bytes): The body for Alertmanager's
 * /api/v2/alerts: ${alert}, which ends by itself ${lasts} after ${now}; or, of
 * a closing word, each alert that it closes, ended a minute before ${now}, an
 * empty array where it closes none. No label and no annotation speaks of a person. The
 * same on return.
 */
size_t json_alerts(
    const struct alert *alert, struct instant now, struct span lasts, char *out, size_t bytes);

/* What a daemon says of itself with its heartbeat. */
struct json_state {
	const char *status;
	int in_flight;
	int64_t sweep_us;       /* the longest wait between two looks */
	int64_t clock_error_us; /* how far off its idea of the server's clock may be */
};

/* json_state(state, out, bytes): The same, with a final NUL, empty where it does not fit. */
void json_state(const struct json_state *state, char *out, size_t bytes);

#endif
