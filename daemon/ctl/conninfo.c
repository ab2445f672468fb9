/* SPDX-License-Identifier: MIT */
/*
 * conninfo.c: takes the database from --db, or from the daemon's configuration by the daemon's own reader, so that
 * both read a file alike and refuse the same one. Called by db.c.
 */
#include "ctl/conninfo.h"

#include <libpq-fe.h>
#include <stdbool.h>
#include <stdio.h>
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

static bool
is_of_user(const char *keyword)
{
	return strcmp(keyword, "user") == 0 || strcmp(keyword, "password") == 0 ||
	       strcmp(keyword, "passfile") == 0;
}

static void
add_value(struct buffer *to, const char *keyword, const char *value)
{
	buffer_print(to, "%s%s='", to->bytes == 0 ? "" : " ", keyword);
	for (; *value != '\0'; value++) {
		if (*value == '\'' || *value == '\\')
			buffer_add_char(to, '\\');
		buffer_add_char(to, *value);
	}
	buffer_add_char(to, '\'');
}

enum say_status
conninfo_as(const char *conninfo, const char *user, struct buffer *to)
{
	enum say_status status = check(conninfo);
	bool whole = strchr(conninfo, '=') != NULL || strncmp(conninfo, "postgres", 8) == 0;
	PQconninfoOption *parsed =
	    status == SAY_OK && whole ? PQconninfoParse(conninfo, NULL) : NULL;

	buffer_clear(to);
	if (status == SAY_OK && !whole && *conninfo != '\0')
		add_value(to, "dbname", conninfo);
	for (const PQconninfoOption *info = parsed; info != NULL && info->keyword != NULL; info++)
		if (info->val != NULL && !is_of_user(info->keyword))
			add_value(to, info->keyword, info->val);
	if (user != NULL)
		add_value(to, "user", user);
	buffer_add_text(to, "");
	PQconninfoFree(parsed);
	return status;
}

/* libpq knows which of its keywords are to be hidden: it marks them with a star. */
static bool
is_secret(const PQconninfoOption *info)
{
	return info->val != NULL && info->dispchar[0] == '*';
}

void
conninfo_shown(const char *conninfo, struct buffer *to)
{
	PQconninfoOption *parsed = PQconninfoParse(conninfo, NULL);
	bool secret = false;

	for (const PQconninfoOption *info = parsed; info != NULL && info->keyword != NULL; info++)
		secret = secret || is_secret(info);
	for (const PQconninfoOption *info = secret ? parsed : NULL;
	     info != NULL && info->keyword != NULL; info++)
		if (info->val != NULL)
			add_value(to, info->keyword, is_secret(info) ? "***" : info->val);
	/* what libpq cannot read may hold anything */
	if (!secret)
		buffer_add_text(
		    to, parsed == NULL && strchr(conninfo, '=') != NULL ? "***" : conninfo);
	PQconninfoFree(parsed);
}

void
conninfo_value(const char *conninfo, const char *keyword, char *to, size_t bytes)
{
	PQconninfoOption *parsed = PQconninfoParse(conninfo, NULL);

	to[0] = '\0';
	for (const PQconninfoOption *info = parsed; info != NULL && info->keyword != NULL; info++)
		if (strcmp(info->keyword, keyword) == 0 && info->val != NULL)
			snprintf(to, bytes, "%s", info->val);
	PQconninfoFree(parsed);
}
