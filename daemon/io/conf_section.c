/* SPDX-License-Identifier: MIT */
/*
 * conf_section.c: the section of a receiver. Keys are noted with their lines
 * as they are read, for only at the closing brace is it known which of them
 * the receiver's type has. Called by conf.c and conf_keys.c.
 */
#include "io/conf_section.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/receiver.h"
#include "core/text.h"

#include "core/banned.h"

bool
conf_section_is_span(const char *key)
{
	static const char *const spans[] = { "sweep", "lease", "connect_timeout",
		"statement_timeout", "stop_timeout", "timeout" };

	for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++) {
		if (strcmp(spans[i], key) == 0)
			return true;
	}
	return false;
}

int
conf_section_line(cfg_opt_t *opt)
{
	int64_t line = 0;

	if (cfg_opt_getcomment(opt) == NULL || !text_to_int64(cfg_opt_getcomment(opt), &line))
		return 0;
	return (int)line;
}

static bool
is_list(const cfg_opt_t *opt)
{
	return (opt->flags & CFGF_LIST) != 0;
}

/*
 * libconfuse forgets where a value stood: the line is kept as the option's
 * comment. Of a list, that of its first value. It would also let the last of
 * two values win in silence: false, and said. Known weakness: not of two lists,
 * for it asks of each list again where that ends.
 */
static bool
note_line(cfg_t *cfg, cfg_opt_t *opt)
{
	char line[16];

	if (cfg_opt_size(opt) > 1)
		return true;
	if (conf_section_line(opt) > 0 && !is_list(opt)) {
		cfg_error(
		    cfg, "%s stands twice, first in line %d", opt->name, conf_section_line(opt));
		return false;
	}
	(void)snprintf(line, sizeof line, "%d", cfg->line);
	(void)cfg_opt_setcomment(opt, line);
	return true;
}

static int
check_span(cfg_t *cfg, cfg_opt_t *opt)
{
	struct span length;

	if (text_to_span(cfg_opt_getstr(opt), &length))
		return 0;
	cfg_error(cfg,
	    "%s is no length of time: '%s'. Write a number and ms, s, min or h, as in \"5s\"",
	    opt->name, cfg_opt_getstr(opt));
	return -1;
}

static int
check_type(cfg_t *cfg, cfg_opt_t *opt)
{
	enum receiver_type type;

	if (conf_receiver_type(cfg_opt_getstr(opt), &type))
		return 0;
	cfg_error(
	    cfg, "no such type of receiver: '%s'. It is one of " CONF_TYPES, cfg_opt_getstr(opt));
	return -1;
}

static int
check_tls(cfg_t *cfg, cfg_opt_t *opt)
{
	enum receiver_tls tls;

	if (conf_receiver_tls(cfg_opt_getstr(opt), &tls))
		return 0;
	cfg_error(cfg, "starttls is \"required\" or \"off\", not '%s'", cfg_opt_getstr(opt));
	return -1;
}

static int
check_detail(cfg_t *cfg, cfg_opt_t *opt)
{
	enum conf_detail detail;

	if (conf_receiver_detail(cfg_opt_getstr(opt), &detail))
		return 0;
	cfg_error(cfg, "detail is \"full\" or \"minimal\", not '%s'", cfg_opt_getstr(opt));
	return -1;
}

static int
check_digest_above(cfg_t *cfg, cfg_opt_t *opt)
{
	int above;

	if (conf_receiver_digest_above(cfg_opt_getstr(opt), &above))
		return 0;
	cfg_error(cfg, "digest_above is a number from 1 to 100000 or \"never\", not '%s'",
	    cfg_opt_getstr(opt));
	return -1;
}

int
conf_section_check(cfg_t *cfg, cfg_opt_t *opt)
{
	if (!note_line(cfg, opt))
		return -1;
	return conf_section_is_span(opt->name) ? check_span(cfg, opt) : 0;
}

/* A value that was written here may be in backups and in histories: it must be replaced, not moved. */
static int
refuse_secret(cfg_t *cfg, cfg_opt_t *opt)
{
	cfg_error(cfg,
	    "a %s never stands in this file. Change it, put the new one into a file of its own and write %s_file = \"/path\"",
	    opt->name, opt->name);
	return -1;
}

/* A value that is too long must not be cut in silence. */
bool
conf_section_take(char *to, size_t bytes, cfg_t *cfg, const char *key)
{
	const char *value = cfg_getstr(cfg, key);

	if (value == NULL || text_copy(to, bytes, value))
		return true;
	cfg_error(cfg, "%s is too long; it may have %d characters", key, (int)bytes - 1);
	return false;
}

/* A list of texts, as rows of equal width. */
struct rows {
	char *at;
	size_t bytes; /* of a row */
	int most;
	int *count;
};

#define ROWS(array, number) \
	{ \
		array[0], sizeof array[0], (int)(sizeof array / sizeof array[0]), &number \
	}

static bool
take_list(const struct rows *rows, cfg_t *section, const char *key)
{
	unsigned count = cfg_size(section, key);

	if (count > (unsigned)rows->most) {
		cfg_error(section, "%s has more than %d values", key, rows->most);
		return false;
	}
	for (unsigned i = 0; i < count; i++) {
		if (!text_copy(
			rows->at + i * rows->bytes, rows->bytes, cfg_getnstr(section, key, i))) {
			cfg_error(section,
			    "%s has a value that is too long; it may have %d characters", key,
			    (int)rows->bytes - 1);
			return false;
		}
	}
	*rows->count = (int)count;
	return true;
}

static bool
take_lists(struct receiver *receiver, cfg_t *section)
{
	const struct rows to = ROWS(receiver->to, receiver->to_count);
	const struct rows domains = ROWS(receiver->own_domains, receiver->own_domains_count);
	const struct rows keys = ROWS(receiver->signing_key_file, receiver->signing_key_count);
	const struct rows command = ROWS(receiver->command, receiver->command_count);

	return take_list(&to, section, "to") && take_list(&domains, section, "own_domains") &&
	       take_list(&keys, section, "signing_key_file") &&
	       take_list(&command, section, "command");
}

struct span
conf_section_span(cfg_t *cfg, const char *key)
{
	struct span length = { 0 };

	if (!text_to_span(cfg_getstr(cfg, key), &length)) /* was checked when it was read */
		abort();
	return length;
}

static bool
take_words(struct receiver *receiver, cfg_t *section)
{
	const char *tls = cfg_getstr(section, "starttls");
	const char *detail = cfg_getstr(section, "detail");
	const char *above = cfg_getstr(section, "digest_above");

	receiver->detail_said = detail != NULL;
	receiver->tls_said = tls != NULL;
	receiver->timeout = conf_section_span(section, "timeout");
	return (tls == NULL || conf_receiver_tls(tls, &receiver->tls)) &&
	       (detail == NULL || conf_receiver_detail(detail, &receiver->detail)) &&
	       (above == NULL || conf_receiver_digest_above(above, &receiver->digest_above));
}

bool
conf_section_read(struct receiver *receiver, cfg_t *section)
{
	const char *word = cfg_getstr(section, "type");
	enum receiver_type type = RECEIVER_TYPES;

	if (word != NULL && !conf_receiver_type(word, &type))
		return false;
	conf_receiver_init(receiver, cfg_title(section), type);
	if (strlen(cfg_title(section)) >= sizeof receiver->name) {
		cfg_error(section, "the receiver's name is too long");
		return false;
	}
	return take_words(receiver, section) &&
	       conf_section_take(receiver->url, sizeof receiver->url, section, "url") &&
	       conf_section_take(receiver->ca_file, sizeof receiver->ca_file, section, "ca_file") &&
	       conf_section_take(receiver->from, sizeof receiver->from, section, "from") &&
	       conf_section_take(receiver->user, sizeof receiver->user, section, "user") &&
	       conf_section_take(receiver->password_file, sizeof receiver->password_file, section,
		   "password_file") &&
	       conf_section_take(receiver->bearer_token_file, sizeof receiver->bearer_token_file,
		   section, "bearer_token_file") &&
	       take_lists(receiver, section);
}

/* The keys of a receiver's section. */
static const struct {
	const char *name;
	cfg_validate_callback_t check;
} receiver_keys[] = {
	{ "type", check_type },
	{ "url", NULL },
	{ "ca_file", NULL },
	{ "from", NULL },
	{ "to", NULL },
	{ "own_domains", NULL },
	{ "starttls", check_tls },
	{ "user", NULL },
	{ "password_file", NULL },
	{ "bearer_token_file", NULL },
	{ "signing_key_file", NULL },
	{ "command", NULL },
	{ "detail", check_detail },
	{ "digest_above", check_digest_above },
	{ "timeout", check_span },
	{ "password", refuse_secret },
	{ "bearer_token", refuse_secret },
	{ "signing_key", refuse_secret },
};

#define KEYS (sizeof receiver_keys / sizeof receiver_keys[0])

/* Called for every value of a receiver, in the order of the file. */
static int
check_key(cfg_t *section, cfg_opt_t *opt)
{
	for (size_t i = 0; i < KEYS; i++) {
		if (strcmp(receiver_keys[i].name, opt->name) != 0)
			continue;
		if (!note_line(section, opt))
			return -1;
		return receiver_keys[i].check == NULL ? 0 : receiver_keys[i].check(section, opt);
	}
	return 0;
}

static bool
knows_its_keys(const struct receiver *receiver, cfg_t *section)
{
	for (size_t i = 0; i < KEYS; i++) {
		int line = conf_section_line(cfg_getopt(section, receiver_keys[i].name));

		if (line == 0 || receiver->type == RECEIVER_TYPES ||
		    receiver_knows(receiver->type, receiver_keys[i].name))
			continue;
		section->line = line;
		cfg_error(section, "receiver '%s' is of type %s, which has no key '%s'",
		    receiver->name, conf_type_name(receiver->type), receiver_keys[i].name);
		return false;
	}
	return true;
}

/* Called when the section's closing brace has been read. */
static int
check_receiver(cfg_t *cfg, cfg_opt_t *opt)
{
	cfg_t *section = cfg_opt_getnsec(opt, cfg_opt_size(opt) - 1);
	struct receiver receiver;
	struct fault fault;

	if (!conf_section_read(&receiver, section) || !knows_its_keys(&receiver, section))
		return -1;
	if (receiver_check(&receiver, &fault))
		return 0;
	cfg_error(cfg, "%s", fault.text);
	return -1;
}

cfg_opt_t *
conf_section_options(void)
{
	static cfg_opt_t options[] = {
		CFG_STR("type", NULL, CFGF_NODEFAULT),
		CFG_STR("url", NULL, CFGF_NODEFAULT),
		CFG_STR("ca_file", NULL, CFGF_NODEFAULT),
		CFG_STR("from", NULL, CFGF_NODEFAULT),
		CFG_STR_LIST("to", NULL, CFGF_NODEFAULT),
		CFG_STR("starttls", NULL, CFGF_NODEFAULT),
		CFG_STR("detail", NULL, CFGF_NODEFAULT),
		CFG_STR("digest_above", NULL, CFGF_NODEFAULT),
		CFG_STR_LIST("own_domains", NULL, CFGF_NODEFAULT),
		CFG_STR("user", NULL, CFGF_NODEFAULT),
		CFG_STR("password_file", NULL, CFGF_NODEFAULT),
		CFG_STR("bearer_token_file", NULL, CFGF_NODEFAULT),
		CFG_STR_LIST("signing_key_file", NULL, CFGF_NODEFAULT),
		CFG_STR_LIST("command", NULL, CFGF_NODEFAULT),
		CFG_STR("timeout", "10s", CFGF_NONE),
		CFG_STR("password", NULL, CFGF_NODEFAULT),
		CFG_STR("bearer_token", NULL, CFGF_NODEFAULT),
		CFG_STR("signing_key", NULL, CFGF_NODEFAULT),
		CFG_END(),
	};

	return options;
}

void
conf_section_watch(cfg_t *cfg)
{
	char key[64];

	for (size_t i = 0; i < KEYS; i++) {
		(void)snprintf(key, sizeof key, "receiver|%s", receiver_keys[i].name);
		(void)cfg_set_validate_func(cfg, key, check_key);
	}
	(void)cfg_set_validate_func(cfg, "receiver", check_receiver);
}
