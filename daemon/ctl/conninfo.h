/* SPDX-License-Identifier: MIT */
/*
 * conninfo.h: which database the options mean.
 */
#ifndef CTL_CONNINFO_H
#define CTL_CONNINFO_H

#include "ctl/options.h"

/* Finds the conninfo of --db, else of the file of --config, else "" (libpq then looks at its environment). The
   caller frees ${ret_conninfo}. On failure says why: SAY_CONFIG, or SAY_USAGE for
   what --db holds. */
enum say_status conninfo_find(const struct options *options, char **ret_conninfo)
    __attribute__((warn_unused_result));

#endif
