-- SPDX-License-Identifier: MIT
-- Each receiver has a queue of its own: what waits for one that hangs costs those for another nothing.

create index delivery_turn on detainerd.delivery (receiver, (coalesce(lease_until, due_at)), delivery_id) where state in ('due', 'leased');
