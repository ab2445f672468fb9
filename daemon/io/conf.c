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
#include "io/conf_keys.h"
#include "io/conf_section.h"
#include "io/conf_text.h"

#include "core/banned.h"

#define DEFAULT_PATH SYSCONFDIR "/detainerd/detainerd.conf"

/* Where the first error of the file being read goes; later ones only follow from it. */
static struct fault *first_error;

/* libconfuse's own words for the one error that is better said in ours. */
#define DUPLICATE "found duplicate title"

static void
keep_error(cfg_t *cfg, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

static void
keep_error(cfg_t *cfg, const char *format, va_list arguments)
{
	char words[320];
	struct text text;

	if (first_error == NULL || first_error->class != FAULT_NONE)
		return;
	text_init(&text, words, sizeof words);
	if (strncmp(format, DUPLICATE, strlen(DUPLICATE)) == 0) {
		format += strlen(DUPLICATE);
		text_add(&text, "there is a receiver already of the name");
	}
	text_addv(&text, format, arguments);
	if (cfg != NULL && cfg->filename != NULL && cfg->line > 0)
		fault_set(first_error, FAULT_CONFIG, "%s:%d: %s", cfg->filename, cfg->line, words);
	else
		fault_set(first_error, FAULT_CONFIG, "%s", words);
}

static bool
read_all(struct conf *conf, cfg_t *cfg)
{
	unsigned count = cfg_size(cfg, "receiver");

	if (!conf_section_take(conf->conninfo, sizeof conf->conninfo, cfg, "conninfo") ||
	    !conf_section_take(conf->name, sizeof conf->name, cfg, "name") ||
	    !conf_section_take(
		conf->metrics_listen, sizeof conf->metrics_listen, cfg, "metrics_listen"))
		return false;
	conf->sweep = conf_section_span(cfg, "sweep");
	conf->lease = conf_section_span(cfg, "lease");
	conf->connect_timeout = conf_section_span(cfg, "connect_timeout");
	conf->statement_timeout = conf_section_span(cfg, "statement_timeout");
	conf->stop_timeout = conf_section_span(cfg, "stop_timeout");
	conf->max_in_flight = (int)cfg_getint(cfg, "max_in_flight");
	if (count > CONF_RECEIVERS_MAX) {
		cfg_error(cfg, "more than %d receivers", CONF_RECEIVERS_MAX);
		return false;
	}
	for (unsigned i = 0; i < count; i++) {
		if (!conf_section_read(&conf->receivers[i], cfg_getnsec(cfg, "receiver", i)))
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

/* False with errno where the text cannot be had; what libconfuse thinks of it goes to ${ret_result}. */
static bool
parse_file(cfg_t *cfg, FILE *file, int *ret_result)
{
	struct conf_text text = { 0 };
	bool read = conf_text_read(&text, file);
	FILE *stripped = read ? fmemopen(text.at, text.bytes, "r") : NULL;

	if (stripped != NULL) {
		*ret_result = cfg_parse_fp(cfg, stripped);
		(void)fclose(stripped);
		if (text.unclosed != NULL && *ret_result == CFG_SUCCESS) {
			fault_set(first_error, FAULT_CONFIG, "%s: a %s is never closed",
			    cfg->filename, text.unclosed);
			*ret_result = CFG_PARSE_ERROR;
		}
	}
	conf_text_fini(&text);
	return stripped != NULL;
}

/* What to do about a file that cannot be read. */
static const char *
fix_for(int error)
{
	if (error == EACCES)
		return "; give the command as root, or as a user who may read the file";
	return error == ENOENT ? "; name the file with --config" : "";
}

static bool
parse(cfg_t *cfg, const char *path)
{
	FILE *file = open_file(path);
	int result = CFG_PARSE_ERROR;

	free(cfg->filename);
	cfg->filename = strdup(path);
	if (file == NULL || !parse_file(cfg, file, &result))
		fault_set(first_error, FAULT_CONFIG, "cannot read '%s': %s%s", path,
		    strerror(errno), fix_for(errno));
	if (file != NULL)
		(void)fclose(file);
	return result == CFG_SUCCESS;
}

static cfg_t *
describe(void)
{
	cfg_opt_t options[] = {
		CFG_STR("conninfo", "", CFGF_NONE),
		CFG_STR("name", "", CFGF_NONE),
		CFG_STR("sweep", "5s", CFGF_NONE),
		CFG_STR("lease", "30s", CFGF_NONE),
		CFG_STR("connect_timeout", "10s", CFGF_NONE),
		CFG_STR("statement_timeout", "5s", CFGF_NONE),
		CFG_STR("stop_timeout", "5s", CFGF_NONE),
		CFG_INT("max_in_flight", 64, CFGF_NONE),
		CFG_STR("metrics_listen", "", CFGF_NONE),
		CFG_SEC("receiver", conf_section_options(),
		    CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES),
		CFG_END(),
	};
	cfg_t *cfg = cfg_init(options, CFGF_NONE);

	if (cfg == NULL)
		return NULL;
	(void)cfg_set_error_function(cfg, keep_error);
	for (const cfg_opt_t *option = options; option->name != NULL; option++)
		(void)cfg_set_validate_func(cfg, option->name, conf_section_check);
	conf_section_watch(cfg);
	return cfg;
}

/* Reads into ${conf} by ${cfg}, which may be NULL, and checks the whole. */
static bool
read_checked(struct conf *conf, cfg_t *cfg, const char *path, struct fault *fault)
{
	struct fault whole;
	bool read;

	*fault = (struct fault){ .class = FAULT_NONE };
	first_error = fault;
	conf_init(conf);
	read = cfg != NULL && parse(cfg, path) && read_all(conf, cfg);
	first_error = NULL;
	if (!read && fault->class == FAULT_NONE)
		fault_set(fault, FAULT_CONFIG, "cannot read '%s'", path);
	if (!read)
		return false;
	default_name(conf);
	if (conf_check(conf, &whole))
		return true;
	fault_set(fault, FAULT_CONFIG, "%s: %s", path, whole.text);
	return false;
}

bool
conf_read_keys(
    struct conf *conf, const char *path, const struct conf_teller *teller, struct fault *fault)
{
	cfg_t *cfg = describe();
	bool read = read_checked(conf, cfg, path, fault);

	if (read && teller != NULL)
		conf_keys_tell(conf, cfg, teller);
	if (cfg != NULL)
		(void)cfg_free(cfg);
	return read;
}

bool
conf_read(struct conf *conf, const char *path, struct fault *fault)
{
	return conf_read_keys(conf, path, NULL, fault);
}

const char *
conf_path(const char *given)
{
	const char *path = given != NULL ? given : getenv("DETAINERD_CONFIG");

	return path != NULL && path[0] != '\0' ? path : DEFAULT_PATH;
}
