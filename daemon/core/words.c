/* SPDX-License-Identifier: MIT */
/*
 * words.c: the tables. Called by core/compose; calls nothing.
 *
 * Said of the record, never of the world: detainerd knows what was written
 * down. Known weakness: English only.
 */
#include "core/words.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include "core/banned.h"

/* Subjects. */
#define SOON "Release at {clock}: booking {booking}, {facility}"
#define DUE "RELEASE DUE {clock}: booking {booking}, {facility}"
#define OVER "OVERDUE {over} (since {clock}): booking {booking}, {facility}"
#define MOVED "Deadline moved: booking {booking}, {facility}"
#define BACK "STAND DOWN {clock}: booking {booking}, {facility}"
#define OUT "Resolved: booking {booking}, {facility}"
#define WHERE "Where is booking {booking}, {facility}?"
#define COUNSEL "Counsel needed: booking {booking}, {facility}"

/* First paragraphs of alerts on which somebody acts. */
#define MAY_NOT "ICE may not hold booking {booking} after {clock}."
#define NOT_LONGER " ICE being on its way does not extend the time."
#define NO_LAW "No verified law on file allows this hold."
#define ASK " Do not keep the person for ICE without counsel's decision: call {counsel}."
#define ASK_THEN \
	" Do not keep the person for ICE after that without counsel's decision: call {counsel}."
#define SOON_SAYS MAY_NOT " {check}" NOT_LONGER
#define DUE_SAYS MAY_NOT " {check}" NOT_LONGER
#define OVER_SAYS "OVERDUE {over}: " MAY_NOT " {check}" NOT_LONGER

/* Why. */
#define NOT_ALLOWED "the law on file does not allow this hold"
#define RUNS_OUT "the time to hold for ICE runs out then; "
#define RAN_OUT "the time to hold for ICE ran out; "
#define NO_INTERVIEW "no interview of this stay is on record"
#define NOT_TAKEN "no transfer to ICE is on record, and an interview does not extend the time"
#define RESCINDED "the detainer is on record as withdrawn by ICE"
#define NOT_IN_FORCE \
	"no detainer in force is on record: not received, not served, or none that asks for a hold"
#define DECLINED "this agency declined the detainer"
#define SILENT "no verified law on file allows this hold, and none on file forbids it"

/* What is not known. */
#define INTERVIEW "an interview that nobody recorded"
#define TRANSFER "a transfer that nobody recorded"
#define PAPER "a receipt or service that nobody recorded"

/* Ends of the first paragraphs about custody that has ended. */
#define CLOSED " The alerts listed below are closed."
#define CLOCK_RUNS \
	" That ends no hold. Find out where the person is, and link or correct the record."

static const struct words table[] = {
	/* The end of lawful custody comes. */
	{ ALERT_DUE_SOON, "hold_not_allowed", .subject = SOON, .lead = SOON_SAYS,
	    .why = NOT_ALLOWED },
	{ ALERT_DUE_SOON, "ice_did_not_interview", .subject = SOON, .lead = SOON_SAYS,
	    .why = RUNS_OUT NO_INTERVIEW, .unknown = INTERVIEW },
	{ ALERT_DUE_SOON, "ice_did_not_take_custody", .subject = SOON, .lead = SOON_SAYS,
	    .why = RUNS_OUT NOT_TAKEN, .unknown = TRANSFER },
	{ ALERT_DUE_SOON, "detainer_rescinded", .subject = SOON, .lead = SOON_SAYS,
	    .why = RESCINDED },
	{ ALERT_DUE_SOON, "detainer_not_in_force", .subject = SOON, .lead = SOON_SAYS,
	    .why = NOT_IN_FORCE, .unknown = PAPER },
	{ ALERT_DUE_SOON, "agency_declined", .subject = SOON, .lead = SOON_SAYS, .why = DECLINED },
	{ ALERT_DUE_SOON, "counsel_must_decide", .subject = SOON,
	    .lead =
		"No verified law on file allows holding booking {booking} after {clock}." ASK_THEN,
	    .then = "{check}", .why = SILENT },
	{ ALERT_DUE_SOON, NULL, .subject = SOON, .lead = SOON_SAYS },

	/* It has come. */
	{ ALERT_RELEASE_DUE, "hold_not_allowed", .subject = DUE, .lead = DUE_SAYS,
	    .why = NOT_ALLOWED },
	{ ALERT_RELEASE_DUE, "ice_did_not_interview", .subject = DUE, .lead = DUE_SAYS,
	    .why = RAN_OUT NO_INTERVIEW, .unknown = INTERVIEW },
	{ ALERT_RELEASE_DUE, "ice_did_not_take_custody", .subject = DUE, .lead = DUE_SAYS,
	    .why = RAN_OUT NOT_TAKEN, .unknown = TRANSFER },
	{ ALERT_RELEASE_DUE, "detainer_rescinded", .subject = DUE, .lead = DUE_SAYS,
	    .why = RESCINDED },
	{ ALERT_RELEASE_DUE, "detainer_not_in_force", .subject = DUE, .lead = DUE_SAYS,
	    .why = NOT_IN_FORCE, .unknown = PAPER },
	{ ALERT_RELEASE_DUE, "agency_declined", .subject = DUE, .lead = DUE_SAYS, .why = DECLINED },
	{ ALERT_RELEASE_DUE, "counsel_must_decide", .subject = DUE,
	    .lead = NO_LAW ASK " Booking {booking}, {clock}.", .then = "{check}", .why = SILENT },
	{ ALERT_RELEASE_DUE, NULL, .subject = DUE, .lead = DUE_SAYS },

	/* It is past, and nobody has recorded that the person left. */
	{ ALERT_OVERDUE, "hold_not_allowed", .subject = OVER, .lead = OVER_SAYS,
	    .why = NOT_ALLOWED },
	{ ALERT_OVERDUE, "ice_did_not_interview", .subject = OVER, .lead = OVER_SAYS,
	    .why = RAN_OUT NO_INTERVIEW, .unknown = INTERVIEW },
	{ ALERT_OVERDUE, "ice_did_not_take_custody", .subject = OVER, .lead = OVER_SAYS,
	    .why = RAN_OUT NOT_TAKEN, .unknown = TRANSFER },
	{ ALERT_OVERDUE, "detainer_rescinded", .subject = OVER, .lead = OVER_SAYS,
	    .why = RESCINDED },
	{ ALERT_OVERDUE, "detainer_not_in_force", .subject = OVER, .lead = OVER_SAYS,
	    .why = NOT_IN_FORCE, .unknown = PAPER },
	{ ALERT_OVERDUE, "agency_declined", .subject = OVER, .lead = OVER_SAYS, .why = DECLINED },
	{ ALERT_OVERDUE, "counsel_must_decide", .subject = OVER,
	    .lead = "OVERDUE {over}, booking {booking}. " NO_LAW ASK, .then = "{check}",
	    .why = SILENT },
	{ ALERT_OVERDUE, NULL, .subject = OVER, .lead = OVER_SAYS },

	/* What was said is taken back. */
	{ ALERT_SUPERSEDED, "held_on_other_authority", .subject = BACK,
	    .lead =
		"STAND DOWN: alert for booking {booking}, {clock}, no longer applies because other authority was recorded; now"
		" {stands}." },
	{ ALERT_SUPERSEDED, NULL, .subject = BACK,
	    .lead =
		"STAND DOWN: alert for booking {booking}, {clock}, no longer applies because the record changed; now {stands}." },

	/* The person is out. */
	{ ALERT_RESOLVED, "released", .subject = OUT,
	    .lead = "Booking {booking} is on record as released." CLOSED },
	{ ALERT_RESOLVED, "ice_custody", .subject = OUT,
	    .lead = "Booking {booking} is on record as taken by ICE." CLOSED },
	{ ALERT_RESOLVED, "ice_custody_in_place", .subject = OUT,
	    .lead =
		"Booking {booking} is on record as in ICE's custody, in this building." CLOSED },
	{ ALERT_RESOLVED, "other_agency", .subject = OUT,
	    .lead = "Booking {booking} is on record as handed to another agency." CLOSED },
	/* Or what was wrong with detainerd is mended. */
	{ ALERT_RESOLVED, "undelivered", .subject = "Mended: messages are delivered again",
	    .lead =
		"Mended: messages to receiver {object} are delivered again. What was delayed arrives now, late." },
	{ ALERT_RESOLVED, "receiver_failing", .subject = "Mended: a receiver takes messages again",
	    .lead = "Mended: receiver {object} takes messages again." },
	{ ALERT_RESOLVED, "receiver_missing", .subject = "Mended: every route has its receiver",
	    .lead = "Mended: a running detainerd has receiver {object} again." },
	{ ALERT_RESOLVED, "hold_drift", .subject = "Mended: stored verdicts agree again",
	    .lead =
		"Mended: every stored verdict agrees again with the facts and the law on file." },
	{ ALERT_RESOLVED, "not_watched", .subject = "Mended: detainerd looks after itself again",
	    .lead = "Mended: detainerd looks after itself again." },
	{ ALERT_RESOLVED, "facts_stale", .subject = "Mended: facts come again from {facility}",
	    .lead =
		"Mended: facts come again from {facility}. What was recorded meanwhile may still be missing." },
	{ ALERT_RESOLVED, NULL, .subject = OUT,
	    .lead = "Custody of booking {booking} here is on record as ended." CLOSED },

	/* Compliance sees every instant that moves later. */
	{ ALERT_DEADLINE_MOVED, "held_on_other_authority", .subject = MOVED,
	    .lead =
		"Other authority was recorded for booking {booking}. Lawful custody for ICE was to end at {clock}, and gets no new"
		" time by it. Compliance should see why." },
	{ ALERT_DEADLINE_MOVED, "custody_reopened", .subject = MOVED,
	    .lead =
		"Booking {booking} is on record as here again: the end of custody was taken back. Alerts that it had closed stand"
		" again: look at them now." },
	{ ALERT_DEADLINE_MOVED, NULL, .subject = MOVED,
	    .lead =
		"Booking {booking}: the end of lawful custody for ICE, {clock}, was moved later; now {stands}. Compliance should see"
		" why." },

	{ ALERT_COUNSEL_NEEDED, "law_unverified", .subject = COUNSEL,
	    .lead =
		"A detainer came for booking {booking}, and the law on file for it is not verified. Counsel must decide whether the"
		" person may be held for ICE: call {counsel}.",
	    .why = "the law on file has not been verified by counsel" },
	{ ALERT_COUNSEL_NEEDED, "no_law", .subject = COUNSEL,
	    .lead =
		"A detainer came for booking {booking}, and there is no law on file for it. Counsel must decide whether the person"
		" may be held for ICE: call {counsel}.",
	    .why = "there is no law on file for this" },
	{ ALERT_COUNSEL_NEEDED, NULL, .subject = COUNSEL,
	    .lead =
		"A detainer came for booking {booking}, and no verified law on file allows holding for it. Counsel must decide: call"
		" {counsel}.",
	    .why = SILENT },

	/* Which bar it is stands in the record, for those who may read it. */
	{ ALERT_CLAIM_REVIEW, NULL, .subject = "Review at once: booking {booking}, {facility}",
	    .lead =
		"The record of booking {booking} needs compliance's review at once. Do not keep the person for ICE meanwhile." },

	{ ALERT_CUSTODY_UNCLEAR, "transferred", .subject = WHERE,
	    .lead = "Booking {booking} is on record as transferred, not linked." CLOCK_RUNS },
	{ ALERT_CUSTODY_UNCLEAR, "hospital", .subject = WHERE,
	    .lead = "Booking {booking} is on record as in hospital, not linked." CLOCK_RUNS },
	{ ALERT_CUSTODY_UNCLEAR, "court", .subject = WHERE,
	    .lead = "Booking {booking} is on record as at court, not linked." CLOCK_RUNS },
	{ ALERT_CUSTODY_UNCLEAR, "furlough", .subject = WHERE,
	    .lead = "Booking {booking} is on record as on furlough, not linked." CLOCK_RUNS },
	{ ALERT_CUSTODY_UNCLEAR, "recorded_in_error", .subject = WHERE,
	    .lead = "Booking {booking} is on record as recorded in error, not linked." CLOCK_RUNS },
	{ ALERT_CUSTODY_UNCLEAR, "merged", .subject = WHERE,
	    .lead = "Booking {booking} is on record as merged, not linked." CLOCK_RUNS },
	{ ALERT_CUSTODY_UNCLEAR, NULL, .subject = WHERE,
	    .lead =
		"Booking {booking} is on record as gone, without a word of where to." CLOCK_RUNS },

	/* What the law asks beside release; its words come with the reason. */
	{ ALERT_DUTY_DUE, NULL, .subject = "Due by {clock}: {about}",
	    .lead = "Due by {clock} for {about}: {object}. Then record it." },
	{ ALERT_DUTY_MISSED, NULL, .subject = "Not done by {clock}: {about}",
	    .lead =
		"Not on record as done by {clock} for {about}: {object}. Do it now and record it; if it was done, record"
		" when." },

	/* detainerd and its feed are watched too. */
	{ ALERT_FACTS_STALE, NULL, .subject = "No facts from {facility}",
	    .lead =
		"No facts have come from {facility} within its limit: alerts may be missing or wrong. Watch release times by hand."
		" Administrator: mend the feed." },
	{ ALERT_MONITOR_DEGRADED, "undelivered", .subject = "detainerd: messages are not delivered",
	    .lead =
		"Messages to receiver {object} are not delivered: look for alerts by detainerctl alerts, not by waiting."
		" Administrator: detainerctl deliveries." },
	{ ALERT_MONITOR_DEGRADED, "receiver_failing", .subject = "detainerd: a receiver fails",
	    .lead =
		"Receiver {object} fails again and again: look for alerts by detainerctl alerts, not by waiting. Administrator:"
		" detainerctl deliveries." },
	{ ALERT_MONITOR_DEGRADED, "receiver_missing",
	    .subject = "detainerd: a route has no receiver",
	    .lead =
		"No running detainerd has receiver {object}, which a route names: nobody is told by it. Administrator: start it, or"
		" mend the route." },
	{ ALERT_MONITOR_DEGRADED, "hold_drift", .subject = "detainerd: a stored verdict disagrees",
	    .lead =
		"A stored verdict disagrees with the facts and the law on file: an alert may be missing or wrong. Administrator: see"
		" detainerd.hold_drift." },
	{ ALERT_MONITOR_DEGRADED, "not_watched",
	    .subject = "detainerd: it cannot look after itself",
	    .lead =
		"detainerd cannot look after itself (error {object}): a stopped feed or a stuck message may go unseen."
		" Administrator: the database's log; detainerctl doctor." },
	{ ALERT_MONITOR_DEGRADED, NULL, .subject = "detainerd needs help",
	    .lead =
		"detainerd needs help: alerts may come late. Look for them by detainerctl alerts. Administrator: detainerctl status." },

	{ ALERT_DIGEST, NULL, .subject = "List of alerts ({count}): read it now",
	    .lead =
		"Alerts that came at once, {count} in one list. Each is an alert of its own and counts as told: go through the"
		" list now.",
	    .then =
		"RELEASE DUE and OVERDUE: ICE may not hold the booking after the time given. Check for other warrants and holds now;"
		" if none, release. If a judicial warrant is on file, ask counsel first whether it commands custody. STAND DOWN: what was said of that time no longer applies. Look up the others, and whatever is"
		" not clear: detainerctl alerts show ID. Acknowledge each by its own id: detainerctl ack ID --reason REASON" },
	{ ALERT_DAILY_DIGEST, NULL, .subject = "Daily list ({count}): {facility}",
	    .lead =
		"Of {facility}, {count} on the list: each needs a decision or a fact, and comes every day until it is settled.",
	    .then =
		"OVERDUE: ICE may not hold the booking after the time given, more than a day ago. START UNKNOWN: nobody has said when"
		" the person would otherwise go free; find out, and record it. PAST RELEASE: the person was to go free, and a local"
		" charge or sentence is open on record; find out which is so. OTHER AUTHORITY: another authority keeps the person;"
		" see that it still does." },
	{ ALERT_TEST, NULL, .subject = "Test of detainerd",
	    .lead = "This is a test of detainerd. Nobody is to be released for it." },
	{ ALERT_OTHER, NULL, .subject = "Alert: booking {booking}, {facility}",
	    .lead =
		"An alert for booking {booking} at {facility}, of a kind that this program does not know. Look it up: detainerctl"
		" alerts show {id}" },
};

#define ENDS "Lawful custody for ICE ends"
#define ENDED "Lawful custody for ICE ended"
#define TO_END "Lawful custody for ICE was to end"

static const struct words_manner manners[ALERT_KINDS] = {
	[ALERT_DUE_SOON] = { .minimal = "Release at {clock}, {facility}",
	    .ends = ENDS,
	    .ended = ENDED,
	    .asks = ASKS_RELEASE },
	[ALERT_RELEASE_DUE] = { .minimal = "RELEASE DUE {clock}, {facility}",
	    .ends = ENDED,
	    .asks = ASKS_RELEASE },
	[ALERT_OVERDUE] = { .minimal = "OVERDUE since {clock}, {facility}",
	    .ends = ENDED,
	    .asks = ASKS_RELEASE },
	[ALERT_SUPERSEDED] = { .minimal = "STAND DOWN {clock}, {facility}",
	    .ends = TO_END,
	    .when = "Changed",
	    .list = "Takes back" },
	[ALERT_RESOLVED] = { .minimal = "Resolved: {facility}",
	    .ends = TO_END,
	    .when = "Ended",
	    .list = "Closes" },
	[ALERT_DEADLINE_MOVED] = { .minimal = "Deadline moved: {facility}",
	    .ends = TO_END,
	    .when = "Changed",
	    .asks = ASKS_COUNSEL },
	[ALERT_COUNSEL_NEEDED] = { .minimal = "Counsel needed: {facility}",
	    .ends = ENDS,
	    .ended = ENDED,
	    .when = "Since",
	    .asks = ASKS_COUNSEL },
	[ALERT_CLAIM_REVIEW] = { .minimal = "Review at once: {facility}",
	    .when = "Since",
	    .asks = ASKS_COUNSEL },
	[ALERT_CUSTODY_UNCLEAR] = { .minimal = "Custody unclear: {facility}",
	    .ends = ENDS,
	    .ended = ENDED,
	    .when = "Since",
	    .asks = ASKS_WORD },
	[ALERT_DUTY_DUE] = { .minimal = "Due by {clock}, {facility}",
	    .when = "Since",
	    .asks = ASKS_COUNSEL },
	[ALERT_DUTY_MISSED] = { .minimal = "Not done by {clock}, {facility}",
	    .when = "Was due",
	    .asks = ASKS_COUNSEL },
	[ALERT_FACTS_STALE] = { .minimal = "No facts from {facility}",
	    .when = "Since",
	    .asks = ASKS_WORD },
	[ALERT_MONITOR_DEGRADED] = { .minimal = "detainerd needs help",
	    .when = "Since",
	    .asks = ASKS_WORD },
	[ALERT_DIGEST] = { .minimal = "List of alerts ({count})", .list = "Listed" },
	[ALERT_DAILY_DIGEST] = { .minimal = "Daily list ({count}): {facility}", .list = "Listed" },
	[ALERT_TEST] = { .minimal = "Test of detainerd", .when = "Asked for" },
	[ALERT_OTHER] = { .minimal = "Alert: {facility}",
	    .ends = ENDS,
	    .ended = ENDED,
	    .when = "Since",
	    .asks = ASKS_WORD },
};

/* A reason may name what it is about: "undelivered: desk". */
static bool
fits(const struct words *row, const struct alert *alert)
{
	size_t length = strcspn(alert->reason, ":");

	return row->kind == alert->kind &&
	       (row->reason == NULL || (strlen(row->reason) == length &&
					   memcmp(row->reason, alert->reason, length) == 0));
}

const struct words *
words_find(const struct alert *alert)
{
	const struct words *row = table;

	while (!fits(row, alert))
		row++;
	return row;
}

const struct words *
words_row(size_t index)
{
	return index < sizeof table / sizeof table[0] ? &table[index] : NULL;
}

const char *
words_stands(const char *what)
{
	static const struct {
		const char *what, *words;
	} stands[] = {
		{ "kept", "another authority keeps the person" },
		{ "out", "the person is on record as gone" },
		{ "start_unknown", "nobody has said when the person would otherwise go free" },
		{ "ends", "lawful custody for ICE ends " },
		{ "ended", "lawful custody for ICE has ended, at " },
	};
	size_t length = strcspn(what, " ");

	for (size_t i = 0; i < sizeof stands / sizeof stands[0]; i++) {
		if (strlen(stands[i].what) == length && memcmp(stands[i].what, what, length) == 0)
			return stands[i].words;
	}
	return NULL;
}

const struct words_manner *
words_manner(enum alert_kind kind)
{
	assert(kind < ALERT_KINDS);
	return &manners[kind];
}
