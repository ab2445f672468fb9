/* SPDX-License-Identifier: MIT */
/*
 * discipline: what the database's clock says, told by the host's boot-time
 * clock. Every reply carries the server's time; it was read some time between
 * the sending of the question and the coming of the answer, so each reply
 * bounds the offset between the clocks from both sides. The bounds kept are
 * the narrowest seen, widened as they age by what two clocks may drift apart.
 * The host's wall clock does not enter: setting it makes nothing early or late.
 */
#ifndef DETAINERD_DISCIPLINE_H
#define DETAINERD_DISCIPLINE_H

#include <stdbool.h>

#include "core/instant.h"

struct discipline {
	struct instant seen;   /* boot time of the last reply, or unknown */
	struct span low, high; /* offset = server clock - boot clock lies between */
};

/* discipline_init(clock): Nothing is known yet. */
void discipline_init(struct discipline *clock);

/*
 * discipline_observe(clock, sent, server, answered): A question sent at boot
 * time ${sent} was answered at boot time ${answered} >= ${sent} with the
 * server's time ${server}. Returns true if this contradicts what was known:
 * the server's clock was stepped, or it is another server, and what was known
 * has been forgotten.
 */
bool discipline_observe(
    struct discipline *clock, struct instant sent, struct instant server, struct instant answered);

/* discipline_known(clock): Has any reply been seen? */
bool discipline_known(const struct discipline *clock);

/* discipline_server(clock, boot): The server's time at boot time ${boot}; unknown before the first reply. */
struct instant discipline_server(const struct discipline *clock, struct instant boot);

/*
 * discipline_boot(clock, server): The boot time at which the server's clock
 * shows ${server}; unknown before the first reply, never for never.
 */
struct instant discipline_boot(const struct discipline *clock, struct instant server);

/* discipline_error(clock): Half the distance of the bounds: the estimate is off by no more. */
struct span discipline_error(const struct discipline *clock);

#endif
