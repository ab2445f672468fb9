/* SPDX-License-Identifier: MIT */
/* main.c: the command line of detainerd. Everything else is in shell.c. */
#include "shell.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>

#define EXIT_USAGE 64 /* sysexits(3) */

static const char usage[] =
    "usage: detainerd [--config FILE] [--check-config] [--version] [--help]\n"
    "\n"
    "Raises release alerts at their instant and delivers them. Runs in the foreground.\n"
    "\n"
    "  -c, --config FILE   read FILE instead of $DETAINERD_CONFIG or " SYSCONFDIR
    "/detainerd/detainerd.conf\n"
    "  -t, --check-config  check the configuration and exit: 0 fine, 78 not\n"
    "  -V, --version       print the version and exit\n"
    "  -h, --help          print this and exit\n"
    "\n"
    "SIGTERM ends, SIGHUP reads the configuration again. See detainerd(8), detainerd.conf(5).\n";

int
main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "check-config", no_argument, NULL, 't' },
		{ "version", no_argument, NULL, 'V' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	const char *path = NULL;
	bool check = false;
	int option;

	while ((option = getopt_long(argc, argv, "c:tVh", options, NULL)) != -1) {
		if (option == 'c') {
			path = optarg;
		} else if (option == 't') {
			check = true;
		} else if (option == 'V') {
			(void)printf("detainerd %s (schema %d)\n", VERSION, SCHEMA_VERSION);
			return 0;
		} else {
			(void)fputs(usage, option == 'h' ? stdout : stderr);
			return option == 'h' ? 0 : EXIT_USAGE;
		}
	}
	if (optind < argc) {
		(void)fprintf(
		    stderr, "detainerd: unexpected argument '%s'\n%s", argv[optind], usage);
		return EXIT_USAGE;
	}
	return check ? shell_check(path) : shell_run(path);
}
