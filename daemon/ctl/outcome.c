/* SPDX-License-Identifier: MIT */
/*
 * outcome.c: called by receivers test and deliveries retry. The daemon delivers; this only looks.
 */
#include "ctl/outcome.h"

#include <string.h>
#include <time.h>

#include "ctl/table.h"

enum {
	LOOK_MS = 100, /* between two looks */
	LOOKS_A_SECOND = 1000 / LOOK_MS
};

static const struct table_column columns[] = {
	{ "alert_id", "alert", TABLE_TEXT },
	{ "delivery_id", "delivery", TABLE_NUMBER },
	{ "receiver", "receiver", TABLE_TEXT },
	{ "state", "state", TABLE_TEXT },
	{ "attempt", "attempt", TABLE_NUMBER },
	{ "daemon", "by daemon", TABLE_TEXT },
	{ "outcome", "outcome", TABLE_TEXT },
	{ "code", "code", TABLE_NUMBER },
	{ "elapsed_ms", "milliseconds", TABLE_NUMBER },
	{ "answer", "answer", TABLE_TEXT },
	{ NULL, NULL, TABLE_TEXT },
};

enum {
	OUTCOME_STATE = 3,
	OUTCOME_DAEMON = 5,
	OUTCOME = 6,
	OUTCOME_CODE = 7
};

/* $1 delivery, $2 attempts so far. */
static const char question[] =
    "select d.alert_id, d.delivery_id, d.receiver, d.state, t.attempt, coalesce(t.daemon, d.leased_by), t.outcome, t.code, t.elapsed_ms, t.answer"
    "  from detainerd.delivery d"
    "  left join lateral (select t.* from detainerd.delivery_attempt t where t.delivery_id = d.delivery_id and t.attempt > $2::int"
    "                      order by t.attempt, t.delivery_attempt_id limit 1) t on true"
    " where d.delivery_id = $1::bigint";

/* NULL on failure, which was said. */
static PGresult *
look_until_settled(struct db *db, const struct outcome *outcome)
{
	const char *values[] = { outcome->delivery_id, outcome->attempts };
	static const struct timespec pause = { .tv_nsec = LOOK_MS * 1000000L };
	PGresult *result = db_ask(db, "look what came of it", question, 2, values);

	for (long looks = outcome->wait_seconds * LOOKS_A_SECOND;
	     looks > 0 && result != NULL && PQgetisnull(result, 0, OUTCOME); looks--) {
		PQclear(result);
		nanosleep(&pause, NULL);
		result = db_ask(db, "look what came of it", question, 2, values);
	}
	return result;
}

static enum say_status
judge(const struct outcome *outcome, const PGresult *result)
{
	const char *came = PQgetvalue(result, 0, OUTCOME);
	const char *code = PQgetvalue(result, 0, OUTCOME_CODE);
	const char *daemon = PQgetvalue(result, 0, OUTCOME_DAEMON);

	if (strcmp(came, "accepted") == 0)
		return SAY_OK;
	if (*came != '\0')
		return say(SAY_TROUBLE, "receiver '%s' did NOT accept it: %s%s%s.",
		    outcome->receiver, came, *code == '\0' ? "" : ", ", code);
	return say(SAY_TROUBLE,
	    "nothing came of it within %ld s: %s%s%s. See later: detainerctl alerts show %s",
	    outcome->wait_seconds,
	    *daemon == '\0' ? "no daemon has taken it, and it is " : "daemon ",
	    *daemon == '\0' ? PQgetvalue(result, 0, OUTCOME_STATE) : daemon,
	    *daemon == '\0' ? "" : " is trying", outcome->alert_id);
}

enum say_status
outcome_await(struct db *db, const struct outcome *outcome, const struct options *options)
{
	PGresult *result = look_until_settled(db, outcome);
	enum say_status status = SAY_OK;

	if (result == NULL)
		return db->status;
	if (options->form == OPTIONS_JSON)
		status = table_write_row(columns, result, options);
	else
		table_print_fields(columns, result, 0, NULL);
	if (status == SAY_OK)
		status = table_flush();
	if (status == SAY_OK)
		status = judge(outcome, result);
	PQclear(result);
	return status;
}
