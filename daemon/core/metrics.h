/* SPDX-License-Identifier: MIT */
/*
 * metrics: what monitors are told. It hears each event before the engine does
 * and counts; nothing depends on what it counts. No series names a person, a
 * booking or an alert.
 */
#ifndef DETAINERD_METRICS_H
#define DETAINERD_METRICS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/event.h"
#include "core/measure.h"
#include "core/state.h"
#include "core/text.h"

/* The bounds of detainerd_delivery_latency_seconds, and one for what is over. */
#define METRICS_BUCKETS 12
/* Every series with the longest names: 32 receivers of 63 bytes, 5 outcomes each, and the rest. */
#define METRICS_BYTES (64 * 1024)
#define METRICS_HEALTH_BYTES 2048

struct metrics_receiver {
	char name[64];
	int64_t outcomes[OUTCOMES];
};

struct metrics {
	struct metrics_receiver receivers[CONF_RECEIVERS_MAX];
	int receivers_count;
	int64_t buckets[METRICS_BUCKETS + 1];
	int64_t latency_us;
	int64_t raised, faults[FAULT_CLASSES];
	struct instant raised_at;   /* boot time of the last answer of raise_due */
	struct instant measured_at; /* boot time of the measures */
	struct measures measures;
	bool reload_refused;
};

/* metrics_init(metrics): Nothing has been counted. */
void metrics_init(struct metrics *metrics);

/* metrics_hear(metrics, engine, event, now): Count ${event}, which ${engine} is about to hear at boot time ${now}. */
void metrics_hear(struct metrics *metrics, const struct engine *engine, const struct event *event,
    struct instant now);

struct metrics_source {
	const struct metrics *metrics;
	const struct engine *engine;
	const char *version; /* of this program */
	struct instant now;  /* boot time */
};

/* metrics_write(source, out): Everything, as Prometheus' text format 0.0.4 has it. */
void metrics_write(const struct metrics_source *source, struct text *out);

/*
 * metrics_health(source, out): Is the daemon doing its work? One line a check,
 * "ok: ..." or "FAILED: ...", and true where none failed.
 */
bool metrics_health(const struct metrics_source *source, struct text *out);

#endif
