/* SPDX-License-Identifier: MIT */
/*
 * http.c: libmicrohttpd, driven from the loop: its epoll descriptor is watched
 * there, and it starts no thread. Called by the shell. The few connections,
 * their short life and small memory are what keeps a monitor that misbehaves
 * from costing anything; whoever waits beyond them is answered later.
 */
#include "io/http.h"

#include <assert.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/banned.h"

#define CONNECTIONS_MAX 16U
#define CONNECTION_IDLE_S 10U
#define CONNECTION_BYTES ((size_t)16 * 1024)
#define BACKLOG 16
#define PLAIN "text/plain; charset=utf-8"

struct http {
	struct MHD_Daemon *daemon;
	struct loop_fd *watcher;
	struct loop_timer *timer;
	int fd;     /* listening, until the daemon has it */
	char *path; /* of a Unix socket, to be removed */
	http_fn *callback;
	void *owner;
};

/* Answering */

static enum MHD_Result
queue(struct MHD_Connection *connection, const struct http_answer *answer)
{
	/* the library copies; its argument is not const for historical reasons */
	struct MHD_Response *response = MHD_create_response_from_buffer(
	    answer->body_bytes, (void *)(uintptr_t)answer->body, MHD_RESPMEM_MUST_COPY);
	enum MHD_Result result;

	if (response == NULL)
		return MHD_NO;
	(void)MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer->content_type);
	(void)MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	if (answer->status == MHD_HTTP_METHOD_NOT_ALLOWED)
		(void)MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
	result = MHD_queue_response(connection, (unsigned)answer->status, response);
	MHD_destroy_response(response);
	return result;
}

static struct http_answer
plain(int status, const char *body)
{
	return (struct http_answer){ status, PLAIN, body, strlen(body) };
}

static enum MHD_Result
asked(void *owner, struct MHD_Connection *connection, const char *path, const char *method,
    const char *version, const char *upload, size_t *upload_bytes, void **mark)
{
	struct http *http = owner;
	struct http_answer answer = plain(MHD_HTTP_NOT_FOUND, "There is /metrics and /healthz.\n");

	(void)version;
	(void)upload;
	(void)upload_bytes;
	(void)mark;
	if (strcmp(method, MHD_HTTP_METHOD_GET) == 0 || strcmp(method, MHD_HTTP_METHOD_HEAD) == 0)
		http->callback(http->owner, path, &answer);
	else
		answer = plain(MHD_HTTP_METHOD_NOT_ALLOWED, "Only GET and HEAD.\n");
	return queue(connection, &answer);
}

/* What a caller does wrong is nobody's business here. */
static void
keep_quiet(void *owner, const char *format, va_list arguments)
{
	(void)owner;
	(void)format;
	(void)arguments;
}

/* Driving */

static void
drive(struct http *http)
{
	MHD_UNSIGNED_LONG_LONG ms;

	(void)MHD_run(http->daemon);
	loop_timer_set(
	    http->timer, MHD_get_timeout(http->daemon, &ms) == MHD_YES ? (int64_t)ms : -1);
}

static void
timer_fired(void *owner)
{
	drive(owner);
}

static void
socket_ready(void *owner, int fd, int ready)
{
	(void)fd;
	(void)ready;
	drive(owner);
}

/* Listening */

union address {
	struct sockaddr any;
	struct sockaddr_in inet;
	struct sockaddr_in6 inet6;
	struct sockaddr_un local;
};

static socklen_t
address_of(const struct listen_at *at, union address *address)
{
	memset(address, 0, sizeof *address);
	switch (at->family) {
	case LISTEN_INET:
		address->inet.sin_family = AF_INET;
		address->inet.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		address->inet.sin_port = htons((uint16_t)at->port);
		return sizeof address->inet;
	case LISTEN_INET6:
		address->inet6.sin6_family = AF_INET6;
		address->inet6.sin6_addr = in6addr_loopback;
		address->inet6.sin6_port = htons((uint16_t)at->port);
		return sizeof address->inet6;
	case LISTEN_UNIX:
		address->local.sun_family = AF_UNIX;
		memcpy(address->local.sun_path, at->path, sizeof at->path);
		return sizeof address->local;
	case LISTEN_NOWHERE: break;
	}
	assert(false && "listen nowhere");
	return 0;
}

/* A socket file of a daemon that was killed would be in the way for ever; one that somebody answers at stays. */
static void
remove_stale(const union address *address, socklen_t bytes)
{
	struct stat status;
	int fd;

	if (lstat(address->local.sun_path, &status) != 0 || !S_ISSOCK(status.st_mode))
		return;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return;
	if (connect(fd, &address->any, bytes) != 0 && errno == ECONNREFUSED)
		(void)unlink(address->local.sun_path);
	(void)close(fd);
}

static bool
bind_to(struct http *http, const struct listen_at *at)
{
	static const int yes = 1;
	union address address;
	socklen_t bytes = address_of(at, &address);

	http->fd = socket(address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (http->fd < 0)
		return false;
	if (at->family == LISTEN_UNIX)
		remove_stale(&address, bytes);
	else
		(void)setsockopt(http->fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (bind(http->fd, &address.any, bytes) != 0)
		return false;
	if (at->family == LISTEN_UNIX) {
		http->path = strdup(at->path);
		if (http->path == NULL ||
		    chmod(at->path, S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP) != 0)
			return false;
	}
	return listen(http->fd, BACKLOG) == 0;
}

static bool
start(struct http *http, struct loop *loop)
{
	const union MHD_DaemonInfo *info;

	http->watcher = loop_fd_new(loop, socket_ready, http);
	http->timer = loop_timer_new(loop, timer_fired, http);
	if (http->watcher == NULL || http->timer == NULL)
		return false;
	http->daemon = MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_SUPPRESS_DATE_NO_CLOCK, 0, NULL,
	    NULL, asked, http, MHD_OPTION_EXTERNAL_LOGGER, keep_quiet, NULL,
	    MHD_OPTION_LISTEN_SOCKET, http->fd, MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS_MAX,
	    MHD_OPTION_CONNECTION_TIMEOUT, CONNECTION_IDLE_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
	    CONNECTION_BYTES, MHD_OPTION_END);
	if (http->daemon == NULL)
		return false;
	http->fd = -1;
	info = MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	if (info == NULL)
		return false;
	loop_fd_watch(http->watcher, info->epoll_fd, LOOP_READ);
	return true;
}

struct http *
http_open(struct loop *loop, const struct listen_at *at, http_fn *callback, void *owner)
{
	struct http *http = calloc(1, sizeof *http);
	int error;

	if (http == NULL)
		return NULL;
	http->fd = -1;
	http->callback = callback;
	http->owner = owner;
	if (bind_to(http, at) && start(http, loop))
		return http;
	error = errno;
	http_close(http);
	errno = error;
	return NULL;
}

void
http_close(struct http *http)
{
	if (http == NULL)
		return;
	loop_fd_free(http->watcher);
	loop_timer_free(http->timer);
	if (http->daemon != NULL)
		MHD_stop_daemon(http->daemon);
	if (http->fd >= 0)
		(void)close(http->fd);
	if (http->path != NULL)
		(void)unlink(http->path);
	free(http->path);
	free(http);
}
