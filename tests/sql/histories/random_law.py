# SPDX-License-Identifier: MIT
"""Random stays under the law as it is shipped and exported, judged by detainerd.judge() and by recompute.py.

    python3 tests/sql/histories/random_law.py [SEED [STAYS]]      PG* names an installed detainerd

The recomputation reads the law from detainerd.law_export() alone, so that what counsel is shown is what is applied.  People
stand in every state and city that has law on file, at jails and at the police, and in counties with rules of their own
made up here.  Their instants lie around the days on which the law of their place changes or may first be relied on, their
convictions around its look-backs, and mostly they meet, or just fail to meet, one alternative of it.

Besides: facts about others change nothing, and grounds withdrawn let nobody be held who might not be.
"""
import collections
import datetime as dt
import os
import random
import sys

import database
import random_histories
import recompute
from random_histories import insert, utc

ZONES = {"US-CA": "America/Los_Angeles", "US-WA": "America/Los_Angeles", "US-OR": "America/Los_Angeles", "US-CO": "America/Denver",
         "US-TX": "America/Chicago", "US-OK": "America/Chicago", "US-IL": "America/Chicago", "US-IA": "America/Chicago",
         "US-LA": "America/Chicago", "US-MN": "America/Chicago"}


def exported(world):
    """The law of this world as law_export() has it; only the number of a rule, which is no law, is looked up."""
    export = database.rows("select detainerd.law_export() as law")[0]["law"]
    numbers = {(r["code"], r["version"]): r["rule_id"] for r in database.rows(
        "select j.code, v.version, v.rule_id from detainerd.jurisdiction j cross join lateral detainerd.law_versions(j.code) v where v.status <> 'withdrawn'")}
    world.jurisdictions = {j["code"]: j.get("parent") for j in export["jurisdictions"]}
    world.rules = [rule(j["code"], v, numbers[j["code"], v["version"]]) for j in export["jurisdictions"] for v in j["versions"]]
    forms = {f["form"]: (f["asks_for_hold"], f["must_be_served"], f["clock"], f.get("hours")) for f in export["forms"]}
    assert forms == recompute.FORMS and tuple(export["bars_everywhere"]) == recompute.EVERYWHERE_BARS
    return world


def rule(code, version, number):
    clock = version.get("clock", {})
    return database.typed({
        "id": number, "jurisdiction": code, "status": version["status"], "agency_kind": version.get("agency_kind"),
        "effective_from": version["effective_from"], "allows_from": version.get("allows_from"), "clock": clock.get("kind"),
        "hours": clock.get("hours"), "clock_verified": clock.get("verified", False), "start_event": clock.get("start_event"),
        "bars": version["bars"], "alternatives": version["alternatives"], "adopted_by": version.get("adopted_by")})


# ---- places ----------------------------------------------------------------------------------------------------------

class State:
    """One state as random_histories.Stay wants its places: facilities, and the days that matter there."""

    def __init__(self, tag, code, rules, chance):
        self.tag, self.chance, self.code, self.rules = tag, chance, code, rules
        self.zone = ZONES.get(code, "America/New_York")
        self.first, self.own, self.codes = [], [], []
        for place in sorted({r["jurisdiction"] for r in rules} | {code}):
            for kind in ("county_jail", "police"):
                self.facility(place, kind)
        if chance.random() < 0.7:
            self.county()
        self.changes = sorted({day for r in rules for day in (r["effective_from"], r["allows_from"]) if day})
        self.ways = [a["terms"] for r in rules for a in r["alternatives"]] + [[{"ground": g}] for r in rules for g in r["bars"]]

    def facility(self, place, kind):
        name = "%s %s %s" % (self.tag, place, kind)
        self.codes.append((name, self.zone))
        self.first.append(insert("facility", {"code": name, "name": name, "jurisdiction": place, "agency_kind": kind, "time_zone": self.zone}))

    def county(self):
        """A county of its own, with one rule or two around the State's days."""
        chance, place = self.chance, "%s-%s" % (self.code, self.tag)
        self.first.append(insert("jurisdiction", {"code": place, "name": place, "parent": self.code}))
        self.facility(place, "county_jail")
        days = [r["effective_from"] for r in self.rules] or [dt.date(2024, 1, 1)]
        grounds = [t["ground"] for r in self.rules for a in r["alternatives"] for t in a["terms"]] + ["terror_match"]
        for n in range(chance.choice((1, 1, 2))):
            name = "%s %d: made up" % (place, n)
            this = "(select rule_id from detainerd.rule where source = '%s')" % name
            self.first.append(insert("rule", {
                "jurisdiction": place, "source": name, "citation": place, "status": "draft",
                "effective_from": (chance.choice(days) + dt.timedelta(days=chance.choice((-400, -1, 0, 1, 300)))).isoformat(),
                "agency_kind": chance.choice((None, None, "county_jail", "police")), "clock_verified": chance.random() < 0.5,
                "clock": chance.choice((None, "flat", "until_local_midnight", "none", "excluding_weekends_and_holidays")),
                "hours": chance.choice((None, 24, 72)), "start_event": "otherwise_released"}))
            for a in range(1, chance.choice((1, 2, 3))):
                self.first.append(insert("rule_alternative", {"rule_id": this, "alternative": a, "verified": chance.random() < 0.7}))
                for ground in sorted(set(chance.sample(grounds, chance.choice((0, 1, 1))))):
                    self.first.append(insert("rule_term", {"rule_id": this, "alternative": a, "ground": ground}))
            if chance.random() < 0.85:
                self.first.append("update detainerd.rule set status = 'adopted', adopted_by = 'counsel' where source = '%s'" % name)


class Stay(random_histories.Stay):
    """A person who meets one alternative of the law of the place, or nearly does."""

    def finding(self):
        chance = self.chance
        if not self.places.ways or chance.random() < 0.15:
            super().finding()
            return
        found_at = self.at(0, 0.5)
        for term in chance.choice(self.places.ways):
            if chance.random() < 0.92:
                self.fact("finding", self.met(term, found_at))

    def detainer(self):
        """Mostly in force before the person is eligible: else the law is not asked."""
        super().detainer()
        if self.chance.random() < 0.6:
            row = self.facts[-1][1]
            row.pop("issued_on", None), row.pop("comply", None)
            row.update(form="I-247A", received_at=utc(self.pool[0]), served_at=utc(self.pool[1]))

    def met(self, term, found_at):
        chance, ground = self.chance, term["ground"]
        row = {"ground": ground, "found_at": utc(found_at), "withdrawn_at": self.maybe(0.1, utc(self.at(0.4, 1))),
               "evidence": "certified copy" if chance.random() < 0.9 else chance.choice((None, " "))}
        row["felony_class"] = chance.choice(list(term.get("felony_classes", [])) * 3 + ["C", None])
        row["list_id"] = chance.choice([term.get("list_id")] * 5 + ["CT-2025", None])
        row["issuer"] = chance.choice([term.get("issuer", "state_judge")] * 4 + ["federal_judge", "immigration_judge"])
        row["case_number"] = self.maybe(0.9, "1:20-mj-00017")
        if ground.startswith("conv_"):
            row["convicted_on"] = self.maybe(0.9, self.edge(term.get("max_age_years", chance.choice((5, 15)))).isoformat())
        return row

    def edge(self, years):
        """The oldest day on which a conviction still counts, or one near it."""
        booked = min(row["booked_at"] for row, _ in self.bookings if "booked_at" in row)
        day = recompute.day_of(recompute.instant(booked), self.zone)
        return recompute.years_before(day, years) + dt.timedelta(days=self.chance.choice((-400, -1, -1, 0, 0, 1, 400)))


# ---- what holds besides ----------------------------------------------------------------------------------------------

def others_change_nothing(stays, asked, chance, score):
    """Facts about every second person leave what is said of the others as it was."""
    grounds = recompute.EVERYWHERE_BARS + random_histories.GROUNDS
    database.run(insert("finding", *({"booking_id": b, "ground": chance.choice(grounds), "evidence": "court record", "issuer": "federal_judge",
                                      "case_number": "1:20-mj-00017", "found_at": "2010-01-01T00:00:00Z"} for b in stays[1::2])))
    mine = [(q, a) for q, a in asked if q[0] in stays[::2]]
    for ((b, at), before), after in zip(mine, random_histories.ask([q for q, _ in mine]), strict=True):
        score.note([] if before["whole"] == after["whole"] else ["changed by facts about others"],
                   "booking %d as of %s" % (b, random_histories.stamp(at)))


def withdrawing_frees(world, stays, asked, score):
    """Every ground that is nobody's bar withdrawn: whoever may be held now might be held before."""
    bars = set(recompute.EVERYWHERE_BARS) | {ground for r in world.rules for ground in r["bars"]}
    database.run("update detainerd.finding set withdrawn_at = found_at where ground <> all (%s) and booking_id in (%s)" % (
        database.literal(sorted(bars)), ", ".join(str(m["id"]) for b in stays[::2] for m in world.groups()[b])))
    mine = [(q, a) for q, a in asked if q[0] in stays[::2]]
    for ((b, at), before), after in zip(mine, random_histories.ask([q for q, _ in mine]), strict=True):
        more = recompute.without(after["authority"], before["authority"])
        score.note(["held without a ground: %s" % random_histories.shown(more)] if more else [],
                   "booking %d as of %s" % (b, random_histories.stamp(at)))


def main():
    seed = int(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("HISTORIES_SEED", "1"))
    count = int(sys.argv[2] if len(sys.argv) > 2 else os.environ.get("HISTORIES", "300"))
    chance, tag = random.Random(seed), "L%d" % seed
    law = exported(recompute.World())
    root = {c: law.levels(c)[-1] for c in law.jurisdictions}
    spoken = sorted({root[r["jurisdiction"]] for r in law.rules if r["adopted_by"] == "detainerd, as installed"})
    states = [State(tag, code, [r for r in law.rules if root[r["jurisdiction"]] == code], chance) for code in spoken]
    statements = random_histories.Statements(chance)
    for number in range(count):
        Stay(chance, tag, number, states[number % len(states)]).write(statements)
    database.run(";\n".join(line for state in states for line in state.first) + ";\n" + statements.script())

    score = random_histories.Score()
    world = exported(database.world())
    stays = sorted({recompute.latest_of(group)["id"] for group in world.groups().values()
                    if group[0]["booking_number"].startswith(tag + "-") and world.rows_of(world.detainers, group)})
    asked = random_histories.judged_alike(world, stays, chance, score)
    print("law, seed %d: %d stays in %d states, %d judgements by two readings, %d differ" % (seed, len(stays), len(states), len(asked), score.failed))
    print("  " + ", ".join("%s %d" % pair for pair in sorted(collections.Counter(a["reason"] for _, a in asked).items())))
    rules = {r["id"] for r in world.rules if r["adopted_by"] == "detainerd, as installed"}
    allowing = rules & {a["rule_id"] for _, a in asked if a["allowed"]}
    print("  of %d shipped rules in force %d allow somebody, %d are cited" % (len(rules), len(allowing), len(rules & {a["rule_id"] for _, a in asked})))
    score.note([] if allowing else ["nobody may be held: the stays try nothing"], "law")
    others_change_nothing(stays, asked, chance, score)
    withdrawing_frees(world, stays, asked, score)
    print("%d passed, %d failed" % (score.passed, score.failed))
    sys.exit(bool(score.failed))


if __name__ == "__main__":
    main()
