/* SPDX-License-Identifier: MIT */
/* clock.c: CLOCK_BOOTTIME, and a timerfd on it: exact to the microsecond and never rounded down. */
#include "io/clock.h"

#include <assert.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "core/banned.h"

struct clock {
	int fd;
	struct loop_fd *watcher;
	loop_fn *callback;
	void *owner;
};

struct instant
clock_now(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_BOOTTIME, &now) != 0)
		abort();
	return (struct instant){ (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000 };
}

uint64_t
clock_seed(void)
{
	uint64_t seed;

	if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) != (ssize_t)sizeof seed)
		seed = (uint64_t)clock_now().us ^ (uint64_t)getpid() << 40;
	return seed;
}

static void
alarm_ready(void *owner, int fd, int ready)
{
	struct clock *clock = owner;
	uint64_t expirations;

	(void)ready;
	if (read(fd, &expirations, sizeof expirations) == (ssize_t)sizeof expirations)
		clock->callback(clock->owner);
}

struct clock *
clock_open(struct loop *loop, loop_fn *callback, void *owner)
{
	struct clock *clock = calloc(1, sizeof *clock);

	if (clock == NULL)
		return NULL;
	clock->callback = callback;
	clock->owner = owner;
	clock->fd = timerfd_create(CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC);
	clock->watcher = loop_fd_new(loop, alarm_ready, clock);
	if (clock->fd < 0 || clock->watcher == NULL) {
		clock_close(clock);
		return NULL;
	}
	loop_fd_watch(clock->watcher, clock->fd, LOOP_READ);
	return clock;
}

void
clock_wake(struct clock *clock, struct instant at)
{
	struct itimerspec when = { .it_value = { .tv_nsec = 1 } }; /* all zero would unset it */

	if (at.us > 0) {
		when.it_value.tv_sec = at.us / 1000000;
		when.it_value.tv_nsec = at.us % 1000000 * 1000;
	}
	if (timerfd_settime(clock->fd, TFD_TIMER_ABSTIME, &when, NULL) != 0)
		abort();
}

void
clock_close(struct clock *clock)
{
	if (clock == NULL)
		return;
	loop_fd_free(clock->watcher);
	if (clock->fd >= 0)
		(void)close(clock->fd);
	free(clock);
}
