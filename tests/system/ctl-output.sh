# SPDX-License-Identifier: MIT
# --json, --csv, --tz, NO_COLOR: every answer in one envelope; a list as CSV that no spreadsheet computes; times where they are wanted.
. tests/lib/system.sh
county desk
ctl() { PGUSER=${ROLE:-reviewer_test} "$BUILD/detainerctl" "$@" >"$WORK/out" 2>"$WORK/err" </dev/null; }
# of EXPRESSION: of the answer printed last, as a; its rows as CSV, as c.
of() {
	/usr/bin/python3 - "$WORK/out" "$1" <<-'PY'
		import csv, json, sys
		with open(sys.argv[1], newline="") as f:
		    text = f.read()
		a = json.loads(text) if text.startswith("{") else None
		c = list(csv.reader(text.splitlines(keepends=True), strict=True))
		print(eval(sys.argv[2]))
	PY
}
book DUE -7200
book '=cmd()' -3600
book '-12.5' 3600
book '"A",B' 7200
value 'select raised from detainerd.raise_due(clock_timestamp(), 100)' >/dev/null
alert=$(release_due DUE)

# --- the envelope -------------------------------------------------------------------
before=$(value 'select clock_timestamp()')
for command in status holds 'holds --overdue' alerts "alerts show $alert" 'explain DUE' routes 'routes test --facility T1 --kind release_due' receivers deliveries \
	"ack $alert --reason release_started"; do
	# shellcheck disable=SC2086 # the words of a command
	ctl $command --json
	name=$(sed -E "s/ (-.*|$alert.*|DUE)//" <<<"$command")
	equal "$command: one envelope" "['detainerctl', 'command', 'generated_at', 'data'] 1 $name" "$(of '"%s %s %s" % (list(a), a["detainerctl"], a["command"])')"
	equal "$command: by the database's clock" t "$(value "select '$(of 'a["generated_at"]')'::timestamptz between '$before' and clock_timestamp()")"
done
for command in holds alerts routes receivers deliveries; do
	ctl $command --json
	expect "$command: a list" of '1 // (isinstance(a["data"], list))'
done
ctl status --json
expect 'status: an object' of '1 // (isinstance(a["data"], dict))'
ctl alerts --since 2099-01-01 --json
equal 'an empty list is one too' '[]' "$(of 'a["data"]')"
ROLE=admin_test ctl routes add --receiver pager --json
equal 'what changes something says so in the same envelope' 'routes add' "$(of 'a["command"]')"
printf 'facility,booking_number\nT1,NEW\n' >"$WORK/b.csv"
ROLE=jms_test ctl import --kind booking "$WORK/b.csv" --json
equal 'import too' 'import 1' "$(of '"%s %s" % (a["command"], a["data"]["imported"])')"
ROLE=postgres ctl migrate --sql sql --json
equal 'and migrate' 'migrate True' "$(of '"%s %s" % (a["command"], a["generated_at"] is not None)')"

# --- CSV ------------------------------------------------------------------------------
for command in holds alerts routes receivers deliveries 'routes test --facility T1 --kind release_due'; do
	# shellcheck disable=SC2086
	ctl $command --json
	wanted=$(of '[list(a["data"][0]), len(a["data"])]')
	# shellcheck disable=SC2086
	ctl $command --csv
	equal "$command: the columns and rows of JSON" "$wanted" "$(of '[c[0], len(c) - 1]')"
	expect "$command: each line ends as RFC 4180 says" of '1 // (all(line.endswith("\r\n") for line in text.splitlines(keepends=True)))'
done
ctl holds --csv
equal 'no cell is a formula, a number stays one, quotes are doubled' "$(printf '%s\n' '"A",B' "'=cmd()" -12.5 DUE)" "$(of '"\n".join(sorted(r[1] for r in c[1:]))')"
equal 'seconds are plain numbers' True "$(of 'all(r[6].lstrip("-").isdigit() for r in c[1:])')"
equal 'booleans and nulls' "true  DUE" "$(of '[" ".join((r[5], r[9], r[1])) for r in c if r[1] == "DUE"][0]')"
equal 'instants are RFC 3339' t "$(value "select release_at = '$(of '[r[3] for r in c if r[1] == "DUE"][0]')'::timestamptz from detainerd.overdue_hold where booking_number = 'DUE'")"
rows=$(of 'len(c) - 1')
ctl holds --csv --no-header
equal 'without the header' "$rows" "$(of 'len(c)')"
for command in status "alerts show $alert" 'explain DUE' "ack $alert --reason ice_here" 'migrate' 'import --kind booking x' 'routes add --receiver x'; do
	# shellcheck disable=SC2086
	refuses "$command --csv" 64 'as CSV: its answer is not one list. Give --json' $command --csv
done
ctl holds --csv --json
equal 'both: status' 64 $?
expect 'both: says why' grep -q 'cannot write both JSON and CSV' "$WORK/err"
"$BUILD/detainerctl" holds --csv >/dev/full 2>"$WORK/err"
equal 'CSV onto a full disk' 74 $?

# --- zones ----------------------------------------------------------------------------
at=$(value "select release_at from detainerd.overdue_hold where booking_number = 'DUE'")
in_zone() { value "select detainerd.local_text('$at', '$1', '$2')"; }
ctl holds --overdue --tz Asia/Tokyo
expect 'for people' grep -q "$(in_zone Asia/Tokyo 'YYYY-MM-DD HH24:MI:SS TZ')" "$WORK/out"
ctl holds --overdue --tz Asia/Kolkata --json
equal 'in JSON, with its offset' "$(in_zone Asia/Kolkata 'YYYY-MM-DD"T"HH24:MI:SS.USTZH:TZM')" "$(of '[h["release_at"] for h in a["data"] if h["booking_number"] == "DUE"][0]')"
ctl --tz Asia/Tokyo explain DUE
expect 'before the name of the command too, and in every part' grep -q "^$(in_zone Asia/Tokyo 'YYYY-MM-DD HH24:MI:SS') JST .* UTC lawful custody ends" "$WORK/out"
ctl holds --tz Asia/Tokyo --utc
expect 'the last counts' grep -q "$(in_zone UTC 'YYYY-MM-DD HH24:MI:SS') UTC" "$WORK/out"
ctl alerts --since 2099-01-01 --tz Asia/Tokyo --json
expect 'the words about freshness are for people' grep -qE 'facts as of 20.* JST' "$WORK/err"
for zone in Foo5 EST5EDT4 '' "x' or true --" 'asia/tokyo'; do
	refuses "zone '$zone'" 64 "cannot write times in '$zone': there is no such zone. Give --tz an IANA name" holds --tz "$zone"
done

# --- colour ---------------------------------------------------------------------------
coloured() { # ENVIRONMENT...: on a terminal
	env "$1" TERM=xterm PGUSER=reviewer_test "${@:2}" script -qec "'$BUILD/detainerctl' holds --overdue" /dev/null </dev/null | grep -c $'\e\\[[0-9;]*m.*OVERDUE'
}
equal 'what is overdue stands out' 2 "$(coloured -uNO_COLOR)"
equal 'unless NO_COLOR' 0 "$(coloured NO_COLOR=1)"
equal 'an empty one is none' 2 "$(coloured NO_COLOR=)"
equal 'or the terminal has none' 0 "$(coloured -uNO_COLOR TERM=dumb)"
ctl holds --overdue
equal 'or it is no terminal' 0 "$(grep -c $'\e' "$WORK/out")"
expect 'and the word says it without colour' grep -q OVERDUE "$WORK/out"

# --- hostile names ------------------------------------------------------------------------
name=$'EVIL\e[31m\u009b31m\u202e\nBcc: x'
psql_run -c "insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at) select facility_id, \$\$$name\$\$, now() - interval '1 day', now() from detainerd.facility where code = 'T1'" \
	-c "insert into detainerd.detainer (booking_id, form, received_at) select booking_id, 'I-247A', now() from detainerd.booking where booking_number = \$\$$name\$\$"
for ask in holds booking explain; do
	case $ask in holds) set -- ;; *) set -- "$name" ;; esac
	"$BUILD/detainerctl" $ask "$@" 2>&1 | grep EVIL >"$WORK/evil"
	equal "$ask: nothing in them drives the terminal" 'EVIL [31m  31m    Bcc: x' "$(grep -o 'EVIL.*Bcc: x' "$WORK/evil" | sort -u)"
done
"$BUILD/detainerctl" holds --json >"$WORK/out"
equal 'for a program they are as they stand' 1 "$(python3 -c 'import json, sys; print(sum(d["booking_number"] == sys.argv[1] for d in json.load(sys.stdin)["data"]))' "$name" <"$WORK/out")"

# --- no language, as under cron ----------------------------------------------------------
env -u LANG -u LC_CTYPE LC_ALL= "$BUILD/detainerctl" law list US-NC >"$WORK/out"
expect 'the sign of a section, as it is on file' grep -q '§' "$WORK/out"
equal 'and nothing as numbers' 0 "$(grep -c '\\x' "$WORK/out")"
