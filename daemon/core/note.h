/* SPDX-License-Identifier: MIT */
/*
 * note: everything that the daemon tells its administrator, as one table: how
 * grave, under which message id of the journal, in which words. What is
 * particular to one occasion follows after a colon.
 */
#ifndef DETAINERD_NOTE_H
#define DETAINERD_NOTE_H

enum note {
	NOTE_STARTING,
	NOTE_READY,
	NOTE_CANNOT_START,
	NOTE_DATABASE_OK,
	NOTE_DATABASE_AWAY,
	NOTE_STATEMENT_FAILED,
	NOTE_SCHEMA_DIFFERS,
	NOTE_CLOCK_STEPPED,
	NOTE_INSTANT_MISSED,
	NOTE_RAISED,
	NOTE_DELIVERED,
	NOTE_NOT_DELIVERED,
	NOTE_PARTLY_DELIVERED,
	NOTE_ROW_UNREADABLE,
	NOTE_RELOADED,
	NOTE_RELOAD_REFUSED,
	NOTE_NOT_LISTENING,
	NOTE_STOPPING,
	NOTE_STOPPED,
	NOTE_ALERT,
	NOTES
};

/* The priorities of syslog(3). */
enum note_priority {
	NOTE_CRITICAL = 2,
	NOTE_ERROR = 3,
	NOTE_WARNING = 4,
	NOTE_NOTICE = 5,
	NOTE_INFO = 6
};

struct note_row {
	enum note_priority priority;
	const char *message_id; /* 128 bits in hexadecimal, never reused */
	const char *event;      /* DETAINERD_EVENT in the journal */
	const char *words;
};

/* note_row(note): Its row of the table. */
const struct note_row *note_row(enum note note);

#endif
