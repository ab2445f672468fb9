# SPDX-License-Identifier: MIT
"""clock_ends() and day_starts() against recompute.py, at random starts in the zones whose calendars are the oddest.

    python3 tests/sql/histories/random_clocks.py [SEED [STARTS]]      PG* names an installed detainerd
"""
import datetime as dt
import os
import random
import sys

import database
import recompute
from random_histories import Score, stamp
from recompute import HOUR, SECOND

ZONES = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu",
         "America/Phoenix", "America/Puerto_Rico", "Pacific/Guam", "America/Adak", "America/Boise", "America/Detroit",
         "America/Santiago", "America/Havana", "America/Asuncion", "America/St_Johns", "America/Sao_Paulo", "Australia/Lord_Howe",
         "Pacific/Apia", "Africa/Cairo", "Asia/Beirut", "Asia/Tehran", "Asia/Kathmandu", "Europe/London")
# Days with a midnight that was skipped, repeated, or went back over into the day before; a day that was none.
ODD = (("America/St_Johns", dt.date(2010, 11, 7)), ("America/St_Johns", dt.date(1990, 10, 28)), ("Pacific/Apia", dt.date(2011, 12, 30)),
       ("America/Havana", dt.date(2020, 11, 1)), ("America/Santiago", dt.date(2019, 9, 8)), ("America/Santiago", dt.date(2019, 4, 7)),
       ("Africa/Cairo", dt.date(2010, 9, 30)), ("Australia/Lord_Howe", dt.date(2020, 4, 5)))
CLOCKS = ("flat", "excluding_weekends_and_holidays", "until_local_midnight", "none")


def starts(chance, count):
    """Random instants, every other one within an hour or so of a local midnight."""
    for n in range(count):
        zone = chance.choice(ZONES)
        day = dt.date(1990, 1, 1) + dt.timedelta(days=chance.randint(0, 25000))
        if n % 5 == 0:
            zone, day = chance.choice(ODD)
        at = recompute.day_starts(day, zone)
        if n % 2:
            at += chance.choice((0, 0, -1, 1, chance.randint(-5400, 5400) * SECOND))
        else:
            at += chance.randint(0, 24 * 3600) * SECOND
        yield day, at, zone, chance.choice(CLOCKS), chance.choice((1, 12, 24, 36, 48, 48, 72, 96, None))


def main():
    seed = int(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("HISTORIES_SEED", "1"))
    count = int(sys.argv[2] if len(sys.argv) > 2 else os.environ.get("HISTORIES_CLOCKS", "3000"))
    asked = list(starts(random.Random(seed), count))
    values = ", ".join("(%d, date '%s', timestamptz '%s', '%s', '%s', %s::int)" % (
        n, day, stamp(at), zone, clock, database.literal(hours)) for n, (day, at, zone, clock, hours) in enumerate(asked))
    got = database.rows("select n, detainerd.clock_ends(at, zone, clock, hours) as ends_at, detainerd.day_starts(day, zone) as day_at "
                        "from (values %s) v (n, day, at, zone, clock, hours) order by n" % values)
    score = Score()
    for (day, at, zone, clock, hours), row in zip(asked, map(database.typed, got), strict=True):
        faults = []
        for name, mine, theirs in (("clock_ends", recompute.clock_ends(at, zone, clock, hours), row["ends_at"]),
                                   ("day_starts", recompute.day_starts(day, zone), row["day_at"])):
            if mine != theirs:
                faults.append("%s %s, got %s" % (name, stamp(mine), stamp(theirs)))
        score.note(faults, "%s of %s in %s, %s %s" % (day, stamp(at), zone, clock, hours))
    print("seed %d" % seed)
    print("%d passed, %d failed" % (score.passed, score.failed))
    sys.exit(bool(score.failed))


if __name__ == "__main__":
    main()
