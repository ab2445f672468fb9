/* SPDX-License-Identifier: MIT */
/*
 * compose.c: one table of words and a small expander: {booking}, {facility},
 * {clock}, {counsel}, {reason} and {kind} stand for what the alert says. The
 * first row that fits decides; a row without reason fits every reason.
 */
#include "core/compose.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "core/banned.h"

#define CHECK " Check for other warrants and holds now; if none, release."
#define NOT_LONGER " ICE being on its way does not extend the time."

struct words {
	enum alert_kind kind;
	const char *reason; /* null: every other */
	const char *subject;
	const char *lead;
};

static const struct words table[] = {
	{ ALERT_DUE_SOON, "hold_not_allowed", "Release at {clock}: booking {booking}, {facility}",
	    "ICE may not hold booking {booking} after {clock}. Check for other warrants and holds before then; if"
	    " none, release at {clock}." NOT_LONGER },
	{ ALERT_DUE_SOON, "counsel_must_decide",
	    "Release at {clock}: booking {booking}, {facility}",
	    "No verified law on file allows keeping booking {booking} for ICE after {clock}. Call {counsel} before"
	    " then. Check for other warrants and holds; if none, release at {clock}." },
	{ ALERT_DUE_SOON, NULL, "Release at {clock}: booking {booking}, {facility}",
	    "Lawful custody of booking {booking} for ICE ends at {clock}. Unless ICE takes custody or another"
	    " authority stands by then, release." NOT_LONGER },
	{ ALERT_RELEASE_DUE, "hold_not_allowed",
	    "RELEASE DUE {clock}: booking {booking}, {facility}",
	    "ICE may not hold booking {booking} after {clock}." CHECK NOT_LONGER },
	{ ALERT_RELEASE_DUE, "ice_did_not_interview",
	    "RELEASE DUE {clock}: booking {booking}, {facility}",
	    "The time to hold booking {booking} for ICE ended at {clock}." CHECK NOT_LONGER },
	{ ALERT_RELEASE_DUE, "ice_did_not_take_custody",
	    "RELEASE DUE {clock}: booking {booking}, {facility}",
	    "ICE has not taken booking {booking} by {clock}." CHECK NOT_LONGER },
	{ ALERT_RELEASE_DUE, "detainer_rescinded",
	    "RELEASE DUE {clock}: booking {booking}, {facility}",
	    "ICE withdrew its detainer on booking {booking} at {clock}." CHECK },
	{ ALERT_RELEASE_DUE, "detainer_not_in_force",
	    "RELEASE DUE {clock}: booking {booking}, {facility}",
	    "No detainer in force keeps booking {booking} after {clock}." CHECK NOT_LONGER },
	{ ALERT_RELEASE_DUE, "agency_declined",
	    "RELEASE DUE {clock}: booking {booking}, {facility}",
	    "This agency does not hold booking {booking} for ICE after {clock}." CHECK NOT_LONGER },
	{ ALERT_RELEASE_DUE, "counsel_must_decide",
	    "RELEASE DUE {clock}: booking {booking}, {facility}",
	    "No verified law on file allows this hold. Do not keep booking {booking} for ICE after {clock} without"
	    " counsel's decision: call {counsel}." CHECK },
	{ ALERT_RELEASE_DUE, NULL, "RELEASE DUE {clock}: booking {booking}, {facility}",
	    "Lawful custody of booking {booking} for ICE ended at {clock}." CHECK NOT_LONGER },
	{ ALERT_OVERDUE, "counsel_must_decide",
	    "OVERDUE since {clock}: booking {booking}, {facility}",
	    "Booking {booking} is still here, and no verified law on file allows it since {clock}. Do not keep the"
	    " person for ICE without counsel's decision: call {counsel}." CHECK },
	{ ALERT_OVERDUE, NULL, "OVERDUE since {clock}: booking {booking}, {facility}",
	    "Booking {booking} is still here; custody for ICE ended at {clock}." CHECK NOT_LONGER },
	{ ALERT_SUPERSEDED, NULL, "STAND DOWN: booking {booking}, {facility}",
	    "STAND DOWN: what was said of booking {booking} no longer applies. Look at its record before you act." },
	{ ALERT_RESOLVED, NULL, "Resolved: booking {booking}, {facility}",
	    "Booking {booking} is no longer in custody here. Nothing more is to be done for this alert." },
	{ ALERT_DEADLINE_MOVED, NULL, "Deadline moved to {clock}: booking {booking}, {facility}",
	    "The end of lawful custody of booking {booking} for ICE was moved to {clock}. Compliance should see why." },
	{ ALERT_COUNSEL_NEEDED, NULL, "Counsel needed: booking {booking}, {facility}",
	    "A detainer came for booking {booking}, and no verified law on file says whether the person may be held"
	    " for ICE. Counsel must decide: call {counsel}." },
	{ ALERT_CLAIM_REVIEW, NULL, "Review at once: booking {booking}, {facility}",
	    "The record of booking {booking} needs compliance's review at once. Do not keep the person for ICE"
	    " meanwhile." },
	{ ALERT_CUSTODY_UNCLEAR, NULL, "Where is booking {booking}, {facility}?",
	    "Booking {booking} left without a record of where to. Find out where the person is, and link or correct"
	    " the record." },
	{ ALERT_FACTS_STALE, NULL, "No facts from {facility}",
	    "Nothing has been recorded for {facility} within its limit, so alerts may be missing. Check the feed from"
	    " the jail management system." },
	{ ALERT_MONITOR_DEGRADED, NULL, "detainerd needs help, {facility}",
	    "detainerd needs help at {facility}: {reason}. Alerts may come late. Call the system's administrator." },
	{ ALERT_DIGEST, NULL, "Several release alerts: read the list",
	    "Several alerts came at once. Each of these is an alert of its own; go through the list now." },
	{ ALERT_DAILY_DIGEST, NULL, "Daily list, {facility}",
	    "Every day, until each is settled: people at {facility} whose record needs a decision or a fact." },
	{ ALERT_TEST, NULL, "Test of detainerd", "This is a test of detainerd. Nothing is to be done." },
	{ ALERT_OTHER, NULL, "{kind}: booking {booking}, {facility}",
	    "Alert {kind} for booking {booking} at {facility}: {reason}." },
};

/* Why, in words, for the line of that name. */
static const struct {
	const char *reason, *why;
} whys[] = {
	{ "hold_not_allowed", "the law on file does not allow this hold" },
	{ "ice_did_not_interview", "the time ran out, and no interview of this stay had begun" },
	{ "ice_did_not_take_custody",
	    "the time ran out, and ICE did not take custody; an interview does not extend it" },
	{ "detainer_rescinded", "ICE withdrew the detainer" },
	{ "detainer_not_in_force",
	    "no detainer is in force: not served, not received, or none that asks for a hold" },
	{ "agency_declined", "this agency declined the detainer" },
	{ "counsel_must_decide", "no verified law on file allows it, and none forbids it" },
};

static const struct words *
find_words(const struct alert *alert)
{
	const struct words *row = table;

	while (row->kind != alert->kind ||
	       (row->reason != NULL && strcmp(row->reason, alert->reason) != 0))
		row++;
	return row;
}

static const char *
or_else(const char *value, const char *otherwise)
{
	return value[0] != '\0' ? value : otherwise;
}

static const char *
value_of(const struct alert *alert, const char *name, size_t length)
{
	const struct {
		const char *name, *value;
	} values[] = {
		{ "booking", or_else(alert->booking_number, "(no number)") },
		{ "facility", or_else(alert->facility, "all facilities") },
		{ "clock", or_else(alert->release_clock, "the time on record") },
		{ "counsel", or_else(alert->counsel_contact, "the facility's counsel") },
		{ "reason", or_else(alert->reason, "no reason given") },
		{ "kind", or_else(alert->kind_name, "of unknown kind") },
	};

	for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
		if (strlen(values[i].name) == length && memcmp(values[i].name, name, length) == 0)
			return values[i].value;
	}
	return "";
}

static void
expand(const struct alert *alert, const char *pattern, struct text *out)
{
	while (*pattern != '\0') {
		size_t plain = strcspn(pattern, "{");
		size_t name;

		text_add_bytes(out, pattern, plain);
		pattern += plain;
		if (*pattern == '\0')
			return;
		name = strcspn(pattern, "}");
		text_add(out, value_of(alert, pattern + 1, name - 1));
		pattern += name + 1;
	}
}

static bool
is_late(const struct alert *alert)
{
	return alert_late(alert).us >= span_of_ms(COMPOSE_LATE_MS).us;
}

void
compose_subject(const struct alert *alert, struct text *out)
{
	expand(alert, find_words(alert)->subject, out);
	if (!is_late(alert))
		return;
	text_add(out, " (raised ");
	text_add_span(out, alert_late(alert));
	text_add(out, " late)");
}

static void
line(struct text *out, const char *label, const char *value)
{
	if (value[0] != '\0')
		text_addf(out, "%s: %s\n", label, value);
}

static void
add_late(const struct alert *alert, struct text *out)
{
	if (!is_late(alert))
		return;
	text_add(out, "This alert was raised ");
	text_add_span(out, alert_late(alert));
	text_addf(out, " late: it was due %s and was raised %s.\n", alert->due_local,
	    alert->raised_local);
}

static void
add_why(const struct alert *alert, struct text *out)
{
	const char *why = alert->reason;

	for (size_t i = 0; i < sizeof whys / sizeof whys[0]; i++) {
		if (strcmp(whys[i].reason, alert->reason) == 0)
			why = whys[i].why;
	}
	line(out, "Why", why);
	line(out, "Law", alert->citation);
}

static bool
is_about_release(const struct alert *alert)
{
	return alert->kind == ALERT_DUE_SOON || alert->kind == ALERT_RELEASE_DUE ||
	       alert->kind == ALERT_OVERDUE;
}

static void
add_other_authority(const struct alert *alert, struct text *out)
{
	if (!is_about_release(alert))
		return;
	if (alert->other_authority[0] != '\0')
		line(out, "Other authority on file", alert->other_authority);
	else
		text_addf(out,
		    "Other authority: none on file at %s; detainerd cannot see other agencies' systems\n",
		    or_else(alert->as_of_local, "the time of this message"));
}

static void
add_release(const struct alert *alert, struct text *out)
{
	char utc[INSTANT_TEXT_BYTES];

	if (!instant_known(alert->release_at))
		return;
	text_addf(out, "Lawful custody for ICE %s: %s (%s)\n",
	    alert->kind == ALERT_DUE_SOON ? "ends" : "ended or ends", alert->release_local,
	    instant_rfc3339(alert->release_at, utc));
}

static void
add_facility(const struct alert *alert, struct text *out)
{
	if (alert->facility_name[0] == '\0')
		line(out, "Facility", alert->facility);
	else
		text_addf(out, "Facility: %s (%s)\n", alert->facility_name, alert->facility);
}

void
compose_text(const struct alert *alert, struct text *out)
{
	expand(alert, find_words(alert)->lead, out);
	text_add(out, "\n");
	add_late(alert, out);
	text_add(out, "\n");
	add_facility(alert, out);
	line(out, "Booking", alert->booking_number);
	add_release(alert, out);
	add_why(alert, out);
	add_other_authority(alert, out);
	line(out, "Call", alert->counsel_contact);
	text_addf(out, "Acknowledge: detainerctl ack %s\n", alert->id);
	line(out, "Alert", alert->id);
}
