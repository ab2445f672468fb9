/* SPDX-License-Identifier: MIT */
/*
 * shell.c: events in, effects out. Called by main.
 *
 * Every callback makes one event and posts it. Events that arise while
 * effects are being carried out (a connection that cannot even be begun, the
 * journal that answers at once) wait in a queue, so that the engine is never
 * entered twice.
 */
#include "shell.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/compose.h"
#include "core/engine.h"
#include "core/message.h"
#include "core/reply.h"
#include "core/request.h"
#include "io/clock.h"
#include "io/conf.h"
#include "io/courier.h"
#include "io/journal.h"
#include "io/json.h"
#include "io/loop.h"
#include "io/pg.h"
#include "io/resolver.h"
#include "io/supervisor.h"

#include "core/banned.h"

/* One step can end every place at once, and each link once; a step's own events come on top. */
#define QUEUE_MAX (2 * FLIGHT_MAX + 16)

struct shell;

struct shell_link {
	struct shell *shell;
	enum event_link link;
	enum statement statement; /* on its way */
	struct pg *pg;
	struct resolver *resolver;
	struct pg_target target;
};

struct shell {
	const char *path;
	struct conf confs[2]; /* the one in force, and room for the next */
	int conf;
	struct loop *loop;
	struct clock *clock;
	struct courier *courier;
	struct loop_signal *signals[3];
	struct shell_link links[LINKS];
	struct engine engine;
	struct event queue[QUEUE_MAX];
	int queue_first, queue_count;
	bool stepping;
	struct instant wake_at;
	int status;
	struct effect effects[EFFECTS_MAX];
	struct delivery claimed[FLIGHT_MAX];
	struct request request;
};

/* Events */

static void perform(struct shell *shell, const struct effect *effect);

static void
drain(struct shell *shell)
{
	shell->stepping = true;
	while (shell->queue_count > 0) {
		struct event event = shell->queue[shell->queue_first];
		size_t count;

		shell->queue_first = (shell->queue_first + 1) % QUEUE_MAX;
		shell->queue_count--;
		count = engine_step(&shell->engine, &event, clock_now(), shell->effects);
		for (size_t i = 0; i < count; i++)
			perform(shell, &shell->effects[i]);
	}
	shell->stepping = false;
	clock_wake(shell->clock, shell->wake_at);
}

static void
post(struct shell *shell, const struct event *event)
{
	assert(shell->queue_count < QUEUE_MAX);
	shell->queue[(shell->queue_first + shell->queue_count++) % QUEUE_MAX] = *event;
	if (!shell->stepping)
		drain(shell);
}

static void
post_kind(struct shell *shell, enum event_kind kind)
{
	post(shell, &(struct event){ .kind = kind, .server = INSTANT_UNKNOWN });
}

static void
post_fault(struct shell_link *link, enum event_kind kind, const struct fault *fault)
{
	post(link->shell,
	    &(struct event){
		.kind = kind, .link = link->link, .fault = *fault, .server = INSTANT_UNKNOWN });
}

static void
on_alarm(void *owner)
{
	post_kind(owner, EVENT_TICK);
}

static void
on_stop(void *owner)
{
	post_kind(owner, EVENT_STOP);
}

static void
on_up(void *owner)
{
	struct shell_link *link = owner;

	post(link->shell,
	    &(struct event){ .kind = EVENT_UP, .link = link->link, .server = INSTANT_UNKNOWN });
}

static void
on_down(void *owner, const struct fault *fault)
{
	post_fault(owner, EVENT_DOWN, fault);
}

static void
on_failed(void *owner, const struct fault *fault)
{
	post_fault(owner, EVENT_FAILED, fault);
}

static void
on_notified(void *owner)
{
	struct shell_link *link = owner;

	post_kind(link->shell, EVENT_NOTIFIED);
}

static const char *
row_value(const void *rows, int row, int column)
{
	return pg_rows_value(rows, row, column);
}

static void
on_rows(void *owner, const struct pg_rows *rows)
{
	struct shell_link *link = owner;
	const struct reply_rows reply = { rows, pg_rows_count(rows), pg_rows_columns(rows),
		row_value };
	struct event event;

	reply_read(link->statement, &reply, link->shell->claimed, &event);
	event.link = link->link;
	post(link->shell, &event);
}

static void
on_sent(void *owner, int place, const struct delivery_result *result)
{
	struct event event = { .kind = EVENT_SENT, .server = INSTANT_UNKNOWN };

	event.sent.place = place;
	event.sent.result = *result;
	post(owner, &event);
}

/* Connecting: names are looked up first, then libpq is given addresses only. */

static void
connect_target(struct shell_link *link, const struct pg_target *target)
{
	struct fault fault;

	if (!pg_open(link->pg, link->shell->engine.conf->conninfo, target, &fault))
		post_fault(link, EVENT_DOWN, &fault);
}

/* One host a found address; hosts that need no look-up stay where they are. */
static void
place_addresses(
    const struct pg_target *from, const struct resolver_answer *answer, struct pg_target *to)
{
	int name = 0;

	to->count = 0;
	for (int i = 0; i < from->count; i++) {
		bool is_name = pg_host_is_name(&from->hosts[i]);

		for (int k = 0; is_name && k < answer->count && to->count < PG_HOSTS_MAX; k++) {
			if (answer->found[k].name != name)
				continue;
			to->hosts[to->count] = from->hosts[i];
			(void)text_copy(to->hosts[to->count++].address, sizeof to->hosts[0].address,
			    answer->found[k].address);
		}
		if (!is_name && to->count < PG_HOSTS_MAX)
			to->hosts[to->count++] = from->hosts[i];
		name += is_name;
	}
}

static void
on_resolved(void *owner, const struct resolver_answer *answer)
{
	struct shell_link *link = owner;
	struct pg_target target;
	struct fault fault;

	place_addresses(&link->target, answer, &target);
	if (target.count > 0) {
		connect_target(link, &target);
		return;
	}
	fault_set(&fault, FAULT_AWAY, "cannot look up %s", answer->trouble);
	post_fault(link, EVENT_DOWN, &fault);
}

static void
open_link(struct shell_link *link)
{
	struct resolver_question question = { .count = 0 };
	struct fault fault;

	if (!pg_target_parse(&link->target, link->shell->engine.conf->conninfo, &fault)) {
		post_fault(link, EVENT_DOWN, &fault);
		return;
	}
	for (int i = 0; i < link->target.count; i++) {
		if (pg_host_is_name(&link->target.hosts[i]))
			(void)text_copy(question.names[question.count++], sizeof question.names[0],
			    link->target.hosts[i].name);
	}
	if (question.count == 0)
		connect_target(link, &link->target);
	else if (!resolver_ask(link->resolver, &question, &fault))
		post_fault(link, EVENT_DOWN, &fault);
}

static void
call(struct shell_link *link, const struct effect *effect)
{
	struct shell *shell = link->shell;
	struct engine *engine = &shell->engine;
	char state[512] = "";
	struct request_words words = { .version = VERSION, .state = state };
	struct fault fault;

	if (effect->statement == STATEMENT_HEARTBEAT)
		json_state(&(struct json_state){ .status = engine->status,
			       .in_flight = flight_count(&engine->flight, DELIVERY_SENDING),
			       .sweep_us = engine->conf->sweep.us,
			       .clock_error_us = discipline_error(&engine->clock).us },
		    state, sizeof state);
	link->statement = effect->statement;
	request_build(&shell->request, engine, effect, &words);
	if (!pg_call(link->pg, statement_shape(effect->statement)->sql, shell->request.count,
		shell->request.parameters, &fault))
		post_fault(link, EVENT_DOWN, &fault);
}

/* Deliveries */

static void
answer_at_once(struct shell *shell, int place, enum delivery_outcome outcome, const char *why)
{
	struct delivery_result result = { .outcome = outcome };

	(void)text_copy(result.answer, sizeof result.answer, why);
	on_sent(shell, place, &result);
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
	char subject_at[COMPOSE_SUBJECT_BYTES], text_at[COMPOSE_TEXT_BYTES], body[JSON_ALERT_BYTES];
	struct text subject, text;

	text_init(&subject, subject_at, sizeof subject_at);
	text_init(&text, text_at, sizeof text_at);
	compose_subject(alert, &subject);
	compose_text(alert, &text);
	send_by_courier(shell, place, receiver, body,
	    json_alert(alert, subject_at, text_at, body, sizeof body));
}

static void
send_mail(struct shell *shell, int place, const struct receiver *receiver)
{
	char message_at[4 * COMPOSE_TEXT_BYTES];
	struct text message;

	text_init(&message, message_at, sizeof message_at);
	message_write(&shell->engine.flight.places[place].alert, receiver, &message);
	send_by_courier(shell, place, receiver, message_at, message.length);
}

static void
send_journal(struct shell *shell, int place)
{
	const struct alert *alert = &shell->engine.flight.places[place].alert;
	char subject_at[COMPOSE_SUBJECT_BYTES], text_at[COMPOSE_TEXT_BYTES];
	struct text subject, text;

	text_init(&subject, subject_at, sizeof subject_at);
	text_init(&text, text_at, sizeof text_at);
	compose_subject(alert, &subject);
	compose_text(alert, &text);
	if (journal_alert(alert, subject_at, text_at))
		answer_at_once(shell, place, OUTCOME_ACCEPTED, "");
	else
		answer_at_once(shell, place, OUTCOME_UNREACHABLE, strerror(errno));
}

static void
begin_delivery(struct shell *shell, int place)
{
	const struct delivery *delivery = &shell->engine.flight.places[place];
	const struct receiver *receiver = &shell->engine.conf->receivers[delivery->receiver];

	switch (receiver->type) {
	case RECEIVER_WEBHOOK: send_webhook(shell, place, receiver); return;
	case RECEIVER_MAIL: send_mail(shell, place, receiver); return;
	case RECEIVER_JOURNAL: send_journal(shell, place); return;
	case RECEIVER_ALERTMANAGER:
	case RECEIVER_COMMAND:
	case RECEIVER_TYPES: break;
	}
	answer_at_once(shell, place, OUTCOME_MISCONFIGURED, "no such type of receiver");
}

/* Effects */

static void
note(const struct shell *shell, const struct effect *effect)
{
	const struct delivery *delivery =
	    effect->place < 0 ? NULL : &shell->engine.flight.places[effect->place];

	journal_note(effect->note, effect->text, delivery == NULL ? NULL : delivery->alert.id,
	    delivery == NULL ? NULL : delivery->receiver_name);
}

static void
close_link(struct shell_link *link)
{
	resolver_forget(link->resolver);
	pg_close(link->pg);
}

static void
perform(struct shell *shell, const struct effect *effect)
{
	switch (effect->kind) {
	case EFFECT_OPEN: open_link(&shell->links[effect->link]); return;
	case EFFECT_CLOSE: close_link(&shell->links[effect->link]); return;
	case EFFECT_CALL: call(&shell->links[effect->link], effect); return;
	case EFFECT_SEND: begin_delivery(shell, effect->place); return;
	case EFFECT_CANCEL: courier_cancel(shell->courier); return;
	case EFFECT_NOTE: note(shell, effect); return;
	case EFFECT_READY: supervisor_ready(); return;
	case EFFECT_STATUS: supervisor_status(effect->text); return;
	case EFFECT_FEED: supervisor_feed(); return;
	case EFFECT_STOPPING: supervisor_stopping(); return;
	case EFFECT_WAKE: shell->wake_at = effect->at; return;
	case EFFECT_EXIT:
		shell->status = (int)effect->status;
		loop_end(shell->loop);
		return;
	case EFFECT_KINDS: break;
	}
	assert(false && "no such effect");
}

/* Life */

static bool
read_conf(struct conf *conf, const char *path, struct fault *fault)
{
	struct pg_target target;
	struct fault bare;

	if (!conf_read(conf, conf_path(path), fault))
		return false;
	if (pg_target_parse(&target, conf->conninfo, &bare))
		return true;
	fault_set(fault, FAULT_CONFIG, "%s: %s", conf_path(path), bare.text);
	return false;
}

static void
on_reload(void *owner)
{
	struct shell *shell = owner;
	bool ready = shell->engine.state == ENGINE_READY;
	struct conf *next = &shell->confs[1 - shell->conf];
	struct fault fault;

	if (ready)
		supervisor_reloading();
	if (read_conf(next, shell->path, &fault)) {
		shell->conf = 1 - shell->conf;
		journal_note(NOTE_RELOADED, conf_path(shell->path), NULL, NULL);
		post(shell, &(struct event){
				.kind = EVENT_RELOADED, .conf = next, .server = INSTANT_UNKNOWN });
	} else {
		journal_note(NOTE_RELOAD_REFUSED, fault.text, NULL, NULL);
	}
	if (ready)
		supervisor_ready();
}

static bool
open_links(struct shell *shell)
{
	for (enum event_link l = 0; l < LINKS; l++) {
		struct shell_link *link = &shell->links[l];
		const struct pg_handlers handlers = { on_up, on_down, on_rows, on_failed,
			on_notified, link };

		link->shell = shell;
		link->link = l;
		link->pg = pg_new(shell->loop, &handlers);
		link->resolver = resolver_open(shell->loop, on_resolved, link);
		if (link->pg == NULL || link->resolver == NULL)
			return false;
	}
	return true;
}

static bool
open_all(struct shell *shell)
{
	(void)signal(SIGPIPE, SIG_IGN);
	shell->loop = loop_open();
	if (shell->loop == NULL)
		return false;
	shell->clock = clock_open(shell->loop, on_alarm, shell);
	shell->courier = courier_open(shell->loop, on_sent, shell);
	shell->signals[0] = loop_signal_new(shell->loop, SIGTERM, on_stop, shell);
	shell->signals[1] = loop_signal_new(shell->loop, SIGINT, on_stop, shell);
	shell->signals[2] = loop_signal_new(shell->loop, SIGHUP, on_reload, shell);
	return shell->clock != NULL && shell->courier != NULL && shell->signals[0] != NULL &&
	       shell->signals[1] != NULL && shell->signals[2] != NULL && open_links(shell);
}

static void
close_all(struct shell *shell)
{
	for (enum event_link l = 0; l < LINKS; l++) {
		resolver_close(shell->links[l].resolver);
		pg_free(shell->links[l].pg);
	}
	for (int i = 0; i < 3; i++)
		loop_signal_free(shell->signals[i]);
	courier_close(shell->courier);
	clock_close(shell->clock);
	loop_close(shell->loop);
	free(shell);
}

static void
start(struct shell *shell)
{
	const struct engine_options options = {
		.conf = &shell->confs[0],
		.schema = SCHEMA_VERSION,
		.seed = clock_seed(),
	};

	journal_note(NOTE_STARTING, VERSION, NULL, NULL);
	engine_init(&shell->engine, &options, clock_now());
	post_kind(shell, EVENT_TICK);
}

int
shell_run(const char *path)
{
	struct shell *shell = calloc(1, sizeof *shell);
	struct fault fault;
	int status = STATUS_SOFTWARE;

	journal_open();
	if (shell == NULL)
		return status;
	shell->path = path;
	if (!read_conf(&shell->confs[0], path, &fault)) {
		journal_note(NOTE_CANNOT_START, fault.text, NULL, NULL);
		status = STATUS_CONFIG;
	} else if (!open_all(shell)) {
		journal_note(NOTE_CANNOT_START, strerror(errno), NULL, NULL);
	} else {
		start(shell);
		loop_run(shell->loop);
		status = shell->status;
	}
	close_all(shell);
	return status;
}

int
shell_check(const char *path)
{
	struct conf *conf = calloc(1, sizeof *conf);
	struct fault fault;
	int status = STATUS_OK;

	if (conf == NULL)
		return STATUS_SOFTWARE;
	if (!read_conf(conf, path, &fault)) {
		(void)fprintf(stderr, "detainerd: %s\n", fault.text);
		status = STATUS_CONFIG;
	} else {
		(void)printf("%s: ok, daemon '%s', %d receiver%s\n", conf_path(path), conf->name,
		    conf->receivers_count, conf->receivers_count == 1 ? "" : "s");
	}
	free(conf);
	return status;
}
