/* SPDX-License-Identifier: MIT */
/*
 * stay.c: called by the sub-commands that answer about one stay, such as explain and evidence.
 */
#include "ctl/stay.h"

#include "ctl/lookup.h"

enum {
	STAY_FAULT = STAY_COLUMNS
};

/* $1 booking number, $2 facility, $3 as of. */
static const char find[] =
    "select b.booking_id, f.code, f.time_zone, detainerd.explain_time(case when $3 is null then clock_timestamp() else i.instant end, 'UTC', 'rfc-utc'), i.fault"
    "  from detainerd.booking b join detainerd.facility f using (facility_id)"
    " cross join lateral detainerd.import_instant(coalesce($3, ''), f.time_zone, 'first') i"
    " where b.booking_number = $1 and (f.code = $2 or $2 is null) order by f.code";

static const struct argp_option options[] = {
	{ .name = "facility",
	    .key = 'f',
	    .arg = "CODE",
	    .doc = "The booking of that number at facility CODE" },
	{ .name = "as-of",
	    .key = 'a',
	    .arg = "TIME",
	    .doc = "Read today's facts as of TIME (YYYY-MM-DD [HH:MM[:SS]] [offset], "
		   "in the facility's zone if without offset)" },
	{ 0 }
};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct stay_wanted *wanted = state->input;

	switch (key) {
	case 'f': wanted->facility = arg; return 0;
	case 'a': wanted->as_of = arg; return 0;
	case ARGP_KEY_ARG:
		if (wanted->booking_number != NULL)
			options_error(state, "cannot %s '%s' too: one booking at a time.",
			    wanted->doing, arg);
		wanted->booking_number = arg;
		return 0;
	case ARGP_KEY_END:
		if (wanted->booking_number == NULL)
			options_error(
			    state, "cannot %s: the number of a BOOKING is needed.", wanted->doing);
		return 0;
	default: return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp stay_argp = { .options = options, .parser = parse, .args_doc = "BOOKING" };

const struct argp_child stay_children[] = { { .argp = &options_argp }, { .argp = &stay_argp },
	{ 0 } };

error_t
stay_rest(int key, char *arg, struct argp_state *state, struct options *common,
    struct stay_wanted *wanted)
{
	if (key == ARGP_KEY_INIT)
		state->child_inputs[1] = wanted;
	return key == ARGP_KEY_ARG ? ARGP_ERR_UNKNOWN : options_rest(key, arg, state, common);
}

static enum say_status
check_found(const struct stay_wanted *wanted, const PGresult *found)
{
	if (PQntuples(found) == 0)
		return say(SAY_BAD_DATA,
		    "cannot %s booking '%s': there is none of that number. See: detainerctl holds",
		    wanted->doing, wanted->booking_number);
	if (PQntuples(found) > 1)
		return say(SAY_BAD_DATA,
		    "cannot %s booking '%s': %s and %s have one of that number. Name one with --facility.",
		    wanted->doing, wanted->booking_number, PQgetvalue(found, 0, STAY_FACILITY),
		    PQgetvalue(found, 1, STAY_FACILITY));
	if (wanted->as_of != NULL && !PQgetisnull(found, 0, STAY_FAULT))
		return say(SAY_USAGE, "cannot %s as of %s.", wanted->doing,
		    PQgetvalue(found, 0, STAY_FAULT));
	return SAY_OK;
}

enum say_status
stay_find(struct db *db, const struct stay_wanted *wanted, PGresult **ret_found)
{
	const char *values[] = { wanted->booking_number, wanted->facility, wanted->as_of };
	enum say_status status = lookup_facility(db, wanted->facility);

	if (status != SAY_OK)
		return status;
	PGresult *found = db_ask(db, "find the booking", find, 3, values);
	if (found == NULL)
		return db->status;
	status = check_found(wanted, found);
	if (status == SAY_OK)
		*ret_found = found;
	else
		PQclear(found);
	return status;
}
