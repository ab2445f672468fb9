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

bool
pg_open(struct pg *pg, const char *conninfo, const struct pg_target *target, struct fault *fault)
{
	assert(pg->phase == PG_CLOSED);
	pg->watcher = loop_fd_new(pg->loop, socket_ready, pg);
	if (pg->watcher != NULL)
		pg->conn = pg_target_connect(target, conninfo);
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
