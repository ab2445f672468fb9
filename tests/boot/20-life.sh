# SPDX-License-Identifier: MIT
# A daemon that hangs, and one that is killed: systemd brings it back, what fell
# due meanwhile goes out, and somebody is told.
before=$(pid)
book W1 3
kill -STOP "$before"
expect 'stopped: the watchdog ends it and it is back' wait_for restarted "$before"
expect 'as a watchdog does' in_journal "_PID=1" "UNIT=$unit" UNIT_RESULT=watchdog
expect 'what fell due is delivered' wait_for hooked W1
expect 'the failure is in the journal' wait_for in_journal "MESSAGE_ID=$(id_of 'The service has failed')" "FAILED_UNIT=$unit"
expect 'the administrator has mail' wait_for mailed root "$unit on $(uname -n) has failed (watchdog)"

before=$(pid)
book K1 2
kill -KILL "$before"
expect 'killed: it is back' wait_for restarted "$before"
expect 'what fell due is delivered' wait_for hooked K1
equal 'once' 1 "$(release_due K1 | wc -l)"

before=$(pid)
systemctl stop $unit
equal 'an end in good order' success "$(systemctl show -P Result $unit)"
book L1 1
sleep 2
systemctl start $unit
expect 'late, and said so' wait_for hooked L1
