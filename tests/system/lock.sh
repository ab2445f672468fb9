# SPDX-License-Identifier: MIT
# A clerk who leaves a transaction open suppresses no alert, neither for the
# booking being edited nor for anybody else.
. tests/lib/system.sh
county hook
start_sink webhook hook
config one "$(webhook hook "$port_hook")"
start_daemon one
book B1 6
book B2 6

# The clerk edits B1, which locks its booking and its hold, and goes for coffee.
coproc clerk { psql -X -q -At -v ON_ERROR_STOP=1 2>&1; }
clerk_pid_kept=$clerk_PID
started+=("$clerk_pid_kept")
clerk_in=${clerk[1]}
clerk_out=${clerk[0]}
cat >&"$clerk_in" <<'SQL'
begin;
update detainerd.booking set outcome_detail = 'editing' where booking_number = 'B1';
update detainerd.detainer set comply_reason = 'editing' from detainerd.booking b where b.booking_id = detainer.booking_id and b.booking_number = 'B1';
select booking_id from detainerd.booking where booking_number = 'B1' for update;
\echo open
SQL
while read -r -t "$PATIENCE" -u "$clerk_out" line; do [ "$line" != open ] || break; done
told() { [ "$(got hook "b['booking_number'] if b['kind'] == 'release_due' else None" | grep -cx "$1")" -ge 1 ]; }
expect 'somebody else is told of' wait_for told B2
expect 'the booking being edited too' wait_for told B1
expect 'the clerk is still at coffee' truth "select count(*) = 1 from pg_stat_activity where state = 'idle in transaction' and datname = current_database()"
echo 'commit;' >&"$clerk_in"
exec {clerk_in}>&-
wait "$clerk_pid_kept"
sleep 3
equal 'once each' 'B1 B2' "$(got hook "b['booking_number'] if b['kind'] == 'release_due' else None" | sort | tr '\n' ' ' | sed 's/ $//')"
