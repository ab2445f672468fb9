/* SPDX-License-Identifier: MIT */
/*
 * progress.h: a bar on stderr while a file is read, where stderr is a terminal; otherwise nothing at all.
 */
#ifndef CTL_PROGRESS_H
#define CTL_PROGRESS_H

#include <stdbool.h>
#include <stdio.h>
#include <time.h>

struct progress {
	bool on;
	long long bytes; /* of the whole file; 0: not known */
	struct timespec shown_at;
	bool shown;
};

/* Starts a bar for ${file}; its size is known where it is a regular file. */
void progress_init(struct progress *progress, FILE *file);

/* Draws the bar anew, at most ten times a second. */
void progress_show(struct progress *progress, long long bytes_read, long long records);

/* Wipes the bar off its line, so that a message can stand there. */
void progress_wipe(struct progress *progress);

#endif
