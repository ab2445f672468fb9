# SPDX-License-Identifier: MIT
# A facility's report of a period that nobody made: told once, whichever of two daemons looks, valid by the schema, and closed by its record.
. tests/lib/system.sh
county hook
psql_run <<-'SQL'
	update detainerd.facility set jurisdiction = 'US-NC', facts_max_age = null;
	-- of a year that is over whenever this runs
	update detainerd.duty set due_after = '0 days' where jurisdiction = 'US-NC' and event = 'period';
SQL
last=$(value "select period_from || ' to ' || period_until from detainerd.period_duties('T1', clock_timestamp()) where is_last")
start_sink webhook hook
for name in one two; do
	config $name "$(webhook hook "$port_hook")"
	start_daemon $name
done
expect 'what was missed is told' wait_for has_kind hook duty_missed
equal 'in words of its own' "Not on record as done by <then> for T1: make the report on detainers, for $last. Do it now and record it; if it was done, record when." \
	"$(got hook "b['text'].split('\n')[0] if b['kind'] == 'duty_missed' else None" | sed -E 's/by [-0-9]* ?[0-9:]* E[DS]T/by <then>/')"
equal 'about no booking' "None T1 warning N.C. Gen. Stat. § 162-62" "$(got hook "' '.join(str(b[c]) for c in ('booking_number', 'facility', 'severity', 'citation')) if b['kind'] == 'duty_missed' else None")"
expect 'valid by the schema' /usr/bin/python3 tests/lib/valid.py daemon/schema/event.schema.json "$WORK/hook/got.jsonl"
looked() { # SINCE: has a daemon looked after itself since?
	truth "select watched_at > '$1' from detainerd.watch_turn"
}
look() { # twice, for a look may have begun already
	for _ in 1 2; do
		wait_for looked "$(value 'select clock_timestamp()')"
	done
}
alert=$(value "select alert_id from detainerd.alert where kind = 'duty_missed'")
expect 'the daemons look again' look
expect 'and the message is settled' wait_for all_settled
equal 'told once' "1 $alert" "$(got hook "b['id'] if b['kind'] == 'duty_missed' else None" | uniq -c | xargs)"

state() {
	value "select case when detainerd.is_closed('$alert') then 'closed' else 'open' end"
}
is_now() {
	[ "$(state)" = "$1" ]
}
equal 'it is open' open "$(state)"
PGUSER=jms_test "$BUILD/detainerctl" duties done report --period "${last%% *}" --done-at now --told 'the legislature' >"$WORK/out" 2>&1
expect 'recorded by hand' grep -q 'done_late' "$WORK/out"
expect 'its record closes it' wait_for is_now closed
PGUSER=jms_test "$BUILD/detainerctl" duties done report --period "${last%% *}" --not-done >"$WORK/out" 2>&1
expect 'not done after all, it stands again' wait_for is_now open
PGUSER=reviewer_test "$BUILD/detainerctl" alerts show "$alert" >"$WORK/out" 2>&1
expect 'shown like any other' grep -q "make the report on detainers, for $last" "$WORK/out"
PGUSER=reviewer_test "$BUILD/detainerctl" ack "$alert" --reason counsel_called >"$WORK/out" 2>&1
equal 'acknowledged like any other' 0 $?
PGUSER=reviewer_test "$BUILD/detainerctl" report alerts --format csv --from "$(date -u -d '-2 days' +%F)" --to "$(date -u -d '+1 day' +%F)" >"$WORK/out" 2>&1
expect 'and in the report' grep -q "duty_missed.*$last" "$WORK/out"
