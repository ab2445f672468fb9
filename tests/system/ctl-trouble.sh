# SPDX-License-Identifier: MIT
# Whatever detainerd.trouble may name is shown by status, check and doctor: each condition by itself, taken from the view's own
# text and from what daemons look for, so that a new one that is not shown fails here.
. tests/lib/system.sh
county desk
config d1 "$(webhook desk 1)"
psql_run -c "insert into detainerd.daemon (daemon, receivers, seen_at) values ('d1', '{desk}', now() + interval '1 hour')"
conditions=$(value "select distinct c[1] from (values (pg_get_viewdef('detainerd.trouble')), ((select string_agg(prosrc, ' ') from pg_proc where proname in ('troubles', 'watch_over')))) t (text),
	regexp_matches(t.text, '\mselect ''(\w+)''', 'gi') c order by 1")
equal 'the conditions, as the code has them' "$(sort -u <<-'LIST'
	facts_stale
	hold_drift
	no_daemon
	no_route
	not_raised
	not_watched
	receiver_failing
	receiver_missing
	reload_refused
	undelivered
LIST
)" "$conditions"

# only CONDITION...: the view names these and nothing else.
only() {
	psql_run -v given="$*" <<-'SQL'
		select format($$create or replace view detainerd.trouble with (security_invoker) as
			select c as condition, 'critical' as severity, 'subject-of-' || c as subject, null::text as facility, now() as since, 'what-of-' || c as what, null::text as alert_id
			  from unnest(string_to_array(nullif(%L, ''), ' ')) c$$, :'given') \gexec
	SQL
}
run() { "$BUILD/detainerctl" --config "$WORK/d1.conf" --db "dbname=$PGDATABASE" "$@" >"$WORK/out" 2>"$WORK/err"; }
# the lines of doctor that are not well, without what a view that differs does to its count of functions
unwell() {
	run doctor --json
	/usr/bin/python3 -c 'import json, sys
for r in json.load(open(sys.argv[1]))["data"]:
    if r["state"] != "ok" and r["check"] not in ("functions", "clock"): print(r["check"], r["what"])' "$WORK/out"
}
only
run status
expect 'nothing is wrong' grep -q '^  none is known$' "$WORK/out"
unwell >"$WORK/before"
for condition in $conditions; do
	only "$condition"
	run status
	equal "$condition: status" 1 $?
	expect "$condition: status shows it" grep -qE "^$condition +critical +subject-of-$condition .*what-of-$condition" "$WORK/out"
	run check
	equal "$condition: check: status" 2 $?
	expect "$condition: check shows it" grep -q "CRITICAL: $condition: subject-of-$condition: what-of-$condition" "$WORK/out"
	expect "$condition: doctor shows it" test -n "$(unwell | grep -vxFf "$WORK/before")"
done
# the test of the test: what doctor does not know it does not show
only a_new_one
equal 'a condition that doctor has no line for would fail above' '' "$(unwell | grep -vxFf "$WORK/before")"
