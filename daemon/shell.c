/* SPDX-License-Identifier: MIT */
/*
 * shell.c: events in, effects out, from start to end. Called by main.
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
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "core/receiver.h"
#include "io/conf.h"
#include "io/journal.h"
#include "io/supervisor.h"
#include "shell_parts.h"

#include "core/banned.h"

#define FILES_MAX 4096

/* Events */

static void perform(struct shell *shell, const struct effect *effect);

static void
drain(struct shell *shell)
{
	shell->stepping = true;
	while (shell->queue_count > 0) {
		struct event event = shell->queue[shell->queue_first];
		const struct instant now = clock_now();
		size_t count;

		shell->queue_first = (shell->queue_first + 1) % SHELL_QUEUE_MAX;
		shell->queue_count--;
		metrics_hear(&shell->metrics, &shell->engine, &event, now);
		count = engine_step(&shell->engine, &event, now, shell->effects);
		for (size_t i = 0; i < count; i++)
			perform(shell, &shell->effects[i]);
	}
	shell->stepping = false;
	clock_wake(shell->clock, shell->wake_at);
}

void
shell_post(struct shell *shell, const struct event *event)
{
	assert(shell->queue_count < SHELL_QUEUE_MAX);
	shell->queue[(shell->queue_first + shell->queue_count++) % SHELL_QUEUE_MAX] = *event;
	if (!shell->stepping)
		drain(shell);
}

static void
post_kind(struct shell *shell, enum event_kind kind)
{
	shell_post(shell, &(struct event){ .kind = kind, .server = INSTANT_UNKNOWN });
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
perform(struct shell *shell, const struct effect *effect)
{
	switch (effect->kind) {
	case EFFECT_OPEN: shell_link_connect(&shell->links[effect->link]); return;
	case EFFECT_CLOSE: shell_link_close(&shell->links[effect->link]); return;
	case EFFECT_CALL: shell_link_call(&shell->links[effect->link], effect); return;
	case EFFECT_SEND: shell_send(shell, effect->place); return;
	case EFFECT_CANCEL:
		courier_cancel(shell->courier);
		command_cancel(shell->command);
		return;
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

/* The new configuration with its secrets, whole, or nothing of it. */
static bool
read_next(struct shell *shell, struct fault *fault)
{
	int next = 1 - shell->conf;
	struct conf *conf = &shell->confs[next];

	return read_conf(conf, shell->path, fault) && shell_secrets_check_others(conf, fault) &&
	       shell_secrets_read(shell->secrets[next], conf, fault);
}

static void
take_next(struct shell *shell)
{
	struct event event = { .kind = EVENT_RELOADED, .server = INSTANT_UNKNOWN };

	shell->conf = 1 - shell->conf;
	event.conf = &shell->confs[shell->conf];
	journal_note(NOTE_RELOADED, conf_path(shell->path), NULL, NULL);
	shell_post(shell, &event);
	shell_monitor_open(shell);
	shell_secrets_wipe(shell->secrets[1 - shell->conf]);
}

static void
on_reload(void *owner)
{
	struct shell *shell = owner;
	bool ready = shell->engine.state == ENGINE_READY;
	struct event refused = { .kind = EVENT_RELOAD_REFUSED, .server = INSTANT_UNKNOWN };

	if (ready)
		supervisor_reloading();
	if (read_next(shell, &refused.fault))
		take_next(shell);
	else
		shell_post(shell, &refused);
	if (ready)
		supervisor_ready();
}

/* A mail takes five descriptors while it is sent; FLIGHT_MAX of them more than the usual 1024. */
static void
raise_file_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= FILES_MAX)
		return;
	limit.rlim_cur = limit.rlim_max < FILES_MAX ? limit.rlim_max : FILES_MAX;
	(void)setrlimit(RLIMIT_NOFILE, &limit);
}

static bool
open_all(struct shell *shell)
{
	(void)signal(SIGPIPE, SIG_IGN);
	raise_file_limit();
	shell->loop = loop_open();
	if (shell->loop == NULL)
		return false;
	shell->clock = clock_open(shell->loop, on_alarm, shell);
	shell->courier = courier_open(shell->loop, shell_sent, shell);
	shell->command = command_open(shell->loop, shell_sent, shell);
	shell->signals[0] = loop_signal_new(shell->loop, SIGTERM, on_stop, shell);
	shell->signals[1] = loop_signal_new(shell->loop, SIGINT, on_stop, shell);
	shell->signals[2] = loop_signal_new(shell->loop, SIGHUP, on_reload, shell);
	return shell->clock != NULL && shell->courier != NULL && shell->command != NULL &&
	       shell->signals[0] != NULL && shell->signals[1] != NULL &&
	       shell->signals[2] != NULL && shell_link_open_all(shell);
}

static void
close_all(struct shell *shell)
{
	shell_monitor_close(shell);
	shell_link_free_all(shell);
	for (int i = 0; i < SHELL_SIGNALS; i++)
		loop_signal_free(shell->signals[i]);
	courier_close(shell->courier);
	command_close(shell->command);
	clock_close(shell->clock);
	loop_close(shell->loop);
	shell_secrets_wipe(shell->secrets[0]);
	shell_secrets_wipe(shell->secrets[1]);
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
	metrics_init(&shell->metrics);
	engine_init(&shell->engine, &options, clock_now());
	shell_monitor_open(shell);
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
	if (!read_conf(&shell->confs[0], path, &fault) ||
	    !shell_secrets_read(shell->secrets[0], &shell->confs[0], &fault)) {
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

/* For whoever puts a new version in place: an older one sent in clear text to this host, unasked. */
static void
warn(const struct conf *conf)
{
	for (int i = 0; i < conf->receivers_count; i++) {
		if (receiver_may_lack_tls(&conf->receivers[i]))
			(void)fprintf(stderr,
			    "detainerd: receiver '%s': the mail server on this host must speak STARTTLS, or nothing is sent. Write starttls = \"off\" or \"required\".\n",
			    conf->receivers[i].name);
	}
}

int
shell_check(const char *path)
{
	struct conf *conf = calloc(1, sizeof *conf);
	struct fault fault;
	int status = STATUS_OK;

	if (conf == NULL)
		return STATUS_SOFTWARE;
	if (!read_conf(conf, path, &fault) || !shell_secrets_check(conf, &fault) ||
	    !shell_secrets_check_others(conf, &fault)) {
		(void)fprintf(stderr, "detainerd: %s\n", fault.text);
		status = STATUS_CONFIG;
	} else {
		warn(conf);
		(void)printf("%s: ok, daemon '%s', %d receiver%s\n", conf_path(path), conf->name,
		    conf->receivers_count, conf->receivers_count == 1 ? "" : "s");
	}
	free(conf);
	return status;
}
