/* SPDX-License-Identifier: MIT */
/*
 * receivers.c: who can be told, by which daemons, and how each does.
 */
#include "ctl/command.h"
#include "ctl/list.h"

struct receivers {
	struct options options;
};

static const struct table_column columns[] = {
	{ "receiver", "RECEIVER", TABLE_TEXT },
	{ "served", "SERVED", TABLE_BOOL },
	{ "daemons", NULL, TABLE_TREE },
	{ "by", "BY", TABLE_SHOWN },
	{ "digest_above", "DIGEST ABOVE", TABLE_NUMBER },
	{ "routes", "ROUTES", TABLE_NUMBER },
	{ "deliveries_pending", "PENDING", TABLE_NUMBER },
	{ "oldest_pending", "OLDEST", TABLE_TEXT },
	{ "failures", "FAILURES", TABLE_NUMBER },
	{ "failing_since", "FAILING SINCE", TABLE_TEXT },
	{ "trouble", "TROUBLE", TABLE_TEXT },
	{ NULL, NULL, TABLE_TEXT },
};

enum {
	RECEIVER_NAME = 0,
	RECEIVER_TROUBLE = 10
};

/* $1 time style. What nobody needs is no trouble, whatever it does. */
static const char question[] =
    "with live as (select u.receiver, u.above, d.daemon from detainerd.daemon d cross join lateral unnest(d.receivers, d.digest_above) u (receiver, above)"
    "               where d.seen_at > clock_timestamp() - interval '60 seconds'),"
    " asked as (select receiver, count(*) as routes from detainerd.route where enabled group by receiver),"
    " waiting as (select d.receiver, count(*) filter (where p.yes) as pending, min(d.first_due_at) filter (where p.yes) as oldest"
    "              from detainerd.delivery d cross join lateral (select detainerd.is_pending(d, clock_timestamp()) as yes) p where d.state in ('due', 'leased') group by d.receiver),"
    " health as (select receiver, failures, failing_since from detainerd.receiver_health where failures > 0)"
    "select r.receiver, l.receiver is not null, coalesce(to_json(l.daemons), '[]'), coalesce(array_to_string(l.daemons, ', '), 'NOBODY'), l.above,"
    "       coalesce(a.routes, 0), coalesce(w.pending, 0), detainerd.explain_time(w.oldest, z.zone, $1), coalesce(h.failures, 0), detainerd.explain_time(h.failing_since, z.zone, $1),"
    "       case when not detainerd.is_needed(r.receiver) then null when l.receiver is null then 'no running daemon has it'"
    "            when h.failures >= 5 then h.failures || ' attempts failed running' end"
    "  from (select receiver from live union select receiver from asked union select receiver from waiting union select receiver from health) r"
    "  left join (select receiver, array_agg(daemon order by daemon) as daemons, min(above) as above from live group by receiver) l using (receiver)"
    "  left join asked a using (receiver) left join waiting w using (receiver) left join health h using (receiver)"
    " cross join (select detainerd.explain_time_zone() as zone) z"
    " order by r.receiver";

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct receivers *receivers = state->input;

	return options_rest(key, arg, state, &receivers->options);
}

static enum say_status
cry(const PGresult *receivers)
{
	enum say_status status = SAY_OK;

	if (PQntuples(receivers) == 0)
		return say(SAY_TROUBLE,
		    "NOBODY can be told: no running daemon has a receiver, and no route names one.");
	for (int row = 0; row < PQntuples(receivers); row++)
		if (!PQgetisnull(receivers, row, RECEIVER_TROUBLE))
			status = say(SAY_TROUBLE, "receiver '%s': %s.",
			    PQgetvalue(receivers, row, RECEIVER_NAME),
			    PQgetvalue(receivers, row, RECEIVER_TROUBLE));
	return status;
}

static const struct list list = { "list the receivers", columns, question, 1 };

static enum say_status
serve(struct db *db, const void *wanted)
{
	const struct options *options = wanted;
	const char *values[] = { options_time_style(options) };
	PGresult *rows = list_print(db, &list, values, options);
	enum say_status status = rows == NULL ? db->status : cry(rows);

	PQclear(rows);
	return status;
}

enum say_status
receivers_run(int argc, char **argv, const struct options *given)
{
	static const struct argp argp = {
		.parser = parse,
		.children = options_children,
		.doc =
		    "Lists the receivers that running daemons have or routes name, and how each does. Exit status 1: one that is needed nobody has, or it has failed five times running.\v`detainerctl receivers test --help' tells of more."
	};
	struct receivers wanted = { .options = *given };

	options_parse(&argp, argc, argv, &wanted);
	return db_serve(&wanted.options, serve, &wanted.options);
}
