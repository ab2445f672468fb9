# SPDX-License-Identifier: MIT
# kill -9 between raise and settle: the receiver has read the message and hangs.
# The next daemon delivers it, under the same id.
. tests/lib/system.sh
county hook
start_sink webhook hook
LEASE=6s
config one "$(webhook hook "$port_hook" 2s)"
sink_mode hook hang
book B1 2
start_daemon one
expect 'the receiver has read it and is silent' wait_for has_kind hook release_due
kill -9 "$pid_one"
wait "$pid_one" 2>/dev/null
equal 'it was raised' 1 "$(release_due B1 | wc -l)"
equal 'it was not settled' 0 "$(value "select count(*) from detainerd.delivery where state = 'delivered'")"
sink_mode hook ok
start_daemon one
delivered() { truth "select bool_and(state = 'delivered') from detainerd.delivery join detainerd.alert using (alert_id) where kind = 'release_due' and receiver = 'hook'"; }
expect 'the next daemon delivers it' wait_for delivered
equal 'one alert, one id in every message' "$(release_due B1)" "$(got hook "b['id'] if b['kind'] == 'release_due' else None" | sort -u)"
expect 'every attempt is counted' truth "select attempts >= 2 from detainerd.delivery join detainerd.alert using (alert_id) where kind = 'release_due' and receiver = 'hook'"
