# SPDX-License-Identifier: MIT
# SIGHUP: a good file is taken over without a restart, a bad one is refused in
# words and the old one stays in force.
. tests/lib/system.sh
county hook desk
start_sink webhook hook
start_sink mail desk
config one "$(webhook hook "$port_hook")"
start_daemon one
book B1 1
expect 'the first receiver is told' wait_for has_kind hook release_due

config one "$(webhook hook "$port_hook"; mail desk "$port_desk")"
ready() { [ "$(grep -c ' READY=1' "$WORK/one.notify")" -ge "$1" ]; }
kill -HUP "$pid_one"
expect 'says that it reloads' wait_for said one RELOADING=1
expect 'and is ready again' wait_for ready 2
mailed() { [ "$(got desk "m['headers']['message-id']" | grep -cF "$(release_due "$1")")" -ge 1 ]; }
expect 'what waited for the new receiver goes out' wait_for mailed B1
book B2 1
expect 'so does what comes after' wait_for mailed B2

config one "$(webhook hook "$port_hook")" 'nonsense = 1'
kill -HUP "$pid_one"
expect 'a bad file is refused in words' wait_for logged one nonsense
book B3 1
expect 'and the old one stays in force' wait_for mailed B3
expect 'still the same process' kill -0 "$pid_one"
