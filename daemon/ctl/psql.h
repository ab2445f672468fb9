/* SPDX-License-Identifier: MIT */
/*
 * psql.h: has psql(1) run sql/install.sql, which is one transaction under an advisory lock: two at once wait for each
 * other, and a failure leaves everything as it was. psql reads it, for it is made of \ir lines that an administrator can
 * follow and run alone.
 */
#ifndef CTL_PSQL_H
#define CTL_PSQL_H

#include "ctl/db.h"

/* ${folder} holds install.sql, and it can be read. SAY_IO, after saying so, if not. */
enum say_status psql_find(const char *folder) __attribute__((warn_unused_result));

/* Runs ${folder}/install.sql in the database of ${db} and as its user. ${answers}, JSON of what detainerd.set_up() is to
   do in the same transaction, may be NULL. ${doing} is words such as "migrate". On failure says why in one line. */
enum say_status psql_install(struct db *db, const char *doing, const char *folder,
    const char *answers) __attribute__((warn_unused_result));

#endif
