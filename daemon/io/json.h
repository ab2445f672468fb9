/* SPDX-License-Identifier: MIT */
/* json: what the daemon writes as JSON, on jansson, into memory of the caller. Keys are sorted, so equal content is equal bytes. */
#ifndef DETAINERD_JSON_H
#define DETAINERD_JSON_H

#include <stddef.h>
#include <stdint.h>

#include "core/alert.h"

#define JSON_ALERT_BYTES 16384

/*
 * json_alert(alert, subject, text, out, bytes): The body of a webhook. Returns
 * its length without a final NUL, or 0 where memory or ${bytes} do not suffice.
 */
size_t json_alert(
    const struct alert *alert, const char *subject, const char *text, char *out, size_t bytes);

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
