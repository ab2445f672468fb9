/* SPDX-License-Identifier: MIT */
/* json.c: jansson. Called by the shell; sends nothing. */
#include "io/json.h"

#include <jansson.h>
#include <stdbool.h>
#include <string.h>

#include "core/scene.h"

#include "core/banned.h"

#define FORM (JSON_COMPACT | JSON_SORT_KEYS)
#define CLOCKS_APART_MS (60 * 1000)

struct member {
	const char *key;
	json_t *value; /* taken */
};

/* All or nothing: without memory there is no event. */
static json_t *
object_of(const struct member *members, size_t count)
{
	json_t *object = json_object();
	bool whole = object != NULL;

	for (size_t i = 0; i < count; i++)
		whole = json_object_set_new(object, members[i].key, members[i].value) == 0 && whole;
	if (whole)
		return object;
	json_decref(object);
	return NULL;
}

#define OBJECT(members) object_of(members, sizeof(members) / sizeof(members)[0])

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

/* What the alert says, as a person reads it. */
struct words_of {
	char subject[COMPOSE_SUBJECT_BYTES];
	char text[COMPOSE_TEXT_BYTES];
	struct scene scene;
};

static void
compose(const struct alert *alert, enum conf_detail detail, struct words_of *to)
{
	struct text subject, text;

	scene_set(&to->scene, alert);
	text_init(&subject, to->subject, sizeof to->subject);
	text_init(&text, to->text, sizeof to->text);
	compose_subject(alert, detail, &subject);
	compose_text(alert, detail, &text);
}

/* The array, or null and nothing left of it if something is missing. */
static json_t *
array_if(json_t *array, bool whole)
{
	if (whole)
		return array;
	json_decref(array);
	return NULL;
}

/* Lines as texts, about as many as the text below them may have. */
static json_t *
lines_of(const char *at)
{
	json_t *lines = json_array();
	const char *end = at + COMPOSE_TEXT_BYTES;
	bool whole = lines != NULL;

	while (*at != '\0' && at < end) {
		size_t length = strcspn(at, "\n");
		char line[512];
		struct text text;

		text_init(&text, line, sizeof line);
		text_add_bytes(&text, at, length);
		text_clean(line);
		whole = json_array_append_new(lines, json_string(line)) == 0 && whole;
		at += length + (at[length] == '\n');
	}
	return array_if(lines, whole);
}

static json_t *
closed_of(const struct alert *alert)
{
	json_t *ids = json_array();
	struct alert_closed closed;
	const char *at = alert->closes, *end = at + COMPOSE_TEXT_BYTES;
	bool whole = ids != NULL;

	while (at < end && (at = alert_next_closed(at, &closed)) != NULL)
		whole = json_array_append_new(ids, json_string(closed.id)) == 0 && whole;
	return array_if(ids, whole);
}

static json_t *
data_full(const struct alert *alert, const struct words_of *words)
{
	const struct member members[] = {
		{ "alert_id", text_or_null(alert->id) },
		{ "kind", text_or_null(alert->kind_name) },
		{ "severity", json_string(alert_severity_name(alert->severity)) },
		{ "reason", text_or_null(alert->reason) },
		{ "allowed", verdict(alert->verdict) },
		{ "occurrence", json_integer(alert->occurrence) },
		{ "telling", json_integer(alert->telling) },
		{ "facility", text_or_null(alert->facility) },
		{ "facility_name", text_or_null(alert->facility_name) },
		{ "booking_number", text_or_null(alert->booking_number) },
		{ "citation", text_or_null(alert->citation) },
		{ "counsel_contact", text_or_null(alert->counsel_contact) },
		{ "other_authority", text_or_null(alert->other_authority) },
		{ "warrant_on_file", json_boolean(alert->warrant_on_file) },
		{ "stands", text_or_null(words->scene.stands) },
		{ "release_at", instant_or_null(alert->release_at) },
		{ "due_at", instant_or_null(alert->due_at) },
		{ "learned_at", instant_or_null(alert->learned_at) },
		{ "raised_at", instant_or_null(alert->raised_at) },
		{ "as_of", instant_or_null(alert->as_of) },
		{ "data_late_ms", json_integer(span_ms(alert_data_late(alert))) },
		{ "late_ms", json_integer(span_ms(alert_late(alert))) },
		{ "release_local", text_or_null(alert->release_local) },
		{ "due_local", text_or_null(alert->due_local) },
		{ "learned_local", text_or_null(alert->learned_clock) },
		{ "raised_local", text_or_null(alert->raised_local) },
		{ "as_of_local", text_or_null(alert->as_of_local) },
		{ "listed", lines_of(alert->listed) },
		{ "closes", closed_of(alert) },
		{ "subject", text_or_null(words->subject) },
		{ "text", text_or_null(words->text) },
	};

	return OBJECT(members);
}

static json_t *
data_minimal(const struct alert *alert, const struct words_of *words)
{
	const struct member members[] = {
		{ "alert_id", text_or_null(alert->id) },
		{ "kind", text_or_null(alert->kind_name) },
		{ "severity", json_string(alert_severity_name(alert->severity)) },
		{ "facility", text_or_null(alert->facility) },
		{ "release_at", instant_or_null(alert->release_at) },
		{ "due_at", instant_or_null(alert->due_at) },
		{ "subject", text_or_null(words->subject) },
		{ "text", text_or_null(words->text) },
	};

	return OBJECT(members);
}

/* CloudEvents */

/* A URI reference: what may not stand in a path is written as %XX. */
static json_t *
source_of(const struct alert *alert)
{
	char at[3 * sizeof alert->facility + 16];
	struct text source;

	text_init(&source, at, sizeof at);
	text_add(&source, alert->facility[0] != '\0' ? "/detainerd/" : "/detainerd");
	for (const char *c = alert->facility; *c != '\0'; c++) {
		bool plain = (*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'Z') ||
			     (*c >= 'a' && *c <= 'z') || strchr("-._~", *c) != NULL;

		if (plain)
			text_add_bytes(&source, c, 1);
		else
			text_addf(&source, "%%%02X", (unsigned)(unsigned char)*c);
	}
	return json_string(at);
}

static json_t *
id_of(const struct alert *alert)
{
	char at[sizeof alert->id + 32];
	struct text id;

	text_init(&id, at, sizeof at);
	alert_message_id(alert, &id);
	return json_string(at);
}

/* A kind within a name of ours; what a kind does not hold becomes _. */
static json_t *
name_of(const char *before, const char *kind, const char *after)
{
	char at[128];
	struct text name;

	text_init(&name, at, sizeof at);
	text_add(&name, before);
	for (const char *c = kind[0] != '\0' ? kind : "other"; *c != '\0'; c++)
		text_add_bytes(
		    &name, (*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9') ? c : "_", 1);
	text_add(&name, after);
	return json_string(at);
}

static size_t
dump(json_t *value, char *out, size_t bytes)
{
	size_t length = value == NULL ? 0 : json_dumpb(value, out, bytes, FORM);

	json_decref(value);
	return length <= bytes ? length : 0;
}

/* An attribute is there or not, never null. */
static json_t *
with_time(json_t *event, struct instant at)
{
	char time[INSTANT_TEXT_BYTES];

	if (event == NULL || !instant_known(at) ||
	    json_object_set_new(event, "time", json_string(instant_rfc3339(at, time))) == 0)
		return event;
	json_decref(event);
	return NULL;
}

size_t
json_event(const struct alert *alert, enum conf_detail detail, char *out, size_t bytes)
{
	struct words_of words;

	compose(alert, detail, &words);

	const struct member members[] = {
		{ "specversion", json_string("1.0") },
		{ "id", id_of(alert) },
		{ "source", source_of(alert) },
		{ "type", name_of("us.detainerd.", alert->kind_name, ".v1") },
		{ "subject", json_string(alert->id) },
		{ "datacontenttype", json_string("application/json") },
		{ "data", detail == DETAIL_FULL ? data_full(alert, &words)
						: data_minimal(alert, &words) },
	};

	return dump(with_time(OBJECT(members),
			instant_known(alert->raised_at) ? alert->raised_at : alert->as_of),
	    out, bytes);
}

/* Alertmanager */

static json_t *
labels_of(const struct alert *alert, const char *id, const char *kind, const char *severity)
{
	char series_at[sizeof alert->id];
	struct text series;

	text_init(&series, series_at, sizeof series_at);
	alert_series(id, &series);

	const struct member members[] = {
		{ "alertname", name_of("detainerd_", kind, "") },
		{ "alert", json_string(series_at) },
		{ "facility", json_string(alert->facility) },
		{ "severity", json_string(severity) },
		{ "kind", json_string(kind) },
	};

	return OBJECT(members);
}

static json_t *
annotations_of(const struct alert *alert)
{
	struct words_of words;

	compose(alert, DETAIL_MINIMAL, &words);

	const struct member members[] = {
		{ "summary", json_string(words.subject) },
		{ "description", json_string(words.text) },
	};

	return OBJECT(members);
}

static json_t *
open_alert(const struct alert *alert, struct instant now, struct span lasts)
{
	struct instant starts = instant_known(alert->due_at) ? alert->due_at : now;
	const struct member members[] = {
		{ "labels", labels_of(alert, alert->id, alert->kind_name,
				alert_severity_name(alert->severity)) },
		{ "annotations", annotations_of(alert) },
		{ "startsAt", instant_or_null(starts) },
		{ "endsAt", instant_or_null(instant_add(now, lasts)) },
	};

	return OBJECT(members);
}

/*
 * An end that is still to come by Alertmanager's own clock would not end what
 * it holds: it would keep the later end, minutes away, and our word comes
 * once. So the end lies as far back as two hosts' clocks may be apart.
 */
static json_t *
ended_alert(const struct alert *alert, const struct alert_closed *closed, struct instant now)
{
	const struct member members[] = {
		{ "labels", labels_of(alert, closed->id, closed->kind, closed->severity) },
		{ "endsAt", instant_or_null(instant_add(now, span_of_ms(-CLOCKS_APART_MS))) },
	};

	return OBJECT(members);
}

/* Many reminders are one alert there; their ids lie side by side. What there is no room for ends by itself. */
static json_t *
ended_alerts(const struct alert *alert, struct instant now)
{
	json_t *alerts = json_array();
	bool whole = alerts != NULL;
	char series_at[2][sizeof alert->id] = { "" };
	const char *at = alert->closes, *end = at + COMPOSE_TEXT_BYTES;
	struct alert_closed closed;

	for (int i = 1; at < end && (at = alert_next_closed(at, &closed)) != NULL; i = 1 - i) {
		struct text series;

		text_init(&series, series_at[i], sizeof series_at[i]);
		alert_series(closed.id, &series);
		if (strcmp(series_at[0], series_at[1]) != 0)
			whole =
			    json_array_append_new(alerts, ended_alert(alert, &closed, now)) == 0 &&
			    whole;
	}
	return array_if(alerts, whole);
}

size_t
json_alerts(
    const struct alert *alert, struct instant now, struct span lasts, char *out, size_t bytes)
{
	json_t *alerts;

	if (alert->kind == ALERT_RESOLVED || alert->kind == ALERT_SUPERSEDED)
		return dump(ended_alerts(alert, now), out, bytes);
	alerts = json_array();
	return dump(
	    array_if(alerts, json_array_append_new(alerts, open_alert(alert, now, lasts)) == 0),
	    out, bytes);
}

void
json_state(const struct json_state *state, char *out, size_t bytes)
{
	json_t *body = json_pack("{s:s, s:i, s:I, s:I}", "status", state->status, "in_flight",
	    state->in_flight, "sweep_us", (json_int_t)state->sweep_us, "clock_error_us",
	    (json_int_t)state->clock_error_us);
	size_t length = body == NULL ? 0 : json_dumpb(body, out, bytes - 1, FORM);

	out[length < bytes ? length : 0] = '\0';
	json_decref(body);
}
