/* SPDX-License-Identifier: MIT */
/*
 * conninfo.c: takes the database from --db, or from the daemon's configuration by the daemon's own reader, so that
 * both read a file alike and refuse the same one. Called by db.c.
 */
#include "ctl/conninfo.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "io/conf.h"

/* False if there is no memory left. */
static bool
copy(const char *text, char **ret_copy)
{
	*ret_copy = strdup(text);
	if (*ret_copy == NULL)
		say(SAY_TEMPORARY, "cannot continue: out of memory. Free some and try again.");
	return *ret_copy != NULL;
}

static enum say_status
read_file(const char *path, char **ret_conninfo)
{
	static struct conf conf; /* large, and read once */
	struct fault fault;

	if (!conf_read(&conf, path, &fault))
		return say(SAY_CONFIG, "cannot use the configuration: %s.", fault.text);
	return copy(conf.conninfo, ret_conninfo) ? SAY_OK : SAY_TEMPORARY;
}

/* libpq takes what is no conninfo for a database's name: then there is nothing to check. */
static enum say_status
check(const char *conninfo)
{
	char *fault = NULL;

	if (strchr(conninfo, '=') == NULL && strncmp(conninfo, "postgres", 8) != 0)
		return SAY_OK;
	PQconninfoOption *parsed = PQconninfoParse(conninfo, &fault);
	enum say_status status = SAY_OK;
	if (parsed == NULL)
		status = say(SAY_USAGE,
		    "cannot use that conninfo: %.*s. Write it as libpq does: host=... dbname=...",
		    fault == NULL ? 0 : (int)strcspn(fault, "\n"), fault == NULL ? "" : fault);
	PQconninfoFree(parsed);
	PQfreemem(fault);
	return status;
}

enum say_status
conninfo_find(const struct options *options, char **ret_conninfo)
{
	bool from_file = options->db == NULL && options->config != NULL;
	enum say_status status = SAY_OK;

	if (from_file)
		status = read_file(options->config, ret_conninfo);
	else if (!copy(options->db == NULL ? "" : options->db, ret_conninfo))
		status = SAY_TEMPORARY;
	if (status == SAY_OK && check(*ret_conninfo) != SAY_OK) {
		free(*ret_conninfo);
		status = from_file ? SAY_CONFIG : SAY_USAGE;
	}
	return status;
}
