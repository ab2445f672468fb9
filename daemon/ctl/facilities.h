/* SPDX-License-Identifier: MIT */
/*
 * facilities.h: every facility, a row each: what `detainerctl facility' shows where none is named.
 */
#ifndef CTL_FACILITIES_H
#define CTL_FACILITIES_H

#include "ctl/db.h"

/* Prints them as ${options}, a struct options, say. */
enum say_status facilities_list(struct db *db, const void *options);

#endif
