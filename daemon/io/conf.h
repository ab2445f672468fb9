/* SPDX-License-Identifier: MIT */
/* conf: reads the configuration file into core's struct conf, on libconfuse. */
#ifndef DETAINERD_IO_CONF_H
#define DETAINERD_IO_CONF_H

#include <stdbool.h>

#include "core/conf.h"
#include "core/fault.h"

/*
 * conf_read(conf, path, fault): Read and check ${path}. On success ${conf} is
 * whole and checked. False, with ${fault} of class FAULT_CONFIG, where
 * anything is wrong: one line, with file and line where there is one. ${conf}
 * is then of no use.
 */
bool conf_read(struct conf *conf, const char *path, struct fault *fault)
    __attribute__((warn_unused_result));

/* conf_path(given): Which file to read: ${given} unless null, else $DETAINERD_CONFIG, else the system's. */
const char *conf_path(const char *given);

#endif
