/* SPDX-License-Identifier: MIT */
/*
 * doctor.c: one line a check, each with its fix. The host's checks are doctor_host's, those of the database are
 * detainerd.doctor()'s; this file connects as the daemon would, so that what it may do is what is checked.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ctl/as_daemon.h"
#include "ctl/command.h"
#include "ctl/conninfo.h"
#include "ctl/doctor_host.h"
#include "ctl/findings.h"
#include "ctl/host_clock.h"
#include "io/conf.h"

struct doctor {
	struct options options;
	struct findings findings;
	bool of_host; /* false: --db names a database, and only that is looked at */
	struct conf conf;
	struct service service;
};

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct doctor *doctor = state->input;

	return options_rest(key, arg, state, &doctor->options);
}

/* Beside the database's clock: small differences come from the question itself. */
static void
check_clock(struct doctor *doctor, struct db *db)
{
	double ahead;
	char what[200];

	if (!host_clock_ahead(db, &ahead))
		return;
	double apart = ahead < 0 ? -ahead : ahead;
	if (apart < 2)
		snprintf(what, sizeof what, "this host and the database agree to 2 s");
	else
		snprintf(what, sizeof what, "this host is %.0f s %s the database", apart,
		    ahead < 0 ? "behind" : "ahead of");
	findings_add(&doctor->findings, "clock",
	    apart < 2    ? FINDING_OK
	    : apart < 60 ? FINDING_WARNING
			 : FINDING_FAILURE,
	    what, apart < 2 ? NULL : "Set the wrong one: timedatectl set-ntp true");
}

static void
check_ntp(struct doctor *doctor)
{
	bool synchronised = host_clock_synchronised();

	findings_add(&doctor->findings, "ntp", synchronised ? FINDING_OK : FINDING_WARNING,
	    synchronised ? "this host's clock is synchronised"
			 : "nothing synchronises this host's clock",
	    synchronised
		? NULL
		: "Run: timedatectl set-ntp true; on a virtual machine, let its host do it");
}

static bool
is_local(const char *host)
{
	return host[0] == '\0' || host[0] == '/' || strcmp(host, "localhost") == 0 ||
	       strcmp(host, "127.0.0.1") == 0 || strcmp(host, "::1") == 0;
}

static void
check_tls(struct doctor *doctor)
{
	char host[256], mode[64], what[400];

	conninfo_value(doctor->conf.conninfo, "host", host, sizeof host);
	conninfo_value(doctor->conf.conninfo, "sslmode", mode, sizeof mode);
	if (is_local(host) || strcmp(mode, "verify-full") == 0)
		return;
	snprintf(what, sizeof what, "the way to %s is not proved to lead there: sslmode is %s",
	    host, mode[0] == '\0' ? "prefer" : mode);
	findings_add(&doctor->findings, "database tls", FINDING_WARNING, what,
	    "Add sslmode=verify-full and sslrootcert= to conninfo in detainerd.conf");
}

/* Everything that the database knows. A failure was said. */
static enum say_status
ask(struct doctor *doctor, struct db *db)
{
	const char *values[] = { doctor->of_host ? "true" : "false" };
	char what[300];

	snprintf(what, sizeof what, "%s on PostgreSQL %s, schema version %d", PQdb(db->conn),
	    PQparameterStatus(db->conn, "server_version"), SCHEMA_VERSION);
	findings_add(&doctor->findings, "database", FINDING_OK, what, NULL);
	if (doctor->of_host)
		check_clock(doctor, db);
	PGresult *rows = db_ask(db, "examine the database",
	    "select * from detainerd.doctor(clock_timestamp(), $1::boolean)", 1, values);
	if (rows == NULL)
		return db->status;
	findings_add_rows(&doctor->findings, rows);
	PQclear(rows);
	return SAY_OK;
}

static void
check_database(struct doctor *doctor)
{
	struct db db = { 0 };
	char said[2048];

	say_into(said, sizeof said);
	enum say_status status = doctor->of_host
				     ? as_daemon_open(&db, &doctor->options, doctor->conf.conninfo)
				     : db_open(&db, &doctor->options);
	if (status == SAY_OK)
		status = ask(doctor, &db);
	say_into(NULL, 0);
	if (status != SAY_OK)
		findings_add_said(&doctor->findings, "database", said);
	db_close(&db);
}

static void
examine(struct doctor *doctor)
{
	struct findings *findings = &doctor->findings;
	const char *path = conf_path(doctor->options.config);

	if (!doctor->of_host) {
		check_database(doctor);
		return;
	}
	service_find(&doctor->service, path);
	bool usable = doctor_host_conf(findings, path, &doctor->conf);
	doctor_host_service(findings, &doctor->service);
	doctor_host_state(findings, &doctor->service);
	check_ntp(doctor);
	if (!usable)
		return;
	doctor_host_receivers(findings, &doctor->conf);
	check_tls(doctor);
	check_database(doctor);
}

static enum say_status
conclude(const struct doctor *doctor)
{
	enum say_status status =
	    table_print(findings_columns, doctor->findings.rows, &doctor->options);

	if (status != SAY_OK)
		return status;
	switch (doctor->findings.worst) {
	case FINDING_OK: return SAY_OK;
	case FINDING_WARNING: return SAY_TROUBLE;
	case FINDING_FAILURE:
	case FINDINGS: break;
	}
	return SAY_CRITICAL;
}

enum say_status
doctor_run(int argc, char **argv, const struct options *given)
{
	static const struct argp argp = {
		.parser = parse,
		.children = options_children,
		.doc =
		    "Checks the configuration, its receivers, the service and the database, as the daemon and so as root; with --db only that database. A line a check, each with its fix. Exit status 1: something may go wrong; 2: something has, and somebody may not be told."
	};
	static struct doctor doctor; /* large, and once */

	doctor = (struct doctor){ .options = *given };
	options_parse(&argp, argc, argv, &doctor);
	doctor.of_host = doctor.options.db == NULL;
	findings_init(&doctor.findings);
	examine(&doctor);
	enum say_status status = conclude(&doctor);
	findings_fini(&doctor.findings);
	return status;
}
