/* SPDX-License-Identifier: MIT */
/*
 * supervisor: what systemd is told of the daemon's life. Without systemd
 * every call does nothing. The watchdog is fed by one function only, and the
 * engine asks for it at the end of a step that the alarm began.
 */
#ifndef DETAINERD_SUPERVISOR_H
#define DETAINERD_SUPERVISOR_H

#include "core/instant.h"

/* supervisor_ready(): Started, or reloaded. */
void supervisor_ready(void);

/* supervisor_status(text): One line for systemctl status. */
void supervisor_status(const char *text);

/* supervisor_reloading(): A reload begins; supervisor_ready() ends it. */
void supervisor_reloading(void);

/* supervisor_feed(): Alive and working. */
void supervisor_feed(void);

/* supervisor_stopping(): Ending in good order. */
void supervisor_stopping(void);

/* supervisor_watchdog(): How long systemd waits between two feedings; 0 if it does not watch. */
struct span supervisor_watchdog(void);

#endif
