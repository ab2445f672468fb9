# SPDX-License-Identifier: MIT
# What no longer holds is taken back, from everybody who was told and nobody
# else, once, and before anything new is said of the person.
. tests/lib/system.sh
county hook desk later
start_sink webhook hook
start_sink mail desk
start_sink webhook later
psql_run -c "update detainerd.route set step_delay = '1 hour', kinds = '{release_due}' where receiver = 'later'"
psql_run -c "delete from detainerd.reminder"
config one "$(webhook hook "$port_hook"; mail desk "$port_desk"; webhook later "$port_later")"
start_daemon one
book B1 1
mailed() { [ "$(got desk "m['headers']['message-id']" | grep -c "$1")" -ge "$2" ]; }
expect 'told by webhook' wait_for has_kind hook release_due
expect 'and by mail' wait_for mailed release_due 1
first=$(release_due B1)

# Another county's warrant keeps the person, for a while.
psql_run -c "insert into detainerd.custody_basis (booking_id, kind, agency, began_at)
	select booking_id, 'other_agency', 'Other County', clock_timestamp() - interval '1 hour'
	  from detainerd.booking where booking_number = 'B1'"
expect 'the webhook stands down' wait_for has_kind hook superseded
expect 'the mail too' wait_for mailed superseded 1
expect 'which is no release alert that is open' truth "select superseded_at is not null from detainerd.alert_log where alert_id = '$first'"
psql_run -c "update detainerd.custody_basis set ended_at = clock_timestamp() + interval '1 second'"
expect 'the warrant lapses: told anew' wait_for has_kind hook release_due 2
expect 'by mail too' wait_for mailed release_due 2
second=$(release_due B1 | grep -vFx "$first")
equal 'in this order' "release_due superseded release_due" "$(got hook "b['kind'] if b['kind'] in ('release_due', 'superseded') else None" | xargs)"
equal 'and by mail in this order' "release_due superseded release_due" "$(got desk "m['headers']['message-id']" | grep -oE 'release_due|superseded' | xargs)"
equal 'what was taken back is named' "['$first']" "$(got hook "b['closes'] if b['kind'] == 'superseded' else None")"
expect 'in words' grep -q 'STAND DOWN' <<<"$(got hook "b['text'] if b['kind'] == 'superseded' else None")"

psql_run -c "update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_number = 'B1'"
expect 'out: the webhook hears' wait_for has_kind hook resolved
expect 'the mail too' wait_for mailed resolved 1
psql_run -c "update detainerd.delivery set due_at = clock_timestamp() where receiver = 'later' and state = 'due'"
expect 'what is left over is cancelled when its turn comes' wait_for all_settled
equal 'of the alert that stood, not of the other' "['$second']" "$(got hook "[c for c in b['closes'] if 'release_due' in c] if b['kind'] == 'resolved' else None")"
equal 'once each' '1 1 1 1' "$(got_kind hook superseded) $(got_kind hook resolved) $(got desk "m['headers']['message-id']" | grep -c superseded) $(got desk "m['headers']['message-id']" | grep -c resolved)"
equal 'who was not told of it hears nothing' 0 "$(got later "b['kind']" | wc -l)"
