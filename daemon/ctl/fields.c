/* SPDX-License-Identifier: MIT */
/*
 * fields.c: called by the verbs that record something by hand. What a value means is judged by the database.
 */
#include "ctl/fields.h"

#include <ctype.h>
#include <stdlib.h>

#include "ctl/options.h"

bool
fields_is_blank(const char *text)
{
	while (isspace((unsigned char)*text))
		text++;
	return *text == '\0';
}

void
fields_set(json_t *fields, const struct fields_name *name, const char *value,
    const struct argp_state *state)
{
	json_t *text = value == NULL ? json_null() : json_string(value);

	if (value != NULL && fields_is_blank(value))
		options_error(state, "cannot record a blank --%s.%s%s%s", name->option,
		    name->undo == NULL ? "" : " To take back what is recorded: --",
		    name->undo == NULL ? "" : name->undo, name->undo == NULL ? "" : ".");
	if (json_object_get(fields, name->column) != NULL)
		options_error(state, "cannot give --%s twice%s%s.", name->option,
		    name->undo == NULL ? "" : ", or with --", name->undo == NULL ? "" : name->undo);
	if (text == NULL)
		options_error(state, "cannot read --%s: it is not UTF-8.", name->option);
	json_object_set_new(fields, name->column, text);
}

enum say_status
fields_record(struct db *db, const json_t *fields, fields_record_fn *record, const void *wanted)
{
	char *text = json_dumps(fields, JSON_COMPACT);
	enum say_status status =
	    text == NULL
		? say(SAY_TEMPORARY, "cannot record: no memory is left. Free some and try again.")
		: record(db, wanted, text);

	free(text);
	return status;
}
