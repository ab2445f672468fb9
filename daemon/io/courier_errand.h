/* SPDX-License-Identifier: MIT */
/* courier_errand: one request of libcurl, from what it is to send to what came of it. For courier.c only. */
#ifndef DETAINERD_IO_COURIER_ERRAND_H
#define DETAINERD_IO_COURIER_ERRAND_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/answer.h"
#include "io/courier.h"

struct courier_errand {
	struct courier_errand *next, **link; /* of the courier's list; link null: in none */
	CURLM *multi;                        /* that drives it; null: none */
	CURL *easy;
	struct curl_slist *headers, *recipients;
	char *body;
	size_t body_bytes, body_sent;
	int place;
	int64_t timeout_ms;
	bool mail;
	int recipients_count;

	/* What has come so far. */
	size_t answer_bytes; /* in all, headers too */
	bool answered;       /* the head of an HTTP answer is whole; a mail's text was accepted */
	bool sending;        /* of mail: the server waits for the text */
	uint64_t replies;    /* of mail: a bit a reply, the last one lowest, set where it said no */
	int refused;         /* of mail: how many recipients the server would not have */
	size_t said_bytes;
	char said[ANSWER_RAW_BYTES]; /* of the body; of mail: the last reply */
	char refusal[128];           /* of mail: the last reply that said no to a recipient */
	char trouble[CURL_ERROR_SIZE];
};

/* courier_errand_new(request): Made and set up, driven by nobody yet. Null where that cannot be. */
struct courier_errand *
courier_errand_new(const struct courier_request *request) __attribute__((warn_unused_result));

/* courier_errand_free(errand): Take it from its list and its driver, and free it; null is fine. */
void courier_errand_free(struct courier_errand *errand);

/* courier_errand_listen(errand): Have what comes gathered. False where libcurl refuses. */
bool courier_errand_listen(struct courier_errand *errand) __attribute__((warn_unused_result));

/* courier_errand_result(errand, end, ret): What came of it, ended with ${end}. */
void courier_errand_result(
    const struct courier_errand *errand, CURLcode end, struct delivery_result *ret);

#endif
