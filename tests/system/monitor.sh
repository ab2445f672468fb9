# SPDX-License-Identifier: MIT
# What monitors are told: at a port and at a socket of this host, the counts
# true at every turn of one hold, in a form that Prometheus takes without a
# word, and nothing in it that is about a person.
. tests/lib/system.sh
county hook down
start_sink webhook hook
free_port() { /usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
port=$(free_port)
dead=$(free_port)
receivers="$(webhook hook "$port_hook") $(webhook down "$dead" 1s)"

page() { curl -s --max-time 10 "http://127.0.0.1:$port$1"; }
code() { curl -s -o /dev/null --max-time 10 -w '%{http_code}' "$@"; }
metric() { page /metrics | sed -n "s/^detainerd_${1//\//\\/} //p"; }
is() { [ "$(metric "$1")" = "$2" ]; }
counted() { awk -v v="$(metric "$1")" -v least="${2:-1}" 'BEGIN {exit !(v != "" && v >= least)}'; }

# what it may not be told, or told of
for wrong in 0.0.0.0:9618 192.0.2.1:9618 9618 127.0.0.1 127.0.0.1:0 127.0.0.1:65536 unix:metrics.sock; do
	config wrong "$receivers" "metrics_listen = \"$wrong\""
	refusal "$WORK/wrong.conf"
	equal "$wrong is refused" "78 yes" "$status $(grep -q "metrics_listen '$wrong' is no place of this host itself" "$WORK/refusal" && echo yes)"
done

config one "$receivers" "metrics_listen = \"127.0.0.1:$port\""
start_daemon one
expect 'it is ready' wait_for is ready 1
healthy() { [ "$(code "http://127.0.0.1:$port/healthz")" = 200 ]; }
expect 'healthy' wait_for healthy
equal 'a line a check' 3 "$(page /healthz | grep -c '^ok: ')"
equal 'nothing else is there' 404 "$(code "http://127.0.0.1:$port/")"
equal 'nor taken' 405 "$(code -d x "http://127.0.0.1:$port/metrics")"
equal 'head, for those who only ask whether' 200 "$(code -I "http://127.0.0.1:$port/metrics")"
expect 'the version is told' is "build_info{version=\"$("$BUILD/detainerd" -V | cut -d' ' -f2)\",schema=\"$("$BUILD/detainerd" -V | grep -o '[0-9]*)' | tr -d ')')\"}" 1
expect 'nobody is overdue' wait_for is holds_overdue 0
expect 'and nothing is due' is deliveries_pending 0

# one hold, from its beginning to its end
book B7 2
expect 'a hold is active' wait_for is holds_active 1
expect 'it becomes overdue' wait_for is holds_overdue 1
expect 'nobody has acknowledged' wait_for is alerts_unacknowledged 1
expect 'an alert was raised' wait_for counted alerts_raised_total
expect 'of its kind' wait_for is 'alerts_last_day{kind="release_due"}' 1
expect 'the webhook accepted it' wait_for counted 'deliveries_total{receiver="hook",result="accepted"}'
expect 'and it was counted how late' wait_for counted delivery_latency_seconds_count
expect 'nobody answers at the other' wait_for counted 'deliveries_total{receiver="down",result="unreachable"}'
expect 'what it was not told waits' wait_for counted deliveries_pending
value "select detainerd.acknowledge('$(release_due B7)', 'release_started', 'x')" >/dev/null
expect 'acknowledged, it is still overdue' wait_for is alerts_unacknowledged 0
expect 'until custody ends' is holds_overdue 1
psql_run -c "update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_number = 'B7'"
expect 'then it is not' wait_for is holds_overdue 0
expect 'nor active' is holds_active 0
clock=$(metric database_time_seconds)
expect 'the database'"'"'s clock is told' truth "select abs(extract(epoch from clock_timestamp()) - $clock) < 60"

page /metrics >"$WORK/metrics"
equal 'promtool says nothing' '' "$(promtool check metrics <"$WORK/metrics" 2>&1)"
expect 'no label is about a person' sh -c "! grep -qE 'B7|secret-evidence-word|-release_due-' '$WORK/metrics'"
equal 'labels' 'class condition kind le receiver result schema version' \
	"$(grep -oE '[{,][a-z_]+="' "$WORK/metrics" | tr -d '{,="' | sort -u | xargs)"

# many callers, idle ones, and one that only says half a word
for _ in $(seq 40); do
	(exec 3<>"/dev/tcp/127.0.0.1/$port" && printf 'GET /met' >&3 && sleep 3) &
	started+=($!)
done
book B8 1
expect 'callers who do not finish delay no alert' wait_for has_kind hook release_due 2
expect 'and go' wait_for is ready 1

# the database away: told so, and back
reload() { config one "$receivers" "$1" && kill -HUP "$pid_one"; }
tests/lib/server stop immediate >/dev/null 2>&1
unhealthy() { [ "$(code "http://127.0.0.1:$port/healthz")" = 503 ]; }
expect 'unhealthy while the database is away' wait_for unhealthy
expect 'says which check fails' grep -q '^FAILED: database answers' <(page /healthz)
expect 'metrics say it too' is database_up 0
tests/lib/server start >/dev/null 2>&1
expect 'healthy again' wait_for is database_up 1

# reload: refused is told; a socket instead of the port; nowhere
reload 'sweep = "1h"'
expect 'a refused reload is told' wait_for is config_last_reload_successful 0
reload "metrics_listen = \"unix:$WORK/monitor.sock\""
expect 'the socket answers' wait_for curl -s -o /dev/null --unix-socket "$WORK/monitor.sock" http://localhost/healthz
equal 'to its owner and group' 660 "$(stat -c %a "$WORK/monitor.sock")"
equal 'the port does not any more' 000 "$(code "http://127.0.0.1:$port/healthz")"
kill -KILL "$pid_one"
wait "$pid_one" 2>/dev/null
expect 'one that is killed leaves its socket' test -S "$WORK/monitor.sock"
start_daemon one
expect 'the next one takes it' wait_for curl -s -o /dev/null --unix-socket "$WORK/monitor.sock" http://localhost/healthz

# a place that is taken is said, and stops nothing
config two "$receivers" "metrics_listen = \"unix:$WORK/monitor.sock\""
start_daemon two
expect 'a place that is taken is said' logged two "cannot answer monitors, all else goes on: unix:.*: Address already in use"
expect 'the first answers still' curl -s -o /dev/null --unix-socket "$WORK/monitor.sock" http://localhost/healthz
expect 'the second ends well' stop_daemon two
expect 'and so does the first' stop_daemon one
expect 'without its socket' test ! -e "$WORK/monitor.sock"
