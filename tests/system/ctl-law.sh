# SPDX-License-Identifier: MIT
# law: listed, shown, exported; proposed by one person, previewed, adopted by another.
. tests/lib/system.sh
county
AS=counsel_one
psql_run -c 'create role counsel_one login in role detainerd_counsel' -c 'create role counsel_two login in role detainerd_counsel'
# written FILE PYTHON: the export of US-CT-TEST with a new version v of it, changed by PYTHON.
written() {
	AS=counsel_one ctl law export US-CT-TEST
	/usr/bin/python3 - "$WORK/out" "$1" "$2" <<-'PY'
		import copy, json, sys
		law = json.load(open(sys.argv[1]))["data"]
		place = law["jurisdictions"][0]
		v = {"version": "TEST-2026", "effective_from": "2026-01-01", "mark": "V", "policy": "listed_any", "citation": "Test County Code 1-1",
		     "source": "Ordinance 9 of 2025, as published", "note": "Read by the test.", "clock": {"kind": "flat", "hours": 24, "mark": "V"},
		     "alternatives": [{"alternative": 1, "citation": "(a)", "mark": "V", "terms": [{"ground": "conv_felony_class", "felony_classes": ["A"]}]}],
		     "bars": ["public_safety_risk"]}
		place["versions"].append(v)
		exec(sys.argv[3])
		json.dump(law, open(sys.argv[2], "w"))
	PY
}
# everything about law and holds, to see that nothing has changed
state() {
	value "select md5(string_agg(t, '|')) from (
		select to_jsonb(r)::text from detainerd.rule r union all select to_jsonb(a)::text from detainerd.rule_alternative a
		union all select to_jsonb(t)::text from detainerd.rule_term t union all select to_jsonb(b)::text from detainerd.rule_bar b
		union all select to_jsonb(p)::text from detainerd.rule_proposal p union all select to_jsonb(h)::text from detainerd.hold h
		union all select to_jsonb(v)::text from detainerd.law_version v union all select to_jsonb(a)::text from detainerd.alert a order by 1) s (t)"
}

# --- read ------------------------------------------------------------------------------
AS=reviewer_test ctl law list --json
equal 'list: every version' "0 $(value 'select count(*) from detainerd.rule')" "$? $(pick 'len(j)')"
AS=reviewer_test ctl law list US-CT --no-header
expect 'list: for people' grep -qE '^ *[0-9]+ +US-CT +CT-2019 +- +2019-10-01 +2025-09-30 +adopted +1 of 3 +flat +no +- +Conn. Gen. Stat. § 54-192h$' "$WORK/out"
ctl law list US-CT --csv
expect 'list: as CSV' grep -q '^rule_id,jurisdiction,version,agency_kind,effective_from,' "$WORK/out"
ctl law list --drafts --json
expect 'list: drafts are those that somebody wrote' test "$(pick '[r for r in j if r["status"] != "draft" or r["version"].startswith("placeholder")]')" = '[]'
ctl law
equal 'law alone is the list' "0 $(value 'select count(*) + 1 from detainerd.rule')" "$? $(wc -l <"$WORK/out")"
AS=reviewer_test ctl law show US-CT
equal 'show: status' 0 $?
equal 'show: the words of the database' "$(value "select * from detainerd.law_show('US-CT')")" "$(cat "$WORK/out")"
ctl law show US-CT --json
equal 'show: as JSON' "['CT-2014', 'CT-2019', 'CT-2025']" "$(pick '[v["version"] for v in j["jurisdictions"][0]["versions"]]')"
ctl law export
equal 'export: everything' "0 detainerd-law/1 $(value 'select count(*) from detainerd.rule')" "$? $(pick '"%s %s" % (j["format"], sum(len(p["versions"]) for p in j["jurisdictions"]))')"
cp "$WORK/out" "$WORK/all.json"
ctl law export --json
equal 'export: --json is understood' '' "$(diff <(grep -v generated_at "$WORK/all.json") <(grep -v generated_at "$WORK/out"))"
valid() { /usr/bin/python3 tests/lib/valid.py sql/law/export.schema.json --data "$@" >/dev/null 2>&1; }
expect 'export: as its schema says' valid "$WORK/all.json"
ctl law show US-CT --on 2019-10-01 --json
expect 'show --on: as its schema says' valid "$WORK/out"
for wrong in 'd["format"] = "detainerd-law/2"' 'd["jurisdictions"][6]["versions"][0]["effective_from"] = "2014"' 'd["jurisdictions"][6]["versions"][0]["mark"] = "W"' \
	'd["jurisdictions"][6]["versions"][0]["alternatives"][0]["terms"][0]["ground"] = 5' 'd["jurisdictions"][6]["versions"][0]["alternatives"][0]["name"] = "a"' \
	'd["jurisdictions"][6]["versions"][0]["clock"]["kind"] = "sundial"' 'd["forms"][0]["hours"] = "48"'; do
	/usr/bin/python3 -c 'import json, sys; j = json.load(open(sys.argv[1])); d = j["data"]; exec(sys.argv[2]); json.dump(j, open(sys.argv[3], "w"))' "$WORK/all.json" "$wrong" "$WORK/wrong.json"
	expect "not so: $wrong" sh -c "! /usr/bin/python3 tests/lib/valid.py sql/law/export.schema.json --data $WORK/wrong.json >/dev/null 2>&1"
done
refuses 'show: no such jurisdiction' 65 "cannot find jurisdiction 'US-XX'" law show US-XX
refuses 'list: no such jurisdiction' 65 "cannot find jurisdiction 'lst'" law lst
refuses 'show: no CSV' 64 'CSV' law show US-CT --csv
ctl law show
equal 'show: nothing named' 64 $?

# --- propose ----------------------------------------------------------------------------
book A 7200 # a class A felony: its hold ends in two hours, 48 after its start
book B 7200
psql_run -c "update detainerd.finding set felony_class = 'B' where booking_id = (select booking_id from detainerd.booking where booking_number = 'B')"
equal 'a class B felony is enough today' t "$(value "select allowed from detainerd.hold join detainerd.booking using (booking_id) where booking_number = 'B'")"
before=$(state)
refuses 'what is on file is no proposal' 65 'every version in it is on file' law propose "$WORK/all.json"
refuses 'no such file' 74 "cannot read '$WORK/none.json'" law propose "$WORK/none.json"
echo '{"format": }' >"$WORK/bad.json"
refuses 'no JSON' 65 "bad.json': line 1, column " law propose "$WORK/bad.json"
echo '[]' >"$WORK/bad.json"
refuses 'another form' 65 'not of the format detainerd-law/1' law propose "$WORK/bad.json"
# every fault by itself: what it is done by, what is said
while IFS='|' read -r change words; do
	written "$WORK/bad.json" "$change"
	refuses "fault: $words" 65 "cannot propose the law: .*$words" law propose "$WORK/bad.json"
done <<'FAULTS'
del v["effective_from"]|version TEST-2026 has no effective_from
del v["citation"]|version TEST-2026 has no citation
del v["source"]|version TEST-2026 has no source
del v["mark"]|version TEST-2026 has no mark
del v["alternatives"]|version TEST-2026 has no alternatives
v["effective_from"] = "1/1/2026"|'1/1/2026' is no day
v["versoin"] = 1|a version has no key 'versoin'
v["clock"]["hour"] = 1|a clock has no key 'hour'
del v["clock"]["mark"]|its clock has no mark
v["clock"].update(mark="S", verified=True)|its clock is marked S and cannot be called verified
v["clock"] = None|a clock is no object
del v["clock"]["kind"]|its clock has no kind
v["agency_kind"] = "counti_jail"|no facility and no rule is of agency kind 'counti_jail'
v["clock"]["kind"] = "sundial"|rule_clock_is_known
v["alternatives"][0]["term"] = []|an alternative has no key 'term'
v["alternatives"][0]["terms"][0]["max_age"] = 5|a term has no key 'max_age'
v["alternatives"][0]["terms"][0]["ground"] = "conv_felony_clas"|there is no ground 'conv_felony_clas'
del v["alternatives"][0]["terms"]|alternative 1 has no list of terms
del v["alternatives"][0]["mark"]|alternative 1 has no mark
v["alternatives"][0].update(mark="M", verified=True)|alternative 1 is marked M and cannot be called verified
del v["alternatives"][0]["alternative"]|an alternative without a number
v["alternatives"] = []; del v["policy"]|it has neither alternatives nor a policy
v["bars"] = "juvenile"|a version has bars, which is no list
v["alternatives"] = {}|a version has alternatives, which is no list
law["jurisdictions"] = [5]|a jurisdiction is no object
del law["jurisdictions"]|it has no jurisdictions
v["citation"] = ["a"]|a version has citation, which is no text
v["clock"]["hours"] = -4|a clock has hours, which is no whole number
v["alternatives"][0]["terms"][0]["felony_classes"] = "A"|a term has felony_classes, which is no list
v["alternatives"][0]["terms"][0]["max_age_years"] = -1|a term has max_age_years, which is no whole number
v["alternatives"][0]["terms"][0].update(ground="judicial_warrant", issuer="federal_jugde")|no judge is called 'federal_jugde'
v["bars"] = ["proof_citizen"]|there is no ground 'proof_citizen'
v["mark"] = "M"|its first day was not read, so it needs an allows_from
v["version"] = "a: b"|a name has neither colon nor twin
place["versions"].append(v)|a name has neither colon nor twin
place["versions"][0]["citation"] = "another"|is on file and says something else
place.update(code="US-XX-Y", parent="US-XX")|there is no jurisdiction 'US-XX-Y'
place["parent"] = "US-NY"|US-CT-TEST lies within US-CT, not within US-NY
place["dutys"] = []|a jurisdiction has no key 'dutys'
place["duties"] = [{"duty": "person_copy", "event": "booked", "mark": "V"}]|a duty of US-CT-TEST, 'person_copy', is not on file so
law["laws"] = []|it has no key 'laws'
law["bars_everywhere"].remove("juvenile")|bars_everywhere stand in every jurisdiction, and no proposal changes them
law["forms"][0]["hours"] = 96|no proposal changes forms, and I-247 is not as exported
law["forms"].append({"form": "I-247B", "asks_for_hold": True, "must_be_served": False, "clock": "flat"})|no proposal changes forms, and I-247B is not as exported
del law["forms"][1]|no proposal changes forms, and I-247-2012 is not as exported
place["name"] = "Another County"|US-CT-TEST is called '.*', and no proposal renames it
place["versions"][0]["effective_until"] = "2030-01-01"|is on file with effective_until .none.: that follows from what is adopted
v["status"] = "adopted"|version TEST-2026: status follows from what is adopted, and is not proposed
v["adopted_by"] = "counsel_two"|version TEST-2026: adopted_by follows from what is adopted
v["effective_until"] = "2030-01-01"|version TEST-2026: effective_until follows from what is adopted
v["alternatives"][0]["verified"] = False|alternative 1 is marked V and is verified: mark it S, M or
v["clock"]["verified"] = False|its clock is marked V and is verified
v["clock"].update(kind="none")|a clock of kind none has no hours
v["duties"] = [{"duty": "person_copy", "event": "booked", "mark": "V", "verified": False}]|duty person_copy is marked V and is verified
v["duties"] = [{"duty": "person_copy", "event": "booked", "mark": "V", "says": "another"}]|what duty person_copy says is not proposed
v["duties"] = [{"duty": "person_copy", "event": "booked", "mark": "V", "agency_kind": "jial"}]|duty person_copy: no facility and no rule is of agency kind 'jial'
v["duties"] = [{"duty": "person_cpoy", "event": "booked", "mark": "V"}]|there is no duty 'person_cpoy'
v["duties"] = [{"duty": "person_copy", "event": "birth", "mark": "V"}]|duty_event_is_known
FAULTS
written "$WORK/good.json" ''
AS=reviewer_test refuses 'a reviewer proposes nothing' 77 'permission denied' law propose "$WORK/good.json"
equal 'none of these changed anything' "$before" "$(state)"

ctl law propose "$WORK/good.json" --json
equal 'proposed: status' 0 $?
rule=$(pick 'j[0]["rule_id"]')
equal 'proposed: what was asked' "[('US-CT-TEST', 'TEST-2026', '2026-01-01')]" "$(pick '[(r["jurisdiction"], r["version"], r["effective_from"]) for r in j]')"
expect 'proposed: says that it says nothing yet' grep -q 'a draft says nothing' "$WORK/err"
equal 'proposed: a draft, all of it' 'draft|flat|24|t|Test County Code 1-1|TEST-2026: Ordinance 9 of 2025, as published|(a)|t|V|conv_felony_class|{A}|public_safety_risk|counsel_one' \
	"$(value "select status, clock, hours, clock_verified, r.citation, source, a.citation, verified, a.mark, t.ground, felony_classes, b.ground, proposed_by
		from detainerd.rule r join detainerd.rule_alternative a using (rule_id) join detainerd.rule_term t using (rule_id, alternative)
		join detainerd.rule_bar b using (rule_id) join detainerd.rule_proposal using (rule_id) where rule_id = $rule")"
ctl law export US-CT-TEST
cp "$WORK/out" "$WORK/filed.json"
expect 'a draft is exported as the schema says, too' valid "$WORK/filed.json"
refuses 'what was proposed is on file' 65 'every version in it is on file' law propose "$WORK/filed.json"
ctl law list --drafts US-CT-TEST --json
equal 'the drafts that wait: who proposed it' "[($rule, 'counsel_one')]" "$(pick '[(r["rule_id"], r["proposed_by"]) for r in j]')"
equal 'a draft changes no verdict' 2 "$(value "select count(*) from detainerd.hold where allowed")"

# --- preview ------------------------------------------------------------------------------
before=$(state)
for who in counsel_one counsel_two admin_test; do
	AS=$who ctl law preview "$rule" --json
	equal "preview by $who: whose verdict changes, and how" "0 [('A', True, True), ('B', True, False)]" \
		"$? $(pick 'sorted((r["booking_number"], r["allowed_now"], r["allowed_then"]) for r in j)')"
done
equal 'preview: the shorter clock ends one, the ground lost the other' "[('A', 'allowed', 'allowed', -86400), ('B', 'allowed', 'hold_not_allowed', -172800)]" "$(
	ctl law preview "$rule" --json
	pick 'sorted((r["booking_number"], r["reason_now"], r["reason_then"], int((__import__("datetime").datetime.fromisoformat(r["release_at_then"].replace("Z", "+00:00")) - __import__("datetime").datetime.fromisoformat(r["release_at_now"].replace("Z", "+00:00"))).total_seconds())) for r in j)'
)"
ctl law preview "$rule"
expect 'preview: for people' grep -q '^detainerctl: 2 open holds would change; nothing was changed.$' "$WORK/err"
equal 'preview: nothing was changed' "$before" "$(state)"
AS=reviewer_test refuses 'a reviewer previews nothing' 77 'permission denied' law preview "$rule"
refuses 'preview: no such rule' 65 'there is none of this number' law preview 98765
refuses 'preview: of what is adopted' 65 'it was adopted by' law preview "$(value "select min(rule_id) from detainerd.rule where status = 'adopted'")"
written "$WORK/later.json" 'v.update(version="TEST-2090", effective_from="2090-01-01")'
ctl law propose "$WORK/later.json" --json
later=$(pick 'j[0]["rule_id"]')
ctl law preview "$later" --json
expect 'preview: what begins later is read as of its first day' grep -q '"read_at": "2090-01-01T' "$WORK/out"

# --- adopt --------------------------------------------------------------------------------
before=$(state)
refuses 'whoever proposed it does not adopt it' 77 "cannot adopt rule $rule: you proposed it. A second person" law adopt "$rule"
PGUSER=counsel_one value "set role detainerd_counsel; update detainerd.rule set status = 'adopted', adopted_by = 'counsel_two' where rule_id = $rule" >"$WORK/out" 2>"$WORK/err"
expect 'nor by plain SQL, in whatever name' grep -q 'you proposed it' "$WORK/err"
PGUSER=counsel_one value "delete from detainerd.rule_proposal where rule_id = $rule" >"$WORK/out" 2>"$WORK/err"
expect 'nor by taking the proposal away' grep -q 'permission denied' "$WORK/err"
AS=reviewer_test refuses 'a reviewer adopts nothing' 77 'permission denied' law adopt "$rule"
AS=admin_test refuses 'nor an administrator' 77 'permission denied' law adopt "$rule"
refuses 'adopt: no such rule' 65 'there is none of this number' law adopt 98765
equal 'none of these changed anything' "$before" "$(state)"
for words in 'law adopt' 'law adopt x' 'law adopt 1 2' 'law preview' 'law propose' 'law propose a b'; do
	# shellcheck disable=SC2086 # words
	ctl $words
	equal "$words" 64 $?
done
AS=counsel_two ctl law adopt "$rule"
equal 'a second person adopts: status' 0 $?
equal 'a second person adopts: says what' "rule $rule, TEST-2026 of US-CT-TEST, is adopted by counsel_two: law from 2026-01-01" "$(cat "$WORK/out")"
equal 'and the verdicts are as previewed' "A|t B|f" "$(value "select string_agg(booking_number || '|' || left(allowed::text, 1), ' ' order by booking_number) from detainerd.hold join detainerd.booking using (booking_id)")"
AS=counsel_two refuses 'once is enough' 65 "cannot adopt rule $rule: it was adopted by counsel_two" law adopt "$rule"
expect 'show: what was adopted' test "$(ctl law show US-CT-TEST; grep -c '^TEST-2026: Test County Code 1-1 (any one listed ground)$' "$WORK/out")" = 1

# --- of one day -----------------------------------------------------------------------------
ctl law show US-CT --on 2019-09-30
equal 'show --on: the version in force' '0 CT-2014' "$? $(grep -o '^CT-[0-9]*' "$WORK/out")"
ctl law show US-CT --on 2013-12-31
equal 'show --on: none' '0 No version is in force on 2013-12-31: counsel must decide.' "$? $(sed -n 2p "$WORK/out")"
ctl law show US-CT --on 2019-10-01 --json
equal 'show --on: as JSON' "['CT-2019']" "$(pick '[v["version"] for v in j["jurisdictions"][0]["versions"]]')"
refuses 'show --on: no day' 64 "'sometime' is no date" law show US-CT --on sometime

# --- what cannot be meant ----------------------------------------------------------------------
refuses 'a placeholder is no law' 65 'cannot adopt rule [0-9]+: nobody has read the law of US-SC, and this row says only that. Propose' law adopt "$(value "select rule_id from detainerd.rule where source like 'placeholder for US-SC:%'")"
refuses 'nor is a law about policies' 65 'it says nothing of who may be held, and would forbid every hold in US-AL' law adopt "$(value "select rule_id from detainerd.rule where source like 'AL-31-13:%'")"

# --- withdrawn -----------------------------------------------------------------------------------
AS=counsel_two refuses 'another counsel withdraws nothing' 77 "cannot withdraw rule $later: counsel_one proposed it. Whoever proposed it withdraws it, or an administrator" law withdraw "$later"
refuses 'nor is law withdrawn' 65 "cannot withdraw rule $rule: it was adopted by counsel_two" law withdraw "$rule"
AS=reviewer_test refuses 'nor does a reviewer' 77 'permission denied' law withdraw "$later"
ctl law withdraw "$later" --note 'a slip of the pen'
equal 'who proposed it does' "0 rule $later, TEST-2090 of US-CT-TEST, is withdrawn by counsel_one: it stays on file, and its name is free again" "$? $(cat "$WORK/out")"
ctl law list US-CT-TEST --json
equal 'and that is on record' "[('withdrawn', 'counsel_one', 'a slip of the pen')]" "$(pick "[(r['status'], r['withdrawn_by'], r['withdrawn_because']) for r in j if r['rule_id'] == $later]")"
AS=counsel_two refuses 'nobody adopts it any more' 65 "cannot adopt rule $later: it was withdrawn by counsel_one" law adopt "$later"
refuses 'nor withdraws it twice' 65 'it was withdrawn by counsel_one' law withdraw "$later"
ctl law propose "$WORK/later.json" --json
again=$(pick 'j[0]["rule_id"]')
equal 'its name is free again' "[('TEST-2090', True)]" "$(pick "[(r['version'], r['rule_id'] > $later) for r in j]")"
AS=admin_test ctl law withdraw "$again" --json
equal 'an administrator withdraws, too' "0 withdrawn" "$? $(pick 'j["status"]')"

# --- a place that is not on file yet ----------------------------------------------------------
written "$WORK/new.json" 'place.update(code="US-CT-NEW", parent="US-CT", name="New County", versions=[v]); v.update(version="NEW-1", bars=[], alternatives=[])'
PGUSER=counsel_one "$BUILD/detainerctl" law propose - --json <"$WORK/new.json" >"$WORK/out" 2>"$WORK/err"
equal 'from standard input, a new place' "0 ['US-CT-NEW']" "$? $(pick '[r["jurisdiction"] for r in j]')"
equal 'within its parent' 'US-CT' "$(value "select parent from detainerd.jurisdiction where code = 'US-CT-NEW'")"
