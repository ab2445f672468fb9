/* SPDX-License-Identifier: MIT */
/*
 * loop: waiting for file descriptors, for time to pass and for signals, on
 * libev, without showing a type of libev. A callback is called with its owner
 * and may free its own watcher. One thread.
 */
#ifndef DETAINERD_LOOP_H
#define DETAINERD_LOOP_H

#include <stdint.h>

enum loop_wish {
	LOOP_NOTHING = 0,
	LOOP_READ = 1,
	LOOP_WRITE = 2
};

struct loop;
struct loop_fd;
struct loop_timer;
struct loop_signal;

/* Called with what is ready: LOOP_READ, LOOP_WRITE or both. */
typedef void loop_fd_fn(void *owner, int fd, int ready);
typedef void loop_fn(void *owner);

/* loop_open(): A loop, or null. loop_close(loop): Free it; null is fine. Free its watchers before. */
struct loop *loop_open(void) __attribute__((warn_unused_result));
void loop_close(struct loop *loop);

/* loop_run(loop): Wait and call back until loop_end. */
void loop_run(struct loop *loop);

/* loop_end(loop): loop_run returns after the callback that calls this. */
void loop_end(struct loop *loop);

/*
 * loop_fd_new(loop, callback, owner): A watcher that watches nothing yet.
 * Borrows ${owner}. Null where memory is out.
 */
struct loop_fd *loop_fd_new(struct loop *loop, loop_fd_fn *callback, void *owner)
    __attribute__((warn_unused_result));

/*
 * loop_fd_watch(watcher, fd, wishes): From now on watch ${fd} for ${wishes}
 * (LOOP_READ | LOOP_WRITE), in place of what was watched before; LOOP_NOTHING
 * stops. Stopping never touches the descriptor, which may be closed already.
 */
void loop_fd_watch(struct loop_fd *watcher, int fd, int wishes);

/* loop_fd_free(watcher): Stop and free; null is fine. */
void loop_fd_free(struct loop_fd *watcher);

/* loop_timer_new(loop, callback, owner): A timer that is not set. */
struct loop_timer *loop_timer_new(struct loop *loop, loop_fn *callback, void *owner)
    __attribute__((warn_unused_result));

/* loop_timer_set(timer, ms): Call back once in ${ms}; less than 0 unsets. */
void loop_timer_set(struct loop_timer *timer, int64_t ms);

/* loop_timer_free(timer): Unset and free; null is fine. */
void loop_timer_free(struct loop_timer *timer);

/* loop_signal_new(loop, signal, callback, owner): Call back, in the loop, when ${signal} comes. */
struct loop_signal *loop_signal_new(struct loop *loop, int signal, loop_fn *callback, void *owner)
    __attribute__((warn_unused_result));

/* loop_signal_free(watcher): Stop and free; the signal does again what it does by default. Null is fine. */
void loop_signal_free(struct loop_signal *watcher);

#endif
