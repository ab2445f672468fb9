/* SPDX-License-Identifier: MIT */
/*
 * service.h: the unit that runs the daemon, asked and told by systemctl(1).
 */
#ifndef CTL_SERVICE_H
#define CTL_SERVICE_H

#include <stdbool.h>
#include <stddef.h>

#include "ctl/say.h"

struct service {
	char unit[128]; /* detainerd.service, or an instance */
	char state[64]; /* its folder under /var/lib */
	bool
	    by_systemd; /* false: systemd does not run here, or the configuration lies elsewhere than where a unit reads it */
};

/* What runs the daemon of the configuration at ${path}. */
void service_find(struct service *service, const char *path);

/* The value of a property, as `systemctl show -P' says it; "" if it cannot be had. Blocks. */
void service_ask(const struct service *service, const char *property, char *to, size_t bytes);

/* Enables and starts it, and returns when it is ready; one that runs reads its configuration again. On failure says why. */
enum say_status service_start(const struct service *service) __attribute__((warn_unused_result));

#endif
