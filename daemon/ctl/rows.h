/* SPDX-License-Identifier: MIT */
/*
 * rows.h: rows that this program found out by itself, in the form in which the database answers, so that both are shown
 * by ctl/table.
 */
#ifndef CTL_ROWS_H
#define CTL_ROWS_H

#include <libpq-fe.h>

#include "ctl/table.h"

/* No rows of ${columns}. Never NULL; PQclear frees it. */
PGresult *rows_new(const struct table_column *columns);

/* Adds one row; a NULL among ${values} is a null. */
void rows_add(PGresult *rows, const char *const *values);

#endif
