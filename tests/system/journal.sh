# SPDX-License-Identifier: MIT
# The journal as a receiver: what an entry says, field by field, and that what a
# journal did not take is told again or stands on standard error.
. tests/lib/system.sh
county journal
psql_run -c "update detainerd.route set kinds = '{release_due}'"

# journal: plays the system's one, in a /run of the daemon's own.
mkdir "$WORK/journal" "$WORK/bin"
: >"$WORK/journal/got.jsonl"
cat >"$WORK/journald.py" <<'PY'
import json, os, socket, struct, sys
path = sys.argv[1] + "/socket"
if os.path.exists(path):
    os.unlink(path)
server = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
server.bind(path)
while True:
    data, fields = server.recv(1 << 20), {}
    while data:
        line, _, data = data.partition(b"\n")
        name, equals, value = line.partition(b"=")
        if not equals:  # a value of several lines: its length, and it
            length, = struct.unpack("<Q", data[:8])
            value, data = data[8:8 + length], data[9 + length:]
        fields[name.decode()] = value.decode()
    with open(sys.argv[1] + "/got.jsonl", "a") as f:
        f.write(json.dumps(fields) + "\n")
PY
start_journal() {
	/usr/bin/python3 "$WORK/journald.py" "$WORK/journal" 2>"$WORK/journald.log" &
	journald=$!
	started+=("$journald")
	wait_for test -S "$WORK/journal/socket"
}
cat >"$WORK/bin/detainerd" <<-SH
	#!/bin/sh
	exec unshare -m sh -c 'mount -t tmpfs tmpfs /run && mkdir /run/systemd && ln -s "$WORK/journal" /run/systemd/journal && exec "$BUILD/detainerd" "\$@"' sh "\$@"
SH
chmod 755 "$WORK/bin/detainerd"
expect 'a journal listens' start_journal
config one 'receiver "journal" { type = "journal" }'
BUILD=$WORK/bin start_daemon one

entry() { # NUMBER FIELD: of the alert of this person
	got journal "m.get('$2', '-') if m.get('ALERT_ID') == '$(release_due "$1")' and m.get('KIND') else None"
}
has() { [ -n "$(entry "$1" KIND)" ]; }
state() { value "select state from detainerd.delivery where alert_id = '$(release_due "$1")'"; }
book B1 1
expect 'it has the alert' wait_for has B1
id=$(release_due B1)
fields() { for field in "$@"; do echo "$field=$(entry B1 "$field")"; done; }
equal 'with a field for each part' "PRIORITY=2
DETAINERD_EVENT=alert
KIND=release_due
FACILITY=T1
BOOKING_NUMBER=B1
CITATION=Test County Code 1-1
$(value "select format(E'REASON=%s\nDUE_AT=%s\nRELEASE_AT=%s', reason, i, i) from detainerd.alert,
	to_char(release_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') i where alert_id = '$id'")" \
	"$(fields PRIORITY DETAINERD_EVENT KIND FACILITY BOOKING_NUMBER CITATION REASON DUE_AT RELEASE_AT)"
expect 'under the id that the catalog explains' grep -qx -- "-- $(entry B1 MESSAGE_ID)" systemd/detainerd.catalog
expect 'and all of its words' grep -qF "detainerctl ack $id" <<<"$(entry B1 TEXT)"
equal 'which are of no finding' 0 "$(grep -cE 'secret-evidence|felony' "$WORK/journal/got.jsonl")"

kill -KILL "$journald"
wait "$journald" 2>/dev/null
book B2 1
failed() { truth "select count(*) > 0 from detainerd.delivery_attempt join detainerd.delivery using (delivery_id) where alert_id = '$(release_due B2)' and outcome = 'unreachable'"; }
expect 'nobody listens: not delivered' wait_for failed
expect 'it listens again' start_journal
expect 'and is told' wait_for has B2

rm "$WORK/journal/socket"
book B3 1
expect 'there is no journal any more: a line on standard error' wait_for logged one "^<2>alert: .*ALERT_ID=.*-release_due-.* KIND=release_due"
equal 'of the right one' 1 "$(grep -c "ALERT_ID=$(release_due B3) " "$WORK/one.log")"
