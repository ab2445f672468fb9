/* SPDX-License-Identifier: MIT */
/*
 * statement: all the SQL that the daemon knows. It calls functions, and they
 * hold all the rules; each statement stands in one row of one table, with the
 * number of its parameters and of the columns that it must bring back.
 */
#ifndef DETAINERD_STATEMENT_H
#define DETAINERD_STATEMENT_H

#include <stdint.h>

#include "core/text.h"

enum statement {
	STATEMENT_SETTINGS,  /* time limits of the server's own for this session */
	STATEMENT_LISTEN,    /* be told when a hold changes */
	STATEMENT_HELLO,     /* register this daemon; learn the schema's version */
	STATEMENT_RAISE,     /* raise what is due */
	STATEMENT_CLAIM,     /* lease deliveries */
	STATEMENT_SETTLE,    /* record what came of attempts */
	STATEMENT_HEARTBEAT, /* be seen */
	STATEMENT_MEASURE,   /* count what monitors ask for */
	STATEMENTS
};

#define STATEMENT_PARAMETERS_MAX 8

struct statement_shape {
	const char *name;
	const char *sql;
	int parameters;
	int columns;
};

/* statement_shape(statement): Its row of the table. */
const struct statement_shape *statement_shape(enum statement statement);

/*
 * statement_add_text(array, element), statement_add_number(array, element):
 * Append an element to an array literal that begins empty. A null text is an
 * SQL null.
 */
void statement_add_text(struct text *array, const char *element);
void statement_add_number(struct text *array, int64_t element);

/* statement_end_array(array): Close the literal; one without elements is {}. */
void statement_end_array(struct text *array);

#endif
