# SPDX-License-Identifier: MIT
# README and the manual pages, typed as they stand: tests/documented/run.
. tests/lib/system.sh
start_sink webhook hook
start_sink mail post
mkdir "$WORK/secrets" "$WORK/files"
printf 'whsec_%s\n' "$(printf %032d 7 | base64)" | tee "$WORK/secrets/desk.key" >"$WORK/secrets/duty-desk.key"
chmod 600 "$WORK"/secrets/*.key
printf '#!/bin/sh\n' >"$WORK/secrets/page"
chmod 755 "$WORK/secrets/page"
printf 'facility,booking_number,booked_at\nMAIN,2026-01234,2026-11-02 08:00\nMAIN,2026-01235,yesterday\n' >"$WORK/files/bookings.csv"
printf 'facility,booking_number,reference,form,received_at,served_at\nMAIN,2026-01234,1,I-247A,2026-11-02 10:00,2026-11-02 10:30\n' >"$WORK/files/detainers.csv"
printf 'facility,booking_number,booked_at\nMAIN,2026-01234,2026-11-02 08:00\n' >"$WORK/files/export.csv"
printf 'code,name,jurisdiction,tz\nWEST,West Wing,US-CT,America/New_York\n' >"$WORK/files/jails.csv"
config d1 "$(webhook desk "$port_hook") $(webhook pager "$port_hook") $(webhook duty-desk "$port_hook") $(mail sergeant "$port_post")"

# Roles are the cluster's: another test may have made them.
for role in counsel_one counsel_two; do
	truth "select exists (select from pg_roles where rolname = '$role')" || psql_run -c "create role $role login in role detainerd_counsel"
done
psql_run -c "update detainerd.setting set value = '24:00' where name = 'daily_at'" # at whatever hour this runs
tests/documented/run >"$WORK/story" 2>&1 &
story=$!
started+=("$story")
told() { [ -e "$WORK/routes" ] || ! kill -0 "$story" 2>/dev/null; }
PATIENCE=400 wait_for told
start_daemon d1
touch "$WORK/daemon"
wait "$story"
equal 'every command prints what the transcript says' 0 $?
read -r passed _ failed _ < <(tail -n 1 "$WORK/story")
cat "$WORK/story"
stop_daemon d1
