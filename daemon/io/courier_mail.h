/* SPDX-License-Identifier: MIT */
/*
 * courier_mail: mails, each in a thread of its own. libcurl waits for the
 * server's word on a message, and for its answer to QUIT, without returning
 * to the loop; a mail server that hangs there would hold up every instant. For
 * courier.c only.
 */
#ifndef DETAINERD_IO_COURIER_MAIL_H
#define DETAINERD_IO_COURIER_MAIL_H

#include "io/courier_errand.h"
#include "io/loop.h"

/* Called in the loop with what courier_mail_start took; takes ${errand} back. */
typedef void courier_mail_fn(void *owner, struct courier_errand *errand, CURLcode end);

struct courier_mail;

/* courier_mail_open(loop, callback, owner): Null on failure. */
struct courier_mail *courier_mail_open(struct loop *loop, courier_mail_fn *callback, void *owner)
    __attribute__((warn_unused_result));

/* courier_mail_start(mail, errand): Begin. True: takes ${errand}, the callback comes exactly once. */
bool courier_mail_start(struct courier_mail *mail, struct courier_errand *errand)
    __attribute__((warn_unused_result));

/* courier_mail_cancel(mail): Tell everything under way to end; no callback comes for it. Does not wait. */
void courier_mail_cancel(struct courier_mail *mail);

/* courier_mail_close(mail): Cancel, wait for the threads, which end within about a second, and free; null is fine. */
void courier_mail_close(struct courier_mail *mail);

#endif
