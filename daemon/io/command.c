/* SPDX-License-Identifier: MIT */
/*
 * command.c: pipes and pidfds of other processes in the loop.
 *
 * A process is looked at without being reaped, its group is killed, and only
 * then is it reaped: until then its number cannot belong to anybody else.
 *
 * Known weaknesses: a process that makes itself another group is not ended
 * with its own; one that the kernel itself holds up cannot be ended, and
 * keeps its place among the JOBS_MAX until it is let go.
 */
#include "io/command.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/answer.h"
#include "core/text.h"
#include "io/command_process.h"

#include "core/banned.h"

#define JOBS_MAX (2 * FLIGHT_MAX)
/* What a program left in its pipe is read to this bound: others may still write into it. */
#define LAST_READS 16

enum job_state {
	JOB_RUNNING,    /* its result is waited for */
	JOB_TERMINATED, /* told by SIGTERM to end; its result has been given */
	JOB_KILLED      /* ended by SIGKILL, to be reaped */
};

struct job {
	struct job *next, **link; /* all of one command */
	struct command *command;
	enum job_state state;
	struct command_process process;
	struct loop_fd *process_watcher, *input_watcher, *output_watcher;
	struct loop_timer *timer;
	struct timespec begun;
	int place;
	char *body;
	size_t body_bytes, body_sent, said_bytes;
	char said[ANSWER_RAW_BYTES];
};

struct command {
	struct loop *loop;
	struct job *jobs;
	int jobs_count;
	command_fn *callback;
	void *owner;
};

static void
stop_input(struct job *job)
{
	loop_fd_free(job->input_watcher);
	job->input_watcher = NULL;
	command_process_close_end(&job->process.input);
}

static void
stop_output(struct job *job)
{
	loop_fd_free(job->output_watcher);
	job->output_watcher = NULL;
	command_process_close_end(&job->process.output);
}

static void
job_free(struct job *job)
{
	if (job == NULL)
		return;
	if (job->link != NULL) {
		*job->link = job->next;
		if (job->next != NULL)
			job->next->link = job->link;
		job->command->jobs_count--;
	}
	stop_input(job);
	stop_output(job);
	loop_fd_free(job->process_watcher);
	command_process_close(&job->process);
	loop_timer_free(job->timer);
	free(job->body);
	free(job);
}

static int
elapsed_ms(const struct job *job)
{
	struct timespec now;
	int64_t ms;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	ms = (int64_t)(now.tv_sec - job->begun.tv_sec) * 1000 +
	     (now.tv_nsec - job->begun.tv_nsec) / 1000000;
	return ms < INT_MAX ? (int)ms : INT_MAX;
}

/* Give the result, once; what becomes of the process after that is between it and us. */
static void
report(struct job *job, struct delivery_result *result)
{
	const struct answer_bytes said = { job->said, job->said_bytes };
	const struct answer_bytes sent[] = { { job->body, job->body_bytes }, { NULL, 0 } };
	struct command *command = job->command;

	result->elapsed_ms = elapsed_ms(job);
	if (result->answer[0] == '\0')
		answer_write(result->answer, said, sent);
	job->state = JOB_TERMINATED;
	command->callback(command->owner, job->place, result);
}

/* Take what is there: bytes, 0 at the end, -1 with errno. What is not kept is dropped: the program is not to wait for us. */
static ssize_t
read_some(struct job *job)
{
	char chunk[4096];
	ssize_t bytes = read(job->process.output, chunk, sizeof chunk);
	size_t room = sizeof job->said - job->said_bytes;

	if (bytes <= 0)
		return bytes;
	if ((size_t)bytes < room)
		room = (size_t)bytes;
	memcpy(job->said + job->said_bytes, chunk, room);
	job->said_bytes += room;
	return bytes;
}

static void
output_ready(void *owner, int fd, int ready)
{
	struct job *job = owner;
	ssize_t bytes = read_some(job);

	(void)fd;
	(void)ready;
	if (bytes == 0 || (bytes < 0 && errno != EAGAIN && errno != EINTR))
		stop_output(job);
}

static void
input_ready(void *owner, int fd, int ready)
{
	struct job *job = owner;
	ssize_t bytes = write(fd, job->body + job->body_sent, job->body_bytes - job->body_sent);

	(void)ready;
	if (bytes >= 0)
		job->body_sent += (size_t)bytes;
	else if (errno == EAGAIN || errno == EINTR)
		return;
	if (bytes < 0 || job->body_sent == job->body_bytes) /* it need not read all of it */
		stop_input(job);
}

/* Why it could not be executed; 0 where it was. */
static int
exec_error(const struct job *job)
{
	int error = 0;

	return read(job->process.trouble, &error, sizeof error) == sizeof error ? error : 0;
}

static void
read_end(const struct job *job, const siginfo_t *end, struct delivery_result *ret)
{
	int error = exec_error(job);
	struct text text;

	*ret = (struct delivery_result){ .outcome = OUTCOME_REFUSED };
	text_init(&text, ret->answer, sizeof ret->answer);
	if (error != 0) {
		ret->outcome = OUTCOME_MISCONFIGURED;
		text_addf(&text, "cannot execute it: %s", strerror(error));
	} else if (end->si_code == CLD_EXITED) {
		ret->outcome = end->si_status == 0 ? OUTCOME_ACCEPTED : OUTCOME_REFUSED;
		ret->code = end->si_status;
	} else {
		text_addf(
		    &text, "ended by signal %d (%s)", end->si_status, strsignal(end->si_status));
	}
}

static void
process_over(void *owner, int fd, int ready)
{
	struct job *job = owner;
	struct delivery_result result;
	siginfo_t end = { 0 };

	(void)fd;
	(void)ready;
	if (waitid(P_PID, (id_t)job->process.pid, &end, WEXITED | WNOWAIT | WNOHANG) != 0 ||
	    end.si_pid == 0)
		return;
	command_process_signal(&job->process, SIGKILL);
	(void)waitid(P_PID, (id_t)job->process.pid, &end, WEXITED | WNOHANG);
	for (int i = 0; i < LAST_READS && job->process.output >= 0 && read_some(job) > 0; i++) {
	}
	if (job->state == JOB_RUNNING) {
		read_end(job, &end, &result);
		report(job, &result);
	}
	job_free(job);
}

static void
kill_now(struct job *job)
{
	job->state = JOB_KILLED;
	command_process_signal(&job->process, SIGKILL);
	loop_timer_set(job->timer, -1);
}

/* SIGTERM, and a while later SIGKILL; the process is reaped by process_over. */
static void
terminate(struct job *job)
{
	command_process_signal(&job->process, SIGTERM);
	stop_input(job);
	loop_timer_set(job->timer, COMMAND_GRACE_MS);
	job->state = JOB_TERMINATED;
}

static void
time_up(void *owner)
{
	struct job *job = owner;
	struct delivery_result result = { .outcome = OUTCOME_TIMEOUT };

	if (job->state != JOB_RUNNING) {
		kill_now(job);
		return;
	}
	terminate(job);
	report(job, &result);
}

static bool
watch(struct job *job, const struct receiver *receiver)
{
	struct loop *loop = job->command->loop;

	job->process_watcher = loop_fd_new(loop, process_over, job);
	job->input_watcher = loop_fd_new(loop, input_ready, job);
	job->output_watcher = loop_fd_new(loop, output_ready, job);
	job->timer = loop_timer_new(loop, time_up, job);
	if (job->process_watcher == NULL || job->input_watcher == NULL ||
	    job->output_watcher == NULL || job->timer == NULL)
		return false;
	loop_fd_watch(job->process_watcher, job->process.process, LOOP_READ);
	loop_fd_watch(job->input_watcher, job->process.input, LOOP_WRITE);
	loop_fd_watch(job->output_watcher, job->process.output, LOOP_READ);
	loop_timer_set(job->timer, span_ms(receiver->timeout));
	return true;
}

static struct job *
job_new(struct command *command, const struct command_request *request)
{
	struct job *job = calloc(1, sizeof *job);

	if (job == NULL)
		return NULL;
	job->command = command;
	job->place = request->place;
	job->process =
	    (struct command_process){ .process = -1, .input = -1, .output = -1, .trouble = -1 };
	job->body_bytes = request->body_bytes;
	job->body = malloc(request->body_bytes + 1);
	if (job->body == NULL) {
		job_free(job);
		return NULL;
	}
	memcpy(job->body, request->body, request->body_bytes);
	(void)clock_gettime(CLOCK_MONOTONIC, &job->begun);
	return job;
}

bool
command_start(struct command *command, const struct command_request *request)
{
	struct job *job = NULL;

	if (command->jobs_count < JOBS_MAX)
		job = job_new(command, request);
	if (job == NULL)
		return false;
	if (!command_process_start(&job->process, request)) {
		job_free(job);
		return false;
	}
	if (!watch(job, request->receiver)) {
		command_process_signal(&job->process, SIGKILL);
		(void)waitpid(job->process.pid, NULL, 0);
		job_free(job);
		return false;
	}
	job->next = command->jobs;
	job->link = &command->jobs;
	if (job->next != NULL)
		job->next->link = &job->next;
	command->jobs = job;
	command->jobs_count++;
	return true;
}

struct command *
command_open(struct loop *loop, command_fn *callback, void *owner)
{
	struct command *command = calloc(1, sizeof *command);

	if (command == NULL || !command_process_keep_standard_files()) {
		free(command);
		return NULL;
	}
	/* Ignored, as some parents leave it, it would have the kernel reap what is ours to ask. */
	(void)signal(SIGCHLD, SIG_DFL);
	command->loop = loop;
	command->callback = callback;
	command->owner = owner;
	return command;
}

void
command_cancel(struct command *command)
{
	for (struct job *job = command->jobs; job != NULL; job = job->next) {
		if (job->state == JOB_RUNNING)
			terminate(job);
	}
}

/* What was not reaped here is reaped by init. */
void
command_close(struct command *command)
{
	if (command == NULL)
		return;
	while (command->jobs != NULL) {
		struct job *job = command->jobs;

		command_process_signal(&job->process, SIGKILL);
		(void)waitpid(job->process.pid, NULL, WNOHANG);
		job_free(job);
	}
	free(command);
}
