/* SPDX-License-Identifier: MIT */
/*
 * options.c: argp's side of the common options. Called by main and by every sub-command; never touches the database.
 */
#include "ctl/options.h"

#include <errno.h>
#include <stdlib.h>

enum {
	KEY_NO_HEADER = 256,
	KEY_UTC
};

static const struct argp_option common_options[] = { { .doc = "Common options:", .group = 10 },
	{ .name = "db",
	    .key = 'd',
	    .arg = "CONNINFO",
	    .doc = "The database, as libpq writes it; else PG* in the environment" },
	{ .name = "config",
	    .key = 'c',
	    .arg = "FILE",
	    .doc = "Take the database from the daemon's configuration FILE" },
	{ .name = "json", .key = 'j', .doc = "Write JSON" },
	{ .name = "no-header", .key = KEY_NO_HEADER, .doc = "Write tables without their header" },
	{ .name = "utc", .key = KEY_UTC, .doc = "Write times in UTC, not in the facility's zone" },
	{ 0 } };

static error_t
parse_common(int key, char *arg, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case 'd': options->db = arg; return 0;
	case 'c': options->config = arg; return 0;
	case 'j': options->json = true; return 0;
	case KEY_NO_HEADER: options->no_header = true; return 0;
	case KEY_UTC: options->utc = true; return 0;
	default: return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp common_argp = { .options = common_options, .parser = parse_common };

const struct argp_child options_children[] = { { .argp = &common_argp }, { 0 } };

void
options_parse(const struct argp *argp, int argc, char **argv, void *input)
{
	argp_parse(argp, argc, argv, 0, NULL, input);
}

error_t
options_rest(int key, char *arg, struct argp_state *state, struct options *common)
{
	switch (key) {
	case ARGP_KEY_INIT: state->child_inputs[0] = common; return 0;
	case ARGP_KEY_ARG:
		argp_error(state, "cannot use '%s': %s takes no argument there.", arg, state->name);
		return EINVAL;
	default: return ARGP_ERR_UNKNOWN;
	}
}

const char *
options_time_style(const struct options *options)
{
	if (options->json)
		return options->utc ? "rfc-utc" : "rfc";
	return options->utc ? "utc" : "local";
}

bool
options_is_id(const char *text)
{
	char *end;

	errno = 0;
	long long id = strtoll(text, &end, 10);
	return id > 0 && errno == 0 && *end == '\0';
}
