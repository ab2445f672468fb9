/* SPDX-License-Identifier: MIT */
/* findings.c: called by doctor. */
#include "ctl/findings.h"

#include <string.h>

#include "ctl/rows.h"

const struct table_column findings_columns[] = { { "check", "CHECK", TABLE_TEXT },
	{ "state", NULL, TABLE_TEXT }, { "sign", "STATE", TABLE_SHOWN },
	{ "what", "WHAT", TABLE_WORDS }, { "fix", "FIX", TABLE_WORDS },
	{ NULL, NULL, TABLE_TEXT } };

static const char *const states[FINDINGS] = {
	[FINDING_OK] = "ok", [FINDING_WARNING] = "warning", [FINDING_FAILURE] = "failure"
};
static const char *const signs[FINDINGS] = {
	[FINDING_OK] = "ok", [FINDING_WARNING] = "WARNING", [FINDING_FAILURE] = "FAILURE"
};

void
findings_init(struct findings *findings)
{
	*findings = (struct findings){ .rows = rows_new(findings_columns) };
}

void
findings_fini(struct findings *findings)
{
	PQclear(findings->rows);
	findings->rows = NULL;
}

void
findings_add(struct findings *findings, const char *check, enum finding finding, const char *what,
    const char *fix)
{
	const char *values[] = { check, states[finding], signs[finding], what, fix };

	rows_add(findings->rows, values);
	if (finding > findings->worst)
		findings->worst = finding;
}

void
findings_add_said(struct findings *findings, const char *check, char *said)
{
	char *end = strstr(said, ". ");

	if (end != NULL)
		*end = '\0';
	findings_add(findings, check, FINDING_FAILURE, said, end == NULL ? NULL : end + 2);
}

void
findings_add_rows(struct findings *findings, const PGresult *rows)
{
	for (int row = 0; row < PQntuples(rows); row++) {
		enum finding finding = FINDING_OK;

		while (finding < FINDING_FAILURE &&
		       strcmp(PQgetvalue(rows, row, 1), states[finding]) != 0)
			finding++;
		findings_add(findings, PQgetvalue(rows, row, 0), finding, PQgetvalue(rows, row, 2),
		    PQgetisnull(rows, row, 3) ? NULL : PQgetvalue(rows, row, 3));
	}
}
