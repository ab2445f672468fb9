/* SPDX-License-Identifier: MIT */
/*
 * shell_parts: what the files of the shell share. Events go to the engine by
 * shell_post alone; nothing else steps it.
 */
#ifndef DETAINERD_SHELL_PARTS_H
#define DETAINERD_SHELL_PARTS_H

#include <stdbool.h>

#include "core/engine.h"
#include "core/metrics.h"
#include "core/request.h"
#include "io/clock.h"
#include "io/command.h"
#include "io/courier.h"
#include "io/http.h"
#include "io/loop.h"
#include "io/pg.h"
#include "io/resolver.h"
#include "io/secret.h"
#include "io/sign.h"

/* One step can end every place at once, and each link once; a step's own events come on top. */
#define SHELL_QUEUE_MAX (2 * FLIGHT_MAX + 16)
#define SHELL_SIGNALS 3

struct shell_link {
	struct shell *shell;
	enum event_link link;
	enum statement statement; /* on its way */
	struct pg *pg;
	struct resolver *resolver;
	struct pg_target target;
};

/* A receiver's secrets. They are nowhere else for longer than it takes to send a message. */
struct shell_secrets {
	struct secret password, bearer_token;
	struct sign_key keys[CONF_SIGNING_KEYS_MAX];
};

struct shell {
	const char *path;
	struct conf confs[2]; /* the one in force, and room for the next */
	struct shell_secrets secrets[2][CONF_RECEIVERS_MAX]; /* of its receivers */
	int conf;
	struct loop *loop;
	struct clock *clock;
	struct courier *courier;
	struct command *command;
	struct loop_signal *signals[SHELL_SIGNALS];
	struct shell_link links[LINKS];
	struct engine engine;
	struct metrics metrics;
	struct http *http; /* null: nobody is answered */
	char listening[LISTEN_BYTES];
	char page[METRICS_BYTES]; /* the answer being written */
	struct event queue[SHELL_QUEUE_MAX];
	int queue_first, queue_count;
	bool stepping;
	struct instant wake_at;
	int status;
	struct effect effects[EFFECTS_MAX];
	struct delivery claimed[FLIGHT_MAX];
	struct request request;
};

/* shell_post(shell, event): Step the engine with ${event}, now or after the step that is under way. */
void shell_post(struct shell *shell, const struct event *event);

/* shell_link_open_all(shell): Make both sessions, closed. False where memory is out. */
bool shell_link_open_all(struct shell *shell) __attribute__((warn_unused_result));

/* shell_link_free_all(shell): Close and free them; what was never made is fine. */
void shell_link_free_all(struct shell *shell);

/* shell_link_connect(link): Begin to connect; an EVENT_UP or EVENT_DOWN follows. */
void shell_link_connect(struct shell_link *link);

/* shell_link_close(link): Close at once; no event follows. */
void shell_link_close(struct shell_link *link);

/* shell_link_call(link, effect): Send the statement of ${effect}; its event, EVENT_FAILED or EVENT_DOWN follows. */
void shell_link_call(struct shell_link *link, const struct effect *effect);

/* shell_send(shell, place): Word the delivery in ${place} and hand it over; an EVENT_SENT follows in any case. */
void shell_send(struct shell *shell, int place);

/*
 * shell_secrets_read(secrets, conf, fault): Read every secret of ${conf}'s
 * receivers. False, all wiped, with ${fault}, where one cannot be had.
 */
bool shell_secrets_read(struct shell_secrets secrets[CONF_RECEIVERS_MAX], const struct conf *conf,
    struct fault *fault) __attribute__((warn_unused_result));

/* shell_secrets_wipe(secrets): Overwrite them all. */
void shell_secrets_wipe(struct shell_secrets secrets[CONF_RECEIVERS_MAX]);

/*
 * shell_secrets_check(conf, fault): Could they be read? systemd credentials
 * are seen by the service alone: they are named on standard output and not
 * looked for.
 */
bool shell_secrets_check(const struct conf *conf, struct fault *fault)
    __attribute__((warn_unused_result));

/*
 * shell_secrets_check_others(conf, fault): Could the receivers' programs be
 * executed and certificates be read? Not asked at start: one that is missing
 * must not silence the others.
 */
bool shell_secrets_check_others(const struct conf *conf, struct fault *fault)
    __attribute__((warn_unused_result));

/* shell_monitor_open(shell): Answer monitors where the configuration in force says, and nowhere else. What cannot be is noted. */
void shell_monitor_open(struct shell *shell);

/* shell_monitor_close(shell): Answer nobody any more; nobody being answered is fine. */
void shell_monitor_close(struct shell *shell);

/* shell_sent(owner, place, result): The callback of courier and command: an attempt is over. */
void shell_sent(void *owner, int place, const struct delivery_result *result);

#endif
