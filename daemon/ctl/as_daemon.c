/* SPDX-License-Identifier: MIT */
/* as_daemon.c: called by doctor and settings. */
#include "ctl/as_daemon.h"

#include "ctl/become.h"

enum say_status
as_daemon_open(struct db *db, const struct options *options, const char *conninfo)
{
	struct options its = *options;
	bool as_daemon = become_can("detainerd") && become("detainerd");

	its.db = conninfo;
	enum say_status status = db_open(db, &its);
	if (as_daemon)
		become_self();
	return status;
}
