/* SPDX-License-Identifier: MIT */
/*
 * buffer.h: bytes that grow. The one place where detainerctl allocates text.
 *
 * A buffer starts as {0}; buffer_fini frees it and is safe on {0}. Running out of memory ends the program with
 * SAY_TEMPORARY: a tool that has not committed loses nothing by it.
 */
#ifndef CTL_BUFFER_H
#define CTL_BUFFER_H

#include <stddef.h>

struct buffer {
	char *
	    data; /* owned; always followed by a NUL that bytes does not count, once anything was added */
	size_t bytes;
	size_t room;
};

void buffer_fini(struct buffer *buffer);

/* Forgets the content, keeps the memory. */
void buffer_clear(struct buffer *buffer);

/* Makes room for ${more} bytes beyond those held (and the NUL). */
void buffer_reserve(struct buffer *buffer, size_t more);

void buffer_add(struct buffer *buffer, const char *data, size_t bytes);
void buffer_add_text(struct buffer *buffer, const char *text);
void buffer_add_char(struct buffer *buffer, char c);
void buffer_print(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3), nonnull(2)));

/* Adds ${data} as a JSON string with its quotes. The bytes must be UTF-8 without NUL. */
void buffer_add_json(struct buffer *buffer, const char *data, size_t bytes);

/* Adds ${data} as a value of COPY's text format. */
void buffer_add_copy(struct buffer *buffer, const char *data, size_t bytes);

/* Adds ${text} as a quoted CSV field (RFC 4180). */
void buffer_add_csv(struct buffer *buffer, const char *text);

#endif
