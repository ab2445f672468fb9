/* SPDX-License-Identifier: MIT */
/*
 * list.c: called by the sub-commands that are one question and its rows.
 */
#include "ctl/list.h"

#include "ctl/lookup.h"

PGresult *
list_print(struct db *db, const struct list *list, const char *const *values,
    const struct options *options)
{
	PGresult *rows = db_ask(db, list->doing, list->sql, list->values, values);

	if (rows == NULL)
		return NULL;
	db->status = table_print(list->columns, rows, options);
	if (db->status == SAY_OK)
		return rows;
	PQclear(rows);
	return NULL;
}

enum say_status
list_show(struct db *db, const struct list *list, const char *const *values,
    const struct options *options, const struct list_none *none)
{
	PGresult *rows = list_print(db, list, values, options);
	bool empty = rows != NULL && PQntuples(rows) == 0;

	PQclear(rows);
	return empty ? lookup_say_fresh(db, none->words, none->facility, options) : db->status;
}
