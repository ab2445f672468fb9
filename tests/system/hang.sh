# SPDX-License-Identifier: MIT
# Receivers that hang delay nobody else, nor the daemon's end: one, then as many as there can be beside a good one,
# of every type, each taken for good as far as it goes.
. tests/lib/system.sh
county hook desk
start_sink webhook hook
start_sink mail desk
config one "$(webhook hook "$port_hook" 25s; mail desk "$port_desk")"
start_daemon one
sink_mode hook hang
book A 1 20
expect 'the webhook hangs' wait_for has_kind hook release_due
mails() { [ "$(got desk "m['headers']['message-id']" | grep -cF release_due)" -ge "$1" ]; }
expect 'every mail arrives meanwhile' wait_for mails 20
equal 'and the webhook is hanging still' 0 "$(value "select count(*) from detainerd.delivery where receiver = 'hook' and state = 'delivered'")"
stop_daemon one
equal 'a hanging receiver does not hold up the end' 0 $?

PATIENCE=120
start_sink webhook good
start_fake bad
printf '#!/bin/sh\nsleep 3600 & sleep 3600\n' >"$WORK/sleeper"
chmod 755 "$WORK/sleeper"
sink_mode desk hang
psql_run -c "update detainerd.route set enabled = false; update detainerd.setting set value = '100000' where name = 'bulk_above'"
full=$(fake_port bad full) plain=$(fake_port bad plain)
hanging() { # NUMBER: a receiver that hangs in one of seven ways
	case $(($1 % 7)) in
	0) echo "type = \"webhook\" url = \"http://127.0.0.1:$plain/hang\"" ;;
	1) echo "type = \"webhook\" url = \"http://127.0.0.1:$plain/drip\"" ;;
	2) echo "type = \"webhook\" url = \"http://127.0.0.1:$full/\"" ;;
	3) echo "type = \"alertmanager\" url = \"http://127.0.0.1:$full\"" ;;
	4) echo "type = \"command\" command = { \"$WORK/sleeper\" }" ;;
	5) echo "type = \"mail\" url = \"smtp://127.0.0.1:$full\" from = \"d@jail.example\" to = { \"s@jail.example\" } digest_above = \"never\"" ;;
	6) echo "type = \"mail\" url = \"smtp://127.0.0.1:$port_desk\" starttls = \"off\" from = \"d@jail.example\" to = { \"s@jail.example\" } digest_above = \"never\"" ;;
	esac
}
receivers=$(webhook good "$port_good")
for n in $(seq 31); do
	receivers+="
receiver \"h$n\" { $(hanging "$n") timeout = \"60s\" }"
	psql_run -c "insert into detainerd.route (receiver, kinds) values ('h$n', '{release_due}')"
done
psql_run -c "insert into detainerd.route (receiver, kinds) values ('good', '{release_due}')"
LEASE=100s
config all "$receivers" "max_in_flight = 32"
start_daemon all
book B 2 100
good() { [ "$(got good "b['id'] if b['booking_number'].startswith('B-') else None" | wc -l)" -ge 100 ]; }
expect 'the good one hears of everybody' wait_for good
expect 'each of the others hangs' wait_for truth "select count(distinct receiver) = 31 from detainerd.delivery where state = 'leased' and leased_by = 'all'"
expect 'no more than that are on their way' truth "select count(*) <= 32 from detainerd.delivery where state = 'leased' and leased_by = 'all'"
equal 'and none of those is accepted' 0 "$(value "select count(*) from detainerd.delivery where receiver like 'h_%' and receiver <> 'hook' and state = 'delivered'")"
kill -HUP "$pid_all"
expect 'a reload is heard' wait_for logged all 'configuration reloaded'
stop_daemon all
equal 'they do not hold up the end' 0 $?
