/* SPDX-License-Identifier: MIT */
/*
 * archive.h: a new ZIP file of texts. The same texts make the same bytes, wherever and whenever.
 */
#ifndef CTL_ARCHIVE_H
#define CTL_ARCHIVE_H

#include "ctl/say.h"

struct archive_text {
	const char *name;
	const char *content; /* UTF-8 */
};

/* Makes ${path}, readable by its owner alone; never replaces what is there, leaves nothing half written. On failure
   says why. */
enum say_status archive_write(const char *path, const struct archive_text *texts, int count)
    __attribute__((warn_unused_result));

#endif
