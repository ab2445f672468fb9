# SPDX-License-Identifier: MIT
# One person, from INSERT to receipt, by webhook and by mail, not before the instant.
. tests/lib/system.sh
county hook desk
start_sink webhook hook
start_sink mail desk
config one "$(webhook hook "$port_hook"; mail desk "$port_desk")"
start_daemon one
book B1 3

expect 'the webhook gets it' wait_for has_kind hook release_due
expect 'everything is settled' wait_for all_settled
equal 'one release alert' 1 "$(release_due B1 | wc -l)"
id=$(release_due B1)
equal 'by webhook once, under its id' "$id" "$(got hook "b['id'] if b['kind'] == 'release_due' else None")"
equal 'webhook-id is the id' "$id" "$(got hook "m['headers']['webhook-id'] if b['kind'] == 'release_due' else None")"
equal 'by mail once, under its id' 1 "$(got desk "m['headers']['message-id']" | grep -cF "<$id@")"
due=$(value "select (extract(epoch from release_at) * 1000000)::bigint from detainerd.alert where alert_id = '$id'")
equal 'never before the instant' True "$(got hook "m['arrived_us'] >= $due if b['kind'] == 'release_due' else None")"
equal 'what happened' ice_did_not_interview "$(got hook "b['reason'] if b['kind'] == 'release_due' else None")"
equal 'the facility and the booking' 'T1 B1' "$(got hook "b['facility'] + ' ' + b['booking_number'] if b['kind'] == 'release_due' else None")"
equal 'both deliveries are on record' 2 "$(value "select count(*) from detainerd.delivery where alert_id = '$id' and state = 'delivered' and attempts = 1")"
equal 'no evidence, no subsection, no alternative leaves the house' 0 \
	"$(cat "$WORK"/hook/got.jsonl "$WORK"/desk/got.jsonl | grep -cE 'secret-evidence|1-1\(a\)|felony')"
equal 'no subject says ICE' 0 "$(got desk "m['headers']['subject']" | grep -cw ICE)"
equal 'the heartbeat is there' one "$(value 'select daemon from detainerd.daemon')"
stop_daemon one
equal 'a clean end' 0 $?
expect 'said so' said one STOPPING=1
