/* SPDX-License-Identifier: MIT */
/*
 * pg_target.c: hosts, addresses and ports out of conninfo, environment and
 * service file, and back into libpq together with what the daemon wishes.
 */
#include "io/pg_target.h"

#include <assert.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

#include "core/banned.h"

#define KEYWORDS_MAX 64

/* Keywords and values for PQconnectStartParams. */
struct keywords {
	const char *names[KEYWORDS_MAX + 1];
	const char *values[KEYWORDS_MAX + 1];
	int count;
};

static void
add_keyword(struct keywords *keywords, const char *name, const char *value)
{
	assert(keywords->count < KEYWORDS_MAX);
	keywords->names[keywords->count] = name;
	keywords->values[keywords->count++] = value;
}

/* What the daemon wants where neither conninfo nor the environment say otherwise. */
static const struct {
	const char *name, *value, *environment;
} wishes[] = {
	{ "application_name", "detainerd", "PGAPPNAME" },
	{ "gssencmode", "disable", "PGGSSENCMODE" },
	{ "target_session_attrs", "read-write", "PGTARGETSESSIONATTRS" },
	{ "client_encoding", "UTF8", NULL },
	{ "keepalives_idle", "5", NULL },
	{ "keepalives_interval", "2", NULL },
	{ "keepalives_count", "3", NULL },
	{ "tcp_user_timeout", "10000", NULL },
};

static const char *
find_option(const PQconninfoOption *options, const char *name)
{
	for (; options->keyword != NULL; options++) {
		if (strcmp(options->keyword, name) == 0)
			return options->val;
	}
	return NULL;
}

static bool
is_placed(const char *name)
{
	return strcmp(name, "host") == 0 || strcmp(name, "hostaddr") == 0 ||
	       strcmp(name, "port") == 0;
}

/* The hosts of target as the three comma-separated lists that libpq wants. */
struct places {
	char hosts[PG_HOSTS_MAX * 260], addresses[PG_HOSTS_MAX * 68], ports[PG_HOSTS_MAX * 12];
};

static void
list_places(const struct pg_target *target, struct places *places)
{
	struct text hosts, addresses, ports;

	text_init(&hosts, places->hosts, sizeof places->hosts);
	text_init(&addresses, places->addresses, sizeof places->addresses);
	text_init(&ports, places->ports, sizeof places->ports);
	for (int i = 0; i < target->count; i++) {
		const char *comma = i > 0 ? "," : "";

		text_addf(&hosts, "%s%s", comma, target->hosts[i].name);
		text_addf(&addresses, "%s%s", comma, target->hosts[i].address);
		text_addf(&ports, "%s%s", comma, target->hosts[i].port);
	}
}

static void
add_wishes(struct keywords *keywords, const PQconninfoOption *options)
{
	for (size_t i = 0; i < sizeof wishes / sizeof wishes[0]; i++) {
		bool said =
		    find_option(options, wishes[i].name) != NULL ||
		    (wishes[i].environment != NULL && getenv(wishes[i].environment) != NULL);

		if (!said)
			add_keyword(keywords, wishes[i].name, wishes[i].value);
	}
}

static void
add_options(struct keywords *keywords, const PQconninfoOption *options)
{
	for (; options->keyword != NULL; options++) {
		if (options->val != NULL && !is_placed(options->keyword))
			add_keyword(keywords, options->keyword, options->val);
	}
}

struct pg_conn *
pg_target_connect(const struct pg_target *target, const char *conninfo)
{
	PQconninfoOption *options = PQconninfoParse(conninfo, NULL);
	struct keywords keywords = { .count = 0 };
	struct places places;
	PGconn *conn;

	if (options == NULL)
		return NULL;
	list_places(target, &places);
	add_options(&keywords, options);
	add_wishes(&keywords, options);
	if (target->count > 0) {
		add_keyword(&keywords, "host", places.hosts);
		add_keyword(&keywords, "hostaddr", places.addresses);
		add_keyword(&keywords, "port", places.ports);
	}
	conn = PQconnectStartParams(keywords.names, keywords.values, 0);
	PQconninfoFree(options);
	return conn;
}

/* The n-th part of a comma-separated list; false if there is none. */
static bool
take_part(const char *list, int n, char *out, size_t bytes)
{
	struct text text;

	text_init(&text, out, bytes);
	if (list == NULL)
		return false;
	for (; n > 0; n--) {
		list += strcspn(list, ",");
		if (*list++ == '\0')
			return false;
	}
	text_add_bytes(&text, list, strcspn(list, ","));
	return true;
}

static void
fill_hosts(struct pg_target *target, const char *names, const char *addresses, const char *ports)
{
	target->count = 0;
	for (int i = 0; i < PG_HOSTS_MAX; i++) {
		struct pg_host *host = &target->hosts[i];
		bool named = take_part(names, i, host->name, sizeof host->name);
		bool addressed = take_part(addresses, i, host->address, sizeof host->address);

		if (!named && !addressed)
			return;
		if (!take_part(ports, i, host->port, sizeof host->port))
			(void)take_part(ports, 0, host->port, sizeof host->port);
		target->count++;
	}
}

/* What conninfo says, or else its service file and the environment. */
static void
read_hosts(struct pg_target *target, const PQconninfoOption *options)
{
	const char *service = find_option(options, "service");
	PQconninfoOption *defaults;
	const char *names[3] = { "host", "hostaddr", "port" }, *values[3];

	if (service != NULL)
		(void)setenv("PGSERVICE", service, 1);
	defaults = PQconndefaults();
	for (int i = 0; i < 3; i++) {
		values[i] = find_option(options, names[i]);
		if (values[i] == NULL && defaults != NULL)
			values[i] = find_option(defaults, names[i]);
	}
	fill_hosts(target, values[0], values[1], values[2]);
	PQconninfoFree(defaults);
}

bool
pg_target_parse(struct pg_target *target, const char *conninfo, struct fault *fault)
{
	char *message = NULL;
	PQconninfoOption *options = PQconninfoParse(conninfo, &message);

	*target = (struct pg_target){ .count = 0 };
	if (options == NULL) {
		fault_set(fault, FAULT_CONFIG, "conninfo: %s",
		    message != NULL ? message : "out of memory");
		PQfreemem(message);
		return false;
	}
	read_hosts(target, options);
	PQconninfoFree(options);
	return true;
}

bool
pg_host_is_name(const struct pg_host *host)
{
	return host->name[0] != '\0' && host->name[0] != '/' && host->name[0] != '@' &&
	       host->address[0] == '\0';
}
