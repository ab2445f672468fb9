/* SPDX-License-Identifier: MIT */
/*
 * fault: what went wrong, classified once, at the edge where it was met.
 * Everything behind the edge looks at the class only; the text is for people.
 */
#ifndef DETAINERD_FAULT_H
#define DETAINERD_FAULT_H

#include <stdbool.h>

enum fault_class {
	FAULT_NONE, /* nothing is wrong */
	FAULT_AWAY, /* server unreachable, starting, stopping, or gone in the middle: try again */
	FAULT_TIMEOUT, /* a deadline of the daemon's own passed; what the server did is unknown */
	FAULT_BUSY, /* lock, serialisation, no memory or disk, or the server's own time limit: nothing was done, try again */
	FAULT_REFUSED, /* wrong password, no such role, no rights: a person must act */
	FAULT_MISSING, /* no such database, schema not installed or of another version */
	FAULT_BUG,     /* the server refused the statement itself */
	FAULT_CONFIG,  /* the configuration asks for what cannot be */
	FAULT_CLASSES
};

/* The exit statuses of sysexits(3) that detainerd uses. */
enum exit_status {
	STATUS_OK = 0,
	STATUS_USAGE = 64,       /* wrong options */
	STATUS_UNAVAILABLE = 69, /* database missing, or its schema */
	STATUS_SOFTWARE = 70,    /* the daemon could not set itself up */
	STATUS_TEMPORARY = 75,   /* worth another try */
	STATUS_NOPERM = 77,      /* wrong password or no rights */
	STATUS_CONFIG = 78       /* configuration */
};

struct fault {
	enum fault_class class;
	char code[6];   /* SQLSTATE, or empty */
	char text[400]; /* one line without its final point */
};

/* fault_set(fault, class, format, ...): Fill ${fault}; control characters become blanks. */
void fault_set(struct fault *fault, enum fault_class class, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* fault_of_sqlstate(code): The class of a PostgreSQL error code; null or empty is FAULT_AWAY. */
enum fault_class fault_of_sqlstate(const char *code);

/* fault_name(class): The class in one word, for logs. */
const char *fault_name(enum fault_class class);

/* fault_exit_status(class): How the daemon ends when such a fault stops its start. */
enum exit_status fault_exit_status(enum fault_class class);

#endif
