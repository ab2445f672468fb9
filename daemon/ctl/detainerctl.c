/* SPDX-License-Identifier: MIT */
/*
 * detainerctl.c: finds the sub-command and hands it its arguments. Its user is a person at a terminal, or a script.
 */
#include <argp.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "ctl/command.h"
#include "ctl/options.h"

const char *argp_program_version = "detainerctl " VERSION;

struct command {
	const char *name;
	const char *title; /* argv[0] of the sub-command, so that its usage names it whole */
	enum say_status (*run)(int argc, char **argv, const struct options *given);
};

static const struct command commands[] = {
	{ "migrate", "detainerctl migrate", migrate_run },
	{ "status", "detainerctl status", status_run },
	{ "holds", "detainerctl holds", holds_run },
	{ "alerts", "detainerctl alerts", alerts_run },
	{ "explain", "detainerctl explain", explain_run },
	{ "ack", "detainerctl ack", ack_run },
	{ "import", "detainerctl import", import_run },
	{ NULL, NULL, NULL },
};

static const char doc[] =
    "Asks and tells detainerd's database: who is held, until when, and why."
    "\v"
    "Commands:\n"
    "  migrate   install or bring up to date the schema\n"
    "  status    daemons, deliveries, holds, and how fresh the facts are\n"
    "  holds     who is held, and until when\n"
    "  alerts    the alert log\n"
    "  explain   one stay: its timeline, the law applied, the clock's arithmetic\n"
    "  ack       acknowledge an alert\n"
    "  import    read bookings, bases, detainers or findings from a CSV file\n"
    "\n"
    "`detainerctl COMMAND --help' tells the options of each.";

struct choice {
	struct options options;
	const struct command *command;
	int at; /* of the command's name in argv */
};

static const struct command *
command_named(const char *name)
{
	const struct command *command = commands;

	while (command->name != NULL && strcmp(command->name, name) != 0)
		command++;
	return command->name == NULL ? NULL : command;
}

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct choice *choice = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		choice->command = command_named(arg);
		if (choice->command == NULL)
			argp_error(state, "cannot run '%s': there is no such command.", arg);
		choice->at = state->next - 1;
		state->next = state->argc; /* the rest is the command's */
		return 0;
	case ARGP_KEY_NO_ARGS: argp_error(state, "cannot run: no command is given."); return 0;
	default: return options_rest(key, arg, state, &choice->options);
	}
}

int
main(int argc, char **argv)
{
	static const struct argp argp = { .parser = parse,
		.args_doc = "COMMAND [OPTION...]",
		.doc = doc,
		.children = options_children };
	struct choice choice = { 0 };

	setlocale(LC_CTYPE, "");
	setlocale(LC_COLLATE, "");
	signal(SIGPIPE, SIG_DFL);
	argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &choice);
	if (choice.command == NULL)
		return SAY_USAGE;
	/* argp keeps the pointer, and never writes through it */
	char title[64];
	snprintf(title, sizeof title, "%s", choice.command->title);
	argv[choice.at] = title;
	return (int)choice.command->run(argc - choice.at, argv + choice.at, &choice.options);
}
