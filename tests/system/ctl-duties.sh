# SPDX-License-Identifier: MIT
# Duties: what is owed is listed, what was done is recorded by hand, by file and by view, and closes what was raised.
. tests/lib/system.sh
county
cd "$WORK"
ctl="$BUILD/detainerctl"

by() { # ROLE COMMAND...: leaves $status, out and err
	status=0
	PGUSER=$1 "$ctl" "${@:2}" >out 2>err </dev/null || status=$?
}

hand() {
	by jms_test "$@"
}

field() { # EXPRESSION over the JSON answer's data d
	/usr/bin/python3 -c 'import json, sys; d = json.load(open("out"))["data"]; print(eval(sys.argv[1]))' "$1"
}

owed() { # OPTION...: what `duties' lists, a line a duty
	hand duties --json "$@"
	field "'; '.join('%s %s %s' % (y['booking_number'], y['duty'], y['state']) for y in d)"
}

refused() { # WHAT STATUS LINE
	equal "$1: status" "$2" "$status"
	equal "$1: one line says why and what to do" "detainerctl: $3" "$(head -n 1 err | sed 's/^detainerctl [a-z ]*: /detainerctl: /')"
}

psql_run -c "update detainerd.facility set jurisdiction = 'US-NC'"
ago() { date -u -d "@$(($(date +%s) - 60 * $1))" +%FT%TZ; }

# --- what is owed ----------------------------------------------------------------------
# the state's report has a day of its own section below
psql_run -c "update detainerd.duty set effective_until = '2024-12-02' where jurisdiction = 'US-NC' and event = 'period'"
hand duties
equal 'nobody is owed anything: status' 0 "$status"
expect 'and that is worth its facts' grep -q 'nothing is owed that is on file; .*facts' err
hand booking 26-1 --new --booked-at "$(ago 3000)"
hand detainer 26-1 --form I-247A --received-at "$(ago 2000)" --new --reference D1 --json
equal 'before the person would go free nothing is due' '' "$(owed)"
hand booking 26-1 --release-eligible-at "$(ago 30)" --json
equal 'what follows is in the answer' 'ice_release_notice due' "$(field "' '.join(d['duties'][0][c] for c in ('duty', 'state'))")"
equal 'and in the list' '26-1 ice_release_notice due' "$(owed)"
hand booking 26-1 --release-eligible-at "$(ago 200)"
equal 'after two hours it was missed' '26-1 ice_release_notice missed' "$(owed --facility T1)"
hand duties
expect 'said for people' grep -qE 'ice_release_notice +missed +tell ICE the date and time of release' out
hand duties --csv
equal 'as CSV too' 'facility,booking_number,duty,state,says,due_at,done_at,event,event_at,citation,verified' "$(head -n 1 out | tr -d '\r')"
hand duties --facility X9
equal 'a facility that is none: status' 65 "$status"
hand duties --booking 26-9
refused 'a booking that is none' 65 "cannot list the duties: there is no booking '26-9'. Correct the number, or name its facility."

# --- raised, done, raised no more ----------------------------------------------------------
raise() { value 'select raised from detainerd.raise_due(clock_timestamp(), 100)' >/dev/null; }
standing() {
	value "select coalesce(string_agg(kind, ' ' order by kind), '') from detainerd.alert a where kind like 'duty%'
		and coalesce((select e.event = 'reopened' from detainerd.alert_event e where e.alert_id = a.alert_id and e.event in ('resolved', 'reopened')
		              order by e.alert_event_id desc limit 1), true)"
}
raise
equal 'missed, and raised' duty_missed "$(standing)"
hand duty 26-1 --duty ice_release_notice --done-at "$(ago 190)" --done-by 'Sgt Lee' --told 'ICE Charlotte' --evidence 'fax log 12' --json
equal 'done is recorded: status' 0 "$status"
equal 'in time, it says' 'recorded ice_release_notice done' "$(field "d['outcome'] + ' ' + ' '.join(d['duties'][0][c] for c in ('duty', 'state'))")"
equal 'nothing is owed any more' '' "$(owed)"
equal 'but listed, with all' '26-1 ice_release_notice done' "$(owed --all)"
raise
equal 'the alert is closed' '' "$(standing)"
hand duty 26-1 --done-at "$(ago 20)" --json
refused 'which one, if there is one already' 65 "cannot record the duty of booking '26-1': it has hand-1 already. Correct it with --reference 'hand-1', or record another with --new."
hand duty 26-1 --reference hand-1 --done-at "$(ago 20)" --json
equal 'done late is not done in time' done_late "$(field "d['duties'][0]['state']")"
hand duty 26-1 --reference hand-1 --clear done-at --json
equal 'taken back, it was missed' 'missed duty_without_time' "$(field "d['duties'][0]['state'] + ' ' + d['doubts'][0]['code']")"
raise
equal 'and stands again' duty_missed "$(standing)"
hand duty 26-1 --reference hand-1 --done-at now --detainer D1
raise
equal 'done after all' '' "$(standing)"
hand duty 26-1
expect 'shown with its paper by name' grep -qE '^hand-1 +detainer +- +D1' out

# --- what is odd is stored, and said -----------------------------------------------------------
hand duty 26-1 --new --duty judge_told --done-at now --json
equal 'what nobody asks for' 'duty_not_owed: hand-2, judge_told: nothing in the law on file asks for it here' "$(field "': '.join(d['doubts'][0][c] for c in ('code', 'message'))")"
hand duty 26-1 --new --duty judges_told --done-at now --json
equal 'what nobody knows' unknown_duty "$(field "[w['code'] for w in d['doubts'] if w['code'].startswith('unknown')][0]")"
hand duty 26-1 --new --duty ice_release_notice --done-at "$(ago -600)" --json
equal 'what has not been done yet' duty_done_ahead "$(field "[w['code'] for w in d['doubts'] if 'ahead' in w['code']][0]")"
hand duty 26-1 --new --duty ice_release_notice --done-at now --detainer D7
refused 'about no detainer' 65 "cannot record the duty of booking '26-1': there is no detainer 'D7'. Record that one first. Nothing was written."
by reviewer_test duty 26-1 --reference hand-2 --clear done-at
equal 'a reviewer may correct: status' 0 "$status"
by detainerd_test duty 26-1
equal 'the daemon may not read: status' 77 "$status"

# --- from a file ------------------------------------------------------------------------------------
cat >duties.csv <<CSV
facility,booking_number,reference,duty,detainer,done_at,done_by,told,evidence
T1,26-2,N1,ice_release_notice,D5,$(ago 5),Sgt Lee,ICE,
T1,26-1,N1,ice_release_notice,D6,$(ago 5),Sgt Lee,ICE,
T1,26-1,N2,ice_release_notice,,$(ago 5),Sgt Lee,ICE,log
T1,26-1,N3,ice_release_notice,,yesterday,,,
CSV
hand import --kind duty duties.csv --json
equal 'a file: status' 65 "$status"
equal 'each record is counted' '1 2 1' "$(field "' '.join(str(d[c]) for c in ('imported', 'parked', 'rejected'))")"
equal 'what waits' '26-1 N1, 26-2 N1' "$(value "select string_agg(booking_number || ' ' || reference, ', ' order by booking_number) from detainerd.import_parked where kind = 'duty'")"
hand detainer 26-1 --new --reference D6 --form I-247A
hand booking 26-2 --new --booked-at now --continues 26-1
equal 'goes on when its detainer has come' 'N1 D6' "$(value "select y.reference || ' ' || d.reference from detainerd.duty_done y join detainerd.detainer d using (detainer_id) where y.reference = 'N1'")"
hand duty 26-2 --new --duty ice_release_notice --done-at now --detainer D6
equal 'a detainer of the stay will do: status' 0 "$status"
expect 'but not one that is not there' truth "select count(*) = 1 from detainerd.import_parked where kind = 'duty' and reference = 'N1' and booking_number = '26-2'"

# --- by the view --------------------------------------------------------------------------------------
PGUSER=jms_test psql -qX -v ON_ERROR_STOP=1 -c "insert into detainerd.intake_duty (facility, booking_number, reference, duty, detainer, done_at) values ('T1', '26-1', 'V1', 'ice_release_notice', 'D1', now())" >out 2>&1
equal 'the view takes it' 'ice_release_notice D1' "$(value "select duty || ' ' || detainer from detainerd.intake_duty where reference = 'V1'")"
PGUSER=jms_test psql -qX -v ON_ERROR_STOP=1 -c "update detainerd.intake_duty set detainer = null, told = 'ICE' where reference = 'V1'" >out 2>&1
expect 'and a null takes the paper back' truth "select detainer_id is null and told = 'ICE' from detainerd.duty_done where reference = 'V1'"

# --- an hour that comes twice -----------------------------------------------------------------------
# what was done is read as late as it can have been: no duty is met by a guess
hand duty 26-1 --new --reference W1 --duty ice_release_notice --done-at '2025-11-02 01:30'
equal 'of the double hour the second' '2025-11-02 06:30:00+00' "$(value "set timezone to 'UTC'; select done_at from detainerd.duty_done where reference = 'W1'")"
hand duty 26-1 --reference W1 --done-at '2025-11-02T01:30-04:00'
equal 'or the one that is named' '2025-11-02 05:30:00+00' "$(value "set timezone to 'UTC'; select done_at from detainerd.duty_done where reference = 'W1'")"
hand duty 26-1 --reference W1 --done-at '2026-03-08 02:30'
equal 'of an hour that does not come its end' '2026-03-08 07:00:00+00' "$(value "set timezone to 'UTC'; select done_at from detainerd.duty_done where reference = 'W1'")"

# --- of a period -----------------------------------------------------------------------------------------
psql_run -c "update detainerd.duty set effective_until = null where jurisdiction = 'US-NC' and event = 'period'"
last=$(($(TZ=America/New_York date +%Y) - 1)) # as the facility has it
period() { # OPTION...: the last year's report
	hand duties --json "$@"
	field "[y['state'] for y in d if y['duty'] == 'report' and '$last-01-01 to $last-12-31' in y['says']]"
}
equal 'a day that nobody has read is not guessed' "['day_unknown']" "$(period)"
equal 'and that is said' "['make the report on detainers, for $last-01-01 to $last-12-31; due instant: not stated by the law on file']" "$(field "[y['says'] for y in d if y['duty'] == 'report']")"
equal 'what is known is when the period ended' "['$(($last + 1))-01-01T00:00:00.000000-05:00']" "$(field "[y['event_at'] for y in d if y['duty'] == 'report']")"
equal 'of those only the last is listed' 1 "$(field "len([y for y in d if y['duty'] == 'report'])")"
psql_run -c "update detainerd.duty set due_after = '2 mons' where jurisdiction = 'US-NC' and event = 'period'"
equal 'March the first goes by in March' "2025-03-02 05:00:00+00 2024-12-31" \
	"$(value "set timezone to 'UTC'; select due_at, period_until from detainerd.period_duties('T1', now()) where period_from = '2024-01-01'" | tr '|' ' ')"
equal 'its whole day is in time, and no more of it' 'due missed' "$(value "select string_agg(p.state, ' ' order by t) from unnest('{2025-03-02 04:59:59.999999Z,2025-03-02 05:00Z}'::timestamptz[]) t, detainerd.period_duties('T1', t) p where p.period_from = '2024-01-01'")"
hand duties done report --period "$last-07-04" --done-at "$last-12-31T23:00Z" --told 'the Attorney General' --json
equal 'a report made: status' 0 "$status"
equal 'by what was written' '2025-12-31T18:00:00.000000-05:00' "$(field "d['done_at'].replace('$last', '2025')")"
equal 'in time' "done $last-01-01 $last-12-31" "$(field "' '.join(d[c] for c in ('state', 'period_from', 'period_until'))")"
hand duties done report --period "$last-07-04" --done-at "2025-11-02 01:30" --utc
expect 'of the double hour the second here too' grep -q '^done *2025-11-02 06:30' out
hand duties done report --period "$last-02-01" --not-done
expect 'taken back' truth "select done_at is null and told = 'the Attorney General' from detainerd.period_done"
hand duties done report --period "$last-02-01" --done-by 'Sgt Lee'
expect 'what is not given stays' truth "select done_at is null and done_by = 'Sgt Lee' from detainerd.period_done"
hand duties done forum --period "$last-02-01" --done-at now
refused 'what nobody asks for' 65 "cannot record what was done of a period: nothing on file asks T1 for 'forum' of a period with $last-02-01. detainerctl duties --all lists what is asked for."
hand duties done report --period "$last-02-31" --done-at now
equal 'no such day: status' 65 "$status"
hand duties done report --period "$last-02-01" --done-at now --not-done
refused 'done and not done' 64 'cannot give --done-at twice, or with --not-done.'
hand duties done report --period "$last-02-01" --told ' '
refused 'told nobody' 64 'cannot record a blank --told.'
hand duties done report --period "$last-02-01"
refused 'without what was done' 64 'cannot record it: DUTY, --period and --done-at or --not-done are needed.'
by detainerd_test duties done report --period "$last-02-01" --done-at now
equal 'the daemon records nothing: status' 77 "$status"
hand duties done report --period "$last-02-01" --done-at noon
equal 'no such time: status' 65 "$status"
psql_run -c "update detainerd.duty set due_after = null where jurisdiction = 'US-NC' and event = 'period'"

# --- for who asks later ---------------------------------------------------------------------------------
hand booking 26-3 --new --booked-at "$(ago 3000)" --release-eligible-at "$(ago 200)"
hand detainer 26-3 --form I-247A --received-at "$(ago 2000)" --new
raise
by reviewer_test report alerts --format csv --from "$(date -u -d '-2 days' +%F)" --to "$(date -u -d '+1 day' +%F)"
expect 'what was missed is in the report of alerts' grep -qE '26-3,duty_missed.*ice_release_notice|duty_missed.*26-3' out
by reviewer_test evidence 26-3 -o missed.zip
unzip -qo missed.zip -d missed
equal 'and in the evidence, by when' "[('ice_release_notice', 'missed', None)]" \
	"$(/usr/bin/python3 -c 'import json, glob; print([(y["duty"], y["state"], y["done_at"]) for y in json.load(open(glob.glob("missed/**/duties.json", recursive=True)[0]))])')"
expect 'in words' grep -rqE 'missed.*tell ICE the date|tell ICE the date.*missed' missed --include=explanation.txt
expect 'with its alert' grep -rq duty_missed missed

# --- in the evidence ------------------------------------------------------------------------------------
by reviewer_test evidence 26-1 -o case.zip
equal 'evidence: status' 0 "$status"
unzip -qo case.zip -d case
equal 'holds what was done' True "$(/usr/bin/python3 -c 'import json, glob; d = json.load(open(glob.glob("case/**/facts.json", recursive=True)[0])); print(any(y["done_by"] == "Sgt Lee" for y in d["duties_done"]))')"
expect 'and what was owed' grep -rq 'ice_release_notice' case --include=duties.json
expect 'in words too' grep -rq 'tell ICE the date and time of release' case --include=explanation.txt
equal 'no hold drifts' 0 "$(value 'select count(*) from detainerd.hold_drift')"
