/* SPDX-License-Identifier: MIT */
/*
 * answer: what a receiver said, made fit to be recorded. Its words are foreign:
 * they may hold anything, and a server that echoes must not carry into the
 * records what the alert said.
 */
#ifndef DETAINERD_ANSWER_H
#define DETAINERD_ANSWER_H

#include <stddef.h>

#include "core/delivery.h"

/* So much of an answer is looked at. */
#define ANSWER_RAW_BYTES 1024

struct answer_bytes {
	const char *at; /* borrowed; need not end in NUL */
	size_t count;
};

/*
 * answer_write(out, said, sent): Write the first printable characters of
 * ${said} to ${out}, at most 200 bytes of UTF-8, runs of blanks as one. Left
 * out is what was ${sent}, pieces of which the last is followed by one that is
 * nowhere: every run of 12 characters and more, every shorter piece, and every
 * word with a digit in it, in either case. Of ${said} the first
 * ANSWER_RAW_BYTES count.
 */
void answer_write(
    char out[DELIVERY_ANSWER_BYTES], struct answer_bytes said, const struct answer_bytes *sent);

/* answer_forget(answer, word): Take every occurrence of ${word} as a whole word out of ${answer}; empty: none. */
void answer_forget(char *answer, const char *word);

#endif
