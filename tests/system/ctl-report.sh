# SPDX-License-Identifier: MIT
# report: a period of local days, what was unlawful in it by the minute, as text, CSV, JSON and as a page that anybody can read.
. tests/lib/system.sh
county desk
listed() { pick '[(o["booking_number"], float(o["late_seconds"])) for o in j["over_detention"]]'; }

ctl report over-detention
expect 'nothing yet' grep -q '^  Nobody was let out late.$' "$WORK/out"

# held NUMBER ELIGIBLE OUT: allowed for 48 hours from ELIGIBLE, out at OUT ('' is still in).
held() {
	psql_run -v n="$1" -v e="$2" -v o="$3" <<-'SQL'
		begin;
		insert into detainerd.booking (facility_id, booking_number, booked_at, release_eligible_at, custody_ended_at, custody_outcome)
			select facility_id, :'n', :'e'::timestamptz - interval '2 hours', :'e'::timestamptz, nullif(:'o', '')::timestamptz, case when :'o' <> '' then 'released' end
			  from detainerd.facility where code = 'T1';
		insert into detainerd.detainer (booking_id, form, received_at, served_at, reference)
			select booking_id, 'I-247A', release_eligible_at, release_eligible_at, 'd' from detainerd.booking where booking_number = :'n';
		insert into detainerd.finding (booking_id, ground, felony_class, evidence, found_at, reference)
			select booking_id, 'conv_felony_class', 'A', 'judgment', booked_at, 'f' from detainerd.booking where booking_number = :'n';
		commit;
	SQL
}
held FIRST '2026-09-29 01:00-04' '2026-10-01 02:30-04'
held LAST '2026-10-29 23:00-04' '2026-10-31 23:59-04'
held AFTER '2026-10-29 23:00-04' '2026-11-01 00:00-04'
held BEFORE '2026-09-28 12:00-04' '2026-09-30 23:59:59-04'
held INTIME '2026-10-10 12:00-04' '2026-10-12 11:00-04'
held '=cmd|1' '2026-10-02 12:00-04' '2026-10-05 12:00-04'
held '<b>&' '2026-10-03 12:00-04' ''

ctl report over-detention --from 2026-10-01 --to 2026-10-31 --json
equal 'October by the local calendar, and no minute more' "[('FIRST', 5400.0), ('=cmd|1', 86400.0), ('LAST', 3540.0)]" "$(listed)"
equal 'its figures' "(3, '26 h 29 min', '24 h', '1 h 30 min')" "$(pick '(j["people"], j["total"], j["longest"], j["median"])')"
equal 'as over_detention has them' t "$(value "select sum(late) = interval '26 h 29 min' from detainerd.over_detention where custody_ended_at >= '2026-10-01 00:00-04' and custody_ended_at < '2026-11-01 00:00-04'")"
equal 'by reason' "[('ice_did_not_interview', 3)]" "$(pick '[(r["reason"], r["people"]) for r in j["reasons"]]')"
ctl report over-detention --from 9/30/2026 --to 2026-09-30 --format json
equal 'a day alone' "[('BEFORE', 43199.0)]" "$(listed)"
ctl report over-detention --to 2026-10-31 --format json
equal 'without a first day: the month' '2026-10-01 3' "$(pick 'j["first_day"] + " " + str(j["people"])')"
ctl report over-detention --format json
equal 'without a last day: today' "$(value "select (now() at time zone 'America/New_York')::date")" "$(pick 'j["last_day"]')"
psql_run -c "insert into detainerd.facility (code, jurisdiction, time_zone) values ('T2', 'US-CT-TEST', 'America/Denver')"
ctl report over-detention --from 2026-10-01 --to 2026-10-31 --facility T2 --json
equal 'nobody at the other place' '(0, [])' "$(pick '(j["people"], j["over_detention"])')"

ctl report over-detention --from 2026-10-01 --to 2026-10-31 --format csv
equal 'CSV is the list alone, and no formula' "'=cmd|1 86400" "$(/usr/bin/python3 -c 'import csv, sys; r = list(csv.DictReader(open(sys.argv[1]))); print(r[1]["booking_number"], int(float(r[1]["late_seconds"])))' "$WORK/out")"
ctl report over-detention --from 2026-10-01 --to 2026-10-31 --csv
equal 'and --csv is that too' 4 "$(wc -l <"$WORK/out")"

ctl report overdue --from 2026-10-01 --to 2026-10-31 --json
equal 'each span where it began, of people still in too' "[('FIRST', False), ('=cmd|1', False), ('<b>&', True), ('AFTER', False), ('LAST', False)]" \
	"$(pick '[(o["booking_number"], o["in_custody"]) for o in j["overdue"]]')"
equal 'and who it has not ended for' '(5, 1, [None])' "$(pick '(j["spans"], j["in_custody"], [o["until"] for o in j["overdue"] if o["in_custody"]])')"

book PAST -3600
value 'select raised from detainerd.raise_due(clock_timestamp(), 1000)' >/dev/null
alert=$(release_due PAST)
psql_run -c "update detainerd.delivery set state = 'delivered', delivered_at = clock_timestamp() where alert_id = '$alert'"
PGUSER=reviewer_test "$BUILD/detainerctl" ack "$alert" --reason ice_here >/dev/null
# an hour ago may have been another month
ctl report overdue --from "$(value "select (now() at time zone 'America/New_York')::date - 1")" --json
equal 'who was told, and who answered' "[(True, 'reviewer_test')]" "$(pick '[(o["told_at"] is not None, o["acknowledged_by"]) for o in j["overdue"] if o["booking_number"] == "PAST"]')"
ctl report alerts --json
equal 'every alert of the month' "$(value "select count(*) from detainerd.alert where raised_at >= date_trunc('month', now() at time zone 'America/New_York') at time zone 'America/New_York'")" "$(pick 'len(j["alerts"])')"
equal 'the one that was answered' "[('reviewer_test', False, 1, 0)]" \
	"$(pick "[(a['acknowledged_by'], a['unanswered'], a['receivers'], a['undelivered']) for a in j['alerts'] if a['alert_id'] == '$alert']")"
equal 'by kind they add up' True "$(pick 'sum(k["raised"] for k in j["kinds"]) == j["raised"] == len(j["alerts"])')"
book MISSED -3600
value 'select raised from detainerd.raise_due(clock_timestamp(), 1000)' >/dev/null
equal 'half an hour without an answer, and not before' 'PAST f, MISSED f; PAST f, MISSED t' "$(value "with a as (select max(raised_at) as at from detainerd.alert where kind = 'release_due')
	select string_agg((select string_agg(format('%s %s', r.booking_number, r.unanswered), ', ' order by r.raised_at)
	                     from a, detainerd.report_alerts('2026-01-01', '2099-01-01', null, a.at + after) r where r.kind = 'release_due' and r.booking_number in ('PAST', 'MISSED')), '; ' order by after)
	  from unnest('{29 min,31 min}'::interval[]) after")"

# --- the page ------------------------------------------------------------------------
ctl report overdue --from 2026-10-01 --to 2026-10-31 --format html
equal 'a page' 0 $?
/usr/bin/python3 - "$WORK/out" >"$WORK/page" <<'PY'
import html.parser, sys
VOID = {"meta", "br", "link", "img"}
class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.seen, self.faults, self.text = [], [], [], ""
    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.seen.append((tag, attrs))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "th" and attrs.get("scope") not in ("col", "row"):
            self.faults.append("a header without scope")
        if tag == "table":
            self.want_caption = True
        elif getattr(self, "want_caption", False):
            self.want_caption = False
            if tag != "caption":
                self.faults.append("a table without caption")
        for name in ("src", "onclick", "style"):
            if name in attrs:
                self.faults.append(name)
        if not attrs.get("href", "#").startswith("#"):
            self.faults.append("a link to " + attrs["href"])
    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append("</%s> out of place" % tag)
    def handle_data(self, data):
        self.text += data
p = Page()
p.feed(open(sys.argv[1]).read())
tags = [t for t, _ in p.seen]
attrs = {t: a for t, a in p.seen}
ids = {a["id"] for _, a in p.seen if "id" in a}
skip = next(a["href"] for t, a in p.seen if t == "a")
print("faults", p.faults + p.open)
print("h1", tags.count("h1"), "lang", attrs["html"].get("lang"), "main", tags.count("main"), "script", tags.count("script"), "b", tags.count("b"))
print("title", tags.count("title"), "skip", skip[1:] in ids)
print("regions", all(a.get("aria-label") and a.get("tabindex") == "0" for t, a in p.seen if a.get("role") == "region"))
print("text", "<b>&" in p.text, "FIRST" in p.text, "Booking" in p.text)
PY
equal 'it is well formed, and asks for nothing from elsewhere' 'faults []' "$(sed -n 1p "$WORK/page")"
equal 'one heading, a language, and what is in the database is no markup' 'h1 1 lang en main 1 script 0 b 0' "$(sed -n 2p "$WORK/page")"
equal 'a way past what stands first' 'title 1 skip True' "$(sed -n 3p "$WORK/page")"
equal 'what scrolls can be reached by keyboard and has a name' 'regions True' "$(sed -n 4p "$WORK/page")"
equal 'and says what the list says' 'text True True True' "$(sed -n 5p "$WORK/page")"
expect 'for paper too' grep -q '@media print' "$WORK/out"
ctl report alerts --format html --from 2001-01-01 --to 2001-01-01
expect 'an empty one says so' grep -q '<p>Nothing was raised.</p>' "$WORK/out"

# --- refusals ------------------------------------------------------------------------
refuses() { # WHAT STATUS REGEX COMMAND...
	ctl "${@:4}"
	equal "$1: status" "$2" $?
	expect "$1: says why" grep -qE "$3" "$WORK/err"
	equal "$1: nothing else" 0 "$(wc -c <"$WORK/out")"
}
refuses 'no report of that name' 64 "cannot run 'report': a word is missing behind it, such as 'overdue'" report
refuses 'a day that is none' 64 "cannot report that period: 'yesterday' is no date: write YYYY-MM-DD" report overdue --from yesterday
refuses 'the wrong way round' 64 'from 2026-10-31 to 2026-10-01: it ends before it begins. Turn' report alerts --from 2026-10-31 --to 2026-10-01
refuses 'no such format' 64 "cannot write 'pdf': a report is text, csv, json or html" report alerts --format pdf
refuses 'two formats' 64 'name one format' report alerts --format html --json
refuses 'no such place' 65 "cannot find facility 'T7'" report alerts --facility T7
PGUSER=jms_test "$BUILD/detainerctl" report overdue >"$WORK/out" 2>"$WORK/err"
equal 'not for those who only record facts' 77 $?
