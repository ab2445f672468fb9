/* SPDX-License-Identifier: MIT */
/*
 * journal.c: libsystemd's journal client. Known weakness: the journal's
 * socket is written to with a blocking send; a journal daemon that is stopped
 * in the middle can hold the loop until the watchdog ends it.
 */
#include "io/journal.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-journal.h>

#include "core/banned.h"

#define JOURNAL_SOCKET "/run/systemd/journal/socket"

static bool notes_to_journal; /* our standard error is the journal */

/* systemd says which device and inode the journal's stream is; ours must be that one. */
static bool
stderr_is_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	struct stat status;
	uintmax_t device, inode;

	if (stream == NULL || sscanf(stream, "%" SCNuMAX ":%" SCNuMAX, &device, &inode) != 2)
		return false;
	if (fstat(STDERR_FILENO, &status) != 0)
		return false;
	return (uintmax_t)status.st_dev == device && (uintmax_t)status.st_ino == inode;
}

void
journal_open(void)
{
	notes_to_journal = stderr_is_journal();
}

static const char *
or_empty(const char *text)
{
	return text == NULL ? "" : text;
}

void
journal_note(enum note note, const char *text, const char *alert_id, const char *receiver)
{
	const struct note_row *row = note_row(note);
	const char *colon = text == NULL || text[0] == '\0' ? "" : ": ";

	text = or_empty(text);
	if (!notes_to_journal) {
		(void)fprintf(stderr, "<%d>%s%s%s\n", (int)row->priority, row->words, colon, text);
		return;
	}
	(void)sd_journal_send("MESSAGE=%s%s%s", row->words, colon, text, "PRIORITY=%d",
	    (int)row->priority, "MESSAGE_ID=%s", row->message_id, "DETAINERD_EVENT=%s", row->event,
	    "ALERT_ID=%s", or_empty(alert_id), "RECEIVER=%s", or_empty(receiver), NULL);
}

static int
alert_priority(const struct alert *alert)
{
	switch (alert->severity) {
	case SEVERITY_CRITICAL: return NOTE_CRITICAL;
	case SEVERITY_WARNING: return NOTE_WARNING;
	case SEVERITY_INFO: break;
	}
	return NOTE_INFO;
}

static bool
alert_to_stderr(const struct alert *alert, const char *subject)
{
	char due[INSTANT_TEXT_BYTES];

	errno = EIO;
	return fprintf(stderr, "<%d>alert: %s ALERT_ID=%s KIND=%s REASON=%s DUE_AT=%s\n",
		   alert_priority(alert), subject, alert->id, alert->kind_name, alert->reason,
		   instant_rfc3339(alert->due_at, due)) > 0;
}

bool
journal_alert(const struct alert *alert, const char *subject, const char *text)
{
	const struct note_row *row = note_row(NOTE_ALERT);
	char due[INSTANT_TEXT_BYTES], release[INSTANT_TEXT_BYTES];
	int result;

	/* Asked each time: without a socket libsystemd drops what it is given, and says that all is well. */
	if (access(JOURNAL_SOCKET, W_OK) != 0)
		return alert_to_stderr(alert, subject);
	result = sd_journal_send("MESSAGE=%s", subject, "PRIORITY=%d", alert_priority(alert),
	    "MESSAGE_ID=%s", row->message_id, "DETAINERD_EVENT=%s", row->event, "ALERT_ID=%s",
	    alert->id, "KIND=%s", alert->kind_name, "REASON=%s", alert->reason, "FACILITY=%s",
	    alert->facility, "BOOKING_NUMBER=%s", alert->booking_number, "CITATION=%s",
	    alert->citation, "DUE_AT=%s", instant_rfc3339(alert->due_at, due), "RELEASE_AT=%s",
	    instant_rfc3339(alert->release_at, release), "TEXT=%s", text, NULL);
	errno = -result;
	return result == 0;
}
