/* SPDX-License-Identifier: MIT */
/*
 * conf.c: libconfuse. Values are checked while the file is read, so that the
 * message can name the line. libconfuse's error function has no argument for
 * its owner, hence the one static pointer; reading is not reentrant.
 */
#include "io/conf.h"

#include <confuse.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/text.h"

#include "core/banned.h"

#define DEFAULT_PATH SYSCONFDIR "/detainerd/detainerd.conf"

/* Where the first error of the file being read goes; later ones only follow from it. */
static struct fault *first_error;

static void
keep_error(cfg_t *cfg, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

static void
keep_error(cfg_t *cfg, const char *format, va_list arguments)
{
	char words[200];
	struct text text;

	if (first_error == NULL || first_error->class != FAULT_NONE)
		return;
	text_init(&text, words, sizeof words);
	text_addv(&text, format, arguments);
	if (cfg != NULL && cfg->filename != NULL && cfg->line > 0)
		fault_set(first_error, FAULT_CONFIG, "%s:%d: %s", cfg->filename, cfg->line, words);
	else
		fault_set(first_error, FAULT_CONFIG, "%s", words);
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
	cfg_error(cfg,
	    "no such type of receiver: '%s'. It is one of webhook, mail, alertmanager, command, journal",
	    cfg_opt_getstr(opt));
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

/* A value that is too long must not be cut in silence. */
static bool
take(char *to, size_t bytes, cfg_t *cfg, const char *key)
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

static struct span
span_of(cfg_t *cfg, const char *key)
{
	struct span length = { 0 };

	if (!text_to_span(cfg_getstr(cfg, key), &length)) /* was checked when it was read */
		abort();
	return length;
}

static bool
read_receiver(struct receiver *receiver, cfg_t *section)
{
	const char *type_word = cfg_getstr(section, "type");
	const char *tls = cfg_getstr(section, "starttls");
	const char *detail = cfg_getstr(section, "detail");
	const char *above = cfg_getstr(section, "digest_above");
	enum receiver_type type = RECEIVER_TYPES;

	if (type_word != NULL && !conf_receiver_type(type_word, &type))
		return false;
	conf_receiver_init(receiver, cfg_title(section), type);
	if (strlen(cfg_title(section)) >= sizeof receiver->name) {
		cfg_error(section, "the receiver's name is too long");
		return false;
	}
	if (tls != NULL && !conf_receiver_tls(tls, &receiver->tls))
		return false;
	receiver->detail_said = detail != NULL;
	if (detail != NULL && !conf_receiver_detail(detail, &receiver->detail))
		return false;
	if (above != NULL && !conf_receiver_digest_above(above, &receiver->digest_above))
		return false;
	receiver->timeout = span_of(section, "timeout");
	return take(receiver->url, sizeof receiver->url, section, "url") &&
	       take(receiver->ca_file, sizeof receiver->ca_file, section, "ca_file") &&
	       take(receiver->from, sizeof receiver->from, section, "from") &&
	       take(receiver->user, sizeof receiver->user, section, "user") &&
	       take(receiver->password_file, sizeof receiver->password_file, section,
		   "password_file") &&
	       take(receiver->bearer_token_file, sizeof receiver->bearer_token_file, section,
		   "bearer_token_file") &&
	       take_lists(receiver, section);
}

/* Called when the section's closing brace has been read. */
static int
check_receiver(cfg_t *cfg, cfg_opt_t *opt)
{
	cfg_t *section = cfg_opt_getnsec(opt, cfg_opt_size(opt) - 1);
	struct receiver receiver;
	struct fault fault;

	if (!read_receiver(&receiver, section))
		return -1;
	if (conf_check_receiver(&receiver, &fault))
		return 0;
	cfg_error(cfg, "%s", fault.text);
	return -1;
}

static bool
read_all(struct conf *conf, cfg_t *cfg)
{
	unsigned count = cfg_size(cfg, "receiver");

	if (!take(conf->conninfo, sizeof conf->conninfo, cfg, "conninfo") ||
	    !take(conf->name, sizeof conf->name, cfg, "name"))
		return false;
	conf->sweep = span_of(cfg, "sweep");
	conf->lease = span_of(cfg, "lease");
	conf->connect_timeout = span_of(cfg, "connect_timeout");
	conf->statement_timeout = span_of(cfg, "statement_timeout");
	conf->stop_timeout = span_of(cfg, "stop_timeout");
	conf->max_in_flight = (int)cfg_getint(cfg, "max_in_flight");
	if (count > CONF_RECEIVERS_MAX) {
		cfg_error(cfg, "more than %d receivers", CONF_RECEIVERS_MAX);
		return false;
	}
	for (unsigned i = 0; i < count; i++) {
		if (!read_receiver(&conf->receivers[i], cfg_getnsec(cfg, "receiver", i)))
			return false;
	}
	conf->receivers_count = (int)count;
	return true;
}

static void
default_name(struct conf *conf)
{
	if (conf->name[0] == '\0' && gethostname(conf->name, sizeof conf->name - 1) != 0)
		(void)text_copy(conf->name, sizeof conf->name, "detainerd");
}

/* The scanner of libconfuse ends the whole program where it cannot read, as from a directory. */
static FILE *
open_file(const char *path)
{
	FILE *file = fopen(path, "re");
	struct stat status;

	if (file == NULL || (fstat(fileno(file), &status) == 0 && !S_ISDIR(status.st_mode)))
		return file;
	(void)fclose(file);
	errno = EISDIR;
	return NULL;
}

static bool
parse(cfg_t *cfg, const char *path)
{
	FILE *file = open_file(path);
	int result;

	if (file == NULL) {
		fault_set(first_error, FAULT_CONFIG, "cannot read '%s': %s", path, strerror(errno));
		return false;
	}
	free(cfg->filename);
	cfg->filename = strdup(path);
	result = cfg_parse_fp(cfg, file);
	(void)fclose(file);
	return result == CFG_SUCCESS;
}

static cfg_t *
describe(void)
{
	static cfg_opt_t receiver[] = {
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
		CFG_END(),
	};
	static cfg_opt_t options[] = {
		CFG_STR("conninfo", "", CFGF_NONE),
		CFG_STR("name", "", CFGF_NONE),
		CFG_STR("sweep", "5s", CFGF_NONE),
		CFG_STR("lease", "30s", CFGF_NONE),
		CFG_STR("connect_timeout", "10s", CFGF_NONE),
		CFG_STR("statement_timeout", "5s", CFGF_NONE),
		CFG_STR("stop_timeout", "5s", CFGF_NONE),
		CFG_INT("max_in_flight", 64, CFGF_NONE),
		CFG_SEC("receiver", receiver, CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES),
		CFG_END(),
	};
	static const char *const spans[] = { "sweep", "lease", "connect_timeout",
		"statement_timeout", "stop_timeout", "receiver|timeout" };
	cfg_t *cfg = cfg_init(options, CFGF_NONE);

	if (cfg == NULL)
		return NULL;
	(void)cfg_set_error_function(cfg, keep_error);
	for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++)
		(void)cfg_set_validate_func(cfg, spans[i], check_span);
	(void)cfg_set_validate_func(cfg, "receiver|type", check_type);
	(void)cfg_set_validate_func(cfg, "receiver|starttls", check_tls);
	(void)cfg_set_validate_func(cfg, "receiver|detail", check_detail);
	(void)cfg_set_validate_func(cfg, "receiver|digest_above", check_digest_above);
	(void)cfg_set_validate_func(cfg, "receiver", check_receiver);
	return cfg;
}

static bool
fail(struct fault *fault, const char *path)
{
	if (fault->class == FAULT_NONE)
		fault_set(fault, FAULT_CONFIG, "cannot read '%s'", path);
	return false;
}

bool
conf_read(struct conf *conf, const char *path, struct fault *fault)
{
	struct fault whole;
	cfg_t *cfg;
	bool read;

	*fault = (struct fault){ .class = FAULT_NONE };
	first_error = fault;
	conf_init(conf);
	cfg = describe();
	read = cfg != NULL && parse(cfg, path) && read_all(conf, cfg);
	if (cfg != NULL)
		(void)cfg_free(cfg);
	first_error = NULL;
	if (!read)
		return fail(fault, path);
	default_name(conf);
	if (conf_check(conf, &whole))
		return true;
	fault_set(fault, FAULT_CONFIG, "%s: %s", path, whole.text);
	return false;
}

const char *
conf_path(const char *given)
{
	const char *path = given != NULL ? given : getenv("DETAINERD_CONFIG");

	return path != NULL && path[0] != '\0' ? path : DEFAULT_PATH;
}
