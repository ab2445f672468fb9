# SPDX-License-Identifier: MIT
"""Random walks through telling: facts, routes, hours, daemons that take and settle, people who acknowledge; after every
step telling_model.py says whether the right people were told.

    python3 tests/sql/histories/random_telling.py [SEED [WALKS]]      PG* names an installed detainerd; nothing in it is kept

The clock is the walk's: it works in a copy of the database in which detainerd reads hour.clock() instead of the server's.
Each walk is one transaction, rolled back.  Of the walk that fails the whole way is printed; its seed alone repeats it.
"""
import json
import os
import random
import subprocess
import sys
import uuid

import telling_model
from telling_model import HOUR, Wrong

MINUTE = HOUR // 60
SECOND = MINUTE // 60
STEPS = 70
RECEIVERS = ("desk", "pager", "board")
KINDS = (None, None, "release_due", "release_due,overdue", "due_soon,release_due", "deadline_moved", "claim_review,custody_unclear", "overdue")
HERE = os.path.dirname(os.path.abspath(__file__))

CLOCK = """
create schema hour;
create table hour.hand (at timestamptz not null);
insert into hour.hand values (date_trunc('second', clock_timestamp()));
create function hour.clock() returns timestamptz language sql volatile as 'select at from hour.hand';
do $$
declare
	f record;
begin
	for f in select p.oid, pg_get_functiondef(p.oid) as body from pg_proc p where p.pronamespace = 'detainerd'::regnamespace and p.prokind = 'f' loop
		if f.body ~ '(clock|transaction)_timestamp\\(\\)' then
			execute regexp_replace(f.body, '(clock|transaction)_timestamp\\(\\)', 'hour.clock()', 'g');
		end if;
	end loop;
	for f in select c.table_name, c.column_name from information_schema.columns c
	          where c.table_schema = 'detainerd' and c.column_default ~ 'clock_timestamp|now\\(\\)' loop
		execute format('alter table detainerd.%I alter column %I set default hour.clock()', f.table_name, f.column_name);
	end loop;
end
$$;
"""


class Session:
    """One psql for all of it."""

    def __init__(self, database):
        self.psql = subprocess.Popen(["psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", database], text=True,
                                     stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def run(self, sql):
        mark = "-- %s" % uuid.uuid4()
        try:
            self.psql.stdin.write("%s\n;\n\\echo '%s'\n" % (sql, mark))
            self.psql.stdin.flush()
        except BrokenPipeError:
            pass
        lines = []
        for line in self.psql.stdout:
            if line.rstrip("\n") == mark:
                return "".join(lines).strip()
            lines.append(line)
        raise SystemExit("".join(lines) + "in: " + sql[:2000])

    def rows(self, query):
        return json.loads(self.run("select coalesce(json_agg(q), '[]') from (%s) q" % query))


def micros(column):
    return "detainerd.epoch_us(%s) as %s" % (column, column.split(".")[-1])


def at(instant):
    return "'epoch'::timestamptz + %d * interval '1 microsecond'" % instant


class Walk:
    def __init__(self, db, seed):
        self.db, self.chance, self.model, self.trace = db, random.Random(seed), telling_model.Model(), []
        self.people, self.known, self.under_way = [], set(), []
        self.start = self.now = int(db.run("select detainerd.epoch_us(at) from hour.hand"))
        jails = db.rows("select code, facility_id from detainerd.facility where code in ('TEST', 'BARE')")
        self.facilities = {r["code"]: r["facility_id"] for r in jails}

    def say(self, words):
        self.trace.append("%9.1f min  %s" % ((self.now - self.start) / MINUTE, words))

    def pass_time(self, how_long):
        self.now += how_long
        self.db.run("update hour.hand set at = %s" % at(self.now))

    # ---- routes ----------------------------------------------------------------------------------------------------

    def add_route(self):
        c = self.chance
        kinds = c.choice(KINDS)
        route = {"facility": c.choice([None, None] + list(self.facilities.values())), "kinds": kinds and kinds.split(","),
                 "receiver": c.choice(RECEIVERS), "step": c.choice((0, 0, 10 * MINUTE, HOUR)),
                 "repeat": c.choice((None, 15 * MINUTE)), "enabled": c.random() < 0.9}
        route_id = int(self.db.run("insert into detainerd.route (facility_id, kinds, receiver, step_delay, repeat_every, enabled) "
                                   "values (%s, %s, '%s', %s, %s, %s) returning route_id" % (
                                       route["facility"] or "null", "'{%s}'" % kinds if kinds else "null", route["receiver"],
                                       "interval '%d s'" % (route["step"] // SECOND),
                                       "interval '%d s'" % (route["repeat"] // SECOND) if route["repeat"] else "null", route["enabled"])))
        self.model.routes[route_id] = route
        self.say("route %d: %s" % (route_id, route))

    def switch_route(self):
        route_id = self.chance.choice(list(self.model.routes))
        route = self.model.routes[route_id]
        route["enabled"] = not route["enabled"]
        self.db.run("update detainerd.route set enabled = %s where route_id = %d" % (route["enabled"], route_id))
        self.say("route %d %s" % (route_id, "on" if route["enabled"] else "off"))

    # ---- facts -----------------------------------------------------------------------------------------------------

    def add_person(self):
        eligible = self.now - 48 * HOUR + round(self.chance.choice((-0.5, 0.01, 0.2, 0.7, 2, 5, 13)) * HOUR)
        code = self.chance.choice(("TEST", "TEST", "BARE"))
        person = int(self.db.run("select pg_temp.person('walk-%d', %s, at => '%s')" % (len(self.people), at(eligible), code)))
        self.people.append({"id": person, "eligible": eligible, "out": False})
        self.say("stay %d at %s, eligible %.1f min from now less 48 h" % (person, code, (eligible - self.now + 48 * HOUR) / MINUTE))

    def fact(self):
        c, p = self.chance, self.chance.choice(self.people)
        what = c.choice(("later", "earlier", "basis", "basis", "basis ends", "out", "out", "back", "back", "hospital", "claim"))
        if p["out"] and c.random() < 0.6:
            what = "back"
        booking = "update detainerd.booking set %s where booking_id = " + str(p["id"])
        if what in ("later", "earlier"):
            p["eligible"] += round(c.choice((0.1, 0.5, 1, 3)) * HOUR) * (1 if what == "later" else -1)
            self.db.run(booking % ("release_eligible_at = " + at(p["eligible"])))
        elif what == "basis":
            self.db.run("insert into detainerd.custody_basis (booking_id, kind, agency, began_at, ended_at, reference) values (%d, 'other_agency', "
                        "'Washoe County', %s, %s, 'W%d')" % (p["id"], at(self.now - HOUR), c.choice(("null", at(self.now + HOUR))), self.now))
        elif what == "basis ends":
            self.db.run("update detainerd.custody_basis set ended_at = %s where booking_id = %d" % (at(self.now), p["id"]))
        elif what == "claim":
            self.db.run("insert into detainerd.finding (booking_id, ground, found_at) values (%d, 'us_citizen_claim', %s)" % (p["id"], at(self.now)))
        elif what == "back":
            self.db.run(booking % "custody_ended_at = null, custody_outcome = null")
        else:
            self.db.run(booking % ("custody_ended_at = %s, custody_outcome = '%s'" % (at(self.now), "released" if what == "out" else "hospital")))
        p["out"] = what == "out" or p["out"] and what != "back"
        self.say("stay %d: %s" % (p["id"], what))

    # ---- detainerd -------------------------------------------------------------------------------------------------

    def raise_due(self):
        for _ in range(50):
            more = self.db.run("select more from detainerd.raise_due(hour.clock(), %d)" % self.chance.choice((1, 2, 1000))) == "t"
            new = self.db.rows("select a.alert_id, a.kind, a.stay_id, a.facility_id, a.reason, a.occurrence, %s, %s "
                               "from detainerd.alert a where a.alert_id <> all ('{%s}')" % (
                                   micros("a.release_at"), micros("a.raised_at"), ",".join(self.known)))
            self.known.update(r["alert_id"] for r in new)
            told = {}
            for r in self.deliveries("where d.alert_id = any ('{%s}')" % ",".join(r["alert_id"] for r in new)) if new else ():
                told.setdefault(r["alert_id"], []).append(r)
            for r in new:
                self.say("raised %s (%s): %s" % (r["alert_id"], r["reason"], ", ".join("%d %s +%d" % (
                    d["delivery_id"], d["receiver"], (d["due_at"] - self.now) // SECOND) for d in told.get(r["alert_id"], [])) or "nobody"))
            self.model.raised(new, told, self.now)
            if not more:
                break
        else:
            raise Wrong("raise_due() says more for ever")
        holds = {h["stay_id"]: h for h in self.db.rows("select stay_id, %s, %s from detainerd.hold" % (micros("release_at"), micros("ended_at")))}
        self.model.settled_down(holds, self.now)

    def deliveries(self, where=""):
        return self.db.rows("select d.delivery_id, d.alert_id, d.receiver, d.state, d.attempts, %s, "
                            "detainerd.epoch_us(coalesce(d.lease_until, d.due_at)) as turn, "
                            "(select count(*) from detainerd.delivery_attempt t where t.delivery_id = d.delivery_id) as recorded "
                            "from detainerd.delivery d %s" % (micros("d.due_at"), where))

    def take(self, most=None):
        c = self.chance
        most, daemon = most or c.choice((1, 2, 5, 100)), c.choice(("d1", "d2"))
        turns = {d["delivery_id"]: d["turn"] for d in self.deliveries()}
        receivers = RECEIVERS if most > 5 or c.random() < 0.7 else (c.choice(RECEIVERS),)
        ids = [int(i) for i in self.db.run("select unnest(detainerd.take('%s', '{%s}', %d, '1 minute', hour.clock()))" % (
            daemon, ",".join(receivers), most)).split()]
        self.say("%s takes %s" % (daemon, ", ".join(str(self.model.tellings[i]) for i in ids) or "nothing"))
        self.model.taken(ids, turns, daemon, self.now + MINUTE, self.now)
        self.under_way += [(i, daemon, len(self.model.tellings[i].attempts)) for i in ids]
        return ids

    def drain(self):
        while self.take(1000):
            pass
        self.model.drained(self.now)

    def settle(self, accepted=0.6, all_of_it=False):
        c = self.chance
        c.shuffle(self.under_way)
        keep = 0 if all_of_it else c.randint(0, len(self.under_way))
        now, self.under_way = self.under_way[keep:], self.under_way[:keep]
        for delivery, daemon, attempt in now:
            if not all_of_it and c.random() < 0.1:
                continue			# that daemon is gone
            outcome, code, retry = "accepted", 200, 0
            if c.random() > accepted:
                outcome, code, retry = c.choice((("refused", 410, 20), ("refused", 500, 5), ("timeout", None, 300)))
            t = self.model.tellings[delivery]
            self.say("%s settles %s: %s" % (daemon, t, outcome))
            self.db.run("select from detainerd.settle('%s', '{%d}', '{%d}', '{%s}', '{%s}', '{3}', '{so}', '{%d}')" % (
                daemon, delivery, attempt, outcome, code or "null", retry * 1000))
            self.model.settled(t, daemon, attempt, outcome == "accepted", retry * SECOND, code, self.now)

    def acknowledge(self):
        open_now = [a for a in self.model.alerts.values() if not a.closed and a.kind not in telling_model.NEVER_SILENT]
        if not open_now:
            return
        alert = self.chance.choice(open_now)
        reason = self.chance.choice(("release_started", "ice_here", "other_authority"))
        on_their_way = int(self.db.run("select detainerd.acknowledge('%s', '%s', null)" % (alert.id, reason)))
        self.say("acknowledged %s: %s, %d on their way" % (alert.id, reason, on_their_way))
        self.model.acknowledged(alert, reason, self.now, on_their_way)

    # ---- the way ---------------------------------------------------------------------------------------------------

    def step(self):
        c = self.chance
        kind = c.choices(("route", "switch", "person", "fact", "raise", "take", "drain", "settle", "acknowledge", "time"),
                         (2, 3, 2, 7, 8, 8, 5, 10, 5, 12))[0]
        if kind == "person" and len(self.people) >= 4:
            kind = "fact"
        if kind == "time":
            self.pass_time(round(c.choice((0.01, 0.5, 1, 5, 10, 15, 30, 60, 120, 120, 800)) * MINUTE))
            if c.random() < 0.7:
                kind = "raise"
        {"route": self.add_route, "switch": self.switch_route, "person": self.add_person, "fact": self.fact, "raise": self.raise_due,
         "take": self.take, "drain": self.drain, "settle": self.settle, "acknowledge": self.acknowledge}.get(kind, lambda: None)()

    def look(self):
        self.pass_time(SECOND // 1000)
        self.model.compare(self.deliveries(), self.now)

    def play(self):
        for _ in range(5):
            self.add_route()
        self.add_person()
        for _ in range(STEPS):
            self.step()
            self.look()
        # and in the end all who have to be are told
        for _ in range(8):
            self.raise_due()
            self.drain()
            self.settle(1, True)
            self.look()
            self.pass_time(20 * MINUTE)


def prepared(name):
    """A copy whose clock is ours, and in it the law and the two jails of the pgTAP tests."""
    copy = name + "_telling"
    subprocess.run(["createdb", "--template", name, copy], check=True)
    db = Session(copy)
    people = open(os.path.join(HERE, "..", "include", "people.sql"), encoding="utf-8").read()
    db.run(CLOCK + people.replace("clock_timestamp()", "hour.clock()"))
    db.run("delete from detainerd.route; update detainerd.setting set value = '1000000' where name = 'bulk_above'")
    return db


def main():
    seed = int(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("HISTORIES_TELLING_SEED") or random.SystemRandom().randrange(10**9))
    walks = int(sys.argv[2] if len(sys.argv) > 2 else os.environ.get("HISTORIES_TELLING", "6"))
    db = prepared(os.environ["PGDATABASE"])
    told = failed = 0
    for n in range(seed, seed + walks):
        db.run("begin")
        walk = Walk(db, n)
        try:
            walk.play()
        except Wrong as wrong:
            failed += 1
            print("\n".join(walk.trace))
            print("not ok: seed %d: %s" % (n, wrong))
        told += sum(t.accepted for t in walk.model.tellings.values())
        db.run("rollback")
    print("seed %d: %d walks, told %d times" % (seed, walks, told))
    print("%d passed, %d failed" % (walks - failed, failed))
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
