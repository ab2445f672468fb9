/* SPDX-License-Identifier: MIT */
/*
 * conf: the configuration, whole and checked. io/conf reads it from a file;
 * nothing else in the daemon knows how it is written. Receivers' addresses
 * stand here and never in a table.
 */
#ifndef DETAINERD_CONF_H
#define DETAINERD_CONF_H

#include <stdbool.h>

#include "core/fault.h"
#include "core/flight.h"
#include "core/instant.h"

#define CONF_RECEIVERS_MAX FLIGHT_RECEIVERS_MAX
#define CONF_TO_MAX 16

enum receiver_type {
	RECEIVER_WEBHOOK, /* HTTP POST of JSON */
	RECEIVER_MAIL,    /* SMTP */
	RECEIVER_JOURNAL, /* the system's journal, or standard error */
	RECEIVER_TYPES
};

/* Mail: is STARTTLS demanded? */
enum receiver_tls {
	TLS_UNSET,    /* not said: required, but not to this host itself */
	TLS_REQUIRED, /* no delivery without */
	TLS_OFF       /* clear text, to this host itself only */
};

struct receiver {
	char name[64];
	enum receiver_type type;
	enum receiver_tls tls;
	char url[512];
	char ca_file[256]; /* empty: the system's certificates */
	char from[128];
	char to[CONF_TO_MAX][128];
	int to_count;
	int digest_above; /* more alerts a minute than this come in one digest; negative: never */
	struct span timeout;
};

struct conf {
	char conninfo[1024];           /* as libpq reads it; empty: its environment */
	char name[64];                 /* this daemon among others */
	struct span sweep;             /* the longest wait between two looks */
	struct span lease;             /* how long a claimed delivery is this daemon's */
	struct span connect_timeout;   /* name, link and authentication together */
	struct span statement_timeout; /* for each statement, commit included */
	struct span stop_timeout;      /* for what is under way when told to stop */
	int max_in_flight;
	struct receiver receivers[CONF_RECEIVERS_MAX];
	int receivers_count;
};

/* conf_init(conf): The defaults, without name and receivers. */
void conf_init(struct conf *conf);

/* conf_receiver_init(receiver, name): The defaults of a receiver. */
void conf_receiver_init(struct receiver *receiver, const char *name);

/* conf_receiver_type(word, ret_type), conf_receiver_tls(word, ret_tls): Read a word of the file. */
bool conf_receiver_type(const char *word, enum receiver_type *ret_type)
    __attribute__((warn_unused_result));
bool
conf_receiver_tls(const char *word, enum receiver_tls *ret_tls) __attribute__((warn_unused_result));

/* conf_check_receiver(receiver, fault): Is one receiver complete and possible? If not, ${fault} says what to mend. */
bool conf_check_receiver(const struct receiver *receiver, struct fault *fault)
    __attribute__((warn_unused_result));

/* conf_check(conf, fault): Does the whole fit together? Receivers are taken as checked one by one. */
bool conf_check(const struct conf *conf, struct fault *fault) __attribute__((warn_unused_result));

/* conf_find_receiver(conf, name): Its index, or DELIVERY_RECEIVER_NONE. */
int conf_find_receiver(const struct conf *conf, const char *name);

/* conf_needs_starttls(receiver): Must this mail receiver speak TLS? */
bool conf_needs_starttls(const struct receiver *receiver);

/* conf_type_name(type): As the file writes it. */
const char *conf_type_name(enum receiver_type type);

#endif
