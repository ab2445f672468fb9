/* SPDX-License-Identifier: MIT */
/*
 * sink.c: a webhook receiver that is never what a measurement waits for.
 *
 *     sink PORT_FILE GOT_FILE
 *
 * Listens on a free port of 127.0.0.1, writes it to PORT_FILE, answers every
 * POST with 200, and writes a line for each just before it answers:
 *     ARRIVED_US WEBHOOK_ID CONNECTION
 * Run by tests/bench/burst only. Knows no more of HTTP than detainerd sends:
 * a head, Content-Length, a body. Ends on any other trouble, which the bench
 * sees. An interpreter's server takes a core by itself from 3,000 a second on;
 * this takes a tenth of one.
 */
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	CONNECTION_MAX = 1024,
	REQUEST_BYTES = 32768
};

static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

struct connection {
	size_t bytes;
	long number;
	char request[REQUEST_BYTES + 1];
};

/* By descriptor. */
static struct connection *connections[CONNECTION_MAX];
static FILE *got;

static void
hang_up(int fd)
{
	free(connections[fd]);
	connections[fd] = NULL;
	(void)close(fd);
}

static const char *
header(const char *head, const char *name)
{
	const char *line = strcasestr(head, name);

	return line == NULL ? NULL : line + strlen(name) + strspn(line + strlen(name), " ");
}

/* The bytes of the whole request, 0 while some are missing. */
static size_t
request_bytes(const char *request, size_t have)
{
	const char *end = strstr(request, "\r\n\r\n");
	const char *length;
	size_t bytes;

	if (end == NULL)
		return 0;
	length = header(request, "\r\nContent-Length:");
	bytes = (size_t)(end + 4 - request);
	if (length != NULL)
		bytes += strtoul(length, NULL, 10);
	if (bytes > REQUEST_BYTES)
		errx(1, "a request of %zu bytes", bytes);
	return bytes <= have ? bytes : 0;
}

static void
record(const struct connection *connection)
{
	const char *id = header(connection->request, "\r\nwebhook-id:");
	struct timespec now;

	if (id == NULL)
		errx(1, "a request without webhook-id");
	(void)clock_gettime(CLOCK_REALTIME, &now);
	(void)fprintf(got, "%lld %.*s %ld\n", (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000,
	    (int)strcspn(id, "\r"), id, connection->number);
}

static void
hear(int fd)
{
	struct connection *connection = connections[fd];
	ssize_t more =
	    read(fd, connection->request + connection->bytes, REQUEST_BYTES - connection->bytes);
	size_t bytes;

	if (more < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (more <= 0) {
		hang_up(fd);
		return;
	}
	connection->bytes += (size_t)more;
	connection->request[connection->bytes] = '\0';
	bytes = request_bytes(connection->request, connection->bytes);
	if (bytes == 0)
		return;
	record(connection);
	connection->bytes -= bytes;
	memmove(connection->request, connection->request + bytes, connection->bytes);
	if (write(fd, answer, sizeof answer - 1) != (ssize_t)(sizeof answer - 1))
		hang_up(fd);
}

static void
accept_one(int poll, int listener)
{
	static long number;
	int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

	if (fd < 0)
		return;
	if (fd >= CONNECTION_MAX)
		errx(1, "more than %d connections", CONNECTION_MAX);
	connections[fd] = calloc(1, sizeof *connections[fd]);
	if (connections[fd] == NULL)
		err(1, "connection");
	connections[fd]->number = ++number;
	if (epoll_ctl(poll, EPOLL_CTL_ADD, fd,
		&(struct epoll_event){ .events = EPOLLIN, .data.fd = fd }) != 0)
		err(1, "epoll_ctl");
}

static int
listen_on_loopback(const char *port_file)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t bytes = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	FILE *file = fopen(port_file, "we");

	if (fd < 0 || file == NULL || bind(fd, (struct sockaddr *)&address, sizeof address) != 0 ||
	    listen(fd, 512) != 0 || getsockname(fd, (struct sockaddr *)&address, &bytes) != 0)
		err(1, "cannot listen");
	(void)fprintf(file, "%d\n", ntohs(address.sin_port));
	(void)fclose(file);
	return fd;
}

int
main(int argc, char *argv[])
{
	struct epoll_event events[64];
	int poll = epoll_create1(EPOLL_CLOEXEC), listener, ready;

	if (argc != 3)
		errx(64, "sink PORT_FILE GOT_FILE");
	got = fopen(argv[2], "ae");
	if (poll < 0 || got == NULL)
		err(1, "cannot start");
	listener = listen_on_loopback(argv[1]);
	if (epoll_ctl(poll, EPOLL_CTL_ADD, listener,
		&(struct epoll_event){ .events = EPOLLIN, .data.fd = listener }) != 0)
		err(1, "epoll_ctl");
	while ((ready = epoll_wait(poll, events, 64, -1)) >= 0 || errno == EINTR) {
		for (int i = 0; i < ready; i++) {
			if (events[i].data.fd == listener)
				accept_one(poll, listener);
			else
				hear(events[i].data.fd);
		}
		(void)fflush(got);
	}
	return 1;
}
