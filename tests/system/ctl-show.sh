# SPDX-License-Identifier: MIT
# status, holds, alerts, explain, ack: what a reviewer sees is what the database holds.
. tests/lib/system.sh
county
ctl() { PGUSER=reviewer_test "$BUILD/detainerctl" "$@"; }
# pick FILE EXPRESSION: of the JSON in FILE, as j.
pick() { /usr/bin/python3 -c 'import json, sys; j = json.load(open(sys.argv[1]))["data"]; print(eval(sys.argv[2]))' "$1" "$2"; }

ctl holds >"$WORK/out" 2>"$WORK/err"
expect 'no holds, and how fresh that is' grep -q 'nobody in custody has a detainer; facts as of never' "$WORK/err"

book DUE -7200
book SOON 7200
ctl holds --json >"$WORK/holds"
equal 'both are held' "['DUE', 'SOON']" "$(pick "$WORK/holds" '[h["booking_number"] for h in j]')"
ctl holds --overdue --json >"$WORK/holds"
equal 'one is overdue' "['DUE', True, True, 'ice_did_not_interview']" "$(pick "$WORK/holds" '[j[0][k] for k in ("booking_number", "overdue", "allowed", "reason")]')"
equal 'the instant, with the offset of the zone' t "$(value "select '$(pick "$WORK/holds" 'j[0]["release_at"]')'::timestamptz = release_at
	from detainerd.overdue_hold")"
ctl holds --overdue --no-header --utc >"$WORK/out"
expect 'and in UTC for people' grep -qE '^T1 +DUE .* UTC +OVERDUE 2 h' "$WORK/out"
ctl holds --facility T7 >"$WORK/out" 2>"$WORK/err"
equal 'no such facility is no empty answer' 65 $?

value 'select raised from detainerd.raise_due(clock_timestamp(), 100)' >/dev/null
ctl alerts --since 1h --json >"$WORK/alerts"
equal 'the alerts' "$(value "select string_agg(alert_id, ' ' order by alert_id) from detainerd.alert")" \
	"$(pick "$WORK/alerts" '" ".join(sorted(a["alert_id"] for a in j))')"
ctl alerts --since '2099-01-01' >"$WORK/out" 2>"$WORK/err"
expect 'none since then, and how fresh that is' grep -q 'no alerts; facts as of 2' "$WORK/err"
ctl alerts --since yesterday >"$WORK/out" 2>"$WORK/err"
equal 'a time that is none' 64 $?

alert=$(release_due DUE)
ctl ack "$alert" --reason release_started --note 'Sergeant Ortiz' >"$WORK/out"
equal 'acknowledged: status' 0 $?
expect 'acknowledged: by whom and why' truth "select by_whom = 'reviewer_test' and reason = 'release_started' and note = 'Sergeant Ortiz'
	from detainerd.alert_event where alert_id = '$alert' and event = 'acknowledged'"
ctl ack no-such-alert --reason release_started 2>"$WORK/err"
equal 'no such alert: status' 65 $?
equal 'no such alert: one line' 1 "$(wc -l <"$WORK/err")"
ctl ack "$alert" --reason tired 2>/dev/null
equal 'no such reason' 65 $?
ctl ack 2>/dev/null
equal 'nothing to acknowledge' 64 $?

ctl status --json >"$WORK/status"
equal 'status counts' '[2, 1, 1]' "$(pick "$WORK/status" '[j[k] for k in ("holds_open", "holds_overdue", "holds_due_soon")]')"
ctl status >"$WORK/out"
expect 'nobody watches, and it says so' grep -q 'nobody is watching' "$WORK/out"

# --- explain ---------------------------------------------------------------------
psql_run <<-'SQL'
	begin;
	insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at, custody_ended_at, custody_outcome)
		select facility_id, 'WED', '2025-11-20 10:00-05', '2025-11-26 12:00-05', '2025-12-02 09:00-05', 'ice_custody' from detainerd.facility where code = 'T1';
	insert into detainerd.detainer (booking_id, form, received_at, served_at, rescinded_at, reference)
		select booking_id, f, '2025-11-20 12:00-05', '2025-11-20 13:00-05', null, f from detainerd.booking, unnest('{I-247,I-247A}'::text[]) f where booking_number = 'WED';
	insert into detainerd.finding (booking_id, ground, felony_class, evidence, found_at, reference)
		select booking_id, 'conv_felony_class', c, 'judgment of the Superior Court', '2025-11-20 14:00-05', c from detainerd.booking, unnest('{B,C}'::text[]) c where booking_number = 'WED';
	insert into detainerd.interview (booking_id, started_at) select booking_id, '2025-11-21 10:00-05' from detainerd.booking where booking_number = 'WED';
	commit;
SQL
ctl explain WED --json >"$WORK/wed"
equal 'the timeline, in order' 'booked detainer_received detainer_received detainer_served detainer_served found found interviewed eligible clock_starts lawful_custody_ends ice_took_custody now' \
	"$(pick "$WORK/wed" '" ".join(e["event"] for e in j["timeline"])')"
equal 'every span of custody' '[(True, 525600.0), (True, 172800.0), (False, 334800.0)]' "$(pick "$WORK/wed" '[(c["lawful"], float(c["lasted_seconds"])) for c in j["custody"]]')"
expect 'what made the second one lawful' pick "$WORK/wed" '1 // ("detainer" in j["custody"][1]["because"] and "Test County Code" in j["custody"][1]["because"])'
equal 'the same as over_detention' t "$(value "select late = interval '93 hours' from detainerd.over_detention where booking_number = 'WED'")"
equal 'the nearest level allows, the state is silent' "[('US-CT-TEST', 'allows'), ('US-CT', 'silent')]" "$(pick "$WORK/wed" '[(l["jurisdiction"], l["says"]) for l in j["law"]]')"
expect 'on this evidence' pick "$WORK/wed" '1 // ("judgment of the Superior Court" in j["law"][0]["because"])'
equal 'the ground that is met' "[True]" "$(pick "$WORK/wed" '[g["met"] for g in j["grounds"] if g["jurisdiction"] == "US-CT-TEST"]')"
equal 'Thanksgiving is named and not counted' "['Thursday, Thanksgiving Day: not counted', 'Saturday: not counted', 'Sunday: not counted']" \
	"$(pick "$WORK/wed" '[d["note"] for d in j["clock"] if "not counted" in d["note"]]')"
equal 'each clock counts to its hours' '{(48, "48 h")}' "$(pick "$WORK/wed" '{(d["hours"], d["total"]) for n, d in enumerate(j["clock"]) if n + 1 == len(j["clock"]) or j["clock"][n + 1]["clock_of"] != d["clock_of"]}' | tr "'" '"')"
ctl explain WED >"$WORK/out"
expect 'for people too, in the zone and in UTC' grep -q '2025-11-26 12:00:00 EST 2025-11-26 17:00:00 UTC eligible for release' "$WORK/out"
ctl explain WED --as-of '2025-11-27 12:00' --json >"$WORK/wed"
expect 'as of the second day it was lawful' pick "$WORK/wed" '1 // j["verdict"].startswith("may be kept for another 24 h")'
ctl explain NIX 2>"$WORK/err"
equal 'no such booking' 65 $?
ctl explain WED --as-of soon 2>"$WORK/err"
equal 'a time that is none' 64 $?
psql_run -c "insert into detainerd.facility (code, jurisdiction, time_zone) values ('T2', 'US-CT-TEST', 'America/Denver')" \
	-c "insert into detainerd.booking (facility_id, booking_number) select facility_id, 'WED' from detainerd.facility where code = 'T2'"
ctl explain WED 2>"$WORK/err"
equal 'two of that number: name one' 65 $?
ctl explain WED --facility T2 >"$WORK/out"
equal 'a booking without anything is explained' 0 $?
PGUSER=jms_test "$BUILD/detainerctl" explain WED --facility T1 >"$WORK/out" 2>"$WORK/err"
equal 'findings are not for everybody' 77 $?
