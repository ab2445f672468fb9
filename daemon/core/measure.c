/* SPDX-License-Identifier: MIT */
/* measure.c: the series. Called by core/reply and core/metrics. */
#include "core/measure.h"

#include <string.h>

#include "core/text.h"

#include "core/banned.h"

static const struct measure_family active = { "holds_active",
	"People in custody against whom there is a detainer.", NULL, MEASURE_NUMBER };
static const struct measure_family overdue = { "holds_overdue",
	"People still in custody past the instant at which lawful custody ended.", NULL,
	MEASURE_NUMBER };
static const struct measure_family unacknowledged = { "alerts_unacknowledged",
	"Of the overdue holds, those for which nobody's acknowledgement stands.", NULL,
	MEASURE_NUMBER };
static const struct measure_family start_unknown = { "holds_start_unknown",
	"People with a detainer of whom nobody has said when they would go free.", NULL,
	MEASURE_NUMBER };
static const struct measure_family next = { "next_deadline_timestamp_seconds",
	"The next instant at which somebody's lawful custody ends; absent where there is none.",
	NULL, MEASURE_SECONDS };
static const struct measure_family oldest = { "oldest_overdue_timestamp_seconds",
	"The earliest end of lawful custody among overdue holds; absent where there is none.", NULL,
	MEASURE_SECONDS };
static const struct measure_family source_age = { "source_age_seconds",
	"How long ago facts were last written or intake was heard, of the facility for which it is longest.",
	NULL, MEASURE_SECONDS };
static const struct measure_family pending = { "deliveries_pending",
	"Messages that are due and that their receiver has not accepted yet.", NULL,
	MEASURE_NUMBER };
static const struct measure_family oldest_pending = { "delivery_oldest_pending_seconds",
	"How long the oldest of the pending messages has been due; 0 where none is.", NULL,
	MEASURE_SECONDS };
static const struct measure_family troubles = { "troubles",
	"What is wrong with detainerd or its facts just now, by kind of trouble.", "condition",
	MEASURE_NUMBER };
static const struct measure_family recent = { "alerts_last_day",
	"Alerts raised in the last 24 hours, by kind.", "kind", MEASURE_NUMBER };

static const struct measure series[] = {
	{ &active, "" },
	{ &overdue, "" },
	{ &unacknowledged, "" },
	{ &start_unknown, "" },
	{ &next, "" },
	{ &oldest, "" },
	{ &source_age, "" },
	{ &pending, "" },
	{ &oldest_pending, "" },
	{ &troubles, "undelivered" },
	{ &troubles, "receiver_failing" },
	{ &troubles, "receiver_missing" },
	{ &troubles, "hold_drift" },
	{ &troubles, "facts_stale" },
	{ &troubles, "not_watched" },
	{ &troubles, "other" },
	{ &recent, "due_soon" },
	{ &recent, "release_due" },
	{ &recent, "overdue" },
	{ &recent, "superseded" },
	{ &recent, "resolved" },
	{ &recent, "deadline_moved" },
	{ &recent, "counsel_needed" },
	{ &recent, "claim_review" },
	{ &recent, "custody_unclear" },
	{ &recent, "facts_stale" },
	{ &recent, "monitor_degraded" },
	{ &recent, "duty_missed" },
	{ &recent, "other" },
};

_Static_assert(sizeof series / sizeof series[0] <= MEASURES_MAX, "MEASURES_MAX");

const struct measure *
measure_at(size_t index)
{
	return index < sizeof series / sizeof series[0] ? &series[index] : NULL;
}

static bool
is(const struct measure *measure, const char *name, const char *label)
{
	return strcmp(measure->family->name, name) == 0 && strcmp(measure->label, label) == 0;
}

void
measure_hear(struct measures *measures, const char *name, const char *label, const char *value)
{
	int64_t number;

	if (name == NULL || !text_to_int64(value, &number))
		return;
	for (size_t i = 0; i < sizeof series / sizeof series[0]; i++) {
		if (!is(&series[i], name, label == NULL ? "" : label))
			continue;
		measures->known[i] = true;
		measures->values[i] += number;
		return;
	}
	/* what this program has no name for yet is counted all the same */
	if (label != NULL && strcmp(label, "other") != 0)
		measure_hear(measures, name, "other", value);
}
