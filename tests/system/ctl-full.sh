# SPDX-License-Identifier: MIT
# Lists and full exports: a facility lies in a zone of its state; who is missing in an export is not released.
. tests/lib/system.sh
county
cd "$WORK"
ctl="$BUILD/detainerctl"

# import ROLE KIND FILE [OPTION...]: leaves $status, out and err.
import() {
	status=0
	PGUSER=$1 "$ctl" import --kind "$2" "${@:4}" "$3" >out 2>err </dev/null || status=$?
}

sums() { # imported unchanged superseded parked rejected = records
	sed -n 's/^imported \([0-9]*\) + unchanged \([0-9]*\) + superseded \([0-9]*\) + parked \([0-9]*\) + rejected \([0-9]*\) = \([0-9]*\) records$/\1 \2 \3 \4 \5 \6/p' out
}

doubts() {
	value "select coalesce(string_agg(booking_number || ' ' || code, ', ' order by booking_number), 'none') from detainerd.fact_warning where code in ('missing_from_export', 'listed_after_end')"
}

# --- a list of facilities, in somebody else's columns ---------------------------------
cat >jails.csv <<'CSV'
Code,Name,City,State,TZ,facts_max_age
A1,Bigtown Jail,Bigtown,TX,America/Chicago,90m
A2,Farwest Jail,Farwest,TX,America/Denver,
A3,Nozone Jail,Nowhere,TX,,
A4,Wrongzone Jail,Elsewhere,TX,America/New_York,
A5,Dry Jail,Dry,AZ,America/Phoenix,
A6,Drier Jail,Drier,AZ,America/Los_Angeles,
A7,Island Jail,Island,PR,America/Puerto_Rico,
A8,Old Jail,Old,IN,America/Indiana/Indianapolis,
A9,Slip Jail,Slip,CT,Amerika/New_York,1 fortnight
,No code,,CT,America/New_York,
T1,,,CT,America/Chicago,
T1,Renamed,,,,
CSV
columns=(--column TZ=time_zone --column State=jurisdiction --column city=)
import postgres facility jails.csv
equal 'columns of their own: status' 65 "$status"
expect 'are named with their place' grep -q "^jails.csv:1:11: there is no column 'city' for a facility" err
import postgres facility jails.csv "${columns[@]}"
equal 'a list with faults: status' 65 "$status"
equal 'every record has its end' '4 0 1 0 7 12' "$(sums)"
# two records of one code are one: what is wrong in either is told of the last
equal 'what was wrong, where' '4:27 5:32 7:24 8:23 10:22 10:39 11:1 13:14' "$(sed -n 's/^jails.csv:\([0-9]*:[0-9]*\): .*/\1/p' err | sort -t: -n | xargs)"
expect 'the zones of the state are named' grep -q 'in US-TX there is America/Chicago, America/Denver' err
expect 'a zone whose clocks agree passes' truth "select count(*) = 1 from detainerd.facility where code = 'A8'"
expect 'a blank takes the default' truth "select facts_max_age = '1 hour' and processing_minutes = 0 and agency_kind = 'county_jail' from detainerd.facility where code = 'A2'"
expect 'what is given stands' truth "select facts_max_age = '90 min' and name = 'Bigtown Jail' and jurisdiction = 'US-TX' from detainerd.facility where code = 'A1'"
import postgres facility jails.csv.rejected.csv "${columns[@]}" --reject again.csv
equal 'a reject file is an import file' 65 "$status"
import postgres facility jails.csv "${columns[@]}"
equal 'once more: nothing differs' '0 4 1 0 7 12' "$(sums)"
printf 'code,name\nT1,Other\n' >name.csv
import jms_test facility name.csv
equal 'intake writes no facility: status' 77 "$status"
import postgres facility jails.csv --column nothing
equal 'a column that is not so written: status' 64 "$status"

# --- interviews ---------------------------------------------------------------------------
printf 'facility,booking_number,reference,requested_at,consent,officer\nT1,F1,I1,2026-11-20 10:00,given,K\n' >interviews.csv
import jms_test interview interviews.csv
equal 'an interview waits for its booking' '0 0 0 1 0 1' "$(sums)"

# --- full exports ----------------------------------------------------------------------------
full() { # NUMBERS...: a full export of those, none of them out
	{
		echo facility,booking_number,booked_at,custody_ended_at,custody_outcome
		printf 'T1,%s,2026-11-19 10:00,,\n' "$@"
	} >full.csv
	import jms_test booking full.csv --full
}

full F1 F2 F3
equal 'the first export: status' 0 "$status"
expect 'what waited joins' grep -q '^joined 1 ' out
expect 'an interview' truth "select consent = 'given' and requested_at = '2026-11-20 15:00Z' from detainerd.interview"
psql_run -c "insert into detainerd.detainer (booking_id, form, received_at, served_at) select booking_id, 'I-247A', '2026-11-19 16:00Z', '2026-11-19 16:00Z' from detainerd.booking;
	update detainerd.booking set release_eligible_at = '2026-11-20 16:00Z'"
holds=$(value 'select string_agg(h::text, chr(10) order by h.booking_id) from detainerd.hold h')
marks=$(value 'select count(*) from detainerd.feed_mark')
full F1 F3
equal 'somebody is missing: status' 1 "$status"
expect 'who is said' grep -qE '^T1 +F2 +missing_from_export' out
equal 'and kept' 'F2 missing_from_export' "$(doubts)"
equal 'but nobody is released' "$holds" "$(value 'select string_agg(h::text, chr(10) order by h.booking_id) from detainerd.hold h')"
expect 'an export with nothing new is heard' test "$marks" -lt "$(value 'select count(*) from detainerd.feed_mark')"
full F1 F3
equal 'and so each time' 1 "$status"
full F1 F2 F3
equal 'back again: status' 0 "$status"
equal 'no doubt is left' none "$(doubts)"
: >none.csv
echo facility,booking_number >none.csv
import jms_test booking none.csv --full
equal 'an export of nobody says nothing: status' 0 "$status"
equal 'nobody is missing' none "$(doubts)"
printf 'facility,booking_number,booked_at\nT1,F1,2026-11-19 10:00\nT1,F2,no time\nT1,F3,2026-11-19 10:00\n' >bad.csv
import jms_test booking bad.csv --full
equal 'what is rejected is listed all the same' none "$(doubts)"
PGUSER=jms_test "$ctl" custody F2 --ended-at now --outcome released >/dev/null
full F1 F3
equal 'who went out is not missing' none "$(doubts)"
full F1 F2 F3
equal 'listed without an end after their end: status' 1 "$status"
equal 'is kept as that' 'F2 listed_after_end' "$(doubts)"
expect 'the blank erased nothing' truth "select custody_ended_at is not null from detainerd.booking where booking_number = 'F2'"
PGUSER=jms_test "$ctl" custody F2 --clear ended-at --clear outcome >out
equal 'the hand that mends it ends the doubt' none "$(doubts)"
PGUSER=jms_test "$ctl" booking F4 --new --facility T1 --booked-at now --continues F2 >out
full F1 F3 F4
equal 'of a stay its latest booking is listed' none "$(doubts)"
import jms_test booking full.csv --full --json
equal 'as JSON' '3 []' "$(/usr/bin/python3 -c 'import json; d = json.load(open("out"))["data"]; print(d["records"], d["doubts"])')"
import jms_test detainer full.csv --full
equal 'only bookings are exported in full: status' 64 "$status"
equal 'no hold drifts' 0 "$(value 'select count(*) from detainerd.hold_drift')"
