/* SPDX-License-Identifier: MIT */
/*
 * resolver.c: getaddrinfo in a thread of its own. Thread and loop share one
 * piece of memory under one lock, and whichever of the two leaves last frees
 * it; a pipe says that the answer is there.
 */
#include "io/resolver.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/text.h"

#include "core/banned.h"

struct shared {
	pthread_mutex_t lock;
	bool busy;      /* a thread is at work */
	bool abandoned; /* the loop has left */
	int write_end;
	struct resolver_question question;
	struct resolver_answer answer;
};

struct resolver {
	struct shared *shared;
	int read_end;
	struct loop_fd *watcher;
	resolver_fn *callback;
	void *owner;
	bool wanted; /* somebody waits for the answer */
};

static void
shared_free(struct shared *shared)
{
	if (shared == NULL)
		return;
	if (shared->write_end >= 0)
		(void)close(shared->write_end);
	(void)pthread_mutex_destroy(&shared->lock);
	free(shared);
}

static void
add_addresses(struct resolver_answer *answer, int name, const struct addrinfo *info)
{
	for (; info != NULL && answer->count < RESOLVER_ANSWERS_MAX; info = info->ai_next) {
		char *address = answer->found[answer->count].address;

		if (getnameinfo(info->ai_addr, info->ai_addrlen, address,
			sizeof answer->found[0].address, NULL, 0, NI_NUMERICHOST) != 0)
			continue;
		answer->found[answer->count++].name = name;
	}
}

static void
look_up(const struct resolver_question *question, struct resolver_answer *answer)
{
	const struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_ADDRCONFIG };

	*answer = (struct resolver_answer){ .count = 0 };
	for (int i = 0; i < question->count; i++) {
		struct addrinfo *info = NULL;
		int result = getaddrinfo(question->names[i], NULL, &hints, &info);
		struct text text;

		if (result != 0) {
			text_init(&text, answer->trouble, sizeof answer->trouble);
			text_addf(&text, "%s: %s", question->names[i], gai_strerror(result));
			continue;
		}
		add_addresses(answer, i, info);
		freeaddrinfo(info);
	}
}

static void *
work(void *argument)
{
	struct shared *shared = argument;
	struct resolver_question question;
	struct resolver_answer answer;
	bool abandoned;

	(void)pthread_mutex_lock(&shared->lock);
	question = shared->question;
	(void)pthread_mutex_unlock(&shared->lock);
	look_up(&question, &answer);
	(void)pthread_mutex_lock(&shared->lock);
	shared->answer = answer;
	shared->busy = false;
	abandoned = shared->abandoned;
	if (!abandoned && write(shared->write_end, "", 1) != 1)
		abort(); /* the pipe is empty: one byte always fits */
	(void)pthread_mutex_unlock(&shared->lock);
	if (abandoned)
		shared_free(shared);
	return NULL;
}

static void
answer_ready(void *owner, int fd, int ready)
{
	struct resolver *resolver = owner;
	struct resolver_answer answer;
	bool stale; /* the byte belongs to an earlier question; the answer is still to come */
	char byte;

	(void)ready;
	if (read(fd, &byte, 1) != 1)
		return;
	(void)pthread_mutex_lock(&resolver->shared->lock);
	answer = resolver->shared->answer;
	stale = resolver->shared->busy;
	(void)pthread_mutex_unlock(&resolver->shared->lock);
	if (stale || !resolver->wanted)
		return;
	resolver->wanted = false;
	resolver->callback(resolver->owner, &answer);
}

static bool
open_pipe(struct resolver *resolver)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
		return false;
	resolver->read_end = ends[0];
	resolver->shared->write_end = ends[1];
	return true;
}

struct resolver *
resolver_open(struct loop *loop, resolver_fn *callback, void *owner)
{
	struct resolver *resolver = calloc(1, sizeof *resolver);

	if (resolver == NULL)
		return NULL;
	resolver->read_end = -1;
	resolver->callback = callback;
	resolver->owner = owner;
	resolver->shared = calloc(1, sizeof *resolver->shared);
	resolver->watcher = loop_fd_new(loop, answer_ready, resolver);
	if (resolver->shared != NULL) {
		resolver->shared->write_end = -1;
		(void)pthread_mutex_init(&resolver->shared->lock, NULL);
	}
	if (resolver->shared == NULL || resolver->watcher == NULL || !open_pipe(resolver)) {
		resolver_close(resolver);
		return NULL;
	}
	loop_fd_watch(resolver->watcher, resolver->read_end, LOOP_READ);
	return resolver;
}

/* A detached thread that no signal reaches: signals belong to the loop. */
static bool
start_thread(struct shared *shared)
{
	pthread_attr_t attributes;
	pthread_t thread;
	sigset_t all, before;
	int result;

	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &before);
	(void)pthread_attr_init(&attributes);
	(void)pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	result = pthread_create(&thread, &attributes, work, shared);
	(void)pthread_attr_destroy(&attributes);
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	return result == 0;
}

bool
resolver_ask(
    struct resolver *resolver, const struct resolver_question *question, struct fault *fault)
{
	struct shared *shared = resolver->shared;
	bool busy;

	(void)pthread_mutex_lock(&shared->lock);
	busy = shared->busy;
	if (!busy) {
		shared->question = *question;
		shared->busy = true;
	}
	(void)pthread_mutex_unlock(&shared->lock);
	if (busy) {
		fault_set(fault, FAULT_AWAY, "cannot look up %s: an earlier look-up still hangs",
		    question->names[0]);
		return false;
	}
	resolver->wanted = true;
	if (start_thread(shared))
		return true;
	shared->busy = false;
	resolver->wanted = false;
	fault_set(
	    fault, FAULT_AWAY, "cannot look up %s: no thread can be started", question->names[0]);
	return false;
}

void
resolver_forget(struct resolver *resolver)
{
	resolver->wanted = false;
}

void
resolver_close(struct resolver *resolver)
{
	struct shared *shared;
	bool busy = false;

	if (resolver == NULL)
		return;
	shared = resolver->shared;
	if (shared != NULL) {
		(void)pthread_mutex_lock(&shared->lock);
		busy = shared->busy;
		shared->abandoned = true;
		(void)pthread_mutex_unlock(&shared->lock);
	}
	if (!busy)
		shared_free(shared);
	loop_fd_free(resolver->watcher);
	if (resolver->read_end >= 0)
		(void)close(resolver->read_end);
	free(resolver);
}
