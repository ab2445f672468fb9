# SPDX-License-Identifier: MIT
#
# Sourced by tests/system/*.sh: the real daemon, receivers, a small county, and
# what to expect of them.  Nothing here asserts how fast anything is: waits end
# as soon as what is awaited is there, and give up after PATIENCE seconds.

set -uo pipefail
. tests/lib/database.sh
PATIENCE=${PATIENCE:-40}
passed=0
failed=0
started=()
: "${WORK:?run by tests/lib/run-system}"

finish() {
	trap - EXIT
	! declare -F at_end >/dev/null || at_end # what does not end with its process
	for pid in "${started[@]}"; do
		kill -CONT "$pid" 2>/dev/null
		kill -KILL "$pid" 2>/dev/null
	done
	wait 2>/dev/null
	[ $((passed + failed)) -gt 0 ] || failed=1
	echo "$passed passed, $failed failed"
	[ $failed = 0 ]
	exit
}
trap finish EXIT

# expect WHAT COMMAND...: COMMAND must succeed.
expect() {
	local what=$1
	shift
	if "$@"; then
		passed=$((passed + 1))
		echo "ok: $what"
	else
		failed=$((failed + 1))
		echo "NOT OK: $what ($*)"
	fi
}

# equal WHAT WANTED GOT
equal() {
	if [ "$2" = "$3" ]; then
		passed=$((passed + 1))
		echo "ok: $1"
	else
		failed=$((failed + 1))
		echo "NOT OK: $1: wanted '$2', got '$3'"
	fi
}

# wait_for COMMAND...: until it succeeds.
wait_for() {
	local until=$((SECONDS + PATIENCE))
	until "$@"; do
		[ $SECONDS -lt $until ] || return 1
		sleep 0.1
	done
}

# truth SQL: does this query return true?  False also while the server is away.
truth() {
	[ "$(value "$1" 2>/dev/null)" = t ]
}

# --- receivers -----------------------------------------------------------------

# start_sink webhook|mail NAME: sets port_NAME; its folder is $WORK/NAME.
start_sink() {
	mkdir -p "$WORK/$2"
	: >"$WORK/$2/got.jsonl"
	/usr/bin/python3 tests/lib/sink.py "$1" "$WORK/$2" 2>"$WORK/$2.log" &
	started+=($!)
	wait_for test -s "$WORK/$2/port" || { echo "sink $2 does not start"; exit 1; }
	printf -v "port_$2" %s "$(cat "$WORK/$2/port")"
}

# start_fake NAME [CERTIFICATES]: a web server that behaves badly; its folder is
# $WORK/NAME.  fake_port NAME WHICH: as tests/lib/fake.py names them.
start_fake() {
	mkdir -p "$WORK/$1"
	: >"$WORK/$1/got.jsonl"
	/usr/bin/python3 tests/lib/fake.py "$WORK/$1" ${2:+"$2"} 2>"$WORK/$1.log" &
	started+=($!)
	wait_for test -s "$WORK/$1/ports" || { echo "fake $1 does not start"; exit 1; }
}

fake_port() {
	sed -n "s/^$2 //p" "$WORK/$1/ports"
}

# sink_mode NAME MODE: from the next message on.
sink_mode() {
	echo "$2" >"$WORK/$1/mode.new"
	mv "$WORK/$1/mode.new" "$WORK/$1/mode"
}

# got NAME EXPRESSION: lines, one a message m for which the python EXPRESSION is
# not None; of a webhook message, b is its body.
got() {
	/usr/bin/python3 - "$WORK/$1/got.jsonl" "$2" <<-'PY'
		import json, sys
		for line in open(sys.argv[1]):
		    m = json.loads(line)
		    b = m.get("body") or {}
		    out = eval(sys.argv[2])
		    if out is not None:
		        print(out)
	PY
}

# got_kind NAME KIND: how many messages of this alert kind came by webhook NAME.
got_kind() {
	got "$1" "b['id'] if b.get('kind') == '$2' else None" | wc -l
}

has_kind() { # NAME KIND [AT LEAST]
	[ "$(got_kind "$1" "$2")" -ge "${3:-1}" ]
}

# --- the daemon ----------------------------------------------------------------

# config NAME RECEIVERS [MORE]: writes $WORK/NAME.conf.
config() {
	cat >"$WORK/$1.conf" <<-CONF
		conninfo = "host=$PGHOST port=$PGPORT dbname=$PGDATABASE user=${DAEMON_ROLE:-detainerd_test}"
		name = "$1"
		sweep = "1s"
		lease = "${LEASE:-30s}"
		${3:-}
		$2
	CONF
}

webhook() { # RECEIVER PORT [TIMEOUT]
	echo "receiver \"$1\" { type = \"webhook\" url = \"http://127.0.0.1:$2/hook\" timeout = \"${3:-10s}\" }"
}

mail() { # RECEIVER PORT: to people of the house, each alert by itself
	echo "receiver \"$1\" { type = \"mail\" url = \"smtp://127.0.0.1:$2\" starttls = \"off\" from = \"detainerd@jail.example\" to = { \"sergeant@jail.example\" } timeout = \"10s\" digest_above = \"never\" own_domains = { \"jail.example\" } }"
}

# start_daemon NAME: with $WORK/NAME.conf; returns once it says READY=1.  Sets pid_NAME.
start_daemon() {
	rm -f "$WORK/$1.notify" "$WORK/$1.sock"
	/usr/bin/python3 tests/lib/notify.py "$WORK/$1.sock" "$WORK/$1.notify" &
	started+=($!)
	wait_for test -S "$WORK/$1.sock"
	NOTIFY_SOCKET=$WORK/$1.sock "$BUILD/detainerd" --config "$WORK/$1.conf" >>"$WORK/$1.log" 2>&1 &
	started+=($!)
	printf -v "pid_$1" %s $!
	[ "${2:-}" = nowait ] || { wait_for ready_or_dead "$1" && said "$1" READY=1; } ||
		{ echo "daemon $1 does not get ready"; exit 1; }
}

ready_or_dead() {
	local pid=pid_$1
	said "$1" READY=1 || ! kill -0 "${!pid}" 2>/dev/null
}

# said NAME TEXT: did the daemon tell systemd so?
said() {
	grep -qF " $2" "$WORK/$1.notify" 2>/dev/null
}

logged() { # NAME REGEX
	grep -qE "$2" "$WORK/$1.log"
}

# stop_daemon NAME: SIGTERM; its exit status.
stop_daemon() {
	local pid=pid_$1
	kill -TERM "${!pid}"
	wait "${!pid}"
}

# refusal CONF: runs the daemon, which must give up: status and standard error in
# $status and $WORK/refusal.
refusal() {
	status=0
	timeout "$PATIENCE" "$BUILD/detainerd" --config "$1" >"$WORK/refusal" 2>&1 </dev/null || status=$?
}

# --- the facts -----------------------------------------------------------------

# county: US-CT-TEST within US-CT; its counsel has adopted that a class A or B
# felony allows a hold of 48 hours flat.  Facility T1; everything goes to RECEIVERs.
county() { # RECEIVER...
	psql_run <<-'SQL'
		insert into detainerd.jurisdiction (code, parent, name) values ('US-CT-TEST', 'US-CT', 'Test County');
		with r as (insert into detainerd.rule (jurisdiction, effective_from, clock, hours, clock_verified, citation, adopted_by)
			values ('US-CT-TEST', '2020-01-01', 'flat', 48, true, 'Test County Code 1-1', 'County Counsel') returning rule_id),
		a as (insert into detainerd.rule_alternative (rule_id, alternative, citation, verified)
			select rule_id, 1, 'Test County Code 1-1(a)', true from r)
		insert into detainerd.rule_term (rule_id, alternative, ground, felony_classes)
			select rule_id, 1, 'conv_felony_class', '{A,B}' from r;
		update detainerd.rule set status = 'adopted' where jurisdiction = 'US-CT-TEST';
		insert into detainerd.facility (code, name, jurisdiction, time_zone, go_live_at)
			values ('T1', 'Test County Jail', 'US-CT-TEST', 'America/New_York', '2020-01-01')
			on conflict (code) do update set jurisdiction = excluded.jurisdiction, go_live_at = excluded.go_live_at;
		-- no test depends on the hour at which it runs: the daily digest does not come
		update detainerd.setting set value = '24:00' where name = 'daily_at';
	SQL
	for receiver in "$@"; do
		psql_run -c "insert into detainerd.route (facility_id, receiver) select facility_id, '$receiver' from detainerd.facility"
	done
}

# book NUMBER SECONDS [COUNT]: somebody whose hold ends in SECONDS from now, with
# a detainer served and a class A felony; COUNT people, NUMBER-1 and so on.
book() {
	psql_run -v number="$1" -v seconds="$2" -v count="${3:-0}" <<-'SQL'
		begin;
		with b as (insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at)
			select facility_id, :'number' || case when :count > 0 then '-' || n else '' end,
				s - interval '24 hours', s
			  from detainerd.facility, generate_series(1, greatest(:count, 1)) n,
				(select clock_timestamp() - interval '48 hours' + :seconds * interval '1 second') t (s)
			 where code = 'T1'
			returning *),
		d as (insert into detainerd.detainer (booking_id, form, received_at, served_at, reference)
			select booking_id, 'I-247A', booked_at + interval '1 hour', booked_at + interval '2 hours', 'd' from b)
		insert into detainerd.finding (booking_id, ground, felony_class, convicted_on, evidence, found_at, reference)
			select booking_id, 'conv_felony_class', 'A', '2024-05-06', 'secret-evidence-word', booked_at, 'f' from b;
		commit;
	SQL
}

# release_due NUMBER: its alert ids.
release_due() {
	value "select alert_id from detainerd.alert join detainerd.booking using (booking_id)
		where kind = 'release_due' and booking_number like '$1' order by alert_id"
}

# all_settled: no delivery is still open.
all_settled() {
	truth "select not exists (select from detainerd.delivery where state in ('due', 'leased'))"
}

# --- detainerctl ---------------------------------------------------------------

# by ROLE COMMAND...: detainerctl as somebody types it; leaves $status, and out and err in $WORK.
by() {
	status=0
	PGUSER=$1 "$BUILD/detainerctl" "${@:2}" >"$WORK/out" 2>"$WORK/err" </dev/null || status=$?
}

# hand COMMAND...: by somebody who may record facts.
hand() {
	by jms_test "$@"
}

# ctl COMMAND...: by AS, or by somebody who may read; its exit status.
ctl() {
	by "${AS:-reviewer_test}" "$@"
	return "$status"
}

# pick EXPRESSION: over the data j of the JSON printed last.
pick() {
	/usr/bin/python3 -c 'import json, sys; j = json.load(open(sys.argv[1]))["data"]; print(eval(sys.argv[2]))' "$WORK/out" "$1"
}

# refused WHAT STATUS LINE: what was typed last, with the first line that it says.
refused() {
	equal "$1: status" "$2" "$status"
	equal "$1: one line says why and what to do" "detainerctl: $3" "$(head -n 1 "$WORK/err" | sed 's/^detainerctl [a-z]*: /detainerctl: /')"
}

# refuses WHAT STATUS REGEX COMMAND...: ctl COMMAND says one line on standard error, and nothing else.
refuses() {
	ctl "${@:4}"
	equal "$1: status" "$2" $?
	expect "$1: says why" grep -qE "$3" "$WORK/err"
	equal "$1: in one line" 1 "$(wc -l <"$WORK/err")"
	equal "$1: on standard error only" 0 "$(wc -c <"$WORK/out")"
}
