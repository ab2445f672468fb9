# SPDX-License-Identifier: MIT
# PostgreSQL goes away across an instant and comes back: the same process raises
# what fell due, once.  Before its first READY it keeps trying as well.
. tests/lib/system.sh
county hook
start_sink webhook hook
config one "$(webhook hook "$port_hook")"
start_daemon one
book B1 8 # not before the server has stopped, however long that takes
tests/lib/server stop fast
sleep 8
expect 'still the same process' kill -0 "$pid_one"
expect 'nothing was sent meanwhile' test "$(got_kind hook release_due)" = 0
tests/lib/server start
expect 'raised and delivered after the outage' wait_for has_kind hook release_due
expect 'settled' wait_for all_settled
equal 'once' 1 "$(got_kind hook release_due)"
expect 'marked as late' truth "select raised_at - due_at > interval '0.2 seconds' from detainerd.alert where kind = 'release_due'"
expect 'still the same process' kill -0 "$pid_one"
tests/lib/server stop immediate
sleep 2
tests/lib/server start
book B2 1
expect 'after a crash of the server too' wait_for has_kind hook release_due 2
stop_daemon one
equal 'a clean end' 0 $?

tests/lib/server stop fast
config early "$(webhook hook "$port_hook")"
start_daemon early nowait
sleep 2
expect 'a server that is not there yet is waited for' kill -0 "$pid_early"
expect 'and not called ready' test ! -s "$WORK/early.notify" -o -z "$(grep READY=1 "$WORK/early.notify" 2>/dev/null)"
tests/lib/server start
expect 'ready as soon as it is there' wait_for said early READY=1
expect 'few words about it' test "$(wc -l <"$WORK/early.log")" -le 8
