/* SPDX-License-Identifier: MIT */
/*
 * utf8.c: RFC 3629, by its table. Called by csv; no locale has a say in it.
 */
#include "ctl/utf8.h"

#include <stdbool.h>

/* Bytes that follow a UTF-8 lead byte, or -1 if it is none. */
static int
followers_of(unsigned char lead)
{
	if (lead < 0x80)
		return 0;
	if (lead >= 0xc2 && lead <= 0xdf)
		return 1;
	if (lead >= 0xe0 && lead <= 0xef)
		return 2;
	if (lead >= 0xf0 && lead <= 0xf4)
		return 3;
	return -1;
}

/* Overlong forms, surrogates and what lies beyond U+10FFFF, told by the byte after the lead. */
static bool
second_fits(unsigned char lead, unsigned char second)
{
	unsigned char low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
	unsigned char high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;

	return second >= low && second <= high;
}

size_t
utf8_next(const unsigned char *at, size_t left)
{
	int followers = followers_of(at[0]);

	if (followers < 0 || (size_t)followers >= left)
		return 0;
	if (followers > 0 && !second_fits(at[0], at[1]))
		return 0;
	for (int i = 2; i <= followers; i++)
		if ((at[i] & 0xc0) != 0x80)
			return 0;
	return (size_t)followers + 1;
}
