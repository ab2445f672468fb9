# SPDX-License-Identifier: MIT
# What detainerctl cannot do ends in one clear line and the status that says why.
. tests/lib/system.sh

# refuses WHAT STATUS REGEX COMMAND...
refuses() {
	status=0
	"$BUILD/detainerctl" "${@:4}" >"$WORK/out" 2>"$WORK/err" </dev/null || status=$?
	equal "$1: status" "$2" "$status"
	expect "$1: says why" grep -qE "$3" "$WORK/err"
	equal "$1: on standard error only" 0 "$(wc -c <"$WORK/out")"
}
one_line() {
	refuses "$@"
	equal "$1: in one line" 1 "$(wc -l <"$WORK/err")"
}

psql_run -c "create role locked login password 'right' in role detainerd_reviewer"
one_line 'a wrong password' 77 'password' holds --db "user=locked password=wrong"
one_line 'no password' 77 'password' holds --db "user=locked"
"$BUILD/detainerctl" holds --db "user=locked password=right" >"$WORK/out" 2>"$WORK/err"
equal 'the right one works' 0 $?
psql_run -c 'drop role locked' -c 'create role stranger login'
one_line 'a role without rights' 77 'permission denied' status --db user=stranger
psql_run -c 'drop role stranger'
one_line 'no such role' 77 nobody_at_all status --db user=nobody_at_all
one_line 'no database' 69 no_such_database status --db dbname=no_such_database
one_line 'no server' 69 'cannot connect' status --db host=/nowhere
one_line 'a conninfo that is none' 64 colour status --db colour=red
one_line 'no configuration' 78 none.conf status --config "$WORK/none.conf"
echo 'colour = "red"' >"$WORK/bad.conf"
one_line 'a configuration with an unknown key' 78 'bad.conf:1: .*colour' status --config "$WORK/bad.conf"
DAEMON_ROLE=$PGUSER config good "$(webhook hook 1)"
env -u PGDATABASE -u PGHOST "$BUILD/detainerctl" holds --config "$WORK/good.conf" >"$WORK/out"
equal 'a good one names the database' 0 $?

refuses 'no command' 64 'no command'
refuses 'no such command' 64 pardon pardon
refuses 'an unknown option' 64 colour holds --colour
refuses 'an argument too many' 64 extra holds extra
mapfile -t commands < <(grep -o '"detainerctl [a-z -]*[a-z]",' daemon/ctl/detainerctl.c | sed 's/"detainerctl \(.*\)",/\1/')
expect 'the commands are found' [ "${#commands[@]}" -gt 15 ]
for command in "${commands[@]}"; do
	# shellcheck disable=SC2086 # the words of a command
	expect "$command --help" grep -q -- --db <("$BUILD/detainerctl" $command --help)
	# shellcheck disable=SC2086
	expect "$command --help names itself" grep -q "^Usage: detainerctl $command" <("$BUILD/detainerctl" $command --help)
done
expect 'the version' grep -qE '^detainerctl [0-9]+\.[0-9]+' <("$BUILD/detainerctl" --version)

for command in status holds alerts routes receivers deliveries; do
	"$BUILD/detainerctl" $command --json >&- 2>"$WORK/err"
	equal "$command into a closed stream" 74 $?
	expect "$command into a closed stream: says why" grep -q 'cannot write to standard output: Bad file descriptor' "$WORK/err"
	"$BUILD/detainerctl" $command --json >/dev/full 2>"$WORK/err"
	equal "$command into a full disk" 74 $?
done
LC_ALL=C "$BUILD/detainerctl" holds --facility 'Tür' >"$WORK/out" 2>"$WORK/err"
equal 'a name that the locale cannot write' 65 $?

one_line 'a name that is no UTF-8' 65 'invalid byte sequence for encoding "UTF8": 0xff. Write it in UTF-8.$' holds --facility $'\xff'

PGUSER=nobody one_line 'no such login' 77 'role "nobody" does not exist.*LOGINS' holds

# --- what was typed drives no terminal ----------------------------------------------------
esc=$'\033[31m'
for words in "holds x$esc" "holds --x$esc" "alerts --since x$esc" "holds$esc" "--x$esc" "holidays --year 20$esc" "ack x$esc y"; do
	# shellcheck disable=SC2086
	refuses "an escape sequence: ${words//$esc/ESC}" 64 'cannot' $words
	equal "an escape sequence: ${words//$esc/ESC}: not said again" 0 "$(grep -c $'\033' "$WORK/err")"
done
refuses 'a receiver with a line break' 64 "cannot add a route to 'a b': no receiver has such a name: it is at most 63 characters of ASCII, none of them a blank" routes add --receiver $'a\nb'
psql_run <<-'SQL'
	insert into detainerd.facility (code, jurisdiction, time_zone) values ('A', 'US-CT', 'America/New_York'), ('B', 'US-CT', 'America/New_York');
	insert into detainerd.booking (facility_id, booking_number, booked_at) select facility_id, 'TWICE', now() from detainerd.facility where code in ('A', 'B');
SQL
for verb in explain booking custody "evidence --output $WORK/twice.zip"; do
	# shellcheck disable=SC2086
	one_line "${verb%% *} of a number that two facilities have" 65 'A and B have .*Name one with --facility' $verb TWICE
done

psql_run -c "insert into detainerd.migration (id, name) values (9999, '9999-tomorrow')"
one_line 'a newer schema' 69 'version 9999.*newer detainerctl' holds
one_line 'a newer schema is not migrated' 69 'version 9999' migrate --sql sql
psql_run -c "delete from detainerd.migration where id = 9999 or id = (select max(id) from detainerd.migration where id < 9999)"
one_line 'an older schema' 69 'detainerctl migrate' holds
PGDATABASE=postgres psql_run -c 'create database empty'
export PGDATABASE=empty
one_line 'nothing installed' 69 'detainerctl migrate' holds
one_line 'no SQL to install' 74 'install.sql' migrate --sql "$WORK"
mkdir "$WORK/broken"
printf 'begin;\ncreate schema detainerd;\nselect 1/0;\ncommit;\n' >"$WORK/broken/install.sql"
one_line 'SQL that fails' 65 'cannot migrate: division by zero. Nothing was changed.$' migrate --sql "$WORK/broken"
# fails WHAT STATUS SQLSTATE FIX: as psql hears it, with the status and the advice that every other verb has
fails() {
	printf "begin;\ncreate schema detainerd;\ndo \$\$ begin raise exception 'so it is' using errcode = '%s'; end \$\$;\ncommit;\n" "$3" >"$WORK/broken/install.sql"
	one_line "migrate, $1" "$2" "^detainerctl: cannot migrate: so it is\\. $4\$" migrate --sql "$WORK/broken"
}
fails 'no right' 77 42501 'Name with --db a role that may create roles and a schema there\. Nothing was changed\.'
fails 'a full disk' 75 53100 'Nothing was written; the server is out of resources\.'
fails 'a lock not to be had' 75 55P03 'Nothing was written; give the command again\.'
fails 'a standby' 69 25006 'Connect to the primary: this server only reads\. Nothing was changed\.'
fails 'a defect' 69 XX000 'Nothing was changed\.'
printf 'begin;\ncreate schema detainerd;\nselect pg_terminate_backend(pg_backend_pid());\ncommit;\n' >"$WORK/broken/install.sql"
one_line 'a server that went away' 69 'cannot migrate: terminating connection due to administrator command. Give the command again when the server is up. Nothing was changed.$' migrate --sql "$WORK/broken"
printf '\\ir nowhere.sql\n' >"$WORK/broken/install.sql"
one_line 'a file of it that is not there' 69 'cannot migrate: .*nowhere.sql: No such file or directory. Nothing was changed.$' migrate --sql "$WORK/broken"
PGUSER=reviewer_test one_line 'migrating without the right' 77 'permission denied .* Name with --db a role that may create roles and a schema there. Nothing was changed.$' migrate --sql sql
expect 'and leaves nothing' truth "select to_regnamespace('detainerd') is null"
"$BUILD/detainerctl" migrate --sql sql >"$WORK/out" 2>"$WORK/err"
equal 'installed: status' 0 $?
expect 'installed: from what to what' grep -qE '^schema version 0 -> [0-9]+$' "$WORK/out"
equal 'installed: without a word' 0 "$(wc -c <"$WORK/err")"
"$BUILD/detainerctl" migrate --sql sql --json >"$WORK/out"
expect 'again over itself' grep -q '"version_before": [1-9]' "$WORK/out"
expect 'and then it answers' "$BUILD/detainerctl" holds
