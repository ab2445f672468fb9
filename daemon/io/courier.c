/* SPDX-License-Identifier: MIT */
/*
 * courier.c: libcurl's multi interface. Its callbacks only start and stop
 * watchers and a timer; curl is driven from the loop's callbacks alone, never
 * from its own. A watcher belongs to the socket, is found by curl's own
 * pointer to it, and stopping it never touches the descriptor, which curl may
 * have closed already.
 *
 * CURLOPT_QUICK_EXIT is set because ending a request whose name is still
 * being looked up would otherwise wait for the look-up.
 */
#include "io/courier.h"

#include <assert.h>
#include <curl/curl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "core/receiver.h"
#include "core/text.h"

#include "core/banned.h"

struct courier;

struct errand {
	struct errand *next, **link; /* all of one courier */
	struct courier *courier;
	CURL *easy;
	struct curl_slist *headers, *recipients;
	char *body;
	size_t body_bytes, body_sent;
	size_t answer_bytes;
	int place;
	char answer[DELIVERY_ANSWER_BYTES];
	char trouble[CURL_ERROR_SIZE];
};

struct courier {
	CURLM *multi;
	struct loop *loop;
	struct loop_timer *timer;
	struct errand *errands;
	courier_fn *callback;
	void *owner;
};

static void
errand_free(struct errand *errand)
{
	if (errand == NULL)
		return;
	if (errand->link != NULL) {
		*errand->link = errand->next;
		if (errand->next != NULL)
			errand->next->link = errand->link;
	}
	if (errand->easy != NULL) {
		(void)curl_multi_remove_handle(errand->courier->multi, errand->easy);
		curl_easy_cleanup(errand->easy);
	}
	curl_slist_free_all(errand->headers);
	curl_slist_free_all(errand->recipients);
	free(errand->body);
	free(errand);
}

/* How a failed transfer is to be read. 4xx and 5xx of SMTP end here too, with their code. */
static enum delivery_outcome
outcome_of(CURLcode result, long code)
{
	if (result == CURLE_OK)
		return code >= 200 && code < 300 ? OUTCOME_ACCEPTED : OUTCOME_REFUSED;
	if (result == CURLE_OPERATION_TIMEDOUT)
		return OUTCOME_TIMEOUT;
	if (result == CURLE_PEER_FAILED_VERIFICATION || result == CURLE_SSL_CACERT_BADFILE ||
	    result == CURLE_USE_SSL_FAILED || result == CURLE_LOGIN_DENIED ||
	    result == CURLE_URL_MALFORMAT || result == CURLE_UNSUPPORTED_PROTOCOL)
		return OUTCOME_MISCONFIGURED;
	return code >= 400 ? OUTCOME_REFUSED : OUTCOME_UNREACHABLE;
}

/* A web server that said yes and then talked too much has still said yes. */
static bool
cut_off_by_us(const struct errand *errand, CURLcode result)
{
	return result == CURLE_WRITE_ERROR && errand->answer_bytes > COURIER_ANSWER_MAX;
}

static void
read_result(const struct errand *errand, CURLcode result, struct delivery_result *ret)
{
	curl_off_t elapsed_us = 0, retry_s = 0;
	long code = 0;

	(void)curl_easy_getinfo(errand->easy, CURLINFO_RESPONSE_CODE, &code);
	(void)curl_easy_getinfo(errand->easy, CURLINFO_TOTAL_TIME_T, &elapsed_us);
	(void)curl_easy_getinfo(errand->easy, CURLINFO_RETRY_AFTER, &retry_s);
	if (cut_off_by_us(errand, result))
		result = CURLE_OK;
	*ret = (struct delivery_result){
		.outcome = outcome_of(result, code),
		.code = code < 1000 ? (int)code : 0,
		.elapsed_ms = elapsed_us / 1000 < INT_MAX ? (int)(elapsed_us / 1000) : INT_MAX,
		.retry_after = span_of_ms(retry_s < 86400 ? retry_s * 1000 : 86400000),
	};
	if (result != CURLE_OK)
		(void)text_copy(ret->answer, sizeof ret->answer,
		    errand->trouble[0] != '\0' ? errand->trouble : curl_easy_strerror(result));
	else
		(void)text_copy(ret->answer, sizeof ret->answer, errand->answer);
	text_clean(ret->answer);
}

static void
report_finished(struct courier *courier)
{
	struct delivery_result result;
	struct CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(courier->multi, &left)) != NULL) {
		struct errand *errand = NULL;
		int place;

		if (message->msg != CURLMSG_DONE)
			continue;
		(void)curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &errand);
		assert(errand != NULL && errand->easy == message->easy_handle);
		read_result(errand, message->data.result, &result);
		place = errand->place;
		errand_free(errand);
		courier->callback(courier->owner, place, &result);
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

static size_t
take_answer(char *data, size_t size, size_t count, void *owner)
{
	struct errand *errand = owner;
	size_t bytes = size * count;
	size_t have = strlen(errand->answer);
	struct text answer;

	text_init(&answer, errand->answer + have, sizeof errand->answer - have);
	for (size_t i = 0; i < bytes && have + answer.length + 1 < sizeof errand->answer; i++)
		text_add_bytes(&answer, data[i] != '\0' ? &data[i] : " ", 1);
	errand->answer_bytes += bytes;
	return errand->answer_bytes > COURIER_ANSWER_MAX ? 0 : bytes;
}

static size_t
take_header(char *data, size_t size, size_t count, void *owner)
{
	struct errand *errand = owner;

	(void)data;
	errand->answer_bytes += size * count;
	return errand->answer_bytes > COURIER_ANSWER_MAX ? 0 : size * count;
}

static size_t
give_body(char *to, size_t size, size_t count, void *owner)
{
	struct errand *errand = owner;
	size_t bytes = errand->body_bytes - errand->body_sent;

	if (bytes > size * count)
		bytes = size * count;
	memcpy(to, errand->body + errand->body_sent, bytes);
	errand->body_sent += bytes;
	return bytes;
}

static bool
append(struct curl_slist **list, const char *line)
{
	struct curl_slist *longer = curl_slist_append(*list, line);

	if (longer == NULL)
		return false;
	*list = longer;
	return true;
}

#define SET(option, value) (curl_easy_setopt(errand->easy, option, value) == CURLE_OK)

static bool
set_common(struct errand *errand, const struct receiver *receiver)
{
	return SET(CURLOPT_PRIVATE, errand) && SET(CURLOPT_URL, receiver->url) &&
	       SET(CURLOPT_NOSIGNAL, 1L) &&
	       SET(CURLOPT_TIMEOUT_MS, (long)span_ms(receiver->timeout)) &&
	       SET(CURLOPT_QUICK_EXIT, 1L) && SET(CURLOPT_FORBID_REUSE, 1L) &&
	       SET(CURLOPT_FRESH_CONNECT, 1L) && SET(CURLOPT_FOLLOWLOCATION, 0L) &&
	       SET(CURLOPT_PROXY, "") && SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) &&
	       SET(CURLOPT_SSL_VERIFYPEER, 1L) && SET(CURLOPT_SSL_VERIFYHOST, 2L) &&
	       (receiver->ca_file[0] == '\0' || SET(CURLOPT_CAINFO, receiver->ca_file)) &&
	       SET(CURLOPT_ERRORBUFFER, errand->trouble) &&
	       SET(CURLOPT_WRITEFUNCTION, take_answer) && SET(CURLOPT_WRITEDATA, errand) &&
	       SET(CURLOPT_HEADERFUNCTION, take_header) && SET(CURLOPT_HEADERDATA, errand);
}

static bool
set_webhook(struct errand *errand, const struct courier_request *request)
{
	char id_header[256];
	struct text text;

	text_init(&text, id_header, sizeof id_header);
	text_addf(&text, "webhook-id: %s", request->alert_id);
	text_clean(id_header);
	return !text.truncated && append(&errand->headers, "Content-Type: application/json") &&
	       append(&errand->headers, id_header) && append(&errand->headers, "Expect:") &&
	       SET(CURLOPT_PROTOCOLS_STR, "http,https") &&
	       SET(CURLOPT_HTTPHEADER, errand->headers) &&
	       SET(CURLOPT_USERAGENT, "detainerd/" VERSION) && SET(CURLOPT_POST, 1L) &&
	       SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)errand->body_bytes) &&
	       SET(CURLOPT_POSTFIELDS, errand->body);
}

static bool
set_mail(struct errand *errand, const struct receiver *receiver)
{
	long use_ssl = receiver_needs_starttls(receiver) ? CURLUSESSL_ALL : CURLUSESSL_NONE;

	for (int i = 0; i < receiver->to_count; i++) {
		if (!append(&errand->recipients, receiver->to[i]))
			return false;
	}
	return SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps") && SET(CURLOPT_USE_SSL, use_ssl) &&
	       SET(CURLOPT_MAIL_FROM, receiver->from) &&
	       SET(CURLOPT_MAIL_RCPT, errand->recipients) && SET(CURLOPT_UPLOAD, 1L) &&
	       SET(CURLOPT_READFUNCTION, give_body) && SET(CURLOPT_READDATA, errand) &&
	       SET(CURLOPT_INFILESIZE_LARGE, (curl_off_t)errand->body_bytes);
}

#undef SET

static struct errand *
errand_new(struct courier *courier, const struct courier_request *request)
{
	struct errand *errand = calloc(1, sizeof *errand);

	if (errand == NULL)
		return NULL;
	errand->courier = courier;
	errand->place = request->place;
	errand->body_bytes = request->body_bytes;
	errand->body = malloc(request->body_bytes + 1);
	errand->easy = curl_easy_init();
	if (errand->body == NULL || errand->easy == NULL) {
		errand_free(errand);
		return NULL;
	}
	memcpy(errand->body, request->body, request->body_bytes);
	return errand;
}

static bool
set_all(struct errand *errand, const struct courier_request *request)
{
	if (!set_common(errand, request->receiver))
		return false;
	switch (request->receiver->type) {
	case RECEIVER_WEBHOOK: return set_webhook(errand, request);
	case RECEIVER_MAIL: return set_mail(errand, request->receiver);
	case RECEIVER_ALERTMANAGER:
	case RECEIVER_COMMAND:
	case RECEIVER_JOURNAL:
	case RECEIVER_TYPES: break;
	}
	return false;
}

bool
courier_send(struct courier *courier, const struct courier_request *request)
{
	struct errand *errand = errand_new(courier, request);

	if (errand == NULL)
		return false;
	if (!set_all(errand, request) ||
	    curl_multi_add_handle(courier->multi, errand->easy) != CURLM_OK) {
		errand_free(errand);
		return false;
	}
	errand->next = courier->errands;
	errand->link = &courier->errands;
	if (errand->next != NULL)
		errand->next->link = &errand->next;
	courier->errands = errand;
	return true;
}

static bool
set_multi(struct courier *courier)
{
	return curl_multi_setopt(courier->multi, CURLMOPT_SOCKETFUNCTION, want_socket) ==
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
	if (courier->timer == NULL || courier->multi == NULL || !set_multi(courier)) {
		courier_close(courier);
		return NULL;
	}
	return courier;
}

void
courier_cancel(struct courier *courier)
{
	while (courier->errands != NULL)
		errand_free(courier->errands);
}

void
courier_close(struct courier *courier)
{
	if (courier == NULL)
		return;
	courier_cancel(courier);
	if (courier->multi != NULL)
		(void)curl_multi_cleanup(courier->multi);
	loop_timer_free(courier->timer);
	free(courier);
	curl_global_cleanup();
}
