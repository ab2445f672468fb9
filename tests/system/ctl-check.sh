# SPDX-License-Identifier: MIT
# check: what a monitoring system reads is true of the database, in one line and one status, whatever is wrong.
. tests/lib/system.sh
start_sink webhook hook
county desk
checked() { # WHAT STATUS REGEX [OPTION...]: status and first line of standard output
	local what=$1 wanted=$2 regex=$3
	shift 3
	PGUSER=reviewer_test "$BUILD/detainerctl" check "$@" >"$WORK/out" 2>"$WORK/err" </dev/null
	equal "$what: status" "$wanted" $?
	expect "$what: first line" grep -qE "$regex" <(head -n 1 "$WORK/out")
}
figure() { sed -n "1s/.*[ |]$1=\([0-9.]*\)s\{0,1\};.*/\1/p" "$WORK/out"; }

checked 'no daemon' 2 '^DETAINERD CRITICAL - detainerd: no daemon is running: NOBODY IS TOLD OF ANYTHING \(and 1 more\); 0 held, none overdue; next release not known; facts as of never \| '
equal 'no daemon: each trouble is a line' "CRITICAL: no_daemon: detainerd: no daemon is running: NOBODY IS TOLD OF ANYTHING
CRITICAL: receiver_missing: desk: no running daemon has it; deliveries waiting: 0" "$(tail -n +2 "$WORK/out")"

config d1 "$(webhook desk "$port_hook")"
start_daemon d1
wait_for truth 'select not exists (select from detainerd.trouble)'
checked 'nothing is wrong' 0 '^DETAINERD OK - 0 held, none overdue; next release not known; facts as of never \| '
equal 'nothing is wrong: one line and not a word more' '1 0' "$(wc -l <"$WORK/out") $(wc -c <"$WORK/err")"
expect 'the figures are written as they should be' grep -qE '\|( [a-z_]+=[0-9.]+s?;[0-9]*;[0-9]*;[0-9]*)+$' "$WORK/out"

book SOON 7200
checked 'somebody is held' 0 "^DETAINERD OK - 1 held, none overdue; next release $(value "select detainerd.explain_time(release_at, 'America/New_York', 'local') from detainerd.hold"); facts as of 20"
equal 'and counted' '1 0 1' "$(figure holds_open) $(figure holds_overdue) $(figure holds_due_soon)"
book PAST -7300
wait_for truth "select exists (select from detainerd.delivery d join detainerd.alert a using (alert_id) where a.kind = 'release_due' and d.state = 'delivered')"
checked 'somebody is overdue' 2 '^DETAINERD CRITICAL - 1 person is past the end of lawful custody, the longest for 2 h 1 min; next release 20'
equal 'and counted' '2 1' "$(figure holds_open) $(figure holds_overdue)"
expect 'for how long' [ "$(figure longest_overdue)" -ge 7300 ]
"$BUILD/detainerctl" check --json --utc >"$WORK/out"
equal 'as JSON: the same status' 2 $?
equal 'as JSON' 'CRITICAL [] True' "$(/usr/bin/python3 -c 'import json, sys; j = json.load(sys.stdin)["data"]; print(j["state"], j["troubles"], " UTC" in j["says"])' <"$WORK/out")"
psql_run -c "insert into detainerd.facility (code, jurisdiction, time_zone) values ('T2', 'US-CT-TEST', 'America/Denver')" \
	-c "insert into detainerd.route (receiver) values ('desk')"
checked 'not at the other place' 0 '^DETAINERD OK - 0 held, none overdue' --facility T2
checked 'nor is the overdue one lost at this one' 2 'CRITICAL - 1 person' --facility T1
psql_run -c "update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_number = 'PAST'"
checked 'out again' 0 '^DETAINERD OK - 1 held, none overdue'

wait_for truth 'select not exists (select from detainerd.feed_mark)'
psql_run -c "update detainerd.feed set seen_at = seen_at - interval '3 hours' where facility_id = (select facility_id from detainerd.facility where code = 'T1')"
wait_for truth "select exists (select from detainerd.trouble where condition = 'facts_stale')"
checked 'facts have stopped' 1 '^DETAINERD WARNING - T1: no fact was written and no heartbeat came for longer than facts_max_age; 1 held'
checked 'but not of the other place' 0 '^DETAINERD OK' --facility T2
psql_run -c "insert into detainerd.route (receiver, enabled) values ('a|b', true)"
checked 'a bar in a name parts no figures' 2 '^DETAINERD CRITICAL - a/b: no running daemon has it[^|]* \| holds_open='

checked 'no such place' 3 "^DETAINERD UNKNOWN - cannot find facility 'T7'" --facility T7
checked 'no rights' 3 '^DETAINERD UNKNOWN - .*permission denied' --db user=jms_test
for wrong in --colour --timeout=soon; do
	"$BUILD/detainerctl" check $wrong >"$WORK/out" 2>"$WORK/err"
	equal "a wrong option, $wrong: status" 3 $?
	expect "a wrong option, $wrong: says which" grep -qE "colour|'soon'" "$WORK/err"
done
checked 'no such database' 2 '^DETAINERD CRITICAL - cannot connect to the database' --db dbname=nowhere
checked 'no server' 2 '^DETAINERD CRITICAL - cannot connect to the database' --db host=/nowhere
lock=$WORK/lock
mkfifo "$lock"
psql -X -q <"$lock" >/dev/null &
started+=($!)
exec 3>"$lock"
echo 'begin; lock table detainerd.facility;' >&3
wait_for truth "select exists (select from pg_locks where relation = 'detainerd.facility'::regclass and mode = 'AccessExclusiveLock')"
checked 'a database that does not answer' 2 '^DETAINERD CRITICAL - the database does not answer in time' --timeout 1s
exec 3>&-
stop_daemon d1
