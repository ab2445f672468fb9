/* SPDX-License-Identifier: MIT */
#include "core/compose.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "core/words.h"

#include "sample.h"
#include "unit.h"

#define HOUR_MS INT64_C(3600000)
#define ID "c1f0-12-release_due-1795547100000000-0"

/* Its instants as its kind has them: an hour before the end, at it, half an hour past it. */
static void
set_instants(struct alert *alert)
{
	int64_t ms = alert->kind == ALERT_DUE_SOON  ? -HOUR_MS
		     : alert->kind == ALERT_OVERDUE ? HOUR_MS / 2
						    : 0;

	alert->due_at = instant_add(alert->release_at, span_of_ms(ms));
	alert->raised_at = alert->as_of = instant_add(alert->due_at, span_of_ms(10));
}

static struct alert
make(const char *kind, const char *reason)
{
	const char *row[DELIVERY_COLUMNS];
	struct delivery delivery;

	sample_row(row);
	row[DELIVERY_COLUMN_ALERT + ALERT_COLUMN_KIND] = kind;
	row[DELIVERY_COLUMN_ALERT + ALERT_COLUMN_REASON] = reason;
	assert_true(delivery_decode(&delivery, row));
	set_instants(&delivery.alert);
	if (delivery.alert.kind == ALERT_DIGEST)
		delivery.alert.listed =
		    "booking 12345  MAIN  RELEASE DUE  2026-11-24 14:05 EST  " ID
		    "\nbooking 12 RELEASE  9  MAIN  CLAIM REVIEW  c1f0-13-claim_review-0-0";
	if (delivery.alert.kind == ALERT_DAILY_DIGEST)
		delivery.alert.listed =
		    "booking 12345  OVERDUE  2026-11-23 14:05 EST\nbooking 12  START UNKNOWN\nbooking 13  OTHER AUTHORITY";
	if (delivery.alert.kind == ALERT_SUPERSEDED || delivery.alert.kind == ALERT_DEADLINE_MOVED)
		(void)text_copy(delivery.alert.stands, sizeof delivery.alert.stands,
		    "ends 2026-11-25 14:05 EST");
	return delivery.alert;
}

static const char *
subject_in(const struct alert *alert, enum conf_detail detail)
{
	static char at[COMPOSE_SUBJECT_BYTES];
	struct text text;

	text_init(&text, at, sizeof at);
	compose_subject(alert, detail, &text);
	assert_false(text.truncated);
	return at;
}

static const char *
text_in(const struct alert *alert, enum conf_detail detail)
{
	static char at[COMPOSE_TEXT_BYTES];
	struct text text;

	text_init(&text, at, sizeof at);
	compose_text(alert, detail, &text);
	assert_false(text.truncated);
	return at;
}

static const char *
subject_of(const struct alert *alert)
{
	return subject_in(alert, DETAIL_FULL);
}

static const char *
text_of(const struct alert *alert)
{
	return text_in(alert, DETAIL_FULL);
}

/* What a pager shows: 160 characters, its first line. */
static const char *
pager_of(const struct alert *alert)
{
	static char at[COMPOSE_PAGER + 1];

	(void)text_copy(at, sizeof at, text_of(alert));
	at[strcspn(at, "\n")] = '\0';
	return at;
}

/* Every row of the tables: subject, and all of the first line that a pager shows. */
static const struct {
	const char *kind, *reason, *subject, *pager;
} rows
    [] = {
	    { "due_soon", "hold_not_allowed", "Release at 14:05 EST: booking 12345, MAIN",
		"ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds before; if none, release then. ICE being on its way does not extend the time." },
	    { "due_soon", "ice_did_not_interview", "Release at 14:05 EST: booking 12345, MAIN",
		"ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds before; if none, release then. ICE being on its way does not extend the time." },
	    { "due_soon", "ice_did_not_take_custody", "Release at 14:05 EST: booking 12345, MAIN",
		"ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds before; if none, release then. ICE being on its way does not extend the time." },
	    { "due_soon", "detainer_rescinded", "Release at 14:05 EST: booking 12345, MAIN",
		"ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds before; if none, release then. ICE being on its way does not extend the time." },
	    { "due_soon", "detainer_not_in_force", "Release at 14:05 EST: booking 12345, MAIN",
		"ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds before; if none, release then. ICE being on its way does not extend the time." },
	    { "due_soon", "agency_declined", "Release at 14:05 EST: booking 12345, MAIN",
		"ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds before; if none, release then. ICE being on its way does not extend the time." },
	    { "due_soon", "counsel_must_decide", "Release at 14:05 EST: booking 12345, MAIN",
		"No verified law on file allows holding booking 12345 after 14:05 EST. Do not keep the person for ICE after that without counsel's decision: call 555-0100." },
	    { "due_soon", "", "Release at 14:05 EST: booking 12345, MAIN",
		"ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds before; if none, release then. ICE being on its way does not extend the time." },
	    { "release_due", "hold_not_allowed", "RELEASE DUE 14:05 EST: booking 12345, MAIN",
		"ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds now; if none, release. ICE being on its way does not extend the time." },
	    { "release_due", "ice_did_not_interview", "RELEASE DUE 14:05 EST: booking 12345, MAIN",
		"ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds now; if none, release. ICE being on its way does not extend the time." },
	    { "release_due", "ice_did_not_take_custody",
		"RELEASE DUE 14:05 EST: booking 12345, MAIN",
		"ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds now; if none, release. ICE being on its way does not extend the time." },
	    { "release_due", "detainer_rescinded", "RELEASE DUE 14:05 EST: booking 12345, MAIN",
		"ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds now; if none, release. ICE being on its way does not extend the time." },
	    { "release_due", "detainer_not_in_force", "RELEASE DUE 14:05 EST: booking 12345, MAIN",
		"ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds now; if none, release. ICE being on its way does not extend the time." },
	    { "release_due", "agency_declined", "RELEASE DUE 14:05 EST: booking 12345, MAIN",
		"ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds now; if none, release. ICE being on its way does not extend the time." },
	    { "release_due", "counsel_must_decide", "RELEASE DUE 14:05 EST: booking 12345, MAIN",
		"No verified law on file allows this hold. Do not keep the person for ICE without counsel's decision: call 555-0100. Booking 12345, 14:05 EST." },
	    { "release_due", "", "RELEASE DUE 14:05 EST: booking 12345, MAIN",
		"ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds now; if none, release. ICE being on its way does not extend the time." },
	    { "overdue", "hold_not_allowed",
		"OVERDUE 30 min (since 14:05 EST): booking 12345, MAIN",
		"OVERDUE 30 min: ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds now; if none, release. ICE being on its way does not extend t" },
	    { "overdue", "ice_did_not_interview",
		"OVERDUE 30 min (since 14:05 EST): booking 12345, MAIN",
		"OVERDUE 30 min: ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds now; if none, release. ICE being on its way does not extend t" },
	    { "overdue", "ice_did_not_take_custody",
		"OVERDUE 30 min (since 14:05 EST): booking 12345, MAIN", "OVERDUE 30 min: ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds now; if none, release. ICE being on its way does not extend t" },
	    { "overdue", "detainer_rescinded",
		"OVERDUE 30 min (since 14:05 EST): booking 12345, MAIN",
		"OVERDUE 30 min: ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds now; if none, release. ICE being on its way does not extend t" },
	    { "overdue", "detainer_not_in_force",
		"OVERDUE 30 min (since 14:05 EST): booking 12345, MAIN",
		"OVERDUE 30 min: ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds now; if none, release. ICE being on its way does not extend t" },
	    { "overdue", "agency_declined", "OVERDUE 30 min (since 14:05 EST): booking 12345, MAIN",
		"OVERDUE 30 min: ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds now; if none, release. ICE being on its way does not extend t" },
	    { "overdue", "counsel_must_decide",
		"OVERDUE 30 min (since 14:05 EST): booking 12345, MAIN",
		"OVERDUE 30 min, booking 12345. No verified law on file allows this hold. Do not keep the person for ICE without counsel's decision: call 555-0100." },
	    { "overdue", "", "OVERDUE 30 min (since 14:05 EST): booking 12345, MAIN",
		"OVERDUE 30 min: ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds now; if none, release. ICE being on its way does not extend t" },
	    { "superseded", "held_on_other_authority", "STAND DOWN 14:05 EST: booking 12345, MAIN",
		"STAND DOWN: alert for booking 12345, 14:05 EST, no longer applies because other authority was recorded; now lawful custody for ICE ends 2026-11-25 14:05 EST." },
	    { "superseded", "", "STAND DOWN 14:05 EST: booking 12345, MAIN",
		"STAND DOWN: alert for booking 12345, 14:05 EST, no longer applies because the record changed; now lawful custody for ICE ends 2026-11-25 14:05 EST." },
	    { "resolved", "released", "Resolved: booking 12345, MAIN",
		"Booking 12345 is on record as released. The alerts listed below are closed." },
	    { "resolved", "ice_custody", "Resolved: booking 12345, MAIN",
		"Booking 12345 is on record as taken by ICE. The alerts listed below are closed." },
	    { "resolved", "ice_custody_in_place", "Resolved: booking 12345, MAIN",
		"Booking 12345 is on record as in ICE's custody, in this building. The alerts listed below are closed." },
	    { "resolved", "other_agency", "Resolved: booking 12345, MAIN",
		"Booking 12345 is on record as handed to another agency. The alerts listed below are closed." },
	    { "resolved", "undelivered: desk", "Mended: messages are delivered again",
		"Mended: messages to receiver desk are delivered again. What was delayed arrives now, late." },
	    { "resolved", "receiver_failing: desk", "Mended: a receiver takes messages again",
		"Mended: receiver desk takes messages again." },
	    { "resolved", "receiver_missing: desk", "Mended: every route has its receiver",
		"Mended: a running detainerd has receiver desk again." },
	    { "resolved", "not_watched: 22008", "Mended: detainerd looks after itself again",
		"Mended: detainerd looks after itself again." },
	    { "resolved", "hold_drift: desk", "Mended: stored verdicts agree again",
		"Mended: every stored verdict agrees again with the facts and the law on file." },
	    { "resolved", "facts_stale: desk", "Mended: facts come again from MAIN",
		"Mended: facts come again from MAIN. What was recorded meanwhile may still be missing." },
	    { "resolved", "", "Resolved: booking 12345, MAIN",
		"Custody of booking 12345 here is on record as ended. The alerts listed below are closed." },
	    { "deadline_moved", "held_on_other_authority", "Deadline moved: booking 12345, MAIN",
		"Other authority was recorded for booking 12345. Lawful custody for ICE was to end at 14:05 EST, and gets no new time by it. Compliance should see why." },
	    { "deadline_moved", "custody_reopened", "Deadline moved: booking 12345, MAIN",
		"Booking 12345 is on record as here again: the end of custody was taken back. Alerts that it had closed stand again: look at them now." },
	    { "deadline_moved", "", "Deadline moved: booking 12345, MAIN",
		"Booking 12345: the end of lawful custody for ICE, 14:05 EST, was moved later; now lawful custody for ICE ends 2026-11-25 14:05 EST. Compliance should see why." },
	    { "counsel_needed", "law_unverified", "Counsel needed: booking 12345, MAIN",
		"A detainer came for booking 12345, and the law on file for it is not verified. Counsel must decide whether the person may be held for ICE: call 555-0100." },
	    { "counsel_needed", "no_law", "Counsel needed: booking 12345, MAIN",
		"A detainer came for booking 12345, and there is no law on file for it. Counsel must decide whether the person may be held for ICE: call 555-0100." },
	    { "counsel_needed", "", "Counsel needed: booking 12345, MAIN",
		"A detainer came for booking 12345, and no verified law on file allows holding for it. Counsel must decide: call 555-0100." },
	    { "claim_review", "", "Review at once: booking 12345, MAIN",
		"The record of booking 12345 needs compliance's review at once. Do not keep the person for ICE meanwhile." },
	    { "custody_unclear", "transferred", "Where is booking 12345, MAIN?",
		"Booking 12345 is on record as transferred, not linked. That ends no hold. Find out where the person is, and link or correct the record." },
	    { "custody_unclear", "hospital", "Where is booking 12345, MAIN?",
		"Booking 12345 is on record as in hospital, not linked. That ends no hold. Find out where the person is, and link or correct the record." },
	    { "custody_unclear", "court", "Where is booking 12345, MAIN?",
		"Booking 12345 is on record as at court, not linked. That ends no hold. Find out where the person is, and link or correct the record." },
	    { "custody_unclear", "furlough", "Where is booking 12345, MAIN?",
		"Booking 12345 is on record as on furlough, not linked. That ends no hold. Find out where the person is, and link or correct the record." },
	    { "custody_unclear", "recorded_in_error", "Where is booking 12345, MAIN?",
		"Booking 12345 is on record as recorded in error, not linked. That ends no hold. Find out where the person is, and link or correct the record." },
	    { "custody_unclear", "merged", "Where is booking 12345, MAIN?",
		"Booking 12345 is on record as merged, not linked. That ends no hold. Find out where the person is, and link or correct the record." },
	    { "custody_unclear",
		"", "Where is booking 12345, MAIN?", "Booking 12345 is on record as gone, without a word of where to. That ends no hold. Find out where the person is, and link or correct the record." },
	    { "duty_due", "ice_release_notice: tell ICE the date and time of release",
		"Due by 14:05 EST: booking 12345, MAIN",
		"Due by 14:05 EST for booking 12345, MAIN: tell ICE the date and time of release. Then record it." },
	    { "duty_missed", "judge_told: tell the judge",
		"Not done by 14:05 EST: booking 12345, MAIN",
		"Not on record as done by 14:05 EST for booking 12345, MAIN: tell the judge. Do it now and record it; if it was done, record when." },
	    { "facts_stale", "", "No facts from MAIN",
		"No facts have come from MAIN within its limit: alerts may be missing or wrong. Watch release times by hand. Administrator: mend the feed." },
	    { "monitor_degraded", "undelivered: desk", "detainerd: messages are not delivered",
		"Messages to receiver desk are not delivered: look for alerts by detainerctl alerts, not by waiting. Administrator: detainerctl deliveries." },
	    { "monitor_degraded", "receiver_failing: desk", "detainerd: a receiver fails",
		"Receiver desk fails again and again: look for alerts by detainerctl alerts, not by waiting. Administrator: detainerctl deliveries." },
	    { "monitor_degraded", "receiver_missing: desk", "detainerd: a route has no receiver",
		"No running detainerd has receiver desk, which a route names: nobody is told by it. Administrator: start it, or mend the route." },
	    { "monitor_degraded", "hold_drift: desk", "detainerd: a stored verdict disagrees",
		"A stored verdict disagrees with the facts and the law on file: an alert may be missing or wrong. Administrator: see detainerd.hold_drift." },
	    { "monitor_degraded", "not_watched: 22008", "detainerd: it cannot look after itself",
		"detainerd cannot look after itself (error 22008): a stopped feed or a stuck message may go unseen. Administrator: the database's log; detainerctl doctor." },
	    { "monitor_degraded", "", "detainerd needs help",
		"detainerd needs help: alerts may come late. Look for them by detainerctl alerts. Administrator: detainerctl status." },
	    { "digest", "", "List of alerts (2): read it now",
		"Alerts that came at once, 2 in one list. Each is an alert of its own and counts as told: go through the list now." },
	    { "daily_digest", "", "Daily list (3): MAIN",
		"Of MAIN, 3 on the list: each needs a decision or a fact, and comes every day until it is settled." },
	    { "test", "", "Test of detainerd",
		"This is a test of detainerd. Nobody is to be released for it." },
	    { "invented", "", "Alert: booking 12345, MAIN",
		"An alert for booking 12345 at MAIN, of a kind that this program does not know. Look it up: detainerctl alerts show c1f0-12-release_due-1795547100000000-0" },
    };

static void
the_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct alert alert = make(rows[i].kind, rows[i].reason);

		assert_string_equal(subject_of(&alert), rows[i].subject);
		assert_string_equal(pager_of(&alert), rows[i].pager);
	}
}

static void
every_row_of_the_table_is_tested(void **state)
{
	(void)state;
	for (size_t r = 0; words_row(r) != NULL; r++) {
		bool found = false;

		for (size_t i = 0; i < COUNT(rows) && !found; i++) {
			struct alert alert = make(rows[i].kind, rows[i].reason);

			found = words_find(&alert) == words_row(r);
		}
		if (!found)
			fail_msg("row %zu of the words is not tested", r);
	}
}

/* Findings, alternatives and what was claimed of a person are for those who may read the record. */
static void
no_row_speaks_of_a_finding(void **state)
{
	static const char *const never[] = { "convict", "felon", "gang", "terror", "citizen",
		"juvenile", "identity", "alternative", "subsection", "finding", "name of" };

	(void)state;
	for (size_t r = 0; words_row(r) != NULL; r++) {
		const struct words *row = words_row(r);
		const char *const all[] = { row->subject, row->lead, row->then, row->why,
			row->unknown };

		for (size_t i = 0; i < COUNT(all) * COUNT(never); i++) {
			const char *words = all[i / COUNT(never)];

			if (words != NULL && strcasestr(words, never[i % COUNT(never)]) != NULL)
				fail_msg("row %zu says '%s'", r, never[i % COUNT(never)]);
		}
	}
}

/* A reason that the table does not know gets the words of its kind, and is not shown. */
static void
an_unknown_reason(void **state)
{
	struct alert alert = make("release_due", "invented");

	(void)state;
	assert_string_equal(pager_of(&alert),
	    "ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds now; if none,"
	    " release. ICE being on its way does not extend the time.");
	assert_null(strstr(text_of(&alert), "invented"));
	alert = make("invented", "");
	assert_non_null(strstr(text_of(&alert), "\nKind: invented\n"));
	alert = make("resolved", "undelivered_too: desk");
	assert_memory_equal(text_of(&alert), "Custody of booking", 18);
}

/* Whatever stands in a row: no ICE in a subject, no name left unfilled, no line without a value. */
static void
every_subject_and_text(void **state)
{
	static const enum conf_detail details[] = { DETAIL_FULL, DETAIL_MINIMAL };

	(void)state;
	for (size_t i = 0; i < COUNT(rows) * COUNT(details) * 2; i++) {
		struct alert alert = make(rows[i / 4].kind, rows[i / 4].reason);
		enum conf_detail detail = details[i % 2];

		alert.telling = (int)(i / 2 % 2);
		assert_null(strstr(subject_in(&alert, detail), "ICE"));
		assert_null(strchr(subject_in(&alert, detail), '{'));
		assert_null(strchr(text_in(&alert, detail), '{'));
		assert_null(strstr(text_in(&alert, detail), ": \n"));
		assert_non_null(strstr(text_in(&alert, detail), alert.id));
	}
}

/* The reader who may know no more is told facility, id, instant and kind, and where to look. */
static void
the_least(void **state)
{
	struct alert alert = make("release_due", "ice_did_not_interview");

	(void)state;
	assert_string_equal(subject_in(&alert, DETAIL_MINIMAL), "RELEASE DUE 14:05 EST, MAIN");
	assert_string_equal(text_in(&alert, DETAIL_MINIMAL),
	    "RELEASE DUE 14:05 EST, MAIN. Look it up now: detainerctl alerts show " ID "\n"
	    "\n"
	    "Facility: MAIN\n"
	    "Kind: release_due\n"
	    "Instant: 2026-11-24 14:05:00 EST (2026-11-24 19:05:00 UTC)\n"
	    "Look it up: detainerctl alerts show " ID "\n"
	    "Acknowledge: detainerctl ack " ID " --reason REASON\n"
	    "Alert: " ID "\n");
}

static void
the_least_says_nothing_else(void **state)
{
	static const char secret[] = "SECRET";

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct alert alert = make(rows[i].kind, rows[i].reason);

		(void)text_copy(alert.booking_number, sizeof alert.booking_number, secret);
		(void)text_copy(alert.reason, sizeof alert.reason, "undelivered: SECRET");
		(void)text_copy(alert.citation, sizeof alert.citation, secret);
		(void)text_copy(alert.counsel_contact, sizeof alert.counsel_contact, secret);
		(void)text_copy(alert.other_authority, sizeof alert.other_authority, secret);
		(void)text_copy(alert.stands, sizeof alert.stands, secret);
		(void)text_copy(alert.facility_name, sizeof alert.facility_name, secret);
		alert.warrant_on_file = true;
		alert.listed =
		    "booking SECRET  MAIN  OVERDUE  2026-11-24 14:05 EST  c1f0-1-overdue-0-0\n"
		    "booking SECRET  SECRET  MAIN  CLAIM REVIEW  c1f0-1-claim_review-0-0\n"
		    "booking SECRET  CLAIM REVIEW  c1f0-1-claim_review-0-0\n"
		    "MONITOR DEGRADED  undelivered: SECRET  c1f0-0-monitor_degraded-0-0\n"
		    "booking SECRET\n"
		    "booking SECRET  x\n";
		assert_null(strstr(subject_in(&alert, DETAIL_MINIMAL), secret));
		assert_null(strstr(text_in(&alert, DETAIL_MINIMAL), secret));
		assert_null(strstr(text_in(&alert, DETAIL_MINIMAL), "ICE"));
		assert_null(strstr(text_in(&alert, DETAIL_MINIMAL), "warrant"));
		if (alert.kind == ALERT_DIGEST)
			assert_non_null(strstr(
			    text_in(&alert, DETAIL_MINIMAL), "\nc1f0-0-monitor_degraded-0-0\n"));
	}
}

static void
a_list_with_the_least(void **state)
{
	struct alert alert = make("digest", "");

	(void)state;
	assert_non_null(strstr(text_in(&alert, DETAIL_MINIMAL),
	    "\nListed: 2\n\nMAIN  RELEASE DUE  2026-11-24 14:05 EST  " ID
	    "\nMAIN  CLAIM REVIEW  c1f0-13-claim_review-0-0\n"));
	alert = make("daily_digest", "");
	assert_null(strstr(text_in(&alert, DETAIL_MINIMAL), "12345"));
}

static void
told_again(void **state)
{
	struct alert alert = make("release_due", "hold_not_allowed");

	(void)state;
	alert.telling = 2;
	assert_string_equal(subject_of(&alert),
	    "RELEASE DUE 14:05 EST: booking 12345, MAIN (told again: no acknowledgement stands)");
	assert_non_null(
	    strstr(text_of(&alert), "\nThis is told again: no acknowledgement stands.\n"));
	assert_string_equal(subject_in(&alert, DETAIL_MINIMAL),
	    "RELEASE DUE 14:05 EST, MAIN (told again: no acknowledgement stands)");
	alert = make("resolved", "released");
	alert.telling = 1;
	assert_string_equal(subject_of(&alert), "Resolved: booking 12345, MAIN (told again)");
}

/* Lateness of the data and lateness of detainerd are told apart. */
static void
lateness_is_said(void **state)
{
	struct alert alert = make("release_due", "hold_not_allowed");

	(void)state;
	assert_null(strstr(text_of(&alert), " late"));
	alert.raised_at = instant_add(alert.due_at, span_of_ms(4999));
	assert_null(strstr(subject_of(&alert), "late"));
	alert.raised_at = instant_add(alert.due_at, span_of_ms(10920000));
	(void)text_copy(alert.raised_local, sizeof alert.raised_local, "2026-11-24 17:07:00 EST");
	assert_string_equal(subject_of(&alert),
	    "RELEASE DUE 14:05 EST: booking 12345, MAIN (raised 3 h 2 min late)");
	assert_non_null(strstr(text_of(&alert),
	    "\ndetainerd was late: it raised this alert 3 h 2 min late, at 2026-11-24 17:07:00 EST.\n"));
	assert_null(strstr(text_of(&alert), "Due before"));
}

/* What comes by turns is not late because its turn came later; what is only seen by looking never is. */
static void
a_watch_is_later(void **state)
{
	struct alert alert = make("daily_digest", "");

	(void)state;
	alert.raised_at = instant_add(alert.due_at, span_of_ms(COMPOSE_WATCH_LATE_MS - 1));
	assert_null(strstr(subject_of(&alert), "late"));
	assert_null(strstr(text_of(&alert), "detainerd was late"));
	alert.raised_at = instant_add(alert.due_at, span_of_ms(COMPOSE_WATCH_LATE_MS));
	assert_string_equal(subject_of(&alert), "Daily list (3): MAIN (raised 2 min late)");
	alert = make("monitor_degraded", "hold_drift: hold");
	alert.raised_at = instant_add(alert.due_at, span_of_ms(100 * HOUR_MS));
	assert_null(strstr(subject_of(&alert), "late"));
}

static void
a_late_fact_is_not_detainerds_lateness(void **state)
{
	struct alert alert = make("release_due", "hold_not_allowed");

	(void)state;
	alert.learned_at = instant_add(alert.due_at, span_of_ms(5 * HOUR_MS + 57 * 60000));
	alert.raised_at = instant_add(alert.learned_at, span_of_ms(10));
	(void)text_copy(alert.learned_clock, sizeof alert.learned_clock, "2026-11-24 20:02 EST");
	assert_non_null(strstr(text_of(&alert),
	    "\nDue before it was on record: recorded 20:02 EST, 5 h 57 min after it happened.\n"));
	assert_null(strstr(text_of(&alert), "detainerd was late"));
	assert_null(strstr(subject_of(&alert), "late"));
	(void)text_copy(alert.learned_clock, sizeof alert.learned_clock, "2026-11-25 00:02 EST");
	assert_non_null(strstr(text_of(&alert), "recorded 2026-11-25 00:02 EST, "));
	/* a reminder's own instant is nothing that happened: what happened is the end of lawful custody */
	alert.kind = ALERT_OVERDUE;
	alert.due_at = instant_add(alert.release_at, span_of_ms(5 * HOUR_MS + 30 * 60000));
	assert_non_null(strstr(text_of(&alert), ", 5 h 57 min after it happened.\n"));
	alert.due_at = alert.release_at;
	alert.kind = ALERT_DUE_SOON; /* a reminder nobody could have had is no late fact */
	assert_null(strstr(text_of(&alert), "Due before"));
	alert.kind = ALERT_CUSTODY_UNCLEAR;
	assert_null(strstr(text_of(&alert), "Due before"));
	alert.kind = ALERT_RELEASE_DUE;
	alert.raised_at = instant_add(alert.learned_at, span_of_ms(61000));
	assert_non_null(
	    strstr(text_of(&alert), "\ndetainerd was late: it raised this alert 1 min late, at "));
}

static void
the_rest_of_the_text(void **state)
{
	struct alert alert = make("overdue", "ice_did_not_interview");

	(void)state;
	(void)text_copy(alert.as_of_clock, sizeof alert.as_of_clock, "14:35 EST");
	assert_string_equal(strstr(text_of(&alert), "\n\n"),
	    "\n\nFacility: Main Jail (MAIN)\n"
	    "Booking: 12345\n"
	    "Lawful custody for ICE ended: 2026-11-24 14:05:00 EST (2026-11-24 19:05:00 UTC)\n"
	    "Over by: 30 min at 14:35 EST\n"
	    "Why: the time to hold for ICE ran out; no interview of this stay is on record\n"
	    "Law: Conn. Gen. Stat. 54-192h\n"
	    "Other authority: none on file at 14:35 EST; detainerd cannot see other agencies' systems\n"
	    "Not known: whether the person has left since 14:35 EST; warrants and holds that nobody recorded;"
	    " an interview that nobody recorded\n"
	    "Call: 555-0100\n"
	    "Look it up: detainerctl alerts show " ID "\n"
	    "Acknowledge: detainerctl ack " ID " --reason REASON\n"
	    "Reasons: release_started, other_authority, ice_here, counsel_called, wrong_record\n"
	    "Alert: " ID "\n");
	(void)text_copy(alert.other_authority, sizeof alert.other_authority, "other agency");
	assert_non_null(strstr(text_of(&alert), "\nOther authority on file: other agency\n"));
	assert_null(strstr(text_of(&alert), "none on file"));
}

static void
a_warrant_without_basis(void **state)
{
	struct alert alert = make("release_due", "ice_did_not_interview");

	(void)state;
	alert.warrant_on_file = true;
	assert_memory_equal(text_of(&alert),
	    "ICE may not hold booking 12345 after 14:05 EST. A judicial warrant is on file. Ask counsel whether it"
	    " commands custody before release.",
	    134);
	assert_non_null(strstr(text_of(&alert), "\nCheck for other warrants and holds too."));
	alert = make("release_due", "counsel_must_decide");
	alert.warrant_on_file = true;
	assert_non_null(strstr(text_of(&alert),
	    "\nA judicial warrant is on file. Ask counsel whether it commands custody before release.\n"));
}

/* Another day than the reader's is named; the clock of today is enough. */
static void
the_day_is_said(void **state)
{
	struct alert alert = make("release_due", "hold_not_allowed");

	(void)state;
	(void)text_copy(alert.as_of_local, sizeof alert.as_of_local, "2026-11-25 00:10:00 EST");
	assert_string_equal(
	    subject_of(&alert), "RELEASE DUE 2026-11-24 14:05 EST: booking 12345, MAIN");
	assert_memory_equal(
	    text_of(&alert), "ICE may not hold booking 12345 after 2026-11-24 14:05 EST. ", 59);
}

/* Whom, where and when: a pager has room for them, on another day and with a long number too. */
static void
a_pager_is_enough(void **state)
{
	static const char *const contacts[] = { "", "County Counsel, 203-555-0100",
		"County Counsel on call, 203-555-0100 or 203-555-0199" };
	static const char *const kinds[] = { "release_due", "overdue" };

	(void)state;
	for (size_t i = 0; i < COUNT(contacts) * COUNT(kinds); i++) {
		struct alert alert = make(kinds[i % 2], "counsel_must_decide");

		(void)text_copy(alert.booking_number, sizeof alert.booking_number, "2026-0012345");
		(void)text_copy(
		    alert.as_of_local, sizeof alert.as_of_local, "2026-11-25 00:10:00 EST");
		(void)text_copy(
		    alert.counsel_contact, sizeof alert.counsel_contact, contacts[i / 2]);
		assert_non_null(strstr(pager_of(&alert), "ooking 2026-0012345"));
		assert_true(strlen(pager_of(&alert)) < COMPOSE_PAGER);
		assert_int_equal(pager_of(&alert)[strlen(pager_of(&alert)) - 1], '.');
	}
}

/* What has passed is said as past. */
static void
what_has_ended(void **state)
{
	struct alert alert = make("counsel_needed", "no_law");

	(void)state;
	assert_non_null(
	    strstr(text_of(&alert), "\nLawful custody for ICE ended: 2026-11-24 14:05"));
	alert.as_of = instant_add(alert.release_at, span_of_ms(-1));
	assert_non_null(strstr(text_of(&alert), "\nLawful custody for ICE ends: 2026-11-24 14:05"));
}

/* Where no section of law can be named, that is said. */
static void
no_section(void **state)
{
	struct alert alert = make("release_due", "counsel_must_decide");

	(void)state;
	alert.citation[0] = '\0';
	assert_non_null(strstr(text_of(&alert), "\nLaw: no section on file\n"));
	alert = make("claim_review", "");
	alert.citation[0] = '\0';
	assert_null(strstr(text_of(&alert), "\nLaw:"));
}

/* Whoever is asked to acknowledge is told what to write. */
static void
reasons_to_choose_from(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct alert alert = make(rows[i].kind, rows[i].reason);
		const char *asked = strstr(text_of(&alert), "\nAcknowledge: ");

		assert_true((strstr(text_of(&alert), "\nReasons: release_started, ") != NULL) ==
			    (asked != NULL));
	}
}

/* Every word that a list has for what it lists is explained above it. */
static void
a_daily_list_is_explained(void **state)
{
	struct alert alert = make("daily_digest", "");

	(void)state;
	assert_non_null(strstr(text_of(&alert), "\nOVERDUE: "));
	assert_non_null(strstr(text_of(&alert), " START UNKNOWN: "));
	assert_non_null(strstr(text_of(&alert), " PAST RELEASE: "));
	assert_non_null(strstr(text_of(&alert), " OTHER AUTHORITY: "));
	assert_non_null(strstr(text_of(&alert),
	    "\n\nbooking 12345  OVERDUE  2026-11-23 14:05 EST\nbooking 12  START UNKNOWN\nbooking 13  OTHER AUTHORITY\n"));
}

/* An instant of no facility is in UTC, once. */
static void
utc_is_said_once(void **state)
{
	struct alert alert = make("monitor_degraded", "undelivered: desk");

	(void)state;
	(void)text_copy(alert.due_local, sizeof alert.due_local, "2026-11-24 19:05:00 UTC");
	assert_non_null(strstr(text_of(&alert), "\nSince: 2026-11-24 19:05:00 UTC\n"));
}

/* What is asked of a facility for a period is about nobody's booking. */
static void
a_facilitys_duty(void **state)
{
	struct alert alert = make(
	    "duty_missed", "report: make the report on detainers, for 2025-01-01 to 2025-12-31");

	(void)state;
	alert.booking_number[0] = '\0';
	assert_string_equal(subject_of(&alert), "Not done by 14:05 EST: MAIN");
	assert_non_null(strstr(text_of(&alert),
	    "Not on record as done by 14:05 EST for MAIN: make the report on detainers, for 2025-01-01 to 2025-12-31. Do it"));
	assert_null(strstr(text_of(&alert), "ooking"));
}

/* A long contact would push the booking off the pager. */
static void
a_long_contact_stands_below(void **state)
{
	static const char contact[] = "County Counsel on call, 203-555-0100 or 203-555-0199";
	struct alert alert = make("release_due", "counsel_must_decide");

	(void)state;
	(void)text_copy(alert.counsel_contact, sizeof alert.counsel_contact, contact);
	assert_string_equal(pager_of(&alert),
	    "No verified law on file allows this hold. Do not keep the person for ICE without counsel's decision:"
	    " call counsel. Booking 12345, 14:05 EST.");
	assert_non_null(strstr(text_of(&alert), "\nCall: County Counsel on call, 203-555-0100"));
}

static void
a_stand_down_names_what_it_takes_back(void **state)
{
	struct alert alert = make("superseded", "release_moved");

	(void)state;
	alert.closes =
	    ID " release_due critical\nc1f0-12-overdue-1795547100000000-1 overdue critical";
	assert_non_null(strstr(
	    text_of(&alert), "\nTakes back: 2\n\n" ID "\nc1f0-12-overdue-1795547100000000-1\n"));
	assert_null(strstr(text_of(&alert), "Acknowledge"));
	assert_non_null(strstr(text_of(&alert), "\nNow: lawful custody for ICE ends 2026-11-25"));
}

static void
what_holds_now(void **state)
{
	static const struct {
		const char *what, *words;
	} now[] = {
		{ "kept", "another authority keeps the person" },
		{ "out", "the person is on record as gone" },
		{ "start_unknown", "nobody has said when the person would otherwise go free" },
		{ "ends 2026-11-25 14:05 EST", "lawful custody for ICE ends 2026-11-25 14:05 EST" },
		{ "ended 2026-11-24 10:00 EST",
		    "lawful custody for ICE has ended, at 2026-11-24 10:00 EST" },
		{ "", NULL },
		{ "invented later", NULL },
		{ "end", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(now); i++) {
		struct alert alert = make("superseded", "release_moved");
		char wanted[256];

		(void)text_copy(alert.stands, sizeof alert.stands, now[i].what);
		(void)snprintf(wanted, sizeof wanted, " now %s.\n",
		    now[i].words != NULL ? now[i].words : "its record says what holds");
		assert_non_null(strstr(text_of(&alert), wanted));
		(void)snprintf(wanted, sizeof wanted, "\nNow: %s\n", now[i].words);
		assert_true((strstr(text_of(&alert), wanted) != NULL) == (now[i].words != NULL));
		assert_null(strstr(text_of(&alert), "invented"));
	}
}

/* A list that does not fit is cut at the end of a line, and says how many are left. */
static void
a_list_that_does_not_fit(void **state)
{
	enum {
		LINES = 5000
	};
	static char listed[LINES * 48];
	struct alert alert = make("digest", "");
	struct text text;
	const char *end;
	char last[64];
	int left;

	(void)state;
	text_init(&text, listed, sizeof listed);
	for (int i = 0; i < LINES; i++)
		text_addf(&text, "%sbooking %04d  MAIN  OVERDUE  x-%d", i > 0 ? "\n" : "", i, i);
	assert_false(text.truncated);
	alert.listed = listed;
	end = strstr(text_of(&alert), "\n... and ");
	assert_non_null(end);
	assert_int_equal(sscanf(end, "\n... and %d more: detainerctl alerts\n", &left), 1);
	assert_true(left > 0 && left < LINES);
	while (end[-1] != '\n')
		end--;
	(void)snprintf(last, sizeof last, "booking %04d  MAIN  OVERDUE  x-%d\n", LINES - left - 1,
	    LINES - left - 1);
	assert_memory_equal(end, last, strlen(last));
}

/* What is not known never leaves a hole in a sentence, nor a line without a value. */
static void
nothing_known(void **state)
{
	struct alert alert = { .id = "x",
		.kind = ALERT_RELEASE_DUE,
		.reason = "counsel_must_decide",
		.release_at = INSTANT_UNKNOWN,
		.due_at = INSTANT_UNKNOWN,
		.raised_at = INSTANT_UNKNOWN,
		.learned_at = INSTANT_UNKNOWN,
		.as_of = INSTANT_UNKNOWN,
		.listed = "",
		.closes = "" };

	(void)state;
	assert_string_equal(subject_of(&alert),
	    "RELEASE DUE the time on record: booking (no number), all facilities");
	assert_non_null(strstr(text_of(&alert), "call counsel."));
	assert_non_null(
	    strstr(text_of(&alert), "\nCall: the facility's counsel (no contact is on file)\n"));
	assert_null(strstr(text_of(&alert), ": \n"));
	assert_null(strstr(text_of(&alert), "()"));
	alert.release_at.us = INT64_MAX - 1; /* no year that can be written */
	assert_null(strstr(text_of(&alert), "UTC"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_words),
		cmocka_unit_test(every_row_of_the_table_is_tested),
		cmocka_unit_test(no_row_speaks_of_a_finding),
		cmocka_unit_test(an_unknown_reason),
		cmocka_unit_test(every_subject_and_text),
		cmocka_unit_test(the_least),
		cmocka_unit_test(the_least_says_nothing_else),
		cmocka_unit_test(a_list_with_the_least),
		cmocka_unit_test(told_again),
		cmocka_unit_test(lateness_is_said),
		cmocka_unit_test(a_watch_is_later),
		cmocka_unit_test(a_late_fact_is_not_detainerds_lateness),
		cmocka_unit_test(the_rest_of_the_text),
		cmocka_unit_test(a_warrant_without_basis),
		cmocka_unit_test(the_day_is_said),
		cmocka_unit_test(a_pager_is_enough),
		cmocka_unit_test(what_has_ended),
		cmocka_unit_test(no_section),
		cmocka_unit_test(reasons_to_choose_from),
		cmocka_unit_test(utc_is_said_once),
		cmocka_unit_test(a_daily_list_is_explained),
		cmocka_unit_test(a_facilitys_duty),
		cmocka_unit_test(a_long_contact_stands_below),
		cmocka_unit_test(a_stand_down_names_what_it_takes_back),
		cmocka_unit_test(what_holds_now),
		cmocka_unit_test(a_list_that_does_not_fit),
		cmocka_unit_test(nothing_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
