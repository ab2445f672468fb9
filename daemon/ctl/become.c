/* SPDX-License-Identifier: MIT */
/*
 * become.c: called by setup, doctor and psql. Never leaves the process as somebody else where it could not be undone:
 * the real user stays root until become_wholly().
 */
#include "ctl/become.h"

#include <grp.h>
#include <pwd.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

bool
become_can(const char *user)
{
	return geteuid() == 0 && getpwnam(user) != NULL;
}

bool
become(const char *user)
{
	const struct passwd *is = getpwnam(user);

	return is != NULL && initgroups(user, is->pw_gid) == 0 && setegid(is->pw_gid) == 0 &&
	       seteuid(is->pw_uid) == 0;
}

void
become_self(void)
{
	if (seteuid(getuid()) != 0 || setegid(getgid()) != 0)
		abort(); /* to go on as somebody else would be worse */
	if (getuid() == 0 && initgroups("root", getgid()) != 0)
		abort();
}

void
become_wholly(void)
{
	uid_t uid = geteuid();
	gid_t gid = getegid();

	if (uid == getuid())
		return;
	if (seteuid(0) != 0 || setgid(gid) != 0 || setuid(uid) != 0)
		_exit(126);
}
