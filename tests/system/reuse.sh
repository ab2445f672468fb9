# SPDX-License-Identifier: MIT
# Connections are kept and used again; a server that breaks its word about them
# loses nothing, and what it gets twice carries the same id.
. tests/lib/system.sh
county hook
mkdir "$WORK/hook"
/usr/bin/python3 tests/lib/keepalive.py "$WORK/hook" 2>"$WORK/hook.log" &
started+=($!)
expect 'the server listens' wait_for test -s "$WORK/hook/port"
config one "$(webhook hook "$(cat "$WORK/hook/port")" 5s)" 'max_in_flight = 16'
start_daemon one
book A 1 400
PATIENCE=90
raised() { [ "$(release_due 'A-%' | wc -l)" = 400 ]; }
expect 'four hundred are raised' wait_for raised
expect 'and settled' wait_for truth "select count(*) = 400 from detainerd.alert a join detainerd.delivery d using (alert_id)
	where a.kind = 'release_due' and d.receiver = 'hook' and d.state = 'delivered'"
/usr/bin/python3 - "$WORK/hook/got.jsonl" >"$WORK/counts" <<-'PY'
	import json, sys
	got = [json.loads(line) for line in open(sys.argv[1])]
	release = [g for g in got if "-release_due-" in g["id"]]
	print(len({g["id"] for g in release}), len({g["id"] for g in release if g["answered"]}),
	      len({g["connection"] for g in got}) * 2 < len(got), sorted({g["kind"] for g in got}))
PY
equal 'every one came, and was answered; most over connections used before; every kind of server was met' \
	"400 400 True ['babbles', 'keeps', 'leaves', 'resets', 'swallows']" "$(cat "$WORK/counts")"
PATIENCE=15
book B 1 3
later() { truth "select count(*) = 3 from detainerd.alert a join detainerd.delivery d using (alert_id) join detainerd.booking using (booking_id)
	where a.kind = 'release_due' and booking_number like 'B-%' and d.state = 'delivered'"; }
expect 'the next are delivered too' wait_for later
stop_daemon one
equal 'a clean end' 0 $?
