/* SPDX-License-Identifier: MIT */
/*
 * setup_conf.h: the daemon's configuration, made from answers: written whole beside its place, checked by the daemon's
 * own reader, and put into its place by one rename.
 */
#ifndef CTL_SETUP_CONF_H
#define CTL_SETUP_CONF_H

#include <stdbool.h>

#include "ctl/answers.h"
#include "ctl/buffer.h"
#include "io/conf.h"

struct setup_conf {
	const char *path;   /* borrowed: its place */
	char beside[4096];  /* where it was written; empty: nothing stands there */
	bool there_already; /* just so, byte for byte */
	struct conf conf;   /* as read back */
};

/* Writes and checks it. What stands in its place and says something else is refused. On failure nothing is left
   behind, and it says why: SAY_CONFIG, SAY_CANNOT_CREATE. */
enum say_status setup_conf_write(struct setup_conf *file, const char *path,
    const struct answers *answers) __attribute__((warn_unused_result));

/* Puts it into its place. */
enum say_status setup_conf_place(struct setup_conf *file) __attribute__((warn_unused_result));

/* Takes away what was written beside; harmless after setup_conf_place. */
void setup_conf_fini(struct setup_conf *file);

#endif
