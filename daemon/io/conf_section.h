/* SPDX-License-Identifier: MIT */
/* conf_section: a receiver's section of the configuration file. For conf.c only. */
#ifndef DETAINERD_IO_CONF_SECTION_H
#define DETAINERD_IO_CONF_SECTION_H

#include <confuse.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/conf.h"
#include "core/instant.h"

/* conf_section_options(): What libconfuse may find in the section. Static. */
cfg_opt_t *conf_section_options(void);

/* conf_section_watch(cfg): Have every receiver of ${cfg} checked while it is read. */
void conf_section_watch(cfg_t *cfg);

/* conf_section_read(receiver, section): Copy a section that was read. False where it cannot be, said by cfg_error. */
bool
conf_section_read(struct receiver *receiver, cfg_t *section) __attribute__((warn_unused_result));

/* conf_section_take(to, bytes, cfg, key): Copy the text of ${key}, if there is one. False, said by cfg_error, where it is too long. */
bool conf_section_take(char *to, size_t bytes, cfg_t *cfg, const char *key)
    __attribute__((warn_unused_result));

/* conf_section_is_span(key): Is its value a length of time? */
bool conf_section_is_span(const char *key);

/* conf_section_check(cfg, opt): For libconfuse, of a key outside receivers: notes its line; is the value one that can be? 0 or -1. */
int conf_section_check(cfg_t *cfg, cfg_opt_t *opt);

/* conf_section_line(opt): In which line of the file the value stands; 0: in none. */
int conf_section_line(cfg_opt_t *opt);

/* conf_section_span(cfg, key): The length of time of ${key}, which has been checked. */
struct span conf_section_span(cfg_t *cfg, const char *key);

#endif
