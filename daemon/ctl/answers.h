/* SPDX-License-Identifier: MIT */
/*
 * answers.h: what an administrator says when detainerd is set up, from a file or from a terminal.
 */
#ifndef CTL_ANSWERS_H
#define CTL_ANSWERS_H

#include "ctl/say.h"

enum {
	ANSWERS_TELL_MAX = 16
};

struct answers {
	char database[1024]; /* conninfo, as the daemon is to use it */
	char facility[64];   /* its code */
	char name[128];      /* for people; empty: none */
	char jurisdiction[64];
	char time_zone[64];
	char tell[ANSWERS_TELL_MAX][256]; /* a mail address, a web address, or "journal" */
	int tell_count;
	char mail_server[256];
	char mail_from[128];
	char own_domains[8][128];
	int own_domains_count;
};

/* Reads ${path}. On failure says why, with file and line where there is one: SAY_CONFIG. */
enum say_status
answers_read(struct answers *answers, const char *path) __attribute__((warn_unused_result));

/* Asks five questions on standard error and reads the answers from standard input. On failure says why. */
enum say_status answers_ask(struct answers *answers) __attribute__((warn_unused_result));

#endif
