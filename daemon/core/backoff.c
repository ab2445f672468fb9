/* SPDX-License-Identifier: MIT */
/* backoff.c: waits between tries. Called by core/engine; calls nothing. */
#include "core/backoff.h"

#include <assert.h>

#include "core/banned.h"

/* After so many steps the walk has forgotten where it began. */
#define WALK_MAX 32

const struct backoff_limits backoff_delivery = { .base = { INT64_C(1000000) },
	.cap = { INT64_C(300000000) } };
const struct backoff_limits backoff_session = { .base = { INT64_C(100000) },
	.cap = { INT64_C(5000000) } };

/* SplitMix64 (Steele, Lea, Flood 2014): one add and three mixes, any seed. */
uint64_t
backoff_random(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

struct span
backoff_next(const struct backoff_limits *limits, struct span before, uint64_t *state)
{
	int64_t base = limits->base.us, cap = limits->cap.us;
	int64_t top, wait;

	assert(base > 0);
	assert(cap >= base);
	top = before.us <= base ? base : before.us;
	top = top > cap / 3 ? cap : top * 3;
	if (top < base)
		top = base;
	wait = base + (int64_t)(backoff_random(state) % (uint64_t)(top - base + 1));
	assert(wait >= base && wait <= cap);
	return (struct span){ wait };
}

struct span
backoff_after(const struct backoff_limits *limits, int tries, uint64_t *state)
{
	struct span wait = { 0 };

	assert(tries >= 1);
	for (int i = 0; i < tries && i < WALK_MAX; i++)
		wait = backoff_next(limits, wait, state);
	return wait;
}
