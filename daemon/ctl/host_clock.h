/* SPDX-License-Identifier: MIT */
/*
 * host_clock.h: this host's clock beside the database's. The database's decides; a host that is wrong misleads people
 * who read its journal, its mail and its certificates.
 */
#ifndef CTL_HOST_CLOCK_H
#define CTL_HOST_CLOCK_H

#include <stdbool.h>

#include "ctl/db.h"

/* By how many seconds this host is ahead of the database, to about the time that a question takes. False, after saying
   why, where the database does not answer. */
bool host_clock_ahead(struct db *db, double *ret_seconds) __attribute__((warn_unused_result));

/* Does the kernel take this host's clock for synchronised? */
bool host_clock_synchronised(void);

#endif
