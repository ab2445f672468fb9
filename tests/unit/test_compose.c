/* SPDX-License-Identifier: MIT */
#include "core/compose.h"

#include <string.h>

#include "sample.h"
#include "unit.h"

static struct alert
make(const char *kind, const char *reason)
{
	const char *row[DELIVERY_COLUMNS];
	struct alert alert;

	sample_row(row);
	row[DELIVERY_COLUMN_ALERT + ALERT_COLUMN_KIND] = kind;
	row[DELIVERY_COLUMN_ALERT + ALERT_COLUMN_REASON] = reason;
	assert_true(alert_decode(&alert, row + DELIVERY_COLUMN_ALERT));
	return alert;
}

static const char *
subject_of(const struct alert *alert)
{
	static char at[COMPOSE_SUBJECT_BYTES];
	struct text text;

	text_init(&text, at, sizeof at);
	compose_subject(alert, &text);
	assert_false(text.truncated);
	return at;
}

static const char *
text_of(const struct alert *alert)
{
	static char at[COMPOSE_TEXT_BYTES];
	struct text text;

	text_init(&text, at, sizeof at);
	compose_text(alert, &text);
	assert_false(text.truncated);
	return at;
}

static void
the_words(void **state)
{
	static const struct {
		const char *kind, *reason, *subject, *lead;
	} rows[] = {
		{ "release_due", "hold_not_allowed", "RELEASE DUE 14:05 EST: booking 12345, MAIN",
		    "ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds now; if none,"
		    " release. ICE being on its way does not extend the time.\n" },
		{ "release_due", "ice_did_not_interview",
		    "RELEASE DUE 14:05 EST: booking 12345, MAIN",
		    "The time to hold booking 12345 for ICE ended at 14:05 EST. Check for" },
		{ "release_due", "ice_did_not_take_custody",
		    "RELEASE DUE 14:05 EST: booking 12345, MAIN",
		    "ICE has not taken booking 12345 by 14:05 EST. Check for" },
		{ "release_due", "detainer_rescinded", "RELEASE DUE 14:05 EST: booking 12345, MAIN",
		    "ICE withdrew its detainer on booking 12345 at 14:05 EST. Check for" },
		{ "release_due", "detainer_not_in_force",
		    "RELEASE DUE 14:05 EST: booking 12345, MAIN",
		    "No detainer in force keeps booking 12345 after 14:05 EST. Check for" },
		{ "release_due", "agency_declined", "RELEASE DUE 14:05 EST: booking 12345, MAIN",
		    "This agency does not hold booking 12345 for ICE after 14:05 EST. Check for" },
		{ "release_due", "counsel_must_decide",
		    "RELEASE DUE 14:05 EST: booking 12345, MAIN",
		    "No verified law on file allows this hold. Do not keep booking 12345 for ICE after 14:05 EST"
		    " without counsel's decision: call 555-0100." },
		{ "release_due", "invented", "RELEASE DUE 14:05 EST: booking 12345, MAIN",
		    "Lawful custody of booking 12345 for ICE ended at 14:05 EST. Check for" },
		{ "due_soon", "ice_did_not_interview", "Release at 14:05 EST: booking 12345, MAIN",
		    "Lawful custody of booking 12345 for ICE ends at 14:05 EST." },
		{ "due_soon", "hold_not_allowed", "Release at 14:05 EST: booking 12345, MAIN",
		    "ICE may not hold booking 12345 after 14:05 EST. Check for other warrants and holds before then" },
		{ "overdue", "hold_not_allowed", "OVERDUE since 14:05 EST: booking 12345, MAIN",
		    "Booking 12345 is still here; custody for ICE ended at 14:05 EST. Check for" },
		{ "overdue", "counsel_must_decide", "OVERDUE since 14:05 EST: booking 12345, MAIN",
		    "Booking 12345 is still here, and no verified law on file allows it since 14:05 EST." },
		{ "superseded", "", "STAND DOWN: booking 12345, MAIN",
		    "STAND DOWN: what was said of booking 12345" },
		{ "resolved", "", "Resolved: booking 12345, MAIN",
		    "Booking 12345 is no longer in custody here." },
		{ "deadline_moved", "", "Deadline moved to 14:05 EST: booking 12345, MAIN",
		    "The end of lawful custody" },
		{ "counsel_needed", "", "Counsel needed: booking 12345, MAIN",
		    "A detainer came for booking 12345" },
		{ "claim_review", "", "Review at once: booking 12345, MAIN",
		    "The record of booking 12345 needs" },
		{ "custody_unclear", "", "Where is booking 12345, MAIN?",
		    "Booking 12345 left without a record" },
		{ "facts_stale", "", "No facts from MAIN", "Nothing has been recorded for MAIN" },
		{ "monitor_degraded", "receiver failing", "detainerd needs help, MAIN",
		    "detainerd needs help at MAIN: receiver failing." },
		{ "invented_later", "x", "invented_later: booking 12345, MAIN",
		    "Alert invented_later for booking 12345 at MAIN: x." },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct alert alert = make(rows[i].kind, rows[i].reason);

		assert_string_equal(subject_of(&alert), rows[i].subject);
		assert_memory_equal(text_of(&alert), rows[i].lead, strlen(rows[i].lead));
		assert_null(strstr(subject_of(&alert), "ICE"));
		assert_null(strchr(text_of(&alert), '{'));
	}
}

/* A pager shows 160 characters: they hold the booking, the instant and what to do. */
static void
the_first_160_characters_suffice(void **state)
{
	static const char *const reasons[] = { "hold_not_allowed", "ice_did_not_interview",
		"ice_did_not_take_custody", "detainer_rescinded", "detainer_not_in_force",
		"agency_declined", "invented" };

	(void)state;
	for (size_t i = 0; i < COUNT(reasons); i++) {
		struct alert alert = make("release_due", reasons[i]);
		char pager[161];

		(void)text_copy(pager, sizeof pager, text_of(&alert));
		assert_non_null(strstr(pager, "12345"));
		assert_non_null(strstr(pager, "14:05 EST"));
		assert_non_null(
		    strstr(pager, "Check for other warrants and holds now; if none, release."));
	}
}

static void
lateness_is_said(void **state)
{
	struct alert alert = make("release_due", "hold_not_allowed");

	(void)state;
	assert_null(strstr(text_of(&alert), "late"));
	alert.raised_at = instant_add(alert.due_at, span_of_ms(4999));
	assert_null(strstr(subject_of(&alert), "late"));
	alert.raised_at = instant_add(alert.due_at, span_of_ms(10920000));
	assert_string_equal(subject_of(&alert),
	    "RELEASE DUE 14:05 EST: booking 12345, MAIN (raised 3 h 2 min late)");
	assert_non_null(strstr(text_of(&alert),
	    "\nThis alert was raised 3 h 2 min late: it was due 2026-11-24 14:05:00 EST"));
}

static void
the_rest_of_the_text(void **state)
{
	struct alert alert = make("release_due", "ice_did_not_interview");
	const char *text = text_of(&alert);

	(void)state;
	assert_non_null(strstr(text, "\nFacility: Main Jail (MAIN)\n"));
	assert_non_null(strstr(text,
	    "\nLawful custody for ICE ended or ends: 2026-11-24 14:05:00 EST (2026-11-24T19:05:00.000000Z)\n"));
	assert_non_null(
	    strstr(text, "\nWhy: the time ran out, and no interview of this stay had begun\n"));
	assert_non_null(strstr(text, "\nLaw: Conn. Gen. Stat. 54-192h\n"));
	assert_non_null(strstr(text,
	    "\nOther authority: none on file at 2026-11-24 14:05:00 EST; detainerd cannot see"));
	assert_non_null(strstr(text, "\nCall: 555-0100\n"));
	assert_non_null(strstr(
	    text, "\nAcknowledge: detainerctl ack c1f0-12-release_due-1795547100000000-0\n"));
	(void)text_copy(alert.other_authority, sizeof alert.other_authority, "other agency");
	assert_non_null(strstr(text_of(&alert), "\nOther authority on file: other agency\n"));
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
		.raised_at = INSTANT_UNKNOWN };

	(void)state;
	assert_string_equal(subject_of(&alert),
	    "RELEASE DUE the time on record: booking (no number), all facilities");
	assert_non_null(strstr(text_of(&alert), "call the facility's counsel."));
	assert_null(strstr(text_of(&alert), ": \n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_words),
		cmocka_unit_test(the_first_160_characters_suffice),
		cmocka_unit_test(lateness_is_said),
		cmocka_unit_test(the_rest_of_the_text),
		cmocka_unit_test(nothing_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
