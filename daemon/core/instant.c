/* SPDX-License-Identifier: MIT */
/*
 * instant.c: points in time. Called by everything; calls nothing. Calendar
 * dates are worked out by counting days from 0000-03-01, so that the leap day
 * is the last day of its year.
 */
#include "core/instant.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#include "core/banned.h"

#define US_PER_SECOND INT64_C(1000000)
#define SECONDS_PER_DAY INT64_C(86400)

/* 0001-01-01 and the first instant after 9999, in seconds since 1970. */
#define FIRST_SECOND INT64_C(-62135596800)
#define END_SECOND INT64_C(253402300800)

struct calendar {
	int year, month, day, weekday; /* month 1 to 12, weekday 0 = Sunday */
	int hour, minute, second, microsecond;
};

static int64_t
add_saturating(int64_t a, int64_t b)
{
	int64_t sum;

	if (!__builtin_add_overflow(a, b, &sum))
		return sum;
	return a > 0 ? INT64_MAX : INT64_MIN;
}

static int64_t
divide_down(int64_t a, int64_t b)
{
	assert(b > 0);
	return a / b - (a % b < 0);
}

struct span
span_of_ms(int64_t ms)
{
	struct span length;

	if (__builtin_mul_overflow(ms, INT64_C(1000), &length.us))
		length.us = ms > 0 ? INT64_MAX : INT64_MIN;
	return length;
}

int64_t
span_ms(struct span length)
{
	if (length.us <= 0)
		return 0;
	return (length.us - 1) / 1000 + 1;
}

bool
instant_known(struct instant at)
{
	return at.us != INT64_MIN && at.us != INT64_MAX;
}

struct instant
instant_add(struct instant at, struct span length)
{
	if (!instant_known(at))
		return at;
	at.us = add_saturating(at.us, length.us);
	if (at.us == INT64_MIN)
		at.us++;
	return at;
}

struct span
instant_since(struct instant at, struct instant from)
{
	int64_t us;

	if (__builtin_sub_overflow(at.us, from.us, &us))
		us = at.us > from.us ? INT64_MAX : INT64_MIN;
	return (struct span){ us };
}

bool
instant_reached(struct instant at, struct instant now)
{
	return instant_known(at) && at.us <= now.us;
}

struct instant
instant_earlier(struct instant a, struct instant b)
{
	if (a.us == INT64_MIN)
		return b;
	if (b.us == INT64_MIN)
		return a;
	return a.us <= b.us ? a : b;
}

static void
calendar_set_date(struct calendar *to, int64_t days)
{
	int64_t since, era, of_era, year_of_era, of_year, shifted;

	since = days + 719468; /* days from 0000-03-01 to 1970-01-01 */
	era = divide_down(since, 146097);
	of_era = since - era * 146097;
	year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	shifted = (5 * of_year + 2) / 153; /* months since March */
	to->day = (int)(of_year - (153 * shifted + 2) / 5 + 1);
	to->month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);
	to->year = (int)(year_of_era + era * 400 + (to->month <= 2));
	to->weekday = (int)(days + 4 - divide_down(days + 4, 7) * 7);
}

static bool
calendar_of(struct instant at, struct calendar *ret)
{
	int64_t seconds = divide_down(at.us, US_PER_SECOND);
	int64_t days = divide_down(seconds, SECONDS_PER_DAY);
	int64_t of_day = seconds - days * SECONDS_PER_DAY;

	if (seconds < FIRST_SECOND || seconds >= END_SECOND)
		return false;
	calendar_set_date(ret, days);
	ret->hour = (int)(of_day / 3600);
	ret->minute = (int)(of_day / 60 % 60);
	ret->second = (int)(of_day % 60);
	ret->microsecond = (int)(at.us - seconds * US_PER_SECOND);
	return true;
}

const char *
instant_rfc3339(struct instant at, char out[INSTANT_TEXT_BYTES])
{
	struct calendar c;

	out[0] = '\0';
	if (calendar_of(at, &c))
		(void)snprintf(out, INSTANT_TEXT_BYTES, "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ",
		    c.year, c.month, c.day, c.hour, c.minute, c.second, c.microsecond);
	return out;
}

const char *
instant_clock(struct instant at, char out[INSTANT_TEXT_BYTES])
{
	struct calendar c;

	out[0] = '\0';
	if (calendar_of(at, &c))
		(void)snprintf(
		    out, INSTANT_TEXT_BYTES, "%02d:%02d:%02dZ", c.hour, c.minute, c.second);
	return out;
}

const char *
instant_rfc5322(struct instant at, char out[INSTANT_TEXT_BYTES])
{
	static const char days[7][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
		"Sep", "Oct", "Nov", "Dec" };
	struct calendar c;

	out[0] = '\0';
	if (calendar_of(at, &c))
		(void)snprintf(out, INSTANT_TEXT_BYTES, "%s, %02d %s %04d %02d:%02d:%02d +0000",
		    days[c.weekday], c.day, months[c.month - 1], c.year, c.hour, c.minute,
		    c.second);
	return out;
}
