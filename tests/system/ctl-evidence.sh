# SPDX-License-Identifier: MIT
# evidence: all that is on record of one stay, whole, hashed, the same byte for byte, and never in place of anything.
. tests/lib/system.sh
county desk
# pick FILE EXPRESSION: of the JSON in FILE of the archive, as j.
pick() { /usr/bin/python3 -c 'import json, sys, zipfile; j = json.loads(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2])); print(eval(sys.argv[3]))' "$WORK/e.zip" "$1" "$2"; }
book PAST -3600
psql_run -c "update detainerd.finding set evidence = 'judgment of the Superior Court, <docket> 12' where booking_id = (select booking_id from detainerd.booking where booking_number = 'PAST')"
book OTHER -3600
value 'select raised from detainerd.raise_due(clock_timestamp(), 1000)' >/dev/null
alert=$(release_due PAST)
value "select * from detainerd.claim('d1', '{desk}', 100, '30 s')" >"$WORK/claimed"
value "select detainerd.settle('d1', array_agg(d.delivery_id), array_agg(d.attempts), array_agg('accepted'::text), array_agg(250), array_agg(12), array_agg('250 queued as 4711'::text), array_agg(0::bigint))
	from detainerd.delivery d where d.state = 'leased'" >/dev/null
PGUSER=reviewer_test "$BUILD/detainerctl" ack "$alert" --reason release_started --note 'Sgt Ortiz' >/dev/null

ctl evidence PAST --output "$WORK/e.zip"
equal 'written' 0 $?
equal 'for its owner alone' 600 "$(stat -c %a "$WORK/e.zip")"
/usr/bin/python3 -m zipfile -e "$WORK/e.zip" "$WORK/all"
expect 'every hash is right' sh -c "cd '$WORK/all' && sha256sum --strict --quiet -c SHA256SUMS"
equal 'every file has one' "$(cd "$WORK/all" && ls | grep -v SHA256SUMS | sort | xargs)" "$(sed 's/.*  //' "$WORK/all/SHA256SUMS" | sort | xargs)"
for file in README.txt explanation.txt facts.json verdict.json timeline.json custody.json law.json messages.json duties.json; do
	expect "$file is there, and its hash is printed" grep -qE "^$file +$(sha256sum <"$WORK/all/$file" | cut -d ' ' -f 1) +$(stat -c %s "$WORK/all/$file")$" "$WORK/out"
done

equal 'the facts as they stand' "$(value "select booked_at = '$(pick facts.json 'j["bookings"][0]["booked_at"]')' and recorded_at = '$(pick facts.json 'j["bookings"][0]["recorded_at"]')' from detainerd.booking where booking_number = 'PAST'")" t
equal 'and nobody else' "['PAST']" "$(pick facts.json '[b["booking_number"] for b in j["bookings"]]')"
equal 'with what they rest on' "judgment of the Superior Court, <docket> 12" "$(pick facts.json 'j["findings"][0]["evidence"]')"
equal 'the verdict' "$(value "select due_reason || ' ' || (release_at = '$(pick verdict.json 'j["release_at"]')') from detainerd.hold h join detainerd.booking using (booking_id) where booking_number = 'PAST'")" \
	"$(pick verdict.json 'j["due_reason"]') true"
equal 'the law that speaks, whole' "('Test County Code 1-1', ['A', 'B'], 'County Counsel')" \
	"$(pick law.json '[(r["citation"], r["terms"][0]["felony_classes"], r["adopted_by"]) for r in j["rules"] if r["jurisdiction"] == "US-CT-TEST"][0]')"
equal 'the clock' '48 h' "$(pick law.json '"%g h" % max(c["hours"] for c in j["clock"])')"
equal 'each alert' "$(value "select string_agg(alert_id, ' ' order by raised_at, alert_id) from detainerd.alert a where stay_id = (select booking_id from detainerd.booking where booking_number = 'PAST')")" \
	"$(pick messages.json '" ".join(a["alert_id"] for a in j)')"
equal 'who acknowledged it' "[('reviewer_test', 'Sgt Ortiz')]" "$(pick messages.json "[(e['by_whom'], e['note']) for a in j if a['alert_id'] == '$alert' for e in a['events'] if e['event'] == 'acknowledged']")"
equal 'to whom it went, and the answer' "[('desk', '250 queued as 4711')]" \
	"$(pick messages.json "[(d['receiver'], t['answer']) for a in j if a['alert_id'] == '$alert' for d in a['deliveries'] for t in d['attempts']]")"
expect 'in words too' grep -q "^Verdict: MUST BE RELEASED, lawful custody ended 1 h" "$WORK/all/explanation.txt"
expect 'every span' grep -q "NOT LAWFUL: the clock ran out and ICE had not interviewed" "$WORK/all/explanation.txt"

# --- the same bytes ------------------------------------------------------------------
as_of=$(value "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') || 'Z'")
ctl evidence PAST --output "$WORK/one.zip" --as-of "$as_of"
sleep 2.1
PGTZ=Asia/Tokyo PGDATESTYLE=German TZ=Asia/Tokyo LC_ALL=C PGOPTIONS='-c intervalstyle=sql_standard' "$BUILD/detainerctl" evidence PAST --output "$WORK/two.zip" --as-of "$as_of" --json >"$WORK/two.json"
expect 'read as of the same instant, whoever reads it, wherever, it is the same file' cmp "$WORK/one.zip" "$WORK/two.zip"
equal 'and JSON has the hashes' "$(sha256sum <"$WORK/all/facts.json" | cut -d ' ' -f 1)" "$(/usr/bin/python3 -c 'import json, sys; print([d["sha256"] for d in json.load(sys.stdin)["data"] if d["name"] == "facts.json"][0])' <"$WORK/two.json")"
psql_run -c "update detainerd.booking set outcome_detail = 'corrected' where booking_number = 'PAST'"
ctl evidence PAST --output "$WORK/three.zip" --as-of "$as_of"
expect 'a fact that was changed shows' sh -c "! cmp -s '$WORK/one.zip' '$WORK/three.zip'"

# --- refusals ------------------------------------------------------------------------
refuses() { # WHAT STATUS REGEX OPTION...
	ctl evidence "${@:4}"
	equal "$1: status" "$2" $?
	expect "$1: says why" grep -qE "$3" "$WORK/err"
}
cp "$WORK/e.zip" "$WORK/before.zip"
refuses 'something stands there' 73 "cannot create '.*e.zip': something stands there already. Nothing was written; name another file" PAST -o "$WORK/e.zip"
expect 'and is as it was' cmp "$WORK/e.zip" "$WORK/before.zip"
refuses 'no such folder' 73 "cannot create '/nowhere/x.zip': .*No such file" PAST -o /nowhere/x.zip
refuses 'a device' 73 'cannot create ./dev/full.: that is no file' PAST -o /dev/full
refuses 'a folder' 73 "cannot create '$WORK': that is no file" PAST -o "$WORK"
refuses 'no file' 64 'name a file with --output' PAST
refuses 'no booking' 64 'the number of a BOOKING is needed' -o "$WORK/x.zip"
refuses 'no such booking' 65 "cannot gather the evidence of booking 'NIX': there is none of that number" NIX -o "$WORK/x.zip"
PGUSER=jms_test "$BUILD/detainerctl" evidence PAST -o "$WORK/x.zip" >"$WORK/out" 2>"$WORK/err"
equal 'not for those who only record facts' 77 $?
expect 'nothing half written is left' sh -c "! ls '$WORK'/x.zip* 2>/dev/null"
