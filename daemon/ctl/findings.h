/* SPDX-License-Identifier: MIT */
/*
 * findings.h: what doctor found, a line a check, each with what to do about it.
 */
#ifndef CTL_FINDINGS_H
#define CTL_FINDINGS_H

#include <libpq-fe.h>

#include "ctl/table.h"

enum finding {
	FINDING_OK,
	FINDING_WARNING, /* it works, and may not go on to */
	FINDING_FAILURE, /* somebody may not be told */
	FINDINGS
};

struct findings {
	PGresult *rows; /* owned */
	enum finding worst;
};

extern const struct table_column findings_columns[];

void findings_init(struct findings *findings);
void findings_fini(struct findings *findings);

/* Adds a line. ${fix} may be NULL where nothing is wrong. */
void findings_add(struct findings *findings, const char *check, enum finding finding,
    const char *what, const char *fix);

/* Adds a failure, said by another part as "cannot X: reason. Fix." */
void findings_add_said(struct findings *findings, const char *check, char *said);

/* Adds the rows of detainerd.doctor(). */
void findings_add_rows(struct findings *findings, const PGresult *rows);

#endif
