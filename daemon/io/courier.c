/* SPDX-License-Identifier: MIT */
/*
 * courier.c: libcurl's multi interface. Its callbacks only start and stop
 * watchers and a timer; curl is driven from the loop's callbacks alone, never
 * from its own. A watcher belongs to the socket, is found by curl's own
 * pointer to it, and stopping it never touches the descriptor, which curl may
 * have closed already.
 *
 * CURLOPT_QUICK_EXIT is set (courier_errand.c) because ending a request whose
 * name is still being looked up would otherwise wait for the look-up. Known
 * weakness: that look-up's thread lives on until the resolver gives up.
 */
#include "io/courier.h"

#include <assert.h>
#include <curl/curl.h>
#include <stdlib.h>

#include "io/courier_errand.h"
#include "io/courier_mail.h"

#include "core/banned.h"

/* Kept between two requests; the oldest is closed first. */
#define IDLE_CONNECTIONS_MAX 64L

struct courier {
	CURLM *multi;
	struct loop *loop;
	struct loop_timer *timer;
	struct courier_errand *errands; /* posts; mails are with courier_mail */
	struct courier_mail *mail;
	courier_fn *callback;
	void *owner;
};

static void
report(struct courier *courier, struct courier_errand *errand, CURLcode end)
{
	struct delivery_result result;
	int place = errand->place;

	courier_errand_result(errand, end, &result);
	courier_errand_free(errand);
	courier->callback(courier->owner, place, &result);
}

static void
mail_over(void *owner, struct courier_errand *errand, CURLcode end)
{
	report(owner, errand, end);
}

static void
report_finished(struct courier *courier)
{
	struct CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(courier->multi, &left)) != NULL) {
		struct courier_errand *errand = NULL;

		if (message->msg != CURLMSG_DONE)
			continue;
		(void)curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &errand);
		assert(errand != NULL && errand->easy == message->easy_handle);
		report(courier, errand, message->data.result);
	}
}

static void
drive(struct courier *courier, curl_socket_t fd, int ready)
{
	int running;

	(void)curl_multi_socket_action(courier->multi, fd, ready, &running);
	report_finished(courier);
}

static void
timer_fired(void *owner)
{
	drive(owner, CURL_SOCKET_TIMEOUT, 0);
}

static void
socket_ready(void *owner, int fd, int ready)
{
	int what = 0;

	if ((ready & LOOP_READ) != 0)
		what |= CURL_CSELECT_IN;
	if ((ready & LOOP_WRITE) != 0)
		what |= CURL_CSELECT_OUT;
	drive(owner, fd, what);
}

/* curl says which sockets to watch. */
static int
want_socket(CURL *easy, curl_socket_t fd, int what, void *owner, void *known)
{
	struct courier *courier = owner;
	struct loop_fd *watcher = known;
	int wishes = LOOP_NOTHING;

	(void)easy;
	if (what == CURL_POLL_REMOVE) {
		loop_fd_free(watcher);
		(void)curl_multi_assign(courier->multi, fd, NULL);
		return 0;
	}
	if (watcher == NULL) {
		watcher = loop_fd_new(courier->loop, socket_ready, courier);
		if (watcher == NULL)
			return -1;
		(void)curl_multi_assign(courier->multi, fd, watcher);
	}
	if (what == CURL_POLL_IN || what == CURL_POLL_INOUT)
		wishes |= LOOP_READ;
	if (what == CURL_POLL_OUT || what == CURL_POLL_INOUT)
		wishes |= LOOP_WRITE;
	loop_fd_watch(watcher, fd, wishes);
	return 0;
}

/* curl says when it wants to be driven, whatever the sockets do. */
static int
want_timer(CURLM *multi, long ms, void *owner)
{
	struct courier *courier = owner;

	(void)multi;
	loop_timer_set(courier->timer, ms);
	return 0;
}

static bool
start_post(struct courier *courier, struct courier_errand *errand)
{
	if (curl_multi_add_handle(courier->multi, errand->easy) != CURLM_OK)
		return false;
	errand->multi = courier->multi;
	errand->next = courier->errands;
	errand->link = &courier->errands;
	if (errand->next != NULL)
		errand->next->link = &errand->next;
	courier->errands = errand;
	return true;
}

bool
courier_send(struct courier *courier, const struct courier_request *request)
{
	struct courier_errand *errand = courier_errand_new(request);

	if (errand == NULL)
		return false;
	if (errand->mail ? courier_mail_start(courier->mail, errand) : start_post(courier, errand))
		return true;
	courier_errand_free(errand);
	return false;
}

static bool
set_multi(struct courier *courier)
{
	return curl_multi_setopt(courier->multi, CURLMOPT_MAXCONNECTS, IDLE_CONNECTIONS_MAX) ==
		   CURLM_OK &&
	       curl_multi_setopt(courier->multi, CURLMOPT_SOCKETFUNCTION, want_socket) ==
		   CURLM_OK &&
	       curl_multi_setopt(courier->multi, CURLMOPT_SOCKETDATA, courier) == CURLM_OK &&
	       curl_multi_setopt(courier->multi, CURLMOPT_TIMERFUNCTION, want_timer) == CURLM_OK &&
	       curl_multi_setopt(courier->multi, CURLMOPT_TIMERDATA, courier) == CURLM_OK;
}

struct courier *
courier_open(struct loop *loop, courier_fn *callback, void *owner)
{
	struct courier *courier;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return NULL;
	courier = calloc(1, sizeof *courier);
	if (courier == NULL)
		return NULL;
	courier->loop = loop;
	courier->callback = callback;
	courier->owner = owner;
	courier->timer = loop_timer_new(loop, timer_fired, courier);
	courier->multi = curl_multi_init();
	courier->mail = courier_mail_open(loop, mail_over, courier);
	if (courier->timer == NULL || courier->mail == NULL || courier->multi == NULL ||
	    !set_multi(courier)) {
		courier_close(courier);
		return NULL;
	}
	return courier;
}

void
courier_cancel(struct courier *courier)
{
	while (courier->errands != NULL)
		courier_errand_free(courier->errands);
	if (courier->mail != NULL)
		courier_mail_cancel(courier->mail);
}

void
courier_close(struct courier *courier)
{
	if (courier == NULL)
		return;
	courier_cancel(courier);
	courier_mail_close(courier->mail);
	if (courier->multi != NULL)
		(void)curl_multi_cleanup(courier->multi);
	loop_timer_free(courier->timer);
	free(courier);
	curl_global_cleanup();
}
