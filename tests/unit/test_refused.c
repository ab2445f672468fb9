/* SPDX-License-Identifier: MIT */
/* Statements that the server refuses while its sessions stand. */
#include <string.h>

#include "rig.h"

static void
a_refused_statement_is_tried_again_over_the_same_link(void **state)
{
	static const struct rig_row rows[] = {
		{ 100, NOTIFIED, "instants raise_due" },
		{ 101, FAILED(INSTANTS, BUSY), "note statement_failed" },
		{ 110, TICK, "" },
		{ 500, TICK, "instants raise_due" },
		{ 501, FAILED(INSTANTS, BUG), "note statement_failed" },
		{ 2501, TICK, "instants raise_due" },
		{ 2502, RAISED(0, false, 2502, NEVER), "claims claim" },
		{ 2503, FAILED(CLAIMS, REFUSED), "note statement_failed" },
		{ 3503, TICK, "claims claim" },
		{ 3504, FAILED(CLAIMS, AWAY), "close claims; note database_away" },
	};

	(void)state;
	RIG_PLAY(rig_to_ready);
	RIG_PLAY(rows);
}

/* A full disk: the sessions stand, and nobody is told. One refusal is a lock that somebody held. */
static void
an_instant_that_the_database_refuses(void **state)
{
	static const struct rig_row rows[] = {
		{ 100, NOTIFIED, "instants raise_due" },
		{ 101, RAISED(0, false, 101, SERVER(2000)), "claims claim" },
		{ 102, CLAIMED(NULL, 0, 102), "" },
		{ 2010, TICK, "instants raise_due" },
		{ 2011, FAILED(INSTANTS, BUSY), "note statement_failed" },
		{ 2500, TICK, "instants raise_due" },
		{ 2501, FAILED(INSTANTS, BUSY), "note statement_failed; note instant_missed" },
		{ 4000, TICK, "instants raise_due" },
		{ 4001, FAILED(INSTANTS, BUSY), "note statement_failed" },
		{ 9000, TICK, "instants raise_due; claims claim" },
		{ 9001, RAISED(1, false, 9001, SERVER(9500)), "note raised" },
		{ 9002, CLAIMED(NULL, 0, 9002), "claims claim" },
		{ 9003, CLAIMED(NULL, 0, 9003), "" },
		{ 9510, TICK, "instants raise_due" },
		{ 9511, FAILED(INSTANTS, BUSY), "note statement_failed" },
		{ 9900, TICK, "instants raise_due" },
		{ 9901, RAISED(1, false, 9901, NEVER), "note raised; claims claim" },
	};

	(void)state;
	RIG_PLAY(rig_to_ready);
	rig_play(rows, 5);
	assert_non_null(strstr(rig.status, "; database ok"));
	rig_play(rows + 5, 2);
	assert_string_equal(rig.status,
	    "next instant 19:03:22Z; 0 deliveries in flight; database refuses what is asked");
	rig_play(rows + 7, 4);
	assert_non_null(strstr(rig.status, "; database ok"));
	rig_play(rows + 11, COUNT(rows) - 11);
}

/* Only an instant can be missed; and claims that are refused are told in the status too. */
static void
refusals_before_the_instant(void **state)
{
	static const struct rig_row rows[] = {
		{ 100, NOTIFIED, "instants raise_due" },
		{ 101, RAISED(0, false, 101, SERVER(9000)), "claims claim" },
		{ 102, FAILED(CLAIMS, BUSY), "note statement_failed" },
		{ 500, TICK, "claims claim" },
		{ 501, FAILED(CLAIMS, BUSY), "note statement_failed" },
		{ 502, NOTIFIED, "instants raise_due" },
		{ 503, FAILED(INSTANTS, BUG), "note statement_failed" },
		{ 1600, TICK, "instants raise_due; claims claim" },
		{ 1601, FAILED(INSTANTS, BUG), "note statement_failed" },
		{ 1602, CLAIMED(NULL, 0, 1602), "" },
	};

	(void)state;
	RIG_PLAY(rig_to_ready);
	rig_play(rows, 5);
	assert_non_null(strstr(rig.status, "; database refuses what is asked"));
	rig_play(rows + 5, COUNT(rows) - 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
		    a_refused_statement_is_tried_again_over_the_same_link, rig_fresh),
		cmocka_unit_test_setup(an_instant_that_the_database_refuses, rig_fresh),
		cmocka_unit_test_setup(refusals_before_the_instant, rig_fresh),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
