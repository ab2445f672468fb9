/* SPDX-License-Identifier: MIT */
/*
 * lookup.h: what several sub-commands ask of the database beside their own question.
 */
#ifndef CTL_LOOKUP_H
#define CTL_LOOKUP_H

#include "ctl/db.h"

/* What does not exist must not read as an empty answer, which is good news. NULL passes. On failure says why:
   SAY_BAD_DATA where there is none of that name. */
enum say_status
lookup_facility(struct db *db, const char *code) __attribute__((warn_unused_result));
enum say_status
lookup_alert(struct db *db, const char *alert_id) __attribute__((warn_unused_result));

enum say_status
lookup_jurisdiction(struct db *db, const char *code) __attribute__((warn_unused_result));

/* A receiver is one that a daemon has had, a route names, or a delivery went to. */
enum say_status
lookup_receiver(struct db *db, const char *name) __attribute__((warn_unused_result));

/* "${what}; facts as of 2026-11-24 14:05:00 EST." on stderr: an empty answer is worth no more than its facts. They are
   those of facility ${code}; of all, if that is NULL, and then the oldest counts. */
enum say_status
lookup_say_fresh(struct db *db, const char *what, const char *code, const struct options *options);

#endif
