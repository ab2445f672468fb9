/* SPDX-License-Identifier: MIT */
/*
 * courier_errand.c: everything that libcurl must be told of one request, for
 * it is dangerous by default: it would take a proxy from the environment,
 * fall back to clear text, and wait for five minutes to connect.
 */
#include "io/courier_errand.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/receiver.h"
#include "core/text.h"

#include "core/banned.h"

/*
 * A connection that has been idle or has lived longer is not used again, nor
 * one over which more came than the answer. Known weakness: an answer that
 * nobody asked for, and that comes later than the one that was, can be taken
 * for that to the next request.
 */
#define IDLE_MAX_S 10L
#define LIFE_MAX_S 60L

/* Of a line, a token among them. */
#define HEADER_BYTES 1280

/* GSSAPI and NTLM, which libcurl would choose where it can, ask servers of their own and block. */
#define LOGIN_OPTIONS "AUTH=PLAIN;AUTH=LOGIN"

#define SET(option, value) (curl_easy_setopt(errand->easy, option, value) == CURLE_OK)

static size_t
give_body(char *to, size_t size, size_t count, void *owner)
{
	struct courier_errand *errand = owner;
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

/* No value can begin a header of its own. */
static bool
add_header(struct courier_errand *errand, const char *name, const char *value)
{
	char line[HEADER_BYTES];
	struct text text;
	bool fine;

	text_init(&text, line, sizeof line);
	text_addf(&text, "%s: %s", name, value);
	text_clean(line);
	fine = !text.truncated && append(&errand->headers, line);
	explicit_bzero(line, sizeof line);
	return fine;
}

static bool
set_url(struct courier_errand *errand, const struct courier_request *request)
{
	const char *base = request->receiver->url;
	size_t length = strlen(base);
	char url[640];
	struct text text;

	while (request->url_path[0] == '/' && length > 0 && base[length - 1] == '/')
		length--;
	text_init(&text, url, sizeof url);
	text_add_bytes(&text, base, length);
	text_add(&text, request->url_path);
	return !text.truncated && SET(CURLOPT_URL, url);
}

static bool
set_common(struct courier_errand *errand, const struct receiver *receiver)
{
	return SET(CURLOPT_PRIVATE, errand) && SET(CURLOPT_NOSIGNAL, 1L) &&
	       SET(CURLOPT_TIMEOUT_MS, (long)span_ms(receiver->timeout)) &&
	       SET(CURLOPT_QUICK_EXIT, 1L) && SET(CURLOPT_FOLLOWLOCATION, 0L) &&
	       SET(CURLOPT_PROXY, "") && SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) &&
	       SET(CURLOPT_SSL_VERIFYPEER, 1L) && SET(CURLOPT_SSL_VERIFYHOST, 2L) &&
	       (receiver->ca_file[0] == '\0' || SET(CURLOPT_CAINFO, receiver->ca_file)) &&
	       SET(CURLOPT_ERRORBUFFER, errand->trouble);
}

static bool
add_headers(struct courier_errand *errand, const struct courier_request *request)
{
	char number[32], bearer[HEADER_BYTES];
	struct text text;
	bool fine = add_header(errand, "Content-Type", request->content_type) &&
		    append(&errand->headers, "Expect:");

	if (fine && request->message_id != NULL) {
		text_init(&text, number, sizeof number);
		text_addf(&text, "%" PRId64, request->timestamp);
		fine = add_header(errand, "webhook-id", request->message_id) &&
		       add_header(errand, "webhook-timestamp", number);
	}
	if (fine && request->signatures[0] != '\0')
		fine = add_header(errand, "webhook-signature", request->signatures);
	if (fine && request->bearer_token[0] != '\0') {
		text_init(&text, bearer, sizeof bearer);
		text_addf(&text, "Bearer %s", request->bearer_token);
		fine = !text.truncated && add_header(errand, "Authorization", bearer);
		explicit_bzero(bearer, sizeof bearer);
	}
	return fine;
}

/* One request a connection at a time: with HTTP/2 one stream that stalls would stall them all. */
static bool
set_post(struct courier_errand *errand, const struct courier_request *request)
{
	return add_headers(errand, request) && SET(CURLOPT_PROTOCOLS_STR, "http,https") &&
	       SET(CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) &&
	       SET(CURLOPT_MAXAGE_CONN, IDLE_MAX_S) && SET(CURLOPT_MAXLIFETIME_CONN, LIFE_MAX_S) &&
	       SET(CURLOPT_HTTPHEADER, errand->headers) &&
	       SET(CURLOPT_USERAGENT, "detainerd/" VERSION) && SET(CURLOPT_POST, 1L) &&
	       SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)errand->body_bytes) &&
	       SET(CURLOPT_POSTFIELDS, errand->body);
}

static bool
set_login(struct courier_errand *errand, const struct courier_request *request)
{
	if (request->receiver->user[0] == '\0')
		return true;
	return SET(CURLOPT_USERNAME, request->receiver->user) &&
	       SET(CURLOPT_PASSWORD, request->password) &&
	       SET(CURLOPT_LOGIN_OPTIONS, LOGIN_OPTIONS);
}

/*
 * A recipient whom the server will not have does not keep the others from
 * being told: libcurl goes on while one of them is accepted.
 */
static bool
set_mail(struct courier_errand *errand, const struct courier_request *request)
{
	const struct receiver *receiver = request->receiver;
	long use_ssl = receiver->tls == TLS_REQUIRED ? CURLUSESSL_ALL : CURLUSESSL_NONE;

	errand->mail = true;
	errand->recipients_count = receiver->to_count;
	for (int i = 0; i < receiver->to_count; i++) {
		if (!append(&errand->recipients, receiver->to[i]))
			return false;
	}
	return set_login(errand, request) && SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps") &&
	       SET(CURLOPT_FORBID_REUSE, 1L) && SET(CURLOPT_FRESH_CONNECT, 1L) &&
	       SET(CURLOPT_USE_SSL, use_ssl) && SET(CURLOPT_MAIL_FROM, receiver->from) &&
	       SET(CURLOPT_MAIL_RCPT, errand->recipients) &&
	       SET(CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L) && SET(CURLOPT_UPLOAD, 1L) &&
	       SET(CURLOPT_READFUNCTION, give_body) && SET(CURLOPT_READDATA, errand) &&
	       SET(CURLOPT_INFILESIZE_LARGE, (curl_off_t)errand->body_bytes);
}

static bool
set_type(struct courier_errand *errand, const struct courier_request *request)
{
	switch (request->receiver->type) {
	case RECEIVER_WEBHOOK:
	case RECEIVER_ALERTMANAGER: return set_post(errand, request);
	case RECEIVER_MAIL: return set_mail(errand, request);
	case RECEIVER_COMMAND:
	case RECEIVER_JOURNAL:
	case RECEIVER_TYPES: break;
	}
	return false;
}

#undef SET

struct courier_errand *
courier_errand_new(const struct courier_request *request)
{
	struct courier_errand *errand = calloc(1, sizeof *errand);

	if (errand == NULL)
		return NULL;
	errand->place = request->place;
	errand->timeout_ms = span_ms(request->receiver->timeout);
	errand->body_bytes = request->body_bytes;
	errand->body = malloc(request->body_bytes + 1);
	errand->easy = curl_easy_init();
	if (errand->body != NULL)
		memcpy(errand->body, request->body, request->body_bytes);
	if (errand->body == NULL || errand->easy == NULL || !set_url(errand, request) ||
	    !set_common(errand, request->receiver) || !set_type(errand, request) ||
	    !courier_errand_listen(errand)) {
		courier_errand_free(errand);
		return NULL;
	}
	return errand;
}

/* Headers may hold a token. */
static void
wipe(const struct curl_slist *list)
{
	for (; list != NULL; list = list->next)
		explicit_bzero(list->data, strlen(list->data));
}

void
courier_errand_free(struct courier_errand *errand)
{
	if (errand == NULL)
		return;
	if (errand->link != NULL) {
		*errand->link = errand->next;
		if (errand->next != NULL)
			errand->next->link = errand->link;
	}
	if (errand->multi != NULL)
		(void)curl_multi_remove_handle(errand->multi, errand->easy);
	if (errand->easy != NULL)
		curl_easy_cleanup(errand->easy);
	wipe(errand->headers);
	curl_slist_free_all(errand->headers);
	curl_slist_free_all(errand->recipients);
	free(errand->body);
	free(errand);
}
