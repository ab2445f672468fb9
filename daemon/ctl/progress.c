/* SPDX-License-Identifier: MIT */
/*
 * progress.c: draws the bar. Called by import and stream; the clock it looks at decides nothing but how often to draw.
 */
#include "ctl/progress.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	BAR_CELLS = 30,
	REDRAW_MS = 100
};

void
progress_init(struct progress *progress, FILE *file)
{
	struct stat about;

	*progress = (struct progress){ .on = isatty(STDERR_FILENO) };
	if (fstat(fileno(file), &about) == 0 && S_ISREG(about.st_mode))
		progress->bytes = (long long)about.st_size;
}

static bool
is_time(struct progress *progress)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	long long elapsed_ms = (now.tv_sec - progress->shown_at.tv_sec) * 1000LL +
			       (now.tv_nsec - progress->shown_at.tv_nsec) / 1000000;
	if (elapsed_ms < REDRAW_MS)
		return false;
	progress->shown_at = now;
	return true;
}

void
progress_show(struct progress *progress, long long bytes_read, long long records)
{
	static const char full[] = "##############################",
			  empty[] = "..............................";

	if (!progress->on || !is_time(progress))
		return;
	progress->shown = true;
	if (progress->bytes <= 0) {
		fprintf(stderr, "\r%lld records", records);
		return;
	}
	int percent = (int)(bytes_read * 100 / progress->bytes);
	int cells = (percent > 100 ? 100 : percent) * BAR_CELLS / 100;
	fprintf(stderr, "\r[%.*s%.*s] %3d %%  %lld records", cells, full, BAR_CELLS - cells, empty,
	    percent, records);
}

void
progress_wipe(struct progress *progress)
{
	if (progress->shown)
		fputs("\r\033[K", stderr);
	progress->shown = false;
}
