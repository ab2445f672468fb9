/* SPDX-License-Identifier: MIT */
#include "core/statement.h"

#include <stdio.h>
#include <string.h>

#include "unit.h"

/* $1 to $n all occur, and no $n+1. */
static void
parameters_match_the_text(void **state)
{
	(void)state;
	for (enum statement s = 0; s < STATEMENTS; s++) {
		const struct statement_shape *shape = statement_shape(s);
		char mark[16];

		assert_true(shape->parameters <= STATEMENT_PARAMETERS_MAX);
		for (int i = 1; i <= shape->parameters + 1; i++) {
			(void)snprintf(mark, sizeof mark, "$%d", i);
			assert_int_equal(strstr(shape->sql, mark) != NULL, i <= shape->parameters);
		}
	}
}

/* The daemon calls functions: no table of the schema is named. */
static void
only_functions_are_called(void **state)
{
	static const char *const words[] = { "insert", "update ", "delete", "begin", "commit",
		"alert ", "delivery ", "hold" };

	(void)state;
	for (enum statement s = 0; s < STATEMENTS; s++) {
		for (size_t i = 0; i < COUNT(words); i++)
			assert_null(strstr(statement_shape(s)->sql, words[i]));
	}
}

static void
arrays_are_quoted(void **state)
{
	char at[200];
	struct text array;

	(void)state;
	text_init(&array, at, sizeof at);
	statement_end_array(&array);
	assert_string_equal(at, "{}");
	text_init(&array, at, sizeof at);
	statement_add_text(&array, "a b,{}");
	statement_add_text(&array, "");
	statement_add_text(&array, NULL);
	statement_add_text(&array, "NULL");
	statement_add_text(&array, "q\"b\\");
	statement_add_number(&array, -5);
	statement_end_array(&array);
	assert_string_equal(at, "{\"a b,{}\",\"\",NULL,\"NULL\",\"q\\\"b\\\\\",-5}");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parameters_match_the_text),
		cmocka_unit_test(only_functions_are_called),
		cmocka_unit_test(arrays_are_quoted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
