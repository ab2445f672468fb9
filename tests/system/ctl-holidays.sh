# SPDX-License-Identifier: MIT
# Holidays: listed, recorded by counsel alone, and the holds that move are told.
. tests/lib/system.sh
county
cd "$WORK"
ctl="$BUILD/detainerctl"
psql_run -c 'create role counsel_test login in role detainerd_counsel, detainerd_reviewer'
trap 'PGDATABASE=postgres psql_run -c "drop role if exists counsel_test"; finish' EXIT

by reviewer_test holidays --year 2026 --csv
equal 'a year: eleven federal holidays' 11 "$(grep -c ',federal,true' out)"
expect 'each on the day on which it is observed' grep -q '^2026-07-03,Friday,Independence Day,federal,true' out
by reviewer_test holidays --year 26
equal 'no year: status' 64 "$status"
by reviewer_test holidays --calendar none
expect 'none is said' grep -q 'every weekday counts' err

by reviewer_test holidays set 2031-03-04 --name 'Day of Trial'
equal 'a reviewer records none: status' 77 "$status"
by counsel_test holidays set 2031-13-04 --name 'No day'
equal 'no day: status' 65 "$status"
by counsel_test holidays set 2031-03-04
equal 'no name: status' 65 "$status"
expect 'no name: says so' grep -qx "detainerctl: cannot set the holiday of 2031-03-04: there is none of calendar 'federal'. Name it with --name." err
by counsel_test holidays set 2031-03-04 --name 'Day of Trial'
equal 'counsel does' 0 "$status"
expect 'as recorded' grep -qE '^outcome +recorded$' out
by counsel_test holidays set 3/4/2031 --counts no --json
equal 'it is switched off by its day alone' changed "$(/usr/bin/python3 -c 'import json; print(json.load(open("out"))["data"]["outcome"])')"
by counsel_test holidays set 2031-03-04 --counts no --json
equal 'twice is nothing' unchanged "$(/usr/bin/python3 -c 'import json; print(json.load(open("out"))["data"]["outcome"])')"
equal 'no hold drifts' 0 "$(value 'select count(*) from detainerd.hold_drift')"
