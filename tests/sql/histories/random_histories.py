# SPDX-License-Identifier: MIT
"""Random stays, judged by detainerd.judge() and by recompute.py, which share no line: every judgement must agree.

    python3 tests/sql/histories/random_histories.py [SEED [STAYS]]      PG* names an installed detainerd

Facts are written in random order, one by one and in bulk, some typed wrong first; rules are adopted in their midst;
instants of one stay are drawn from a small pool, so that facts fall together, and from the midnights at which rules
change, on holidays and where clocks are set.  Judged at random instants and at the edges of every lawful span, a
microsecond before and after.  Besides: judge() of the stored facts as of judged_at is what hold stores, changes_at is
the first instant at which anything changes, and hold_drift is empty.
"""
import datetime as dt
import os
import random
import sys

import database
import recompute
from recompute import HOUR, INF, SECOND, iso

NOW = dt.datetime(2026, 11, 24, tzinfo=dt.timezone.utc)
ZONES = ("America/New_York", "America/Chicago", "America/Phoenix", "America/Los_Angeles", "Pacific/Honolulu",
         "America/Anchorage", "America/Santiago", "America/Puerto_Rico")
GROUNDS = ("conv_felony_any", "conv_felony_class", "conv_listed", "judicial_warrant", "admin_warrant", "terror_match",
           "gang_member", "final_removal_order", "detainer_complete", "pending_charge_no_bond", "public_safety_risk",
           "arrest_warrant_state")
BARS = recompute.EVERYWHERE_BARS
CLOCKS = ("flat", "excluding_weekends_and_holidays", "until_local_midnight", "none", None)
KEYED = {"detainer": "d", "custody_basis": "b", "finding": "f"}


def utc(at):
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Statements:
    """SQL to run, in an order of chance that keeps what must stand before its own."""

    def __init__(self, chance):
        self.chance = chance
        self.queues = []

    def add(self, *statements):
        self.queues.append(list(statements))

    def drawn(self):
        queues = [q for q in self.queues if q]
        while queues:
            q = self.chance.choice(queues)
            for _ in range(self.chance.choice((1, 1, 2, 5, 20))):
                if q:
                    yield q.pop(0)
            queues = [q for q in queues if q]

    def script(self):
        """Transactions of chance length."""
        out, left = [], 0
        for statement in self.drawn():
            if left == 0:
                left = self.chance.choice((1, 1, 3, 10))
                out.append("begin;")
            out.append(statement + ";")
            left -= 1
            if left == 0:
                out.append("commit;")
        if left:
            out.append("commit;")
        return "\n".join(out)


def insert(table, *facts):
    """One insert of one or more rows with the same columns; a value beginning with '(select' is SQL."""
    columns = sorted({c for f in facts for c in f})
    def cell(f, c):
        if c not in f:
            return "default"
        return f[c] if isinstance(f[c], str) and f[c].startswith("(select") else database.literal(f[c])
    return "insert into detainerd.%s (%s) values %s" % (
        table, ", ".join(columns), ", ".join("(%s)" % ", ".join(cell(f, c) for c in columns) for f in facts))


# ---- law -------------------------------------------------------------------------------------------------------------

class Places:
    """Jurisdictions two and three deep, their rules, and facilities in them."""

    def __init__(self, chance, tag):
        self.chance, self.tag = chance, tag
        self.first, self.rules, self.codes = [], [], []
        self.changes = [dt.date(2014, 1, 1), dt.date(2019, 10, 1), dt.date(2025, 10, 1)]
        levels = {"S%d" % n: None for n in range(6)}
        levels.update({"S%d-C" % n: "S%d" % n for n in range(5)})
        levels.update({"S%d-C-T" % n: "S%d-C" % n for n in range(2)})
        for name, parent in levels.items():
            self.first.append(insert("jurisdiction", {"code": self.code(name), "name": self.code(name),
                                                      "parent": None if parent is None else self.code(parent)}))
            for _ in range(chance.choice((0, 1, 1, 2, 3))):
                self.rule(self.code(name))
        for name in list(levels) + [None, None]:
            for kind in chance.sample(("county_jail", "police", "state_doc"), chance.choice((1, 1, 2))):
                code = "%s-%d" % (tag, len(self.codes))
                self.codes.append((code, chance.choice(ZONES) if name else "America/New_York"))
                self.first.append(insert("facility", {
                    "code": code, "name": code, "jurisdiction": self.code(name) if name else "US-CT",
                    "agency_kind": kind, "time_zone": self.codes[-1][1]}))

        for n in range(6, 10):
            self.plain("S%d" % n)

    def plain(self, name):
        """A state in which any valid detainer is enough, so that only the clock's beginning and allows_from decide."""
        chance, code, source = self.chance, self.code(name), "%s plain %s" % (self.tag, name)
        self.first.append(insert("jurisdiction", {"code": code, "name": code, "parent": None}))
        day = chance.choice(self.changes)
        this = "(select rule_id from detainerd.rule where source = '%s')" % source
        self.rules.append([
            insert("rule", {"jurisdiction": code, "source": source, "effective_from": "2010-01-01", "status": "draft",
                            "clock": chance.choice(("flat", "excluding_weekends_and_holidays")), "hours": 48, "clock_verified": True,
                            "citation": source, "start_event": chance.choice(("papers_received", "papers_received", "otherwise_released")),
                            "allows_from": day.isoformat()}),
            insert("rule_alternative", {"rule_id": this, "alternative": 1, "citation": "(1)", "verified": True}),
            "update detainerd.rule set status = 'adopted', adopted_by = 'counsel' where source = '%s'" % source])
        facility = "%s-%s" % (self.tag, name)
        self.codes += [(facility, chance.choice(ZONES))] * 4
        self.first.append(insert("facility", {"code": facility, "name": facility, "jurisdiction": code,
                                              "agency_kind": "county_jail", "time_zone": self.codes[-1][1]}))

    def code(self, name):
        return "US-%s-%s" % (self.tag, name)

    def relied_from(self, day):
        """Often no day of its own; else one around the first day, even before it, or many years later."""
        if self.chance.random() < 0.6:
            return None
        day += dt.timedelta(days=self.chance.choice((-3, 0, 1, 1, 2, 200, 2000, 5000)))
        self.changes.append(day)
        return day.isoformat()

    def rule(self, jurisdiction):
        chance = self.chance
        source = "%s rule %d" % (self.tag, len(self.rules))
        day = chance.choice(self.changes) if chance.random() < 0.4 else dt.date(
            chance.randint(2008, 2026), chance.randint(1, 12), chance.randint(1, 28))
        self.changes.append(day)
        this = "(select rule_id from detainerd.rule where source = '%s')" % source
        parts = [insert("rule", {
            "jurisdiction": jurisdiction, "source": source, "effective_from": day.isoformat(), "status": "draft",
            "agency_kind": chance.choice((None, None, None, "county_jail", "police")),
            "clock": chance.choice(CLOCKS), "hours": chance.choice((None, 24, 36, 48, 48, 72, 96)),
            "clock_verified": chance.random() < 0.6, "citation": "%s at %s" % (jurisdiction, day),
            "start_event": chance.choice(("otherwise_released", "papers_received")),
            "allows_from": self.relied_from(day)})]
        for alternative in range(1, chance.choice((0, 1, 2, 2, 3)) + 1):
            parts.append(insert("rule_alternative", {
                "rule_id": this, "alternative": alternative, "citation": "%s (%d)" % (source, alternative),
                "verified": chance.random() < 0.75}))
            for ground in chance.sample(GROUNDS, chance.choice((0, 1, 1, 1, 2))):
                term = {"rule_id": this, "alternative": alternative, "ground": ground}
                if ground == "conv_felony_class":
                    term["felony_classes"] = chance.choice((["A", "B"], ["C"], None))
                if ground == "conv_listed":
                    term["list_id"] = chance.choice(("L1", "L2", None))
                if ground.startswith("conv_"):
                    term["max_age_years"] = chance.choice((None, None, 5, 10))
                if ground == "judicial_warrant":
                    term["issuer"] = chance.choice((None, "federal_judge"))
                parts.append(insert("rule_term", term))
        for ground in chance.sample(BARS + ("gang_member", "public_safety_risk"), chance.choice((0, 0, 1, 2))):
            parts.append(insert("rule_bar", {"rule_id": this, "ground": ground}))
        if chance.random() < 0.85:
            parts.append("update detainerd.rule set status = 'adopted', adopted_by = 'counsel' where source = '%s'" % source)
        self.rules.append(parts)


# ---- stays -----------------------------------------------------------------------------------------------------------

class Stay:
    """One person's bookings and what is recorded of them."""

    def __init__(self, chance, tag, number, places):
        self.chance, self.tag, self.number, self.places = chance, tag, number, places
        self.code, self.zone = chance.choice(places.codes)
        self.pool = self.instants()
        self.bookings, self.facts = [], []
        self.make_bookings()
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            self.detainer()
        for _ in range(chance.choice((0, 1, 1, 2, 3))):
            self.finding()
        for _ in range(chance.choice((0, 0, 1, 2, 3))):
            self.basis()

    def instants(self):
        """A few instants around one day: a rule's midnight, a holiday, a change of clocks, any day."""
        chance = self.chance
        which = chance.random()
        if which < 0.4:
            day = chance.choice(self.places.changes)
        elif which < 0.6:
            year = chance.randint(2011, 2026)
            day = chance.choice((dt.date(year, 7, 3), dt.date(year, 12, 24), dt.date(year, 11, 26), dt.date(year, 3, 10),
                                 dt.date(year, 11, 4), dt.date(2021, 6, 18)))
        else:
            day = dt.date(2011, 1, 1) + dt.timedelta(days=chance.randint(0, 5900))
        midnight = dt.datetime.fromtimestamp(recompute.day_starts(day, self.zone) / SECOND, dt.timezone.utc)
        out = [midnight + dt.timedelta(days=n) for n in range(-2, 4)]
        for _ in range(14):
            hours = chance.gauss(0, 60)
            at = midnight + dt.timedelta(seconds=round(hours * 3600))
            out.append(at if chance.random() < 0.5 else at.replace(second=0))
            if chance.random() < 0.4:
                out.append(out[-1] + dt.timedelta(hours=chance.choice((24, 48, 48, 72))))
        return sorted(set(out))

    def at(self, low=0.0, high=1.0):
        n = len(self.pool)
        return self.pool[min(n - 1, int(n * self.chance.uniform(low, high)))]

    def make_bookings(self):
        chance = self.chance
        names = "A" if chance.random() < 0.75 else chance.choice(("AB", "AB", "ABC"))
        times = sorted(self.at(0, 0.5) for _ in names)
        shape = chance.choice(("chain", "chain", "fork", "merged"))
        for n, (name, booked_at) in enumerate(zip(names, times)):
            row = {"booking_number": "%s-%d%s" % (self.tag, self.number, name),
                   "facility_id": "(select facility_id from detainerd.facility where code = '%s')" % self.code}
            if n == len(names) - 1 or chance.random() < 0.95:
                row["booked_at"] = utc(booked_at)
            if n and chance.random() < 0.4:
                other = chance.choice(self.places.codes)
                row["facility_id"] = "(select facility_id from detainerd.facility where code = '%s')" % other[0]
            late = {}
            if chance.random() < (0.85 if len(names) == 1 else 0.5):
                late["release_eligible_at"] = utc(self.at(0.2, 0.8))
            if n < len(names) - 1:
                late.update(custody_ended_at=utc(times[n + 1]), custody_outcome=chance.choice(
                    ("transferred", "court", "hospital", "released", "merged")))
            elif chance.random() < 0.6:
                late.update(custody_ended_at=utc(self.at(0.3, 1)), custody_outcome=chance.choice(
                    ("released",) * 5 + ("ice_custody",) * 3 + ("died", "escaped", "other_agency", "ice_custody_in_place",
                                                                "transferred", "relased", None)))
                if chance.random() < 0.5:
                    late["outcome_detail"] = chance.choice(("Washoe County SO", "Officer 17, 14:05", " ", ""))
            self.bookings.append((row, late))
        self.links = []
        for n in range(1, len(names)):
            before = 0 if shape == "fork" else n - 1
            if shape == "merged":
                self.links.append((n - 1, "merged_into_id", n))
            else:
                self.links.append((n, "continues_booking_id", before))

    def this(self, n=None):
        n = self.chance.randrange(len(self.bookings)) if n is None else n
        return "(select booking_id from detainerd.booking where booking_number = '%s')" % (
            self.bookings[n][0]["booking_number"])

    def fact(self, table, row):
        row["reference"] = "%s%d" % (KEYED[table], len(self.facts))
        row["booking_id"] = self.this()
        self.facts.append((table, {k: v for k, v in row.items() if v is not None or self.chance.random() < 0.5}))

    def maybe(self, chance, value):
        return value if self.chance.random() < chance else None

    def detainer(self):
        chance = self.chance
        booked = self.pool[0].date()
        received = self.at(0, 0.7)
        self.fact("detainer", {
            "form": chance.choice(("I-247A",) * 6 + ("I-247",) * 4 + ("I-247-2012", "I-247D", "I-247X", "I-247N", "I-247G")),
            "issued_on": self.maybe(0.8, (booked + dt.timedelta(days=chance.randint(-1, 6))).isoformat()),
            "received_at": self.maybe(0.95, utc(received)),
            "served_at": self.maybe(0.7, utc(chance.choice((received, self.at(0, 0.9))))),
            "rescinded_at": self.maybe(0.2, utc(self.at(0.2, 1))),
            "admin_warrant": self.maybe(0.7, chance.choice(("I-200", "I-205"))),
            "comply": chance.choice((None, None, None, True, False)),
            "comply_at": self.maybe(0.4, utc(self.at(0.1, 1)))})

    def finding(self):
        chance = self.chance
        ground = chance.choice(GROUNDS * 2 + BARS + ("conv_felny_any",))
        row = {"ground": ground, "found_at": utc(self.at(0, 0.9)), "withdrawn_at": self.maybe(0.2, utc(self.at(0.1, 1))),
               "evidence": chance.choice(("certified copy",) * 6 + (None, "", "  "))}
        if chance.random() < 0.05:
            row["found_at"] = None
        if ground == "conv_felony_class":
            row["felony_class"] = chance.choice(("A", "B", "C", None))
        if ground == "conv_listed":
            row["list_id"] = chance.choice(("L1", "L2", "CT-2025", None))
        if ground.startswith("conv_"):
            row["convicted_on"] = self.maybe(0.9, (self.pool[0].date() - dt.timedelta(
                days=chance.choice((100, 1000, 1826, 1827, 3653, 5000)))).isoformat())
        if ground == "judicial_warrant":
            row.update(issuer=chance.choice(("federal_judge", "federal_judge", "state_judge", "immigration_judge", None)),
                       case_number=chance.choice(("1:20-mj-00017", "1:20-mj-00018", " ", None)),
                       evidence=chance.choice(("warrant of Hon. A. Judge, U.S. District Court",) * 3 + (
                           "", "Form I-200", "i-205 attached", "signed by an Immigration Officer")))
        found_null = row["found_at"] is None
        self.fact("finding", row)
        if found_null:
            self.facts[-1][1]["found_at"] = None

    def basis(self):
        chance = self.chance
        began = self.at(0, 0.8)
        self.fact("custody_basis", {
            "kind": chance.choice(("local_charge", "sentence", "other_agency", "us_marshals", "parole", "judicial_warrant", "other")),
            "agency": chance.choice((None, None, "Washoe County", "New Haven Police", "USMS", "ICE ERO", "DHS")),
            "began_at": self.maybe(0.9, utc(began)), "ended_at": self.maybe(0.85, utc(self.at(0, 1))),
            "evidence": chance.choice((None, "order on file", "order on file", "Form I-205", "an immigration officer's word"))})

    # -- as statements

    def write(self, statements):
        chance = self.chance
        booked = [insert("booking", dict(row, **late) if chance.random() < 0.4 else row) for row, late in self.bookings]
        after = []
        for row, late in self.bookings:
            if late:
                where = " where booking_number = '%s'" % row["booking_number"]
                if chance.random() < 0.15:
                    wrong = dict(late, custody_outcome="released", custody_ended_at=utc(self.at()))
                    after.append([self.update("booking", wrong, where),
                                  self.update("booking", dict.fromkeys(wrong, None) | late, where)])
                else:
                    after.append([self.update("booking", late, where)])
        for child, column, target in self.links:
            after.append(["update detainerd.booking set %s = %s where booking_number = '%s'" % (
                column, self.this(target), self.bookings[child][0]["booking_number"])])
        bulk = {}
        for table, row in self.facts:
            if chance.random() < 0.3:
                bulk.setdefault(table, []).append(row)
                continue
            first, then = self.split(row)
            where = " where reference = '%s' and booking_id = %s" % (row["reference"], row["booking_id"])
            after.append([insert(table, first)] + [self.update(table, step, where) for step in then])
        after += [[insert(table, *rows)] for table, rows in bulk.items()]
        mixed = Statements(chance)
        mixed.queues = after
        statements.add(*booked, *mixed.drawn())

    def update(self, table, row, where):
        return "update detainerd.%s set %s%s" % (
            table, ", ".join("%s = %s" % (c, database.literal(v)) for c, v in row.items()), where)

    def split(self, row):
        """What is recorded at first, and what is put right or added later."""
        first, then = dict(row), []
        for column in sorted(row):
            if column.endswith("_at") and row[column] and self.chance.random() < 0.25:
                first[column] = None if self.chance.random() < 0.5 else utc(self.at())
                then.append({column: row[column]})
        return first, then


# ---- both readings ---------------------------------------------------------------------------------------------------

ASK = """select e.n, h.stay_id, h.booking_id, h.starts_at, h.allowed, h.reason, h.detail, h.detainer_id, h.rule_id, h.alternative,
        h.release_at, h.changes_at, %s as authority, %s as lawful,
        to_jsonb(h) - '{judged_at,changes_at}'::text[] as whole
   from (values %s) e (n, booking_id, as_of)
   left join lateral detainerd.judge(array[e.booking_id::bigint], e.as_of::timestamptz) h on true order by e.n"""
SPANS = "(select json_agg(json_build_array(nullif(lower(s), '-infinity'), nullif(upper(s), 'infinity')) order by s) from unnest(h.%s) s)"


def stamp(at):
    return (recompute.EPOCH + dt.timedelta(microseconds=at)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def ask(questions):
    """judge() of each (booking id, instant): rows with instants in whole microseconds."""
    out = []
    for begin in range(0, len(questions), 500):
        part = questions[begin:begin + 500]
        values = ", ".join("(%d, %d, '%s')" % (n, b, stamp(at)) for n, (b, at) in enumerate(part))
        out += database.rows(ASK % (SPANS % "authority", SPANS % "lawful", values))
    return [readable(r) for r in out]


def readable(row):
    row = database.typed(row)
    for name in ("authority", "lawful"):
        row[name] = [(-INF if a is None else recompute.instant(a), INF if b is None else recompute.instant(b))
                     for a, b in row[name] or []]
    return row


def shown(value):
    if isinstance(value, list):
        return " ".join("[%s, %s)" % ("-" if a == -INF else stamp(a), "-" if b == INF else stamp(b)) for a, b in value)
    return stamp(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 10 ** 12 else repr(value)


def compared(mine, theirs):
    """What differs, in words."""
    out = []
    names = ["starts_at", "allowed", "reason", "release_at", "authority", "lawful"]
    pairs = [(n, mine[n], theirs[n]) for n in names]
    if theirs["detail"] not in mine["details"]:
        pairs.append(("detail", mine["details"], theirs["detail"]))
    pairs += [("booking_id", mine["latest"], theirs["booking_id"]), ("stay_id", mine["first"], theirs["stay_id"])]
    if "rule" in mine:
        pairs.append(("rule_id", mine["rule"], theirs["rule_id"]))
        pairs.append(("alternative", mine["alternative"], theirs["alternative"]))
    for name, left, right in pairs:
        if left != right:
            out.append("%s %s, got %s" % (name, shown(left), shown(right)))
    return out


def facts_of(world, booking_id):
    members = world.groups()[booking_id]
    out = []
    for title, rows in (("booking", members), ("basis", world.rows_of(world.bases, members)),
                        ("detainer", world.rows_of(world.detainers, members)),
                        ("finding", world.rows_of(world.findings, members))):
        for row in rows:
            out.append("    %s %s" % (title, " ".join("%s=%s" % (k, shown(v)) for k, v in row.items()
                                                      if v is not None and k not in ("id", "found_by", "reference"))))
    out.append("    place %s" % world.facilities[recompute.latest_of(members)["facility_id"]])
    return "\n".join(out)


class Score:
    def __init__(self):
        self.passed = self.failed = 0

    def note(self, faults, what, more=lambda: ""):
        if not faults:
            self.passed += 1
            return
        self.failed += 1
        if self.failed <= 12:
            print("%s: %s\n%s" % (what, "; ".join(faults), more()))


def judged_alike(world, bookings, chance, score):
    questions = []
    for b in bookings:
        edges = set()
        for span in world.judge(b, recompute.instant(utc(NOW)))["lawful"]:
            edges |= {e for e in span if abs(e) != INF}
        near = [e for e in edges for e in (e - 1, e, e + 1)]
        wide = [recompute.instant(row["booked_at"]) if isinstance(row["booked_at"], str) else row["booked_at"]
                for row in world.groups()[b] if row["booked_at"] is not None] or [0]
        near += [chance.choice(wide) + chance.randint(-48, 160) * HOUR + chance.randint(0, 3599) * SECOND for _ in range(3)]
        near.append(recompute.instant(utc(NOW + dt.timedelta(days=900))))
        questions += [(b, at) for at in chance.sample(near, min(len(near), 6))]
    answers = ask(questions)
    for (b, at), theirs in zip(questions, answers, strict=True):
        mine = world.judge(b, at)
        score.note(compared(mine, theirs), "booking %d as of %s" % (b, stamp(at)), lambda b=b: facts_of(world, b))
    return list(zip(questions, answers))


def changes_exactly(world, asked, score):
    """A stored row stays true until changes_at and not beyond it."""
    def same(row):
        return row["whole"]
    moving = [(q, a) for q, a in asked if a["changes_at"] is not None and abs(a["changes_at"]) < 10 ** 16][:400]
    before = ask([(b, a["changes_at"] - 1) for (b, _), a in moving])
    after = ask([(b, a["changes_at"]) for (b, _), a in moving])
    for ((b, at), a), left, right in zip(moving, before, after):
        faults = []
        if a["changes_at"] <= at:
            faults.append("changes_at %s is not later" % shown(a["changes_at"]))
        if same(left) != same(a):
            faults.append("a column differs already before changes_at %s: %s" % (shown(a["changes_at"]), [
                (k, v, same(left)[k]) for k, v in same(a).items() if same(left)[k] != v]))
        if same(right) == same(a):
            faults.append("nothing changes at %s" % shown(a["changes_at"]))
        score.note(faults, "booking %d as of %s" % (b, stamp(at)), lambda b=b: facts_of(world, b))
    still = [(q, a) for q, a in asked if a["changes_at"] is None][:300]
    late = ask([(b, at + 3000 * 24 * HOUR) for (b, at), _ in still])
    for ((b, at), a), later in zip(still, late):
        score.note([] if same(a) == same(later) else ["changes, but changes_at is null: %s" % [
            (k, v, same(later)[k]) for k, v in same(a).items() if same(later)[k] != v]], "booking %d as of %s" % (b, stamp(at)))


def late_alike(world, tag, score):
    """over_detention against the recomputation, for the stays that have ended by now."""
    view = {r["booking_number"]: r for r in database.rows(
        "select booking_number, extract(epoch from late)::numeric * 1000000 as late from detainerd.over_detention")}
    now = recompute.instant(database.run("select clock_timestamp()").strip().replace(" ", "T"))
    for b in world.bookings:
        members = world.groups()[b["id"]]
        if not b["booking_number"].startswith(tag) or not world.rows_of(world.detainers, members):
            continue
        if recompute.latest_of(members)["id"] != b["id"]:
            continue
        spans = world.judge(b["id"], now)["unlawful"] or []
        mine = sum(end - begin for begin, end in spans)
        theirs = int(view.get(b["booking_number"], {"late": 0})["late"])
        score.note([] if mine == theirs else ["late %d us, got %d us" % (mine, theirs)], "over_detention of %s" % b["booking_number"],
                   lambda b=b: facts_of(world, b["id"]))


def main():
    seed = int(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("HISTORIES_SEED", "1"))
    count = int(sys.argv[2] if len(sys.argv) > 2 else os.environ.get("HISTORIES", "300"))
    chance = random.Random(seed)
    tag = "H%d" % seed
    places = Places(chance, tag)
    statements = Statements(chance)
    for number in range(count):
        Stay(chance, tag, number, places).write(statements)
    for parts in places.rules:
        statements.add(*parts)
    database.run(";\n".join(places.first) + ";\n" + statements.script())

    score = Score()
    world = database.world()
    stays = {recompute.latest_of(group)["id"] for b, group in world.groups().items()
             if group[0]["booking_number"].startswith(tag + "-") and world.rows_of(world.detainers, group)}
    asked = judged_alike(world, sorted(stays), chance, score)
    print("seed %d: %d stays, %d judgements by two readings, %d differ" % (seed, len(stays), len(asked), score.failed))
    changes_exactly(world, asked, score)
    late_alike(world, tag + "-", score)
    kept = database.rows("select booking_id from detainerd.hold")
    lost = stays - {r["booking_id"] for r in kept}
    score.note(["%d stays have no hold: %s" % (len(lost), sorted(lost)[:5])] if lost else [], "hold")
    drift = database.rows("select * from detainerd.hold_drift limit 3")
    score.note(["hold_drift: %s" % r for r in drift], "hold_drift")
    print("%d passed, %d failed" % (score.passed, score.failed))
    sys.exit(bool(score.failed))


if __name__ == "__main__":
    main()
