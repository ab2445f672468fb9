# SPDX-License-Identifier: MIT
# doctor: nothing wrong is status 0 but for what a test cannot have; each thing that is broken here is one line, which names it and its fix.
. tests/lib/system.sh
start_sink webhook hook
county desk
chmod 755 "$WORK"
config d1 "$(webhook desk "$port_hook")"
chmod 640 "$WORK/d1.conf"
doctor() { "$BUILD/detainerctl" --config "${CONF:-$WORK/d1.conf}" doctor --json >"$WORK/out" 2>"$WORK/err"; }
# line CHECK: its state, what and fix.
line() { /usr/bin/python3 -c 'import json, sys
for r in json.load(open(sys.argv[1]))["data"]:
    if r["check"] == sys.argv[2]: print(r["state"], r["what"], r["fix"], sep="|")' "$WORK/out" "$1"; }
# finds WHAT CHECK REGEX: a failure or warning with a fix.
finds() {
	local status=0
	doctor || status=$?
	expect "$1: named" grep -qE -- "^(failure|warning)\|$3" <(line "$2")
	expect "$1: with its fix" sh -c '! grep "|None$"' <<<"$(line "$2" | grep -v '^ok|')"
	expect "$1: status" test "$status" = "$({ line "$2" | grep -q ^failure && echo 2; } || echo "$status")" -a "$status" -gt 0
	equal "$1: no word beside it" 0 "$(wc -c <"$WORK/err")"
}
well() { # CHECK...
	local check
	doctor
	for check in "$@"; do expect "well: $check" grep -q '^ok|' <(line "$check"); done
}

finds 'no daemon' daemon 'no daemon was heard.*NOBODY IS TOLD OF ANYTHING\|Run: systemctl start detainerd'
finds 'nobody has the receiver' receivers 'no running daemon has desk'
start_daemon d1
wait_for truth 'select exists (select from detainerd.daemon_status where alive)'
well configuration 'file modes' 'receiver desk' database clock rights triggers functions daemon routes holds deliveries attempts receivers
"$BUILD/detainerctl" --config "$WORK/d1.conf" doctor >"$WORK/out"
expect 'for people' grep -qE '^triggers +ok +as installed' "$WORK/out"
expect 'what no unit runs' grep -qE '^service +WARNING ' "$WORK/out"

# --- the configuration -------------------------------------------------------------
chmod 664 "$WORK/d1.conf"
finds 'a configuration that all may read' 'file modes' '.*mode 0664, others may read or change it\|Run: chown root:detainerd .*d1.conf && chmod 0640'
chmod 640 "$WORK/d1.conf"
CONF=$WORK/none.conf finds 'no configuration' configuration ".*none.conf': No such file.*\|Run: detainerctl setup"
sed '$a colour = "red"' "$WORK/d1.conf" >"$WORK/bad.conf"
CONF=$WORK/bad.conf finds 'a wrong configuration' configuration '.*bad.conf:[0-9]+: .*colour.*\|Correct it'
port=$(/usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
sed "s/:$port_hook/:$port/" "$WORK/d1.conf" >"$WORK/away.conf"
CONF=$WORK/away.conf finds 'a server that is not there' 'receiver desk' ".*cannot be reached: 127.0.0.1 port $port: Connection refused"
sed 's/dbname=[^ "]*/dbname=none/' "$WORK/d1.conf" >"$WORK/nodb.conf"
CONF=$WORK/nodb.conf finds 'no database' database '.*"none" does not exist\|Create the database'
sed 's/port=[0-9]*/port=1/' "$WORK/d1.conf" >"$WORK/port.conf"
CONF=$WORK/port.conf finds 'a wrong port' database 'cannot connect to the database.*\|Give the command again when the server is up'
printf 'abc.def\n' >"$WORK/token" && chmod 644 "$WORK/token"
sed 's|url = "http:[^"]*"|url = "https://127.0.0.1:1/" bearer_token_file = "'"$WORK/token"'"|' "$WORK/d1.conf" >"$WORK/secret.conf"
CONF=$WORK/secret.conf finds 'a secret that all may read' 'secret of desk' '.*others may read or change it.*\|chown root:'
# a sanitizer would be the first library, and so would faketime's
ASAN_OPTIONS=verify_asan_link_order=0 faketime -f +1h "$BUILD/detainerctl" --config "$WORK/d1.conf" doctor --json >"$WORK/out"
equal 'a clock an hour wrong: status' 2 $?
expect 'a clock an hour wrong' grep -qE '^failure\|this host is 3[56][0-9]{2} s ahead of the database\|.*timedatectl' <(line clock)

# --- the database --------------------------------------------------------------------
psql_run -c 'alter table detainerd.detainer disable trigger user'
finds 'triggers switched off' triggers 'altered: .* on detainerd.detainer.*\|Find out who.*detainerctl migrate'
psql_run -c 'alter table detainerd.detainer enable trigger user'
psql_run -c "create or replace function detainerd.setting(name text) returns text language sql stable as 'select null::text'"
finds 'a function that was altered' functions 'altered: detainerd.setting\(text\)'
psql_run -c 'create function detainerd.extra() returns int language sql as $$ select 1 $$'
finds 'one that is not ours' functions '.*not ours: detainerd.extra\(\)'
psql_run -c 'drop function detainerd.extra()'
"$BUILD/detainerctl" --db user=postgres migrate --sql sql >"$WORK/out"
well triggers functions
psql_run -c "alter role jms_test set session_replication_role = replica"
finds 'a role whose writes run no trigger' triggers 'session_replication_role is set'
psql_run -c 'alter role jms_test reset session_replication_role'
psql_run -c 'create role strange_daemon login in role detainerd_reviewer'
sed 's/user=[a-z_]*/user=strange_daemon/' "$WORK/d1.conf" >"$WORK/role.conf"
CONF=$WORK/role.conf finds 'a daemon without rights' rights 'role strange_daemon may not execute .*\|.*grant detainerd_daemon to strange_daemon'
sed 's/user=[a-z_]*/user=postgres/' "$WORK/d1.conf" >"$WORK/role.conf"
CONF=$WORK/role.conf finds 'a daemon with all rights' rights 'role postgres is a superuser'
psql_run -c 'drop role strange_daemon'
psql_run -c "insert into detainerd.facility (code, jurisdiction, time_zone) values ('T2', 'US-ND', 'America/Chicago')" \
	-c "update detainerd.route set facility_id = (select facility_id from detainerd.facility where code = 'T1')"
finds 'a facility without a route' routes 'no route tells anybody of a release that is due at T2'
finds 'a facility without facts' facts 'facts never came from T1, T2'
expect 'a facility whose law is unverified' grep -qE '^warning\|.*\(T2\)\|Let counsel' <(line law)
book LATE 7200
psql_run -c "update detainerd.booking set release_eligible_at = null"
finds 'an eligible time that nobody knows' 'eligible times' '.*: 1 people'
psql_run -c "update detainerd.hold set release_at = release_at + interval '1 hour', allowed = not allowed"
finds 'a stored verdict that is wrong' holds 'stored verdicts differ'
stop_daemon d1
psql_run -c "update detainerd.migration set id = 9999 where id = (select max(id) from detainerd.migration)"
finds 'a newer schema' database '.*version 9999.*\|'
psql_run -c "update detainerd.migration set id = (select max(id) + 1 from detainerd.migration where id < 9999) where id = 9999"

PGUSER=reviewer_test "$BUILD/detainerctl" --db "dbname=$PGDATABASE" doctor --json >"$WORK/out"
equal 'a database alone, as a person: no word of this host' 0 "$(for check in configuration service clock rights; do line $check; done | wc -l)"
PGUSER=jms_test "$BUILD/detainerctl" --db "dbname=$PGDATABASE" doctor --json >"$WORK/out"
expect 'whoever may not' grep -q '^failure|cannot examine the database: permission denied' <(line database)
