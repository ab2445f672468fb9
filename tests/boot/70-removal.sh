# SPDX-License-Identifier: MIT
# Removed: nothing runs, everything is kept.  Purged: gone from this host, and
# the database as it was.
alerts=$(value 'select count(*) from detainerd.alert')
expect 'removed' apt remove detainerd
equal 'nothing runs' '' "$(pgrep -u detainerd)"
expect 'the configuration is kept' test -s $conf
expect 'the state is kept' test -d /var/lib/detainerd
expect 'the database is kept' truth "select count(*) >= $alerts from detainerd.alert"
expect 'back again' install_deb newer
expect 'purged' apt purge detainerd
for path in /etc/detainerd /var/lib/detainerd /etc/default/detainerd /lib/systemd/system/$unit; do
	expect "gone: $path" test ! -e "$path"
done
equal 'no unit is left behind' '' "$(find /etc/systemd/system -lname '*detainerd*' -not -name detainerd-test.service)"
expect 'the user is kept' id detainerd
expect 'the database is kept' truth "select count(*) >= $alerts from detainerd.alert"
