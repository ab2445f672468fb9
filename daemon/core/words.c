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
	{ ALERT_DUE_SOON, "hold_not_allowed", SOON, SOON_SAYS, NULL, NOT_ALLOWED, NULL },
	{ ALERT_DUE_SOON, "ice_did_not_interview", SOON, SOON_SAYS, NULL, RUNS_OUT NO_INTERVIEW,
	    INTERVIEW },
	{ ALERT_DUE_SOON, "ice_did_not_take_custody", SOON, SOON_SAYS, NULL, RUNS_OUT NOT_TAKEN,
	    TRANSFER },
	{ ALERT_DUE_SOON, "detainer_rescinded", SOON, SOON_SAYS, NULL, RESCINDED, NULL },
	{ ALERT_DUE_SOON, "detainer_not_in_force", SOON, SOON_SAYS, NULL, NOT_IN_FORCE, PAPER },
	{ ALERT_DUE_SOON, "agency_declined", SOON, SOON_SAYS, NULL, DECLINED, NULL },
	{ ALERT_DUE_SOON, "counsel_must_decide", SOON,
	    "No verified law on file allows holding booking {booking} after {clock}." ASK,
	    "{check}", SILENT, NULL },
	{ ALERT_DUE_SOON, NULL, SOON, SOON_SAYS, NULL, NULL, NULL },

	/* It has come. */
	{ ALERT_RELEASE_DUE, "hold_not_allowed", DUE, DUE_SAYS, NULL, NOT_ALLOWED, NULL },
	{ ALERT_RELEASE_DUE, "ice_did_not_interview", DUE, DUE_SAYS, NULL, RAN_OUT NO_INTERVIEW,
	    INTERVIEW },
	{ ALERT_RELEASE_DUE, "ice_did_not_take_custody", DUE, DUE_SAYS, NULL, RAN_OUT NOT_TAKEN,
	    TRANSFER },
	{ ALERT_RELEASE_DUE, "detainer_rescinded", DUE, DUE_SAYS, NULL, RESCINDED, NULL },
	{ ALERT_RELEASE_DUE, "detainer_not_in_force", DUE, DUE_SAYS, NULL, NOT_IN_FORCE, PAPER },
	{ ALERT_RELEASE_DUE, "agency_declined", DUE, DUE_SAYS, NULL, DECLINED, NULL },
	{ ALERT_RELEASE_DUE, "counsel_must_decide", DUE, NO_LAW ASK " Booking {booking}, {clock}.",
	    "{check}", SILENT, NULL },
	{ ALERT_RELEASE_DUE, NULL, DUE, DUE_SAYS, NULL, NULL, NULL },

	/* It is past, and nobody has recorded that the person left. */
	{ ALERT_OVERDUE, "hold_not_allowed", OVER, OVER_SAYS, NULL, NOT_ALLOWED, NULL },
	{ ALERT_OVERDUE, "ice_did_not_interview", OVER, OVER_SAYS, NULL, RAN_OUT NO_INTERVIEW,
	    INTERVIEW },
	{ ALERT_OVERDUE, "ice_did_not_take_custody", OVER, OVER_SAYS, NULL, RAN_OUT NOT_TAKEN,
	    TRANSFER },
	{ ALERT_OVERDUE, "detainer_rescinded", OVER, OVER_SAYS, NULL, RESCINDED, NULL },
	{ ALERT_OVERDUE, "detainer_not_in_force", OVER, OVER_SAYS, NULL, NOT_IN_FORCE, PAPER },
	{ ALERT_OVERDUE, "agency_declined", OVER, OVER_SAYS, NULL, DECLINED, NULL },
	{ ALERT_OVERDUE, "counsel_must_decide", OVER,
	    "OVERDUE {over}, booking {booking}: no verified law on file allows this hold." ASK,
	    "{check}", SILENT, NULL },
	{ ALERT_OVERDUE, NULL, OVER, OVER_SAYS, NULL, NULL, NULL },

	/* What was said is taken back. */
	{ ALERT_SUPERSEDED, "held_on_other_authority", BACK,
	    "STAND DOWN: alert for booking {booking}, {clock}, no longer applies because other authority was recorded; now"
	    " {stands}.",
	    NULL, NULL, NULL },
	{ ALERT_SUPERSEDED, NULL, BACK,
	    "STAND DOWN: alert for booking {booking}, {clock}, no longer applies because the record changed; now {stands}.",
	    NULL, NULL, NULL },

	/* The person is out. */
	{ ALERT_RESOLVED, "released", OUT, "Booking {booking} is on record as released." CLOSED,
	    NULL, NULL, NULL },
	{ ALERT_RESOLVED, "ice_custody", OUT,
	    "Booking {booking} is on record as taken by ICE." CLOSED, NULL, NULL, NULL },
	{ ALERT_RESOLVED, "ice_custody_in_place", OUT,
	    "Booking {booking} is on record as in ICE's custody, in this building." CLOSED, NULL,
	    NULL, NULL },
	{ ALERT_RESOLVED, "other_agency", OUT,
	    "Booking {booking} is on record as handed to another agency." CLOSED, NULL, NULL,
	    NULL },
	/* Or what was wrong with detainerd is mended. */
	{ ALERT_RESOLVED, "undelivered", "Mended: messages are delivered again",
	    "Mended: messages to receiver {object} are delivered again. What was delayed arrives now, late.",
	    NULL, NULL, NULL },
	{ ALERT_RESOLVED, "receiver_failing", "Mended: a receiver takes messages again",
	    "Mended: receiver {object} takes messages again.", NULL, NULL, NULL },
	{ ALERT_RESOLVED, "receiver_missing", "Mended: every route has its receiver",
	    "Mended: a running detainerd has receiver {object} again.", NULL, NULL, NULL },
	{ ALERT_RESOLVED, "hold_drift", "Mended: stored verdicts agree again",
	    "Mended: every stored verdict agrees again with the facts and the law on file.", NULL,
	    NULL, NULL },
	{ ALERT_RESOLVED, "facts_stale", "Mended: facts come again from {facility}",
	    "Mended: facts come again from {facility}. What was recorded meanwhile may still be missing.",
	    NULL, NULL, NULL },
	{ ALERT_RESOLVED, NULL, OUT,
	    "Custody of booking {booking} here is on record as ended." CLOSED, NULL, NULL, NULL },

	/* Compliance sees every instant that moves later. */
	{ ALERT_DEADLINE_MOVED, "held_on_other_authority", MOVED,
	    "Other authority was recorded for booking {booking}. Lawful custody for ICE was to end at {clock}, and gets no new"
	    " time by it. Compliance should see why.",
	    NULL, NULL, NULL },
	{ ALERT_DEADLINE_MOVED, "custody_reopened", MOVED,
	    "Booking {booking} is on record as here again: the end of custody was taken back. Alerts that it had closed stand"
	    " again: look at them now.",
	    NULL, NULL, NULL },
	{ ALERT_DEADLINE_MOVED, NULL, MOVED,
	    "Booking {booking}: ICE could hold until {clock}; that was moved later, and now {stands}. Compliance should see why.",
	    NULL, NULL, NULL },

	{ ALERT_COUNSEL_NEEDED, "law_unverified", COUNSEL,
	    "A detainer came for booking {booking}, and the law on file for it is not verified. Counsel must decide whether the"
	    " person may be held for ICE: call {counsel}.",
	    NULL, "the law on file has not been verified by counsel", NULL },
	{ ALERT_COUNSEL_NEEDED, "no_law", COUNSEL,
	    "A detainer came for booking {booking}, and there is no law on file for it. Counsel must decide whether the person"
	    " may be held for ICE: call {counsel}.",
	    NULL, "there is no law on file for this", NULL },
	{ ALERT_COUNSEL_NEEDED, NULL, COUNSEL,
	    "A detainer came for booking {booking}, and no verified law on file allows holding for it. Counsel must decide: call"
	    " {counsel}.",
	    NULL, SILENT, NULL },

	/* Which bar it is stands in the record, for those who may read it. */
	{ ALERT_CLAIM_REVIEW, NULL, "Review at once: booking {booking}, {facility}",
	    "The record of booking {booking} needs compliance's review at once. Do not keep the person for ICE meanwhile.",
	    NULL, NULL, NULL },

	{ ALERT_CUSTODY_UNCLEAR, "transferred", WHERE,
	    "Booking {booking} is on record as transferred, not linked." CLOCK_RUNS, NULL, NULL,
	    NULL },
	{ ALERT_CUSTODY_UNCLEAR, "hospital", WHERE,
	    "Booking {booking} is on record as in hospital, not linked." CLOCK_RUNS, NULL, NULL,
	    NULL },
	{ ALERT_CUSTODY_UNCLEAR, "court", WHERE,
	    "Booking {booking} is on record as at court, not linked." CLOCK_RUNS, NULL, NULL,
	    NULL },
	{ ALERT_CUSTODY_UNCLEAR, "furlough", WHERE,
	    "Booking {booking} is on record as on furlough, not linked." CLOCK_RUNS, NULL, NULL,
	    NULL },
	{ ALERT_CUSTODY_UNCLEAR, "recorded_in_error", WHERE,
	    "Booking {booking} is on record as recorded in error, not linked." CLOCK_RUNS, NULL,
	    NULL, NULL },
	{ ALERT_CUSTODY_UNCLEAR, "merged", WHERE,
	    "Booking {booking} is on record as merged, not linked." CLOCK_RUNS, NULL, NULL, NULL },
	{ ALERT_CUSTODY_UNCLEAR, NULL, WHERE,
	    "Booking {booking} is on record as gone, without a word of where to." CLOCK_RUNS, NULL,
	    NULL, NULL },

	/* detainerd and its feed are watched too. */
	{ ALERT_FACTS_STALE, NULL, "No facts from {facility}",
	    "No facts have come from {facility} within its limit: alerts may be missing or wrong. Watch release times by hand."
	    " Administrator: mend the feed.",
	    NULL, NULL, NULL },
	{ ALERT_MONITOR_DEGRADED, "undelivered", "detainerd: messages are not delivered",
	    "Messages to receiver {object} are not delivered: look for alerts by detainerctl alerts, not by waiting."
	    " Administrator: detainerctl deliveries.",
	    NULL, NULL, NULL },
	{ ALERT_MONITOR_DEGRADED, "receiver_failing", "detainerd: a receiver fails",
	    "Receiver {object} fails again and again: look for alerts by detainerctl alerts, not by waiting. Administrator:"
	    " detainerctl deliveries.",
	    NULL, NULL, NULL },
	{ ALERT_MONITOR_DEGRADED, "receiver_missing", "detainerd: a route has no receiver",
	    "No running detainerd has receiver {object}, which a route names: nobody is told by it. Administrator: start it, or"
	    " mend the route.",
	    NULL, NULL, NULL },
	{ ALERT_MONITOR_DEGRADED, "hold_drift", "detainerd: a stored verdict disagrees",
	    "A stored verdict disagrees with the facts and the law on file: an alert may be missing or wrong. Administrator: see"
	    " detainerd.hold_drift.",
	    NULL, NULL, NULL },
	{ ALERT_MONITOR_DEGRADED, NULL, "detainerd needs help",
	    "detainerd needs help: alerts may come late. Look for them by detainerctl alerts. Administrator: detainerctl status.",
	    NULL, NULL, NULL },

	{ ALERT_DIGEST, NULL, "List of alerts ({count}): read it now",
	    "Alerts that came at once, {count} in one list. Each is an alert of its own and counts as told: go through the"
	    " list now.",
	    "RELEASE DUE and OVERDUE: ICE may not hold the booking after the time given. Check for other warrants and holds now;"
	    " if none, release. STAND DOWN: what was said of that time no longer applies. Look up the others, and whatever is"
	    " not clear: detainerctl alerts show ID. Acknowledge each by its own id: detainerctl ack ID --reason REASON",
	    NULL, NULL },
	{ ALERT_DAILY_DIGEST, NULL, "Daily list ({count}): {facility}",
	    "Of {facility}, {count} on the list: each needs a decision or a fact, and comes every day until it is settled.",
	    NULL, NULL, NULL },
	{ ALERT_TEST, NULL, "Test of detainerd",
	    "This is a test of detainerd. Nobody is to be released for it.", NULL, NULL, NULL },
	{ ALERT_OTHER, NULL, "Alert: booking {booking}, {facility}",
	    "An alert for booking {booking} at {facility}, of a kind that this program does not know. Look it up: detainerctl"
	    " alerts show {id}",
	    NULL, NULL, NULL },
};

#define ENDS "Lawful custody for ICE ends"
#define ENDED "Lawful custody for ICE ended"
#define TO_END "Lawful custody for ICE was to end"

static const struct words_manner manners[ALERT_KINDS] = {
	[ALERT_DUE_SOON] = { "Release at {clock}, {facility}", ENDS, NULL, NULL, ASKS_RELEASE },
	[ALERT_RELEASE_DUE] = { "RELEASE DUE {clock}, {facility}", ENDED, NULL, NULL,
	    ASKS_RELEASE },
	[ALERT_OVERDUE] = { "OVERDUE since {clock}, {facility}", ENDED, NULL, NULL, ASKS_RELEASE },
	[ALERT_SUPERSEDED] = { "STAND DOWN {clock}, {facility}", TO_END, "Changed", "Takes back",
	    ASKS_NOTHING },
	[ALERT_RESOLVED] = { "Resolved: {facility}", TO_END, "Ended", "Closes", ASKS_NOTHING },
	[ALERT_DEADLINE_MOVED] = { "Deadline moved: {facility}", TO_END, "Changed", NULL,
	    ASKS_COUNSEL },
	[ALERT_COUNSEL_NEEDED] = { "Counsel needed: {facility}", ENDS, "Since", NULL,
	    ASKS_COUNSEL },
	[ALERT_CLAIM_REVIEW] = { "Review at once: {facility}", NULL, "Since", NULL, ASKS_COUNSEL },
	[ALERT_CUSTODY_UNCLEAR] = { "Custody unclear: {facility}", ENDS, "Since", NULL, ASKS_WORD },
	[ALERT_FACTS_STALE] = { "No facts from {facility}", NULL, "Since", NULL, ASKS_WORD },
	[ALERT_MONITOR_DEGRADED] = { "detainerd needs help", NULL, "Since", NULL, ASKS_WORD },
	[ALERT_DIGEST] = { "List of alerts ({count})", NULL, NULL, "Listed", ASKS_NOTHING },
	[ALERT_DAILY_DIGEST] = { "Daily list ({count}): {facility}", NULL, NULL, "Listed",
	    ASKS_NOTHING },
	[ALERT_TEST] = { "Test of detainerd", NULL, "Asked for", NULL, ASKS_NOTHING },
	[ALERT_OTHER] = { "Alert: {facility}", ENDS, "Since", NULL, ASKS_WORD },
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

const struct words_manner *
words_manner(enum alert_kind kind)
{
	assert(kind < ALERT_KINDS);
	return &manners[kind];
}
