# SPDX-License-Identifier: MIT
# Somebody has it: reminders and steps of the escalation stay away until that
# expires, and come back; what else there is to say is said all the same.
. tests/lib/system.sh
county hook boss
start_sink webhook hook
start_sink webhook boss
psql_run <<-'SQL'
	update detainerd.setting set value = '8 seconds' where name = 'ack_expires';
	update detainerd.route set step_delay = '6 seconds' where receiver = 'boss';
	delete from detainerd.reminder where kind = 'due_soon';
	update detainerd.reminder set at_offset = '3 seconds', every = '3 seconds' where kind = 'overdue';
SQL
config one "$(webhook hook "$port_hook"; webhook boss "$port_boss")"
start_daemon one
book B1 1
expect 'the sergeant is told' wait_for has_kind hook release_due
id=$(release_due B1)
equal 'nothing was on its way' 0 "$(value "select detainerd.acknowledge('$id', 'release_started', 'at the window')")"
us() { # EXPRESSION: an instant of the acknowledgement, in microseconds
	value "select (extract(epoch from $1) * 1000000)::bigint from detainerd.alert_event where alert_id = '$id' and event = 'acknowledged' order by at limit 1"
}
from=$(us at)
until=$(us expires_at)
expect 'it expires, and the next step is told' wait_for has_kind boss release_due
expect 'and the reminders are back' wait_for has_kind hook overdue
equal 'no step and no reminder came while it was acknowledged' '' \
	"$(for name in hook boss; do got $name "b['id'] if $from < m['arrived_us'] < $until and (b['kind'] == 'overdue' or '$name' == 'boss') else None"; done)"

# One that is on its way when somebody acknowledges may still arrive, and is counted.
sink_mode hook hang
sink_mode boss hang
leased() { truth "select count(*) > 0 from detainerd.delivery where state = 'leased' and reminder"; }
expect 'a reminder is on its way' wait_for leased
expect 'that is what acknowledge says' test "$(value "select detainerd.acknowledge('$id', 'release_started', 'again')")" -gt 0
sink_mode hook ok
sink_mode boss ok

# It silences nothing that must be said.
psql_run -c "update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_number = 'B1'"
expect 'out: the sergeant hears' wait_for has_kind hook resolved
expect 'and so does the next step' wait_for has_kind boss resolved
expect 'settled' wait_for all_settled
equal 'once each' '1 1' "$(got_kind hook resolved) $(got_kind boss resolved)"
refused() { ! psql -X -q -c "select detainerd.acknowledge('$id', 'release_started', 'too late')" >"$WORK/refused" 2>&1; }
expect 'too late to acknowledge it' refused
expect 'says why' grep -qi 'resolved or superseded' "$WORK/refused"
