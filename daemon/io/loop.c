/* SPDX-License-Identifier: MIT */
/*
 * loop.c: libev. The only file that includes its header; it is compiled with
 * -fno-strict-aliasing because the header's macros ask for it. Its timers run
 * on the monotonic clock, which stands still while the host sleeps: what must
 * not be late after a suspend is waited for by io/clock.
 */
#include "io/loop.h"

#include <assert.h>
#include <ev.h>
#include <stdlib.h>

#include "core/banned.h"

struct loop {
	struct ev_loop *ev;
};

struct loop_fd {
	ev_io ev;
	struct loop *loop;
	loop_fd_fn *callback;
	void *owner;
};

struct loop_timer {
	ev_timer ev;
	struct loop *loop;
	loop_fn *callback;
	void *owner;
};

struct loop_signal {
	ev_signal ev;
	struct loop *loop;
	loop_fn *callback;
	void *owner;
};

struct loop *
loop_open(void)
{
	struct loop *loop = calloc(1, sizeof *loop);

	if (loop == NULL)
		return NULL;
	loop->ev = ev_loop_new(EVFLAG_AUTO);
	if (loop->ev == NULL) {
		free(loop);
		return NULL;
	}
	return loop;
}

void
loop_close(struct loop *loop)
{
	if (loop == NULL)
		return;
	ev_loop_destroy(loop->ev);
	free(loop);
}

void
loop_run(struct loop *loop)
{
	(void)ev_run(loop->ev, 0);
}

void
loop_end(struct loop *loop)
{
	ev_break(loop->ev, EVBREAK_ALL);
}

static void
fd_ready(struct ev_loop *ev, ev_io *io, int events)
{
	struct loop_fd *watcher = io->data;
	int ready = 0;

	(void)ev;
	assert(&watcher->ev == io);
	if ((events & EV_READ) != 0)
		ready |= LOOP_READ;
	if ((events & EV_WRITE) != 0)
		ready |= LOOP_WRITE;
	watcher->callback(watcher->owner, io->fd, ready);
}

struct loop_fd *
loop_fd_new(struct loop *loop, loop_fd_fn *callback, void *owner)
{
	struct loop_fd *watcher = calloc(1, sizeof *watcher);

	if (watcher == NULL)
		return NULL;
	ev_init(&watcher->ev, fd_ready);
	watcher->ev.data = watcher;
	watcher->loop = loop;
	watcher->callback = callback;
	watcher->owner = owner;
	return watcher;
}

void
loop_fd_watch(struct loop_fd *watcher, int fd, int wishes)
{
	int events = 0;

	ev_io_stop(watcher->loop->ev, &watcher->ev);
	if ((wishes & LOOP_READ) != 0)
		events |= EV_READ;
	if ((wishes & LOOP_WRITE) != 0)
		events |= EV_WRITE;
	if (events == 0)
		return;
	ev_io_set(&watcher->ev, fd, events);
	ev_io_start(watcher->loop->ev, &watcher->ev);
}

void
loop_fd_free(struct loop_fd *watcher)
{
	if (watcher == NULL)
		return;
	ev_io_stop(watcher->loop->ev, &watcher->ev);
	free(watcher);
}

static void
timer_fired(struct ev_loop *ev, ev_timer *timer, int events)
{
	struct loop_timer *watcher = timer->data;

	(void)ev;
	(void)events;
	assert(&watcher->ev == timer);
	watcher->callback(watcher->owner);
}

struct loop_timer *
loop_timer_new(struct loop *loop, loop_fn *callback, void *owner)
{
	struct loop_timer *timer = calloc(1, sizeof *timer);

	if (timer == NULL)
		return NULL;
	ev_init(&timer->ev, timer_fired);
	timer->ev.data = timer;
	timer->loop = loop;
	timer->callback = callback;
	timer->owner = owner;
	return timer;
}

void
loop_timer_set(struct loop_timer *timer, int64_t ms)
{
	ev_timer_stop(timer->loop->ev, &timer->ev);
	if (ms < 0)
		return;
	ev_timer_set(&timer->ev, (double)ms / 1000.0, 0.0);
	ev_timer_start(timer->loop->ev, &timer->ev);
}

void
loop_timer_free(struct loop_timer *timer)
{
	if (timer == NULL)
		return;
	ev_timer_stop(timer->loop->ev, &timer->ev);
	free(timer);
}

static void
signal_came(struct ev_loop *ev, ev_signal *signal, int events)
{
	struct loop_signal *watcher = signal->data;

	(void)ev;
	(void)events;
	assert(&watcher->ev == signal);
	watcher->callback(watcher->owner);
}

struct loop_signal *
loop_signal_new(struct loop *loop, int signal, loop_fn *callback, void *owner)
{
	struct loop_signal *watcher = calloc(1, sizeof *watcher);

	if (watcher == NULL)
		return NULL;
	ev_signal_init(&watcher->ev, signal_came, signal);
	watcher->ev.data = watcher;
	watcher->loop = loop;
	watcher->callback = callback;
	watcher->owner = owner;
	ev_signal_start(loop->ev, &watcher->ev);
	return watcher;
}

void
loop_signal_free(struct loop_signal *watcher)
{
	if (watcher == NULL)
		return;
	ev_signal_stop(watcher->loop->ev, &watcher->ev);
	free(watcher);
}
