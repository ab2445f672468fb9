# SPDX-License-Identifier: MIT
# A program of the jail's own, run within the daemon's walls: it has its folder
# and its alert, and no more rights than the daemon.
cat >/usr/local/bin/pager <<-'SH'
	#!/bin/sh
	cat >"/var/lib/detainerd/$DETAINERD_ALERT_ID"
	touch /etc/detainerd/mine /srv/mine 2>/dev/null && echo broken out >>"/var/lib/detainerd/$DETAINERD_ALERT_ID"
	exit 0
SH
chmod 755 /usr/local/bin/pager
settings 'receiver "pager" { type = "command"  command = { "/usr/local/bin/pager" } }'
psql_run -c "insert into detainerd.route (facility_id, receiver) select facility_id, 'pager' from detainerd.facility"
expect 'a receiver of type command' systemctl reload $unit
book M1 1
paged() {
	alert=$(release_due M1)
	[ -n "$alert" ] && grep -qs '"specversion"' "/var/lib/detainerd/$alert"
}
expect 'its program has the alert, as an event' wait_for paged
sleep 1 # it writes once more
expect 'and writes nowhere else' sh -c "! grep -q 'broken out' '/var/lib/detainerd/$alert' && [ ! -e /etc/detainerd/mine ] && [ ! -e /srv/mine ]"
settings
