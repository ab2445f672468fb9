# SPDX-License-Identifier: MIT
# settings: each with its value, unit, line and what makes a change of it count, which is proved of every key; no secret; without a database, with a wrong file.
. tests/lib/system.sh
start_sink webhook hook
county desk
chmod 755 "$WORK"
settings() { "$BUILD/detainerctl" --config "$WORK/d1.conf" settings "$@" >"$WORK/out" 2>"$WORK/err" </dev/null; }
# setting NAME: its value, unit, default, takes_effect and source; the folder is not shown.
setting() { /usr/bin/python3 -c 'import json, sys
for r in json.load(open(sys.argv[1]))["data"]:
    if r["setting"] == sys.argv[2]: print(r["value"], r["unit"], r["default"], r["takes_effect"], r["source"].replace(sys.argv[3] + "/", ""), sep="|")' "$WORK/out" "$1" "$WORK"; }

# --- a file, and what it does not say ------------------------------------------------
cat >"$WORK/d1.conf" <<-CONF
	conninfo = "host=$PGHOST port=$PGPORT dbname=$PGDATABASE user=detainerd_test password='geh eim'"
	# the value stands in another line than its key
	sweep =
		"1s"
	receiver "desk.1" {
		type = "webhook" url = "http://127.0.0.1:$port_hook/hook"
		signing_key_file = {
			"desk-key",
			"/etc/desk.old" }
	}
	receiver "sergeant" {
		type = "mail"
		url = "smtp://mail.jail.example"
		from = "detainerd@jail.example" to = { "a@jail.example", "b@jail.example" }
		own_domains = { "jail.example" }
	}
	receiver "journal" { type = "journal" }
CONF
settings --json
equal 'status, and not a word' '0 0' "$? $(wc -c <"$WORK/err")"
equal 'of the file' '1|s|False|reload|d1.conf:4' "$(setting sweep)"
equal 'a default' '30|s|True|reload|default' "$(setting lease)"
equal 'a number' '64|deliveries|True|reload|default' "$(setting max_in_flight)"
equal 'the name that is in force' "$(hostname)|None|True|reload|default" "$(setting name)"
equal 'what is set to nothing' 'None|None|True|reload|default' "$(setting metrics_listen)"
equal 'a receiver' "http://127.0.0.1:$port_hook/hook|None|False|reload|d1.conf:6" "$(setting receiver.desk.1.url)"
equal 'a credential, which systemd hands on at the start alone' 'desk-key, /etc/desk.old|credential|False|restart|d1.conf:8' "$(setting receiver.desk.1.signing_key_file)"
equal 'a list' 'a@jail.example, b@jail.example|None|False|reload|d1.conf:14' "$(setting receiver.sergeant.to)"
equal 'what follows from its domains' 'full|None|True|reload|default' "$(setting receiver.sergeant.detail)"
equal 'what follows from its type' '10|alerts a minute|True|reload|default never|None|True|reload|default' "$(setting receiver.sergeant.digest_above) $(setting receiver.journal.digest_above)"
equal 'what follows from its server' 'required|None|True|reload|default' "$(setting receiver.sergeant.starttls)"
equal 'no key that its type does not have' '' "$(setting receiver.journal.url)$(setting receiver.journal.timeout)$(setting receiver.sergeant.password)"
equal 'the database'"'"'s' '60|seconds|True|at once|database' "$(setting undelivered_after)"
equal 'one that was changed for a test' '24:00|o'"'"'clock|False|at once|database' "$(setting daily_at)"
equal 'the installation' "$(value "select value from detainerd.setting where name = 'install'")|None|True|never|database" "$(setting install)"
equal 'the defaults are what is installed' daily_at "$(value "select string_agg(name, ' ') from detainerd.setting_defaults() d full join detainerd.setting s using (name) where s.value is distinct from d.value and name <> 'install'")"
equal 'every one of them' "$(value 'select count(*) from detainerd.setting')" "$(grep -o '"source": *"database"' "$WORK/out" | wc -l)"
equal 'no secret' '0 1' "$(grep -c 'geh.*eim' "$WORK/out") $(setting conninfo | grep -c "password='\*\*\*'")"
settings
expect 'for people' grep -qE "^sweep +1 +s +no +reload +$WORK/d1.conf:4$" "$WORK/out"
settings --csv
expect 'for spreadsheets' grep -qE "^sweep,1,s,false,reload,$WORK/d1.conf:4\s*$" "$WORK/out"
PGUSER=reviewer_test "$BUILD/detainerctl" --db "dbname=$PGDATABASE" settings --json >"$WORK/out"
equal 'of a database alone, to a reviewer' '0 0' "$? $(grep -c default\" "$WORK/out" | grep -c x)"
equal 'no key of this host' '' "$(setting sweep)"

# --- when something is wrong --------------------------------------------------------
sed 's/port=[0-9]*/port=1/' "$WORK/d1.conf" >"$WORK/x" && mv "$WORK/x" "$WORK/d1.conf"
settings --json
equal 'no database: status, one line' '69 1' "$? $(wc -l <"$WORK/err")"
expect 'and it says so' grep -q '^detainerctl: cannot connect to the database: ' "$WORK/err"
equal 'and the file is shown' '1|s|False|reload|d1.conf:4 ' "$(setting sweep) $(setting undelivered_after)"
echo 'colour = "red"' >>"$WORK/d1.conf"
settings
equal 'a wrong file: status, one line, nothing else' '78 1 0' "$? $(wc -l <"$WORK/err") $(wc -c <"$WORK/out")"
expect 'with its line' grep -q "^detainerctl: cannot use the configuration: $WORK/d1.conf:18: no such option 'colour'" "$WORK/err"
"$BUILD/detainerctl" --config "$WORK/none.conf" settings >"$WORK/out" 2>"$WORK/err"
equal 'no file: status, one line' '78 1' "$? $(wc -l <"$WORK/err")"
expect 'in words' grep -q "cannot read '$WORK/none.conf': No such file or directory; name the file with --config.$" "$WORK/err"
if [ "$(id -u)" = 0 ]; then # root may read everything
	chmod 711 "$WORK"
	chmod 600 "$WORK/d1.conf"
	setpriv --reuid=nobody --regid=nogroup --clear-groups "$BUILD/detainerctl" --config "$WORK/d1.conf" settings >"$WORK/out" 2>"$WORK/err"
	equal 'a file of others: status, one line' '78 1' "$? $(wc -l <"$WORK/err")"
	expect 'a file of others: says what to do' grep -q "cannot read '$WORK/d1.conf': Permission denied; give the command as root, or as a user who may read the file.$" "$WORK/err"
fi

# --- what a reload changes: every key that says so -----------------------------------
# A deaf server takes a connection and never answers.
/usr/bin/python3 -c 'import socket, sys, time
s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1], flush=True); time.sleep(3600)' >"$WORK/deaf" &
started+=($!)
port=$(/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
db="host=$PGHOST port=$PGPORT dbname=$PGDATABASE user=detainerd_test"
keys=''
proved=''
# set_to KEY VALUE: in the file, once, behind all others.
set_to() {
	proved="$proved $1"
	keys="$(grep -v "^$1 = " <<<"$keys")"$'\n'"$1 = $2"
	printf '%s\n%s\n' "$keys" "$(webhook desk "$port_hook" 60s)" >"$WORK/d1.conf"
}
reload() { # KEY VALUE
	set_to "$@"
	kill -HUP "$pid_d1"
}
# no time that is proved here comes to an end by itself while anybody waits
set_to stop_timeout '"60s"'
set_to connect_timeout '"60s"'
set_to lease '"90s"'
set_to name '"d1"'
set_to conninfo "\"$db\""
proved=''
start_daemon d1

reload sweep '"500ms"'
state() { truth "select $2 from detainerd.daemon_status where daemon = '$1' and alive"; }
expect 'sweep' wait_for state d1 "(state ->> 'sweep_us')::int = 500000"
reload name '"d2"'
expect 'name' wait_for state d2 true
sessions() { truth "select count(*) = 2 from pg_stat_activity where application_name = 'other' and backend_start > '$since'"; }
since=$(value 'select clock_timestamp()')
reload conninfo "\"$db application_name=other\""
expect 'conninfo' wait_for sessions
since=$(value 'select clock_timestamp()')
reload statement_timeout '"20s"'
expect 'statement_timeout, which a session is told when it opens' wait_for sessions
reload metrics_listen "\"127.0.0.1:$port\""
answers() { /usr/bin/python3 -c "import urllib.request; urllib.request.urlopen('http://127.0.0.1:$port/metrics').read()" 2>/dev/null; }
expect 'metrics_listen' wait_for answers
reload lease '"5min"'
reload max_in_flight 1
sink_mode hook hang
book A -60 3
leased() { truth "select exists (select from detainerd.delivery where state = 'leased' and lease_until > clock_timestamp() + interval '2 minutes')"; }
expect 'lease' wait_for leased
heard=$(value 'select max(seen_at) from detainerd.daemon')
heard() { truth "select max(seen_at) > '$heard'::timestamptz + interval '2 seconds' from detainerd.daemon"; }
expect 'the daemon looks again, more than once' wait_for heard
equal 'max_in_flight: there is more to do, and one goes out' 't|1' "$(value "select count(*) filter (where state = 'due') > 1, count(*) filter (where state = 'leased') from detainerd.delivery")"
set_to conninfo "\"host=127.0.0.1 port=$(cat "$WORK/deaf") dbname=none user=nobody\""
reload connect_timeout '"200ms"'
expect 'connect_timeout' wait_for logged d1 'no answer.*connect|connect.*no answer'
reload stop_timeout '"0s"'
kill -TERM "$pid_d1"
gone() { ! kill -0 "$pid_d1" 2>/dev/null; }
expect 'stop_timeout: nobody waits for what hangs' wait_for gone
"$BUILD/detainerctl" --config "$WORK/d1.conf" settings --json >"$WORK/out" 2>/dev/null
equal 'every key that says reload was proved' "$(/usr/bin/python3 -c 'import json, sys
print(*sorted(r["setting"] for r in json.load(open(sys.argv[1]))["data"] if r["takes_effect"] == "reload" and "." not in r["setting"]))' "$WORK/out")" "$(tr ' ' '\n' <<<"$proved" | sort -u | xargs)"
