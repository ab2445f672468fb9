/* SPDX-License-Identifier: MIT */
/* conf.c: what a configuration must be. Called by io/conf and the shell; reads no file. */
#include "core/conf.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "core/text.h"

#include "core/banned.h"

static const char *const type_names[RECEIVER_TYPES] = {
	[RECEIVER_WEBHOOK] = "webhook",
	[RECEIVER_MAIL] = "mail",
	[RECEIVER_ALERTMANAGER] = "alertmanager",
	[RECEIVER_COMMAND] = "command",
	[RECEIVER_JOURNAL] = "journal",
};

void
conf_init(struct conf *conf)
{
	*conf = (struct conf){
		.sweep = span_of_ms(5000),
		.lease = span_of_ms(30000),
		.connect_timeout = span_of_ms(10000),
		.statement_timeout = span_of_ms(5000),
		.stop_timeout = span_of_ms(5000),
		.max_in_flight = 64,
	};
}

void
conf_receiver_init(struct receiver *receiver, const char *name, enum receiver_type type)
{
	*receiver = (struct receiver){ .type = type,
		.timeout = span_of_ms(10000),
		.digest_above = type == RECEIVER_MAIL ? CONF_DIGEST_ABOVE_MAIL : -1 };
	(void)text_copy(receiver->name, sizeof receiver->name, name);
}

bool
conf_receiver_type(const char *word, enum receiver_type *ret_type)
{
	for (enum receiver_type type = 0; type < RECEIVER_TYPES; type++) {
		if (strcmp(word, type_names[type]) == 0) {
			*ret_type = type;
			return true;
		}
	}
	return false;
}

bool
conf_receiver_tls(const char *word, enum receiver_tls *ret_tls)
{
	if (strcmp(word, "required") == 0)
		*ret_tls = TLS_REQUIRED;
	else if (strcmp(word, "off") == 0)
		*ret_tls = TLS_OFF;
	else
		return false;
	return true;
}

bool
conf_receiver_detail(const char *word, enum conf_detail *ret_detail)
{
	if (strcmp(word, "full") == 0)
		*ret_detail = DETAIL_FULL;
	else if (strcmp(word, "minimal") == 0)
		*ret_detail = DETAIL_MINIMAL;
	else
		return false;
	return true;
}

bool
conf_receiver_digest_above(const char *word, int *ret_above)
{
	int64_t above;

	if (strcmp(word, "never") == 0) {
		*ret_above = -1;
		return true;
	}
	if (!text_to_int64(word, &above) || above < 1 || above > 100000)
		return false;
	*ret_above = (int)above;
	return true;
}

const char *
conf_type_name(enum receiver_type type)
{
	return type < RECEIVER_TYPES ? type_names[type] : "?";
}

/* Domains are compared as ASCII letters are, in either case. */
static bool
same_domain(const char *one, const char *other)
{
	for (;; one++, other++) {
		char a = *one >= 'A' && *one <= 'Z' ? (char)(*one - 'A' + 'a') : *one;
		char b = *other >= 'A' && *other <= 'Z' ? (char)(*other - 'A' + 'a') : *other;

		if (a != b)
			return false;
		if (a == '\0')
			return true;
	}
}

static bool
among_own(const struct receiver *receiver, const char *address)
{
	const char *at = strrchr(address, '@');

	for (int i = 0; at != NULL && i < receiver->own_domains_count; i++) {
		if (same_domain(at + 1, receiver->own_domains[i]))
			return true;
	}
	return false;
}

enum conf_detail
conf_detail(const struct receiver *receiver)
{
	if (receiver->detail_said)
		return receiver->detail;
	if (receiver->type != RECEIVER_MAIL)
		return DETAIL_FULL;
	for (int i = 0; i < receiver->to_count; i++) {
		if (!among_own(receiver, receiver->to[i]))
			return DETAIL_MINIMAL;
	}
	return DETAIL_FULL;
}

static bool
check_span(
    struct fault *fault, const char *key, struct span value, int64_t least_ms, int64_t most_ms)
{
	if (value.us >= span_of_ms(least_ms).us && value.us <= span_of_ms(most_ms).us)
		return true;
	fault_set(fault, FAULT_CONFIG, "%s is outside %dms to %ds", key, (int)least_ms,
	    (int)(most_ms / 1000));
	return false;
}

static bool
check_lease(const struct conf *conf, struct fault *fault)
{
	for (int i = 0; i < conf->receivers_count; i++) {
		const struct receiver *receiver = &conf->receivers[i];

		/* A second for the way from claim to attempt: the bare least would never carry one. */
		if (delivery_lease_min(receiver->timeout).us + span_of_ms(1000).us >
		    conf->lease.us) {
			fault_set(fault, FAULT_CONFIG,
			    "lease is too short for receiver '%s'; make it its timeout and 3s more, or longer",
			    receiver->name);
			return false;
		}
	}
	return true;
}

static bool
check_listen(const struct conf *conf, struct fault *fault)
{
	struct listen_at at;

	if (listen_parse(conf->metrics_listen, &at))
		return true;
	fault_set(fault, FAULT_CONFIG,
	    "metrics_listen '%s' is no place of this host itself; write 127.0.0.1:PORT, [::1]:PORT or unix:/PATH",
	    conf->metrics_listen);
	return false;
}

bool
conf_check(const struct conf *conf, struct fault *fault)
{
	if (!text_is_word(conf->name)) {
		fault_set(fault, FAULT_CONFIG, "name is empty or holds blanks");
		return false;
	}
	if (conf->receivers_count == 0) {
		fault_set(fault, FAULT_CONFIG,
		    "no receiver; nobody would be told. Add one, of type journal if nothing else");
		return false;
	}
	if (conf->max_in_flight > FLIGHT_MAX || conf->max_in_flight < conf->receivers_count) {
		fault_set(fault, FAULT_CONFIG,
		    "max_in_flight must be at least the number of receivers (%d) and at most %d",
		    conf->receivers_count, FLIGHT_MAX);
		return false;
	}
	return check_listen(conf, fault) && check_span(fault, "sweep", conf->sweep, 100, 5000) &&
	       check_span(fault, "lease", conf->lease, 1000, 600000) &&
	       check_span(fault, "connect_timeout", conf->connect_timeout, 100, 60000) &&
	       check_span(fault, "statement_timeout", conf->statement_timeout, 100, 60000) &&
	       check_span(fault, "stop_timeout", conf->stop_timeout, 0, 60000) &&
	       check_lease(conf, fault);
}

int
conf_find_receiver(const struct conf *conf, const char *name)
{
	for (int i = 0; i < conf->receivers_count; i++) {
		if (strcmp(conf->receivers[i].name, name) == 0)
			return i;
	}
	return DELIVERY_RECEIVER_NONE;
}
