/* SPDX-License-Identifier: MIT */
/*
 * say.h: the words detainerctl puts on stderr, and the statuses it ends with.
 *
 * Data goes to stdout, words go to stderr. A failure is told once, where it is met, in one line:
 * "detainerctl: cannot X 'y': reason. Fix."; whoever called only passes the status on.
 */
#ifndef CTL_SAY_H
#define CTL_SAY_H

#include <stddef.h>

/* Why the program ends: sysexits, by the names the project uses, and 1. */
enum say_status {
	SAY_OK = 0,
	SAY_TROUBLE = 1,        /* asked and answered, and what was asked about needs somebody */
	SAY_CRITICAL = 2,       /* of check and doctor: somebody must act now */
	SAY_UNKNOWN = 3,        /* check only: it could not be found out */
	SAY_USAGE = 64,         /* the command line is wrong */
	SAY_BAD_DATA = 65,      /* a record was rejected, or what was named is not there */
	SAY_UNAVAILABLE = 69,   /* no server, no database, no schema or one of another version */
	SAY_CANNOT_CREATE = 73, /* a file could not be made; nothing was written */
	SAY_IO = 74,            /* reading or writing failed */
	SAY_TEMPORARY = 75,     /* the same command may well succeed if given again */
	SAY_NO_RIGHTS = 77,     /* wrong password, or the role may not do this */
	SAY_CONFIG = 78         /* the configuration file is at fault */
};

/* Prints one line "detainerctl: ..." to stderr and returns ${status}, so that a caller can `return say(...)`. */
enum say_status
say(enum say_status status, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The words of the last line that say() printed; empty if none was. Lasts until the next. */
const char *say_last(void);

/* From here on the first line that would be printed, without "detainerctl: ", goes into ${to} and no line to stderr: for who
   makes a part of an answer of it. NULL: to stderr again. */
void say_into(char *to, size_t bytes);

/* Prints one line to stderr as it stands: for file:line:column messages that other tools read. */
void say_plain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
