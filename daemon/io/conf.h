/* SPDX-License-Identifier: MIT */
/* conf: reads the configuration file into core's struct conf, on libconfuse. */
#ifndef DETAINERD_IO_CONF_H
#define DETAINERD_IO_CONF_H

#include <stdbool.h>

#include "core/conf.h"
#include "core/fault.h"

/*
 * conf_read(conf, path, fault): Read and check ${path}. On success ${conf} is
 * whole and checked. False, with ${fault} of class FAULT_CONFIG, where
 * anything is wrong: one line, with file and line where there is one. ${conf}
 * is then of no use.
 */
bool conf_read(struct conf *conf, const char *path, struct fault *fault)
    __attribute__((warn_unused_result));

/* A key with the value that is in force, whether or not it stands in the file. */
struct conf_key {
	const char *receiver; /* NULL: a key outside receivers */
	const char *name;
	const char *value;  /* as the file writes it, a list with ", "; NULL: none */
	bool is_span;       /* a number and ms, s, min or h */
	bool is_credential; /* one of its values at least is the name of a systemd credential */
	int line;           /* 0: not in the file, so the default */
};

/* Who is told of keys; what a key points to lasts for the call. */
struct conf_teller {
	void (*tell)(void *owner, const struct conf_key *key);
	void *owner;
};

/* conf_read_keys(conf, path, teller, fault): conf_read(); then ${teller} is told of every key that this configuration can have. */
bool conf_read_keys(struct conf *conf, const char *path, const struct conf_teller *teller,
    struct fault *fault) __attribute__((warn_unused_result));

/* conf_path(given): Which file to read: ${given} unless null, else $DETAINERD_CONFIG, else the system's. */
const char *conf_path(const char *given);

#endif
