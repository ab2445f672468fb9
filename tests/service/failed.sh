# SPDX-License-Identifier: MIT
# detainerd-failed with stand-ins for the programs that it calls: it tells of a
# death, not of an end, and does not shout every two seconds.
. tests/lib/system.sh
script=$STAGE/usr/lib/detainerd/detainerd-failed
mkdir -p "$WORK/bin" "$WORK/run"
for program in systemctl journalctl logger wall; do
	printf '#!/bin/sh\n{ echo "%s $*"; case "%s" in logger | wall) cat ;; esac; } >>"%s/said"\n' "$program" "$program" "$WORK" >"$WORK/bin/$program"
	chmod +x "$WORK/bin/$program"
done
cat >>"$WORK/bin/systemctl" <<-'SH'
	case $3 in Result) echo watchdog ;; ActiveState) echo activating ;; SubState) echo auto-restart ;; NRestarts) echo 3 ;; esac
SH
echo 'echo "cannot start: no such database"' >>"$WORK/bin/journalctl"

run() { # ARGUMENT...
	: >"$WORK/said"
	env -u NOTIFY_MAIL PATH="$WORK/bin:$PATH" RUNTIME_DIRECTORY="$WORK/run" "$@" >"$WORK/out" 2>&1
}
told() { grep -qF -- "$1" "$WORK/said"; }

run SERVICE_RESULT=success "$script" stopped detainerd.service
equal 'an end in good order is nothing to tell' '' "$(cat "$WORK/said")"
for result in watchdog signal exit-code timeout; do
	run SERVICE_RESULT=$result "$script" stopped detainerd@annex.service
	expect "a death by $result is" told 'systemctl --no-block start detainerd-failed@detainerd@annex.service.service'
done

run NOTIFY_WALL=yes "$script" tell detainerd.service
expect 'the journal has an id of its own' told "MESSAGE_ID=$(grep -oE 'MESSAGE_ID=[0-9a-f]+' systemd/detainerd-failed | cut -d= -f2)"
expect 'and says how it failed' told 'has failed (watchdog), now activating/auto-restart'
expect 'who is logged in reads why' told '    cannot start: no such database'
run NOTIFY_WALL=yes "$script" tell detainerd.service
expect 'at once again: the journal' told 'has failed (watchdog)'
expect 'and nobody else' sh -c "! grep -q ^wall '$WORK/said'"
touch -d '16 minutes ago' "$WORK/run/detainerd.service"
run NOTIFY_WALL=yes "$script" tell detainerd.service
expect 'a quarter of an hour later everybody' told 'wall '
run NOTIFY_WALL=no "$script" tell detainerd@annex.service
expect 'not where nobody wants it' sh -c "! grep -q ^wall '$WORK/said'"
