/* SPDX-License-Identifier: MIT */
/*
 * reject.h: the file of rejected records: each as it stood, with the reason before it, ready to be mended and imported.
 *
 * It is written beside its place under another name, mode 0600, and takes its place only when the import is about to
 * be committed: so an older file is never half overwritten, and a folder that cannot be written to shows before
 * anything else is done. Only an earlier reject file is ever replaced. With no record rejected no file is left.
 */
#ifndef CTL_REJECT_H
#define CTL_REJECT_H

#include <stdio.h>

#include "ctl/csv.h"
#include "ctl/say.h"

struct reject {
	char path[4096];    /* where it will stand */
	char written[4096]; /* where it stands until then; "" when it does not exist */
	FILE *file;
	size_t header_fields; /* fields of the reason that the imported file already had: 1 or 0 */
	int records;
};

/* The name of the column that holds the reason: ignored by an import, so that a mended reject file can be imported. */
extern const char reject_column[];

/* Creates the file for ${path}, with a header made of ${header}, the imported file's own. SAY_CANNOT_CREATE on failure. */
enum say_status reject_open(struct reject *reject, const char *path,
    const struct csv_record *header) __attribute__((warn_unused_result));

/* Adds ${record} and why it was rejected. A failure shows in reject_keep. */
void reject_add(struct reject *reject, const struct csv_record *record, const char *reason);

/* Puts the file in its place, safe on disk; with no record removes what stands there. SAY_IO on failure. */
enum say_status reject_keep(struct reject *reject) __attribute__((warn_unused_result));

/* Closes, and removes the file if it was not kept. Safe on {0}. */
void reject_fini(struct reject *reject);

#endif
