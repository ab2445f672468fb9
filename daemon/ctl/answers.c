/* SPDX-License-Identifier: MIT */
/*
 * answers.c: the file of answers, on libconfuse as the daemon's configuration is, and the five questions. Called by
 * setup; knows no database. libconfuse's error function has no argument for its owner, hence the one static text.
 */
#include "ctl/answers.h"

#include <confuse.h>
#include <errno.h>
#include <netdb.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/text.h"

/* ---- what can be answered ---- */

static bool
is_tellable(const char *whom)
{
	return strcmp(whom, "journal") == 0 || strncmp(whom, "https://", 8) == 0 ||
	       strncmp(whom, "http://", 7) == 0 ||
	       (strchr(whom, '@') != NULL && strchr(whom, ' ') == NULL && whom[0] != '@');
}

/* Bytes that a line of the configuration could not hold. */
static bool
is_clean(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f || *text == '"' || *text == '\\' ||
		    *text == '$')
			return false;
	return true;
}

/* The zone of this host, for a proposal; "" if it cannot be had. */
static void
zone_of_host(char *zone, size_t bytes)
{
	char target[512];
	ssize_t length = readlink("/etc/localtime", target, sizeof target - 1);

	zone[0] = '\0';
	if (length <= 0)
		return;
	target[length] = '\0';
	const char *at = strstr(target, "zoneinfo/");
	if (at != NULL && strchr(at + 9, '/') != NULL && strncmp(at + 9, "Etc/", 4) != 0)
		(void)text_copy(zone, bytes, at + 9);
}

static void
begin(struct answers *answers)
{
	char host[96] = "localhost";

	*answers = (struct answers){ 0 };
	(void)gethostname(host, sizeof host - 1);
	(void)text_copy(answers->database, sizeof answers->database, "dbname=jail");
	(void)text_copy(answers->mail_server, sizeof answers->mail_server, "smtp://127.0.0.1");
	snprintf(answers->mail_from, sizeof answers->mail_from, "detainerd@%s", host);
}

/* ---- a file ---- */

static char first_error[1024];

static void
keep_error(cfg_t *cfg, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));

static void
keep_error(cfg_t *cfg, const char *format, va_list arguments)
{
	char words[512];

	if (first_error[0] != '\0')
		return;
	vsnprintf(words, sizeof words, format, arguments);
	if (cfg != NULL && cfg->filename != NULL && cfg->line > 0)
		snprintf(
		    first_error, sizeof first_error, "%s:%d: %s", cfg->filename, cfg->line, words);
	else
		snprintf(first_error, sizeof first_error, "%s", words);
}

static int
check_text(cfg_t *cfg, cfg_opt_t *opt)
{
	const char *text = cfg_opt_getnstr(opt, cfg_opt_size(opt) - 1);

	if (is_clean(text) && text[strspn(text, " ")] != '\0')
		return 0;
	cfg_error(cfg, "%s is empty, or holds a quote, a backslash, a $ or a control character",
	    opt->name);
	return -1;
}

static int
check_tell(cfg_t *cfg, cfg_opt_t *opt)
{
	const char *whom = cfg_opt_getnstr(opt, cfg_opt_size(opt) - 1);

	if (check_text(cfg, opt) != 0)
		return -1;
	if (is_tellable(whom))
		return 0;
	cfg_error(
	    cfg, "cannot tell '%s': write a mail address, a web address or \"journal\"", whom);
	return -1;
}

struct place {
	const char *key;
	char *at;
	size_t bytes;
};

static bool
take(const struct place *place, cfg_t *cfg)
{
	const char *value = cfg_getstr(cfg, place->key);

	if (value == NULL || text_copy(place->at, place->bytes, value))
		return true;
	cfg_error(
	    cfg, "%s is too long; it may have %d characters", place->key, (int)place->bytes - 1);
	return false;
}

static bool
take_row(cfg_t *cfg, const char *key, unsigned index, char *at, size_t bytes)
{
	if (text_copy(at, bytes, cfg_getnstr(cfg, key, index)))
		return true;
	cfg_error(
	    cfg, "%s has a value that is too long; it may have %d characters", key, (int)bytes - 1);
	return false;
}

static bool
take_lists(struct answers *answers, cfg_t *cfg)
{
	unsigned tell = cfg_size(cfg, "tell"), domains = cfg_size(cfg, "own_domains");

	if (tell > ANSWERS_TELL_MAX || domains > 8) {
		cfg_error(cfg, "tell has more than %d values, or own_domains more than 8",
		    ANSWERS_TELL_MAX);
		return false;
	}
	for (unsigned i = 0; i < tell; i++)
		if (!take_row(cfg, "tell", i, answers->tell[i], sizeof answers->tell[i]))
			return false;
	for (unsigned i = 0; i < domains; i++)
		if (!take_row(cfg, "own_domains", i, answers->own_domains[i],
			sizeof answers->own_domains[i]))
			return false;
	answers->tell_count = (int)tell;
	answers->own_domains_count = (int)domains;
	return true;
}

static bool
take_all(struct answers *answers, cfg_t *cfg)
{
	const struct place places[] = {
		{ "database", answers->database, sizeof answers->database },
		{ "facility", answers->facility, sizeof answers->facility },
		{ "name", answers->name, sizeof answers->name },
		{ "jurisdiction", answers->jurisdiction, sizeof answers->jurisdiction },
		{ "time_zone", answers->time_zone, sizeof answers->time_zone },
		{ "mail_server", answers->mail_server, sizeof answers->mail_server },
		{ "mail_from", answers->mail_from, sizeof answers->mail_from },
	};

	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
		if (!take(&places[i], cfg))
			return false;
	return take_lists(answers, cfg);
}

static cfg_t *
describe(void)
{
	static cfg_opt_t options[] = {
		CFG_STR("database", NULL, CFGF_NODEFAULT),
		CFG_STR("facility", NULL, CFGF_NODEFAULT),
		CFG_STR("name", NULL, CFGF_NODEFAULT),
		CFG_STR("jurisdiction", NULL, CFGF_NODEFAULT),
		CFG_STR("time_zone", NULL, CFGF_NODEFAULT),
		CFG_STR_LIST("tell", NULL, CFGF_NODEFAULT),
		CFG_STR("mail_server", NULL, CFGF_NODEFAULT),
		CFG_STR("mail_from", NULL, CFGF_NODEFAULT),
		CFG_STR_LIST("own_domains", NULL, CFGF_NODEFAULT),
		CFG_END(),
	};
	cfg_t *cfg = cfg_init(options, CFGF_NONE);

	if (cfg == NULL)
		return NULL;
	(void)cfg_set_error_function(cfg, keep_error);
	for (const cfg_opt_t *opt = options; opt->name != NULL; opt++)
		(void)cfg_set_validate_func(
		    cfg, opt->name, strcmp(opt->name, "tell") == 0 ? check_tell : check_text);
	return cfg;
}

/* What nobody can guess has to be answered. */
static enum say_status
check_complete(const struct answers *answers, const char *path)
{
	const char *missing = answers->facility[0] == '\0'       ? "facility"
			      : answers->jurisdiction[0] == '\0' ? "jurisdiction"
			      : answers->time_zone[0] == '\0'    ? "time_zone"
			      : answers->tell_count == 0         ? "tell"
								 : NULL;

	if (missing == NULL)
		return SAY_OK;
	return say(SAY_CONFIG,
	    "cannot use the answers: %s: there is no %s. detainerctl(1) has an example.", path,
	    missing);
}

/* To the first answer, past the mark that some editors put before it. */
static void
rewind_to_words(FILE *file)
{
	char mark[3];

	rewind(file);
	if (fread(mark, 1, sizeof mark, file) != sizeof mark ||
	    memcmp(mark, "\xef\xbb\xbf", sizeof mark) != 0)
		rewind(file);
}

enum say_status
answers_read(struct answers *answers, const char *path)
{
	FILE *file = fopen(path, "re");

	begin(answers);
	if (file == NULL || fgetc(file) == EOF) {
		say(SAY_CONFIG,
		    "cannot read '%s': %s. Name a file of answers, as in detainerctl(1).", path,
		    file != NULL && ferror(file) == 0 ? "it is empty" : strerror(errno));
		if (file != NULL)
			(void)fclose(file);
		return SAY_CONFIG;
	}
	rewind_to_words(file);
	first_error[0] = '\0';
	cfg_t *cfg = describe();
	if (cfg != NULL) {
		free(cfg->filename);
		cfg->filename = strdup(path);
	}
	bool read = cfg != NULL && cfg_parse_fp(cfg, file) == CFG_SUCCESS && take_all(answers, cfg);
	(void)fclose(file);
	if (cfg != NULL)
		(void)cfg_free(cfg);
	if (read)
		return check_complete(answers, path);
	return say(
	    SAY_CONFIG, "cannot use the answers: %s.", first_error[0] == '\0' ? path : first_error);
}

/* ---- a terminal ---- */

/* One line into ${at}, which holds what an empty line stands for. */
static enum say_status
ask(const char *question, char *at, size_t bytes)
{
	char line[1024];

	fprintf(stderr, at[0] == '\0' ? "%s: " : "%s [%s]: ", question, at);
	fflush(stderr);
	if (fgets(line, sizeof line, stdin) == NULL)
		return say(SAY_USAGE,
		    "cannot set up: nobody answered '%s'. Answer, or give --answers FILE.",
		    question);
	char *from = line + strspn(line, " \t");
	from[strcspn(from, "\n")] = '\0';
	for (size_t end = strlen(from); end > 0 && (from[end - 1] == ' ' || from[end - 1] == '\t');
	     end--)
		from[end - 1] = '\0';
	if (from[0] != '\0' && !text_copy(at, bytes, from))
		return say(SAY_USAGE,
		    "cannot set up: '%s' is longer than %d characters. Answer in fewer.", from,
		    (int)bytes - 1);
	if (at[0] == '\0' || !is_clean(at))
		return say(SAY_USAGE,
		    "cannot set up: '%s' needs an answer without quotes, backslashes and $. Give the command again.",
		    question);
	return SAY_OK;
}

static enum say_status
split_tell(struct answers *answers, char *list)
{
	char *rest = NULL;

	for (char *whom = strtok_r(list, " ,\t", &rest); whom != NULL;
	     whom = strtok_r(NULL, " ,\t", &rest)) {
		if (answers->tell_count == ANSWERS_TELL_MAX || !is_tellable(whom) ||
		    !text_copy(answers->tell[answers->tell_count], sizeof answers->tell[0], whom))
			return say(SAY_USAGE,
			    "cannot tell '%s': write a mail address, a web address or \"journal\", %d at most. Give the command again.",
			    whom, ANSWERS_TELL_MAX);
		answers->tell_count++;
	}
	return SAY_OK;
}

enum say_status
answers_ask(struct answers *answers)
{
	char tell[1024] = "journal";

	begin(answers);
	zone_of_host(answers->time_zone, sizeof answers->time_zone);
	(void)text_copy(answers->facility, sizeof answers->facility, "MAIN");
	const struct place places[] = {
		{ "1 of 5  Database, as libpq writes it", answers->database,
		    sizeof answers->database },
		{ "2 of 5  Code of the facility", answers->facility, sizeof answers->facility },
		{ "3 of 5  Its jurisdiction, such as US-CT", answers->jurisdiction,
		    sizeof answers->jurisdiction },
		{ "4 of 5  Its time zone", answers->time_zone, sizeof answers->time_zone },
		{ "5 of 5  Who is told: mail addresses, web addresses, journal", tell,
		    sizeof tell },
	};
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		enum say_status status = ask(places[i].key, places[i].at, places[i].bytes);
		if (status != SAY_OK)
			return status;
	}
	return split_tell(answers, tell);
}
