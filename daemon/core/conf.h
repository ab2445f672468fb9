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
#include "core/listen.h"

#define CONF_RECEIVERS_MAX FLIGHT_RECEIVERS_MAX
#define CONF_TO_MAX 16
#define CONF_DOMAINS_MAX 8
#define CONF_ARGUMENTS_MAX 8
/* The key in use, and the one that it replaces. */
#define CONF_SIGNING_KEYS_MAX 2
/* Mail above so many a minute is put into one message; nothing else is, unless said. */
#define CONF_DIGEST_ABOVE_MAIL 10

enum receiver_type {
	RECEIVER_WEBHOOK,      /* HTTP POST of a CloudEvent */
	RECEIVER_MAIL,         /* SMTP */
	RECEIVER_ALERTMANAGER, /* HTTP POST to Prometheus Alertmanager, API v2 */
	RECEIVER_COMMAND,      /* a program of this host, given the CloudEvent on standard input */
	RECEIVER_JOURNAL,      /* the system's journal, or standard error */
	RECEIVER_TYPES
};

/* The words for them, for errors. */
#define CONF_TYPES "webhook, mail, alertmanager, command, journal"

/* Mail: is STARTTLS demanded? */
enum receiver_tls {
	TLS_REQUIRED, /* no delivery without, unless the file says so */
	TLS_OFF       /* clear text, to this host itself only */
};

/* How much a message says. */
enum conf_detail {
	DETAIL_FULL,   /* with the booking number, the reasons, whom to call */
	DETAIL_MINIMAL /* facility, alert id, instant, kind */
};

/*
 * A receiver. Secrets are not here, only the files that hold them: an absolute
 * path, or the bare name of a systemd credential.
 */
struct receiver {
	char name[64];
	enum receiver_type type;
	enum receiver_tls tls;
	bool tls_said; /* else TLS is required */
	char url[512];
	char ca_file[256]; /* empty: the system's certificates */
	char from[128];
	char to[CONF_TO_MAX][128];
	int to_count;
	bool detail_said; /* else it follows from type and recipients: conf_detail */
	enum conf_detail detail;
	char own_domains[CONF_DOMAINS_MAX]
			[128]; /* mail that stays among these may say everything */
	int own_domains_count;
	char user[128];              /* of SMTP AUTH; empty: none */
	char password_file[256];     /* empty: none */
	char bearer_token_file[256]; /* empty: none */
	char signing_key_file[CONF_SIGNING_KEYS_MAX][256];
	int signing_key_count;
	char command[CONF_ARGUMENTS_MAX][256]; /* the program's absolute path, then its arguments */
	int command_count;
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
	char metrics_listen[LISTEN_BYTES]; /* checked by listen_parse; empty: nowhere */
	struct receiver receivers[CONF_RECEIVERS_MAX];
	int receivers_count;
};

/* conf_init(conf): The defaults, without name and receivers. */
void conf_init(struct conf *conf);

/* conf_receiver_init(receiver, name, type): The defaults of a receiver; RECEIVER_TYPES: none was said. */
void conf_receiver_init(struct receiver *receiver, const char *name, enum receiver_type type);

/* conf_receiver_type(word, ret_type) and so on: Read a word of the file. */
bool conf_receiver_type(const char *word, enum receiver_type *ret_type)
    __attribute__((warn_unused_result));
bool
conf_receiver_tls(const char *word, enum receiver_tls *ret_tls) __attribute__((warn_unused_result));
bool conf_receiver_detail(const char *word, enum conf_detail *ret_detail)
    __attribute__((warn_unused_result));

/* conf_receiver_digest_above(word, ret_above): The same; "never" is -1. */
bool
conf_receiver_digest_above(const char *word, int *ret_above) __attribute__((warn_unused_result));

/* conf_check(conf, fault): Does the whole fit together? Receivers are taken as checked one by one (core/receiver). */
bool conf_check(const struct conf *conf, struct fault *fault) __attribute__((warn_unused_result));

/* conf_find_receiver(conf, name): Its index, or DELIVERY_RECEIVER_NONE. */
int conf_find_receiver(const struct conf *conf, const char *name);

/*
 * conf_detail(receiver): How much a message to this receiver may say: what the
 * file says; else everything, but to mail only where every recipient is in a
 * domain of the receiver's own.
 */
enum conf_detail conf_detail(const struct receiver *receiver);

/* conf_type_name(type): As the file writes it. */
const char *conf_type_name(enum receiver_type type);

#endif
