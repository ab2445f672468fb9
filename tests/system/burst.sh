# SPDX-License-Identifier: MIT
# Two thousand people at one instant; a second daemon comes halfway, and both are
# killed in turn: nobody is lost, and whatever comes twice carries the same id.
. tests/lib/system.sh
county hook
start_sink webhook hook
psql_run -c "update detainerd.route set kinds = '{release_due}'"
LEASE=6s
for name in one two three; do config $name "$(webhook hook "$port_hook" 2s)"; done
sink_mode hook slow
start_daemon one
book B 12 2000
arrived() { [ "$(wc -l <"$WORK/hook/got.jsonl")" -ge "$1" ]; }
attempts() { truth "select count(*) >= $2 from detainerd.delivery_attempt where daemon = '$1'"; }
# kill_in_flight NAME: when the receiver has read what it sent, and has not answered.
kill_in_flight() {
	local pid=pid_$1
	sink_mode hook hang
	hanging() { [ "$(got hook "1 if m['mode'] == 'hang' else None" | wc -l)" -ge $(($2 + 20)) ]; }
	expect "messages of $1 hang" wait_for hanging "$1" "$(got hook "1 if m['mode'] == 'hang' else None" | wc -l)"
	kill -9 "${!pid}"
	wait "${!pid}" 2>/dev/null
	sink_mode hook slow
}
PATIENCE=120
expect 'the first daemon is at work' wait_for arrived 200
start_daemon two
expect 'the second takes its share' wait_for attempts two 50
kill_in_flight one
start_daemon three
expect 'so does the third' wait_for attempts three 50
kill_in_flight two
sink_mode hook ok
delivered() { truth "select count(*) = 2000 from detainerd.delivery where state = 'delivered'"; }
expect 'everything is delivered' wait_for delivered
got hook "b['id']" | sort >"$WORK/ids"
release_due 'B-%' | sort >"$WORK/alerts"
equal 'of two thousand people one alert each' 2000 "$(sort -u "$WORK/alerts" | wc -l)"
expect 'every one arrived, and nothing else did' cmp -s "$WORK/alerts" <(sort -u "$WORK/ids")
expect 'some came twice' test "$(uniq -d "$WORK/ids" | wc -l)" -gt 0
equal 'webhook-id is the id each time' 0 "$(got hook "1 if m['headers']['webhook-id'] != b['id'] else None" | wc -l)"
equal 'each is on record as told once' 1 "$(value 'select max(tellings) from detainerd.delivery')"
