# SPDX-License-Identifier: MIT
# Two daemons, and twenty rounds of harm in an order of chance (CHAOS=SEED gives it again): killed, frozen past their lease,
# cut off, the server crashed, receivers that fail.  Afterwards the books are even: nobody is lost, nothing came that was not
# claimed first, and whoever heard of a person has heard the end.
. tests/lib/system.sh
PATIENCE=120
RANDOM=${CHAOS:=$((RANDOM % 10000))}
echo "CHAOS=$CHAOS"
county hook desk
start_sink webhook hook
start_sink mail desk
# each of them by itself, not in a list of what comes in bulk
psql_run -c "update detainerd.route set kinds = '{release_due,resolved}'; update detainerd.setting set value = '1000' where name = 'bulk_above'"
LEASE=6s
for name in one two; do
	config $name "$(webhook hook "$port_hook" 2s; mail desk "$port_desk" | sed 's/timeout = "10s"/timeout = "2s"/')"
	start_daemon $name
done

# Each is over when both daemons can work again, but for what it did to those on their way.
killed() {
	local pid=pid_$1
	kill -9 "${!pid}"
	wait "${!pid}" 2>/dev/null
	start_daemon "$1"
}
frozen() { # until another has taken what it had
	local pid=pid_$1
	kill -STOP "${!pid}"
	wait_for truth "select not exists (select from detainerd.delivery where leased_by = '$1' and state = 'leased')"
	kill -CONT "${!pid}"
}
cut() { psql_run -c "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'detainerd_test'" >/dev/null; }
crashed() { tests/lib/server stop immediate && tests/lib/server start; }

harms=(killed killed killed cut cut crashed frozen)
hooks=(ok ok slow 500 hang)
desks=(ok ok '451 later' '550 no' hang)
for round in $(seq 20); do
	sink_mode hook "${hooks[RANDOM % 5]}"
	sink_mode desk "${desks[RANDOM % 5]}"
	book "R$round" 1 12
	psql_run -c "update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released'
		where booking_number in ('R$((round - 1))-1', 'R$((round - 2))-2', 'R$((round - 5))-3')"
	harm=${harms[RANDOM % 7]} name=one
	[ $((RANDOM % 2)) = 0 ] || name=two
	wait_for truth "select clock_timestamp() > max(release_at) - $((RANDOM % 100)) * interval '10 ms' from detainerd.hold where ended_at is null"
	echo "round $round: $harm $name, hook $(cat "$WORK/hook/mode"), mail $(cat "$WORK/desk/mode")"
	$harm $name
done
sink_mode hook ok
sink_mode desk ok
psql_run -c "update detainerd.delivery set due_at = clock_timestamp() where state = 'due'" # not at the end of their patience
raised() { [ "$(value "select count(distinct booking_id) from detainerd.alert where kind = 'release_due'")" = 240 ]; }
expect 'everybody is told of' wait_for raised
expect 'and all is settled' wait_for all_settled
equal 'of each one alert' 240 "$(release_due 'R%' | wc -l)"
equal 'both are alive' 2 "$(value 'select count(*) from detainerd.daemon_status where alive')"

got hook "b['id']" | sort >"$WORK/hook.ids"
got desk "m['headers']['message-id'].strip('<>').split('@')[0]" | sort >"$WORK/desk.ids"
for name in hook desk; do
	equal "$name: what is delivered did arrive" '' \
		"$(value "select alert_id from detainerd.delivery where receiver = '$name' and state = 'delivered'" | sort | comm -23 - <(sort -u "$WORK/$name.ids"))"
	equal "$name: nothing arrived that is on no record" '' "$(value "select alert_id from detainerd.delivery where receiver = '$name'" | sort | comm -13 - <(sort -u "$WORK/$name.ids"))"
	equal "$name: no message that was not claimed first" '' \
		"$(join <(uniq -c "$WORK/$name.ids" | awk '{print $2, $1}') <(value "select alert_id || ' ' || attempts from detainerd.delivery where receiver = '$name'" | LC_ALL=C sort) | awk '$2 > $3')"
done
expect 'some came twice' test "$(cat "$WORK"/*.ids | sort | uniq -d | wc -l)" -gt 0
equal 'what is delivered was accepted' 0 "$(value "select count(*) from detainerd.delivery d where state = 'delivered'
	and not exists (select from detainerd.delivery_attempt a where a.delivery_id = d.delivery_id and a.outcome = 'accepted')")"
equal 'whoever was told hears the end, once' 0 "$(value "select count(*) from detainerd.alert_event e join detainerd.delivery t using (alert_id)
	where e.event = 'resolved' and t.attempts > 0
	  and (select count(*) from detainerd.delivery d where d.alert_id = e.by_alert and d.receiver = t.receiver and d.state = 'delivered') <> 1")"
equal 'the verdicts are what they were' 0 "$(value 'select count(*) from detainerd.hold_drift')"
for name in one two; do
	stop_daemon $name
	equal "a clean end of $name" 0 $?
done
