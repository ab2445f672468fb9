# SPDX-License-Identifier: MIT
# Facts by hand: what is typed is recorded as an import would, what was and is is shown, and the verdict after it.
. tests/lib/system.sh
county
cd "$WORK"
ctl="$BUILD/detainerctl"

# --- from the booking to the release, as a clerk types it ----------------------------
hand booking 26-1 --booked-at '2026-11-20 09:12'
refused 'a number mistyped makes nobody new' 65 "cannot record booking '26-1': there is none of that number. Correct it, or say --new."
hand booking 26-1 --new --booked-at '2026-11-20 09:12'
equal 'a booking is recorded' 0 "$status"
expect 'and that is said' grep -qE '^outcome +recorded$' out
expect 'with what is recorded, in the zone of the jail' grep -q 'booked_at .*2026-11-20 09:12:00 EST' out
expect 'without a detainer there is no hold' grep -q 'nobody here has a detainer' out
hand booking 26-1 --new
refused 'new twice' 65 "cannot record booking '26-1': it is there already. Correct it without --new."
hand detainer 26-1 --form I-247A --received-at '11/20/2026 11:00 AM' --served-at '2026-11-20 11:40'
equal 'the first detainer needs no name' 0 "$status"
expect 'the verdict follows at once' grep -q 'no ground is met' out
hand finding 26-1 --ground conv_felony_class --felony-class A --evidence 'judgment of 2019' --found-at '2026-11-20 12:00' --json
equal 'a ground, and the law allows' 'True allowed' "$(pick "j['verdict'][0]['allowed'], j['verdict'][0]['reason']" | tr -d "(),'")"
hand booking 26-1 --release-eligible-at '2026-11-23 14:05' --json
equal 'the clock runs' '2026-11-25T14:05:00.000000-05:00' "$(pick "j['verdict'][0]['release_at']")"
equal 'what was and what is' '[(None, "2026-11-23T14:05:00.000000-05:00")]' "$(pick "[(f['was'], f['is']) for f in j['facts'] if f['name'] == 'release_eligible_at']" | tr "'" '"')"
hand booking 26-1 --release-eligible-at '2026-11-23 15:05' --json
equal 'a correction shows both' 'changed 2026-11-23T14:05:00.000000-05:00' "$(pick "j['outcome'] + ' ' + [f['was'] for f in j['facts'] if f['name'] == 'release_eligible_at'][0]")"
hand booking 26-1 --release-eligible-at '2026-11-23 15:05' --json
equal 'the same again is nothing' unchanged "$(pick "j['outcome']")"
hand booking 26-1 --clear release-eligible-at --json
equal 'a value is taken back' 'changed None' "$(pick "j['outcome'] + ' ' + str([f['is'] for f in j['facts'] if f['name'] == 'release_eligible_at'][0])")"
expect 'in the table too' truth "select release_eligible_at is null and booked_at is not null from detainerd.booking where booking_number = '26-1'"
hand booking 26-1 --release-eligible-at '2026-11-23 14:05'
before=$(value 'select md5(string_agg(t::text, chr(10))) from detainerd.booking t')
hand booking 26-1 --json
equal 'without a fact it shows' 'as recorded' "$(pick "j['outcome']")"
equal 'and writes nothing' "$before" "$(value 'select md5(string_agg(t::text, chr(10))) from detainerd.booking t')"

# --- nothing is guessed ----------------------------------------------------------------
hand detainer 26-1 --rescinded-at now
refused 'which detainer?' 65 "cannot record the detainer of booking '26-1': it has hand-1 already. Correct it with --reference 'hand-1', or record another with --new."
hand detainer 26-1 --reference D9 --rescinded-at now
refused 'no such detainer' 65 "cannot record the detainer of booking '26-1': there is no 'D9', but hand-1. Correct the --reference, or say --new."
hand detainer 26-1 --new --form I-247A --reference D2
equal 'another one' 0 "$status"
equal 'beside the first' 'hand-1 D2' "$(value 'select string_agg(reference, chr(32) order by detainer_id) from detainerd.detainer')"
hand detainer 26-1 --reference D2 --rescinded-at now
expect 'and only that one is withdrawn' truth "select bool_and((rescinded_at is null) = (reference = 'hand-1')) from detainerd.detainer"
hand detainer 26-9 --form I-247A
refused 'a detainer of no booking' 65 "cannot record the detainer of booking '26-9': there is none of that number. Record the booking first: detainerctl booking NUMBER --new"
hand custody 26-9 --ended-at now --outcome released
refused 'custody of no booking' 65 "cannot record booking '26-9': there is none of that number. Correct it, or say --new."
hand booking 26-1 --booked-at '2026-13-01'
refused 'no day' 65 "cannot record booking '26-1': booked_at: '2026-13-01' is no day of the calendar (MM/DD/YYYY is month first). Nothing was written."
for slip in +99 -50 +15:00 -12:30 +05:99 -0460; do
	hand booking 26-1 --booked-at "2026-11-12 09:00$slip"
	refused "no offset: $slip" 65 "cannot record booking '26-1': booked_at: '2026-11-12 09:00$slip' is no time: an offset from UTC is Z or lies between -12:00 and +14:00. Nothing was written."
done
hand booking 26-1 --booked-at ' '
refused 'a blank erases nothing' 64 'cannot record a blank --booked-at. To take back what is recorded: --clear booked-at.'
hand booking 26-1 --clear colour
refused 'clearing what is no column' 64 "cannot clear 'colour': detainerctl booking has no option of that name."
hand booking 26-2 --new --continues 26-7
refused 'a link to no booking' 65 "cannot record booking '26-2': there is no booking '26-7'. Record that one first. Nothing was written."
equal 'and the booking is not there either' 0 "$(value "select count(*) from detainerd.booking where booking_number = '26-2'")"
equal 'nothing waits for it' 0 "$(value 'select count(*) from detainerd.import_parked')"
hand booking 26-2 --new --booked-at now --continues 26-1
expect 'a booking goes on' truth "select count(*) = 1 from detainerd.hold"
hand booking 26-2 --clear continues
expect 'a link is taken back' truth "select continues_booking_id is null from detainerd.booking where booking_number = '26-2'"

# --- what came without the sender's id -----------------------------------------------------
psql_run -c "insert into detainerd.custody_basis (booking_id, kind) select booking_id, 'parole' from detainerd.booking where booking_number = '26-1'"
hand basis 26-1
name=$(value "select '#' || basis_id from detainerd.custody_basis")
expect 'is shown by its number' grep -qF "$name" out
hand basis 26-1 --reference "$name" --ended-at '2026-11-22' --json
equal 'and corrected by it' changed "$(pick "j['outcome']")"
expect 'in the table' truth "select ended_at = '2026-11-22 05:00Z' from detainerd.custody_basis"
hand interview 26-1 --requested-at now --consent declined
expect 'an interview' truth "select consent = 'declined' and reference = 'hand-1' from detainerd.interview"
hand interview 26-1 --new --consent perhaps
expect 'what is odd is stored, and said' grep -q "consent 'perhaps' is not known" out

# --- who may ----------------------------------------------------------------------------------
hand finding 26-1 --new --reference C1 --ground us_citizen_claim --evidence 'said so'
expect 'a claim stops the hold' grep -q 'bar' out
hand finding 26-1 --reference C1 --withdrawn-at now
refused 'intake does not withdraw it' 77 "cannot withdraw finding $(value "select finding_id from detainerd.finding where reference = 'C1'"): us_citizen_claim is withdrawn by a reviewer or counsel only. Ask compliance: a claim_review alert has gone to them."
hand finding 26-1 --reference C1 --ground juvenile
equal 'nor makes another of it: status' 77 "$status"
by reviewer_test finding 26-1 --reference C1 --withdrawn-at now --evidence 'birth abroad, consulate letter' --json
equal 'a reviewer does' 'changed True' "$(pick "j['outcome'] + ' ' + str(j['verdict'][0]['allowed'])")"
by reviewer_test finding 26-1 --new --ground terror_match
equal 'and records nothing: status' 77 "$status"
by detainerd_test booking 26-1
equal 'the daemon reads no fact: status' 77 "$status"

# --- the end, and its correction ----------------------------------------------------------------
hand custody 26-1 --ended-at now --outcome released --json
expect 'custody ends, and the hold with it' test "$(pick "j['verdict'][0]['ended_at'] is not None")" = True
hand custody 26-1 --clear ended-at --clear outcome --json
expect 'taken back, the hold stands again' test "$(pick "j['verdict'][0]['ended_at'] is None")" = True

# --- facilities -------------------------------------------------------------------------------------
by postgres facility T2 --new --jurisdiction TX --name 'Annex'
refused 'a state does not say the zone' 65 "cannot record facility 'T2': time_zone: no time_zone is given, and a state does not say it: in US-TX there is America/Chicago, America/Denver. Nothing was written."
by postgres facility T2 --new --jurisdiction TX --time-zone America/New_York
refused 'a zone that is not the state'\''s' 65 "cannot record facility 'T2': time_zone: 'America/New_York' is no zone of US-TX, which has America/Chicago, America/Denver. Nothing was written."
by postgres facility T2 --new --jurisdiction TX --time-zone Amerika/Chicago
refused 'no zone at all' 65 "cannot record facility 'T2': time_zone: 'Amerika/Chicago' is no time zone: write an IANA name such as America/New_York. Nothing was written."
by postgres facility T2 --new --jurisdiction TX --time-zone US/Central --facts-max-age 90m
equal 'another name of its zone passes' 0 "$status"
expect 'defaults stand' truth "select agency_kind = 'county_jail' and processing_minutes = 0 and facts_max_age = '90 min' from detainerd.facility where code = 'T2'"
by postgres facility T1 --processing-minutes 45 --json
equal 'a correction shows the open holds judged again' 1 "$(pick "len(j['verdict'])")"
hand booking 26-1 --facility T2
refused 'a booking elsewhere' 65 "cannot show booking '26-1': there is none of that number. Correct it, or say --new."
hand booking 26-3 --new --booked-at now
refused 'of two facilities none is guessed' 65 "cannot record booking '26-3': there are 2 facilities. Name one with --facility."
hand facility T1 --processing-minutes 1
equal 'intake changes no facility: status' 77 "$status"

# --- and all of them -----------------------------------------------------------------------------------
hand facility
equal 'without a code they are listed' 3 "$(wc -l <out)"
expect 'for people' grep -qE '^T2 +- +US-TX +US/Central +unverified +0 +0 +-$' out
hand facility --json
equal 'where each is, and how many are held' "[('T1', 'America/New_York', 'unverified', 1, 0), ('T2', 'US/Central', 'unverified', 0, 0)]" \
	"$(pick "[(r['facility'], r['time_zone'], r['law'], r['holds_open'], r['holds_overdue']) for r in j]")"
equal 'and as of when' '[True, False]' "$(pick "[r['facts_as_of'] is not None for r in j]")"
psql_run -c "insert into detainerd.jurisdiction (code, name) values ('XX', 'nowhere'); update detainerd.facility set jurisdiction = 'XX' where code = 'T2'"
hand facility --csv --no-header
equal 'where no law is in force, as CSV' none "$(awk -F , '$1 == "T2" {print $7}' out)"
hand facility T1 --csv
refused 'one is no list' 64 "cannot write 'facility' as CSV: its answer is not one list. Give --json."
hand facility --new
refused 'a new one has a code' 64 'cannot tell which: CODE is needed.'
hand facility --name Annex
refused 'a name is somebody'\''s' 64 'cannot tell which: CODE is needed.'
by detainerd_test facility
equal 'the daemon reads none: status' 77 "$status"

# --- the tables of options are those of the import ----------------------------------------------------
for kind in facility booking basis detainer finding interview duty; do
	equal "$kind: every column has its option" \
		"$(value "select string_agg(c.name, ' ' order by c.name) from detainerd.import_columns() c where c.kind = '$kind' and c.reads <> 'key' and c.name not in ('continues_booking_id', 'merged_into_id')")" \
		"$("$ctl" "$kind" --list-options | awk -F '\t' '$1 == "option" {print substr($2, 3)}' |
			sed 's/^continues$/continues_booking_number/; s/^continues-at$/continues_booking_facility/; s/^merged-into$/merged_into_number/; s/^merged-into-at$/merged_into_facility/; s/-/_/g' |
			grep -vxE 'clear|new|reference|facility|db|config|json|csv|no_header|utc|tz|help|usage|version' | sort | xargs)"
done
equal 'no hold drifts' 0 "$(value 'select count(*) from detainerd.hold_drift')"
