/* SPDX-License-Identifier: MIT */
/*
 * measure: what the database counts for monitors, as two tables: the families
 * with their words, and the series of each. No label is about a person.
 */
#ifndef DETAINERD_MEASURE_H
#define DETAINERD_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum measure_unit {
	MEASURE_NUMBER,
	MEASURE_SECONDS /* the database says microseconds */
};

struct measure_family {
	const char *name; /* as the database says it; detainerd_ goes before it for monitors */
	const char *help;
	const char *label; /* what tells its series apart; null: it has one */
	enum measure_unit unit;
};

/* More than there are: a family has at most one series an alert kind. */
#define MEASURES_MAX 48

struct measures {
	bool answered; /* then a labelled series that was not named is 0 */
	bool known[MEASURES_MAX];
	int64_t values[MEASURES_MAX];
};

struct measure {
	const struct measure_family *family;
	const char *label; /* its value, empty where the family has one series */
};

/* measure_at(index): Series ${index}, those of a family next to each other; null past the last. */
const struct measure *measure_at(size_t index);

/*
 * measure_hear(measures, name, label, value): Keep one row of the answer, as
 * text. A label without a series is counted as "other"; what has no name here
 * is passed over.
 */
void
measure_hear(struct measures *measures, const char *name, const char *label, const char *value);

#endif
