# SPDX-License-Identifier: MIT
# Facts from files: each record comes to one end, told with its place; what waits joins; a blank erases nothing.
. tests/lib/system.sh
county
cd "$WORK"
ctl="$BUILD/detainerctl"

# import KIND FILE [OPTION...], as the intake: leaves $status, out and err.
import() {
	status=0
	PGUSER=jms_test "$ctl" import --kind "$1" "${@:3}" "$2" >out 2>err </dev/null || status=$?
}

sums() { # imported unchanged superseded parked rejected = records
	sed -n 's/^imported \([0-9]*\) + unchanged \([0-9]*\) + superseded \([0-9]*\) + parked \([0-9]*\) + rejected \([0-9]*\) = \([0-9]*\) records$/\1 \2 \3 \4 \5 \6/p' out
}

# --- bookings: every way to write a time, and every way to get it wrong -------------
printf '\xef\xbb\xbf' >bookings.csv
cat >>bookings.csv <<'CSV'
Facility,booking_number,booked_at,release_eligible_at,custody_ended_at,custody_outcome,outcome_detail,continues_booking_number
T1,A1,2026-11-01 01:30,2026-11-20,,,"two
lines, ""quoted""",
T1,A2,11/1/2026 1:30 AM,11/20/2026 17:05,2026-11-01 01:30,released,,A1
T1,A3,2026-03-08 02:30,2026-03-08T02:30:00-05:00,2026-03-09T00:00:00Z,,,Z9
T1,A4,2026-02-30,,,,,
T9,A5,2026-11-01,,,,,
T1,,2026-11-01,,,,,
T1,A7,2026-11-01
T1,A8,2026-11-01,,,"rel"eased,,
T1,A9,2026-11-02 10:00,,,,,
T1,A9,,2026-11-03 10:00,,,,
CSV
printf 'T1,B\xff0,2026-01-01,,,,,\n' >>bookings.csv
import booking bookings.csv
equal 'rejected records: status' 65 "$status"
equal 'every record has its end' '4 0 1 0 6 11' "$(sums)"
equal 'the places' '6:7 7:1 8:4 9:1 10:25 13:5' "$(sed -n 's/^bookings.csv:\([0-9]*:[0-9]*\): .*/\1/p' err | sort -n | xargs)"
equal 'only its owner reads the reject file' 600 "$(stat -c %a bookings.csv.rejected.csv)"
equal 'a repeated hour: first for booked_at, second for the end' '2026-11-01 05:30:00+00 2026-11-01 06:30:00+00' \
	"$(value "select booked_at || ' ' || custody_ended_at from detainerd.booking where booking_number = 'A2'")"
equal 'a skipped hour is the transition; an offset is taken as given' '2026-03-08 07:00:00+00 2026-03-08 07:30:00+00' \
	"$(value "select booked_at || ' ' || release_eligible_at from detainerd.booking where booking_number = 'A3'")"
equal 'a bare date is local midnight' '2026-11-20 05:00:00+00' "$(value "select release_eligible_at from detainerd.booking where booking_number = 'A1'")"
expect 'a line end within quotes' truth "select outcome_detail = e'two\nlines, \"quoted\"' from detainerd.booking where booking_number = 'A1'"
expect 'a booking of the same file is linked' truth "select b.continues_booking_id = a.booking_id
	from detainerd.booking a, detainerd.booking b where a.booking_number = 'A1' and b.booking_number = 'A2'"
expect 'of two records each last value counts' truth "select booked_at = '2026-11-02 15:00Z' and release_eligible_at = '2026-11-03 15:00Z'
	from detainerd.booking where booking_number = 'A9'"

cp bookings.csv.rejected.csv again.csv
import booking again.csv
equal 'a reject file is an import file' '0 0 0 0 6 6' "$(sums)"
equal 'and its reasons are the new ones' 1 "$(head -n 1 again.csv.rejected.csv | grep -o rejected_because | wc -l)"
before=$(value 'select md5(string_agg(b::text, chr(10) order by booking_id)) from detainerd.booking b')
import booking bookings.csv
equal 'once more: nothing differs' '0 4 1 0 6 11' "$(sums)"
equal 'and nothing was written' "$before" "$(value 'select md5(string_agg(b::text, chr(10) order by booking_id)) from detainerd.booking b')"
printf 'facility,booking_number,booked_at,custody_outcome\nT1,A9,,\n' >blank.csv
import booking blank.csv
equal 'a blank erases nothing: status' 0 "$status"
equal 'a blank is no change' '0 1 0 0 0 1' "$(sums)"
expect 'with none rejected no file is left' test ! -e blank.csv.rejected.csv

# --- children, before their booking and after --------------------------------------
printf 'facility,booking_number,reference,form,received_at,served_at\nT1,P1,D1,I-247A,2026-11-05 10:00,2026-11-05 11:00\n' >detainers.csv
cat >findings.csv <<'CSV'
facility,booking_number,reference,ground,felony_class,evidence,found_at
T1,P1,F1,conv_felony_class,A,judgment,2026-11-01 01:30
T1,P1,F2,juvenile,,,2026-11-01 01:30
CSV
printf 'facility,booking_number,reference,kind,began_at,ended_at\nT1,P1,C1,local_charge,2026-11-01 01:30,2026-11-08\n' >bases.csv
for kind in detainer finding basis; do
	case $kind in basis) file=bases.csv ;; *) file=${kind}s.csv ;; esac
	import $kind $file
	equal "$kind: parked, for its booking has not come" "0 0 0 $([ $kind = finding ] && echo 2 || echo 1) 0" "$(sums | cut -d' ' -f1-5)"
done
printf 'facility,booking_number,booked_at\nT1,P1,2026-11-01 01:00\n' >booking.csv
import booking booking.csv
expect 'they join it when it comes' grep -q '^joined 4 ' out
equal 'nothing of them is parked any more' 0 "$(value "select count(*) from detainerd.import_parked where kind <> 'booking'")"
equal 'a ground from the second of a repeated hour, a bar from the first' '2026-11-01 06:30:00+00 2026-11-01 05:30:00+00' \
	"$(value "select string_agg(found_at::text, ' ' order by reference) from detainerd.finding")"
equal 'they are judged' 'counsel_must_decide|bar:juvenile' "$(value "select reason || '|' || detail from detainerd.hold")"
import detainer detainers.csv
equal 'and are there' '0 1 0 0 0 1' "$(sums)"
sed 's/conv_felony_class/conv_felony_any/' findings.csv >changed.csv
import finding changed.csv
equal 'intake does not change a ground' '0 1 0 0 1 2' "$(sums)"
printf 'facility,booking_number,booked_at\nT1,Z9,2026-01-02\n' >z9.csv
import booking z9.csv
expect 'a link waits for its other end and then holds' truth "select b.continues_booking_id = a.booking_id
	from detainerd.booking a, detainerd.booking b where a.booking_number = 'Z9' and b.booking_number = 'A3'"
equal 'no hold drifts' 0 "$(value 'select count(*) from detainerd.hold_drift')"

# --- what stops a file as a whole ---------------------------------------------------
count=$(value 'select count(*) from detainerd.booking')
refused() { # WHAT STATUS REGEX
	equal "$1: status" "$2" "$status"
	expect "$1: says why" grep -qE "$3" err
	equal "$1: nothing was imported" "$count" "$(value 'select count(*) from detainerd.booking')"
}
printf 'facility,booking_number,colour\nT1,N1,red\n' >unknown.csv
import booking unknown.csv
refused 'an unknown column' 65 "unknown.csv:1:25: .*'colour'"
printf 'booking_number,booked_at\nN1,2026-01-01\n' >lacks.csv
import booking lacks.csv
refused 'a missing column' 65 "'facility' is missing"
: >empty.csv
import booking empty.csv
refused 'an empty file' 65 'empty'
printf '\xff\xfef\0' >utf16.csv
import booking utf16.csv
refused 'UTF-16' 65 'UTF-16'
printf 'facility,booking_number\nT1,N1\n' >one.csv
import booking one.csv --reject "$WORK/no/such/folder/r.csv"
refused 'a folder that is not there' 73 'cannot create the reject file'
echo precious >precious
import booking one.csv --reject precious
refused 'a file that is no reject file' 73 'no reject file'
equal 'and stays as it was' precious "$(cat precious)"
import booking none.csv
refused 'a file that is not there' 74 'none.csv'
import colour one.csv
refused 'no such kind' 64 'colour'
status=0
PGUSER=detainerd_test "$ctl" import --kind booking one.csv >out 2>err || status=$?
refused 'a role without rights' 77 'permission denied'

# --- many, and from standard input --------------------------------------------------
/usr/bin/python3 - <<'PY' >many.csv
print('facility,booking_number,booked_at,release_eligible_at')
for n in range(20000):
    print('T1,M%d,2026-%02d-%02d %02d:%02d,' % (n, n % 10 + 1, n % 28 + 1, n % 24, n % 60))
PY
status=0
PGUSER=jms_test "$ctl" import --kind booking --json - <many.csv >out 2>err || status=$?
equal 'twenty thousand from standard input: status' 0 "$status"
equal 'all are there' '20000 20000' "$(/usr/bin/python3 -c 'import json; r = json.load(open("out"))["data"]; print(r["records"], r["imported"])')"
equal 'in the table too' 20000 "$(value "select count(*) from detainerd.booking where booking_number like 'M%'")"
