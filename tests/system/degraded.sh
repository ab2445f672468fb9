# SPDX-License-Identifier: MIT
# Who watches the watcher: a receiver that fails, or that no daemon has, and a
# feed of facts that has stopped, are alerts to those who can still be reached;
# and they are told when it is mended.
. tests/lib/system.sh
county hook flaky
start_sink webhook hook
start_sink webhook flaky
psql_run <<-'SQL'
	update detainerd.route set kinds = '{release_due,monitor_degraded,facts_stale,resolved}', facility_id = null;
	update detainerd.setting set value = '3 seconds' where name = 'undelivered_after';
SQL
config one "$(webhook hook "$port_hook"; webhook flaky "$port_flaky" 1s)"
start_daemon one
# It looks after itself every ten seconds; for this test, at each sweep.
watch() { psql_run -c "update detainerd.watch_turn set watched_at = '-infinity'"; }
told() {
	watch
	[ "$(got hook "b['reason'] if b['kind'] == '$1' else None" | grep -cx "$2")" -ge "${3:-1}" ]
}

sink_mode flaky 500
book B1 1
hurry() { psql_run -c "update detainerd.delivery set due_at = clock_timestamp() where receiver = 'flaky' and state = 'due'"; }
failing() {
	hurry
	told monitor_degraded 'receiver_failing: flaky'
}
expect 'five failures running: the other receiver is told' wait_for failing
expect 'and that something is undelivered' wait_for told monitor_degraded 'undelivered: flaky'
# raised_at is when that look began; an attempt settled while it looked counts as well
expect 'after no fewer' truth "select count(*) >= 5 from detainerd.delivery_attempt join detainerd.delivery using (delivery_id)
	where receiver = 'flaky' and outcome = 'refused' and settled_at <= (select min(raised_at) + interval '1 second' from detainerd.alert where reason = 'receiver_failing: flaky')"
sink_mode flaky ok
hurry
expect 'mended: it is told so' wait_for told resolved 'receiver_failing: flaky'
expect 'of both' wait_for told resolved 'undelivered: flaky'
equal 'once each' '1 1 1 1' "$(for kind in monitor_degraded resolved; do for what in receiver_failing undelivered; do
	got hook "b['id'] if (b['kind'], b['reason']) == ('$kind', '$what: flaky') else None" | wc -l; done; done | xargs)"

psql_run -c "insert into detainerd.route (receiver) values ('nowhere')"
expect 'a route to nowhere' wait_for told monitor_degraded 'receiver_missing: nowhere'
expect 'shows in daemon_status' truth "select count(*) = 1 from detainerd.daemon_status s where s.daemon is null and s::text like '%nowhere%'"
psql_run -c "update detainerd.route set enabled = false where receiver = 'nowhere'"
expect 'mended' wait_for told resolved 'receiver_missing: nowhere'

psql_run -c "update detainerd.facility set facts_max_age = '1 second'"
expect 'no facts for too long' wait_for told facts_stale 'facts_stale: T1'
psql_run -c "update detainerd.facility set facts_max_age = '1 hour'"
value "select detainerd.intake_heartbeat('T1')" >/dev/null
expect 'the feed lives' wait_for told resolved 'facts_stale: T1'
well() { watch && truth 'select not exists (select from detainerd.watch)'; }
expect 'nothing is wrong any more' wait_for well
