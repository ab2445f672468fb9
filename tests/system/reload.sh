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

# Of receivers that a reload takes away, what is under way is recorded and what
# waits goes on waiting, in sight; it goes out once they are back, here under
# another address and to a daemon of another name.
start_fake web
to() { echo "receiver \"$1\" { type = \"webhook\" url = \"http://127.0.0.1:$(fake_port web plain)/$2\" timeout = \"6s\" }"; }
reloads=$(grep -c ' READY=1' "$WORK/one.notify")
reload() {
	kill -HUP "$pid_one"
	reloads=$((reloads + 1))
	expect "$1" wait_for ready "$reloads"
}
tried() { # NUMBER: receivers, attempts and their ends
	value "select string_agg(format('%s %s %s', d.receiver, t.attempt, t.outcome), ', ' order by d.receiver, t.attempt)
		from detainerd.delivery d join detainerd.delivery_attempt t using (delivery_id) where alert_id = '$(release_due "$1")'"
}
psql_run -c "update detainerd.route set kinds = '{release_due}'"
config one "$(to hook hang; to desk 429-300)"
reload 'two others, of the same names'
book B4 1
waits() { [ "$(tried B4)" = 'desk 1 refused' ] && [ -n "$(got web "1 if m['path'] == '/hang' else None")" ]; }
expect 'one hangs, one asks for patience' wait_for waits
config one "$(to other ok)"
reload 'both are taken away'
recorded() { [ "$(tried B4)" = 'desk 1 refused, hook 1 timeout' ]; }
expect 'what was under way is recorded' wait_for recorded
waiting() { truth "select array_agg(state order by receiver) = '{due,due}' from detainerd.delivery where alert_id = '$(release_due B4)'"; }
expect 'and nothing of it is lost' waiting
missing() { AS=admin_test ctl status; [ "$(grep -cE "^receiver_missing +critical +(desk|hook) .*waiting: [1-9]" "$WORK/out")" = 2 ]; }
expect 'the status says for whom nobody is there' wait_for missing
psql_run -c "update detainerd.delivery set due_at = clock_timestamp() where state = 'due'"
config one "$(to hook ok; to desk ok)"
sed -i 's/name = "one"/name = "another"/' "$WORK/one.conf"
reload 'they are back'
told() { [ "$(tried B4)" = 'desk 1 refused, desk 2 accepted, hook 1 timeout, hook 2 accepted' ]; }
expect 'and told, where they are now' wait_for told
