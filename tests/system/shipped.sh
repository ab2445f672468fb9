# SPDX-License-Identifier: MIT
# What is shipped beside the programs does what it says: the schema holds for
# what the daemon sends, the rules fire for what they name and for nothing
# else, and rules and dashboard ask for no series that the daemon does not have.
. tests/lib/system.sh
county hook small
start_sink webhook hook
start_sink webhook small
config one "$(webhook hook "$port_hook") $(webhook small "$port_small" | sed 's/timeout/detail = "minimal" timeout/')"
start_daemon one
book now 1
book later 7000
book gone 2
expect 'told of a release' wait_for has_kind hook release_due 2
expect 'and of one before long' wait_for has_kind hook due_soon
expect 'minimally' wait_for has_kind small release_due 2
psql_run -c "update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_number = 'gone'"
psql_run -c "update detainerd.booking set release_eligible_at = release_eligible_at + interval '30 hours' where booking_number = 'now'"
psql_run -c "insert into detainerd.finding (booking_id, ground, found_at) select booking_id, 'us_citizen_claim', clock_timestamp() from detainerd.booking where booking_number = 'later'"
value "select detainerd.test_receiver('hook')" >/dev/null
for kind in resolved superseded claim_review test; do
	expect "told of $kind" wait_for has_kind hook $kind
done
schema=daemon/schema/event.schema.json
kinds=$(/usr/bin/python3 tests/lib/valid.py $schema "$WORK/hook/got.jsonl" "$WORK/small/got.jsonl")
equal "every event is as the schema says: $kinds" 0 $?
for kind in due_soon release_due resolved superseded claim_review test release_due-minimal; do
	expect "$kind among them" grep -qw -- "$kind" <<<"$kinds"
done
# the schema can say no
while IFS='|' read -r what change; do
	got hook "json.dumps({'event': (lambda e: [$change, e][1])(m['event'])}) if b['kind'] == 'release_due' else None" >"$WORK/changed.jsonl"
	expect "not $what" sh -c "! /usr/bin/python3 tests/lib/valid.py $schema '$WORK/changed.jsonl' >/dev/null 2>&1"
done <<-'CHANGES'
	without its id|e.pop('id')
	with a time of day for an instant|e['data'].update(release_at='14:05')
	of another type|e.update(type='us.detainerd.release_due.v2')
	with a key that nobody announced|e['data'].update(name='x')
	with a booking where little is to be said|e.update(data={k: e['data'][k] for k in ('alert_id', 'kind', 'severity', 'facility', 'release_at', 'due_at', 'subject', 'text', 'booking_number')})
	grave in another word|e['data'].update(severity='dire')
CHANGES

rules=$PWD/daemon/monitor/detainerd.rules.yml
expect 'promtool takes the rules' promtool check rules "$rules"
expect 'a case for each rule' /usr/bin/python3 tests/system/monitor/cases.py "$rules" tests/system/monitor/rules.test.yml "$WORK/rules.yml"
expect 'each fires for what it names, and for nothing else' promtool test rules "$WORK/rules.yml"
sed 's/> 4 \* 3600/> 5 * 3600/' "$rules" >"$WORK/other.yml"
sed "s|$rules|$WORK/other.yml|" "$WORK/rules.yml" >"$WORK/other-rules.yml"
promtool test rules "$WORK/other-rules.yml" >"$WORK/noticed" 2>&1
equal 'a rule that is another is noticed' '1 yes' "$? $(grep -q 'exp:.*DetaineeOverdueForHours' "$WORK/noticed" && echo yes)"

daemon_has() {
	grep -zoP 'head\(\s*out, "\K\w+|name\[\] = "\K\w+' daemon/core/metrics.c
	grep -zoP 'measure_family \w+ = \{\s*"\K\w+' daemon/core/measure.c
}
asked() { grep -ohE 'detainerd_[a-z_]+' "$@" | sed 's/^detainerd_//; s/_bucket$//' | sort -u; }
dashboard=daemon/monitor/detainerd.dashboard.json
daemon_has | tr '\0' '\n' | sort -u >"$WORK/has"
equal 'series that only the rules know' '' "$(asked <(grep -E 'expr:|detainerd_.*[><=]' "$rules") | comm -23 - "$WORK/has")"
equal 'series that only the dashboard knows' '' "$(asked $dashboard | comm -23 - "$WORK/has")"
equal 'series that the dashboard does not show' '' "$(asked $dashboard | comm -13 - "$WORK/has")"
/usr/bin/python3 - $dashboard >"$WORK/queries.yml" <<-'PY'
	import json, sys, yaml
	panels = json.load(open(sys.argv[1]))["panels"]
	queries = [t["expr"].replace("$__rate_interval", "5m").replace("$job", ".*") for p in panels for t in p["targets"]]
	print(yaml.safe_dump({"groups": [{"name": "d", "rules": [{"record": "q%d" % n, "expr": q} for n, q in enumerate(queries)]}]}))
PY
expect 'promtool takes every query of the dashboard' promtool check rules "$WORK/queries.yml"
