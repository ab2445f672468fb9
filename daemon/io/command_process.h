/* SPDX-License-Identifier: MIT */
/* command_process: a new process with three pipes to it. For command.c only. */
#ifndef DETAINERD_IO_COMMAND_PROCESS_H
#define DETAINERD_IO_COMMAND_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

#include "io/command.h"

struct command_process {
	pid_t pid;   /* also its group's; 0: none */
	int process; /* a pidfd; of this and those below -1 is closed */
	int input;   /* we write, never blocking */
	int output;  /* we read, never blocking */
	int trouble; /* holds errno as an int where it could not be executed, nothing where it was */
};

/* command_process_start(process, request): Fork and execute. Returns before the program is loaded. False where that cannot be; nothing is open then. */
bool command_process_start(struct command_process *process, const struct command_request *request)
    __attribute__((warn_unused_result));

/* command_process_signal(process, number): Signal the group, if there is a process. */
void command_process_signal(const struct command_process *process, int number);

/* command_process_close(process): Close what is open. Does not end it. */
void command_process_close(struct command_process *process);

/* command_process_close_end(fd): Close ${*fd}, unless closed. */
void command_process_close_end(int *fd);

/* command_process_keep_standard_files(): Have standard input, output and error open, or a pipe could become one of them. */
bool command_process_keep_standard_files(void) __attribute__((warn_unused_result));

#endif
