/* SPDX-License-Identifier: MIT */
/*
 * refusal.h: what the server refused, and why, in one line with the right status and what mends it. From libpq or from
 * psql, the same SQLSTATE means the same.
 */
#ifndef CTL_REFUSAL_H
#define CTL_REFUSAL_H

#include "ctl/say.h"

/* The SQLSTATE of a session that ended, or never began, without one. */
#define REFUSAL_LOST "08006"

struct refusal {
	const char *doing;    /* words such as "list the holds" */
	const char *sqlstate; /* "": nobody knows it */
	const char *reason;   /* the server's words, of which the first line is told */
	const char *hint;     /* its advice, which goes before ours; NULL: it gave none */
	const char *after;    /* a sentence that holds besides; NULL: none */
};

/* Says "cannot ${doing}: reason. Fix.", or the reason alone where that is such a sentence of our own. */
enum say_status refusal_say(const struct refusal *refusal);

#endif
