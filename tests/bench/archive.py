# SPDX-License-Identifier: MIT
"""Five years of a large county in the database: how long people's questions take from psql, and the daemon's own."""
import os
import re
import subprocess
import sys

from rig import TOP, WORK, database, psql

STAYS, CHUNK, OPEN, RUNS = 200_000, 20_000, 500, 40

EXPLAIN = ("stay", "timeline", "custody", "law", "grounds", "clock")


def timed(statements):
    """Milliseconds that psql counts for each group of statements, one session, answers thrown away."""
    lines = ["\\timing on", "\\o /dev/null", "set timezone = 'America/New_York';"]
    for group in statements:
        lines += ["\\qecho", "\\echo group"] + [s + ";" for s in group]
    done = subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1"], input="\n".join(lines) + "\n", capture_output=True, text=True)
    if done.returncode:
        sys.exit("bench: psql: " + done.stderr.strip())
    groups = done.stdout.split("group\n")[1:]
    return [sum(float(t) for t in re.findall(r"^Time: ([0-9.]+) ms", g, re.M)) for g in groups]


def ask(label, statement):
    """statement(n) is what the n-th of RUNS asks; in every run another."""
    ms = sorted(timed([statement(n) for n in range(RUNS)]))
    p50, p95 = ms[len(ms) // 2], ms[int(len(ms) * 0.95) - 1]
    print("%-58s p50 %7.1f ms   p95 %7.1f ms" % (label, p50, p95))
    sys.stdout.flush()


def daemon(label):
    """What a daemon asks when nothing is due, and when ten deliveries are."""
    ask("%s: raise_due, nothing due" % label, lambda n: ["select * from detainerd.raise_due(clock_timestamp(), 100)"])
    ask("%s: claim, nothing due" % label, lambda n: ["select * from detainerd.claim('bench', '{hook,desk}', 64, '30 s')"])


def busy(label, day):
    """One fact, its alerts, their claim: of another person in every run."""
    ask("%s: a fact, raise_due, claim" % label, lambda n: [
        "update detainerd.booking set release_eligible_at = clock_timestamp() - interval '48 hours 1 second' where facility_id = (select facility_id from detainerd.facility where code = 'BENCH') and booking_number = 'B%d'" % (n + day * RUNS),
        "select * from detainerd.raise_due(clock_timestamp(), 100)",
        "select * from detainerd.claim('bench', '{hook,desk}', 64, '30 s')"])


def archive():
    database("archive")
    psql("insert into detainerd.route (receiver) values ('desk')")
    psql("select bench.fill('B', %d, clock_timestamp() - interval '20 hours', interval '1 minute')" % OPEN)
    psql("select * from detainerd.raise_due(clock_timestamp(), 10000)")
    psql("vacuum analyze")
    daemon("without an archive")
    busy("without an archive", 0)
    for first in range(0, STAYS, CHUNK):
        subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-v", "first=%d" % first, "-v", "end=%d" % (first + CHUNK),
                        "-f", os.path.join(TOP, "tests/bench/archive.sql")], check=True, cwd=WORK)
    psql("vacuum analyze")
    print(psql("""select format('%s stays over, %s of them too late, %s alerts, %s attempts', count(*), (select count(*) from detainerd.over_detention),
        (select count(*) from detainerd.alert), (select count(*) from detainerd.delivery_attempt)) from detainerd.hold where ended_at is not null"""))
    drift = psql("""select count(*) from detainerd.hold h left join lateral detainerd.judge(array[h.booking_id], h.judged_at) j on true
        where h.stay_id %% %d = 0 and (h.starts_at, h.allowed, h.reason, h.authority, h.lawful, h.release_at, h.due_reason, h.ended_at, h.changes_at)
        is distinct from (j.starts_at, j.allowed, j.reason, j.authority, j.lawful, j.release_at, j.due_reason, j.ended_at, j.changes_at)""" % (STAYS // 200))
    if drift != "0":
        sys.exit("bench: %s of 200 verdicts in the archive are not what judge() says" % drift)
    daemon("with it")
    busy("with it", 1)
    ask("overdue_hold", lambda n: ["select * from detainerd.overdue_hold"])
    ask("alert_log, a week", lambda n: ["""select * from detainerd.alert_log where raised_at >= now() - interval '%d hours'
        and raised_at < now() - interval '%d hours'""" % (1000 + n * 168 + 168, 1000 + n * 168)])
    ask("alerts show: explain_alert", lambda n: ["select * from detainerd.explain_alert('past-%d-release_due', clock_timestamp())" % (n * 4001)])
    ask("explain: all six functions", lambda n: ["select * from detainerd.explain_%s(%d, clock_timestamp())" % (f, 1000000 + n * 4001) for f in EXPLAIN])
    ask("report over-detention, a year", lambda n: ["""select * from detainerd.report_over_detention((now() - interval '%d days')::date,
        (now() - interval '%d days')::date, null)""" % (365 + n * 30, n * 30)])
    ask("report overdue, a month", lambda n: ["""select * from detainerd.report_overdue((now() - interval '%d days')::date,
        (now() - interval '%d days')::date, null, clock_timestamp())""" % (30 + n * 30, n * 30)])
    ask("report alerts, a week", lambda n: ["""select * from detainerd.report_alerts((now() - interval '%d days')::date,
        (now() - interval '%d days')::date, null, clock_timestamp())""" % (7 + n * 7, n * 7)])
