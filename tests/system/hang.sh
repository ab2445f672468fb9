# SPDX-License-Identifier: MIT
# A receiver that hangs delays nobody else, nor the daemon's end.
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
