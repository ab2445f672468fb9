# SPDX-License-Identifier: MIT
# Nobody answers: each step is told in its turn and not before; the last is told
# again and again, as a message of its own, until somebody acknowledges.
. tests/lib/system.sh
county hook boss chief
start_sink webhook hook
start_sink webhook boss
start_sink mail chief
psql_run <<-'SQL'
	update detainerd.route set kinds = '{release_due,resolved}';
	update detainerd.route set step_delay = '2 seconds' where receiver = 'boss';
	update detainerd.route set step_delay = '4 seconds', repeat_every = '1 minute' where receiver = 'chief';
SQL
config one "$(webhook hook "$port_hook"; webhook boss "$port_boss"; mail chief "$port_chief")"
start_daemon one
book B1 1
told() { [ "$(got chief "m['headers']['message-id']" | grep -c .)" -ge "$1" ]; }
expect 'the last step is told' wait_for told 1
id=$(release_due B1)
raised=$(value "select (extract(epoch from raised_at) * 1000000)::bigint from detainerd.alert where alert_id = '$id'")
after() { # NAME: seconds from raising to arrival, rounded down
	got "$1" "(m['arrived_us'] - $raised) // 1000000" | head -n 1
}
expect 'the first at once, the others not before their turn' test "$(after boss)" -ge 2 -a "$(after chief)" -ge 4
equal 'of one alert' "$id $id" "$(got hook "b['id']") $(got boss "b['id']")"
waits() { truth "select state = 'due' and reminder and due_at > clock_timestamp() from detainerd.delivery where alert_id = '$id' and receiver = 'chief'"; }
expect 'the last step is to be told again' wait_for waits
equal 'the others are not' 'delivered delivered' "$(value "select string_agg(state, ' ') from detainerd.delivery where alert_id = '$id' and receiver <> 'chief'")"

# A minute passes.
sooner() { psql_run -c "update detainerd.delivery set due_at = clock_timestamp() where alert_id = '$id' and receiver = 'chief' and state = 'due'"; }
sooner
expect 'it is told again' wait_for told 2
equal 'as a message of its own' "<$id@jail.example> <$id-r1@jail.example>" "$(got chief "m['headers']['message-id']" | xargs)"
equal 'which belongs to the first' 1 "$(got chief "m['headers']['references']" | sort -u | wc -l)"
expect 'and again' wait_for waits
value "select detainerd.acknowledge('$id', 'release_started', 'has it')" >/dev/null
equal 'until somebody has it' t "$(value "select due_at > clock_timestamp() + interval '1 hour' from detainerd.delivery where alert_id = '$id' and receiver = 'chief'")"
psql_run -c "update detainerd.booking set custody_ended_at = clock_timestamp(), custody_outcome = 'released' where booking_number = 'B1'"
expect 'out: every step hears' wait_for told 3
expect 'settled' wait_for all_settled
equal 'once each' '1 1 3' "$(got_kind hook resolved) $(got_kind boss resolved) $(got chief "m['headers']['message-id']" | wc -l)"
