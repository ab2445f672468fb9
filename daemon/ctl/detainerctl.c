/* SPDX-License-Identifier: MIT */
/*
 * detainerctl.c: finds the sub-command and hands it its arguments. Its user is a person at a terminal, or a script.
 */
#include <argp.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ctl/command.h"
#include "ctl/options.h"

const char *argp_program_version = "detainerctl " VERSION;

enum {
	KEY_LIST_COMMANDS = 512 /* beside those of options.c */
};

enum command_answer {
	ANSWER_OTHER, /* one object, or several parts */
	ANSWER_LIST   /* one list: may be CSV */
};

struct command {
	const char *name;
	const char *verb;  /* the word behind the name; NULL: any or none */
	const char *title; /* argv[0] of the sub-command, so that its usage names it whole */
	enum say_status (*run)(int argc, char **argv, const struct options *given);
	enum command_answer answer;
};

/* The first row that fits counts. */
static const struct command commands[] = {
	{ "migrate", NULL, "detainerctl migrate", migrate_run, ANSWER_OTHER },
	{ "setup", NULL, "detainerctl setup", setup_run, ANSWER_LIST },
	{ "doctor", NULL, "detainerctl doctor", doctor_run, ANSWER_LIST },
	{ "settings", NULL, "detainerctl settings", settings_run, ANSWER_LIST },
	{ "status", NULL, "detainerctl status", status_run, ANSWER_OTHER },
	{ "check", NULL, "detainerctl check", check_run, ANSWER_OTHER },
	{ "holds", NULL, "detainerctl holds", holds_run, ANSWER_LIST },
	{ "duties", "done", "detainerctl duties done", duties_done_run, ANSWER_OTHER },
	{ "duties", NULL, "detainerctl duties", duties_run, ANSWER_LIST },
	{ "alerts", "show", "detainerctl alerts show", alerts_show_run, ANSWER_OTHER },
	{ "alerts", NULL, "detainerctl alerts", alerts_run, ANSWER_LIST },
	{ "report", "overdue", "detainerctl report overdue", report_overdue_run, ANSWER_LIST },
	{ "report", "alerts", "detainerctl report alerts", report_alerts_run, ANSWER_LIST },
	{ "report", "over-detention", "detainerctl report over-detention",
	    report_over_detention_run, ANSWER_LIST },
	{ "evidence", NULL, "detainerctl evidence", evidence_run, ANSWER_LIST },
	{ "explain", NULL, "detainerctl explain", explain_run, ANSWER_OTHER },
	{ "ack", NULL, "detainerctl ack", ack_run, ANSWER_OTHER },
	{ "import", NULL, "detainerctl import", import_run, ANSWER_OTHER },
	{ "law", "list", "detainerctl law list", law_list_run, ANSWER_LIST },
	{ "law", "show", "detainerctl law show", law_show_run, ANSWER_OTHER },
	{ "law", "export", "detainerctl law export", law_export_run, ANSWER_OTHER },
	{ "law", "propose", "detainerctl law propose", law_propose_run, ANSWER_LIST },
	{ "law", "preview", "detainerctl law preview", law_preview_run, ANSWER_LIST },
	{ "law", "adopt", "detainerctl law adopt", law_adopt_run, ANSWER_OTHER },
	{ "law", "withdraw", "detainerctl law withdraw", law_withdraw_run, ANSWER_OTHER },
	{ "law", NULL, "detainerctl law", law_list_run, ANSWER_LIST },
	{ "holidays", "set", "detainerctl holidays set", holidays_set_run, ANSWER_OTHER },
	{ "holidays", NULL, "detainerctl holidays", holidays_run, ANSWER_LIST },
	{ "facility", NULL, "detainerctl facility", facility_run, ANSWER_OTHER },
	{ "booking", NULL, "detainerctl booking", booking_run, ANSWER_OTHER },
	{ "basis", NULL, "detainerctl basis", basis_run, ANSWER_OTHER },
	{ "detainer", NULL, "detainerctl detainer", detainer_run, ANSWER_OTHER },
	{ "finding", NULL, "detainerctl finding", finding_run, ANSWER_OTHER },
	{ "interview", NULL, "detainerctl interview", interview_run, ANSWER_OTHER },
	{ "duty", NULL, "detainerctl duty", duty_run, ANSWER_OTHER },
	{ "custody", NULL, "detainerctl custody", custody_run, ANSWER_OTHER },
	{ "routes", "test", "detainerctl routes test", routes_test_run, ANSWER_LIST },
	{ "routes", "add", "detainerctl routes add", routes_add_run, ANSWER_OTHER },
	{ "routes", "enable", "detainerctl routes enable", routes_enable_run, ANSWER_OTHER },
	{ "routes", "disable", "detainerctl routes disable", routes_disable_run, ANSWER_OTHER },
	{ "routes", NULL, "detainerctl routes", routes_run, ANSWER_LIST },
	{ "receivers", "test", "detainerctl receivers test", receivers_test_run, ANSWER_OTHER },
	{ "receivers", NULL, "detainerctl receivers", receivers_run, ANSWER_LIST },
	{ "deliveries", "retry", "detainerctl deliveries retry", deliveries_retry_run,
	    ANSWER_OTHER },
	{ "deliveries", NULL, "detainerctl deliveries", deliveries_run, ANSWER_LIST },
	{ NULL, NULL, NULL, NULL, ANSWER_OTHER },
};

static const char doc[] =
    "Asks and tells detainerd's database: who is held, until when, and why."
    "\v"
    "Commands:\n"
    "  setup       from an installed package to a daemon that runs\n"
    "  doctor      what is well and what is not, each with its fix\n"
    "  settings    what is set, where, and what makes a change count\n"
    "  migrate     install or bring up to date the schema\n"
    "  status      daemons, what is wrong, and how fresh the facts are\n"
    "  check       one line and a status for a monitoring system\n"
    "  holds       who is held, and until when\n"
    "  duties      what the law asks beside release: what is owed, by when\n"
    "  explain     one stay: its timeline, the law applied, the clock's arithmetic\n"
    "  evidence    all that is on record of one stay, as a file for counsel or a court\n"
    "  import      read facts, or a list of facilities, from a CSV file\n"
    "  law         list, show, export; propose, preview, adopt or withdraw a change of it\n"
    "  holidays    what an excluding clock leaves out; `holidays set' records one\n"
    "  facility    list the facilities; record, correct or show one\n"
    "  booking     record, correct or show a booking, and the verdict that follows\n"
    "  custody     the same of how custody ended\n"
    "  basis       the same of what else keeps the person\n"
    "  detainer    the same of a detainer\n"
    "  finding     the same of a finding\n"
    "  interview   the same of an interview by ICE\n"
    "  duty        the same of what was done that the law asks for beside release\n"
    "  alerts      the alert log; `alerts show' is all that is known of one alert\n"
    "  report      overdue, alerts or over-detention: what happened in a period\n"
    "  ack         acknowledge an alert\n"
    "  routes      who is told of what; `routes test' says who would be\n"
    "  receivers   who can be told; `receivers test' sends one a message\n"
    "  deliveries  what went to whom; `deliveries retry' tries one once more\n"
    "\n"
    "`detainerctl COMMAND --help' tells the options of each.";

struct choice {
	struct options options;
	const struct command *command;
	int at; /* of the last word of the command's name in argv */
};

static bool
is_named(const struct command *command, const char *name, const char *next)
{
	return strcmp(command->name, name) == 0 &&
	       (command->verb == NULL || (next != NULL && strcmp(command->verb, next) == 0));
}

static const struct command *
command_named(const char *name, const char *next)
{
	const struct command *command = commands;

	while (command->name != NULL && !is_named(command, name, next))
		command++;
	return command->name == NULL ? NULL : command;
}

_Noreturn static void
list_commands(void)
{
	for (const struct command *command = commands; command->name != NULL; command++)
		puts(command->title);
	exit(fflush(stdout) == 0 ? (int)SAY_OK : (int)SAY_IO);
}

/* A word that may stand behind ${name}; NULL if there is no command of that name. */
static const char *
verb_of(const char *name)
{
	const struct command *command = commands;

	while (command->name != NULL && strcmp(command->name, name) != 0)
		command++;
	return command->name == NULL ? NULL : command->verb;
}

static error_t
parse(int key, char *arg, struct argp_state *state)
{
	struct choice *choice = state->input;

	switch (key) {
	case ARGP_KEY_ARG:
		choice->command = command_named(arg, state->argv[state->next]);
		if (choice->command == NULL && verb_of(arg) != NULL)
			options_error(state,
			    "cannot run '%s': a word is missing behind it, such as '%s'.", arg,
			    verb_of(arg));
		if (choice->command == NULL) {
			options_error(state, "cannot run '%s': there is no such command.", arg);
			return EINVAL;
		}
		choice->at = choice->command->verb != NULL ? state->next : state->next - 1;
		state->next = state->argc; /* the rest is the command's */
		return 0;
	case ARGP_KEY_NO_ARGS: options_error(state, "cannot run: no command is given."); return 0;
	case KEY_LIST_COMMANDS: list_commands();
	default: return options_rest(key, arg, state, &choice->options);
	}
}

/* A standard stream that is closed must fail, not be whatever is opened next: that would be the database's socket. */
static void
hold_standard_streams(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

static bool
is_option(const char *argument)
{
	return argument[0] == '-' && argument[1] != ' ';
}

/* An option of no such name is printed by getopt, as it is. A hyphen and a blank begin a list in somebody's words. */
static void
refuse_strange_options(char **argv)
{
	for (; *argv != NULL && strcmp(*argv, "--") != 0; argv++)
		for (const char *at = *argv; is_option(*argv) && *at != '\0' && *at != '='; at++)
			if (iscntrl((unsigned char)*at))
				exit((int)say(SAY_USAGE,
				    "cannot read option '%s': it has a control character in its name.",
				    *argv));
}

int
main(int argc, char **argv)
{
	static const struct argp_option options[] = {
		{ .name = "list-commands", .key = KEY_LIST_COMMANDS, .flags = OPTION_HIDDEN }, { 0 }
	};
	static const struct argp argp = { .options = options,
		.parser = parse,
		.args_doc = "COMMAND [OPTION...]",
		.doc = doc,
		.children = options_children };
	struct envelope envelope = { 0 };
	struct choice choice = { .options.envelope = &envelope };

	hold_standard_streams();
	/* Without a language, as under cron, what is on file is shown as it is all the same. */
	if (strcmp(setlocale(LC_CTYPE, "") != NULL ? setlocale(LC_CTYPE, NULL) : "C", "C") == 0)
		setlocale(LC_CTYPE, "C.UTF-8");
	setlocale(LC_COLLATE, "");
	signal(SIGPIPE, SIG_DFL);
	refuse_strange_options(argv);
	argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &choice);
	if (choice.command == NULL)
		return SAY_USAGE;
	/* argp keeps the pointer, and never writes through it */
	char title[64];
	snprintf(title, sizeof title, "%s", choice.command->title);
	argv[choice.at] = title;
	envelope.command = choice.command->title + strlen("detainerctl ");
	envelope.lists = choice.command->answer == ANSWER_LIST;
	return (int)choice.command->run(argc - choice.at, argv + choice.at, &choice.options);
}
