/* SPDX-License-Identifier: MIT */
/*
 * shell_send.c: a claimed delivery is worded and handed to whatever brings it
 * to its receiver. Called by shell.c within the step that claimed it.
 */
#include "shell_parts.h"

#include <errno.h>
#include <string.h>

#include "core/compose.h"
#include "core/message.h"
#include "io/journal.h"
#include "io/json.h"

#include "core/banned.h"

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

static void
send_by_courier(
    struct shell *shell, int place, const struct receiver *receiver, const char *body, size_t bytes)
{
	const struct courier_request request = {
		.place = place,
		.receiver = receiver,
		.alert_id = shell->engine.flight.places[place].alert.id,
		.body = body,
		.body_bytes = bytes,
	};

	if (bytes == 0 || !courier_send(shell->courier, &request))
		answer_at_once(
		    shell, place, OUTCOME_MISCONFIGURED, "the request could not be built");
}

static void
send_webhook(struct shell *shell, int place, const struct receiver *receiver)
{
	const struct alert *alert = &shell->engine.flight.places[place].alert;
	char body[JSON_EVENT_BYTES];

	send_by_courier(shell, place, receiver, body,
	    json_event(alert, conf_detail(receiver), body, sizeof body));
}

static void
send_mail(struct shell *shell, int place, const struct receiver *receiver)
{
	char message_at[MESSAGE_BYTES];
	struct text message;

	text_init(&message, message_at, sizeof message_at);
	message_write(&shell->engine.flight.places[place].alert, receiver, &message);
	send_by_courier(shell, place, receiver, message_at, message.length);
}

static void
send_journal(struct shell *shell, int place, const struct receiver *receiver)
{
	const struct alert *alert = &shell->engine.flight.places[place].alert;
	char subject_at[COMPOSE_SUBJECT_BYTES], text_at[COMPOSE_TEXT_BYTES];
	struct text subject, text;

	text_init(&subject, subject_at, sizeof subject_at);
	text_init(&text, text_at, sizeof text_at);
	compose_subject(alert, conf_detail(receiver), &subject);
	compose_text(alert, conf_detail(receiver), &text);
	if (journal_alert(alert, subject_at, text_at))
		answer_at_once(shell, place, OUTCOME_ACCEPTED, "");
	else
		answer_at_once(shell, place, OUTCOME_UNREACHABLE, strerror(errno));
}

void
shell_send(struct shell *shell, int place)
{
	const struct delivery *delivery = &shell->engine.flight.places[place];
	const struct receiver *receiver = &shell->engine.conf->receivers[delivery->receiver];

	switch (receiver->type) {
	case RECEIVER_WEBHOOK: send_webhook(shell, place, receiver); return;
	case RECEIVER_MAIL: send_mail(shell, place, receiver); return;
	case RECEIVER_JOURNAL: send_journal(shell, place, receiver); return;
	case RECEIVER_ALERTMANAGER:
	case RECEIVER_COMMAND:
	case RECEIVER_TYPES: break;
	}
	answer_at_once(shell, place, OUTCOME_MISCONFIGURED, "no such type of receiver");
}
