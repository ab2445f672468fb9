/* SPDX-License-Identifier: MIT */
/*
 * fact.h: recording, correcting and showing one fact by hand, for the verbs whose tables stand in facts.c.
 */
#ifndef CTL_FACT_H
#define CTL_FACT_H

#include <stdbool.h>

#include "ctl/db.h"
#include "ctl/options.h"

/* An option that gives one column its value. */
struct fact_column {
	const char *option; /* its name */
	const char *column; /* as import files call it; NULL: the option's name with underscores */
	const char *arg;
	const char *doc;
};

enum fact_naming {
	FACT_NAMED, /* a facility, a booking: its code or number names it */
	FACT_PART,  /* one of possibly several of a booking: --reference names it */
	FACT_KNOWN  /* columns of a booking that must be there: nothing new is made */
};

struct fact_verb {
	const char *kind; /* as record_fact() calls it */
	enum fact_naming naming;
	const char *args_doc;
	const char *doc;
	const struct fact_column *columns; /* up to one without an option */
	db_serve_fn *
	    list; /* given the struct options, shows all of them where none is named; NULL: one must be */
};

enum {
	FACT_COLUMNS_MAX = 16
};

/* Parses ${argv}, records or shows, and says what came of it: the verdict after the write, and what is in doubt. */
enum say_status
fact_run(const struct fact_verb *verb, int argc, char **argv, const struct options *given);

#endif
