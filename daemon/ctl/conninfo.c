/* SPDX-License-Identifier: MIT */
/*
 * conninfo.c: reads the one key of the daemon's configuration that this tool needs. Called by db.c.
 *
 * It never judges the rest of the file: `detainerd --check-config` does.
 */
#include "ctl/conninfo.h"

#include <confuse.h>
#include <errno.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
config_error(cfg_t *cfg, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

static void
config_error(cfg_t *cfg, const char *format, va_list args)
{
	char reason[512];

	vsnprintf(reason, sizeof reason, format, args);
	say(SAY_CONFIG,
	    "cannot read the configuration: %s:%d: %s. Check it with: detainerd --check-config",
	    cfg->filename == NULL ? "?" : cfg->filename, cfg->line, reason);
}

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
	cfg_opt_t known[] = { CFG_STR("conninfo", "", CFGF_NONE),
		CFG_STR("__unknown", NULL, CFGF_NONE), CFG_END() };
	cfg_t *cfg = cfg_init(known, CFGF_IGNORE_UNKNOWN);
	enum say_status status = SAY_CONFIG;

	cfg_set_error_function(cfg, config_error);
	switch (cfg_parse(cfg, path)) {
	case CFG_SUCCESS:
		status = copy(cfg_getstr(cfg, "conninfo"), ret_conninfo) ? SAY_OK : SAY_TEMPORARY;
		break;
	case CFG_FILE_ERROR:
		say(SAY_CONFIG,
		    "cannot read the configuration '%s': %s. Name a file that exists and that you may read.",
		    path, strerror(errno));
		break;
	default: break; /* config_error said it */
	}
	cfg_free(cfg);
	return status;
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
