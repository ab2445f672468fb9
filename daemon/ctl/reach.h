/* SPDX-License-Identifier: MIT */
/*
 * reach.h: can the server behind an address be reached? Nothing is said to it.
 */
#ifndef CTL_REACH_H
#define CTL_REACH_H

#include <stdbool.h>
#include <stddef.h>

/* Connects to the host and port of ${url} and hangs up. False, with the reason in ${why}, if that takes longer than some
   seconds or fails. Blocks. */
bool reach(const char *url, char *why, size_t bytes) __attribute__((warn_unused_result));

#endif
