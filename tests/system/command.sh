# SPDX-License-Identifier: MIT
# Programs of this host as receivers: what each of their ways to end is recorded
# as, that none outlives its time with anything it has begun, and that one that
# hangs delays no other.
. tests/lib/system.sh
county good tempfail loud killed hang stopped deaf bare folder missing echo hook
# what they are given is looked at: the alert, and not that others fail
psql_run -c "update detainerd.route set kinds = '{release_due}'"
start_sink webhook hook
mkdir "$WORK/bin"

# program NAME: what follows on standard input, as a receiver of that name.
receivers=$(webhook hook "$port_hook")
program() {
	{ echo '#!/bin/bash'; cat; } >"$WORK/bin/$1"
	chmod 755 "$WORK/bin/$1"
	receivers+=" receiver \"$1\" { type = \"command\" command = { \"$WORK/bin/$1\", \"an argument; touch $WORK/shell\" } timeout = \"${2:-5s}\" }"
}
program good <<-SH
	ls -l /proc/\$\$/fd >$WORK/files
	cat >$WORK/given
	{ env -u SHLVL -u _ -u PWD | sort; pwd; echo "\$#" "\$1"; } >$WORK/seen
	echo all  is well
SH
program tempfail <<-'SH'
	echo 'not now, try later'
	exit 75
SH
program loud <<-'SH'
	head -c 3000000 /dev/zero | tr '\0' x
	exit 1
SH
program killed <<-'SH'
	kill -SEGV $$
SH
program hang 1s <<-SH
	trap '' TERM
	echo \$\$ >$WORK/hang.pid
	sleep 987 & echo \$! >>$WORK/hang.pid
	echo still here
	while :; do sleep 0.1; done
SH
# stops itself: no signal but the last one reaches it
program stopped 1s <<-'SH'
	kill -STOP $$
SH
# reads nothing, says nothing, and leaves somebody behind who holds its output
program deaf <<-SH
	exec <&- 2>&-
	sleep 986 & echo \$! >$WORK/left.pid
	exit 0
SH
program bare </dev/null
printf 'no line that says by whom it is read\n' >"$WORK/bin/bare"
program folder </dev/null
program missing </dev/null
program echo <<-'SH'
	cat
SH
config one "$receivers"
rm "$WORK/bin/missing" "$WORK/bin/folder"
mkdir "$WORK/bin/folder"
trap '' CHLD # as some parents leave it: programs are asked for their end all the same
start_daemon one
trap - CHLD
book B1 1

recorded() { # RECEIVER OUTCOME CODE ANSWER
	truth "select count(*) > 0 from detainerd.delivery_attempt t join detainerd.delivery d using (delivery_id)
		where d.receiver = '$1' and t.outcome = '$2' and t.code is not distinct from $3 and coalesce(t.answer, '') like '$4'"
}
expect 'the webhook is told meanwhile' wait_for has_kind hook release_due
expect 'status 0 is accepted, and what it printed is the answer' wait_for recorded good accepted null 'all is well'
expect 'status 75 is refused' wait_for recorded tempfail refused 75 'not now, try later'
expect 'so is any other, however much it prints' wait_for recorded loud refused 1 "$(printf 'x%.0s' {1..200})"
expect 'and a signal' wait_for recorded killed refused null 'ended by signal 11%'
expect 'what is not there is misconfigured' wait_for recorded missing misconfigured null 'cannot execute it: No such file%'
expect 'so is a folder' wait_for recorded folder misconfigured null 'cannot execute it: Permission denied%'
expect 'and what no program reads' wait_for recorded bare misconfigured null 'cannot execute it: Exec format error%'
expect 'it need not read' wait_for recorded deaf accepted null ''
left() { ! kill -0 "$(cat "$WORK/left.pid")" 2>/dev/null; }
expect 'whom it left behind is gone' wait_for left
expect 'what stops itself has timed out' wait_for recorded stopped timeout null ''
expect 'what hangs has timed out' wait_for recorded hang timeout null 'still here'
expect 'what was said to it is not recorded' wait_for recorded echo accepted null ''
gone() { local pid; for pid in $(cat "$WORK/hang.pid"); do ! kill -0 "$pid" 2>/dev/null || return 1; done; }
expect 'it and what it began are gone' wait_for gone
children() { ps -o stat= --ppid "$pid_one"; }
settled() { ! children | grep -q Z; } # what is never reaped stays one

alert=$(release_due B1)
expect 'it was given the alert' grep -qF "\"$alert\"" "$WORK/given"
equal 'as an event' '1.0' "$(/usr/bin/python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["specversion"])' "$WORK/given")"
equal 'with little around it' "DETAINERD_ALERT_ID=$alert LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin / 1 an argument; touch $WORK/shell" \
	"$(tr '\n' ' ' <"$WORK/seen" | sed 's/ $//')"
equal 'and two pipes, nothing else of ours' '2 0' "$(grep -c ' pipe:' "$WORK/files") $(grep -cE 'socket:|anon_inode' "$WORK/files")"
expect 'and no shell has seen its arguments' test ! -e "$WORK/shell"

psql_run -c "update detainerd.route set enabled = false where receiver <> 'hang'"
expect 'no zombie is left' wait_for settled
psql_run -c "select detainerd.test_receiver('hang')"
PATIENCE=60
running() { [ "$(ps -o stat= --ppid "$pid_one" | wc -l)" -gt 0 ]; }
expect 'it hangs again' wait_for running
stop_daemon one
equal 'the end does not wait for it' 0 $?
expect 'and ends it' wait_for gone
