/* SPDX-License-Identifier: MIT */
/*
 * text: building texts in memory that the caller owns.
 *
 * Invariants: at[length] is always NUL; length < capacity; once something did
 * not fit, truncated stays true and nothing more is added. A cut never falls
 * inside a UTF-8 character.
 */
#ifndef DETAINERD_TEXT_H
#define DETAINERD_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/instant.h"

struct text {
	char *at;        /* borrowed */
	size_t capacity; /* bytes, the final NUL included */
	size_t length;
	bool truncated;
};

/* text_init(text, at, capacity): An empty text in ${capacity} > 0 bytes at ${at}. */
void text_init(struct text *text, char *at, size_t capacity);

/* text_add(text, more): Append ${more}, as much of it as fits. Null adds nothing. */
void text_add(struct text *text, const char *more);

/* text_add_bytes(text, more, bytes): The same for ${bytes} bytes without a NUL. */
void text_add_bytes(struct text *text, const char *more, size_t bytes);

/* text_addf(text, format, ...): Append as printf(3) would. */
void text_addf(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* text_addv(text, format, arguments): The same, for callers with a va_list. */
void text_addv(struct text *text, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

/*
 * text_add_span(text, length): Append ${length} in words: "3 h 2 min", "3 h",
 * "2 min", "41 s", "0.2 s". A negative length counts as none.
 */
void text_add_span(struct text *text, struct span length);

/* text_or_else(value, otherwise): ${value}, or where that is empty ${otherwise}; borrowed. */
const char *text_or_else(const char *value, const char *otherwise);

/* text_copy(to, bytes, from): Copy ${from} (null: empty) into ${bytes} bytes at ${to}; returns false if it had to be cut. */
bool text_copy(char *to, size_t bytes, const char *from);

/* text_is_word(at): Is it not empty, and nothing in it but printable ASCII without blanks? */
bool text_is_word(const char *at);

/*
 * text_clean(at): Turn every control character of ${at} into blanks, and every
 * byte that is not UTF-8 into ?, in place. What ends lines, turns writing
 * around or is not seen counts as control.
 */
void text_clean(char *at);

/* text_to_int64(from, ret_value): Read a whole decimal number; false if ${from} is null or anything else. */
bool text_to_int64(const char *from, int64_t *ret_value) __attribute__((warn_unused_result));

/*
 * text_to_span(from, ret_length): Read a length of time: a whole number and
 * one of ms, s, min, h, d, as in "250ms", "5s", "10min". False for anything
 * else, a number without unit among it, and beyond a year.
 */
bool text_to_span(const char *from, struct span *ret_length) __attribute__((warn_unused_result));

#endif
