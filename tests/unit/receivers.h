/* SPDX-License-Identifier: MIT */
/* receivers.h: receivers as a configuration makes them, for tests of what it may say. */
#ifndef TESTS_RECEIVERS_H
#define TESTS_RECEIVERS_H

#include <stddef.h>

#include "core/conf.h"
#include "core/text.h"

static inline struct receiver
of_type(enum receiver_type type, const char *url)
{
	struct receiver receiver;

	conf_receiver_init(&receiver, "desk", type);
	(void)text_copy(receiver.url, sizeof receiver.url, url);
	return receiver;
}

static inline struct receiver
webhook(const char *url)
{
	return of_type(RECEIVER_WEBHOOK, url);
}

static inline struct receiver
mail(const char *url, const char *from, const char *to)
{
	struct receiver receiver = of_type(RECEIVER_MAIL, url);

	(void)text_copy(receiver.from, sizeof receiver.from, from);
	receiver.to_count = to != NULL;
	(void)text_copy(receiver.to[0], sizeof receiver.to[0], to);
	return receiver;
}

#endif
