# SPDX-License-Identifier: MIT
# setup: from answers to a daemon that tells somebody; given again it changes nothing; and whatever is wrong is one line, with
# nothing half done.
. tests/lib/system.sh
PGDATABASE=postgres psql_run -c 'create database county' || exit 1
export PGDATABASE=county
start_sink webhook hook
chmod 755 "$WORK"
mkdir "$WORK/etc"
conf=$WORK/etc/detainerd.conf

# answers [LINE]...: good ones, and LINEs after them, of which the last of a key counts.
answers() {
	cat >"$WORK/answers" <<-CONF
		database = "host=$PGHOST port=$PGPORT dbname=${DATABASE:-county} user=detainerd_setup"
		facility = "MAIN"
		name = "Main Jail"
		jurisdiction = "US-CT"
		time_zone = "America/New_York"
		tell = { "http://127.0.0.1:$port_hook/hook", "journal" }
	CONF
	printf '%s\n' "$@" >>"$WORK/answers"
}
setup() { "$BUILD/detainerctl" --config "$conf" --db "user=${AS:-postgres} dbname=${DATABASE:-county}" setup --sql sql "$@" >"$WORK/out" 2>"$WORK/err" </dev/null; }
untouched() { # is the database without a trace, and the folder empty?
	[ "$(value "select to_regprocedure('detainerd.schema_version()') is null and not exists (select from pg_roles where rolname = 'detainerd_setup')") $(ls -A "$WORK/etc")" = 't ' ]
}
# refuses WHAT STATUS REGEX [ARGUMENT]...: in one line, with nothing done.
refuses() {
	local status=0
	setup --answers "$WORK/answers" "${@:4}" || status=$?
	equal "$1: status" "$2" "$status"
	expect "$1: says why" grep -qE -- "$3" "$WORK/err"
	equal "$1: in one line" 1 "$(wc -l <"$WORK/err")"
	expect "$1: nothing is half done" untouched
}

# --- bad input ---------------------------------------------------------------------------
answers 'facilty = "MAIN"'
refuses 'a key that is none' 78 "answers:7: no such option 'facilty'"
answers 'tell = { "the sergeant" }'
refuses 'nobody that can be told' 78 "answers:7: cannot tell 'the sergeant': write a mail address"
answers 'facility = ""'
refuses 'an empty answer' 78 'answers:7: facility is empty'
answers 'facility = " "'
refuses 'a blank answer' 78 'answers:7: facility is empty'
answers && sed -i /jurisdiction/d "$WORK/answers"
refuses 'an answer that is missing' 78 'there is no jurisdiction'
answers 'time_zone = "America/New_Yorck"'
refuses 'a zone that is none' 65 "there is no time zone 'America/New_Yorck'.*IANA"
answers "database = \"host=$PGHOST port=$PGPORT dbname=county user=postgres\""
refuses 'a daemon that may do everything' 65 "cannot set up: role 'postgres' is a superuser, and the daemon needs few rights\. Leave user= out of the answer database.*Nothing was changed"
answers 'time_zone = "Foo5"'
refuses 'a zone that SQL would take' 65 "there is no time zone 'Foo5'"
answers 'jurisdiction = "US-XX"'
refuses 'a jurisdiction that is none' 65 "there is no jurisdiction 'US-XX'.*US-CT.*Nothing was changed"
answers 'mail_server = "ftp://mail"' 'tell = { "a@b.example" }'
refuses 'a mail server that is none' 78 'write smtp://'
answers "database = \"host=$PGHOST port=1 dbname=county\""
refuses 'a wrong port' 69 'cannot connect to the database: .*PGSQL.1' --db "host=$PGHOST port=1 user=postgres"
refuses 'a wrong port, of the daemon' 69 "no server answers at the daemon's database, host=.* port=1 dbname=county. Start it, or correct the address. Nothing was changed"
answers "database = \"host=$PGHOST port=1 dbname=county password=hunter2\""
refuses 'the same, with a password' 69 "no server answers at the daemon's database, password='\*\*\*'"
answers "database = \"host=$PGHOST port=notaport dbname=county\""
refuses 'a port that is none' 69 "no server answers at the daemon's database, host=.* port=notaport dbname=county"
answers 'database = "colour=red"'
refuses 'a conninfo that is none' 64 'colour'
: >"$WORK/answers"
refuses 'no answers' 78 'it is empty'
rm "$WORK/answers"
refuses 'no file of answers' 78 'No such file'
answers
psql_run -c 'create role nobody_much login'
AS=nobody_much refuses 'a role without rights' 77 "role 'nobody_much' may not create roles and a schema"
DATABASE=none refuses 'no such database' 69 'database "none" does not exist. Create the database'
psql_run -c 'create schema detainerd' -c 'create table detainerd.cases ()'
refuses 'a schema of that name' 69 "holds a schema detainerd that is not detainerd's. Rename it"
status=0
"$BUILD/detainerctl" --db dbname=county migrate --sql sql >"$WORK/out" 2>"$WORK/err" || status=$?
equal 'nor does migrate build over it' '69 1' "$status $(grep -c "holds a schema detainerd that is not detainerd's. Rename it.* Nothing was changed.$" "$WORK/err")"
psql_run -c 'drop schema detainerd cascade'
mkdir "$WORK/old"
/usr/bin/python3 tests/lib/old_server.py "$WORK/old/.s.PGSQL.5432" 14.11 2>"$WORK/old.log" &
started+=($!)
wait_for test -S "$WORK/old/.s.PGSQL.5432"
refuses 'a server that is too old' 69 'PostgreSQL 14.11, and 15 or later is needed. Upgrade it' --db "host=$WORK/old port=5432 sslmode=disable gssencmode=disable"
# a sanitizer would be the first library, and so would faketime's
ASAN_OPTIONS=verify_asan_link_order=0 faketime -f +1h "$BUILD/detainerctl" --config "$conf" --db user=postgres setup --sql sql --answers "$WORK/answers" >"$WORK/out" 2>"$WORK/err"
equal 'a clock an hour wrong: status' 69 $?
expect 'a clock an hour wrong: says so' grep -qE 'clock of this host is 3[56][0-9]{2} s ahead of that of the database. Set the wrong one' "$WORK/err"
expect 'a clock an hour wrong: nothing is half done' untouched
(
	ulimit -f 0
	trap '' XFSZ
	setup --answers "$WORK/answers"
)
equal 'no room for the configuration: status' 73 $?
expect 'no room for the configuration: nothing is half done' untouched
unshare -m sh -c "mount -t tmpfs -o size=4k tmpfs '$WORK/etc' && { head -c 8192 /dev/zero >'$WORK/etc/full' 2>/dev/null
	'$BUILD/detainerctl' --config '$conf' --db user=postgres setup --sql sql --answers '$WORK/answers'; echo \$? \$(ls '$WORK/etc'); }" >"$WORK/out" 2>"$WORK/err"
equal 'a full disk: status, and what is there' '73 full' "$(cat "$WORK/out")"
expect 'a full disk: says so' grep -q "cannot write '$conf': No space left on device. Free some space. Nothing was changed.$" "$WORK/err"
expect 'a full disk: nothing is half done' untouched
refuses 'no such folder' 73 'No such file or directory' --config "$WORK/none/detainerd.conf"
expect 'not asked in vain' sh -c "! '$BUILD/detainerctl' --config '$conf' setup --sql sql </dev/null >'$WORK/out' 2>'$WORK/err'"
expect 'but says how else' grep -q 'nobody answered .*--answers FILE' "$WORK/err"

# --- set up --------------------------------------------------------------------------------
setup --answers "$WORK/answers"
equal 'set up: status' 0 $? || cat "$WORK/err"
expect 'set up: says what was done' grep -qE '^schema +version [0-9]+, installed$' "$WORK/out"
expect 'set up: and what comes next' grep -qF "Next: detainerctl --config $conf doctor; a login for each person" "$WORK/err"
equal 'the configuration is for its readers' 640 "$(stat -c %a "$conf")"
expect 'the configuration is one' "$BUILD/detainerd" --config "$conf" --check-config
equal 'nothing lies about' detainerd.conf "$(ls -A "$WORK/etc")"
equal 'the facility' 'MAIN|Main Jail|US-CT|America/New_York' "$(value 'select code, name, jurisdiction, time_zone from detainerd.facility')"
equal 'the routes' $'MAIN|journal\nMAIN|webhook' "$(value 'select code, receiver from detainerd.route join detainerd.facility using (facility_id) order by 2')"
equal 'the role' 't|t|f' "$(value "select rolcanlogin, pg_has_role('detainerd_setup', 'detainerd_daemon', 'member'), rolsuper from pg_roles where rolname = 'detainerd_setup'")"
cp "$conf" "$WORK/d1.conf"
start_daemon d1
"$BUILD/detainerctl" --db "dbname=county" receivers test webhook --wait 30s >"$WORK/out" 2>&1
equal 'and it tells' 0 $?
stop_daemon d1

# as some editors of Windows leave it
printf '\357\273\277' | cat - "$WORK/answers" | sed 's/$/\r/' >"$WORK/windows"
setup --answers "$WORK/windows"
equal 'answers with a byte order mark and long line ends: status' 0 $?
before=$(value 'select count(*), max(route_id) from detainerd.route' && stat -c '%i %Y' "$conf")
setup --answers "$WORK/answers"
equal 'again: status' 0 $?
expect 'again: as it was' grep -qE '^configuration +.*, as it was$' "$WORK/out"
equal 'again: nothing is new' "$before" "$(value 'select count(*), max(route_id) from detainerd.route' && stat -c '%i %Y' "$conf")"
setup --answers "$WORK/answers" --json
expect 'again, for programs' grep -q '"schema"' "$WORK/out"
echo '# by hand' >>"$conf"
setup --answers "$WORK/answers"
equal 'what was edited is not written over: status' 78 $?
expect 'what was edited is not written over: says so' grep -q 'is there already and says something else. Move it away' "$WORK/err"
expect 'what was edited is there' grep -q '# by hand' "$conf"
rm "$conf"
answers 'time_zone = "America/Denver"'
setup --answers "$WORK/answers"
equal 'another zone for the same facility: status' 65 $?
expect 'another zone for the same facility: says so' grep -q "facility 'MAIN' is there already, in US-CT and America/New_York" "$WORK/err"
equal 'and no configuration' '' "$(ls -A "$WORK/etc")"

# --- by hand ----------------------------------------------------------------------------------
printf '%s\n' "host=$PGHOST port=$PGPORT dbname=county user=detainerd_setup" ANNEX US-CT America/New_York "journal desk@jail.example" |
	"$BUILD/detainerctl" --config "$WORK/etc/annex.conf" --db dbname=county setup --sql sql >"$WORK/out" 2>"$WORK/err"
equal 'five answers typed: status' 0 $?
equal 'five questions' 5 "$(grep -o '[1-5] of 5' "$WORK/err" | wc -l)"
equal 'mail to this host goes in clear text, and the file says so' 1 "$(grep -A 4 'url = "smtp://127.0.0.1"' "$WORK/etc/annex.conf" | grep -c '^.starttls = "off"$')"
expect 'a second jail has its name' grep -q '^name = "annex"' "$WORK/etc/annex.conf"
equal 'and its routes' $'ANNEX|journal\nANNEX|mail' "$(value "select code, receiver from detainerd.route join detainerd.facility using (facility_id) where code = 'ANNEX' order by 2")"
