/* SPDX-License-Identifier: MIT */
/* conf_text: the text of a configuration file, its comments blanked out. For conf.c only. */
#ifndef DETAINERD_IO_CONF_TEXT_H
#define DETAINERD_IO_CONF_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* No configuration is longer. */
#define CONF_TEXT_MAX (1 << 20)

struct conf_text {
	char *at; /* owned; NULL: none */
	size_t bytes;
	int depth; /* of braces at the end */
	const char
	    *unclosed; /* what libconfuse would have the end of the file close; NULL: nothing */
};

/* conf_text_read(text, file): Read ${file} to its end. False, errno set, where it cannot be, or is too long. */
bool conf_text_read(struct conf_text *text, FILE *file) __attribute__((warn_unused_result));

/* conf_text_fini(text): Free it; safe on {0}. */
void conf_text_fini(struct conf_text *text);

#endif
