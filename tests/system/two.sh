# SPDX-License-Identifier: MIT
# Two daemons at one instant: each person has exactly one alert, each receiver
# exactly one message of it, and both daemons were at work.
. tests/lib/system.sh
county hook desk
start_sink webhook hook
start_sink mail desk
for name in one two; do
	config $name "$(webhook hook "$port_hook"; mail desk "$port_desk")"
	start_daemon $name
done
book B 4 40
expect 'everybody is told of' wait_for has_kind hook release_due 40
expect 'everything is settled' wait_for all_settled
equal 'one alert each' '40 40' "$(value "select count(*) || ' ' || count(distinct booking_id) from detainerd.alert where kind = 'release_due'")"
equal 'one message each' "$(release_due 'B-%' | sort)" "$(got hook "b['id'] if b['kind'] == 'release_due' else None" | sort)"
equal 'nothing was tried twice' 1 "$(value 'select max(attempts) from detainerd.delivery')"
equal 'two heartbeats' 'one two' "$(value "select string_agg(daemon, ' ' order by daemon) from detainerd.daemon")"
