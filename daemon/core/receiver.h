/* SPDX-License-Identifier: MIT */
/*
 * receiver: what each type of receiver may and must say in the configuration,
 * as one table of keys. Reads no file and knows no secret.
 */
#ifndef DETAINERD_RECEIVER_H
#define DETAINERD_RECEIVER_H

#include <stdbool.h>

#include "core/conf.h"
#include "core/fault.h"

/* How many secrets a receiver can have: signing keys, a password or a token. */
#define RECEIVER_SECRETS_MAX (CONF_SIGNING_KEYS_MAX + 2)

/* receiver_knows(type, key): Does this type have a key of that name? */
bool receiver_knows(enum receiver_type type, const char *key);

/* receiver_check(receiver, fault): Is it complete and possible? If not, ${fault} says what to mend. */
bool receiver_check(const struct receiver *receiver, struct fault *fault)
    __attribute__((warn_unused_result));

/* receiver_is_here(url): Is that on this host itself: a loopback address in figures, or localhost? */
bool receiver_is_here(const char *url);

/* receiver_may_lack_tls(receiver): Does it send mail to a server on this host, which often has no TLS, and nobody said which? */
bool receiver_may_lack_tls(const struct receiver *receiver);

/* receiver_has_name(name): May a receiver be called so? */
bool receiver_has_name(const char *name);

/* receiver_is_credential(file): Is it the bare name of a systemd credential and not a path? */
bool receiver_is_credential(const char *file);

#endif
