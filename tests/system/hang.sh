# SPDX-License-Identifier: MIT
# A receiver that hangs, refuses, redirects or breaks off delays nobody else, is
# tried again, and gets every message under the id of the first.
. tests/lib/system.sh
county hook desk
start_sink webhook hook
start_sink mail desk
config one "$(webhook hook "$port_hook" 25s; mail desk "$port_desk")"
start_daemon one
sink_mode hook hang
book A 1 20
expect 'the webhook hangs' wait_for has_kind hook release_due
mails() { [ "$(got desk "m['headers']['message-id']" | grep -cF release_due)" -ge "$1" ]; }
expect 'every mail arrives meanwhile' wait_for mails 20
equal 'and the webhook is hanging still' 0 "$(value "select count(*) from detainerd.delivery where receiver = 'hook' and state = 'delivered'")"
stop_daemon one
equal 'a hanging receiver does not hold up the end' 0 $?

LEASE=6s config two "$(webhook hook "$port_hook" 1s)"
psql_run -c "update detainerd.route set enabled = false where receiver = 'desk'"
start_daemon two
tried() { truth "select count(*) > 0 from detainerd.delivery_attempt where outcome = '$1' and code is not distinct from $2"; }
expect 'a receiver that hangs has timed out' wait_for truth "select count(*) > 0 from detainerd.delivery_attempt where outcome = 'timeout'"
sink_mode hook 500
expect '500 is a refusal' wait_for tried refused 500
sink_mode hook 302
expect '302 is a refusal, and not followed' wait_for tried refused 302
sink_mode hook close
expect 'hanging up is not accepting' wait_for truth "select count(*) > 0 from detainerd.delivery_attempt where outcome = 'unreachable'"
equal 'nothing counts as delivered yet' 0 "$(value "select count(*) from detainerd.delivery where receiver = 'hook' and state = 'delivered'")"
equal 'nobody went elsewhere' 0 "$(got hook "m['path'] if m['path'] != '/hook' else None" | wc -l)"
sink_mode hook ok
PATIENCE=90
delivered() { truth "select bool_and(state = 'delivered') from detainerd.delivery join detainerd.alert using (alert_id) where kind = 'release_due' and receiver = 'hook'"; }
expect 'all is delivered in the end' wait_for delivered
equal 'twenty alerts, twenty ids, however often tried' "$(release_due 'A-%')" "$(got hook "b['id'] if b['kind'] == 'release_due' else None" | sort -u)"
