/* SPDX-License-Identifier: MIT */
/*
 * message: one alert as a mail, RFC 5322. The same alert always gives the same
 * Message-ID and date, however often it is sent. No value can begin a header
 * of its own: control characters never come this far, and are dropped here once more.
 */
#ifndef DETAINERD_MESSAGE_H
#define DETAINERD_MESSAGE_H

#include "core/alert.h"
#include "core/conf.h"
#include "core/text.h"

/* message_write(alert, receiver, out): Append the whole message, lines ending in CR LF, to ${out}. */
void message_write(const struct alert *alert, const struct receiver *receiver, struct text *out);

#endif
