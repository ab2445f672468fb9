# SPDX-License-Identifier: MIT
# A good file is taken over, a bad one fails where the administrator sees it.
before=$(pid)
settings 'receiver "second" { type = "webhook"  url = "http://127.0.0.1:'"$port_hook"'/second" }'
psql_run -c "insert into detainerd.route (facility_id, receiver) select facility_id, 'second' from detainerd.facility"
expect 'a good file' systemctl reload $unit
expect 'is taken over' wait_for in_journal "MESSAGE_ID=$(id_of 'The configuration was read again')"
book R1 1
second() { [ -n "$(got hook "1 if m['path'] == '/second' and b.get('booking_number') == '$1' else None")" ]; }
expect 'with its new receiver' wait_for second R1
cp $conf "$WORK/good.conf"

echo 'nonsense = 1' >>$conf
expect 'a bad file fails the reload' sh -c "! systemctl reload $unit 2>/dev/null"
expect 'with its line in the journal' wait_for in_journal -u $unit --grep "detainerd.conf:[0-9]*:.*nonsense"
equal 'no signal was sent' '' "$(journal "MESSAGE_ID=$(id_of 'The new configuration was refused')")"
expect 'it is still active' active
equal 'as the same process' "$before" "$(pid)"
book R2 1
expect 'by the old settings' wait_for second R2
cp "$WORK/good.conf" $conf

echo 'nonsense = 1' >>$conf
since=$(date +%s)
systemctl restart $unit 2>/dev/null
expect 'started with it: failed, and left alone' wait_for systemctl is-failed --quiet $unit
equal 'not tried again' 'exit-code 78 0' \
	"$(systemctl show -P Result $unit) $(systemctl show -P ExecMainStatus $unit) $(systemctl show -P NRestarts $unit)"
expect 'the failure is told' wait_for in_journal "MESSAGE_ID=$(id_of 'The service has failed')" "FAILED_UNIT=$unit"
cp "$WORK/good.conf" $conf
expect 'mended' systemctl restart $unit
