/* SPDX-License-Identifier: MIT */
/*
 * fields.h: what somebody wants recorded by hand: column to text, as options give it.
 */
#ifndef CTL_FIELDS_H
#define CTL_FIELDS_H

#include <argp.h>
#include <jansson.h>
#include <stdbool.h>

#include "ctl/db.h"

/* Is ${text} empty, or blanks alone? */
bool fields_is_blank(const char *text);

/* An option that gives a value, all borrowed. */
struct fields_name {
	const char *option;
	const char *column;
	const char *undo; /* the option, with its argument, that takes it back; NULL: none does */
};

/* Notes ${value} under ${name}, or NULL where what is recorded is taken back. Ends the program where it is blank, given
   already, or not UTF-8. */
void fields_set(json_t *fields, const struct fields_name *name, const char *value,
    const struct argp_state *state);

/* Carries out ${wanted}, whose fields are ${fields} as JSON. */
typedef enum say_status fields_record_fn(struct db *db, const void *wanted, const char *fields);

/* Calls ${record} with the text of ${fields}; SAY_TEMPORARY, which was said, where there is no memory for it. */
enum say_status fields_record(struct db *db, const json_t *fields, fields_record_fn *record,
    const void *wanted) __attribute__((warn_unused_result));

#endif
