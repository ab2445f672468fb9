/* SPDX-License-Identifier: MIT */
/* receiver.c: what a receiver must be. Called by io/conf while it reads, and by io/courier. */
#include "core/receiver.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#include "core/text.h"

#include "core/banned.h"

#define W (1U << RECEIVER_WEBHOOK)
#define M (1U << RECEIVER_MAIL)
#define A (1U << RECEIVER_ALERTMANAGER)
#define C (1U << RECEIVER_COMMAND)
#define J (1U << RECEIVER_JOURNAL)

/* Of a host that is looked up, and of an address in brackets. */
#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"
#define IPV6_CHARACTERS "0123456789abcdefABCDEF:."
#define PORT_MAX 65535

static const struct {
	const char *key;
	unsigned types; /* that have it */
} keys[] = {
	{ "type", W | M | A | C | J },
	{ "url", W | M | A },
	{ "ca_file", W | M | A },
	{ "timeout", W | M | A | C },
	{ "detail", W | M | C },
	{ "digest_above", W | M | C | J },
	{ "bearer_token_file", W | A },
	{ "signing_key_file", W },
	{ "from", M },
	{ "to", M },
	{ "own_domains", M },
	{ "starttls", M },
	{ "user", M },
	{ "password_file", M },
	{ "command", C },
};

bool
receiver_knows(enum receiver_type type, const char *key)
{
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		if (strcmp(keys[i].key, key) == 0)
			return (keys[i].types >> type & 1U) != 0;
	}
	return false;
}

static bool
begins_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

/* The part of a URL after its scheme, or null if the scheme is another one. */
static const char *
after_scheme(const char *url, const char *scheme)
{
	if (!begins_with(url, scheme) || !begins_with(url + strlen(scheme), "://"))
		return NULL;
	return url + strlen(scheme) + 3;
}

bool
receiver_has_name(const char *name)
{
	return text_is_word(name) && strlen(name) < sizeof((struct receiver *)NULL)->name;
}

/* What follows the host at ${at}, null where that is none: a name, an address, or one of IPv6 in brackets. */
static const char *
after_host(const char *at)
{
	size_t host = strspn(at, NAME_CHARACTERS);

	if (host > 0)
		return at + host;
	host = at[0] == '[' ? strspn(at + 1, IPV6_CHARACTERS) : 0;
	return host > 0 && at[1 + host] == ']' ? at + host + 2 : NULL;
}

/* Nothing, or a colon and a port, and then the end or a path. */
static bool
usable_port(const char *at)
{
	int port = 0;

	if (at[0] == ':') {
		for (at++; at[0] >= '0' && at[0] <= '9' && port <= PORT_MAX; at++)
			port = port * 10 + (at[0] - '0');
		if (port < 1 || port > PORT_MAX)
			return false;
	}
	return at[0] == '\0' || at[0] == '/' || at[0] == '?';
}

/* No user or password before the host, and nothing that only a browser would understand. */
static bool
usable_url(const char *url, const char *scheme, const char *other_scheme)
{
	const char *at = after_scheme(url, scheme);

	if (at == NULL)
		at = after_scheme(url, other_scheme);
	at = at == NULL ? NULL : after_host(at);
	return at != NULL && usable_port(at) && text_is_word(url) && strchr(at, '#') == NULL;
}

/* Parts with a dot between them (RFC 5322: dot-atom), ${bytes} long, none of them empty. */
static bool
is_dotted(const char *at, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++) {
		if (at[i] == '.' && (i == 0 || i + 1 == bytes || at[i - 1] == '.'))
			return false;
	}
	return bytes > 0;
}

/* Letters, digits, - and _ alone: the Message-ID ends in the sender's. */
static bool
usable_domain(const char *domain)
{
	for (const char *at = domain; *at != '\0'; at++) {
		bool plain = (*at >= '0' && *at <= '9') || (*at >= 'A' && *at <= 'Z') ||
			     (*at >= 'a' && *at <= 'z') || strchr("-_.", *at) != NULL;

		if (!plain)
			return false;
	}
	return is_dotted(domain, strlen(domain));
}

static bool
usable_address(const char *address)
{
	size_t local = strcspn(address, "@");

	return address[local] == '@' && is_dotted(address, local) && text_is_word(address) &&
	       address[strcspn(address, "<>()[],;:\\\"")] == '\0' &&
	       usable_domain(address + local + 1);
}

/* A name that only begins like one is not. */
bool
receiver_is_here(const char *url)
{
	const char *host = strstr(url, "://");
	size_t length;

	host = host == NULL ? url : host + 3;
	if (begins_with(host, "[::1]"))
		return true;
	length = strcspn(host, ":/?#");
	if (length == strlen("localhost") && begins_with(host, "localhost"))
		return true;
	return begins_with(host, "127.") && strspn(host, "0123456789.") == length;
}

bool
receiver_may_lack_tls(const struct receiver *receiver)
{
	return receiver->type == RECEIVER_MAIL && !receiver->tls_said &&
	       receiver->user[0] == '\0' && receiver_is_here(receiver->url) &&
	       after_scheme(receiver->url, "smtps") == NULL;
}

bool
receiver_is_credential(const char *file)
{
	return file[0] != '\0' && strchr(file, '/') == NULL;
}

static bool
refuse(struct fault *fault, const struct receiver *receiver, const char *why)
{
	fault_set(fault, FAULT_CONFIG, "receiver '%s' %s", receiver->name, why);
	return false;
}

/* A secret is named by where it is: a path that does not depend on where the daemon was started, or a credential. */
static bool
check_secret(
    const struct receiver *receiver, const char *key, const char *file, struct fault *fault)
{
	if (file[0] == '/' || (receiver_is_credential(file) && file[0] != '.'))
		return true;
	fault_set(fault, FAULT_CONFIG,
	    "receiver '%s' has an unusable %s; write an absolute path, or the bare name of a systemd credential",
	    receiver->name, key);
	return false;
}

static bool
check_signing_keys(const struct receiver *receiver, struct fault *fault)
{
	for (int i = 0; i < receiver->signing_key_count; i++) {
		if (!check_secret(
			receiver, "signing_key_file", receiver->signing_key_file[i], fault))
			return false;
	}
	return true;
}

static bool
check_http(const struct receiver *receiver, struct fault *fault)
{
	if (receiver->url[0] == '\0')
		return refuse(fault, receiver, "has no url; write where it is to be posted to");
	if (!usable_url(receiver->url, "http", "https"))
		return refuse(fault, receiver,
		    "has an unusable url; write http://HOST:PORT/... or https://HOST/..., without a user, a password or a #");
	if (receiver->type == RECEIVER_ALERTMANAGER &&
	    (strchr(receiver->url, '?') != NULL || strstr(receiver->url, "/api/v2") != NULL))
		return refuse(fault, receiver,
		    "has a url behind which /api/v2/alerts cannot be put; leave out what follows the place of Alertmanager");
	if (receiver->bearer_token_file[0] != '\0' &&
	    !check_secret(receiver, "bearer_token_file", receiver->bearer_token_file, fault))
		return false;
	if (receiver->bearer_token_file[0] != '\0' &&
	    after_scheme(receiver->url, "https") == NULL && !receiver_is_here(receiver->url))
		return refuse(fault, receiver, "would send its token in clear text; use https://");
	return check_signing_keys(receiver, fault);
}

static bool
check_addresses(const struct receiver *receiver, struct fault *fault)
{
	if (!usable_address(receiver->from))
		return refuse(fault, receiver, "needs from, one mail address");
	if (receiver->to_count == 0)
		return refuse(fault, receiver, "needs to, a list of mail addresses");
	for (int i = 0; i < receiver->to_count; i++) {
		if (!usable_address(receiver->to[i]))
			return refuse(
			    fault, receiver, "has something in to that is no mail address");
	}
	for (int i = 0; i < receiver->own_domains_count; i++) {
		if (!usable_domain(receiver->own_domains[i]))
			return refuse(fault, receiver,
			    "has something in own_domains that is no domain; write \"jail.example\"");
	}
	return true;
}

static bool
check_login(const struct receiver *receiver, struct fault *fault)
{
	bool user = receiver->user[0] != '\0', password = receiver->password_file[0] != '\0';

	if (user != password)
		return refuse(fault, receiver, "needs both user and password_file, or neither");
	if (!user)
		return true;
	if (!text_is_word(receiver->user))
		return refuse(fault, receiver, "has blanks in user");
	if (receiver->tls == TLS_OFF && after_scheme(receiver->url, "smtps") == NULL)
		return refuse(fault, receiver,
		    "has a password and starttls = \"off\"; passwords go over TLS only");
	return check_secret(receiver, "password_file", receiver->password_file, fault);
}

static bool
check_mail(const struct receiver *receiver, struct fault *fault)
{
	if (receiver->url[0] == '\0')
		return refuse(fault, receiver, "has no url; mail needs smtp://HOST:PORT");
	if (!usable_url(receiver->url, "smtp", "smtps"))
		return refuse(fault, receiver,
		    "has an unusable url; write smtp://HOST:PORT or smtps://HOST:PORT, without a user or password");
	if (receiver->tls == TLS_OFF && !receiver_is_here(receiver->url))
		return refuse(fault, receiver,
		    "has starttls = \"off\"; that is allowed to this host itself only");
	return check_addresses(receiver, fault) && check_login(receiver, fault);
}

static bool
check_command(const struct receiver *receiver, struct fault *fault)
{
	if (receiver->command_count == 0)
		return refuse(fault, receiver,
		    "has no command; write command = { \"/path/of/program\", \"argument\" }");
	if (receiver->command[0][0] != '/')
		return refuse(fault, receiver,
		    "has a command that is no absolute path; no shell looks it up");
	return true;
}

static bool
check_type(const struct receiver *receiver, struct fault *fault)
{
	switch (receiver->type) {
	case RECEIVER_WEBHOOK:
	case RECEIVER_ALERTMANAGER: return check_http(receiver, fault);
	case RECEIVER_MAIL: return check_mail(receiver, fault);
	case RECEIVER_COMMAND: return check_command(receiver, fault);
	case RECEIVER_JOURNAL: return true;
	case RECEIVER_TYPES: break;
	}
	return refuse(fault, receiver, "has no type; it is one of " CONF_TYPES);
}

bool
receiver_check(const struct receiver *receiver, struct fault *fault)
{
	if (!receiver_has_name(receiver->name))
		return refuse(fault, receiver, "needs a name without blanks");
	if (receiver->timeout.us < span_of_ms(100).us ||
	    receiver->timeout.us > span_of_ms(60000).us)
		return refuse(fault, receiver, "has a timeout outside 100ms to 60s");
	if (receiver->ca_file[0] != '\0' && receiver->ca_file[0] != '/')
		return refuse(fault, receiver, "has a ca_file that is no absolute path");
	return check_type(receiver, fault);
}
