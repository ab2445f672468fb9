# SPDX-License-Identifier: MIT
# status: nothing wrong is status 0; whatever is wrong is named, with status 1, whether or not a daemon has seen it; and facts are as of when they came.
. tests/lib/system.sh
start_sink webhook hook
county desk
troubles() { pick '[(t["condition"], t["subject"]) for t in j["troubles"]]'; }
# trouble WHAT CONDITION SUBJECT: is it there, with status 1 and one line?
trouble() {
	ctl status --json
	equal "$1: status" 1 $?
	expect "$1: named" pick "1 // (('$2', '$3') in [(t['condition'], t['subject']) for t in j['troubles']])"
	equal "$1: one line" 1 "$(grep -c '^detainerctl: something is wrong' "$WORK/err")"
}

trouble 'no daemon' no_daemon detainerd
trouble 'and nobody has the receiver' receiver_missing desk
ctl status
expect 'for people, loudly' grep -q 'no daemon is running: NOBODY IS TOLD OF ANYTHING' "$WORK/out"
expect 'facts that never came' grep -qE '^T1 +- +- +0 +0$' "$WORK/out"

config d1 "$(webhook desk "$port_hook")"
start_daemon d1
# a start that took long has stored its "starting" until it said READY
expect 'a daemon that has said READY is soon no longer shown as starting' wait_for truth "select state ->> 'status' not like '%starting%' from detainerd.daemon where daemon = 'd1'"
wait_for ctl status
ctl status --json
equal 'nothing is wrong: status' "0 []" "$? $(troubles)"
equal 'nothing is wrong: not a word' 0 "$(wc -c <"$WORK/err")"
ctl status
expect 'nothing is wrong: for people' grep -q '^  none is known$' "$WORK/out"
expect 'the daemon' grep -qE '^d1 +[0-9.]+ +yes ' "$WORK/out"

# --- a configuration that is refused -----------------------------------------------------
cp "$WORK/d1.conf" "$WORK/d1.good"
echo 'colour = "red"' >>"$WORK/d1.conf"
kill -HUP "$pid_d1"
refused() { ctl status --json; pick '1 // (("reload_refused", "d1") in [(t["condition"], t["subject"]) for t in j["troubles"]])' >/dev/null 2>&1; }
wait_for refused
trouble 'a reload that was refused' reload_refused d1
expect 'a reload that was refused: why' pick '1 // ("colour" in [t["what"] for t in j["troubles"]][0])'
mv "$WORK/d1.good" "$WORK/d1.conf"
kill -HUP "$pid_d1"
wait_for ctl status
ctl status --json
equal 'and the good one is taken' "0 []" "$? $(troubles)"

# --- how fresh the facts are ---------------------------------------------------------
psql_run -c "insert into detainerd.facility (code, jurisdiction, time_zone) values ('T2', 'US-CT-TEST', 'America/Denver')"
book SOON 7200
ctl status --json
equal 'facts of one facility, none of the other' "[('T1', True, False), ('T2', False, None)]" "$(pick '[(f["facility"], f["facts_as_of"] is not None, f["stale"]) for f in j["facilities"]]')"
equal 'as of all: never' None "$(pick 'j["facts_as_of"]')"
equal 'holds where they are' "[('T1', 1, 0), ('T2', 0, 0)]" "$(pick '[(f["facility"], f["holds_open"], f["holds_overdue"]) for f in j["facilities"]]')"
heard=$(PGUSER=jms_test value "select detainerd.intake_heartbeat('T2')")
ctl status --json
equal 'a heartbeat counts at once' t "$(value "select '$heard' = '$(pick 'j["facilities"][1]["facts_as_of"]')'::timestamptz")"
wait_for truth "select not exists (select from detainerd.feed_mark)"
ctl status --json
equal 'and when it has been gathered' t "$(value "select '$heard' = '$(pick 'j["facilities"][1]["facts_as_of"]')'::timestamptz")"
equal 'as of all: the oldest' "$(value "select extract(epoch from min(seen_at)) from detainerd.feed")" "$(value "select extract(epoch from '$(pick 'j["facts_as_of"]')'::timestamptz)")"
ctl alerts --since 2099-01-01 --facility T2
expect 'no alerts there, as of then' grep -q "no alerts; facts as of $(value "select detainerd.explain_time('$heard', 'America/Denver', 'local')").$" "$WORK/err"
ctl alerts --since 2099-01-01
expect 'no alerts anywhere, as of the oldest' grep -qE 'no alerts; facts as of 20.* \(T1, the oldest of 2 facilities\).$' "$WORK/err"

# --- what is wrong -------------------------------------------------------------------
psql_run -c "insert into detainerd.facility (code, jurisdiction, time_zone) values ('T3', 'US-CT-TEST', 'America/Denver')" \
	-c "update detainerd.route set facility_id = (select facility_id from detainerd.facility where code = 'T1')"
trouble 'a facility without a route' no_route T3
expect 'though another has one' pick "1 // (('no_route', 'T1') not in [(t['condition'], t['subject']) for t in j['troubles']])"
psql_run -c "update detainerd.route set facility_id = null"

psql_run -c "update detainerd.feed set seen_at = seen_at - interval '3 hours' where facility_id = (select facility_id from detainerd.facility where code = 'T2')"
wait_for truth "select exists (select from detainerd.watch where condition = 'facts_stale')"
trouble 'a feed that stopped, seen by the daemon' facts_stale T2
equal 'and told by this alert' "$(value "select alert_id from detainerd.watch where condition = 'facts_stale'")" "$(pick '[t["alert_id"] for t in j["troubles"]][0]')"
equal 'stale in the list' "[('T1', False), ('T2', True), ('T3', None)]" "$(pick '[(f["facility"], f["stale"]) for f in j["facilities"]]')"

stop_daemon d1
sink_mode hook 500
config d1 "$(webhook desk "$port_hook")"
start_daemon d1
book PAST -600
wait_for truth "select failures > 0 from detainerd.receiver_health where receiver = 'desk'"
psql_run -c "update detainerd.receiver_health set failures = 5" -c "update detainerd.delivery set first_due_at = first_due_at - interval '2 minutes' where state in ('due', 'leased')"
trouble 'a receiver that fails' receiver_failing desk
trouble 'what is undelivered' undelivered desk
equal 'since the oldest' t "$(value "select '$(pick 'j["oldest_undelivered_since"]')'::timestamptz = min(first_due_at) from detainerd.delivery where state in ('due', 'leased')")"
equal 'how many' "$(value "select count(*) from detainerd.delivery where state in ('due', 'leased') and first_due_at < clock_timestamp() - interval '60 seconds'")" "$(pick 'j["deliveries_undelivered"]')"
ctl status
expect 'the gravest is named first, and whom it is about' grep -qE '^detainerctl: something is wrong, in [0-9]+ respects; the first: undelivered, desk: deliveries undelivered: ' "$WORK/err"
equal 'critical before warning' 'critical warning' "$(sed -n '/^Trouble/,/^Daemons/p' "$WORK/out" | grep -oE ' (critical|warning) ' | uniq | xargs)"
psql_run -c "insert into detainerd.delivery (alert_id, receiver, state, due_at, first_due_at, delivered_at, attempts)
	select alert_id, 'later', 'due', now() + interval '10 minutes', now() + interval '10 minutes', now(), 1 from detainerd.alert where kind = 'release_due' limit 1"
ctl status --json
equal 'what is only to be said again later is not pending' "$(value "select count(*) from detainerd.delivery where state in ('due', 'leased') and receiver = 'desk'")" "$(pick 'j["deliveries_pending"]')"
ctl receivers --json
equal 'nor of its receiver' '[(0, None)]' "$(pick '[(r["deliveries_pending"], r["oldest_pending"]) for r in j if r["receiver"] == "later"]')"
psql_run -c "update detainerd.delivery set state = 'delivered' where receiver = 'later'"
ctl receivers
equal 'and the list of receivers says so: status' 1 $?
expect 'and the list of receivers says so' grep -qE "^detainerctl: receiver 'desk': [0-9]+ attempts failed running.$" "$WORK/err"
stop_daemon d1
# what it asked for last may still be written
wait_for truth "select not exists (select from pg_stat_activity where datname = current_database() and application_name = 'detainerd')"
psql_run -c "update detainerd.route set receiver = 'other'" -c "update detainerd.delivery set state = 'cancelled', leased_by = null, lease_until = null where state in ('due', 'leased')"
ctl receivers --json
equal 'one that nobody needs any more is listed, and no trouble' "[(True, None)]" "$(pick '[(r["failures"] >= 5, r["trouble"]) for r in j if r["receiver"] == "desk"]')"
ctl status --json
equal 'nor does status name it' '[]' "$(pick '[t["subject"] for t in j["troubles"] if t["condition"] == "receiver_failing"]')"
