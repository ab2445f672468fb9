/* SPDX-License-Identifier: MIT */
/*
 * shell: the one joint of the daemon. It turns what happens outside (io/) into
 * events, steps the engine (core/), and carries out the effects. It decides
 * nothing.
 */
#ifndef DETAINERD_SHELL_H
#define DETAINERD_SHELL_H

/* shell_check(path): Read the configuration and say on standard error what is wrong, or on standard output that nothing is. Returns an exit status. */
int shell_check(const char *path);

/*
 * shell_run(path): Be the daemon, in the foreground, until told to stop.
 * ${path} is read again on SIGHUP; null: where the environment or the
 * system's default says. Returns an exit status.
 */
int shell_run(const char *path);

#endif
