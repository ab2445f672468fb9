# SPDX-License-Identifier: MIT
# receivers, deliveries, alerts show, ack: what the real daemon did is what is shown, attempt by attempt.
. tests/lib/system.sh
start_sink webhook hook
start_sink webhook bad
sink_mode bad 500
county desk pager
as() { PGUSER=$1 "$BUILD/detainerctl" "${@:2}" >"$WORK/out" 2>"$WORK/err" </dev/null; }
ctl() { as reviewer_test "$@"; }
admin() { as admin_test "$@"; }
# refuses WHO WHAT STATUS REGEX COMMAND...: one line on standard error, nothing else.
refuses() {
	as "$1" "${@:5}"
	equal "$2: status" "$3" $?
	expect "$2: says why" grep -qE "$4" "$WORK/err"
	equal "$2: in one line" 1 "$(wc -l <"$WORK/err")"
	equal "$2: on standard error only" 0 "$(wc -c <"$WORK/out")"
}

# --- nothing yet, nobody runs --------------------------------------------------------
ctl receivers
equal 'nobody has what routes name: status' 1 $?
expect 'nobody has what routes name: aloud' grep -q "^detainerctl: receiver 'desk': no running daemon has it.$" "$WORK/err"
expect 'nobody has what routes name: in its row' grep -qE '^desk +no +NOBODY +- +1 +0 ' "$WORK/out"
refuses admin_test 'a test of what nobody has' 65 "cannot test receiver 'desk': no running daemon has it" receivers test desk
refuses reviewer_test 'no deliveries, and how fresh that is' 0 'no deliveries; facts as of never' deliveries
refuses reviewer_test 'none failed, and how fresh that is' 0 'no delivery has failed; facts as of never' deliveries --failed

# --- a daemon ------------------------------------------------------------------------
config d1 "$(webhook desk "$port_hook") $(webhook pager "$port_hook") $(webhook broken "$port_bad")"
start_daemon d1
ctl receivers --json
equal 'receivers: status' 0 $?
equal 'receivers: who has them' "[('broken', True, ['d1'], 0), ('desk', True, ['d1'], 1), ('pager', True, ['d1'], 1)]" \
	"$(pick '[(r["receiver"], r["served"], r["daemons"], r["routes"]) for r in j]')"

admin receivers test desk --json
equal 'a test: status' 0 $?
test_alert=$(pick 'j["alert_id"]')
equal 'a test: what came of it' "['desk', 1, 'd1', 'accepted', 200, True]" "$(pick '[j[k] for k in ("receiver", "attempt", "daemon", "outcome", "code")] + [j["elapsed_ms"] >= 0]')"
equal 'a test: came by the real path, once' 1 "$(got hook "m['headers'].get('webhook-id') if m['headers'].get('webhook-id') == '$test_alert' else None" | wc -l)"
admin receivers test broken
equal 'a test that is refused: status' 1 $?
expect 'a test that is refused: aloud' grep -q "^detainerctl: receiver 'broken' did NOT accept it: [a-z]*, 500.$" "$WORK/err"
expect 'a test that is refused: for people' grep -qE '^code +500$' "$WORK/out"
sink_mode bad hang
admin receivers test broken --wait 1s --json
equal 'a test without an answer: status' 1 $?
equal 'a test without an answer: nothing is made up' "['leased', None, None]" "$(pick '[j[k] for k in ("state", "outcome", "code")]')"
expect 'a test without an answer: says who tries and where to look' grep -q 'nothing came of it within 1 s: daemon d1 is trying. See later: detainerctl alerts show' "$WORK/err"
sink_mode bad 500
kill -STOP "$pid_d1"
admin receivers test desk --wait 1s
equal 'a test that no daemon takes: status' 1 $?
expect 'a test that no daemon takes: says so' grep -q 'nothing came of it within 1 s: no daemon has taken it, and it is due. See later: detainerctl alerts show' "$WORK/err"
kill -CONT "$pid_d1"
refuses reviewer_test 'a test is for administrators' 77 'permission denied' receivers test desk
refuses admin_test 'a test of no such receiver' 65 "cannot test receiver 'nowhere'" receivers test nowhere
admin receivers test
equal 'a test of nobody' 64 $?
admin receivers test desk --wait soon
equal 'a wait that is none' 64 $?

# --- alerts of no facility and no booking ----------------------------------------------
ctl alerts --json
equal 'a test is in the list' "{('$test_alert', None, None, 'test', 'said')}" \
	"$(pick '{tuple(a[k] for k in ("alert_id", "facility", "booking_number", "kind", "state")) for a in j if a["alert_id"] == "'"$test_alert"'"}')"
expect 'for people too' grep -qE "^$test_alert +- +- +test " <(PGUSER=reviewer_test "$BUILD/detainerctl" alerts)

# --- one alert, from its instant to whoever has it ---------------------------------------
sink_mode hook 503
book PAST -5400
wait_for truth "select count(*) = 2 from detainerd.delivery_log where kind = 'release_due' and last_code = 503"
alert=$(release_due PAST)
ctl deliveries --failed --alert "$alert" --json
equal 'failed: both, and why' "[('desk', 503), ('pager', 503)]" "$(pick 'sorted((d["receiver"], d["last_code"]) for d in j if d["failed"])')"
equal 'failed: of no more than was asked for' "{'$alert'}" "$(pick '{d["alert_id"] for d in j}')"
ctl deliveries --failed --receiver pager --no-header
equal 'failed: of one receiver' "$(value "select count(*) from detainerd.delivery_log where receiver = 'pager' and last_outcome <> 'accepted' and state in ('due', 'leased')")" \
	"$(wc -l <"$WORK/out")"
desk=$(value "select delivery_id from detainerd.delivery where alert_id = '$alert' and receiver = 'desk'")
# so that nobody but us tries it again
wait_for truth "with u as (update detainerd.delivery set due_at = clock_timestamp() + interval '1 hour' where delivery_id = $desk and state = 'due' returning true)
	select exists (select from u)"
sink_mode hook ok
before=$(value "select max(attempt) from detainerd.delivery_attempt where delivery_id = $desk")
admin deliveries retry "$desk" --wait 20s --json
equal 'retried: status' 0 $?
equal 'retried: a new attempt, accepted' "['accepted', 200, True]" "$(pick '[j["outcome"], j["code"], j["attempt"] > '"$before"']')"
expect 'retried: the old ones stay' truth "select count(*) filter (where code = 503) > 0 and count(*) filter (where code = 200) = 1 from detainerd.delivery_attempt where delivery_id = $desk"
ctl deliveries --alert "$alert" --failed --receiver desk
expect 'retried: not failed any more' grep -q 'no delivery has failed; facts as of 2' "$WORK/err"
admin deliveries retry "$desk"
equal 'once more, though it was delivered: status' 0 $?
expect 'once more: says which' grep -q "^delivery $desk of alert $alert to desk is due again; attempts so far: [0-9]*$" "$WORK/out"
wait_for truth "select count(*) = 2 from detainerd.delivery_attempt where delivery_id = $desk and outcome = 'accepted'"
expect 'once more: and it went' truth "select count(*) = 2 from detainerd.delivery_attempt where delivery_id = $desk and outcome = 'accepted'"
refuses reviewer_test 'to retry is for administrators' 77 'permission denied' deliveries retry "$desk"
refuses admin_test 'to retry what is not there' 65 'cannot retry delivery 987654: there is none' deliveries retry 987654
for id in x 12x 0 +5 -- 99999999999999999999; do
	admin deliveries retry $id
	equal "to retry '$id'" 64 $?
done

ctl ack "$alert" --reason counsel_called --note 'Sgt Ortiz: "on it"' --json
equal 'acknowledged: status' 0 $?
expect 'acknowledged: until when' truth "select '$(pick 'j["silent_until"]')'::timestamptz = expires_at from detainerd.alert_event where alert_id = '$alert' and event = 'acknowledged'"
equal 'acknowledged: how many reminders are on their way' "('$alert', 0)" "$(pick '(j["alert_id"], j["on_their_way"])')"
ctl ack "$alert" --reason counsel_called --note $'- called\n- waits'
equal 'a note that is a list: status' 0 $?
expect 'a note that is a list: as it was typed' truth "select exists (select from detainerd.alert_event where alert_id = '$alert' and event = 'acknowledged' and note = E'- called\\n- waits')"
ctl ack "$alert" --reason release_started
expect 'acknowledged: for people, in the zone of the facility' \
	grep -qE '^acknowledged until 20[0-9-]+ [0-9:]+ E[SD]T: reminders are silent, the clock goes on; 0 already on their way may still arrive$' "$WORK/out"

wait_for truth "select not exists (select from detainerd.delivery where alert_id = '$alert' and state in ('due', 'leased') and not reminder)"
ctl alerts show "$alert" --json
equal 'the whole of it: status' 0 $?
equal 'head' "['$alert', 'T1', 'PAST', 'release_due', 'acknowledged', 'reviewer_test']" "$(pick '[j[k] for k in ("alert_id", "facility", "booking_number", "kind", "state", "acknowledged_by")]')"
equal 'its instants' t "$(value "select due_at = '$(pick 'j["due_at"]')' and raised_at = '$(pick 'j["raised_at"]')' and learned_at is not distinct from nullif('$(pick 'j["learned_at"] or ""')', '')::timestamptz
	from detainerd.alert where alert_id = '$alert'")"
equal 'every attempt of every delivery' "$(value "select string_agg(concat_ws(' ', receiver, attempt, daemon, outcome, code), ',' order by receiver, delivery_attempt_id)
	from detainerd.delivery_attempt join detainerd.delivery using (delivery_id) where alert_id = '$alert'")" \
	"$(pick '",".join("%s %s %s %s %s" % (d["receiver"], a["attempt"], a["daemon"], a["outcome"], a["code"]) for d in sorted(j["deliveries"], key=lambda d: d["receiver"]) for a in d["attempts_made"])')"
equal 'the timeline is in order' True "$(pick '[e["utc"] for e in j["timeline"]] == sorted(e["utc"] for e in j["timeline"])')"
equal 'it begins' "due raised to_be_told to_be_told" "$(pick '" ".join(e["event"] for e in j["timeline"] if e["event"] != "learned")' | cut -d' ' -f1-4)"
equal 'both acknowledgements, by whom, why, in whose words' 2 "$(pick 'len([1 for e in j["timeline"] if e["event"] == "acknowledged" and e["what"].startswith("acknowledged by reviewer_test, ") and ("release_started" in e["what"] or "Sgt Ortiz: \"on it\"" in e["what"])])')"
equal 'what is to come is ahead' True "$(pick '[e["ahead"] for e in j["timeline"] if e["event"] == "silence_ends"] == [True]')"
overdue=$(value "select alert_id from detainerd.alert where kind = 'overdue' order by due_at desc limit 1")
ctl alerts show "$overdue" --json
expect 'a reminder shows who silenced it' pick '1 // ("silenced" in [e["event"] for e in j["timeline"]])'
# who acknowledges for less is told until when it is silent, not until when his own word holds
as admin_test ack "$overdue" --reason other_authority --json
equal 'another alert of the instant: until when reminders are silent' t "$(value "select '$(pick 'j["silent_until"]')'::timestamptz = (select max(expires_at) from detainerd.alert_event where alert_id = '$alert')")"
ctl alerts show "$alert"
expect 'for people: the head' grep -qE '^reminders silent until +20' "$WORK/out"
expect 'for people: an attempt' grep -qE 'E[SD]T .* UTC desk, attempt 1 by daemon d1: [a-z]+, 503, [0-9]+ ms' "$WORK/out"
ctl alerts show "$test_alert"
expect 'a test is shown as well' grep -q 'desk is sent a test' "$WORK/out"

# --- it is over --------------------------------------------------------------------------
psql_run -c "update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_number = 'PAST'"
wait_for truth "select resolved_at is not null from detainerd.alert_log where alert_id = '$alert'"
resolved=$(value "select r.alert_id from detainerd.alert r join detainerd.alert a using (stay_id) where r.kind = 'resolved' and a.alert_id = '$alert'")
ctl alerts show "$alert" --json
equal 'over, and by what' "['resolved', True]" "$(pick '[j["state"], ("is resolved by", "'"$resolved"'") in [(o["relation"], o["alert_id"]) for o in j["alerts"]]]')"
ctl alerts show "$resolved" --json
equal 'and the other way' True "$(pick '("closes", "'"$alert"'") in [(o["relation"], o["alert_id"]) for o in j["alerts"]] and "closes" in [e["event"] for e in j["timeline"]]')"
refuses reviewer_test 'to acknowledge what is over' 65 "cannot acknowledge '$alert': it is resolved or superseded" ack "$alert" --reason release_started
refuses reviewer_test 'to acknowledge a closing word' 65 'it is resolved or superseded' ack "$resolved" --reason release_started
refuses reviewer_test 'to acknowledge what is not there' 65 "cannot acknowledge 'x': no such alert" ack x --reason ice_here
refuses reviewer_test 'to acknowledge for no such reason' 65 "cannot acknowledge: unknown reason 'tired'. Use release_started, " ack "$alert" --reason tired

# --- a digest ----------------------------------------------------------------------------
psql_run -c "update detainerd.setting set value = '1 second' where name = 'digest_after'" -c "update detainerd.facility set go_live_at = clock_timestamp() + interval '1 day'"
book LISTED -300
wait_for truth "select count(*) = 2 from detainerd.delivery where state = 'delivered' and digest_id is not null"
listed=$(release_due LISTED)
digest=$(value "select digest_id from detainerd.delivery where alert_id = '$listed' and receiver = 'desk'")
ctl alerts show "$listed" --json
equal 'in which digests it is listed' "{'is listed in'}" "$(pick '{o["relation"] for o in j["alerts"]}')"
equal 'and every attempt of those' "$(value "select count(*) from detainerd.delivery_attempt t join detainerd.delivery g using (delivery_id)
	join detainerd.delivery d on d.digest_id = g.alert_id and d.receiver = g.receiver where d.alert_id = '$listed'")" \
	"$(pick 'len([1 for e in j["timeline"] if e["event"] == "attempt" and ", in digest " in e["what"]])')"
ctl alerts show "$digest" --json
equal 'what a digest lists' "['lists']" "$(pick '[o["relation"] for o in j["alerts"] if o["alert_id"] == "'"$listed"'"]')"
refuses reviewer_test 'to acknowledge a digest' 65 "cannot acknowledge '$digest': .*alerts show" ack "$digest" --reason release_started
ctl alerts --json
equal 'and its alerts are open' "['OPEN']" "$(pick '[a["state"] for a in j if a["alert_id"] == "'"$listed"'"]')"

# --- bad input ----------------------------------------------------------------------------
refuses reviewer_test 'to show what is not there' 65 "cannot find alert 'x'" alerts show x
refuses reviewer_test 'deliveries of no such alert' 65 "cannot find alert 'x'" deliveries --alert x
refuses reviewer_test 'deliveries to no such receiver' 65 "cannot find receiver 'x'" deliveries --receiver x
refuses reviewer_test 'deliveries since no such time' 64 "cannot list deliveries since 'noon' is no date" deliveries --since noon
refuses reviewer_test 'deliveries since ever' 64 "is no date" deliveries --since 999999999w
refuses reviewer_test 'deliveries since tomorrow' 0 'no deliveries; facts as of 2' deliveries --since 2099-01-01
for words in 'alerts show' 'deliveries retry' 'receivers test a b' 'alerts show a b' 'deliveries retry 1 2'; do
	# shellcheck disable=SC2086
	admin $words
	equal "$words" 64 $?
done
stop_daemon d1

# --- a reminder that is silenced, wanted sooner: why it waits ---------------------------------
ctl ack "$listed" --reason release_started
psql_run -c "insert into detainerd.delivery (alert_id, receiver, due_at, first_due_at, reminder) values ('$listed', 'later', now(), now(), true)"
later=$(value "select delivery_id from detainerd.delivery where alert_id = '$listed' and receiver = 'later'")
admin deliveries retry "$later" --wait 20s
equal 'a silenced reminder: status' 1 $?
expect 'a silenced reminder: says so at once' grep -qE '^detainerctl: it waits: somebody acknowledged the alert, and its reminders are silent until 20[0-9-]+ [0-9:]+ E[SD]T\.$' "$WORK/err"
admin deliveries retry "$later" --json
equal 'a silenced reminder: until when, for programs' t "$(value "select '$(pick 'j["silent_until"]')'::timestamptz = max(expires_at) from detainerd.alert_event where alert_id = '$listed'")"
psql_run -c "update detainerd.delivery set reminder = false where delivery_id = $later"
admin deliveries retry "$later"
expect 'what is no reminder waits for something else' grep -q "^detainerctl: it waits: no running daemon has receiver 'later'.$" "$WORK/err"
admin deliveries retry "$later" --wait 20s
equal 'to wait for what nobody tries is vain: status, and at once' 1 $?
equal 'to wait for what nobody tries is vain: says why' "detainerctl: it waits: no running daemon has receiver 'later'." "$(cat "$WORK/err")"

# --- an alert that was refreshed a thousand times: a person sees what changed, a program each ---------
psql_run -c "insert into detainerd.delivery_attempt (delivery_id, attempt, daemon, settled_at, outcome, code, elapsed_ms, answer)
	select $later, 1000 + n, case n % 2 when 0 then 'd1' else 'd2' end, clock_timestamp() + interval '1 s' * (n - 1001), case n when 500 then 'refused' else 'accepted' end,
	       case n when 500 then 503 else 200 end, n % 7, '' from generate_series(1, 1000) n"
ctl alerts show "$listed"
equal 'for people: the first, the run, what broke it' 'attempt 1001 by daemon d2: accepted, 200, 1 ms
attempts 1002 to 1499, each: accepted, 200
attempt 1500 by daemon d1: refused, 503, 3 ms
attempt 1501 by daemon d2: accepted, 200, 4 ms
attempts 1502 to 2000, each: accepted, 200' "$(grep -oE 'later, attempts? .*' "$WORK/out" | sed -E 's/^later, //; s/ +no *$//')"
ctl alerts show "$listed" --json
equal 'for programs: every one' 1000 "$(pick 'len([e for e in j["timeline"] if e["what"].startswith("later, attempt 1") or e["what"].startswith("later, attempt 2")])')"
