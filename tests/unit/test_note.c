/* SPDX-License-Identifier: MIT */
#include "core/note.h"

#include <string.h>

#include "unit.h"

static void
every_row_is_whole_and_unlike_the_others(void **state)
{
	(void)state;
	for (enum note a = 0; a < NOTES; a++) {
		const struct note_row *row = note_row(a);

		assert_int_equal(strlen(row->message_id), 32);
		assert_int_equal(strspn(row->message_id, "0123456789abcdef"), 32);
		assert_true(row->priority >= NOTE_CRITICAL && row->priority <= NOTE_INFO);
		assert_true(strlen(row->words) > 0);
		assert_int_equal(
		    strspn(row->event, "abcdefghijklmnopqrstuvwxyz_"), strlen(row->event));
		for (enum note b = 0; b < a; b++) {
			assert_string_not_equal(row->message_id, note_row(b)->message_id);
			assert_string_not_equal(row->event, note_row(b)->event);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(
	    every_row_is_whole_and_unlike_the_others) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
