/* SPDX-License-Identifier: MIT */
/* note.c: the words for the administrator. Alerts for the jail's staff are worded in compose.c. */
#include "core/note.h"

#include <assert.h>

#include "core/banned.h"

static const struct note_row rows[NOTES] = {
	[NOTE_STARTING] = { NOTE_INFO, "ba8f4bc2bc244440a968d60c49e8ca08", "starting",
	    "detainerd is starting" },
	[NOTE_READY] = { NOTE_NOTICE, "d9d52c76c51340fa9e68d18715befc17", "ready",
	    "ready, what was due has been raised" },
	[NOTE_CANNOT_START] = { NOTE_ERROR, "cc1ce535a15c49f383c2855bef8ec690", "cannot_start",
	    "cannot start" },
	[NOTE_DATABASE_OK] = { NOTE_NOTICE, "9eaa8c2377214f469afac11cca6b751a", "database_ok",
	    "database ok" },
	[NOTE_DATABASE_AWAY] = { NOTE_ERROR, "5e4ea8739bfb475d95a87a5cdb942c39", "database_away",
	    "database away, trying again" },
	[NOTE_STATEMENT_FAILED] = { NOTE_ERROR, "2f5440d6004c4a418d24c887ef35b7c7",
	    "statement_failed", "the database refused a statement, trying again" },
	[NOTE_SCHEMA_DIFFERS] = { NOTE_ERROR, "f1a58ca803fe41c28f74f64d46bfe8aa", "schema_differs",
	    "the schema is not the one this program was built for, going on" },
	[NOTE_CLOCK_STEPPED] = { NOTE_WARNING, "a17d64260dcf45f087b12f0f38f9d0a8", "clock_stepped",
	    "the database's clock was set, or another server answers" },
	[NOTE_INSTANT_MISSED] = { NOTE_CRITICAL, "753000dea5fd46f4b9ebe4f8167f4db5",
	    "instant_missed", "an instant has come while the database is away or refuses" },
	[NOTE_RAISED] = { NOTE_INFO, "ac8b7fdd5e19447e975b3278901b26a8", "raised", "raised" },
	[NOTE_DELIVERED] = { NOTE_INFO, "0b7a13c9323f4ae48fd3d56c691120d4", "delivered",
	    "delivered" },
	[NOTE_NOT_DELIVERED] = { NOTE_WARNING, "256dc30cb1534382ad56df10558b264b", "not_delivered",
	    "not delivered" },
	[NOTE_PARTLY_DELIVERED] = { NOTE_WARNING, "33cb89d912f64058b04ac1ed93af7619",
	    "partly_delivered", "delivered, but not to every recipient" },
	[NOTE_ROW_UNREADABLE] = { NOTE_ERROR, "bde84193f7904e12862f3b6dbf78a402", "row_unreadable",
	    "a claimed delivery cannot be read, its lease will run out" },
	[NOTE_RELOADED] = { NOTE_NOTICE, "f7a90f79785f442e9f0173fbf124775a", "reloaded",
	    "configuration reloaded" },
	[NOTE_RELOAD_REFUSED] = { NOTE_ERROR, "a60dd4c01f37423bb0b356ee6c7d2023", "reload_refused",
	    "new configuration refused, the old one stays in force" },
	[NOTE_NOT_LISTENING] = { NOTE_WARNING, "7ea788467a2744e6a6dfe4734f1dbcb7", "not_listening",
	    "cannot answer monitors, all else goes on" },
	[NOTE_STOPPING] = { NOTE_NOTICE, "03a31d62d706492ea9b8fb3def04385b", "stopping",
	    "stopping" },
	[NOTE_STOPPED] = { NOTE_NOTICE, "c48241ae95524a3386dc00196677c4fe", "stopped", "stopped" },
	[NOTE_ALERT] = { NOTE_WARNING, "3b0cfa21d738494ea7dce160706dc70e", "alert", "alert" },
};

const struct note_row *
note_row(enum note note)
{
	assert(note < NOTES);
	return &rows[note];
}
