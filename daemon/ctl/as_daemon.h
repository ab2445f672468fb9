/* SPDX-License-Identifier: MIT */
/*
 * as_daemon.h: a session as the daemon of this host has it, so that what it may do is what is seen.
 */
#ifndef CTL_AS_DAEMON_H
#define CTL_AS_DAEMON_H

#include "ctl/db.h"

/* db_open by ${conninfo}, which the daemon's configuration names; where the caller is root, as the daemon's user. On
   failure says why, and db->status is returned. */
enum say_status as_daemon_open(struct db *db, const struct options *options, const char *conninfo)
    __attribute__((warn_unused_result));

#endif
