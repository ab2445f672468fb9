/* SPDX-License-Identifier: MIT */
/*
 * compose.c: lays out the words of an alert. Called by the
 * shell, core/message and io/json; reads no clock: what was true when the
 * alert was claimed comes with it.
 */
#include "core/compose.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "core/listing.h"
#include "core/scene.h"
#include "core/words.h"

#include "core/banned.h"

static bool
is_about_release(const struct alert *alert)
{
	return words_manner(alert->kind)->asks == ASKS_RELEASE;
}

/* What detainerd sees by looking has a beginning ("Since"), and no instant that it could be late for. */
static bool
is_late(const struct alert *alert)
{
	int64_t limit_ms = is_about_release(alert) ? COMPOSE_LATE_MS : COMPOSE_WATCH_LATE_MS;

	return alert->kind != ALERT_MONITOR_DEGRADED && alert->kind != ALERT_FACTS_STALE &&
	       alert_late(alert).us >= span_of_ms(limit_ms).us;
}

/* Of a reminder that nobody could have had, or an instant that is nobody's, nothing happened late. */
static bool
is_late_fact(const struct alert *alert)
{
	return is_about_release(alert) && alert->kind != ALERT_DUE_SOON &&
	       alert_data_late(alert).us >= span_of_ms(COMPOSE_DATA_LATE_MS).us;
}

static const char *
told_again(const struct alert *alert)
{
	if (alert->telling == 0)
		return NULL;
	return words_manner(alert->kind)->asks >= ASKS_WORD ? WORDS_TOLD_AGAIN : WORDS_TOLD_TWICE;
}

void
compose_subject(const struct alert *alert, enum conf_detail detail, struct text *out)
{
	struct scene scene;

	scene_set(&scene, alert);
	scene_expand(&scene,
	    detail == DETAIL_FULL ? words_find(alert)->subject : words_manner(alert->kind)->minimal,
	    out);
	if (told_again(alert) != NULL)
		text_addf(out, " (%s)", told_again(alert));
	if (detail == DETAIL_FULL && is_late(alert)) {
		text_add(out, " (raised ");
		text_add_span(out, alert_late(alert));
		text_add(out, " late)");
	}
}

static void
line(struct text *out, const char *label, const char *value)
{
	if (value[0] != '\0')
		text_addf(out, "%s: %s\n", label, value);
}

/* Paragraphs. */

/* A contact that would push something off a pager stands below only. */
static void
add_lead(struct scene *scene, const char *lead, struct text *out)
{
	struct text before = *out;

	scene_expand(scene, lead, out);
	if (out->length - before.length > COMPOSE_PAGER && strstr(lead, "{counsel}") != NULL) {
		*out = before;
		out->at[out->length] = '\0';
		scene->counsel = WORDS_COUNSEL;
		scene_expand(scene, lead, out);
	}
	text_add(out, "\n");
}

static void
add_then(const struct scene *scene, const char *then, struct text *out)
{
	if (then != NULL) {
		scene_expand(scene, then, out);
		text_add(out, "\n");
	}
	if (is_about_release(scene->alert) && scene->alert->warrant_on_file)
		text_add(out, WORDS_WARRANT_THEN "\n");
}

static void
add_late(const struct alert *alert, struct text *out)
{
	if (is_late_fact(alert)) {
		text_addf(out, WORDS_DATA_LATE, scene_time(alert, alert->learned_clock));
		text_add_span(out, alert_data_late(alert));
		text_add(out, WORDS_DATA_LATE_THEN "\n");
	}
	if (!is_late(alert))
		return;
	text_add(out, WORDS_LATE);
	text_add_span(out, alert_late(alert));
	text_addf(out, WORDS_LATE_THEN "\n", alert->raised_local);
}

static void
add_told_again(const struct alert *alert, struct text *out)
{
	if (told_again(alert) != NULL)
		text_addf(out, "This is %s.\n", told_again(alert));
}

/* Labelled lines. */

static void
add_facility(const struct alert *alert, struct text *out)
{
	if (alert->facility_name[0] == '\0')
		line(out, "Facility", alert->facility);
	else
		text_addf(out, "Facility: %s (%s)\n", alert->facility_name, alert->facility);
}

static bool
ends_in_utc(const char *local)
{
	size_t length = strlen(local);

	return length > 4 && strcmp(local + length - 4, " UTC") == 0;
}

/* An instant in the facility's zone, and in UTC to the second. */
static void
add_instant(struct text *out, const char *label, const char *local, struct instant at)
{
	char utc[INSTANT_TEXT_BYTES];

	if (label == NULL || !instant_known(at) || instant_rfc3339(at, utc)[0] == '\0')
		return;
	if (ends_in_utc(local)) {
		line(out, label, local);
		return;
	}
	text_addf(out, "%s: %s%s%.10s %.8s UTC%s\n", label, local, local[0] != '\0' ? " (" : "",
	    utc, utc + strlen("2026-11-24T"), local[0] != '\0' ? ")" : "");
}

static const char *
label_of_end(const struct alert *alert)
{
	const struct words_manner *manner = words_manner(alert->kind);

	return manner->ended != NULL && alert_over(alert).us > 0 ? manner->ended : manner->ends;
}

static void
add_over(const struct alert *alert, struct text *out)
{
	struct span over = alert_over(alert);

	if (!is_about_release(alert) || over.us < span_of_ms(60000).us)
		return;
	text_add(out, "Over by: ");
	text_add_span(out, over);
	text_addf(out, " at %s\n", text_or_else(alert->as_of_clock, "the time of this message"));
}

static void
add_other_authority(const struct alert *alert, struct text *out)
{
	if (!is_about_release(alert))
		return;
	if (alert->other_authority[0] != '\0')
		line(out, "Other authority on file", alert->other_authority);
	else
		text_addf(out, "Other authority: " WORDS_NONE_ON_FILE "\n",
		    text_or_else(alert->as_of_clock, "the time of this message"));
}

static void
add_unknown(const struct alert *alert, struct text *out)
{
	const char *more = words_find(alert)->unknown;

	if (!is_about_release(alert))
		return;
	text_addf(out, "Not known: " WORDS_UNKNOWN "%s%s\n",
	    text_or_else(alert->as_of_clock, "this message was written"), more != NULL ? "; " : "",
	    more != NULL ? more : "");
}

static void
add_law(const struct alert *alert, struct text *out)
{
	const struct words *words = words_find(alert);

	if (words->why != NULL)
		line(out, "Why", words->why);
	if (words_manner(alert->kind)->asks < ASKS_COUNSEL)
		return;
	line(out, "Law",
	    is_about_release(alert) ? text_or_else(alert->citation, WORDS_NO_SECTION)
				    : alert->citation);
	add_other_authority(alert, out);
	add_unknown(alert, out);
	line(out, "Call", text_or_else(alert->counsel_contact, WORDS_NO_CONTACT));
}

static void
add_ids(const struct alert *alert, enum conf_detail detail, struct text *out)
{
	enum words_asks asks = words_manner(alert->kind)->asks;

	text_addf(out, "Look it up: detainerctl alerts show %s\n", alert->id);
	if (asks >= ASKS_WORD)
		text_addf(out, "Acknowledge: detainerctl ack %s --reason REASON\n", alert->id);
	if (asks >= ASKS_WORD && detail == DETAIL_FULL)
		line(out, "Reasons", WORDS_ACK_REASONS);
	line(out, "Alert", alert->id);
}

static void
add_all(const struct scene *scene, struct text *out)
{
	const struct alert *alert = scene->alert;
	const struct words_manner *manner = words_manner(alert->kind);

	add_facility(alert, out);
	line(out, "Booking", alert->booking_number);
	if (alert->kind == ALERT_OTHER)
		line(out, "Kind", alert->kind_name);
	add_instant(out, label_of_end(alert), alert->release_local, alert->release_at);
	add_instant(out, manner->when, alert->due_local, alert->due_at);
	add_over(alert, out);
	line(out, "Now", scene->stands);
	add_law(alert, out);
}

static void
add_least(const struct alert *alert, struct text *out)
{
	line(out, "Facility", alert->facility);
	line(out, "Kind", alert->kind_name);
	if (instant_known(alert->release_at))
		add_instant(out, "Instant", alert->release_local, alert->release_at);
	else
		add_instant(out, "Instant", alert->due_local, alert->due_at);
}

void
compose_text(const struct alert *alert, enum conf_detail detail, struct text *out)
{
	const struct words *words = words_find(alert);
	const struct words_manner *manner = words_manner(alert->kind);
	size_t listed = listing_count(alert->listed), closed = listing_count(alert->closes);
	struct scene scene;

	scene_set(&scene, alert);
	if (detail == DETAIL_FULL) {
		add_lead(&scene, words->lead, out);
		add_then(&scene, words->then, out);
		add_told_again(alert, out);
		add_late(alert, out);
		text_add(out, "\n");
		add_all(&scene, out);
	} else {
		scene_expand(&scene, manner->minimal, out);
		text_addf(out, ". Look it up now: detainerctl alerts show %s\n", alert->id);
		add_told_again(alert, out);
		text_add(out, "\n");
		add_least(alert, out);
	}
	add_ids(alert, detail, out);
	if (manner->list == NULL || listed + closed == 0 ||
	    (detail == DETAIL_MINIMAL && alert->kind == ALERT_DAILY_DIGEST))
		return;
	text_addf(out, "%s: %zu\n\n", manner->list, listed + closed);
	listing_add(alert->listed, detail, out);
	listing_add_closed(alert->closes, out);
}
