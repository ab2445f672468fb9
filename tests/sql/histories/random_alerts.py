# SPDX-License-Identifier: MIT
"""Random stays and an hour hand: facts come in and raise_due() is called as of now; then, all facts in, as of later and
later instants.  After each call what has been said must be what recompute.py says should have been.

    python3 tests/sql/histories/random_alerts.py [SEED [STAYS]]      PG* names an installed detainerd

After every call, of every stay that recompute.py finds in custody as of that instant:
  past its release instant exactly one release_due of that instant stands, and the latest overdue of its schedule, of the
  half hours of the first day or of the changes of shift after it;
  before it none stands; no reminder stands of an instant that is not the instant any more;
  of a stay that has ended nothing stands.
And: nothing was raised before it was due, no due_soon at or after the instant, called again nothing is raised, and no
instant lies between as_of and next_at.
"""
import datetime as dt
import os
import random
import sys
from zoneinfo import ZoneInfo

import database
import recompute
from random_histories import Places, Score, Statements, Stay, facts_of, shown, stamp
from recompute import HOUR, INF, SECOND

MINUTE = 60 * SECOND
STEPS = 12
TIMED = ("due_soon", "release_due", "overdue")


class Near(Stay):
    """A stay of these days, so that instants lie on both sides of now."""

    def instants(self):
        chance = self.chance
        today = dt.datetime.now(dt.timezone.utc).date() + dt.timedelta(days=chance.randint(-3, 4))
        midnight = dt.datetime.fromtimestamp(recompute.day_starts(today, self.zone) / SECOND, dt.timezone.utc)
        out = [midnight, midnight + dt.timedelta(days=1)]
        for _ in range(14):
            out.append(midnight + dt.timedelta(seconds=round(chance.gauss(0, 40) * 3600)))
            if chance.random() < 0.3:
                out.append(out[-1] + dt.timedelta(hours=48))
        return sorted(set(out))


def call(as_of, room):
    """raise_due() until no more is due: (how many in all, next_at)."""
    total = 0
    for _ in range(200):
        rows = database.rows("select raised, more, next_at from detainerd.raise_due('%s', %d)" % (stamp(as_of), room))
        if len(rows) != 1:
            raise SystemExit("raise_due() returned %d rows" % len(rows))
        total += rows[0]["raised"]
        if not rows[0]["more"]:
            return total, recompute.instant(rows[0]["next_at"])
    raise SystemExit("raise_due() says more for ever as of %s" % stamp(as_of))


class Said:
    """Every alert, and which of them stand."""

    def __init__(self):
        self.alerts = [database.typed(r) for r in database.rows("select * from detainerd.alert order by due_at")]
        self.closed = {}
        for event in database.rows("select alert_id, event from detainerd.alert_event order by alert_event_id"):
            if event["event"] == "superseded":
                self.closed[event["alert_id"]] = "superseded"
            elif self.closed.get(event["alert_id"]) != "superseded" and event["event"] in ("resolved", "reopened"):
                self.closed[event["alert_id"]] = event["event"] if event["event"] == "resolved" else None
        self.of_booking = {}
        for alert in self.alerts:
            self.of_booking.setdefault(alert["booking_id"], []).append(alert)
            self.of_booking.setdefault(alert["stay_id"], []).append(alert)

    def of(self, members):
        out = {}
        for b in members:
            for alert in self.of_booking.get(b["id"], []):
                out[alert["alert_id"]] = alert
        return list(out.values())

    def stands(self, alert):
        return self.closed.get(alert["alert_id"]) is None


def expected_overdue(release_at, as_of, zone):
    """When the latest overdue was due: every half hour for a day, then where shifts change; None before the first."""
    due = [release_at + n * 30 * MINUTE for n in range(1, 49)]
    today = recompute.wall_date(as_of, zone)
    for day in (today - dt.timedelta(days=1), today):
        for hour in (6, 14, 22):
            change = dt.datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone))
            due.append((change - recompute.EPOCH) // dt.timedelta(microseconds=1))
    first_day_ends = release_at + 24 * HOUR
    return max((at for n, at in enumerate(due) if at <= as_of and (n < 48 or at >= first_day_ends)), default=None)


def faults_of(mine, alerts, said, as_of, zone):
    out = []
    timed = [a for a in alerts if a["kind"] in TIMED and said.stands(a)]
    release_at = mine["release_at"]
    if mine["ended_at"] is not None:
        return ["%s of %s stands, though custody has ended" % (a["kind"], shown(a["release_at"])) for a in timed]
    for a in timed:
        if a["release_at"] != release_at:
            out.append("%s of %s stands, though release_at is %s" % (a["kind"], shown(a["release_at"]), shown(release_at)))
        elif a["kind"] != "due_soon" and release_at > as_of:
            out.append("%s is early" % a["kind"])
    if release_at is not None and release_at <= as_of:
        due = [a for a in timed if a["kind"] == "release_due" and a["release_at"] == release_at]
        if len(due) != 1:
            out.append("%d release_due stand of %s" % (len(due), shown(release_at)))
        latest = expected_overdue(release_at, as_of, zone)
        # or a later one, said while the stay was where shifts change later; or one that was taken back, and release_due has come again
        again = any(a["occurrence"] > 0 for a in due)
        reached = [a for a in (alerts if again else timed) if a["kind"] == "overdue" and a["release_at"] == release_at]
        if latest is not None and not any(a["due_at"] >= latest for a in reached):
            out.append("overdue due at %s of %s is missing" % (stamp(latest), shown(release_at)))
    return out


def look(tag, as_of, next_at, score):
    world, said = database.world(), Said()
    groups = world.groups()
    ahead = []
    for latest in sorted({recompute.latest_of(g)["id"] for g in groups.values()
                          if g[0]["booking_number"].startswith(tag) and world.rows_of(world.detainers, g)}):
        mine = world.judge(latest, as_of)
        members = groups[latest]
        zone = world.facilities[recompute.latest_of(members)["facility_id"]]["time_zone"]
        score.note(faults_of(mine, said.of(members), said, as_of, zone), "booking %d as of %s" % (latest, stamp(as_of)),
                   lambda latest=latest: facts_of(world, latest))
        if mine["ended_at"] is None and mine["release_at"] is not None and mine["release_at"] > as_of:
            ahead.append(mine["release_at"])
    early = [a["alert_id"] for a in said.alerts if a["raised_at"] < a["due_at"]]
    late = [a["alert_id"] for a in said.alerts if a["kind"] == "due_soon" and a["raised_at"] >= a["release_at"]]
    score.note(["raised before due: %s" % early[:3]] if early else [], "as of %s" % stamp(as_of))
    score.note(["due_soon at or after the instant: %s" % late[:3]] if late else [], "as of %s" % stamp(as_of))
    wrong = []
    if next_at is not None and next_at <= as_of:
        wrong.append("next_at %s is not later" % stamp(next_at))
    if ahead and (next_at is None or next_at > min(ahead)):
        wrong.append("next_at is %s, and somebody is to be released at %s" % (shown(next_at), stamp(min(ahead))))
    score.note(wrong, "as of %s" % stamp(as_of))


def clock():
    return recompute.instant(database.run("select clock_timestamp()").strip().replace(" ", "T"))


def turn(tag, as_of, chance, score):
    """One call, looked at: (how many it raised, next_at)."""
    raised, _ = call(as_of, chance.choice((3, 20, 1000)))
    again, next_at = call(as_of, 1000)
    score.note(["called again, %d were raised" % again] if again else [], "as of %s" % stamp(as_of))
    look(tag, as_of, next_at, score)
    return raised, next_at


def main():
    seed = int(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("HISTORIES_SEED", "1"))
    count = int(sys.argv[2] if len(sys.argv) > 2 else os.environ.get("HISTORIES_ALERTS", "40"))
    chance = random.Random(seed)
    tag = "A%d" % seed
    places, statements = Places(chance, tag), Statements(chance)
    for number in range(count):
        Near(chance, tag, number, places).write(statements)
    for parts in places.rules:
        statements.add(*parts)
    # nobody watches over detainerd itself: what is raised here is about people only
    database.run("delete from detainerd.watch_turn;\ninsert into detainerd.route (receiver) values ('desk');\n" + ";\n".join(places.first))
    script = list(statements.drawn())

    score, as_of, raised = Score(), clock(), 0
    for step in range(STEPS):
        database.run(";\n".join(script[len(script) * step // STEPS:len(script) * (step + 1) // STEPS]))
        as_of = clock()
        raised += turn(tag + "-", as_of, chance, score)[0]
    for _ in range(STEPS):
        n, next_at = turn(tag + "-", as_of, chance, score)
        raised += n
        how = chance.random()
        if next_at is not None and how < 0.25:
            as_of = next_at
        elif next_at is not None and how < 0.4:
            early = call(next_at - 1, 1000)[0]
            score.note(["raised %d before next_at" % early] if early else [], "a microsecond before %s" % stamp(next_at))
            as_of = next_at - 1
        else:
            as_of += round(chance.expovariate(1 / 8) * HOUR)
    drift = database.rows("select * from detainerd.hold_drift limit 3")
    score.note(["hold_drift: %s" % r for r in drift], "hold_drift")
    twice = database.rows("select alert_id, receiver from detainerd.delivery group by 1, 2 having count(*) > 1 limit 3")
    score.note(["twice to one receiver: %s" % r for r in twice], "delivery")
    print("seed %d: %d stays, %d looks, %d alerts up to %s" % (seed, count, 2 * STEPS, raised, stamp(as_of)))
    print("%d passed, %d failed" % (score.passed, score.failed))
    sys.exit(bool(score.failed))


if __name__ == "__main__":
    main()
