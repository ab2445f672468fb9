# SPDX-License-Identifier: MIT
# The disk of the database is full: everybody who writes is told so in one line, nothing is half done, and what came due meanwhile is raised and delivered, once, when there is space again.
. tests/lib/system.sh
# a server of its own on a small disk, its WAL too
mkdir "$WORK/small"
chmod 755 "$WORK"
mount -t tmpfs -o size=160m,mode=755 tmpfs "$WORK/small" || { echo 'cannot mount a small disk: give this as root'; exit 1; }
at_end() {
	for CLUSTER in "$WORK/small" "$WORK/apart"; do tests/lib/server stop immediate >/dev/null 2>&1; done
	umount -l "$WORK/small" "$WORK/wal" 2>/dev/null
}
export CLUSTER=$WORK/small PGHOST=$WORK/small
tests/lib/server create
printf 'shared_buffers = 16MB\nmin_wal_size = 32MB\nmax_wal_size = 32MB\n' >>"$CLUSTER/data/postgresql.conf"
tests/lib/server start && make_template && new_database full || exit 1
start_sink webhook hook
county desk
config d1 "$(webhook desk "$port_hook")"
chmod 640 "$WORK/d1.conf"
start_daemon d1
book FIRST -60
expect 'told while there is space' wait_for has_kind hook release_due 1
expect 'and settled' wait_for all_settled

# The daemon is kept from them until the disk is full: they come due then, at whatever speed this runs.
kill -STOP "$pid_d1"
book LATE -60 300
printf 'facility,booking_number,booked_at\n' >"$WORK/bookings.csv"
for i in $(seq 20000); do echo "T1,IMPORTED-$i,2026-11-02 08:00"; done >>"$WORK/bookings.csv"
dd if=/dev/zero of="$CLUSTER/ballast" bs=64k 2>"$WORK/dd"
expect 'the disk is full' grep -q 'No space left on device' "$WORK/dd"
kill -CONT "$pid_d1"
expect 'the daemon says what is wrong' wait_for logged d1 'the database refused a statement, trying again: raise_due: could not .*No space left on device'
expect 'and says so in its status line' wait_for said d1 'database refuses what is asked'

# refused WHAT COMMAND...: in one line that names the disk, with status 75.
refused() {
	local what=$1 status=0
	shift
	PGUSER=jms_test "$BUILD/detainerctl" "$@" >"$WORK/out" 2>"$WORK/err" </dev/null || status=$?
	equal "$what: status" 75 "$status"
	equal "$what: one line" 1 "$(wc -l <"$WORK/err")"
	expect "$what: which names it" grep -qE '^detainerctl: cannot .*No space left on device' "$WORK/err"
	equal "$what: nothing on standard output" 0 "$(wc -c <"$WORK/out")"
}
refused 'an import' import --kind booking "$WORK/bookings.csv"
equal 'of which nothing is there' 0 "$(value "select count(*) from detainerd.booking where booking_number like 'IMPORTED-%'")"
# what has no room where anything else might find some
long=$(head -c 3000 /dev/urandom | base64 -w 0)
before=$(value "select b from detainerd.booking b where booking_number = 'LATE-1'")
refused 'the end of custody, by hand' custody LATE-1 --ended-at now --outcome released --detail "$long"
equal 'of which nothing is there' "$before" "$(value "select b from detainerd.booking b where booking_number = 'LATE-1'")"
refused 'a booking by hand' booking NEW --new --booked-at now --outcome-detail "$long"
equal 'which nobody finds' 0 "$(value "select count(*) from detainerd.booking where booking_number = 'NEW'")"
seen() { # STATUS COMMAND...: does somebody who only reads see it?
	local status=0 wanted=$1
	shift
	PGUSER=reviewer_test "$BUILD/detainerctl" --db "dbname=$PGDATABASE" "$@" >"$WORK/out" 2>"$WORK/err" </dev/null || status=$?
	[ "$status" = "$wanted" ] && grep -q 'NOBODY IS TOLD OF' "$WORK/out"
}
# the daemon writes that it lives, for a row of its own has room; or that has none either
expect 'status says that nobody is told' wait_for seen 1 status
expect 'so does check' seen 2 check
expect 'so does doctor' seen 2 doctor
expect 'the daemon lives' kill -0 "$pid_d1"

# --- space again ---------------------------------------------------------------------
rm "$CLUSTER/ballast"
raised() { truth "select count(*) = 300 from detainerd.alert a join detainerd.booking b using (booking_id) where a.kind = 'release_due' and b.booking_number like 'LATE-%'"; }
expect 'all that came due meanwhile is raised' wait_for raised
expect 'and delivered' wait_for all_settled
expect 'and the status line is well' wait_for sh -c "grep STATUS= '$WORK/d1.notify' | tail -n 1 | grep -q '; database ok'"
equal 'nothing was given up' 0 "$(value "select count(*) from detainerd.delivery where state not in ('delivered', 'cancelled')")"
expect 'and has lost no session over it' sh -c "! grep -q 'database away' '$WORK/d1.log'"
PGUSER=jms_test "$BUILD/detainerctl" import --kind booking "$WORK/bookings.csv" >"$WORK/out" 2>"$WORK/err"
equal 'the same import goes through' '0 20000' "$? $(value "select count(*) from detainerd.booking where booking_number like 'IMPORTED-%'")"
expect 'status is well' wait_for sh -c 'PGUSER=reviewer_test "$BUILD/detainerctl" status >"$WORK/out" 2>&1'
PGUSER=jms_test "$BUILD/detainerctl" custody LATE-1 --ended-at now --outcome released --detail "$long" >"$WORK/out" 2>"$WORK/err"
equal 'and what the hand wrote' 0 $?
stop_daemon d1

# --- the WAL alone has no space: the server gives up, and does not come back by itself -------
tests/lib/server stop immediate
mkdir "$WORK/apart" "$WORK/wal"
mount -t tmpfs -o size=96m,mode=755 tmpfs "$WORK/wal"
export CLUSTER=$WORK/apart PGHOST=$WORK/apart PGDATABASE=postgres
WAL=$WORK/wal tests/lib/server create
printf 'min_wal_size = 32MB\nmax_wal_size = 32MB\n' >>"$CLUSTER/data/postgresql.conf"
tests/lib/server start && make_template && new_database full || exit 1
county desk
config d2 "$(webhook desk "$port_hook")"
start_daemon d2
kill -STOP "$pid_d2"
book WAL -60 300
dd if=/dev/zero of="$WORK/wal/ballast" bs=64k 2>"$WORK/dd"
away() { ! psql_run -c 'create table detainerd_filler as select repeat(md5(n::text), 30) from generate_series(1, 20000) n' -c 'drop table detainerd_filler' 2>/dev/null && ! psql_run -c '' 2>/dev/null; }
expect 'the server is gone' wait_for away
expect 'because of its WAL' grep -q 'PANIC:.*No space left on device' "$CLUSTER/server.log"
refused_by_nobody() {
	local status=0
	PGUSER=jms_test "$BUILD/detainerctl" booking WAL-1 --clear release-eligible-at >"$WORK/out" 2>"$WORK/err" </dev/null || status=$?
	[ "$status $(wc -l <"$WORK/err")" = '69 1' ] && grep -q '^detainerctl: cannot connect to the database: .* Give the command again when the server is up.$' "$WORK/err"
}
expect 'a fact by hand is refused in one line' refused_by_nobody
kill -CONT "$pid_d2"
expect 'the daemon says so' wait_for logged d2 'database away, trying again: '
expect 'and lives' kill -0 "$pid_d2"
rm "$WORK/wal/ballast"
tests/lib/server start
told() { truth "select count(*) = 300 from detainerd.alert a join detainerd.booking b using (booking_id) join detainerd.delivery d using (alert_id) where a.kind = 'release_due' and b.booking_number like 'WAL-%' and d.state = 'delivered'"; }
expect 'with space, and the server started, all of them are told' wait_for told
expect 'and the daemon says how long it was away' logged d2 'database ok: was away for '
stop_daemon d2
