# SPDX-License-Identifier: MIT
# Started late: what fell due is raised at once, before READY, marked with how
# late; of the missed reminders only the latest of its kind.
. tests/lib/system.sh
county hook
start_sink webhook hook
book B1 -3000
config one "$(webhook hook "$port_hook")"
start_daemon one
raised=$(value "select (extract(epoch from raised_at) * 1000)::bigint from detainerd.alert where kind = 'release_due'")
ready=$(grep -m 1 ' READY=1' "$WORK/one.notify" | cut -d ' ' -f 1)
expect 'raised before READY' test "${raised:-0}" -gt 0 -a "${raised:-0}" -le "$ready"
expect 'says how it is' said one STATUS=
expect 'delivered' wait_for has_kind hook release_due
expect 'with how late it is' truth "select raised_at - due_at > interval '49 minutes' from detainerd.alert where kind = 'release_due'"
expect 'the receiver can tell' test "$(got hook "b['raised_at'] > b['due_at'] if b['kind'] == 'release_due' else None")" = True
equal 'no reminder comes at or after it' 0 "$(value "select count(*) from detainerd.alert where kind = 'due_soon'")"
equal 'one overdue, not one for every half hour missed' 1 "$(value "select count(*) from detainerd.alert where kind = 'overdue'")"

# Nothing is open any more: a restart says nothing twice.
expect 'settled' wait_for all_settled
before=$(wc -l <"$WORK/hook/got.jsonl")
stop_daemon one
start_daemon one
sleep 2
equal 'a restart repeats nothing' "$before" "$(wc -l <"$WORK/hook/got.jsonl")"
