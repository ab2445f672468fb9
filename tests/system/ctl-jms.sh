# SPDX-License-Identifier: MIT
# A jail management system's own table, by the samples as they are shipped: its bookings come in, and one that is missing is not released.
. tests/lib/system.sh
new_database detainerd
county
export RUNTIME_DIRECTORY=$WORK/run STATE_DIRECTORY=$WORK/state
mkdir -p "$RUNTIME_DIRECTORY" "$STATE_DIRECTORY"

# jms SQL: in the database of the jail management system.
jms() {
	psql_run -d jms -c "$1"
}

# unit: what systemd would do with the sample; leaves $status, and out.
unit() {
	local line
	status=0
	while read -r line; do
		env $(sed -n 's/^Environment=//p' systemd/detainerd-jms.service.sample) sh -c "${line//\/usr\/bin\/detainerctl/$BUILD/detainerctl}" >"$WORK/out" 2>"$WORK/err" ||
			{ status=$?; break; }
	done < <(sed -nE 's/^ExecStart(Pre)?=//p' systemd/detainerd-jms.service.sample)
}

# verified UNIT...: systemd understands every line of the samples, whose programs are elsewhere here.
verified() {
	local unit
	for unit in "$@"; do
		sed "s|/usr/bin/detainerctl|$BUILD/detainerctl|; s|^User=.*|User=root|; /^OnFailure=/d; /^Documentation=/d" "systemd/$unit.sample" >"$WORK/$unit"
	done
	(cd "$WORK" && systemd-analyze verify "${@/#/./}" >"$WORK/verify" 2>&1)
	cat "$WORK/verify"
	[ ! -s "$WORK/verify" ]
}

doubts() {
	value "select coalesce(string_agg(booking_number || ' ' || code, ', ' order by booking_number), 'none') from detainerd.fact_warning where code in ('missing_from_export', 'listed_after_end')"
}

holds() {
	value "select string_agg(h::text, chr(10) order by h.booking_id) from detainerd.hold h"
}

psql_run -c 'create database jms'
jms "create schema jms;
	create table jms.inmate (site text, booking_no text primary key, last_name text, booked timestamp, bond_posted timestamp, left_at timestamp, left_code text);
	insert into jms.inmate values ('T1', 'J1', 'Doe', '2026-11-12 09:12', '2026-11-13 14:05', null, null),
		('T1', 'J2', 'Roe', '2026-11-12 10:00', '2026-11-13 15:00', null, null),
		('T1', 'J3', 'Poe', '2026-11-12 11:00', null, null, null), ('T1', 'J0', 'Old', '2020-01-01 11:00', null, '2020-01-02 11:00', 'REL')"
psql_run -d jms -f systemd/detainerd-jms.sql.sample
psql_run -c 'grant detainerd_intake to jms_export'
expect 'it cannot read the table itself' sh -c '! PGUSER=jms_export psql -X -d jms -c "table jms.inmate" 2>/dev/null'

unit
equal 'the first export: status' 0 "$status"
equal 'who is in custody is booked, at local times' 'J1 2026-11-13 19:05:00, J2 2026-11-13 20:00:00, J3 -' \
	"$(value "select string_agg(booking_number || ' ' || coalesce((release_eligible_at at time zone 'UTC')::text, '-'), ', ' order by booking_number) from detainerd.booking")"
expect 'no name leaves the jail management system' sh -c "! grep -q Doe '$RUNTIME_DIRECTORY/booking.csv'"
PGUSER=jms_export psql_run -c "insert into detainerd.intake_detainer (facility, booking_number, reference, form, received_at, served_at)
	select facility, booking_number, 'D1', 'I-247A', booked_at, booked_at + interval '1 hour' from detainerd.intake_booking"
before=$(holds)
expect 'each is held' truth 'select count(*) = 3 from detainerd.hold'

jms "delete from jms.inmate where booking_no = 'J2'"
unit
equal 'somebody is missing: status' 1 "$status"
expect 'which the unit takes for no failure' grep -qx SuccessExitStatus=1 systemd/detainerd-jms.service.sample
expect 'the journal names them' grep -qE '^T1 +J2 +missing_from_export' "$WORK/out"
equal 'and a warning does' 'J2 missing_from_export' "$(doubts)"
equal 'but nobody is released' "$before" "$(holds)"
expect 'nor has left' truth "select custody_ended_at is null and custody_outcome is null from detainerd.booking where booking_number = 'J2'"

jms "update jms.inmate set left_at = localtimestamp - interval '1 hour', left_code = 'REL' where booking_no = 'J1'"
unit
expect 'who left is a release, by its own row' truth "select custody_ended_at is not null and custody_outcome = 'released' from detainerd.booking where booking_number = 'J1'"
equal 'and is not missing' 'J2 missing_from_export' "$(doubts)"

jms 'revoke select on jms.detainerd_booking from jms_export'
jms 'delete from jms.inmate'
unit
equal 'an export that fails is a failure: status' 69 "$status"
expect 'and is not imported' grep -q 'permission denied' "$WORK/err"
equal 'and makes nobody missing' 'J2 missing_from_export' "$(doubts)"
expect 'systemd understands the units' verified detainerd-jms.service detainerd-jms.timer
equal 'no hold drifts' 0 "$(value 'select count(*) from detainerd.hold_drift')"
