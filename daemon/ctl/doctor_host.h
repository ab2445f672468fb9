/* SPDX-License-Identifier: MIT */
/*
 * doctor_host.h: what can be seen of this host: configuration, secrets, receivers, state, service, clock.
 */
#ifndef CTL_DOCTOR_HOST_H
#define CTL_DOCTOR_HOST_H

#include <stdbool.h>

#include "core/conf.h"
#include "ctl/findings.h"
#include "ctl/service.h"

/* The configuration at ${path}, and who may read and write it. False where it cannot be used: ${conf} is of no use then. */
bool doctor_host_conf(struct findings *findings, const char *path, struct conf *conf)
    __attribute__((warn_unused_result));

/* Secrets, programs and servers of every receiver. */
void doctor_host_receivers(struct findings *findings, const struct conf *conf);

/* The folder of the state, and the space there. */
void doctor_host_state(struct findings *findings, const struct service *service);

/* Is the unit enabled, running, and its watchdog armed? */
void doctor_host_service(struct findings *findings, const struct service *service);

#endif
