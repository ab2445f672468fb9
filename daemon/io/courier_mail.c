/* SPDX-License-Identifier: MIT */
/*
 * courier_mail.c: a thread a mail, a pipe by which it says that it is over.
 * From start to end an errand belongs to its thread alone; the two words that
 * pass between thread and loop meanwhile are atomic. The threads run no signal
 * handler.
 *
 * A thread is bounded by the request's time limit, and where libcurl ignores
 * that (it does while it waits for the answer to QUIT) by the progress
 * callback, which is asked at least once a second.
 */
#include "io/courier_mail.h"

#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "core/banned.h"

/* libcurl and OpenSSL keep little on the stack; the default would be 8 MiB of address space a mail. */
#define STACK_BYTES (512 * 1024)

/* libcurl's own time limit should strike first: it knows what it waited for. */
#define SLACK_MS 200
#define QUIT_MS 1000

struct job {
	struct job *next, **link; /* all of one courier_mail */
	struct courier_mail *mail;
	struct courier_errand *errand;
	pthread_t thread;
	int64_t give_up_ms; /* monotonic clock */
	int64_t quit_ms;    /* the same, once the message is accepted; 0: not yet */
	CURLcode end;
	atomic_bool cancelled;
};

struct courier_mail {
	struct job *jobs;
	int read_end, write_end; /* of the pipe: a pointer to each job that is over */
	struct loop_fd *watcher;
	courier_mail_fn *callback;
	void *owner;
};

static int64_t
now_ms(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* What the server answers to QUIT changes nothing any more. */
static bool
quits_too_long(struct job *job)
{
	if (!job->errand->answered)
		return false;
	if (job->quit_ms == 0)
		job->quit_ms = now_ms() + QUIT_MS;
	return now_ms() > job->quit_ms;
}

/* Not 0 ends the transfer, and the wait for an answer to QUIT. */
static int
should_end(void *owner, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	struct job *job = owner;

	(void)a;
	(void)b;
	(void)c;
	(void)d;
	return atomic_load(&job->cancelled) || now_ms() > job->give_up_ms || quits_too_long(job);
}

static void *
work(void *argument)
{
	struct job *job = argument;
	int write_end = job->mail->write_end;

	job->end = curl_easy_perform(job->errand->easy);
	if (write(write_end, &job, sizeof job) != sizeof job)
		abort(); /* the pipe has room for more jobs than there can be */
	return NULL;
}

static bool
start_thread(struct job *job)
{
	sigset_t all, before;
	pthread_attr_t attributes;
	bool started;

	if (pthread_attr_init(&attributes) != 0)
		return false;
	(void)pthread_attr_setstacksize(&attributes, STACK_BYTES);
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	started = pthread_create(&job->thread, &attributes, work, job) == 0;
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	(void)pthread_attr_destroy(&attributes);
	return started;
}

bool
courier_mail_start(struct courier_mail *mail, struct courier_errand *errand)
{
	struct job *job = calloc(1, sizeof *job);
	CURL *easy = errand->easy;

	if (job == NULL)
		return false;
	job->mail = mail;
	job->errand = errand;
	job->give_up_ms = now_ms() + errand->timeout_ms + SLACK_MS;
	if (curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, should_end) != CURLE_OK ||
	    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, job) != CURLE_OK ||
	    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L) != CURLE_OK || !start_thread(job)) {
		free(job);
		return false;
	}
	job->next = mail->jobs;
	job->link = &mail->jobs;
	if (job->next != NULL)
		job->next->link = &job->next;
	mail->jobs = job;
	return true;
}

/* The thread has said its last word: it is about to end, or has. */
static void
finish(struct job *job)
{
	struct courier_mail *mail = job->mail;
	struct courier_errand *errand = job->errand;
	bool cancelled = atomic_load(&job->cancelled);
	CURLcode end;

	(void)pthread_join(job->thread, NULL);
	end = job->end;
	*job->link = job->next;
	if (job->next != NULL)
		job->next->link = job->link;
	free(job);
	if (cancelled)
		courier_errand_free(errand);
	else
		mail->callback(mail->owner, errand, end);
}

static void
thread_over(void *owner, int fd, int ready)
{
	struct job *job;

	(void)owner;
	(void)ready;
	if (read(fd, &job, sizeof job) == sizeof job)
		finish(job);
}

struct courier_mail *
courier_mail_open(struct loop *loop, courier_mail_fn *callback, void *owner)
{
	struct courier_mail *mail = calloc(1, sizeof *mail);
	int ends[2];

	if (mail == NULL)
		return NULL;
	mail->callback = callback;
	mail->owner = owner;
	mail->watcher = loop_fd_new(loop, thread_over, mail);
	if (mail->watcher == NULL || pipe2(ends, O_CLOEXEC) != 0) {
		loop_fd_free(mail->watcher);
		free(mail);
		return NULL;
	}
	mail->read_end = ends[0];
	mail->write_end = ends[1];
	loop_fd_watch(mail->watcher, mail->read_end, LOOP_READ);
	return mail;
}

void
courier_mail_cancel(struct courier_mail *mail)
{
	for (struct job *job = mail->jobs; job != NULL; job = job->next)
		atomic_store(&job->cancelled, true);
}

void
courier_mail_close(struct courier_mail *mail)
{
	if (mail == NULL)
		return;
	courier_mail_cancel(mail);
	while (mail->jobs != NULL)
		finish(mail->jobs);
	loop_fd_free(mail->watcher);
	(void)close(mail->read_end);
	(void)close(mail->write_end);
	free(mail);
}
