/* SPDX-License-Identifier: MIT */
/*
 * routes.h: what the commands about routes share.
 */
#ifndef CTL_ROUTES_H
#define CTL_ROUTES_H

#include "ctl/db.h"

/* Says, and returns SAY_TROUBLE, where no route tells anybody of a release that is due at ${facility}, or anywhere if that
   is NULL, or when detainerd itself is in trouble. */
enum say_status
routes_cry_untold(struct db *db, const char *facility) __attribute__((warn_unused_result));

#endif
