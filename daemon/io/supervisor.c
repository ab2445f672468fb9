/* SPDX-License-Identifier: MIT */
/* supervisor.c: sd_notify(3). */
#include "io/supervisor.h"

#include <inttypes.h>
#include <systemd/sd-daemon.h>
#include <time.h>

#include "core/banned.h"

void
supervisor_ready(void)
{
	(void)sd_notify(0, "READY=1");
}

void
supervisor_status(const char *text)
{
	(void)sd_notifyf(0, "STATUS=%s", text);
}

/* A later systemd with Type=notify-reload wants the monotonic time beside it. */
void
supervisor_reloading(void)
{
	struct timespec now = { 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	(void)sd_notifyf(0, "RELOADING=1\nMONOTONIC_USEC=%" PRId64,
	    (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000);
}

void
supervisor_feed(void)
{
	(void)sd_notify(0, "WATCHDOG=1");
}

void
supervisor_stopping(void)
{
	(void)sd_notify(0, "STOPPING=1");
}

struct span
supervisor_watchdog(void)
{
	uint64_t us;

	if (sd_watchdog_enabled(0, &us) <= 0)
		return (struct span){ 0 };
	return (struct span){ (int64_t)us };
}
