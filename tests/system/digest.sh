# SPDX-License-Identifier: MIT
# Quiet: what comes in bulk is one message a receiver, in which everybody is
# named; what is long over is none; and what is due to the minute is no bulk.
. tests/lib/system.sh
county hook desk
start_sink webhook hook
start_sink mail desk
config one "$(webhook hook "$port_hook"; mail desk "$port_desk" | sed 's/digest_above = "never"/digest_above = "10"/')"
start_daemon one

import() { PGUSER=jms_test "$BUILD/detainerctl" import --kind "$1" "$2" >"$WORK/import.log" 2>&1 || cat "$WORK/import.log"; }
messages() { echo "$(wc -l <"$WORK/hook/got.jsonl") $(wc -l <"$WORK/desk/got.jsonl")"; }
looked() { # the daemon has raised what there was, and nothing is left to be done
	truth "select not exists (select from detainerd.hold where next_due_at <= clock_timestamp()) and not exists (select from detainerd.delivery where state in ('due', 'leased'))"
}

# A year of history, all of it over.
/usr/bin/python3 - "$WORK" <<-'PY'
	import datetime, sys
	now = datetime.datetime.now(datetime.timezone.utc)
	stamp = lambda days, hours=0: (now - datetime.timedelta(days=days, hours=hours)).isoformat()
	for name, people, over in (("past", 365, True), ("open", 300, False)):
	    with open(f"{sys.argv[1]}/{name}-booking.csv", "w") as b, open(f"{sys.argv[1]}/{name}-detainer.csv", "w") as d:
	        b.write("facility,booking_number,booked_at,release_eligible_at,custody_ended_at,custody_outcome\n")
	        d.write("facility,booking_number,form,received_at,served_at,reference\n")
	        for n in range(people):
	            days = n + 5 if over else 5
	            end = f"{stamp(days - 4)},released" if over else ","
	            b.write(f"T1,{name}-{n},{stamp(days)},{stamp(days - 1)},{end}\n")
	            d.write(f"T1,{name}-{n},I-247A,{stamp(days, -2)},{stamp(days, -3)},R{n}\n")
PY
import booking "$WORK/past-booking.csv"
import detainer "$WORK/past-detainer.csv"
equal 'a year of history is on record' 365 "$(value 'select count(*) from detainerd.hold')"
expect 'and judged: it holds unlawful time' truth 'select count(*) > 300 from detainerd.over_detention'
expect 'the daemon has looked' wait_for looked
equal 'nobody hears of it' '0 0' "$(messages)"

# 300 people in custody now, all past their instant.
import booking "$WORK/open-booking.csv"
import detainer "$WORK/open-detainer.csv"
digested() { truth "select count(distinct stay_id) = 300 and bool_and(state in ('digested', 'delivered')) from detainerd.delivery join detainerd.alert using (alert_id) where kind = 'release_due'"; }
expect 'each is to be told of' wait_for digested
expect 'and the daemon has told' wait_for looked
equal 'each receiver has one message' '1 1' "$(messages)"
equal 'a digest' digest "$(got hook "b['kind']")"
equal 'which names everybody' 300 "$(got hook "'\n'.join(b['listed'])" | grep -oE 'open-[0-9]+' | sort -u | wc -l)"
equal 'so does the mail' 300 "$(got desk "m['text']" | grep -oE 'open-[0-9]+' | sort -u | wc -l)"
expect 'which counts as told' truth "select count(*) = 600 and bool_and(d.state = 'delivered' and d.digest_id is not null) from detainerd.delivery d join detainerd.alert using (alert_id) where kind = 'release_due'"

# Twenty at one instant, known beforehand, are no bulk: one by one, except to a receiver that does not bear it.
psql_run -c "update detainerd.route set kinds = '{release_due}'; update detainerd.delivery set created_at = created_at - interval '2 minutes'"
book C 3 20
one_by_one() { [ "$(got hook "b['booking_number'] if b['kind'] == 'release_due' else None" | grep -c '^C-')" = 20 ]; }
expect 'the webhook gets twenty' wait_for one_by_one
expect 'settled' wait_for all_settled
equal 'the mail gets one' 2 "$(wc -l <"$WORK/desk/got.jsonl")"
equal 'with twenty lines' 20 "$(got desk "m['text']" | grep -oE 'C-[0-9]+' | sort -u | wc -l)"
