/* SPDX-License-Identifier: MIT */
/*
 * pg.c: libpq without blocking. What its manual demands and what is easily
 * forgotten: the socket is asked for again before every wait while
 * connecting; while flushing one waits for reading as well as writing;
 * notifications are drained after every read; a statement is over only when
 * PQgetResult returns null.
 *
 * Known weakness: a password file is read from disk when connecting.
 */
#include "io/pg.h"

#include <assert.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

#include "core/banned.h"

#define KEYWORDS_MAX 64

enum pg_phase {
	PG_CLOSED,
	PG_CONNECTING,
	PG_IDLE,
	PG_CALLING
};

struct pg {
	enum pg_phase phase;
	PGconn *conn;
	struct loop *loop;
	struct loop_fd *watcher;
	struct pg_handlers handlers;
	PGresult *result; /* of the statement on its way, kept until it is over */
};

struct pg_rows {
	const PGresult *result;
};

/* libpq's severities may be translated; the five characters of the code are not. */
static bool
find_sqlstate(const char *message, char ret_code[6])
{
	const char *at = message;

	while ((at = strstr(at, ":  ")) != NULL) {
		at += 3;
		if (strspn(at, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 5 && at[5] == ':') {
			memcpy(ret_code, at, 5);
			ret_code[5] = '\0';
			return true;
		}
	}
	return false;
}

/* The first line of a message of libpq, its code and its final blanks taken out. */
static void
first_line(char *out, size_t bytes, const char *message, const char *code)
{
	size_t length = strcspn(message, "\n");
	const char *mark = code[0] == '\0' ? NULL : strstr(message, code);
	struct text text;

	text_init(&text, out, bytes);
	if (mark != NULL && mark < message + length) {
		text_add_bytes(&text, message, (size_t)(mark - message));
		while (text.length > 0 && out[text.length - 1] == ' ')
			out[--text.length] = '\0';
		text_add(&text, " ");
		mark += strlen(code) + strspn(mark + strlen(code), ": ");
		text_add_bytes(&text, mark, length - (size_t)(mark - message));
	} else {
		text_add_bytes(&text, message, length);
	}
}

/* A fault of the link itself, before or after it stood. */
static void
link_fault(const struct pg *pg, struct fault *ret)
{
	const char *message = PQerrorMessage(pg->conn);
	enum fault_class class = FAULT_AWAY;
	char code[6] = "", line[sizeof ret->text];

	if (find_sqlstate(message, code))
		class = fault_of_sqlstate(code);
	else if (PQconnectionNeedsPassword(pg->conn))
		class = FAULT_REFUSED;
	first_line(line, sizeof line, message, code);
	fault_set(ret, class, "%s", line[0] != '\0' ? line : "the server closed the connection");
	memcpy(ret->code, code, sizeof code);
}

static void
statement_fault(const PGresult *result, struct fault *ret)
{
	const char *code = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);

	fault_set(ret, fault_of_sqlstate(code), "%s",
	    primary != NULL ? primary : PQresultErrorMessage(result));
	(void)text_copy(ret->code, sizeof ret->code, code);
}

/* From here on pg is closed; the handler may open it again. */
static void
go_down(struct pg *pg)
{
	struct fault fault;

	link_fault(pg, &fault);
	pg_close(pg);
	pg->handlers.down(pg->handlers.owner, &fault);
}

static void
watch(struct pg *pg, int wishes)
{
	loop_fd_watch(pg->watcher, PQsocket(pg->conn), wishes);
}

static void
connect_step(struct pg *pg)
{
	switch (PQconnectPoll(pg->conn)) {
	case PGRES_POLLING_READING: watch(pg, LOOP_READ); return;
	case PGRES_POLLING_WRITING: watch(pg, LOOP_WRITE); return;
	case PGRES_POLLING_OK:
		if (PQsetnonblocking(pg->conn, 1) != 0)
			break;
		pg->phase = PG_IDLE;
		watch(pg, LOOP_READ);
		pg->handlers.up(pg->handlers.owner);
		return;
	case PGRES_POLLING_FAILED:
	case PGRES_POLLING_ACTIVE: break;
	}
	go_down(pg);
}

/* Send what is waiting; while some is left, the server may have to be read first. */
static bool
flush(struct pg *pg)
{
	int left = PQflush(pg->conn);

	if (left >= 0)
		watch(pg, left > 0 ? LOOP_READ | LOOP_WRITE : LOOP_READ);
	return left >= 0;
}

static bool
drain_notifications(struct pg *pg)
{
	bool any = false;
	PGnotify *notification;

	while ((notification = PQnotifies(pg->conn)) != NULL) {
		PQfreemem(notification);
		any = true;
	}
	return any;
}

/* Keep the first result of a statement; a later one is an error or nothing new. */
static void
keep_result(struct pg *pg, PGresult *result)
{
	if (pg->result == NULL) {
		pg->result = result;
		return;
	}
	PQclear(result);
}

static void
hand_over(struct pg *pg)
{
	PGresult *result = pg->result;
	ExecStatusType status = PQresultStatus(result);
	struct fault fault;

	pg->result = NULL;
	pg->phase = PG_IDLE;
	if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) {
		pg->handlers.rows(pg->handlers.owner, &(struct pg_rows){ result });
	} else {
		statement_fault(result, &fault);
		pg->handlers.failed(pg->handlers.owner, &fault);
	}
	PQclear(result);
}

/* Take results until the statement is over; true if it is. */
static bool
take_results(struct pg *pg)
{
	PGresult *result;

	while (PQisBusy(pg->conn) == 0) {
		result = PQgetResult(pg->conn);
		if (result == NULL)
			return true;
		keep_result(pg, result);
		if (PQstatus(pg->conn) == CONNECTION_BAD)
			return true;
	}
	return false;
}

static void
read_step(struct pg *pg)
{
	bool notified, over;

	if (PQconsumeInput(pg->conn) == 0 || !flush(pg)) {
		go_down(pg);
		return;
	}
	notified = drain_notifications(pg);
	over = pg->phase == PG_CALLING && take_results(pg);
	if (PQstatus(pg->conn) == CONNECTION_BAD) {
		go_down(pg);
		return;
	}
	if (notified)
		pg->handlers.notified(pg->handlers.owner);
	if (over && pg->phase == PG_CALLING)
		hand_over(pg);
}

static void
socket_ready(void *owner, int fd, int ready)
{
	struct pg *pg = owner;

	(void)fd;
	(void)ready;
	assert(pg->phase != PG_CLOSED);
	if (pg->phase == PG_CONNECTING)
		connect_step(pg);
	else
		read_step(pg);
}

struct pg *
pg_new(struct loop *loop, const struct pg_handlers *handlers)
{
	struct pg *pg = calloc(1, sizeof *pg);

	if (pg == NULL)
		return NULL;
	pg->loop = loop;
	pg->handlers = *handlers;
	return pg;
}

void
pg_close(struct pg *pg)
{
	pg->phase = PG_CLOSED;
	loop_fd_free(pg->watcher);
	pg->watcher = NULL;
	PQclear(pg->result);
	pg->result = NULL;
	PQfinish(pg->conn);
	pg->conn = NULL;
}

void
pg_free(struct pg *pg)
{
	if (pg == NULL)
		return;
	pg_close(pg);
	free(pg);
}

static void
ignore_notice(void *owner, const PGresult *result)
{
	(void)owner;
	(void)result;
}

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
begin(struct pg *pg, const PQconninfoOption *options, const struct pg_target *target)
{
	struct keywords keywords = { .count = 0 };
	struct places places;

	list_places(target, &places);
	for (; options->keyword != NULL; options++) {
		if (options->val != NULL && !is_placed(options->keyword))
			add_keyword(&keywords, options->keyword, options->val);
	}
	add_wishes(&keywords, options);
	if (target->count > 0) {
		add_keyword(&keywords, "host", places.hosts);
		add_keyword(&keywords, "hostaddr", places.addresses);
		add_keyword(&keywords, "port", places.ports);
	}
	pg->conn = PQconnectStartParams(keywords.names, keywords.values, 0);
}

bool
pg_open(struct pg *pg, const char *conninfo, const struct pg_target *target, struct fault *fault)
{
	PQconninfoOption *options;

	assert(pg->phase == PG_CLOSED);
	options = PQconninfoParse(conninfo, NULL);
	pg->watcher = loop_fd_new(pg->loop, socket_ready, pg);
	if (options != NULL && pg->watcher != NULL)
		begin(pg, options, target);
	PQconninfoFree(options);
	if (pg->conn == NULL || PQstatus(pg->conn) == CONNECTION_BAD) {
		if (pg->conn != NULL)
			link_fault(pg, fault);
		else
			fault_set(fault, FAULT_AWAY, "out of memory");
		pg_close(pg);
		return false;
	}
	(void)PQsetErrorVerbosity(
	    pg->conn, PQERRORS_VERBOSE); /* or a refused login would not say its code */
	(void)PQsetNoticeReceiver(pg->conn, ignore_notice, NULL);
	pg->phase = PG_CONNECTING;
	watch(pg, LOOP_WRITE);
	return true;
}

bool
pg_call(
    struct pg *pg, const char *sql, int count, const char *const *parameters, struct fault *fault)
{
	assert(pg->phase == PG_IDLE);
	if (PQsendQueryParams(pg->conn, sql, count, NULL, parameters, NULL, NULL, 0) == 0 ||
	    !flush(pg)) {
		link_fault(pg, fault);
		return false;
	}
	pg->phase = PG_CALLING;
	return true;
}

int
pg_rows_count(const struct pg_rows *rows)
{
	return PQntuples(rows->result);
}

int
pg_rows_columns(const struct pg_rows *rows)
{
	return PQnfields(rows->result);
}

const char *
pg_rows_value(const struct pg_rows *rows, int row, int column)
{
	if (PQgetisnull(rows->result, row, column))
		return NULL;
	return PQgetvalue(rows->result, row, column);
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
