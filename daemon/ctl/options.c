/* SPDX-License-Identifier: MIT */
/*
 * options.c: argp's side of the common options. Called by main and by every sub-command; never touches the database.
 */
#include "ctl/options.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

enum {
	KEY_NO_HEADER = 256,
	KEY_UTC,
	KEY_CSV,
	KEY_TZ,
	KEY_LIST_OPTIONS
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
	{ .name = "csv", .key = KEY_CSV, .doc = "Write CSV, where the answer is one list" },
	{ .name = "no-header",
	    .key = KEY_NO_HEADER,
	    .doc = "Write tables and CSV without their header" },
	{ .name = "utc", .key = KEY_UTC, .doc = "Write times in UTC, not in the facility's zone" },
	{ .name = "tz",
	    .key = KEY_TZ,
	    .arg = "ZONE",
	    .doc = "Write times in ZONE, such as America/New_York" },
	{ .name = "list-options", .key = KEY_LIST_OPTIONS, .flags = OPTION_HIDDEN }, { 0 } };

_Noreturn void
options_error(const struct argp_state *state, const char *format, ...)
{
	char words[4096];
	va_list args;

	va_start(args, format);
	vsnprintf(words, sizeof words, format, args);
	va_end(args);
	text_clean(words);
	argp_error(state, "%s", words);
	exit((int)SAY_USAGE);
}

static error_t
set_form(struct options *options, enum options_form form, struct argp_state *state)
{
	if (options->form != OPTIONS_TABLE && options->form != form)
		options_error(state, "cannot write both JSON and CSV: give --json or --csv.");
	options->form = form;
	return 0;
}

static void
print_option(const struct argp_option *option)
{
	const char letter[] = { '-', (char)option->key, '\0' };
	bool has_letter = option->key > ' ' && option->key < 0x7f;

	if (option->name == NULL || (option->flags & OPTION_HIDDEN) != 0)
		return;
	printf("option\t--%s\t%s\t%s\n", option->name, has_letter ? letter : "",
	    option->arg != NULL ? option->arg : "");
}

static void
print_options(const struct argp *argp)
{
	if (argp->args_doc != NULL)
		printf("argument\t%s\n", argp->args_doc);
	for (const struct argp_option *option = argp->options;
	     option != NULL && (option->name != NULL || option->doc != NULL); option++)
		print_option(option);
	for (const struct argp_child *child = argp->children; child != NULL && child->argp != NULL;
	     child++)
		print_options(child->argp);
}

/* What --help says, for the programs that write the completion and compare the manual. */
_Noreturn static void
list_options(const struct argp *argp)
{
	print_options(argp);
	exit(fflush(stdout) == 0 ? (int)SAY_OK : (int)SAY_IO);
}

static error_t
parse_common(int key, char *arg, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case 'd': options->db = arg; return 0;
	case 'c': options->config = arg; return 0;
	case 'j': return set_form(options, OPTIONS_JSON, state);
	case KEY_CSV: return set_form(options, OPTIONS_CSV, state);
	case KEY_NO_HEADER: options->no_header = true; return 0;
	case KEY_UTC:
		options->utc = true;
		options->zone = NULL;
		return 0;
	case KEY_TZ:
		options->utc = false;
		options->zone = arg;
		return 0;
	case KEY_LIST_OPTIONS: list_options(state->root_argp);
	default: return ARGP_ERR_UNKNOWN;
	}
}

const struct argp options_argp = { .options = common_options, .parser = parse_common };

const struct argp_child options_children[] = { { .argp = &options_argp }, { 0 } };

static void
set_style(char *style, size_t room, const char *name, const struct options *options)
{
	bool rfc = strcmp(name, "rfc") == 0;

	if (options->utc)
		snprintf(style, room, "%s", rfc ? "rfc-utc" : "utc");
	else
		snprintf(style, room, "%s%s%s", name, options->zone != NULL ? " " : "",
		    options->zone != NULL ? options->zone : "");
}

void
options_parse(const struct argp *argp, int argc, char **argv, void *input)
{
	struct options *options = input;

	argp_parse(argp, argc, argv, 0, NULL, input);
	if (options->form == OPTIONS_CSV && !options->envelope->lists)
		exit((int)say(SAY_USAGE,
		    "cannot write '%s' as CSV: its answer is not one list. Give --json.",
		    options->envelope->command));
	set_style(options->time_style, sizeof options->time_style,
	    options->form == OPTIONS_TABLE ? "local" : "rfc", options);
	set_style(options->words_style, sizeof options->words_style, "local", options);
}

error_t
options_rest(int key, char *arg, struct argp_state *state, struct options *common)
{
	switch (key) {
	case ARGP_KEY_INIT: state->child_inputs[0] = common; return 0;
	case ARGP_KEY_ARG:
		options_error(
		    state, "cannot use '%s': %s takes no argument there.", arg, state->name);
		return EINVAL;
	default: return ARGP_ERR_UNKNOWN;
	}
}

const char *
options_time_style(const struct options *options)
{
	return options->time_style;
}

const char *
options_words_style(const struct options *options)
{
	return options->words_style;
}

bool
options_is_id(const char *text)
{
	char *end;

	errno = 0;
	long long id = strtoll(text, &end, 10);
	return text[0] >= '0' && text[0] <= '9' && id > 0 && errno == 0 && *end == '\0';
}
