/* SPDX-License-Identifier: MIT */
/* sample.h: one claimed row as the database would answer it, for tests to change. */
#ifndef DETAINERD_SAMPLE_H
#define DETAINERD_SAMPLE_H

#include "core/delivery.h"

#define SAMPLE_RELEASE_US INT64_C(1795547100000000) /* 2026-11-24 19:05:00 UTC */

/* sample_row(columns): Fill ${columns} with pointers to constants. */
static inline void
sample_row(const char *columns[DELIVERY_COLUMNS])
{
	static const char *const delivery[DELIVERY_COLUMN_ALERT] = { "17", "1", "duty-desk",
		"1795547130000000", "1795547100010000" };
	static const char *const alert[ALERT_COLUMNS] = {
		[ALERT_COLUMN_ID] = "c1f0-12-release_due-1795547100000000-0",
		[ALERT_COLUMN_KIND] = "release_due",
		[ALERT_COLUMN_SEVERITY] = "critical",
		[ALERT_COLUMN_REASON] = "hold_not_allowed",
		[ALERT_COLUMN_ALLOWED] = "f",
		[ALERT_COLUMN_FACILITY] = "MAIN",
		[ALERT_COLUMN_FACILITY_NAME] = "Main Jail",
		[ALERT_COLUMN_BOOKING_NUMBER] = "12345",
		[ALERT_COLUMN_CITATION] = "Conn. Gen. Stat. 54-192h",
		[ALERT_COLUMN_COUNSEL_CONTACT] = "555-0100",
		[ALERT_COLUMN_RELEASE_US] = "1795547100000000",
		[ALERT_COLUMN_DUE_US] = "1795547100000000",
		[ALERT_COLUMN_RAISED_US] = "1795547100004000",
		[ALERT_COLUMN_RELEASE_LOCAL] = "2026-11-24 14:05:00 EST",
		[ALERT_COLUMN_RELEASE_CLOCK] = "14:05 EST",
		[ALERT_COLUMN_DUE_LOCAL] = "2026-11-24 14:05:00 EST",
		[ALERT_COLUMN_RAISED_LOCAL] = "2026-11-24 14:05:00 EST",
		[ALERT_COLUMN_AS_OF_LOCAL] = "2026-11-24 14:05:00 EST",
		[ALERT_COLUMN_OTHER_AUTHORITY] = NULL,
		[ALERT_COLUMN_AS_OF_CLOCK] = "14:05 EST",
		[ALERT_COLUMN_STAY] = "12",
		[ALERT_COLUMN_OCCURRENCE] = "0",
		[ALERT_COLUMN_TELLING] = "0",
	};

	for (int i = 0; i < DELIVERY_COLUMN_ALERT; i++)
		columns[i] = delivery[i];
	for (int i = 0; i < ALERT_COLUMNS; i++)
		columns[DELIVERY_COLUMN_ALERT + i] = alert[i];
}

#endif
