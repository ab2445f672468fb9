/* SPDX-License-Identifier: MIT */
/*
 * shell_link.c: the two sessions with the database: names looked up, libpq
 * connected, statements sent, answers read. Called by shell.c. Every callback
 * makes one event and posts it.
 */
#include "shell_parts.h"

#include <assert.h>

#include "core/reply.h"
#include "io/json.h"

#include "core/banned.h"

static void
post_fault(struct shell_link *link, enum event_kind kind, const struct fault *fault)
{
	shell_post(link->shell,
	    &(struct event){
		.kind = kind, .link = link->link, .fault = *fault, .server = INSTANT_UNKNOWN });
}

static void
on_up(void *owner)
{
	struct shell_link *link = owner;

	shell_post(link->shell,
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

	shell_post(
	    link->shell, &(struct event){ .kind = EVENT_NOTIFIED, .server = INSTANT_UNKNOWN });
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
	shell_post(link->shell, &event);
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

void
shell_link_connect(struct shell_link *link)
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

void
shell_link_call(struct shell_link *link, const struct effect *effect)
{
	struct shell *shell = link->shell;
	struct engine *engine = &shell->engine;
	char state[1024] = "";
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

void
shell_link_close(struct shell_link *link)
{
	resolver_forget(link->resolver);
	pg_close(link->pg);
}

bool
shell_link_open_all(struct shell *shell)
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

void
shell_link_free_all(struct shell *shell)
{
	for (enum event_link l = 0; l < LINKS; l++) {
		resolver_close(shell->links[l].resolver);
		pg_free(shell->links[l].pg);
	}
}
