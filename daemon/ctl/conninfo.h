/* SPDX-License-Identifier: MIT */
/*
 * conninfo.h: which database the options mean.
 */
#ifndef CTL_CONNINFO_H
#define CTL_CONNINFO_H

#include "ctl/buffer.h"
#include "ctl/options.h"

/* Finds the conninfo of --db, else of the file of --config, else "" (libpq then looks at its environment). The
   caller frees ${ret_conninfo}. On failure says why: SAY_CONFIG, or SAY_USAGE for
   what --db holds. */
enum say_status conninfo_find(const struct options *options, char **ret_conninfo)
    __attribute__((warn_unused_result));

/* Writes ${conninfo} to ${to} with another user, or libpq's own where ${user} is NULL, and without the password of whom it
   named. On failure says why: SAY_USAGE. */
enum say_status conninfo_as(const char *conninfo, const char *user, struct buffer *to)
    __attribute__((warn_unused_result));

/* Writes ${conninfo} to ${to} as it stands, but no password of it. */
void conninfo_shown(const char *conninfo, struct buffer *to);

/* The value of ${keyword} in ${conninfo} into ${to}; "" where it has none. */
void conninfo_value(const char *conninfo, const char *keyword, char *to, size_t bytes);

#endif
