# SPDX-License-Identifier: MIT
"""What follows from the facts and the law, computed the slow way.

An independent second reading of the design: no SQL, no ranges, only lists of half-open spans [begin, end) over whole
microseconds since 1970.  histories/random.py holds detainerd.judge() against it, and `recompute.py` alone holds it
against expected.csv, without a database.  It never shares a line with the SQL that it checks.

Known weakness: both readings come from the same words; where the words are wrong, both are.
"""
import datetime as dt
import functools
import math
import re
from zoneinfo import ZoneInfo

SECOND = 1_000_000
HOUR = 3600 * SECOND
INF = math.inf

REASONS = ("held_on_other_authority", "detainer_rescinded", "detainer_not_in_force", "agency_declined",
           "hold_not_allowed", "counsel_must_decide")
EVERYWHERE_BARS = ("us_citizen_claim", "proof_citizen_or_lawful", "identity_mismatch", "juvenile")
CLOSING = ("released", "ice_custody", "ice_custody_in_place", "other_agency", "died", "escaped")
CLOSING_WITH_DETAIL = ("ice_custody_in_place", "other_agency")
ADMINISTRATIVE_PAPER = re.compile(r"(?i)\bI-?(200|203|205|286)\b|immigration officer")
ICE = re.compile(r"(?i)\b(ICE|DHS)\b")

# form: asks for a hold, must be served, clock, hours
FORMS = {
    "I-247": (True, False, "excluding_weekends_and_holidays", 48),
    "I-247-2012": (True, False, "excluding_weekends_and_holidays", 48),
    "I-247D": (True, True, "flat", 48),
    "I-247X": (True, True, "flat", 48),
    "I-247A": (True, True, "flat", 48),
    "I-247N": (False, False, "none", None),
}


# ---- spans -----------------------------------------------------------------------------------------------------------

def union(*lists):
    """One sorted list of spans that neither overlap nor touch."""
    out = []
    for begin, end in sorted(span for spans in lists for span in spans if span[0] < span[1]):
        if out and begin <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((begin, end))
    return out


def overlap(left, right):
    return union([(max(a, c), min(b, d)) for a, b in left for c, d in right])


def without(left, right):
    gaps, at = [], -INF
    for begin, end in union(right):
        gaps.append((at, begin))
        at = end
    return overlap(left, gaps + [(at, INF)])


def holds(spans, at):
    return any(begin <= at < end for begin, end in spans)


def pieces(cuts):
    """The spans between neighbouring instants of cuts, over all time."""
    edges = [-INF] + sorted(cut for cut in set(cuts) if -INF < cut < INF) + [INF]
    return list(zip(edges, edges[1:]))


# ---- days and clocks -------------------------------------------------------------------------------------------------

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)


def instant(text):
    """Whole microseconds since 1970 of an ISO 8601 text; None of None."""
    if text is None or text == "":
        return None
    return (dt.datetime.fromisoformat(text.replace("Z", "+00:00")) - EPOCH) // dt.timedelta(microseconds=1)


def iso(at):
    """The text again, to the second as check.py wants it; blank of no instant."""
    if at is None or at in (INF, -INF):
        return ""
    return (EPOCH + dt.timedelta(microseconds=at)).strftime("%Y-%m-%dT%H:%M:%SZ")


def wall_date(at, zone):
    return (EPOCH + dt.timedelta(microseconds=at)).astimezone(ZoneInfo(zone)).date()


@functools.lru_cache(maxsize=None)
def day_starts(day, zone):
    """First instant at which the zone's calendar shows this day or a later one: found by looking, not by arithmetic."""
    low = (dt.datetime(day.year, day.month, day.day, tzinfo=dt.timezone.utc) - EPOCH) // dt.timedelta(microseconds=1)
    low -= 30 * HOUR
    while wall_date(low + HOUR // 4, zone) < day:
        low += HOUR // 4
    high = low + HOUR // 4
    while high - low > SECOND:
        middle = (low + high) // 2 // SECOND * SECOND
        low, high = (low, middle) if wall_date(middle, zone) >= day else (middle, high)
    return high


def day_of(at, zone):
    """The day that has begun last: a repeated midnight has begun it the first time."""
    day = wall_date(at, zone)
    while day_starts(day + dt.timedelta(days=1), zone) <= at:
        day += dt.timedelta(days=1)
    return day


@functools.lru_cache(maxsize=None)
def holidays(year):
    """Observed federal holidays that belong to this year (one may fall on 31 December of the year before)."""
    def nth(month, weekday, n):
        first = dt.date(year, month, 1)
        return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))

    may = dt.date(year, 5, 31)
    moved = [nth(2, 0, 3), may - dt.timedelta(days=may.weekday()), nth(9, 0, 1), nth(10, 0, 2), nth(11, 3, 4)]
    fixed = [dt.date(year, 1, 1), dt.date(year, 7, 4), dt.date(year, 12, 25)]
    if year >= 1986:
        moved.append(nth(1, 0, 3))
    if year >= 2021:
        fixed.append(dt.date(year, 6, 19))
    if year < 1978:
        moved.append(nth(10, 0, 4))
    else:
        fixed.append(dt.date(year, 11, 11))
    shift = {5: -1, 6: 1}
    return {day + dt.timedelta(days=shift.get(day.weekday(), 0)) for day in fixed} | set(moved)


def excluded(day):
    return day.weekday() >= 5 or day in holidays(day.year) or day in holidays(day.year + 1)


def clock_ends(starts_at, zone, clock, hours):
    hours = 48 if hours is None else hours
    if clock == "none":
        return starts_at
    if clock == "flat":
        return starts_at + hours * HOUR
    if clock == "until_local_midnight":
        return day_starts(day_of(starts_at, zone) + dt.timedelta(days=1), zone)
    left, at, day = hours * HOUR, starts_at, day_of(starts_at, zone)
    while True:
        next_day = day + dt.timedelta(days=1)
        midnight = day_starts(next_day, zone)
        if not excluded(day):
            if at + left <= midnight:
                return at + left
            left -= max(0, midnight - at)
        at, day = max(at, midnight), next_day


# ---- the stay --------------------------------------------------------------------------------------------------------

def blank(text):
    return text is None or text.strip() == ""


def link_groups(bookings):
    """booking id -> list of the bookings of its stay."""
    group = {b["id"]: {b["id"]} for b in bookings}
    for b in bookings:
        for link in (b.get("continues_booking_id"), b.get("merged_into_id")):
            if link in group:
                joined = group[b["id"]] | group[link]
                for member in joined:
                    group[member] = joined
    by_id = {b["id"]: b for b in bookings}
    return {key: [by_id[i] for i in sorted(members)] for key, members in group.items()}


def latest_of(members):
    """The booking that no other continues or takes over; of several the one booked last."""
    gone_on = {b.get("continues_booking_id") for b in members}
    gone_on |= {b["id"] for b in members if b.get("merged_into_id") is not None}
    last = [b for b in members if b["id"] not in gone_on] or members
    return max(last, key=lambda b: (-INF if b.get("booked_at") is None else b["booked_at"], b["id"]))


def closing_fact(booking, as_of):
    """The instant at which this booking's closing fact ended custody; None if it closes nothing as of as_of."""
    ended_at, outcome = booking.get("custody_ended_at"), booking.get("custody_outcome")
    if ended_at is None or outcome not in CLOSING or ended_at > as_of:
        return None
    if outcome in CLOSING_WITH_DETAIL and blank(booking.get("outcome_detail")):
        return None
    if booking.get("booked_at") is not None and ended_at < booking["booked_at"]:
        return None
    return ended_at


def keeps(basis):
    return not (ICE.search(basis.get("agency") or "") or ADMINISTRATIVE_PAPER.search(basis.get("evidence") or ""))


def basis_span(basis):
    begin, end = basis.get("began_at"), basis.get("ended_at")
    return (-INF if begin is None else begin, INF if end is None else end)


def start_of(members, bases, first_booked_at):
    """End of the unbroken span of release_eligible_at and the bases; INF if endless, None where no start is known."""
    eligible = [b["release_eligible_at"] for b in members if b.get("release_eligible_at") is not None]
    if not eligible:
        return INF if any(end == INF for _, end in bases) else None
    reached, moved = max(min(eligible), -INF if first_booked_at is None else first_booked_at), True
    while moved:
        moved = False
        for begin, end in bases:
            if begin <= reached < end:
                reached, moved = end, True
    return reached


# ---- the papers ------------------------------------------------------------------------------------------------------

class Paper:
    """One detainer: when it is in force, and why not where it is not."""

    def __init__(self, detainer, first_booked_at, zone):
        self.row = detainer
        form = FORMS.get(detainer.get("form"))
        self.form = form
        self.rescinded_at = INF if detainer.get("rescinded_at") is None else detainer["rescinded_at"]
        self.never = None
        if form is None:
            self.never = "unknown_form"
        elif not form[0]:
            self.never = "notify_only_form"
        elif (detainer.get("issued_on") is not None and first_booked_at is not None
              and detainer["issued_on"] < day_of(first_booked_at, zone) - dt.timedelta(days=1)):
            self.never = "issued_for_earlier_stay"
        self.received_at = INF if detainer.get("received_at") is None else detainer["received_at"]
        self.served_at = -INF
        if form is not None and form[1]:
            self.served_at = INF if detainer.get("served_at") is None else detainer["served_at"]
        self.declined_at = INF
        if detainer.get("comply") is False:
            self.declined_at = -INF if detainer.get("comply_at") is None else detainer["comply_at"]
        begin = max(self.received_at, self.served_at)
        end = min(self.rescinded_at, self.declined_at)
        self.span_ever = not self.never and begin < INF
        self.span = [] if self.never or begin >= end else [(begin, end)]

    def refusal(self, at):
        """(reason, set of details that fit) at an instant at which this paper is not in force."""
        if self.never in ("unknown_form", "notify_only_form"):
            return "detainer_not_in_force", {self.never}
        if self.rescinded_at <= at:
            return "detainer_rescinded", {None}
        late = {name for name, since in (("not_received", self.received_at), ("not_served", self.served_at)) if since > at}
        if self.never or late:
            return "detainer_not_in_force", late | ({self.never} if self.never else set())
        return "agency_declined", {None}


# ---- the law ---------------------------------------------------------------------------------------------------------

class Law:
    """What the levels say of one stay at one instant."""

    def __init__(self, levels, rules, agency_kind, zone, findings, papers, starts_at, first_booked_at):
        self.levels, self.agency_kind, self.zone = levels, agency_kind, zone
        self.rules, self.findings, self.papers = rules, findings, papers
        self.starts_at, self.first_booked_at = starts_at, first_booked_at

    def series(self, level):
        """This level's adopted rules for the agency's kind, the one that governs last, last: (first instant, rule)."""
        mine = [r for r in self.rules if r["jurisdiction"] == level and r["status"] == "adopted"
                and r.get("agency_kind") in (None, self.agency_kind)]
        mine.sort(key=lambda r: (r["effective_from"], r.get("agency_kind") is not None, r["id"]))
        return [(day_starts(r["effective_from"], self.zone), r) for r in mine]

    def in_force(self, level, at):
        reached = [r for first, r in self.series(level) if first <= at]
        return reached[-1] if reached else None

    def span_of(self, finding, bar=False):
        begin = finding.get("found_at")
        if bar:
            known = [at for at in (begin, finding.get("recorded_at")) if at is not None]
            begin = min(known) if known else None
        end = INF if finding.get("withdrawn_at") is None else finding["withdrawn_at"]
        if not bar and finding["ground"] == "pending_charge_no_bond" and self.starts_at is not None:
            end = min(end, self.starts_at)
        return [] if begin is None or begin >= end else [(begin, end)]

    def fits(self, term, finding):
        """Whether a finding is of the kind that the term asks for, evidence and time aside."""
        if finding["ground"] != term["ground"]:
            return False
        if term.get("felony_classes") is not None and finding.get("felony_class") not in term["felony_classes"]:
            return False
        if term.get("list_id") is not None and finding.get("list_id") != term["list_id"]:
            return False
        if term.get("issuer") is not None and finding.get("issuer") != term["issuer"]:
            return False
        if term.get("max_age_years") is not None:
            if finding.get("convicted_on") is None or self.first_booked_at is None:
                return False
            if finding["convicted_on"] < years_before(day_of(self.first_booked_at, self.zone), term["max_age_years"]):
                return False
        if term["ground"] == "judicial_warrant":
            if finding.get("issuer") not in ("federal_judge", "state_judge") or blank(finding.get("case_number")):
                return False
        if term["ground"] in ("judicial_warrant", "federal_criminal_warrant"):
            if ADMINISTRATIVE_PAPER.search(finding.get("evidence") or ""):
                return False
        return True

    def term_met(self, term, at):
        if term["ground"] == "admin_warrant":
            if any(holds(p.span, at) and not blank(p.row.get("admin_warrant")) for p in self.papers):
                return True
        return any(self.fits(term, f) and not blank(f.get("evidence")) and holds(self.span_of(f), at)
                   for f in self.findings)

    def alternatives_met(self, rule, at):
        return [a for a in sorted(rule["alternatives"], key=lambda a: a["alternative"])
                if all(self.term_met(t, at) for t in a["terms"])]

    def bar(self, grounds, at):
        for ground in grounds:
            if any(f["ground"] == ground and holds(self.span_of(f, bar=True), at) for f in self.findings):
                return ground
        return None

    def says(self, level, at):
        """forbids, allows or silent, as one level speaks at one instant."""
        rule = self.in_force(level, at)
        if rule is None:
            return "silent"
        met = self.alternatives_met(rule, at)
        if self.bar(rule["bars"], at) or not met:
            return "forbids"
        if self.bar(EVERYWHERE_BARS, at):
            return "silent"
        if self.relied_from(rule) > at:
            return "silent"
        return "allows" if any(a["verified"] for a in met) else "silent"

    def relied_from(self, rule):
        """First instant at which a rule may allow: one whose first day was not read names a later day."""
        return -INF if rule.get("allows_from") is None else day_starts(rule["allows_from"], self.zone)

    def reason(self, at):
        said = [self.says(level, at) for level in self.levels]
        if "forbids" in said:
            return "hold_not_allowed"
        return "allowed" if "allows" in said else "counsel_must_decide"

    def details(self, reason, at):
        """The details that fit a reason of the law: which of several comes first is left to the cases."""
        if reason == "allowed":
            return {None}
        bars = {"bar:" + f["ground"] for f in self.findings if holds(self.span_of(f, bar=True), at)}
        if reason == "hold_not_allowed":
            return bars | {"evidence_missing", "ground_withdrawn", "law_changed", "no_ground_met"}
        barred = bars & {"bar:" + ground for ground in EVERYWHERE_BARS}
        if barred:
            return barred
        spoken = any(self.in_force(level, at) for level in self.levels)
        return {"evidence_missing", "ground_withdrawn", "law_changed", "law_unverified"} if spoken else {"no_law", "law_changed"}

    def cited(self, reason, at):
        """(rule, alternative) to be cited, where the design says which."""
        wanted = {"allowed": "allows", "hold_not_allowed": "forbids"}[reason]
        rule = next(self.in_force(level, at) for level in self.levels if self.says(level, at) == wanted)
        if wanted == "forbids":
            return rule["id"], None
        return rule["id"], next(a["alternative"] for a in self.alternatives_met(rule, at) if a["verified"])

    def cuts(self):
        """Every instant at which what the law says may change."""
        out = []
        for f in self.findings:
            for bar in (False, True):
                out += [edge for span in self.span_of(f, bar) for edge in span]
        for p in self.papers:
            out += [edge for span in p.span for edge in span]
        for level in self.levels:
            out += [edge for first, rule in self.series(level) for edge in (first, self.relied_from(rule))]
        return out

    def allowing(self):
        return union([(begin, end) for begin, end in pieces(self.cuts())
                      if self.reason(begin if begin > -INF else end - 1 if end < INF else 0) == "allowed"])

    def begins(self, rule):
        """Where a rule's clock begins: at the start, or where papers with a warrant came before it."""
        came = [p.received_at for p in self.papers if rule.get("start_event") == "papers_received"
                and p.span_ever and p.row.get("admin_warrant") in ("I-200", "I-205")]
        return min([self.starts_at] + came)

    def clock_end(self):
        """Earliest end of the clocks of the rules in force at the start."""
        rules = [r for r in (self.in_force(level, self.starts_at) for level in self.levels)
                 if r is not None and r.get("clock") is not None]
        ends = [clock_ends(self.begins(r), self.zone, r["clock"], r.get("hours")) for r in rules]
        if not any(r["clock_verified"] for r in rules):
            ends.append(clock_ends(self.starts_at, self.zone, "flat", 48))
        return min(ends)


def years_before(day, years):
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


# ---- the judgement ---------------------------------------------------------------------------------------------------

class World:
    """All facts and law as plain lists of dictionaries; instants whole microseconds, dates datetime.date."""

    def __init__(self):
        self.jurisdictions, self.facilities = {}, {}
        self.bookings, self.bases, self.detainers, self.findings = [], [], [], []
        self.rules = []

    def levels(self, code):
        out = []
        while code is not None and code not in out:
            out.append(code)
            code = self.jurisdictions.get(code)
        return out

    def rows_of(self, rows, members):
        ids = {b["id"] for b in members}
        return [r for r in rows if r["booking_id"] in ids]

    def judge(self, booking_id, as_of):
        """One judgement as a dictionary with the columns of expected.csv (instants still whole microseconds)."""
        members = self.groups()[booking_id]
        latest = latest_of(members)
        facility = self.facilities[latest["facility_id"]]
        zone = facility["time_zone"]
        booked = [b["booked_at"] for b in members if b.get("booked_at") is not None]
        first_booked_at = min(booked) if booked else None
        bases = union([basis_span(b) for b in self.rows_of(self.bases, members) if keeps(b)])
        starts_at = start_of(members, bases, first_booked_at)
        ended_at = closing_fact(latest, as_of)
        known_start = starts_at is not None and starts_at < INF

        papers = [Paper(d, first_booked_at, zone) for d in self.rows_of(self.detainers, members)]
        law = Law(self.levels(facility["jurisdiction"]), self.rules, facility["agency_kind"], zone,
                  self.rows_of(self.findings, members), papers, starts_at, first_booked_at)

        authority = []
        if known_start:
            limit = law.clock_end()
            for p in papers:
                if p.span:
                    own = min(limit, clock_ends(starts_at, zone, p.form[2], p.form[3]))
                    authority = union(authority, overlap(p.span, [(starts_at, own)]))
            authority = overlap(authority, law.allowing())
        lawful = union([(-INF, starts_at if known_start else INF)], authority, bases)

        seen_at = as_of if ended_at is None else min(as_of, ended_at - 1)
        release_at = max((end for begin, end in lawful if begin <= seen_at), default=None)
        read_at = seen_at if starts_at is None else max(seen_at, starts_at)
        reason, details = self.reading(bases, papers, law, read_at)
        out = {"starts_at": starts_at if known_start else None, "allowed": reason == "allowed", "reason": reason,
               "details": details, "release_at": release_at if release_at not in (None, INF, -INF) else None,
               "authority": authority, "lawful": lawful, "unlawful": None,
               "ended_at": ended_at, "latest": latest["id"], "first": min(b["id"] for b in members)}
        if reason in ("allowed", "hold_not_allowed"):
            out["rule"], out["alternative"] = law.cited(reason, read_at)
        if ended_at is not None and first_booked_at is not None:
            out["unlawful"] = without([(first_booked_at, ended_at)], lawful)
        return out

    def reading(self, bases, papers, law, at):
        if at == INF or holds(bases, at):
            return "held_on_other_authority", {None}
        if not any(holds(p.span, at) for p in papers):
            refusals = [p.refusal(at) for p in papers]
            reason = min((r for r, _ in refusals), key=REASONS.index)
            return reason, set().union(*(details for r, details in refusals if r == reason))
        reason = law.reason(at)
        return reason, law.details(reason, at)

    def groups(self):
        if getattr(self, "_groups", None) is None:
            self._groups = link_groups(self.bookings)
        return self._groups


def unlawful_seconds(spans):
    return sum(end - begin for begin, end in spans) // SECOND
