/* SPDX-License-Identifier: MIT */
/*
 * options.h: the options every sub-command takes, before or after its name, and how a sub-command is described.
 */
#ifndef CTL_OPTIONS_H
#define CTL_OPTIONS_H

#include <argp.h>
#include <stdbool.h>

#include "ctl/say.h"

struct options {
	const char *db;     /* conninfo or URI; NULL: not given */
	const char *config; /* the daemon's configuration file, for its conninfo; NULL: not given */
	bool json;
	bool no_header;
	bool utc;
};

/* The common options as the child of a sub-command's argp. That argp's parser hands a struct options down to it at
   ARGP_KEY_INIT: state->child_inputs[0] = &options. */
extern const struct argp_child options_children[];

/* Parses ${argv} of one sub-command, whose input starts with a struct options. Ends the program after --help and on
   a wrong command line (SAY_USAGE). */
void options_parse(const struct argp *argp, int argc, char **argv, void *input);

/* How times are to be written: 'local', 'utc', 'rfc' or 'rfc-utc', the styles of detainerd.explain_time(). */
const char *options_time_style(const struct options *options);

/* ARGP_KEY_END of a sub-command that takes no argument, ARGP_KEY_ARG of it, and the handing down of the common
   options: what a parser does with the keys that are not its own. */
error_t options_rest(int key, char *arg, struct argp_state *state, struct options *common);

/* Is this the number of a row? */
bool options_is_id(const char *text);

#endif
