/* SPDX-License-Identifier: MIT */
/* rows.c: called by setup, doctor and settings. Ends the program where memory runs out, as ctl/buffer does. */
#include "ctl/rows.h"

#include <stdlib.h>
#include <string.h>

enum {
	OID_TEXT = 25,
	COLUMNS_MAX = 16
};

static void
out_of_memory(void)
{
	exit((int)say(SAY_TEMPORARY, "cannot continue: out of memory. Free some and try again."));
}

PGresult *
rows_new(const struct table_column *columns)
{
	PGresult *rows = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
	PGresAttDesc described[COLUMNS_MAX] = { 0 };
	char names[COLUMNS_MAX][32];
	int count = 0;

	for (; count < COLUMNS_MAX && columns[count].name != NULL; count++) {
		(void)strncpy(names[count], columns[count].name, sizeof names[count] - 1);
		names[count][sizeof names[count] - 1] = '\0';
		described[count] = (PGresAttDesc){
			.name = names[count], .typid = OID_TEXT, .typlen = -1, .atttypmod = -1
		};
	}
	if (rows == NULL || PQsetResultAttrs(rows, count, described) == 0)
		out_of_memory();
	return rows;
}

void
rows_add(PGresult *rows, const char *const *values)
{
	int row = PQntuples(rows);

	for (int i = 0; i < PQnfields(rows); i++) {
		char *value = values[i] == NULL ? NULL : strdup(values[i]);

		if ((values[i] != NULL && value == NULL) ||
		    PQsetvalue(rows, row, i, value, value == NULL ? -1 : (int)strlen(value)) == 0)
			out_of_memory();
		free(value);
	}
}
