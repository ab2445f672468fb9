/* SPDX-License-Identifier: MIT */
/*
 * secret: passwords, tokens and keys, each the one line of a file of its own.
 * They are copied into memory of the caller, who wipes it; no error ever
 * carries a part of one.
 */
#ifndef DETAINERD_IO_SECRET_H
#define DETAINERD_IO_SECRET_H

#include <stdbool.h>

#include "core/fault.h"

#define SECRET_BYTES 1024

struct secret {
	char text[SECRET_BYTES]; /* empty: none */
};

/*
 * secret_read(secret, file, fault): Read the first and only line of ${file}: an
 * absolute path, or the bare name of a systemd credential, which is looked for
 * in $CREDENTIALS_DIRECTORY. A file that others may read, or that the group
 * may write, is refused. False, with ${fault} saying path, owner, mode and what
 * to do, where it cannot be had. Blocks as long as the file system does.
 */
bool secret_read(struct secret *secret, const char *file, struct fault *fault)
    __attribute__((warn_unused_result));

/* secret_wipe(secret): Overwrite it. */
void secret_wipe(struct secret *secret);

#endif
