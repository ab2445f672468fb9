# SPDX-License-Identifier: MIT
"""The outbox: very many alerts at one instant, to one webhook on loopback.

By one daemon, and by two, the second started when half is delivered.  The
receiver is a small C program (sink.c), so that it is never what is measured.
"""
import os
import re
import subprocess
import time

from rig import ANALYZE, BUILD, TOP, WORK, Daemon, database, percentiles, pgbench, psql, rate

ALERTS = int(os.environ.get("OUTBOX", 20_000))
LEAD_S = 12  # between the last fact and the instant: the daemon is up by then
GIVE_UP_S = 240


class Receiver:
    def __init__(self, name):
        self.got_at = os.path.join(WORK, name + ".got")
        port = os.path.join(WORK, name + ".port")
        self.process = subprocess.Popen([os.path.join(BUILD, "bench/sink"), port, self.got_at])
        while not os.path.exists(port) or not open(port).read().endswith("\n"):
            time.sleep(0.01)
        self.port = int(open(port).read())

    def count(self):
        with open(self.got_at, "rb") as f:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: f.read(1 << 20), b""))

    def got(self):
        """(arrived_us, webhook-id, connection) of every message, in the order of arrival."""
        with open(self.got_at) as f:
            return [(int(at), id, int(connection)) for at, id, connection in map(str.split, f)]

    def stop(self):
        self.process.kill()
        self.process.wait()


def fill(name):
    """People whose holds all end LEAD_S from when the last of them is written."""
    database(name)
    psql("update detainerd.route set kinds = '{release_due}'")
    begun = time.monotonic()
    psql("select bench.fill('W', 1000, clock_timestamp() - interval '20 hours', interval '0')")
    seconds = (time.monotonic() - begun) * ALERTS / 1000 * 1.2 + LEAD_S
    psql("select bench.fill('B', %d, clock_timestamp() - interval '48 hours' + interval '%d seconds', interval '0')" % (ALERTS, seconds))
    psql(ANALYZE)
    left = "extract(epoch from max(release_at) filter (where release_at < clock_timestamp() + interval '1 hour') - clock_timestamp())"
    if float(psql("select %s from detainerd.hold" % left)) < 3:
        raise SystemExit("bench: the facts took longer to write than their instant was away")


def wait(receiver, least):
    until = time.monotonic() + GIVE_UP_S
    while receiver.count() < least and time.monotonic() < until:
        time.sleep(0.05)


def order(got, ranks):
    """How far from its turn any message came."""
    seen, turn, furthest = set(), 0, 0
    for _, id, _ in got:
        if id not in seen:
            seen.add(id)
            furthest = max(furthest, abs(ranks[id] - turn))
            turn += 1
    return furthest


def committed():
    """When each alert was: alert_id -> microseconds.  A row of alert is never written again."""
    return {id: int(us) for id, us in (line.split("|") for line in psql(
        "select alert_id, (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000000)::bigint"
        " from detainerd.alert where kind = 'release_due'").splitlines())}


def report(label, got, daemons, bare):
    raised = committed()
    ranks = {id: rank for rank, id in enumerate(psql(
        "select alert_id from detainerd.delivery order by first_due_at, delivery_id").splitlines())}
    ids = {id for _, id, _ in got}
    taken = (got[-1][0] - min(raised.values())) / 1e6
    rate("outbox, %d at one instant, %s" % (ALERTS, label), len(got), taken, "deliveries/s")
    print("%-58s %12.2f x" % ("  beside bare inserts and commits by one client, same run", len(got) / taken / bare))
    percentiles("  from the alert's commit to the receiver's 200", [(at - raised[id]) / 1000 for at, id, _ in got])
    print("  delivered %d of %d, %d messages more than once, %d connections, at most %d out of turn" % (
        len(ids & set(raised)), len(raised), len(got) - len(ids), len({c for _, _, c in got}), order(got, ranks)))
    for daemon in daemons:
        print("  %-56s %9d deliveries, %6d KiB at peak, %.1f s of processor" % (
            daemon.name, int(psql("select count(*) from detainerd.delivery_attempt where daemon = '%s'" % daemon.name)),
            daemon.memory_kib("VmHWM"), daemon.cpu_s()))


def outbox():
    psql("alter system set track_commit_timestamp = on", "postgres")
    for what in ("stop", "start"):
        subprocess.run([os.path.join(TOP, "tests/lib/server"), what], check=True)
    database("outbox_bare")
    bare = float(re.search("tps = ([0-9.]+)", pgbench("-T", "5")).group(1))
    rate("bare inserts and commits by one client", bare, 1, "commits/s")
    for label, second in (("one daemon", False), ("a second one from halfway", True)):
        name = "outbox_" + ("two" if second else "one")
        receiver = Receiver(name)
        fill(name)
        daemons = [Daemon(receiver.port, "first")]
        wait(receiver, ALERTS // 2)
        if second:
            daemons.append(Daemon(receiver.port, "second"))
        wait(receiver, ALERTS)
        until = time.monotonic() + 20
        while psql("select count(*) from detainerd.delivery where state in ('due', 'leased')") != "0" and time.monotonic() < until:
            time.sleep(0.2)
        report(label, receiver.got(), daemons, bare)
        for daemon in daemons:
            daemon.stop()
        receiver.stop()
