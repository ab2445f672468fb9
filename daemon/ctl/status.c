/* SPDX-License-Identifier: MIT */
/*
 * status.c: is anybody watching, is anything stuck, how fresh are the facts.
 */
#include <stdio.h>

#include "ctl/command.h"
#include "ctl/db.h"
#include "ctl/table.h"

struct status {
	struct options options;
};

/* What a count is called, in JSON and for people. */
static const struct table_column counts[] = {
	{ "database", "database", TABLE_TEXT },
	{ "schema_version", "schema version", TABLE_NUMBER },
	{ "facts_as_of", "facts as of", TABLE_TEXT },
	{ "holds_open", "open holds", TABLE_NUMBER },
	{ "holds_overdue", "overdue holds", TABLE_NUMBER },
	{ "holds_due_soon", "due within 12 h", TABLE_NUMBER },
	{ "holds_kept_by_other", "kept by another authority", TABLE_NUMBER },
	{ "eligibility_unknown", "start not known", TABLE_NUMBER },
	{ "next_release_at", "next release", TABLE_TEXT },
	{ "alerts_unacknowledged", "release alerts nobody acknowledged", TABLE_NUMBER },
	{ "deliveries_pending", "deliveries pending", TABLE_NUMBER },
	{ "oldest_delivery_due_at", "oldest of them due", TABLE_TEXT },
	{ "deliveries_given_up", "deliveries given up", TABLE_NUMBER },
	{ "import_parked", "imported records waiting for a booking", TABLE_NUMBER },
	{ NULL, NULL, TABLE_TEXT },
};

/* $1 time style. */
static const char ask_counts[] =
    "select current_database(), detainerd.schema_version(), detainerd.explain_time(detainerd.explain_facts_as_of(), z.zone, $1),"
    "       h.open, h.overdue, h.soon, h.other, (select count(*) from detainerd.eligibility_unknown),"
    "       detainerd.explain_time(h.next, z.zone, $1),"
    "       (select count(*) from detainerd.alert_log l join detainerd.alert a using (alert_id)"
    "         where a.kind in ('release_due', 'overdue') and l.acknowledged_at is null and l.resolved_at is null and l.superseded_at is null),"
    "       d.pending, detainerd.explain_time(d.oldest, z.zone, $1), d.given_up, (select count(*) from detainerd.import_parked)"
    "  from (select detainerd.explain_time_zone() as zone) z,"
    "       (select count(*) as open, count(*) filter (where release_at <= now.at) as overdue,"
    "               count(*) filter (where release_at > now.at and release_at <= now.at + interval '12 hours') as soon,"
    "               count(*) filter (where reason = 'held_on_other_authority') as other, min(release_at) filter (where release_at > now.at) as next"
    "          from detainerd.hold, (select clock_timestamp() as at) now where ended_at is null) h,"
    "       (select count(*) filter (where state in ('due', 'leased')) as pending, min(due_at) filter (where state in ('due', 'leased')) as oldest,"
    "               count(*) filter (where state = 'gave_up') as given_up from detainerd.delivery) d";

static const struct table_column daemons[] = {
	{ "daemon", "DAEMON", TABLE_TEXT },
	{ "version", "VERSION", TABLE_TEXT },
	{ "alive", "ALIVE", TABLE_BOOL },
	{ "seen_at", "SEEN", TABLE_TEXT },
	{ "started_at", "STARTED", TABLE_TEXT },
	{ "deliveries_pending", "PENDING", TABLE_NUMBER },
	{ "receivers", "RECEIVERS", TABLE_TEXT },
	{ "state", NULL, TABLE_TREE },
	{ NULL, NULL, TABLE_TEXT },
};

/* $1 time style. */
static const char ask_daemons[] =
    "select s.daemon, s.version, s.alive, detainerd.explain_time(s.seen_at, z.zone, $1), detainerd.explain_time(s.started_at, z.zone, $1),"
    "       s.deliveries_pending, array_to_string(s.receivers, ', '), s.state"
    "  from detainerd.daemon_status s, (select detainerd.explain_time_zone() as zone) z order by s.alive desc, s.daemon";

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct status *status = state->input;

	return options_rest(key, arg, state, &status->options);
}

static enum say_status
print_json(const PGresult *row, const PGresult *rows)
{
	json_t *tree = table_json_row(counts, row, 0);

	json_object_set_new(tree, "daemons", table_json(daemons, rows));
	return table_write_json(tree);
}

static enum say_status
print_text(const PGresult *row, const PGresult *rows, const struct options *options)
{
	for (int i = 0; counts[i].name != NULL; i++)
		printf("%-40s%s\n", counts[i].title,
		    PQgetisnull(row, 0, i) ? "-" : PQgetvalue(row, 0, i));
	if (PQntuples(rows) == 0) {
		puts("no daemon has ever said hello: nobody is watching");
		return table_flush();
	}
	putchar('\n');
	return table_print(daemons, rows, options);
}

static enum say_status
show(struct db *db, const struct options *options)
{
	const char *values[] = { options_time_style(options) };
	PGresult *row = db_ask(db, "read the status", ask_counts, 1, values);
	PGresult *rows =
	    row == NULL ? NULL : db_ask(db, "read the daemons' status", ask_daemons, 1, values);
	enum say_status status = db->status;

	if (rows != NULL)
		status = options->json ? print_json(row, rows) : print_text(row, rows, options);
	PQclear(row);
	PQclear(rows);
	return status;
}

enum say_status
status_run(int argc, char **argv, const struct options *given)
{
	static const struct argp argp = {
		.parser = parse,
		.children = options_children,
		.doc =
		    "Shows the daemons, what waits to be delivered, how many are held and overdue, and how fresh the facts are."
	};
	struct status wanted = { .options = *given };
	struct db db = { 0 };

	options_parse(&argp, argc, argv, &wanted);
	enum say_status status = db_open(&db, &wanted.options);
	if (status == SAY_OK)
		status = show(&db, &wanted.options);
	db_close(&db);
	return status;
}
