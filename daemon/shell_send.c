/* SPDX-License-Identifier: MIT */
/*
 * shell_send.c: a claimed delivery is worded and handed to whatever brings it
 * to its receiver. Called by shell.c within the step that claimed it.
 */
#include "shell_parts.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#include "core/compose.h"
#include "core/message.h"
#include "io/journal.h"
#include "io/json.h"

#include "core/banned.h"

/* Alertmanager takes an alert for ended when it has not heard of it for so long; it hears every 45 s. */
#define OPEN_FOR_MS (5 * 60 * 1000)

void
shell_sent(void *owner, int place, const struct delivery_result *result)
{
	struct event event = { .kind = EVENT_SENT, .server = INSTANT_UNKNOWN };

	event.sent.place = place;
	event.sent.result = *result;
	shell_post(owner, &event);
}

static void
answer_at_once(struct shell *shell, int place, enum delivery_outcome outcome, const char *why)
{
	struct delivery_result result = { .outcome = outcome };

	(void)text_copy(result.answer, sizeof result.answer, why);
	shell_sent(shell, place, &result);
}

/* What one delivery is made of. */
struct parcel {
	struct shell *shell;
	int place;
	const struct alert *alert;
	const struct receiver *receiver;
	const struct shell_secrets *secrets;
	struct instant now; /* the database's clock */
	char message_id[sizeof((struct alert *)0)->id + 16];
};

static void
could_not_be_built(const struct parcel *parcel)
{
	answer_at_once(
	    parcel->shell, parcel->place, OUTCOME_MISCONFIGURED, "the message could not be built");
}

/* One signature for each key, so that receivers can change from one to the other. */
static bool
sign(const struct parcel *parcel, const struct courier_request *request, struct text *out)
{
	const struct sign_message message = { request->message_id, request->timestamp,
		request->body, request->body_bytes };

	for (int i = 0; i < parcel->receiver->signing_key_count; i++) {
		if (i > 0)
			text_add(out, " ");
		if (!sign_write(&parcel->secrets->keys[i], &message, out))
			return false;
	}
	return !out->truncated;
}

static void
send_by_courier(const struct parcel *parcel, struct courier_request *request)
{
	char signatures_at[CONF_SIGNING_KEYS_MAX * SIGN_SIGNATURE_BYTES];
	struct text signatures;

	text_init(&signatures, signatures_at, sizeof signatures_at);
	request->place = parcel->place;
	request->receiver = parcel->receiver;
	request->message_id = parcel->message_id;
	request->timestamp = parcel->now.us / 1000000;
	request->signatures = signatures_at;
	request->bearer_token = parcel->secrets->bearer_token.text;
	request->password = parcel->secrets->password.text;
	if (request->body_bytes == 0 || !sign(parcel, request, &signatures) ||
	    !courier_send(parcel->shell->courier, request))
		could_not_be_built(parcel);
}

static void
send_webhook(const struct parcel *parcel)
{
	char body[JSON_EVENT_BYTES];
	struct courier_request request = {
		.url_path = "",
		.content_type = "application/cloudevents+json; charset=utf-8",
		.body = body,
		.body_bytes =
		    json_event(parcel->alert, conf_detail(parcel->receiver), body, sizeof body),
	};

	send_by_courier(parcel, &request);
}

static void
send_alertmanager(const struct parcel *parcel)
{
	char body[JSON_ALERTS_BYTES];
	struct courier_request request = {
		.url_path = "/api/v2/alerts",
		.content_type = "application/json",
		.body = body,
		.body_bytes = json_alerts(
		    parcel->alert, parcel->now, span_of_ms(OPEN_FOR_MS), body, sizeof body),
	};

	send_by_courier(parcel, &request);
}

static void
send_mail(const struct parcel *parcel)
{
	char message_at[MESSAGE_BYTES];
	struct courier_request request = { .url_path = "", .content_type = "", .body = message_at };
	struct text message;

	text_init(&message, message_at, sizeof message_at);
	message_write(parcel->alert, parcel->receiver, &message);
	request.body_bytes = message.length;
	send_by_courier(parcel, &request);
}

static void
send_command(const struct parcel *parcel)
{
	char body[JSON_EVENT_BYTES];
	const struct command_request request = {
		.place = parcel->place,
		.receiver = parcel->receiver,
		.message_id = parcel->message_id,
		.body = body,
		.body_bytes =
		    json_event(parcel->alert, conf_detail(parcel->receiver), body, sizeof body),
	};

	if (request.body_bytes == 0)
		could_not_be_built(parcel);
	else if (!command_start(parcel->shell->command, &request))
		answer_at_once(parcel->shell, parcel->place, OUTCOME_UNREACHABLE,
		    "no process could be started");
}

static void
send_journal(const struct parcel *parcel)
{
	const enum conf_detail detail = conf_detail(parcel->receiver);
	char subject_at[COMPOSE_SUBJECT_BYTES], text_at[COMPOSE_TEXT_BYTES];
	struct text subject, text;

	text_init(&subject, subject_at, sizeof subject_at);
	text_init(&text, text_at, sizeof text_at);
	compose_subject(parcel->alert, detail, &subject);
	compose_text(parcel->alert, detail, &text);
	if (journal_alert(parcel->alert, subject_at, text_at))
		answer_at_once(parcel->shell, parcel->place, OUTCOME_ACCEPTED, "");
	else
		answer_at_once(parcel->shell, parcel->place, OUTCOME_UNREACHABLE, strerror(errno));
}

static void
send_by_type(const struct parcel *parcel)
{
	switch (parcel->receiver->type) {
	case RECEIVER_WEBHOOK: send_webhook(parcel); return;
	case RECEIVER_MAIL: send_mail(parcel); return;
	case RECEIVER_ALERTMANAGER: send_alertmanager(parcel); return;
	case RECEIVER_COMMAND: send_command(parcel); return;
	case RECEIVER_JOURNAL: send_journal(parcel); return;
	case RECEIVER_TYPES: break;
	}
	answer_at_once(
	    parcel->shell, parcel->place, OUTCOME_MISCONFIGURED, "no such type of receiver");
}

void
shell_send(struct shell *shell, int place)
{
	const struct engine *engine = &shell->engine;
	const struct delivery *delivery = &engine->flight.places[place];
	struct parcel parcel = {
		.shell = shell,
		.place = place,
		.alert = &delivery->alert,
		.receiver = &engine->conf->receivers[delivery->receiver],
		.secrets = &shell->secrets[shell->conf][delivery->receiver],
		.now = discipline_server(&engine->clock, clock_now()),
	};
	struct text id;

	assert(instant_known(parcel.now)); /* the reply that brought the delivery told it */
	text_init(&id, parcel.message_id, sizeof parcel.message_id);
	alert_message_id(parcel.alert, &id);
	send_by_type(&parcel);
	flight_handed_over(&shell->engine.flight, place);
}
