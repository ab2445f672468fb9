# SPDX-License-Identifier: MIT
# routes and routes test: who is told of what, who would be, and a route to nowhere is loud.
. tests/lib/system.sh
start_sink webhook hook
county
# --- no route ---------------------------------------------------------------------------
ctl routes --json
equal 'no route at all: status' "1 []" "$? $(pick j)"
expect 'no route at all: said aloud' grep -q 'there is no route: NOBODY is told of anything' "$WORK/err"
expect 'no route at all: and who watches detainerd' grep -q 'NOBODY is told when detainerd itself is in trouble' "$WORK/err"
psql_run -c "insert into detainerd.route (facility_id, receiver) select facility_id, 'desk' from detainerd.facility"

# --- nobody runs -------------------------------------------------------------------
ctl routes
equal 'a route to nowhere: status' 1 $?
expect 'a route to nowhere: said aloud' grep -q "^detainerctl: route 1: LEADS NOWHERE, no running daemon has receiver 'desk'.$" "$WORK/err"
expect 'a route to nowhere: in its row too' grep -qE "^ +1 T1 +all +desk .* yes +no +LEADS NOWHERE, no running daemon has receiver 'desk'$" "$WORK/out"
ctl routes test --facility T1 --kind release_due
equal 'would not be told: status' 1 $?
expect 'would not be told: said aloud' grep -q "receiver 'desk' would NOT be told: no running daemon has it" "$WORK/err"

# --- a daemon that has desk and pager ------------------------------------------------
config d1 "$(webhook desk "$port_hook") $(webhook pager "$port_hook")"
start_daemon d1
ctl routes
equal 'a route that leads somewhere: status' 0 $?
equal 'a route that leads somewhere: not a word' 0 "$(wc -c <"$WORK/err")"
PGUSER=admin_test psql_run <<-'SQL'
	insert into detainerd.route (facility_id, kinds, receiver, step_delay, repeat_every)
		select facility_id, '{release_due,overdue}', 'pager', '15 min', '30 min' from detainerd.facility;
	insert into detainerd.route (kinds, receiver) values ('{daily_digest}', 'desk');
	insert into detainerd.route (receiver, enabled) values ('museum', false);
SQL
ctl routes --json
equal 'what is switched off may lead anywhere: status' 0 $?
equal 'routes: every column' "[(1, 'T1', None, 'desk', 0, None, True, True, None), (2, 'T1', ['release_due', 'overdue'], 'pager', 900, 1800, True, True, None), \
(3, None, ['daily_digest'], 'desk', 0, None, True, True, None), (4, None, None, 'museum', 0, None, False, False, None)]" \
	"$(pick 'sorted(tuple(r[k] for k in ("route_id", "facility", "kinds", "receiver", "step_delay_seconds", "repeat_every_seconds", "enabled", "served", "trouble")) for r in j)')"
ctl routes
expect 'routes: for people' grep -qE '^ +2 T1 +release_due, overdue pager +15 min +30 min +yes yes +-$' "$WORK/out"
expect 'routes: of all facilities' grep -qE '^ +3 all +daily_digest +desk' "$WORK/out"
ctl routes --facility T1 --no-header
equal 'routes of one facility: those of all too' 4 "$(wc -l <"$WORK/out")"

ctl routes test --facility T1 --kind release_due --json
equal 'release_due: status' 0 $?
equal 'release_due: who, when, how often' "[('desk', 0, None, 1, True), ('pager', 900, 1800, 2, True)]" \
	"$(pick '[tuple(r[k] for k in ("receiver", "after_seconds", "repeat_every_seconds", "route_id", "served")) for r in j]')"
ctl routes test --facility T1 --kind release_due
expect 'release_due: for people' grep -qE '^pager +after 15 min, unless acknowledged +30 min +2 yes$' "$WORK/out"
ctl routes test --facility T1 --kind due_soon --json
equal 'another kind: fewer' "['desk']" "$(pick '[r["receiver"] for r in j]')"
# when it comes, and whether an acknowledgement keeps a later step back
psql_run <<-'SQL'
	update detainerd.route set kinds = kinds || '{deadline_moved,daily_digest,due_soon}' where route_id = 2;
	update detainerd.facility set processing_minutes = 15, shift_changes = '{05:30,17:30}', go_live_at = '2999-01-01 00:00-05' where code = 'T1';
SQL
for kind in due_soon release_due overdue claim_review deadline_moved daily_digest; do
	ctl routes test --facility T1 --kind "$kind" --json
	echo "$kind: $(pick '[r["receiver"] for r in j]') $(sed 's/^detainerctl: of kind .[a-z_]*.: //' "$WORK/err" | tr '\n' ' ')"
	ctl routes test --facility T1 --kind "$kind"
	sed -nE 's/^pager +(after 15 min(, unless acknowledged)?) .*/\t\1/p' "$WORK/out"
done >"$WORK/comes"
live='what is due before 2999-01-01 00:00:00 EST, when this facility goes live, is listed in a digest. '
printf '%s\n' "due_soon: ['desk', 'pager'] it comes 12 h, 4 h, 1 h before lawful custody ends, unless acknowledged. $live" $'\tafter 15 min, unless acknowledged' \
	"release_due: ['desk', 'pager'] it comes when lawful custody ends, and no acknowledgement silences it. $live" $'\tafter 15 min, unless acknowledged' \
	"overdue: ['desk', 'pager'] it comes 45 min after lawful custody has ended, then every 30 min and after a day where shifts change (05:30, 17:30), until somebody acknowledges or the person is out. $live" $'\tafter 15 min, unless acknowledged' \
	"claim_review: ['desk'] $live" "deadline_moved: ['desk', 'pager'] $live" $'\tafter 15 min' \
	"daily_digest: ['desk', 'pager'] it comes at 24:00 where there is something to list. " $'\tafter 15 min' >"$WORK/wanted"
expect 'when each kind comes, and what silences a step' diff "$WORK/wanted" "$WORK/comes"
psql_run -c "update detainerd.route set kinds = '{release_due,overdue}' where route_id = 2" -c "update detainerd.facility set go_live_at = '2020-01-01' where code = 'T1'"
psql_run -c "insert into detainerd.facility (code, jurisdiction, time_zone) values ('T2', 'US-CT-TEST', 'America/Denver')"
ctl routes test --facility T2 --kind monitor_degraded --json
equal 'of detainerd itself a route of any facility tells' "['desk']" "$(pick '[r["receiver"] for r in j]')"
ctl routes test --facility T2 --kind release_due
equal 'of a release it does not' 1 $?
psql_run -c "delete from detainerd.facility where code = 'T2'"
expect 'nothing was sent' truth "select not exists (select from detainerd.alert where kind not in ('monitor_degraded', 'resolved'))"
for kind in resolved superseded digest; do
	ctl routes test --facility T1 --kind "$kind" --json
	equal "$kind: status" 0 $?
	equal "$kind: follows those that were told, at once" "[('desk', 0), ('pager', 0)]" "$(pick '[(r["receiver"], r["after_seconds"]) for r in j]')"
	expect "$kind: and says so" grep -q "of kind '$kind': it goes to" "$WORK/err"
done
ctl routes test --facility T1 --kind test --json
equal 'a test goes by no route' "0 []" "$? $(pick j)"
expect 'a test: and says where' grep -q 'receivers test' "$WORK/err"

# --- what is wrong with routes --------------------------------------------------------
psql_run <<-'SQL'
	update detainerd.route set kinds = '{relase_due}' where route_id = 2;
	update detainerd.route set kinds = '{}' where route_id = 3;
	update detainerd.route set enabled = false where route_id = 1;
	insert into detainerd.route (receiver, kinds) values ('desk', '{resolved,digest}'), ('desk', '{resolved,overdue}');
SQL
ctl routes
equal 'mistaken routes: status' 1 $?
expect 'mistaken routes: only of what goes by no route' grep -qE "route [0-9]+: LEADS NOWHERE, nobody is told by a route of kind 'resolved', 'digest'\.$" "$WORK/err"
equal 'mistaken routes: not of what goes by one too' 1 "$(grep -c 'told by a route' "$WORK/err")"
psql_run -c "delete from detainerd.route where 'resolved' = any (kinds)"
expect 'mistaken routes: a kind that is none' grep -q "route 2: there is no alert of kind 'relase_due'" "$WORK/err"
expect 'mistaken routes: no kind at all' grep -q 'route 3: LEADS NOWHERE, it asks for no kind of alert' "$WORK/err"
expect 'mistaken routes: of whose releases nobody is told' grep -q 'NOBODY is told of a release that is due at T1' "$WORK/err"
ctl routes test --facility T1 --kind release_due
equal 'nobody would be told: status' 1 $?
expect 'nobody would be told: said aloud' grep -q '^detainerctl: NOBODY would be told of release_due at T1' "$WORK/err"

# --- added and switched ---------------------------------------------------------------
admin() { PGUSER=admin_test "$BUILD/detainerctl" "$@" >"$WORK/out" 2>"$WORK/err" </dev/null; }
admin routes add --receiver pager --facility T1 --kind release_due,monitor_degraded --delay 15m --repeat 1h --json
equal 'added: status' 0 $?
route=$(pick 'j["route_id"]')
equal 'added: as asked' "T1 {release_due,monitor_degraded} pager 00:15:00 01:00:00 t" "$(value "select concat_ws(' ', code, kinds, receiver, step_delay, repeat_every, enabled)
	from detainerd.route join detainerd.facility using (facility_id) where route_id = $route")"
admin routes add --receiver elsewhere
equal 'added, of everything, and it leads nowhere: status' 1 $?
expect 'added: for people' grep -qE '^route [0-9]+ added$' "$WORK/out"
expect 'added: and it leads nowhere' grep -q "it leads nowhere yet: no running daemon has receiver 'elsewhere'" "$WORK/err"
expect 'added: of everything' truth "select facility_id is null and kinds is null and step_delay = '0' and repeat_every is null from detainerd.route where receiver = 'elsewhere'"
psql_run -c "update detainerd.route set enabled = false where receiver = 'elsewhere'"
admin routes disable "$route"
equal 'the last one is switched off: status' 1 $?
expect 'the last one is switched off: of whose releases nobody is told' grep -q 'NOBODY is told of a release that is due at T1' "$WORK/err"
expect 'the last one is switched off: said in lines of their own' test "$(wc -l <"$WORK/err")" = 2
equal 'the last one is switched off: is off' "route $route is off" "$(cat "$WORK/out")"
admin routes enable "$route" --json
equal 'and on: status' "0 $route True" "$? $(pick '"%s %s" % (j["route_id"], j["enabled"])')"
count=$(value 'select count(*) from detainerd.route')
for kind in superseded resolved digest test resolved,test; do
	AS=admin_test refuses "nobody is told of $kind by a route" 65 "cannot add the route: nobody is told by a route of kind '${kind%,*}', for it goes to" routes add --receiver desk --kind "$kind"
done
for name in 'a b' ' desk' 'desk ' $'\u00a0' $'\xff' "$(printf 'x%.0s' {1..64})"; do
	admin routes add --receiver "$name"
	equal "a receiver '$name', which no configuration can name" 64 $?
	expect 'and says why' grep -q ': no receiver has such a name: it is at most 63 characters of ASCII, none of them a blank' "$WORK/err"
done
for words in 'add' 'add --receiver x --delay soon' 'add --receiver x --repeat 30s' 'enable' 'enable x' 'disable 1 2'; do
	# shellcheck disable=SC2086 # words
	admin routes $words
	equal "routes $words" 64 $?
done
admin routes add --receiver x --kind release_due,relase_due
equal 'a kind that is none: status' 65 $?
expect 'a kind that is none: named' grep -q "there is no alert of kind 'relase_due'. The kinds are" "$WORK/err"
admin routes add --receiver x --kind ''
equal 'no kind: status' 65 $?
admin routes add --receiver x --facility T7
equal 'a facility that is none: status' 65 $?
admin routes enable 98765
equal 'a route that is none: status' 65 $?
equal 'none of these was added' "$count" "$(value 'select count(*) from detainerd.route')"
refuses 'a reviewer adds no route' 77 'permission denied' routes add --receiver desk
refuses 'nor switches one' 77 'permission denied' routes disable "$route"

# --- bad input ------------------------------------------------------------------------
refuses 'an unknown facility' 65 "cannot find facility 'T7'" routes test --facility T7 --kind release_due
refuses 'an unknown facility, of a test' 65 "cannot find facility 'T7'" routes test --facility T7 --kind test
refuses 'an unknown facility, of the list' 65 "cannot find facility 'T7'" routes --facility T7
refuses 'an unknown kind' 65 "there is no alert of kind 'relase_due'. The kinds are due_soon, release_due, " routes test --facility T1 --kind relase_due
for missing in '--facility T1' '--kind release_due' ''; do
	# shellcheck disable=SC2086 # words
	ctl routes test $missing
	equal "routes test $missing: status" 64 $?
	expect "routes test $missing: says what is needed" grep -q -- '--facility and --kind are needed' "$WORK/err"
done
ctl routes tset
equal 'a verb that is none' 64 $?
PGUSER=jms_test "$BUILD/detainerctl" routes >"$WORK/out" 2>"$WORK/err"
equal 'routes are not for intake' 77 $?
stop_daemon d1
