/* SPDX-License-Identifier: MIT */
/* conf_keys: what of a configuration is in force, key by key. For conf.c only. */
#ifndef DETAINERD_IO_CONF_KEYS_H
#define DETAINERD_IO_CONF_KEYS_H

#include <confuse.h>

#include "io/conf.h"

/* conf_keys_tell(conf, cfg, teller): ${cfg} has been read into ${conf}. In the order of the manual; no key twice. */
void conf_keys_tell(const struct conf *conf, cfg_t *cfg, const struct conf_teller *teller);

#endif
