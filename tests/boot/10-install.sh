# SPDX-License-Identifier: MIT
# From the package to the first alert: nothing runs until it is configured.
begun=$(date +%s)
expect 'the package is installed' install_deb first || cat "$WORK/apt.log"
equal 'it is enabled' enabled "$(systemctl is-enabled $unit)"
expect 'and does not run' sh -c "! systemctl is-active --quiet $unit"
equal 'because it is not configured' no "$(systemctl show -P ConditionResult $unit)"
equal 'which is no failure' '' "$(systemctl --failed --plain --no-legend)"
equal 'its user' detainerd "$(id -un detainerd)"
equal 'the folder of the configuration' '750 root detainerd' "$(stat -c '%a %U %G' /etc/detainerd)"
expect 'the manuals' man -w detainerd detainerd.conf detainerctl

env -u PGUSER runuser -u postgres -- createuser -s root
createdb jail
expect 'the schema' detainerctl --db dbname=jail migrate
psql_run -c 'create role detainerd login in role detainerd_daemon'
county hook sergeant journal
useradd -m sergeant
postconf -e 'mydestination = jail.example, localhost' 'inet_interfaces = loopback-only' 'inet_protocols = ipv4' 'myorigin = jail.example'
systemctl restart postfix
start_sink webhook hook
settings
chgrp detainerd $conf && chmod 640 $conf
# The watchdog's half minute is long for a test.
mkdir -p /etc/systemd/system/$unit.d
printf '[Service]\nWatchdogSec=5\n' >/etc/systemd/system/$unit.d/50-test.conf
systemctl daemon-reload
expect 'it starts' systemctl start $unit
expect 'and says what it waits for' sh -c "systemctl show -P StatusText $unit | grep ."
expect 'ready, in the journal' in_journal "MESSAGE_ID=$(id_of 'detainerd is ready')"

book F1 2
expect 'the webhook is told' wait_for hooked F1
echo "measured: from the package to the first alert $(($(date +%s) - begun)) s"
expect 'the sergeant has mail' wait_for mailed sergeant "$(release_due F1)"
expect 'the journal has it' wait_for in_journal "MESSAGE_ID=$(id_of 'An alert for the staff of a jail')" "ALERT_ID=$(release_due F1)"
expect 'with what to do about it' sh -c "
	journalctl -q --no-pager -x 'ALERT_ID=$(release_due F1)' | grep -qF 'detainerctl ack $(release_due F1)'"
expect 'the alert log has it' wait_for truth "select exists (select from detainerd.alert_log where alert_id = '$(release_due F1)')"
equal 'as what the daemon runs' detainerd "$(ps -o user= -p "$(pid)")"
equal 'its state is its own' '700 detainerd' "$(stat -c '%a %U' /var/lib/detainerd)"
