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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(reads_every_column, fresh),
		cmocka_unit_test_setup(a_newer_kind_is_carried_all_the_same, fresh),
		cmocka_unit_test_setup(only_an_id_that_cannot_be_carried_is_refused, fresh),
		cmocka_unit_test_setup(no_control_character_comes_through, fresh),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
