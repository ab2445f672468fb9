/* SPDX-License-Identifier: MIT */
/*
 * rig.h: the engine as a table. A row says when something happens, what, and
 * which effects must come of it, written as one line of text. Status lines,
 * feedings and alarms are left out of that line; rig_status() and
 * rig_wake_ms() show them.
 */
#ifndef DETAINERD_RIG_H
#define DETAINERD_RIG_H

#include "core/engine.h"
#include "core/text.h"

#include "sample.h"
#include "unit.h"

#define RIG_SCHEMA 5
#define RIG_OFFSET_US INT64_C(1795547000000000) /* server clock - boot clock */

struct rig_row {
	int64_t ms; /* boot time */
	struct event event;
	const char *effects;
};

static struct {
	struct conf conf;
	struct engine engine;
	struct effect effects[EFFECTS_MAX];
	char line[8192];
	char status[EFFECT_TEXT_BYTES];
	struct instant wake_at;
	bool fed;
} rig;

static inline struct instant
rig_boot(int64_t ms)
{
	return (struct instant){ ms * 1000 };
}

static inline struct instant
rig_server(int64_t ms)
{
	return (struct instant){ ms * 1000 + RIG_OFFSET_US };
}

static inline void
rig_add_receiver(const char *name, enum receiver_type type)
{
	conf_receiver_init(&rig.conf.receivers[rig.conf.receivers_count++], name, type);
}

static inline int
rig_fresh(void **state)
{
	(void)state;
	conf_init(&rig.conf);
	(void)text_copy(rig.conf.name, sizeof rig.conf.name, "one");
	rig_add_receiver("duty-desk", RECEIVER_WEBHOOK);
	rig_add_receiver("sergeant", RECEIVER_MAIL);
	engine_init(&rig.engine, &(struct engine_options){ &rig.conf, RIG_SCHEMA, 1 }, rig_boot(0));
	rig.status[0] = '\0';
	return 0;
}

static inline void
rig_write_effect(struct text *line, const struct effect *effect)
{
	static const char *const links[LINKS] = { "instants", "claims" };
	const char *link = links[effect->link];

	if (line->length > 0 && effect->kind != EFFECT_STATUS && effect->kind != EFFECT_WAKE &&
	    effect->kind != EFFECT_FEED)
		text_add(line, "; ");
	switch (effect->kind) {
	case EFFECT_OPEN: text_addf(line, "open %s", link); return;
	case EFFECT_CLOSE: text_addf(line, "close %s", link); return;
	case EFFECT_CALL:
		text_addf(line, "%s %s", link, statement_shape(effect->statement)->name);
		return;
	case EFFECT_SEND: text_addf(line, "send %d", effect->place); return;
	case EFFECT_CANCEL: text_add(line, "cancel"); return;
	case EFFECT_NOTE: text_addf(line, "note %s", note_row(effect->note)->event); return;
	case EFFECT_READY: text_add(line, "ready"); return;
	case EFFECT_STOPPING: text_add(line, "stopping-told"); return;
	case EFFECT_EXIT: text_addf(line, "exit %d", (int)effect->status); return;
	case EFFECT_STATUS: (void)text_copy(rig.status, sizeof rig.status, effect->text); return;
	case EFFECT_WAKE: rig.wake_at = effect->at; return;
	case EFFECT_FEED: rig.fed = true; return;
	case EFFECT_KINDS: break;
	}
	fail();
}

/* rig_step(ms, event): One step; returns its effects as a line. */
static inline const char *
rig_step(int64_t ms, const struct event *event)
{
	struct text line;
	size_t count;

	text_init(&line, rig.line, sizeof rig.line);
	rig.fed = false;
	count = engine_step(&rig.engine, event, rig_boot(ms), rig.effects);
	for (size_t i = 0; i < count; i++)
		rig_write_effect(&line, &rig.effects[i]);
	if (rig.engine.state != ENGINE_ENDED) {
		assert_true(rig.wake_at.us > rig_boot(ms).us);
		assert_true(rig.wake_at.us <= rig_boot(ms).us + rig.conf.sweep.us);
	}
	return rig.line;
}

static inline void
rig_play(const struct rig_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *effects = rig_step(rows[i].ms, &rows[i].event);

		if (strcmp(effects, rows[i].effects) != 0)
			print_error("row %zu at %d ms: event %d\n", i, (int)rows[i].ms,
			    (int)rows[i].event.kind);
		assert_string_equal(effects, rows[i].effects);
	}
}

#define RIG_PLAY(rows) rig_play(rows, COUNT(rows))

/* Events, as rows of a table write them. */
#define UNKNOWN_SERVER .server = { INT64_MIN }
#define TICK \
	{ \
		.kind = EVENT_TICK, UNKNOWN_SERVER \
	}
#define UP(l) \
	{ \
		.kind = EVENT_UP, .link = LINK_##l, UNKNOWN_SERVER \
	}
#define DOWN(l, c) \
	{ \
		.kind = EVENT_DOWN, .link = LINK_##l, \
		.fault = { .class = FAULT_##c, .text = "why" }, UNKNOWN_SERVER \
	}
#define FAILED(l, c) \
	{ \
		.kind = EVENT_FAILED, .link = LINK_##l, \
		.fault = { .class = FAULT_##c, .text = "why" }, UNKNOWN_SERVER \
	}
#define DONE(l) \
	{ \
		.kind = EVENT_DONE, .link = LINK_##l, UNKNOWN_SERVER \
	}
#define HELLO(l, version, server_ms) \
	{ \
		.kind = EVENT_HELLO, .link = LINK_##l, .schema = version, \
		.server = SERVER(server_ms) \
	}
#define RAISED(count, is_more, server_ms, next_at) \
	{ \
		.kind = EVENT_RAISED, .link = LINK_INSTANTS, \
		.raised = { .raised = count, .more = is_more, .next = next_at }, \
		.server = SERVER(server_ms) \
	}
#define CLAIMED(list, length, server_ms) \
	{ \
		.kind = EVENT_CLAIMED, .link = LINK_CLAIMS, \
		.claimed = { .rows = list, .count = length }, .server = SERVER(server_ms) \
	}
#define SETTLED(server_ms) \
	{ \
		.kind = EVENT_SETTLED, .link = LINK_CLAIMS, .server = SERVER(server_ms) \
	}
#define HEARD(server_ms) \
	{ \
		.kind = EVENT_HEARD, .link = LINK_CLAIMS, .server = SERVER(server_ms) \
	}
#define MEASURED(server_ms) \
	{ \
		.kind = EVENT_MEASURED, .link = LINK_CLAIMS, .server = SERVER(server_ms) \
	}
#define NOTIFIED \
	{ \
		.kind = EVENT_NOTIFIED, UNKNOWN_SERVER \
	}
#define STOP \
	{ \
		.kind = EVENT_STOP, UNKNOWN_SERVER \
	}
#define SENT(p, o) \
	{ \
		.kind = EVENT_SENT, .sent = { .place = p, .result = { .outcome = OUTCOME_##o } }, \
		UNKNOWN_SERVER \
	}
#define SERVER(ms) \
	{ \
		(ms) * INT64_C(1000) + RIG_OFFSET_US \
	}
#define NEVER \
	{ \
		INT64_MAX \
	}

/* From nothing to ready, both sessions idle, nothing scheduled; ends at 10 ms. */
static const struct rig_row rig_to_ready[] = {
	{ 0, TICK, "open instants; open claims" },
	{ 1, UP(INSTANTS), "instants settings" },
	{ 2, DONE(INSTANTS), "instants listen" },
	{ 3, DONE(INSTANTS), "instants daemon_hello" },
	{ 4, HELLO(INSTANTS, RIG_SCHEMA, 4), "instants raise_due" },
	{ 6, UP(CLAIMS), "claims settings" },
	{ 7, DONE(CLAIMS), "claims daemon_hello" },
	{ 8, HELLO(CLAIMS, RIG_SCHEMA, 8), "note database_ok" },
	{ 9, RAISED(0, false, 9, NEVER), "note ready; ready; claims heartbeat" },
	{ 9, HEARD(9), "claims claim" },
	{ 10, CLAIMED(NULL, 0, 10), "" },
};

/* rig_delivery(id, receiver, lease_ms): A claimed row. */
static inline struct delivery
rig_delivery(int64_t id, const char *receiver, int64_t lease_ms)
{
	const char *columns[DELIVERY_COLUMNS];
	struct delivery delivery;

	sample_row(columns);
	assert_true(delivery_decode(&delivery, columns));
	delivery.id = id;
	delivery.lease_until = rig_server(lease_ms);
	(void)text_copy(delivery.receiver_name, sizeof delivery.receiver_name, receiver);
	return delivery;
}

#endif
