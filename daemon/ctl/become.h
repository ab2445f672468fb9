/* SPDX-License-Identifier: MIT */
/*
 * become.h: as which user of this host something is done. Over its socket PostgreSQL believes who connects, and what
 * only the daemon may read is only proved by trying it as the daemon.
 */
#ifndef CTL_BECOME_H
#define CTL_BECOME_H

#include <stdbool.h>

/* Is there such a user, and may this process become it? Only root may. */
bool become_can(const char *user);

/* From here on the process acts as ${user}, with its groups, until become_self(). False, with errno, if that cannot be. */
bool become(const char *user) __attribute__((warn_unused_result));

void become_self(void);

/* In a child, before it becomes another program: whoever the process acts as, it is from here on. */
void become_wholly(void);

#endif
