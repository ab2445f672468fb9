/* SPDX-License-Identifier: MIT */
/*
 * command_process.c: fork and exec. A plain fork and not posix_spawn, which
 * waits until the program is loaded: from a file system that hangs, it never
 * is. Between fork and exec nothing is called that a signal handler might not
 * call: other threads may have held locks.
 */
#include "io/command_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/text.h"

#include "core/banned.h"

#define PATH_VARIABLE "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

void
command_process_close_end(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

void
command_process_close(struct command_process *process)
{
	command_process_close_end(&process->process);
	command_process_close_end(&process->input);
	command_process_close_end(&process->output);
	command_process_close_end(&process->trouble);
}

void
command_process_signal(const struct command_process *process, int number)
{
	if (process->pid > 0)
		(void)kill(-process->pid, number);
}

/* In the new process, between fork and exec: only what a signal handler might do. */
static _Noreturn void
become(const struct receiver *receiver, char *const *environment, const int ends[3])
{
	char *arguments[CONF_ARGUMENTS_MAX + 1] = { NULL };
	int error;
	sigset_t none;

	for (int i = 0; i < receiver->command_count; i++)
		arguments[i] = (char *)(uintptr_t)receiver->command[i];
	for (int number = 1; number < NSIG; number++)
		(void)signal(number, SIG_DFL);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)setpgid(0, 0);
	if (dup2(ends[0], STDIN_FILENO) >= 0 && dup2(ends[1], STDOUT_FILENO) >= 0 &&
	    chdir("/") == 0 && close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) == 0)
		(void)execve(arguments[0], arguments, environment);
	error = errno;
	(void)!write(ends[2], &error, sizeof error);
	_exit(127);
}

/* The ends that the new process is to have: input, output, trouble. */
static bool
open_pipes(struct command_process *process, int ret_ends[3])
{
	int input[2], output[2], trouble[2];

	if (pipe2(input, O_CLOEXEC) != 0)
		return false;
	ret_ends[0] = input[0];
	process->input = input[1];
	if (pipe2(output, O_CLOEXEC) != 0)
		return false;
	process->output = output[0];
	ret_ends[1] = output[1];
	if (pipe2(trouble, O_CLOEXEC | O_NONBLOCK) != 0)
		return false;
	process->trouble = trouble[0];
	ret_ends[2] = trouble[1];
	return fcntl(process->input, F_SETFL, O_NONBLOCK) == 0 &&
	       fcntl(process->output, F_SETFL, O_NONBLOCK) == 0;
}

/* No signal handler of ours may run in the new process, which shares our descriptors. */
static bool
fork_off(struct command_process *process, const struct command_request *request)
{
	char alert_id[256];
	char path[] = PATH_VARIABLE, lang[] = "LANG=C.UTF-8";
	char *environment[] = { path, lang, alert_id, NULL };
	int ends[3] = { -1, -1, -1 };
	sigset_t all, before;
	struct text text;

	text_init(&text, alert_id, sizeof alert_id);
	text_addf(&text, "DETAINERD_ALERT_ID=%s", request->message_id);
	if (open_pipes(process, ends)) {
		(void)sigfillset(&all);
		(void)sigprocmask(SIG_SETMASK, &all, &before);
		process->pid = fork();
		if (process->pid == 0)
			become(request->receiver, environment, ends);
		(void)sigprocmask(SIG_SETMASK, &before, NULL);
	}
	for (int i = 0; i < 3; i++)
		command_process_close_end(&ends[i]);
	if (process->pid <= 0)
		return false;
	(void)setpgid(process->pid, process->pid); /* the new process may not have come so far */
	return true;
}

bool
command_process_start(struct command_process *process, const struct command_request *request)
{
	*process =
	    (struct command_process){ .process = -1, .input = -1, .output = -1, .trouble = -1 };
	if (fork_off(process, request)) {
		process->process = pidfd_open(process->pid, 0);
		if (process->process >= 0)
			return true;
		command_process_signal(process, SIGKILL);
		(void)waitpid(process->pid, NULL, 0);
	}
	command_process_close(process);
	return false;
}

bool
command_process_keep_standard_files(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		(void)close(fd);
	return fd >= 0;
}

bool
command_check(const char *path, struct fault *fault)
{
	struct stat status;

	if (access(path, X_OK) != 0 || stat(path, &status) != 0)
		fault_set(fault, FAULT_CONFIG, "the command '%s' cannot be executed: %s", path,
		    strerror(errno));
	else if (!S_ISREG(status.st_mode))
		fault_set(fault, FAULT_CONFIG,
		    "the command '%s' cannot be executed: it is no program", path);
	else if ((status.st_mode & S_IWOTH) != 0)
		fault_set(fault, FAULT_CONFIG,
		    "the command '%s': anybody may change it, mode %04o. Fix: chmod o-w %s", path,
		    (unsigned)status.st_mode & 07777U, path);
	else
		return true;
	return false;
}
