/* SPDX-License-Identifier: MIT */
#include "core/fault.h"

#include <string.h>

#include "unit.h"

static void
classifies_sqlstates(void **state)
{
	static const struct {
		const char *code;
		enum fault_class class;
	} rows[] = {
		{ "28P01", FAULT_REFUSED },
		{ "28000", FAULT_REFUSED },
		{ "42501", FAULT_REFUSED },
		{ "3D000", FAULT_MISSING },
		{ "3F000", FAULT_MISSING },
		{ "42P01", FAULT_MISSING },
		{ "42883", FAULT_MISSING },
		{ "08006", FAULT_AWAY },
		{ "57P01", FAULT_AWAY },
		{ "57P03", FAULT_AWAY },
		{ "53300", FAULT_AWAY },
		{ "53100", FAULT_BUSY },
		{ "53200", FAULT_BUSY },
		{ "25006", FAULT_AWAY },
		{ "XX000", FAULT_AWAY },
		{ "", FAULT_AWAY },
		{ NULL, FAULT_AWAY },
		{ "40001", FAULT_BUSY },
		{ "40P01", FAULT_BUSY },
		{ "55P03", FAULT_BUSY },
		{ "57014", FAULT_BUSY },
		{ "22012", FAULT_BUG },
		{ "23505", FAULT_BUG },
		{ "42601", FAULT_BUG },
		{ "P0001", FAULT_BUG },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(fault_of_sqlstate(rows[i].code), rows[i].class);
}

static void
statuses_are_those_of_sysexits(void **state)
{
	(void)state;
	assert_int_equal(fault_exit_status(FAULT_NONE), 0);
	assert_int_equal(fault_exit_status(FAULT_MISSING), 69);
	assert_int_equal(fault_exit_status(FAULT_REFUSED), 77);
	assert_int_equal(fault_exit_status(FAULT_CONFIG), 78);
	assert_int_equal(fault_exit_status(FAULT_AWAY), 75);
	assert_int_equal(fault_exit_status(FAULT_TIMEOUT), 75);
	assert_int_equal(fault_exit_status(FAULT_BUSY), 75);
	assert_int_equal(fault_exit_status(FAULT_BUG), 69);
}

static void
texts_are_one_line(void **state)
{
	struct fault fault;
	char longer[400];

	(void)state;
	fault_set(&fault, FAULT_BUG, "a\nb\r%s \n", "c");
	assert_string_equal(fault.text, "a b c");
	assert_string_equal(fault.code, "");
	memset(longer, 'x', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	fault_set(&fault, FAULT_AWAY, "%s", longer);
	assert_int_equal(strlen(fault.text), sizeof fault.text - 1);
	for (enum fault_class class = 0; class < FAULT_CLASSES; class ++)
		assert_true(strlen(fault_name(class)) > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(classifies_sqlstates),
		cmocka_unit_test(statuses_are_those_of_sysexits),
		cmocka_unit_test(texts_are_one_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
