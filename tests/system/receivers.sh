# SPDX-License-Identifier: MIT
# What a receiver does, and what detainerd records of it and does next: a table,
# every row at once.  Of what tells somebody to release nothing is ever given up.
. tests/lib/system.sh

# behaviour of the receiver | outcome | code | what is kept of its answer (a regex) | what becomes of the delivery
# said of a release: again is due once more, no matter what; done is delivered.
table() {
	cat <<-'TABLE'
		ok          | accepted      | 200 | ^thank you$                      | done
		204         | accepted      | 204 | ^$                               | done
		portal      | accepted      | 200 | guest network                    | done
		echo        | accepted      | 200 | ^$                               | done
		body        | accepted      | 200 | ^and more and more               | done
		302         | refused       | 302 | no, thank you                    | again
		400         | refused       | 400 | no, thank you                    | again
		echo-400    | refused       | 400 | ^$                               | again
		410         | refused       | 410 | no, thank you                    | again
		429-4       | refused       | 429 | no, thank you                    | again
		500         | refused       | 500 | no, thank you                    | again
		503-4       | refused       | 503 | no, thank you                    | again
		hang        | timeout       | -   | .                                | again
		half        | accepted      | 200 | ^x+$                             | done
		short       | accepted      | 200 | ^x+$                             | done
		broken      | accepted      | 200 | ^x*$                             | done
		chunks      | accepted      | 200 | ^and more and more               | done
		gzip        | accepted      | 200 | .                                | done
		hints       | accepted      | 200 | ^thank you$                      | done
		101         | unreachable   | -   | .                                | again
		cut         | unreachable   | -   | head of the answer breaks off    | again
		early       | unreachable   | -   | no end                           | again
		mirror      | refused       | 400 | ^POST /mirror HTTP               | again
		date        | refused       | 429 | ^later$                          | again
		429-86400   | refused       | 429 | no, thank you                    | later
		429-soon    | refused       | 429 | no, thank you                    | again
		503--5      | refused       | 503 | no, thank you                    | again
		503-99999999999999999999 | refused | 503 | no, thank you             | again
		mute        | timeout       | -   | .                                | again
		not-tls     | misconfigured | -   | wrong version number             | again
		mute-tls    | timeout       | -   | .                                | again
		old         | misconfigured | -   | protocol version                 | again
		drip        | timeout       | -   | .                                | again
		full        | timeout       | -   | .                                | again
		close       | unreachable   | -   | .                                | again
		reset       | unreachable   | -   | .                                | again
		closed      | unreachable   | -   | .                                | again
		nonsense    | misconfigured | -   | .                                | again
		headers     | unreachable   | -   | no end                           | again
		expired     | misconfigured | -   | expired                          | again
		elsewhere   | misconfigured | -   | name                             | again
		self        | misconfigured | -   | self-signed                      | again
		ipv6        | accepted      | 200 | ^thank you$                      | done
		good        | accepted      | 200 | ^thank you$                      | done
	TABLE
}

token=ab.cd-Efgh
signing=MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
mkdir "$WORK/certificates"
tests/lib/certificates "$WORK/certificates"
start_fake web "$WORK/certificates"

receiver() { # NAME URL [TIMEOUT]: whoever answers at all has the time for it
	echo "receiver \"$1\" { type = \"webhook\" url = \"$2\" timeout = \"${3:-10s}\" ca_file = \"$WORK/certificates/ca.pem\"
		bearer_token_file = \"$WORK/token\" signing_key_file = \"$WORK/key\" }"
}
echo "$token" >"$WORK/token"
echo "whsec_$signing" >"$WORK/key"
chmod 600 "$WORK/token" "$WORK/key"

mapfile -t names < <(table | awk '{print $1}')
receivers() { # NAME...
	for name in "$@"; do
		case $name in
		full | closed | mute) receiver "$name" "http://127.0.0.1:$(fake_port web "$name")/" 2s ;;
		not-tls) receiver "$name" "https://localhost:$(fake_port web plain)/ok" ;;
		ipv6) receiver "$name" "http://[::1]:$(fake_port web six)/ok" ;;
		mute-tls) receiver "$name" "https://localhost:$(fake_port web mute)/ok" 2s ;;
		hang | drip | half) receiver "$name" "http://127.0.0.1:$(fake_port web plain)/$name" 2s ;;
		good | expired | elsewhere | self | old) receiver "$name" "https://localhost:$(fake_port web "$name")/ok" ;;
		*) receiver "$name" "http://127.0.0.1:$(fake_port web plain)/$name" ;;
		esac
	done
	[ "$1" != ok ] || receiver patient "http://127.0.0.1:$(fake_port web plain)/hang" 25s
}
county "${names[@]}"
psql_run -c "update detainerd.route set kinds = '{release_due}'"
# Whatever the environment says of proxies and logins: none of it is for us.
mkdir "$WORK/home"
printf 'machine %s login intruder password intruder\n' localhost 127.0.0.1 >"$WORK/home/.netrc"
printf 'proxy = "http://127.0.0.1:%s"\ninsecure\nlocation\n' "$(fake_port web closed)" >"$WORK/home/.curlrc"
chmod 600 "$WORK/home/.netrc"
for variable in http_proxy https_proxy HTTPS_PROXY all_proxy ALL_PROXY; do
	export $variable="http://127.0.0.1:$(fake_port web closed)"
done
export no_proxy= NO_PROXY= CURL_HOME=$WORK/home HOME=$WORK/home NETRC=$WORK/home/.netrc
# Two daemons, for one has no more than 32 receivers; each takes what is for its own.
config one "$(receivers "${names[@]::24}")" 'max_in_flight = 128'
config two "$(receivers "${names[@]:24}")" 'max_in_flight = 128'
start_daemon one
start_daemon two
book B1 1

# The second attempt of each that must be tried again: one that hangs has been waited for by then.
twice() {
	truth "select count(*) = $(table | grep -c 'again$') from detainerd.delivery d join detainerd.alert using (alert_id)
		where kind = 'release_due' and exists (select from detainerd.delivery_attempt a where a.delivery_id = d.delivery_id and a.attempt = 2)"
}
expect 'whoever did not accept is tried again' wait_for twice
id=$(release_due B1)
first() { # NAME: what is recorded of the first attempt
	value "select outcome, coalesce(code::text, '-'), answer from detainerd.delivery_attempt join detainerd.delivery using (delivery_id)
		where receiver = '$1' and alert_id = '$id' and attempt = 1"
}
becomes() { # NAME: what has become of the delivery
	value "select case when state = 'delivered' and attempts = 1 then 'done' when state in ('due', 'leased') and attempts > 1 then 'again'
		when state = 'due' and due_at > now() + interval '3 minutes' then 'later'
		else state || ' after ' || attempts end from detainerd.delivery where receiver = '$1' and alert_id = '$id'"
}
while IFS='|' read -r name outcome code answer next; do
	read -r name <<<"$name"
	read -r outcome <<<"$outcome"
	read -r code <<<"$code"
	read -r answer <<<"$answer"
	read -r next <<<"$next"
	row=$(first "$name")
	equal "$name: outcome and code" "$outcome|$code" "$(cut -d '|' -f 1,2 <<<"$row")"
	expect "$name: what it answered: '$(cut -d '|' -f 3 <<<"$row")'" grep -qE -- "$answer" <<<"$(cut -d '|' -f 3 <<<"$row")"
	equal "$name: and then" "$next" "$(becomes "$name")"
done < <(table)

equal 'no token and no signature comes back by a server that echoes' 0 "$(value "select count(*) from detainerd.delivery_attempt where answer ~* 'bearer|ab\.cd|efgh|v1,'")"
equal 'no login of the environment was used' "Bearer $token" "$(got web "m['headers'].get('authorization')" | sort -u)"
equal 'nobody followed a redirect' 0 "$(got web "1 if m['path'] == '/elsewhere' else None" | wc -l)"
equal 'no answer is kept longer than 200 characters' t "$(value 'select max(length(answer)) <= 200 from detainerd.delivery_attempt')"
# A date has whole seconds: of four that are asked for three are certain.
while read -r name seconds; do
	equal "$name: not before the seconds that it asked for" True "$(got web "m['arrived_us'] if m['path'] == '/$name' else None" |
		awk -v least="$seconds" 'NR == 1 {a = $1} NR == 2 {b = $1} END {print (b - a >= least * 1000000) ? "True" : "False: " b - a}')"
done <<<$'429-4 4\n503-4 4\ndate 3'

# What is no matter of release is given up when a receiver says that it is gone.
test_id=$(value "select detainerd.test_receiver('410')")
expect '410 to anything else: given up' wait_for truth "select state = 'gave_up' from detainerd.delivery where alert_id = '$test_id'"

# A receiver that hangs delays no other: while one is being waited for, another is told of thirty people.
psql_run -c "update detainerd.route set enabled = false where receiver <> 'ok'"
psql_run -c "insert into detainerd.route (receiver, kinds) values ('patient', '{release_due}')"
book C 2 30
raised() { release_due 'C-%' >"$WORK/ids" && [ "$(wc -l <"$WORK/ids")" = 30 ]; }
expect 'thirty people are to be told of' wait_for raised
at_least() { [ "$(got web "m['headers']['webhook-id'] if m['path'] == '/$1' else None" | sort -u | grep -cFx -f "$WORK/ids")" -ge "$2" ]; }
expect 'one that hangs has a message' wait_for at_least hang 1
expect 'another is told of all thirty people' wait_for at_least ok 30
equal 'and the first has still not answered' 0 "$(value "select count(*) from detainerd.delivery_attempt join detainerd.delivery using (delivery_id) where receiver = 'patient'")"

# Mended: everything arrives, whatever was made of it before, and under the first id.
touch "$WORK/web/mended"
refused="('302', '400', 'echo-400', '410', '429-4', '500', '503-4', 'hang', 'drip', 'close', 'reset', 'nonsense', 'headers')"
psql_run -c "select detainerd.retry_delivery(delivery_id) from detainerd.delivery where alert_id = '$id' and state = 'due' and receiver in $refused" >/dev/null
mended() { truth "select bool_and(state = 'delivered') from detainerd.delivery where alert_id = '$id' and receiver in $refused"; }
expect 'all is delivered once they are mended' wait_for mended
equal 'under one id, however often tried' "$id" "$(got web "m['headers']['webhook-id'] if m['path'] in ('/500', '/hang', '/close') else None" |
	grep -vFx -f "$WORK/ids" | sort -u)"
expect 'every attempt is a row of its own' truth "select bool_and(n = attempts) from (select d.attempts, count(a.*) as n from detainerd.delivery d
	join detainerd.delivery_attempt a using (delivery_id) where d.alert_id = '$id' and d.state = 'delivered' group by d.delivery_id) counted"
