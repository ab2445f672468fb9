# SPDX-License-Identifier: MIT
# What cannot work ends at once, in one clear line, with the status that says why.
. tests/lib/system.sh
start_sink webhook hook

# refuses WHAT STATUS REGEX CONF
refuses() {
	refusal "$4"
	equal "$1: status" "$2" "$status"
	expect "$1: says why" grep -qiE "$3" "$WORK/refusal"
	equal "$1: in one line of error" 1 "$(grep -vc '^<[567]>' "$WORK/refusal")"
}

config good "$(webhook hook "$port_hook")"
expect 'a good configuration is good' "$BUILD/detainerd" --config "$WORK/good.conf" --check-config
expect 'the version' bash -c '"$BUILD/detainerd" --version | grep -qE "^detainerd [0-9]+\.[0-9]+"'

config key "$(webhook hook "$port_hook")" 'sweeep = "5s"'
refuses 'an unknown key' 78 sweeep "$WORK/key.conf"
refuses 'no such file' 78 'none.conf' "$WORK/none.conf"
config type 'receiver "hook" { type = "pigeon" }'
refuses 'an unknown kind of receiver' 78 pigeon "$WORK/type.conf"
config url 'receiver "hook" { type = "webhook" url = "ftp://127.0.0.1/" }'
refuses 'an address that is none' 78 'url.*http' "$WORK/url.conf"
config time "$(webhook hook "$port_hook" soon)"
refuses 'a timeout that is none' 78 'timeout|soon' "$WORK/time.conf"
status=0
"$BUILD/detainerd" --no-such-option >"$WORK/refusal" 2>&1 || status=$?
equal 'an unknown option: status' 64 "$status"

psql_run -c "create role locked login password 'right' in role detainerd_daemon"
DAEMON_ROLE='locked password=wrong' config password "$(webhook hook "$port_hook")"
refuses 'a wrong password' 77 'password' "$WORK/password.conf"
DAEMON_ROLE='locked password=right' config right "$(webhook hook "$port_hook")"
start_daemon right
stop_daemon right
equal 'the right one works' 0 $?
psql_run -c "drop owned by locked; drop role locked; create role stranger login"
DAEMON_ROLE=stranger config stranger "$(webhook hook "$port_hook")"
refuses 'a role without rights' 77 'stranger|permission|role' "$WORK/stranger.conf"
psql_run -c 'drop role stranger'
DAEMON_ROLE=nobody_at_all config nobody "$(webhook hook "$port_hook")"
refuses 'no such role' 77 nobody_at_all "$WORK/nobody.conf"

home=$PGDATABASE
PGDATABASE=no_such_database config nodb "$(webhook hook "$port_hook")"
refuses 'no database' 69 no_such_database "$WORK/nodb.conf"
PGDATABASE=postgres psql_run -c 'create database bare'
PGDATABASE=bare config bare "$(webhook hook "$port_hook")"
refuses 'nothing installed' 69 'migrate|install' "$WORK/bare.conf"
PGDATABASE=$home
psql_run -c "insert into detainerd.migration (id, name) values (9999, '9999-tomorrow')"
refuses 'a newer schema' 69 '9999' "$WORK/good.conf"
psql_run -c "delete from detainerd.migration where id = 9999 or id = (select max(id) from detainerd.migration where id < 9999)"
refuses 'an older schema' 69 'migrate|older' "$WORK/good.conf"
