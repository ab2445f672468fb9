/* SPDX-License-Identifier: MIT */
/* reach.c: called by doctor. Known weakness: looking the name up takes as long as the resolver likes. */
#include "ctl/reach.h"

#include <curl/curl.h>
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	WAIT_MS = 3000
};

/* Is the connection there within the time? errno says why not. */
static bool
connects(const struct addrinfo *to)
{
	int fd = socket(to->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	struct pollfd wanted = { .fd = fd, .events = POLLOUT };
	int fault = 0;
	socklen_t bytes = sizeof fault;

	if (fd < 0)
		return false;
	if (connect(fd, to->ai_addr, to->ai_addrlen) != 0) {
		fault = errno;
		if (fault == EINPROGRESS && poll(&wanted, 1, WAIT_MS) == 0)
			fault = ETIMEDOUT;
		else if (fault == EINPROGRESS &&
			 getsockopt(fd, SOL_SOCKET, SO_ERROR, &fault, &bytes) != 0)
			fault = errno;
	}
	close(fd);
	errno = fault;
	return fault == 0;
}

static bool
reach_host(const char *host, const char *port, char *why, size_t bytes)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM }, *found = NULL;
	int fault = getaddrinfo(host, port, &hints, &found);
	bool reached = false;

	if (fault != 0) {
		snprintf(why, bytes, "%s: %s", host, gai_strerror(fault));
		return false;
	}
	for (const struct addrinfo *to = found; to != NULL && !reached; to = to->ai_next)
		reached = connects(to);
	if (!reached)
		snprintf(why, bytes, "%s port %s: %s", host, port, strerror(errno));
	freeaddrinfo(found);
	return reached;
}

bool
reach(const char *url, char *why, size_t bytes)
{
	CURLU *parsed = curl_url();
	char *host = NULL, *port = NULL;
	bool reached = false;

	if (parsed != NULL &&
	    curl_url_set(parsed, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK &&
	    curl_url_get(parsed, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
	    curl_url_get(parsed, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK) {
		/* an IPv6 address stands in brackets there */
		size_t length = strlen(host);
		if (host[0] == '[' && host[length - 1] == ']') {
			memmove(host, host + 1, length - 2);
			host[length - 2] = '\0';
		}
		reached = reach_host(host, port, why, bytes);
	} else {
		snprintf(why, bytes, "there is no host and port in '%s'", url);
	}
	curl_free(host);
	curl_free(port);
	curl_url_cleanup(parsed);
	return reached;
}
