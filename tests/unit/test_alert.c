/* SPDX-License-Identifier: MIT */
#include "core/alert.h"

#include <string.h>

#include "sample.h"
#include "unit.h"

static const char *row[DELIVERY_COLUMNS];
static const char **const columns = row + DELIVERY_COLUMN_ALERT;

static int
fresh(void **state)
{
	(void)state;
	sample_row(row);
	return 0;
}

static void
reads_every_column(void **state)
{
	struct alert alert;

	(void)state;
	assert_true(alert_decode(&alert, columns));
	assert_string_equal(alert.id, "c1f0-12-release_due-1795547100000000-0");
	assert_int_equal(alert.kind, ALERT_RELEASE_DUE);
	assert_int_equal(alert.severity, SEVERITY_CRITICAL);
	assert_int_equal(alert.verdict, VERDICT_FORBIDDEN);
	assert_string_equal(alert.reason, "hold_not_allowed");
	assert_string_equal(alert.booking_number, "12345");
	assert_string_equal(alert.counsel_contact, "555-0100");
	assert_string_equal(alert.other_authority, "");
	assert_int_equal(alert.release_at.us, SAMPLE_RELEASE_US);
	assert_int_equal(alert_late(&alert).us, 4000);
	assert_string_equal(alert_severity_name(alert.severity), "critical");
}

static void
a_newer_kind_is_carried_all_the_same(void **state)
{
	struct alert alert;

	(void)state;
	columns[ALERT_COLUMN_KIND] = "invented_later";
	columns[ALERT_COLUMN_SEVERITY] = "grave";
	columns[ALERT_COLUMN_ALLOWED] = NULL;
	columns[ALERT_COLUMN_RELEASE_US] = NULL;
	columns[ALERT_COLUMN_DUE_US] = "soon";
	assert_true(alert_decode(&alert, columns));
	assert_int_equal(alert.kind, ALERT_OTHER);
	assert_string_equal(alert.kind_name, "invented_later");
	assert_int_equal(alert.severity, SEVERITY_WARNING);
	assert_int_equal(alert.verdict, VERDICT_UNKNOWN);
	assert_false(instant_known(alert.release_at));
	assert_int_equal(alert_late(&alert).us, 0);
}

static void
only_an_id_that_cannot_be_carried_is_refused(void **state)
{
	struct alert alert;
	char longer[400];

	(void)state;
	memset(longer, 'x', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	columns[ALERT_COLUMN_FACILITY_NAME] = longer;
	assert_true(alert_decode(&alert, columns));
	assert_int_equal(strlen(alert.facility_name), sizeof alert.facility_name - 1);
	assert_string_equal(
	    alert.facility_name + sizeof alert.facility_name - 5, "x..."); /* cut, and says so */
	columns[ALERT_COLUMN_COUNSEL_CONTACT] = longer + sizeof longer - 301;
	assert_true(alert_decode(&alert, columns));
	assert_int_equal(strlen(alert.counsel_contact), 300); /* whom to call is not cut so soon */
	columns[ALERT_COLUMN_ID] = longer;
	assert_false(alert_decode(&alert, columns));
	columns[ALERT_COLUMN_ID] = NULL;
	assert_false(alert_decode(&alert, columns));
	columns[ALERT_COLUMN_ID] = "";
	assert_false(alert_decode(&alert, columns));
}

static void
no_control_character_comes_through(void **state)
{
	struct alert alert;

	(void)state;
	columns[ALERT_COLUMN_ID] = "a\r\nX-Evil: 1";
	columns[ALERT_COLUMN_BOOKING_NUMBER] = "1\r\nBcc: x@y";
	assert_true(alert_decode(&alert, columns));
	assert_string_equal(alert.id, "a  X-Evil: 1");
	assert_string_equal(alert.booking_number, "1  Bcc: x@y");
}

static void
late_is_after_the_instant_and_the_fact(void **state)
{
	static const struct {
		const char *due, *learned, *raised;
		int64_t late_us, data_late_us;
	} rows[] = {
		{ "1000", NULL, "1500", 500, 0 },
		{ "1000", "1400", "1500", 100, 400 },
		{ "1000", "900", "1500", 500, 0 }, /* learned in time */
		{ "1000", NULL, "900", 0, 0 },
		{ "1000", "1400", NULL, 0, 400 },
		{ NULL, NULL, "1500", 0, 0 },
	};
	struct alert alert;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		columns[ALERT_COLUMN_DUE_US] = rows[i].due;
		columns[ALERT_COLUMN_LEARNED_US] = rows[i].learned;
		columns[ALERT_COLUMN_RAISED_US] = rows[i].raised;
		assert_true(alert_decode(&alert, columns));
		assert_int_equal(alert_late(&alert).us, rows[i].late_us);
		assert_int_equal(alert_data_late(&alert).us, rows[i].data_late_us);
	}
}

static void
over_is_counted_when_it_is_told(void **state)
{
	struct alert alert;

	(void)state;
	assert_true(alert_decode(&alert, columns));
	assert_int_equal(alert_over(&alert).us, 4000);
	alert.as_of.us = SAMPLE_RELEASE_US + 7000;
	assert_int_equal(alert_over(&alert).us, 7000);
	alert.as_of.us = SAMPLE_RELEASE_US - 1;
	assert_int_equal(alert_over(&alert).us, 0);
	alert.release_at = INSTANT_UNKNOWN;
	assert_int_equal(alert_over(&alert).us, 0);
}

static const char *
id_of(const struct alert *alert)
{
	static char at[200];
	struct text text;

	text_init(&text, at, sizeof at);
	alert_message_id(alert, &text);
	return at;
}

static void
a_telling_has_an_id_of_its_own(void **state)
{
	struct alert alert;

	(void)state;
	assert_true(alert_decode(&alert, columns));
	assert_string_equal(id_of(&alert), "c1f0-12-release_due-1795547100000000-0");
	columns[ALERT_COLUMN_TELLING] = "3";
	assert_true(alert_decode(&alert, columns));
	assert_string_equal(id_of(&alert), "c1f0-12-release_due-1795547100000000-0-r3");
}

static void
a_stay_is_a_thread(void **state)
{
	struct alert alert;
	char at[200];
	struct text text;

	(void)state;
	assert_true(alert_decode(&alert, columns));
	text_init(&text, at, sizeof at);
	assert_true(alert_thread(&alert, &text));
	assert_string_equal(at, "c1f0-stay-12");
	columns[ALERT_COLUMN_ID] = "c1f0-12-overdue-1795547100000000-7";
	assert_true(alert_decode(&alert, columns));
	text_init(&text, at, sizeof at);
	assert_true(alert_thread(&alert, &text));
	assert_string_equal(at, "c1f0-stay-12");
	columns[ALERT_COLUMN_STAY] = NULL;
	assert_true(alert_decode(&alert, columns));
	text_init(&text, at, sizeof at);
	assert_false(alert_thread(&alert, &text));
	assert_string_equal(at, "");
}

static void
what_a_closing_word_closes(void **state)
{
	struct alert_closed closed;
	const char *at = "a-1 release_due critical\n\n b-2 overdue\nc-3 due_soon warning";

	(void)state;
	at = alert_next_closed(at, &closed);
	assert_string_equal(closed.id, "a-1");
	assert_string_equal(closed.kind, "release_due");
	assert_string_equal(closed.severity, "critical");
	at = alert_next_closed(at, &closed);
	assert_string_equal(closed.id, "b-2");
	assert_string_equal(closed.kind, "overdue");
	assert_string_equal(closed.severity, "");
	at = alert_next_closed(at, &closed);
	assert_string_equal(closed.id, "c-3");
	assert_null(alert_next_closed(at, &closed));
	assert_null(alert_next_closed("", &closed));
}

static void
a_series_is_an_id_without_its_occurrence(void **state)
{
	char at[64];
	struct text text;

	(void)state;
	text_init(&text, at, sizeof at);
	alert_series("c1f0-12-overdue-1795547100000000-7", &text);
	assert_string_equal(at, "c1f0-12-overdue-1795547100000000");
	text_init(&text, at, sizeof at);
	alert_series("odd", &text);
	assert_string_equal(at, "odd");
}

/* What stands until another word closes it, and what is said once. */
static void
kinds_that_stay_open(void **state)
{
	static const struct {
		const char *kind;
		bool open;
	} rows[] = {
		{ "due_soon", true },
		{ "release_due", true },
		{ "overdue", true },
		{ "superseded", false },
		{ "resolved", false },
		{ "deadline_moved", false },
		{ "counsel_needed", true },
		{ "claim_review", true },
		{ "custody_unclear", true },
		{ "duty_due", false },
		{ "duty_missed", false },
		{ "facts_stale", true },
		{ "monitor_degraded", true },
		{ "digest", false },
		{ "daily_digest", false },
		{ "test", false },
		{ "invented_later", false },
	};
	struct alert alert;

	(void)state;
	assert_int_equal(COUNT(rows), ALERT_KINDS);
	for (size_t i = 0; i < COUNT(rows); i++) {
		columns[ALERT_COLUMN_KIND] = rows[i].kind;
		assert_true(alert_decode(&alert, columns));
		assert_int_equal(alert.kind, i);
		assert_int_equal(alert_is_open(&alert), rows[i].open);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(reads_every_column, fresh),
		cmocka_unit_test_setup(a_newer_kind_is_carried_all_the_same, fresh),
		cmocka_unit_test_setup(only_an_id_that_cannot_be_carried_is_refused, fresh),
		cmocka_unit_test_setup(no_control_character_comes_through, fresh),
		cmocka_unit_test_setup(late_is_after_the_instant_and_the_fact, fresh),
		cmocka_unit_test_setup(over_is_counted_when_it_is_told, fresh),
		cmocka_unit_test_setup(a_telling_has_an_id_of_its_own, fresh),
		cmocka_unit_test_setup(a_stay_is_a_thread, fresh),
		cmocka_unit_test_setup(what_a_closing_word_closes, fresh),
		cmocka_unit_test_setup(kinds_that_stay_open, fresh),
		cmocka_unit_test_setup(a_series_is_an_id_without_its_occurrence, fresh),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
