# SPDX-License-Identifier: MIT
# Prometheus Alertmanager, Debian's: what we post is active in amtool with the
# labels agreed and no person, stays so because it is posted again, and is gone
# once custody has ended or the alert no longer holds.
. tests/lib/system.sh

mkdir "$WORK/am"
cat >"$WORK/am/am.yml" <<-'YML'
	route: { receiver: nobody }
	receivers: [ { name: nobody } ]
YML
expect 'amtool takes its configuration' amtool check-config "$WORK/am/am.yml" >/dev/null
# A free port: Alertmanager cannot be asked for one of its own choice.
port=$(/usr/bin/python3 -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
url=http://127.0.0.1:$port
start_alertmanager() {
	prometheus-alertmanager --config.file="$WORK/am/am.yml" --storage.path="$WORK/am/data" --log.level=error \
		--web.listen-address="127.0.0.1:$port" --cluster.listen-address= >>"$WORK/am.log" 2>&1 &
	alertmanager=$!
	started+=("$alertmanager")
}
start_alertmanager
expect 'it is up' wait_for amtool --alertmanager.url="$url" alert query -o json >/dev/null 2>&1

# active EXPRESSION: lines, one for each active alert a in amtool's eyes (labels l, annotations n).
active() {
	amtool --alertmanager.url="$url" alert query --active -o json >"$WORK/am/active.json"
	/usr/bin/python3 - "$WORK/am/active.json" "$1" <<-'PY'
		import json, sys
		for a in json.load(open(sys.argv[1])):
		    l, n = a["labels"], a["annotations"]
		    out = eval(sys.argv[2])
		    if out is not None:
		        print(out)
	PY
}
stands() { [ "$(active "1 if l['alert'] == '$1' else None")" = 1 ]; }
gone() { ! stands "$1"; }
# The label is the id without its occurrence.
series() { release_due "$1" | sed 's/-[0-9]*$//'; }
posted() { value "select count(*) from detainerd.delivery_attempt join detainerd.delivery using (delivery_id) where alert_id = '$(release_due "$1")'"; }

county am
psql_run -c "update detainerd.route set kinds = '{release_due}'"
config one "receiver \"am\" { type = \"alertmanager\" url = \"$url\" }"
start_daemon one
book B-4711 1
book B-4712 1
both() { stands "$(series B-4711)" && stands "$(series B-4712)"; }
expect 'what is due is active there' wait_for both
of="if l['alert'] == '$(series B-4711)' else None"
equal 'its labels' 'alert alertname facility kind severity' "$(active "' '.join(sorted(l)) $of")"
equal 'their values' 'detainerd_release_due T1 release_due critical' "$(active "' '.join((l['alertname'], l['facility'], l['kind'], l['severity'])) $of")"
equal 'it starts at the instant' "$(value "select to_char(due_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS') from detainerd.alert where alert_id = '$(release_due B-4711)'")" \
	"$(active "a['startsAt'][:19] $of")"
equal 'it ends by itself should we fall silent: in 5 minutes at most' True "$(active "__import__('datetime').datetime.fromisoformat(a['endsAt'].replace('Z', '+00:00')[:19] + '+00:00').timestamp() - __import__('time').time() <= 300 $of")"
expect 'it has words' test -n "$(active "n['summary'] + n['description'] $of")"
equal 'which are of no person' 0 "$(grep -cE '471[12]|secret-evidence|felony' "$WORK/am/active.json")"
posted_once() { [ "$(posted B-4711)" = 1 ] && truth "select due_at > now() from detainerd.delivery where alert_id = '$(release_due B-4711)' and state = 'due'"; }
expect 'it is to be posted again, without anybody asking' wait_for posted_once
equal 'within a minute' t "$(value "select due_at - now() < interval '60 seconds' from detainerd.delivery where alert_id = '$(release_due B-4711)'")"

# The time comes sooner than that: what Alertmanager knows of its end moves.
ends=$(active "a['endsAt'] $of")
psql_run -c "update detainerd.delivery set due_at = clock_timestamp() where state = 'due'"
posted_again() { [ "$(posted B-4711)" -ge 2 ]; }
expect 'it is posted again' wait_for posted_again
later() { [[ "$(active "a['endsAt'] $of")" > "$ends" ]]; }
expect 'and lasts longer for it' wait_for later
expect 'still one alert' stands "$(series B-4711)"

# Two daemons take turns; the one that is left goes on; what Alertmanager forgets it is told again.
config two "receiver \"am\" { type = \"alertmanager\" url = \"$url\" }"
start_daemon two
stop_daemon one
kill -KILL "$alertmanager"
wait "$alertmanager" 2>/dev/null
rm -r "$WORK/am/data"
psql_run -c "update detainerd.delivery set due_at = clock_timestamp() where state = 'due'"
refused() { truth "select count(*) > 0 from detainerd.delivery_attempt where outcome = 'unreachable' and daemon = 'two'"; }
expect 'nobody answers' wait_for refused
start_alertmanager
expect 'it is back, and knows again what is due' wait_for both
expect 'from the daemon that is left' truth "select count(*) > 0 from detainerd.delivery_attempt where outcome = 'accepted' and daemon = 'two'"

# Custody ends; of the other a basis comes up, so that nothing holds any more.
psql_run -c "update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_number = 'B-4711'"
psql_run -c "insert into detainerd.custody_basis (booking_id, kind, agency, began_at)
	select booking_id, 'other_agency', 'Other County', clock_timestamp() - interval '1 hour' from detainerd.booking where booking_number = 'B-4712'"
expect 'out of custody: it is resolved' wait_for gone "$(series B-4711)"
expect 'stood down: it is gone' wait_for gone "$(series B-4712)"
equal 'and nothing of it is left active' '' "$(active "l['alert']")"
expect 'nor posted any more' wait_for all_settled

# Something that is no alert of a person: a receiver that fails, and is mended.
psql_run -c "update detainerd.route set kinds = null, facility_id = null; insert into detainerd.route (receiver) values ('missing')"
missing() { [ -n "$(active "1 if l['kind'] == 'monitor_degraded' else None")" ]; }
expect 'a route to nowhere is an alert there' wait_for missing
psql_run -c "update detainerd.route set enabled = false where receiver = 'missing'"
mended() { [ -z "$(active "1 if l['kind'] == 'monitor_degraded' else None")" ]; }
expect 'and gone once mended' wait_for mended

# Every kind that is raised at all is taken: no label and no time is to its dislike.
equal 'nothing was refused' 0 "$(value "select count(*) from detainerd.delivery_attempt where outcome in ('refused', 'misconfigured')")"
stop_daemon two
equal 'a clean end' 0 $?
