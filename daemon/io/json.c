/* SPDX-License-Identifier: MIT */
/* json.c: jansson. Instants are RFC 3339 in UTC; what is not known is null. */
#include "io/json.h"

#include <jansson.h>
#include <stdbool.h>

#include "core/banned.h"

static json_t *
text_or_null(const char *at)
{
	json_t *value = at[0] != '\0' ? json_string(at) : json_null();

	return value != NULL ? value
			     : json_null(); /* not UTF-8: say nothing rather than send nothing */
}

static json_t *
instant_or_null(struct instant at)
{
	char out[INSTANT_TEXT_BYTES];

	return text_or_null(instant_rfc3339(at, out));
}

static json_t *
verdict(enum alert_verdict allowed)
{
	switch (allowed) {
	case VERDICT_ALLOWED: return json_true();
	case VERDICT_FORBIDDEN: return json_false();
	case VERDICT_UNKNOWN: break;
	}
	return json_null();
}

static bool
set_all(json_t *body, const struct alert *alert, const char *subject, const char *text)
{
	const struct {
		const char *key;
		json_t *value;
	} members[] = {
		{ "id", text_or_null(alert->id) },
		{ "kind", text_or_null(alert->kind_name) },
		{ "severity", text_or_null(alert_severity_name(alert->severity)) },
		{ "reason", text_or_null(alert->reason) },
		{ "allowed", verdict(alert->verdict) },
		{ "occurrence", json_integer(alert->occurrence) },
		{ "facility", text_or_null(alert->facility) },
		{ "facility_name", text_or_null(alert->facility_name) },
		{ "booking_number", text_or_null(alert->booking_number) },
		{ "citation", text_or_null(alert->citation) },
		{ "counsel_contact", text_or_null(alert->counsel_contact) },
		{ "other_authority", text_or_null(alert->other_authority) },
		{ "release_at", instant_or_null(alert->release_at) },
		{ "due_at", instant_or_null(alert->due_at) },
		{ "raised_at", instant_or_null(alert->raised_at) },
		{ "late_ms", json_integer(span_ms(alert_late(alert))) },
		{ "release_local", text_or_null(alert->release_local) },
		{ "due_local", text_or_null(alert->due_local) },
		{ "raised_local", text_or_null(alert->raised_local) },
		{ "as_of_local", text_or_null(alert->as_of_local) },
		{ "subject", text_or_null(subject) },
		{ "text", text_or_null(text) },
	};
	bool whole = true;

	for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
		whole = json_object_set_new(body, members[i].key, members[i].value) == 0 && whole;
	return whole;
}

size_t
json_alert(
    const struct alert *alert, const char *subject, const char *text, char *out, size_t bytes)
{
	json_t *body = json_object();
	size_t length = 0;

	if (body != NULL && set_all(body, alert, subject, text))
		length = json_dumpb(body, out, bytes, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(body);
	return length <= bytes ? length : 0;
}

void
json_state(const struct json_state *state, char *out, size_t bytes)
{
	json_t *body = json_pack("{s:s, s:i, s:I, s:I}", "status", state->status, "in_flight",
	    state->in_flight, "sweep_us", (json_int_t)state->sweep_us, "clock_error_us",
	    (json_int_t)state->clock_error_us);
	size_t length =
	    body == NULL ? 0 : json_dumpb(body, out, bytes - 1, JSON_COMPACT | JSON_SORT_KEYS);

	out[length < bytes ? length : 0] = '\0';
	json_decref(body);
}
