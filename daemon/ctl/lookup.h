/* SPDX-License-Identifier: MIT */
/*
 * facility.h: what several sub-commands ask of the database beside their own question.
 */
#ifndef CTL_FACILITY_H
#define CTL_FACILITY_H

#include "ctl/db.h"

/* A facility that does not exist must not read as "nobody is held there". ${code} NULL passes. */
enum say_status facility_check(struct db *db, const char *code) __attribute__((warn_unused_result));

/* "${what}; facts as of 2026-11-24 14:05:00 EST." on stderr: an empty answer is worth no more than its facts. */
enum say_status facility_say_fresh(struct db *db, const char *what, const struct options *options);

#endif
