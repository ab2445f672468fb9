/* SPDX-License-Identifier: MIT */
/* listen.c: an address from its words. Called by core/conf and the shell; opens nothing. */
#include "core/listen.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "core/text.h"

#include "core/banned.h"

#define UNIX "unix:"

static const struct {
	const char *host;
	enum listen_family family;
} hosts[] = {
	{ "127.0.0.1:", LISTEN_INET },
	{ "localhost:", LISTEN_INET },
	{ "[::1]:", LISTEN_INET6 },
};

static bool
parse_port(const char *from, int *ret_port)
{
	int64_t port;

	if (!text_to_int64(from, &port) || port < 1 || port > 65535)
		return false;
	*ret_port = (int)port;
	return true;
}

bool
listen_parse(const char *from, struct listen_at *ret_at)
{
	struct listen_at at = { .family = LISTEN_NOWHERE };

	if (strncmp(from, UNIX, strlen(UNIX)) == 0) {
		from += strlen(UNIX);
		at.family = LISTEN_UNIX;
		if (from[0] != '/' || !text_copy(at.path, sizeof at.path, from))
			return false;
	} else if (from[0] != '\0') {
		for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
			size_t length = strlen(hosts[i].host);

			if (strncmp(from, hosts[i].host, length) == 0 &&
			    parse_port(from + length, &at.port))
				at.family = hosts[i].family;
		}
		if (at.family == LISTEN_NOWHERE)
			return false;
	}
	*ret_at = at;
	return true;
}
