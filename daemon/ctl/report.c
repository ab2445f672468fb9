/* SPDX-License-Identifier: MIT */
/*
 * report.c: called by status and alerts show.
 */
#include "ctl/report.h"

#include <assert.h>
#include <stdio.h>

static int
count_parts(const struct report *report)
{
	int count = 0;

	while (count < REPORT_PARTS_MAX && report->parts[count].name != NULL)
		count++;
	return count;
}

enum say_status
report_ask(const struct report *report, struct db *db, const char *const *values,
    struct report_answer *answer)
{
	*answer = (struct report_answer){ 0 };
	answer->head = db_ask(db, report->doing, report->head.sql, report->head.values, values);
	if (answer->head == NULL)
		return db->status;
	assert(PQntuples(answer->head) == 1);
	for (int i = 0; i < count_parts(report); i++) {
		answer->parts[i] = db_ask(
		    db, report->doing, report->parts[i].sql, report->parts[i].values, values);
		if (answer->parts[i] == NULL)
			return db->status;
	}
	return SAY_OK;
}

static enum say_status
print_json(
    const struct report *report, const struct report_answer *answer, const struct options *options)
{
	json_t *tree = table_json_row(report->head.columns, answer->head, 0);

	for (int i = 0; i < count_parts(report); i++)
		json_object_set_new(tree, report->parts[i].name,
		    table_json(report->parts[i].columns, answer->parts[i]));
	return table_write_json(tree, options);
}

enum say_status
report_print(
    const struct report *report, const struct report_answer *answer, const struct options *options)
{
	enum say_status status = SAY_OK;

	if (options->form == OPTIONS_JSON)
		return print_json(report, answer, options);
	table_print_fields(report->head.columns, answer->head, 0, report->nothing);
	for (int i = 0; status == SAY_OK && i < count_parts(report); i++) {
		printf("\n%s\n", report->parts[i].title);
		if (PQntuples(answer->parts[i]) > 0)
			status = table_print(report->parts[i].columns, answer->parts[i], options);
		else
			printf("  %s\n", report->parts[i].nothing);
	}
	return status == SAY_OK ? table_flush() : status;
}

void
report_fini(struct report_answer *answer)
{
	PQclear(answer->head);
	for (int i = 0; i < REPORT_PARTS_MAX; i++)
		PQclear(answer->parts[i]);
	*answer = (struct report_answer){ 0 };
}
