/* SPDX-License-Identifier: MIT */
/*
 * command.h: the sub-commands. Each stands in the file of its name and is called by detainerctl.c only.
 *
 * ${argv}[0] is "detainerctl NAME" or "detainerctl NAME VERB"; ${given} are the common options found before NAME.
 * Returns the exit status.
 */
#ifndef CTL_COMMAND_H
#define CTL_COMMAND_H

#include "ctl/options.h"

enum say_status migrate_run(int argc, char **argv, const struct options *given);
enum say_status setup_run(int argc, char **argv, const struct options *given);
enum say_status doctor_run(int argc, char **argv, const struct options *given);
enum say_status settings_run(int argc, char **argv, const struct options *given);
enum say_status status_run(int argc, char **argv, const struct options *given);
enum say_status check_run(int argc, char **argv, const struct options *given);
enum say_status report_overdue_run(int argc, char **argv, const struct options *given);
enum say_status report_alerts_run(int argc, char **argv, const struct options *given);
enum say_status report_over_detention_run(int argc, char **argv, const struct options *given);
enum say_status holds_run(int argc, char **argv, const struct options *given);
enum say_status alerts_run(int argc, char **argv, const struct options *given);
enum say_status evidence_run(int argc, char **argv, const struct options *given);
enum say_status explain_run(int argc, char **argv, const struct options *given);
enum say_status alerts_show_run(int argc, char **argv, const struct options *given);
enum say_status law_list_run(int argc, char **argv, const struct options *given);
enum say_status law_show_run(int argc, char **argv, const struct options *given);
enum say_status law_export_run(int argc, char **argv, const struct options *given);
enum say_status law_propose_run(int argc, char **argv, const struct options *given);
enum say_status law_preview_run(int argc, char **argv, const struct options *given);
enum say_status law_adopt_run(int argc, char **argv, const struct options *given);
enum say_status law_withdraw_run(int argc, char **argv, const struct options *given);
enum say_status routes_run(int argc, char **argv, const struct options *given);
enum say_status routes_test_run(int argc, char **argv, const struct options *given);
enum say_status routes_add_run(int argc, char **argv, const struct options *given);
enum say_status routes_enable_run(int argc, char **argv, const struct options *given);
enum say_status routes_disable_run(int argc, char **argv, const struct options *given);
enum say_status receivers_run(int argc, char **argv, const struct options *given);
enum say_status receivers_test_run(int argc, char **argv, const struct options *given);
enum say_status deliveries_run(int argc, char **argv, const struct options *given);
enum say_status deliveries_retry_run(int argc, char **argv, const struct options *given);
enum say_status ack_run(int argc, char **argv, const struct options *given);
enum say_status facility_run(int argc, char **argv, const struct options *given);
enum say_status booking_run(int argc, char **argv, const struct options *given);
enum say_status basis_run(int argc, char **argv, const struct options *given);
enum say_status detainer_run(int argc, char **argv, const struct options *given);
enum say_status finding_run(int argc, char **argv, const struct options *given);
enum say_status interview_run(int argc, char **argv, const struct options *given);
enum say_status duties_run(int argc, char **argv, const struct options *given);
enum say_status duties_done_run(int argc, char **argv, const struct options *given);
enum say_status duty_run(int argc, char **argv, const struct options *given);
enum say_status custody_run(int argc, char **argv, const struct options *given);
enum say_status holidays_run(int argc, char **argv, const struct options *given);
enum say_status holidays_set_run(int argc, char **argv, const struct options *given);
enum say_status import_run(int argc, char **argv, const struct options *given);

#endif
