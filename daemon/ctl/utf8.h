/* SPDX-License-Identifier: MIT */
/*
 * utf8.h: is this text.
 */
#ifndef CTL_UTF8_H
#define CTL_UTF8_H

#include <stddef.h>

/* Length of the character that starts at ${at}, of which ${left} bytes are there; 0 if none does: overlong, a
   surrogate, beyond U+10FFFF, or cut off. */
size_t utf8_next(const unsigned char *at, size_t left);

#endif
