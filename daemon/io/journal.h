/* SPDX-License-Identifier: MIT */
/*
 * journal: lines for the administrator, and alerts for the receiver of type
 * journal. Under systemd they go to the journal with MESSAGE_ID and fields of
 * their own; otherwise to standard error, each line led by its priority as
 * <N>. No field ever carries a name, a finding or an A-number.
 */
#ifndef DETAINERD_JOURNAL_H
#define DETAINERD_JOURNAL_H

#include <stdbool.h>

#include "core/alert.h"
#include "core/note.h"

/* journal_open(): Find out where lines go. Call once, before any other. */
void journal_open(void);

/* journal_note(note, text, alert_id, receiver): One line. ${text}, ${alert_id} and ${receiver} may be null. */
void journal_note(enum note note, const char *text, const char *alert_id, const char *receiver);

/*
 * journal_alert(alert, subject, text): Deliver ${alert}. Returns false, with
 * errno, if it was not taken.
 */
bool journal_alert(const struct alert *alert, const char *subject, const char *text)
    __attribute__((warn_unused_result));

#endif
