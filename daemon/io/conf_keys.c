/* SPDX-License-Identifier: MIT */
/*
 * conf_keys.c: walks what libconfuse has read. Where the file is silent, the
 * value is the one that the daemon goes by, from struct conf. Called by conf.c.
 */
#include "io/conf_keys.h"

#include <stdio.h>
#include <string.h>

#include "core/receiver.h"
#include "core/text.h"
#include "io/conf_section.h"

#include "core/banned.h"

/* Room for the longest list. */
#define VALUE_BYTES (CONF_TO_MAX * 132)

static void
write_value(struct text *text, cfg_opt_t *opt)
{
	for (unsigned i = 0; i < cfg_opt_size(opt); i++) {
		const char *value = opt->type == CFGT_STR ? cfg_opt_getnstr(opt, i) : NULL;

		if (i > 0)
			text_add(text, ", ");
		if (opt->type == CFGT_INT)
			text_addf(text, "%ld", cfg_opt_getnint(opt, i));
		else if (value != NULL)
			text_add(text, value);
	}
}

/* What follows from the rest of the configuration where nothing is said. */
static void
write_default(struct text *text, const struct receiver *receiver, const char *key)
{
	if (strcmp(key, "detail") == 0)
		text_add(text, conf_detail(receiver) == DETAIL_FULL ? "full" : "minimal");
	else if (strcmp(key, "starttls") == 0)
		text_add(text, "required");
	else if (strcmp(key, "digest_above") == 0 && receiver->digest_above < 0)
		text_add(text, "never");
	else if (strcmp(key, "digest_above") == 0)
		text_addf(text, "%d", receiver->digest_above);
}

static bool
is_credential(cfg_opt_t *opt)
{
	size_t bytes = strlen(opt->name);

	if (bytes < 5 || strcmp(opt->name + bytes - 5, "_file") != 0)
		return false;
	for (unsigned i = 0; i < cfg_opt_size(opt); i++) {
		const char *value = cfg_opt_getnstr(opt, i);

		if (value != NULL && receiver_is_credential(value))
			return true;
	}
	return false;
}

static void
tell(const struct conf_teller *teller, cfg_opt_t *opt, struct conf_key *key, const char *value)
{
	key->name = opt->name;
	key->value = value[0] == '\0' ? NULL : value;
	key->is_span = conf_section_is_span(opt->name);
	key->is_credential = is_credential(opt);
	key->line = conf_section_line(opt);
	teller->tell(teller->owner, key);
}

static void
tell_receiver(const struct receiver *receiver, cfg_t *section, const struct conf_teller *teller)
{
	char value[VALUE_BYTES];
	struct conf_key key = { .receiver = receiver->name };
	struct text text;

	for (unsigned i = 0; i < cfg_num(section); i++) {
		cfg_opt_t *opt = cfg_getnopt(section, i);

		if (!receiver_knows(receiver->type, opt->name))
			continue;
		text_init(&text, value, sizeof value);
		write_value(&text, opt);
		if (conf_section_line(opt) == 0)
			write_default(&text, receiver, opt->name);
		tell(teller, opt, &key, value);
	}
}

void
conf_keys_tell(const struct conf *conf, cfg_t *cfg, const struct conf_teller *teller)
{
	char value[VALUE_BYTES];
	struct conf_key key = { .receiver = NULL };
	struct text text;

	for (unsigned i = 0; i < cfg_num(cfg); i++) {
		cfg_opt_t *opt = cfg_getnopt(cfg, i);

		if (opt->type == CFGT_SEC)
			continue;
		text_init(&text, value, sizeof value);
		write_value(&text, opt);
		if (strcmp(opt->name, "name") == 0 && value[0] == '\0')
			text_add(&text, conf->name);
		tell(teller, opt, &key, value);
	}
	for (int i = 0; i < conf->receivers_count; i++)
		tell_receiver(
		    &conf->receivers[i], cfg_getnsec(cfg, "receiver", (unsigned)i), teller);
}
