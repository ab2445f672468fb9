/* SPDX-License-Identifier: MIT */
/*
 * message: one alert as a mail, RFC 5322: a text, and the same as HTML. Every
 * attempt to tell it carries the same Message-ID and date; alerts of one stay
 * refer to one id, so that a reader's program keeps them together.
 */
#ifndef DETAINERD_MESSAGE_H
#define DETAINERD_MESSAGE_H

#include "core/alert.h"
#include "core/compose.h"
#include "core/conf.h"
#include "core/text.h"

/* Room for the longest text, each byte of it encoded. HTML that does not fit besides is left out. */
#define MESSAGE_BYTES (4 * COMPOSE_TEXT_BYTES)

/*
 * message_write(alert, receiver, out): Append the whole message, lines ending
 * in CR LF, to ${out}, which has MESSAGE_BYTES free. The receiver decides how
 * much is said: conf_detail().
 */
void message_write(const struct alert *alert, const struct receiver *receiver, struct text *out);

#endif
