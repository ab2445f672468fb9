/* SPDX-License-Identifier: MIT */
/*
 * courier_answer.c: what comes back, and how it is read. An HTTP answer counts
 * from the moment that its head is whole: a server that said 200 and then
 * drips, breaks off or talks without end has accepted. Of SMTP libcurl hands
 * over every line of a reply as a header.
 */
#include "io/courier_errand.h"

#include <assert.h>
#include <limits.h>
#include <string.h>

#include "core/text.h"

#include "core/banned.h"

#define RETRY_AFTER_MAX_S 86400
/* Pieces of what was sent: the body, each header and its last word. */
#define SENT_MAX 16

static void
keep(struct courier_errand *errand, const char *data, size_t bytes)
{
	size_t room = sizeof errand->said - errand->said_bytes;

	if (bytes > room)
		bytes = room;
	memcpy(errand->said + errand->said_bytes, data, bytes);
	errand->said_bytes += bytes;
}

static bool
within_bounds(struct courier_errand *errand, size_t bytes)
{
	errand->answer_bytes += bytes;
	return errand->answer_bytes <= COURIER_ANSWER_MAX;
}

static size_t
take_body(char *data, size_t size, size_t count, void *owner)
{
	struct courier_errand *errand = owner;
	size_t bytes = size * count;

	keep(errand, data, bytes);
	return within_bounds(errand, bytes) ? bytes : 0;
}

/* The empty line ends a head; one of 1xx is followed by another. */
static void
take_http(struct courier_errand *errand, const char *line, size_t bytes)
{
	long code = 0;

	if (bytes == 0 || (line[0] != '\r' && line[0] != '\n'))
		return;
	(void)curl_easy_getinfo(errand->easy, CURLINFO_RESPONSE_CODE, &code);
	errand->answered = code >= 200;
}

static void
keep_refusal(struct courier_errand *errand, const char *line, size_t bytes)
{
	struct text refusal;

	text_init(&refusal, errand->refusal, sizeof errand->refusal);
	for (size_t i = 0; i < bytes && line[i] != '\0' && line[i] != '\r' && line[i] != '\n'; i++)
		text_add_bytes(&refusal, line + i, 1);
}

/* The replies to the recipients are those right before the go-ahead for the text. */
static void
go_ahead(struct courier_errand *errand)
{
	uint64_t recipients = (UINT64_C(1) << errand->recipients_count) - 1;

	errand->refused = __builtin_popcountll(errand->replies & recipients);
	errand->sending = true;
}

/* One line of a reply; of a reply of several lines only the last has a blank after its code. */
static void
take_reply(struct courier_errand *errand, const char *line, size_t bytes)
{
	bool refused = bytes > 0 && (line[0] == '4' || line[0] == '5');

	/* The answer to QUIT is of no interest. */
	if (errand->answered || (bytes >= 3 && memcmp(line, "221", 3) == 0))
		return;
	errand->said_bytes = 0;
	keep(errand, line, bytes);
	if (bytes < 4 || line[3] == '-')
		return;
	if (errand->sending)
		errand->answered = line[0] == '2';
	else if (memcmp(line, "354", 3) == 0)
		go_ahead(errand);
	errand->replies = errand->replies << 1 | refused;
	if (refused && !errand->sending)
		keep_refusal(errand, line, bytes);
}

static size_t
take_header(char *data, size_t size, size_t count, void *owner)
{
	struct courier_errand *errand = owner;
	size_t bytes = size * count;

	if (errand->mail)
		take_reply(errand, data, bytes);
	else
		take_http(errand, data, bytes);
	return within_bounds(errand, bytes) ? bytes : 0;
}

bool
courier_errand_listen(struct courier_errand *errand)
{
	CURL *easy = errand->easy;

	return curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_WRITEDATA, errand) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header) == CURLE_OK &&
	       curl_easy_setopt(easy, CURLOPT_HEADERDATA, errand) == CURLE_OK;
}

/* Both speak TLS, and no version or cipher that the other would take; else a connection that broke. */
static bool
disagrees_about_tls(const struct courier_errand *errand, CURLcode end)
{
	return end == CURLE_SSL_CONNECT_ERROR && strstr(errand->trouble, "SSL routines") != NULL;
}

/* Only a person can mend these. */
static bool
is_misconfigured(const struct courier_errand *errand, CURLcode end)
{
	return disagrees_about_tls(errand, end) || end == CURLE_PEER_FAILED_VERIFICATION ||
	       end == CURLE_SSL_CACERT_BADFILE || end == CURLE_SSL_ISSUER_ERROR ||
	       end == CURLE_USE_SSL_FAILED || end == CURLE_LOGIN_DENIED ||
	       end == CURLE_URL_MALFORMAT || end == CURLE_UNSUPPORTED_PROTOCOL;
}

/* RFC 4954: authentication is required, too weak, invalid, or needs encryption. */
static bool
wants_login(long code)
{
	return code == 530 || code == 534 || code == 535 || code == 538;
}

static enum delivery_outcome
outcome_of_mail(const struct courier_errand *errand, CURLcode end, long code)
{
	if (errand->answered || end == CURLE_OK)
		return OUTCOME_ACCEPTED;
	if (end == CURLE_OPERATION_TIMEDOUT || end == CURLE_ABORTED_BY_CALLBACK)
		return OUTCOME_TIMEOUT;
	if (wants_login(code))
		return OUTCOME_MISCONFIGURED;
	if (code >= 400 && code < 500)
		return OUTCOME_REFUSED;
	if (is_misconfigured(errand, end))
		return OUTCOME_MISCONFIGURED;
	return code >= 500 ? OUTCOME_REFUSED : OUTCOME_UNREACHABLE;
}

static enum delivery_outcome
outcome_of_post(const struct courier_errand *errand, CURLcode end, long code)
{
	if (errand->answered)
		return code >= 200 && code < 300 ? OUTCOME_ACCEPTED : OUTCOME_REFUSED;
	if (end == CURLE_OPERATION_TIMEDOUT)
		return OUTCOME_TIMEOUT;
	return is_misconfigured(errand, end) ? OUTCOME_MISCONFIGURED : OUTCOME_UNREACHABLE;
}

/* Why there was no answer, in libcurl's words. */
static const char *
trouble(const struct courier_errand *errand, CURLcode end)
{
	if (errand->answer_bytes > COURIER_ANSWER_MAX)
		return "the head of the answer has no end";
	if (end == CURLE_OK)
		return "the head of the answer breaks off";
	return errand->trouble[0] != '\0' ? errand->trouble : curl_easy_strerror(end);
}

/* Did the server's answer decide? Of a mail one may have come on the way to where it ended. */
static bool
replied(const struct courier_errand *errand, CURLcode end, long code)
{
	return errand->answered || (errand->mail && (end == CURLE_OK || code >= 400));
}

/* A server that echoes may echo the headers too, with a token among them. */
static void
list_sent(const struct courier_errand *errand, struct answer_bytes sent[SENT_MAX + 1])
{
	size_t count = 0;

	sent[count++] = (struct answer_bytes){ errand->body, errand->body_bytes };
	for (const struct curl_slist *header = errand->headers; header != NULL;
	     header = header->next) {
		const char *blank = strrchr(header->data, ' ');

		assert(count + 2 <= SENT_MAX);
		sent[count++] = (struct answer_bytes){ header->data, strlen(header->data) };
		if (blank != NULL)
			sent[count++] = (struct answer_bytes){ blank + 1, strlen(blank + 1) };
	}
	sent[count] = (struct answer_bytes){ NULL, 0 };
}

static void
write_answer(const struct courier_errand *errand, CURLcode end, struct delivery_result *ret)
{
	struct answer_bytes sent[SENT_MAX + 1];
	char words[ANSWER_RAW_BYTES + sizeof errand->refusal + 64];
	struct text text;

	text_init(&text, words, sizeof words);
	if (errand->answered && errand->refused > 0)
		text_addf(&text, "refused for %d of %d recipients: %s; ", errand->refused,
		    errand->recipients_count, errand->refusal);
	if (replied(errand, end, ret->code))
		text_add_bytes(&text, errand->said, errand->said_bytes);
	else
		text_add(&text, trouble(errand, end));
	list_sent(errand, sent);
	answer_write(ret->answer, (struct answer_bytes){ words, text.length }, sent);
}

void
courier_errand_result(
    const struct courier_errand *errand, CURLcode end, struct delivery_result *ret)
{
	curl_off_t elapsed_us = 0, retry_s = 0;
	long code = 0;

	(void)curl_easy_getinfo(errand->easy, CURLINFO_RESPONSE_CODE, &code);
	(void)curl_easy_getinfo(errand->easy, CURLINFO_TOTAL_TIME_T, &elapsed_us);
	(void)curl_easy_getinfo(errand->easy, CURLINFO_RETRY_AFTER, &retry_s);
	*ret = (struct delivery_result){
		.outcome = errand->mail ? outcome_of_mail(errand, end, code)
					: outcome_of_post(errand, end, code),
		.code = replied(errand, end, code) && code < 1000 ? (int)code : 0,
		.refused = errand->answered ? errand->refused : 0,
		.elapsed_ms = elapsed_us / 1000 < INT_MAX ? (int)(elapsed_us / 1000) : INT_MAX,
		.retry_after =
		    span_of_ms((retry_s < RETRY_AFTER_MAX_S ? retry_s : RETRY_AFTER_MAX_S) * 1000),
	};
	write_answer(errand, end, ret);
}
