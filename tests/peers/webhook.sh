# SPDX-License-Identifier: MIT
# Our webhook before other people's libraries: npm's standardwebhooks verifies the
# signature, before, while and after a key is replaced; npm's cloudevents takes the event.
. tests/lib/system.sh

mkdir "$WORK/peer"
key() { echo "whsec_$(openssl rand -base64 32)"; }
key >"$WORK/peer/old.key"
key >"$WORK/peer/new.key"
chmod 600 "$WORK"/peer/*.key
: >"$WORK/peer/verdicts.jsonl"
node tests/peers/webhook.mjs "$BUILD/peers" "$WORK/peer" >"$WORK/node.log" 2>&1 &
started+=($!)
expect 'the receiver listens' wait_for test -s "$WORK/peer/port"

signed() { # KEY...
	local files
	files=$(printf '"%s", ' "${@/#/$WORK/peer/}")
	config one "receiver \"hook\" { type = \"webhook\" url = \"http://127.0.0.1:$(cat "$WORK/peer/port")/\" signing_key_file = { ${files%, } } }"
}

# verdict ID EXPRESSION: of the message with this id, v being what the receiver made of it.
verdict() {
	/usr/bin/python3 - "$WORK/peer/verdicts.jsonl" "$1" "$2" <<-'PY'
		import json, sys
		for v in map(json.loads, open(sys.argv[1])):
		    if v["id"] == sys.argv[2]:
		        print(eval(sys.argv[3]))
	PY
}
heard() { [ -n "$(verdict "$(release_due "$1")" 1)" ]; }

county hook
psql_run -c "update detainerd.facility set counsel_contact = 'County Counsel, desk \"night\" +1 860 555 0100'"
signed old.key
start_daemon one
book B1 1
expect 'it hears' wait_for heard B1
id=$(release_due B1)
equal 'the key verifies' True "$(verdict "$id" "v['old']")"
equal 'another does not' True "$(verdict "$id" "v['new'] != True")"

# Rotation: the receiver may know either.
signed new.key old.key
ready() { [ "$(grep -c ' READY=1' "$WORK/one.notify")" -ge "$1" ]; }
kill -HUP "$pid_one"
expect 'reloaded' wait_for ready 2
book B2 1
expect 'it hears' wait_for heard B2
id=$(release_due B2)
equal 'while it is replaced: the old key verifies' True "$(verdict "$id" "v['old']")"
equal 'and so does the new' True "$(verdict "$id" "v['new']")"
equal 'but not a body that was changed' True "$(verdict "$id" "v['forged'] != True")"
signed new.key
kill -HUP "$pid_one"
expect 'reloaded' wait_for ready 3
book B3 1
expect 'it hears' wait_for heard B3
id=$(release_due B3)
equal 'afterwards: the old key does not' True "$(verdict "$id" "v['old'] != True")"
equal 'the new one does' True "$(verdict "$id" "v['new']")"

# A stand-down, a resolution and a digest are events as well.
psql_run -c "insert into detainerd.custody_basis (booking_id, kind, agency, began_at)
	select booking_id, 'other_agency', 'Other County', clock_timestamp() - interval '1 hour' from detainerd.booking where booking_number = 'B2'"
psql_run -c "update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_number = 'B3'"
book D -60 20
told() { truth "select count(distinct kind) >= 5 and bool_and(state in ('delivered', 'digested')) from detainerd.delivery join detainerd.alert using (alert_id)"; }
expect 'stood down, resolved, digested' wait_for told
# every EXPRESSION: true of every message, of which there are at least eight?
every() {
	/usr/bin/python3 - "$WORK/peer/verdicts.jsonl" "$1" <<-'PY'
		import json, sys
		verdicts = list(map(json.loads, open(sys.argv[1])))
		bad = [v for v in verdicts if not eval(sys.argv[2])]
		print(*bad[:2], sep="\n")
		sys.exit(bool(bad) or len(verdicts) < 8)
	PY
}
expect 'cloudevents takes every event' every "v['problems'] == []"
expect 'of the right type' every "v['type'] == 'application/cloudevents+json; charset=utf-8'"
expect 'with source, type and data' every "v['event']['source'].startswith('/detainerd') and v['event']['type'].startswith('us.detainerd.') and v['event']['data']['alert_id'] == v['event']['subject']"
equal 'the words arrive as they are' 'County Counsel, desk "night" +1 860 555 0100' "$(verdict "$id" "v['event']['data']['counsel_contact']" | head -1)"
expect 'and every one is signed' every "v['old'] is True or v['new'] is True"
