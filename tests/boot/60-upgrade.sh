# SPDX-License-Identifier: MIT
# Upgrades with a hold running out: to the same schema, to a program that would not
# start, to a newer schema of which the package was not told the database, and then told.
version() { "/proc/$(pid "$1")/exe" --version; }
fits() { truth "select max(id) = $1 from detainerd.migration"; }
schema=$(value 'select max(id) from detainerd.migration')
echo '# a remark of the administrator' >>/etc/default/detainerd
cp $conf "$WORK/kept.conf"
before=$(pid)
before_annex=$(pid $annex)
book U1 6
expect 'a package of the same schema' install_deb same
expect 'both daemons are new' sh -c "[ $before != $(pid) ] && [ $before_annex != $(pid $annex) ]"
ctl doctor
expect 'the doctor finds all as installed' grep -qE '^functions +ok' "$WORK/ctl.log"
equal 'of the package that is there' 0.1.1 "$(dpkg-query -f '${Version}' -W detainerd)"
expect 'the hold ran out and was told' wait_for hooked U1
expect 'what the administrator wrote is there' grep -q '# a remark' /etc/default/detainerd
expect 'and the configuration' cmp $conf "$WORK/kept.conf"

before=$(pid)
settings 'of_another_version = 1'
expect 'a package whose program refuses the configuration' install_deb same
expect 'says which and why' grep -q "$conf:.*of_another_version" "$WORK/apt.log"
equal 'the old daemon goes on' "$before" "$(pid)"
cp "$WORK/kept.conf" $conf

book U2 6
expect 'a package of a newer schema' install_deb newer
expect 'says what to do' grep -q 'detainerctl migrate' "$WORK/apt.log"
equal 'the old daemon goes on' "$before" "$(pid)"
expect 'the database is as it was' fits "$schema"
expect 'the hold ran out and was told' wait_for hooked U2

cat >>/etc/default/detainerd <<-'SH'
	MIGRATE_DB="dbname=jail"
	MIGRATE_AS=postgres
SH
book U3 8
expect 'told of the database, the package installs again' install_deb newer
fits $((schema + 1)) || cat "$WORK/apt.log"
expect 'the schema is the newer one' fits $((schema + 1))
expect 'a new daemon' restarted "$before"
expect 'of the new version' grep -q "0.2.0 (schema $((schema + 1)))" <<<"$(version $unit)"
expect 'the hold ran out and was told' wait_for hooked U3
