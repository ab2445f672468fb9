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
useradd -m sergeant
postconf -e 'mydestination = jail.example, localhost' 'inet_interfaces = loopback-only' 'inet_protocols = ipv4' 'myorigin = jail.example'
systemctl restart postfix
start_sink webhook hook
cat >"$WORK/answers" <<-CONF
	database = "dbname=jail"
	facility = "T1"
	name = "Test County Jail"
	jurisdiction = "US-CT"
	time_zone = "America/New_York"
	tell = { "sergeant@jail.example", "http://127.0.0.1:$port_hook/hook", "journal" }
	mail_from = "detainerd@jail.example"
	own_domains = { "jail.example" }
CONF
expect 'set up from answers' ctl setup --answers "$WORK/answers" || cat "$WORK/ctl.log"
equal 'the configuration, by whom it is read' '640 root detainerd' "$(stat -c '%a %U %G' $conf)"
equal 'the role of the daemon is no more than that' 'f|f' "$(value "select rolsuper, rolcreaterole from pg_roles where rolname = 'detainerd'")"
expect 'it runs' active
expect 'given again: nothing to do' ctl setup --answers "$WORK/answers"
expect 'as it was' grep -q 'configuration.*as it was' "$WORK/ctl.log"
ctl doctor
equal 'the doctor: nothing fails' 1 $?
equal 'and warns of what is so here' 'facts law' "$(awk '$2 == "WARNING" && $1 != "ntp" {print $1}' "$WORK/ctl.log" | sort -u | paste -sd' ')"
expect 'the watchdog is armed' grep -qE '^watchdog +ok +ends a daemon that hangs for 30s' "$WORK/ctl.log"
! grep FAILURE "$WORK/ctl.log"
env -u PGUSER runuser -u postgres -- createuser -g detainerd_intake -g detainerd_reviewer sergeant
psql_run -c 'grant detainerd_admin to sergeant'
for ask in holds alerts 'receivers test journal'; do
	# shellcheck disable=SC2086
	expect "the sergeant, without a password: $ask" runuser -u sergeant -- env -u PGUSER -u PGHOST PGDATABASE=jail detainerctl $ask
done
county # its law, for the facility that was set up
# The watchdog's half minute is long for a test.
mkdir -p /etc/systemd/system/$unit.d
printf '[Service]\nWatchdogSec=5\n' >/etc/systemd/system/$unit.d/50-test.conf
systemctl daemon-reload
expect 'it starts again' systemctl restart $unit
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
