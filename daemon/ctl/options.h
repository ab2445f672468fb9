/* SPDX-License-Identifier: MIT */
/*
 * options.h: the options every sub-command takes, before or after its name, and how a sub-command is described.
 *
 * From the tables of options come parsing, --help and, through the hidden --list-options, the completion of shells. The
 * name of an option's argument says what is completed: FILE, DIR, ZONE, or the words themselves, csv|json|html.
 */
#ifndef CTL_OPTIONS_H
#define CTL_OPTIONS_H

#include <argp.h>
#include <stdbool.h>

#include "ctl/say.h"

enum options_form {
	OPTIONS_TABLE, /* for people */
	OPTIONS_JSON,
	OPTIONS_CSV
};

/* What heads every JSON answer. One, owned by main. */
struct envelope {
	const char *command; /* "alerts show" */
	bool lists;          /* its answer is one list, and so can be CSV */
	char generated_at
	    [40]; /* by the database's clock, when the session opened; empty: no database was asked */
};

struct options {
	const char *db;     /* conninfo or URI; NULL: not given */
	const char *config; /* the daemon's configuration file, for its conninfo; NULL: not given */
	const char *zone;   /* in which times are written; NULL: the facility's */
	enum options_form form;
	bool no_header;
	bool utc;
	struct envelope *envelope; /* borrowed; db_open fills it */
	char time_style[80];       /* options_parse fills both */
	char words_style[80];
};

/* The common options as the first child of a sub-command's argp. That argp's parser hands a struct options down to it
   at ARGP_KEY_INIT: state->child_inputs[0] = &options. */
extern const struct argp options_argp;
extern const struct argp_child options_children[]; /* it alone */

/* Parses ${argv} of one sub-command, whose input starts with a struct options. Ends the program after --help and on
   a wrong command line (SAY_USAGE), one that asks for CSV of what is no list included. */
void options_parse(const struct argp *argp, int argc, char **argv, void *input);

/* argp_error(), whose words cannot drive the reader's terminal whatever was typed. Every parser calls this one. Ends
   the program. */
_Noreturn void options_error(const struct argp_state *state, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* How times are to be written, a style of detainerd.explain_time(): for the answer as its form asks. */
const char *options_time_style(const struct options *options);

/* The same for words on standard error, which are for people whatever the form. */
const char *options_words_style(const struct options *options);

/* ARGP_KEY_END of a sub-command that takes no argument, ARGP_KEY_ARG of it, and the handing down of the common
   options: what a parser does with the keys that are not its own. */
error_t options_rest(int key, char *arg, struct argp_state *state, struct options *common);

/* Is this the number of a row? */
bool options_is_id(const char *text);

#endif
