/* SPDX-License-Identifier: MIT */
#include "core/session.h"

#include <string.h>

#include "unit.h"

/* Every state meets every input, and every cell says in English what it does. */
static void
the_table_is_total(void **state)
{
	(void)state;
	for (enum session_state s = 0; s < SESSION_STATES; s++) {
		assert_true(strlen(session_state_name(s)) > 0);
		for (enum session_input i = 0; i < SESSION_INPUTS; i++) {
			const struct session_row *row = session_row(s, i);

			assert_non_null(row->comment);
			assert_true(row->next < SESSION_STATES);
			assert_true(strlen(session_input_name(i)) > 0);
			if (row->action == SESSION_IMPOSSIBLE)
				assert_int_equal(row->next, s);
			if (row->next != s && (row->next == SESSION_WAITING))
				assert_int_equal(row->action, SESSION_DROP);
		}
	}
}

/* Losing the link or ending is possible in every state: neither is ever an assertion. */
static void
the_world_is_never_impossible(void **state)
{
	(void)state;
	for (enum session_state s = 0; s < SESSION_STATES; s++) {
		assert_int_not_equal(session_row(s, SESSION_LOST)->action, SESSION_IMPOSSIBLE);
		assert_int_not_equal(session_row(s, SESSION_ANSWER)->action, SESSION_IMPOSSIBLE);
		assert_int_not_equal(session_row(s, SESSION_UP)->action, SESSION_IMPOSSIBLE);
		assert_int_equal(session_row(s, SESSION_END)->next, SESSION_ENDED);
	}
}

static void
a_life(void **state)
{
	static const struct {
		enum session_input input;
		enum session_state then;
		enum session_action action;
	} rows[] = {
		{ SESSION_OPEN, SESSION_CONNECTING, SESSION_CONNECT },
		{ SESSION_LOST, SESSION_WAITING, SESSION_DROP },
		{ SESSION_UP, SESSION_WAITING, SESSION_DROP },
		{ SESSION_OPEN, SESSION_CONNECTING, SESSION_CONNECT },
		{ SESSION_UP, SESSION_PREPARING, SESSION_PREPARE },
		{ SESSION_ANSWER, SESSION_PREPARING, SESSION_PREPARE },
		{ SESSION_PREPARED, SESSION_IDLE, SESSION_NOTHING },
		{ SESSION_CALL, SESSION_BUSY, SESSION_NOTHING },
		{ SESSION_ANSWER, SESSION_IDLE, SESSION_NOTHING },
		{ SESSION_CALL, SESSION_BUSY, SESSION_NOTHING },
		{ SESSION_LOST, SESSION_WAITING, SESSION_DROP },
		{ SESSION_ANSWER, SESSION_WAITING, SESSION_NOTHING },
		{ SESSION_END, SESSION_ENDED, SESSION_NOTHING },
		{ SESSION_UP, SESSION_ENDED, SESSION_DROP },
	};
	enum session_state session = SESSION_DOWN;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(session_enter(&session, rows[i].input), rows[i].action);
		assert_int_equal(session, rows[i].then);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_is_total),
		cmocka_unit_test(the_world_is_never_impossible),
		cmocka_unit_test(a_life),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
